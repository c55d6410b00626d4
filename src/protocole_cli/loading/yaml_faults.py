"""What can be wrong with a file before anyone looks at what it says, in French sentences."""

import re
from collections.abc import Iterator
from itertools import islice

from msgspec import Struct
from yaml.error import MarkedYAMLError

from protocole_cli.language import opening
from protocole_cli.loading import pasted
from protocole_cli.loading.source import with_plain_ends

MOST = 20
"""How many faults of one kind are told of a file: the first ones show what happened to it."""


class Fault(Struct, frozen=True):
    """A reason to refuse a file: where (from 1), the rule's name, the cause and the way out."""

    ligne: int
    colonne: int
    regle: str
    message: str
    aide: str


def vide() -> Fault:
    """Return the fault of a file without content."""
    return Fault(
        1, 1, "fichier-vide", "Ce fichier est vide.", "Remplissez-le, ou reprenez-le d’une version précédente."
    )


def utf_16(raw: bytes) -> Fault | None:
    """Return the fault of a file that is UTF-16: it says so at its head, or every other byte of it is nought."""
    halves = sorted((raw[:_SAMPLE:2].count(0), raw[1:_SAMPLE:2].count(0)))
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff") or halves[0] < halves[1] > len(raw[:_SAMPLE]) // 3:
        return Fault(1, 1, "encodage", "Ce fichier est enregistré en UTF-16, et non en UTF-8.", _EN_UTF8)
    return None


def encodage(raw: bytes, error: UnicodeDecodeError) -> Fault:
    """Return the fault of a file that is no UTF-8, at its first wrong byte."""
    before = with_plain_ends(raw[: error.start].decode("utf-8"))
    ligne, colonne = _at(before, len(before))
    return Fault(
        ligne,
        colonne,
        "encodage",
        "Ce fichier n’est pas enregistré en UTF-8 : un caractère est illisible ici (Latin-1 ou Windows-1252, sans doute).",
        _EN_UTF8,
    )


_SAMPLE = 1000
_EN_UTF8 = "Dans l’éditeur, choisissez « Enregistrer avec l’encodage UTF-8 »."
_MARQUE = r"^(<{7}|>{7}|={7})(?: .*)?\r?$"


def conflits(text: str) -> list[Fault]:
    """Return a fault for each conflict that a merge left in the text, or for each mark of one that is left over."""
    marks = [
        (text.count("\n", 0, m.start()) + 1, m.group(1)) for m in islice(re.finditer(_MARQUE, text, re.MULTILINE), MOST)
    ]
    begun = [ligne for ligne, mark in marks if mark[0] == "<"]
    return [
        Fault(
            ligne,
            1,
            "conflit-git",
            "Une fusion git est restée inachevée ici : les deux versions se suivent, "
            "entre « <<<<<<< », « ======= » et « >>>>>>> ».",
            "Gardez les bonnes lignes, et supprimez les trois lignes de marques.",
        )
        for ligne in begun
    ] or [
        Fault(
            ligne,
            1,
            "conflit-git",
            f"Il reste ici une marque de fusion git : « {mark} ».",
            "Supprimez cette ligne, après avoir vérifié celles qui l’entourent.",
        )
        for ligne, mark in marks
    ]


def _at(text: str, index: int) -> tuple[int, int]:
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


def controles(text: str, hits: Iterator[re.Match[str]]) -> list[Fault]:
    """Return the faults of the control characters in the file, the first ones of them."""
    return [
        Fault(
            *_at(text, hit.start()),
            "caractere-de-controle",
            f"Il y a ici un caractère invisible (U+{ord(hit.group()):04X}) qui n’a pas sa place dans un texte.",
            "Supprimez-le ; en cas de doute, retapez le mot.",
        )
        for hit in islice(hits, MOST)
    ]


def controle_echappe(ligne: int, colonne: int, char: str) -> Fault:
    """Return the fault of a control character written as an escape sequence."""
    return Fault(
        ligne,
        colonne,
        "caractere-de-controle",
        f"Ce texte contient, écrit avec « \\ », un caractère invisible (U+{ord(char):04X}) qui n’a pas sa place dans un texte.",
        "Retirez-le.",
    )


def tabulations(text: str) -> list[Fault]:
    """Return a fault for each line that holds a tab."""
    lines = ((number, line) for number, line in enumerate(text.split("\n"), 1) if "\t" in line)
    return [
        Fault(number, line.index("\t") + 1, "tabulation", *_of_tab(pasted.puce(line)))
        for number, line in islice(lines, MOST)
    ]


def _of_tab(puce: str) -> tuple[str, str]:
    if puce:
        return pasted.tab_after_puce(puce)
    return (
        "Il y a ici une tabulation ; YAML n’admet que des espaces.",
        "Remplacez-la par des espaces, deux par niveau.",
    )


def profondeur(ligne: int, colonne: int, most: int) -> Fault:
    """Return the fault of collections too deep in each other."""
    return Fault(
        ligne,
        colonne,
        "trop-profond",
        f"Les listes et les clés s’emboîtent ici sur plus de {most} niveaux.",
        "Revenez au dernier niveau voulu : une fiche n’en demande que six.",
    )


def alias_sans_fin(ligne: int, colonne: int) -> Fault:
    """Return the fault of an alias that stands inside what it repeats."""
    return Fault(
        ligne, colonne, "alias-yaml", "Un renvoi « * » mène ici à l’intérieur de lui-même, sans fin.", _SANS_ALIAS
    )


def alias_explosif(ligne: int, colonne: int, most: int) -> Fault:
    """Return the fault of aliases that unfold into too many values."""
    return Fault(
        ligne,
        colonne,
        "alias-yaml",
        f"Les renvois « * » de ce fichier se multiplient : une fois suivis, ils donnent plus de {most} valeurs, ou un trop long texte.",
        _SANS_ALIAS,
    )


_SANS_ALIAS = "Écrivez le texte en toutes lettres, sans « & » ni « * »."


def balise(ligne: int, colonne: int, tag: str) -> Fault:
    """Return the fault of a tag such as `!!python/object`."""
    name = tag.removeprefix("tag:yaml.org,2002:")
    return Fault(
        ligne,
        colonne,
        "balise-yaml",
        f"La balise « {'!!' if name != tag else ''}{name} » n’est pas admise : les données ne contiennent que du texte, "
        "des nombres et des listes.",
        "Supprimez la balise ; si le texte commence par « ! », mettez-le entre guillemets.",
    )


def cle_composee(ligne: int, colonne: int) -> Fault:
    """Return the fault of a key that is a list or a mapping."""
    return Fault(
        ligne,
        colonne,
        "yaml-syntaxe",
        "Une clé doit être un mot, et non une liste.",
        "Si ces accolades ou ces crochets font partie du texte, mettez-le entre guillemets.",
    )


def cle_en_double(ligne: int, colonne: int, key: str, first: int) -> Fault:
    """Return the fault of a key written twice in the same entry."""
    if sign := pasted.puce(key):
        return Fault(ligne, colonne, "cle-en-double", *pasted.instead_of_puce(sign))
    return Fault(
        ligne,
        colonne,
        "cle-en-double",
        f"La clé « {opening(key, 40)} » est déjà écrite à la ligne {first} : YAML perdrait l’une des deux.",
        "Réunissez les deux contenus sous une seule clé, ou supprimez celle qui est de trop.",
    )


def avale(ligne: int, colonne: int, key: str, rest: str) -> Fault:
    """Return the fault of a text that begins with `#`, and so is no text at all."""
    return Fault(
        ligne,
        colonne,
        "texte-coupe",
        f"« {opening(key, 40)} » est vide : YAML prend « {opening(rest, 40)} » pour une remarque et l’oublie.",
        f'Mettez tout le texte entre guillemets : "{opening(rest, 60)}".',
    )


def coupe(ligne: int, colonne: int, value: str, rest: str) -> Fault:
    """Return the fault of a text cut short by ` #`."""
    whole = f"{value} {rest}"
    inner = pasted.between_quotes(whole)
    return Fault(
        ligne,
        colonne,
        "texte-coupe",
        f"Le texte s’arrête à « {opening(value, 40)} » : YAML prend « {opening(rest, 40)} » pour une remarque et l’oublie.",
        f'Mettez tout le texte entre guillemets{" droits" if inner else ""} : "{opening(inner or whole, 60)}" ; si c’est bien une remarque, '
        "laissez deux espaces avant le « # » et une après.",
    )


_DEUX_POINTS = (
    "Il y a ici « : » suivi d’une espace dans un texte sans guillemets : YAML y voit une clé.",
    'Mettez tout le texte entre guillemets, par exemple titre: "Phase 1 : les communes".',
)
_GUILLEMETS = (
    "Un texte commence par un guillemet qui n’est pas refermé, ou qui l’est trop tôt.",
    'Vérifiez les guillemets ; dans un texte entre guillemets "…", écrivez \\" pour un guillemet.',
)
_RETRAIT = (
    "La mise en retrait de cette ligne ne correspond à rien de ce qui précède.",
    "Alignez la ligne sur celles de même niveau, avec deux espaces par niveau ; un texte qui va à la ligne se met "
    "en retrait sous sa clé.",
)
_APRES_CROCHET = (
    "Du texte suit un crochet ou une accolade qui se ferme : YAML y voit une liste.",
    "Mettez tout le texte entre guillemets.",
)
_PROBLEMES: dict[str, tuple[str, str]] = {
    "mapping values are not allowed in this context": _DEUX_POINTS,
    "could not find expected ':'": (
        "Il manque « : » après une clé, ou cette ligne de texte n’est pas assez en retrait.",
        "Écrivez la clé, « : » et une espace ; ou mettez la ligne en retrait, sous le texte qu’elle continue.",
    ),
    "did not find expected key": _RETRAIT,
    "did not find expected '-' indicator": _RETRAIT,
    "block sequence entries are not allowed in this context": (
        "Une liste ne peut pas commencer ici, sur la ligne de la clé.",
        "Allez à la ligne après la clé, puis écrivez « - » ; si le tiret fait partie du texte, mettez-le entre guillemets.",
    ),
    "block mapping entries are not allowed in this context": _RETRAIT,
    "mapping keys are not allowed in this context": _RETRAIT,
    "found character that cannot start any token": (
        "Un texte ne peut pas commencer par ce caractère.",
        "Mettez le texte entre guillemets.",
    ),
    "found unexpected end of stream": _GUILLEMETS,
    "found unexpected document indicator": _GUILLEMETS,
    "did not find expected ',' or ']'": (
        "Une liste entre crochets n’est pas fermée, ou il y manque une virgule.",
        "Écrivez par exemple acteurs: [caf, pole-emploi] ; si le crochet fait partie du texte, mettez-le entre guillemets.",
    ),
    "did not find expected ',' or '}'": (
        "Une accolade n’est pas fermée, ou il y manque une virgule.",
        "Écrivez par exemple {min: 1, max: 2} ; si l’accolade fait partie du texte, mettez-le entre guillemets.",
    ),
    "did not find expected node content": (
        "Une liste ou une accolade est ouverte ici, mais rien de lisible ne suit.",
        "Fermez-la ; si ce signe fait partie du texte, mettez-le entre guillemets.",
    ),
    "found undefined alias": (
        "YAML prend ce texte, qui commence par « * », pour un renvoi à autre chose.",
        "Mettez le texte entre guillemets.",
    ),
    "found duplicate anchor": (
        "Le nom placé après « & » est déjà pris dans ce fichier.",
        "Écrivez le texte en toutes lettres, sans « & » ni « * ».",
    ),
    "did not find expected alphabetic or numeric character": (
        "Un texte qui commence par « & », « * » ou « ! » a un autre sens pour YAML.",
        "Mettez le texte entre guillemets.",
    ),
    "found unknown escape character": (
        'Entre guillemets "…", « \\ » a un sens particulier, et ce qui le suit ici n’en a pas.',
        "Écrivez \\\\ pour un seul « \\ ».",
    ),
    "but found another document": (
        "Le fichier contient plusieurs documents, séparés par « --- ».",
        "Gardez-en un seul : une fiche par fichier, et pas de ligne « --- » au milieu.",
    ),
    "did not find expected <document start>": (
        "La suite du fichier ne se rattache à rien de ce qui précède.",
        "Vérifiez la mise en retrait et les guillemets juste au-dessus.",
    ),
    "did not find expected comment or line break": (
        "Après « > » ou « | », le texte ne commence qu’à la ligne suivante.",
        "Allez à la ligne, et mettez le texte en retrait ; si ce signe fait partie du texte, mettez-le entre guillemets.",
    ),
    "found a tab character": (
        "Il y a ici une tabulation ; YAML n’admet que des espaces.",
        "Remplacez-la par des espaces, deux par niveau.",
    ),
}


_OPENED_BEFORE = (
    "did not find expected ',' or",
    "found unexpected",
    "could not find expected ':'",
    "did not find expected node content",
    "did not find expected alphabetic or numeric character",
    "did not find expected comment or line break",
)
"""Problems that the parser notices only further down: the place to mend is where the thing began."""


def syntaxe(error: MarkedYAMLError, text: str, quoted: tuple[int, int] | None = None) -> Fault:
    """Put an error of the YAML parser into French, at the place where it is mended.

    `quoted` is where the last text between quotes before it begins: one that was left open may end far below.
    """
    problem = error.problem or ""
    began = error.context_mark if problem.startswith(_OPENED_BEFORE) else None
    mark = began or error.problem_mark or error.context_mark
    ligne, colonne = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    lines = text.split("\n")
    before = lines[ligne - 1][: colonne - 1] if ligne <= len(lines) else ""
    if found := _pasted(lines, ligne, problem) or _glued(lines, ligne, problem):
        return found
    if problem.startswith("mapping values") and (misplaced := re.fullmatch(_INDENTED_KEY, before)):
        return Fault(ligne, len(misplaced[1]) + 1, "yaml-syntaxe", *_RETRAIT)
    message, aide = _known_problem(problem, before)
    if message == _GUILLEMETS[0] and began is None and quoted and quoted[0] < ligne:
        ligne, colonne = quoted
    if ligne > len(lines) or (ligne == len(lines) and not lines[-1]):
        ligne, colonne = max(1, len(lines) - 1), 1
    return Fault(ligne, colonne, "yaml-syntaxe", message, aide)


def _pasted(lines: list[str], ligne: int, problem: str) -> Fault | None:
    """Return the fault of a sign pasted from a word processor, on this line or before the key above it."""
    if problem.startswith(_PASTED) and ligne <= len(lines) and (found := pasted.on_line(lines[ligne - 1])):
        return Fault(ligne, found[0], "yaml-syntaxe", *found[1])
    if ligne > 1 and (found := pasted.before_key(lines[ligne - 2])):
        return Fault(ligne - 1, found[0], "yaml-syntaxe", *found[1])
    return None


def _glued(lines: list[str], ligne: int, problem: str) -> Fault | None:
    """Return the fault of a key without a space after its colon, or without its colon: YAML takes the line for a text.

    It notices so at the next key of the same entry, or there where the line is not the first of its entry.
    """
    if problem.startswith("could not find expected ':'"):
        rank = ligne
    elif problem.startswith(_AFTER_GLUED):
        rank = _line_before(lines, ligne)
    else:
        return None
    line = lines[rank - 1] if 0 < rank <= len(lines) else ""
    if met := re.fullmatch(_GLUED, line):
        if found := pasted.on_line(line):
            return Fault(rank, found[0], "yaml-syntaxe", *found[1])
        key, rest = met[2], met[3]
        cause = f"Il manque une espace après « {key}: », et YAML prend toute la ligne pour un texte."
        return Fault(rank, met.end(2) + 1, "yaml-syntaxe", cause, f"Écrivez « {key}: {opening(rest, 40)} ».")
    if rank < ligne and (met := re.fullmatch(_WITHOUT_COLON, line)):
        cause = f"Il manque « : » après « {met[2]} », et YAML prend toute la ligne pour un texte."
        return Fault(rank, met.end(2) + 1, "yaml-syntaxe", cause, f"Écrivez « {met[2]}: {opening(met[3], 40)} ».")
    return None


def _line_before(lines: list[str], ligne: int) -> int:
    """Return the last line before this one that begins where it does, the mark of an item apart; 0 where none does."""
    indent = _indent(lines[ligne - 1]) if ligne <= len(lines) else 0
    for rank in range(ligne - 1, 0, -1):
        line = lines[rank - 1]
        if line.strip() and not line.lstrip().startswith("#") and _indent(line) <= indent:
            return rank if _indent(line) == indent else 0
    return 0


def _indent(line: str) -> int:
    """Return how far to the right the words of a line begin."""
    met = re.match(_ITEM, line)
    return met.end() if met else 0


_ITEM = r" *(?:- +)*"
_GLUED = rf"( *(?:- +)*)([a-z_]+):(?!//)((?:[^\s:]|[{pasted.INSECABLES}]).*)"
_WITHOUT_COLON = r"( *)([a-z_]+) ([^:]+)"
"""An item may well be a text."""
_AFTER_GLUED = ("mapping values", "did not find expected key", "block mapping entries")
_PASTED = (
    "mapping values",
    "could not find expected ':'",
    "did not find expected ',' or",
    "did not find expected key",
    "did not find expected '-'",
)
"""Problems that a pasted sign may be the cause of."""
_INDENTED_KEY = r"( +(?:- +)?)[a-z_]+ *"


def _known_problem(problem: str, before: str) -> tuple[str, str]:
    """Return cause and way out of a problem, given what stands before it on its line."""
    if problem.startswith("did not find expected key"):
        if before.rstrip().endswith(("'", '"')):
            return _GUILLEMETS
        if before.rstrip().endswith(("]", "}")):
            return _APRES_CROCHET
    return next(
        (sentences for start, sentences in _PROBLEMES.items() if problem.startswith(start)),
        (
            "YAML ne comprend pas ce passage.",
            "Comparez avec une fiche voisine : retrait, guillemets, deux-points. Un texte avec des signes se met entre guillemets.",
        ),
    )


def illisible() -> Fault:
    """Return the fault of a text that the YAML parser cannot even begin to read."""
    return Fault(
        1,
        1,
        "yaml-syntaxe",
        "YAML ne peut pas lire ce fichier.",
        "Vérifiez que c’est bien un fichier de texte en UTF-8.",
    )

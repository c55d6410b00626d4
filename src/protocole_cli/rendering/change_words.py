"""What changed, in the words of those who sign: where it is, what happened to it, what was and what is said."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from msgspec import Struct

from protocole_cli.language import MOIS, enumeration
from protocole_cli.model.acteurs import Partie
from protocole_cli.model.fiche import Engagement, Phase
from protocole_cli.model.protocole import Protocole
from protocole_cli.queries.texts import RUBRIQUES
from protocole_cli.rendering.french_dates import jour_long
from protocole_cli.versions.comparison import Champ, Changement, Nature, nature_of
from protocole_cli.versions.fingerprints import ABSENT

LONG = 60
"""A longer text is shown under the line that names it."""
AROUND = 5
"""So many words are shown on each side of what changed in a text."""
MOST_PASSAGES = 5
"""So many changed passages of a text are shown."""
_MOST_COMPARED = 4_000_000
"""Of texts with more pairs of words, only what is the same at both ends is left out."""
WHOLE: dict[Nature, str] = {
    "ajout": "ajout",
    "retrait": "retrait",
    "deplacement": "déplacement",
    "modification": "modification",
}
_OF_A_TEXT: dict[Nature, str] = {"ajout": "texte ajouté", "retrait": "texte retiré", "modification": "texte modifié"}
_FORM_ONLY = "mise en forme modifiée (espaces, alinéas ou mots en relief), les mots restent"
_NOUNS = {
    "visas": "visa",
    "articles": "article",
    "sections": "section",
    "fiches": "fiche",
    "engagements": "engagement",
    "resultats": "résultat",
    "details": "détail",
    "acteurs": "organisme",
    "parties": "partie",
    "communes": "commune",
    "quartiers": "quartier",
    "sigles": "sigle",
    "colonnes": "colonne",
    "instances": "instance",
    "groupes": "groupe",
    "missions": "mission",
    "reunions": "réunion",
    "composition": "siège",
    "phases": "phase",
    "autres_rubriques": "rubrique",
    "rubriques": "libellé de la rubrique",
}
"""What one entry of a list is called, by the key of the list."""
_OPENINGS = frozenset({"corps", "gouvernance"})
"""The keys that say nothing to people: where the files stand."""
_RUBRIQUES: Mapping[str, str] = {str(key): nom for key, nom in RUBRIQUES.items()}
_REFERENCES = {
    **dict.fromkeys(("acteur", "acteurs", "membres", "releve_de", "et_avant"), "acteurs"),
    **dict.fromkeys(("commune", "communes"), "communes"),
    "quartiers": "quartiers",
    "colonne": "colonnes",
    "instance": "instances",
}
"""Of what collection a key names an entry by its identifier."""
_CHOICES = {
    "presidence": "présidence",
    "associe": "associé",
    "indeterminee": "indéterminée",
    "numero": "numéro",
    "qpv": "QPV",
    "qva": "QVA",
    "etat": "État",
    "collectivite": "collectivité",
    "organisme-public": "organisme public",
}
"""What people call the choices that a key leaves."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}").fullmatch


class Names(Struct, frozen=True):
    """What people call each key of the data, and what an identifier of a collection names; of phases, fiche by fiche."""

    titres: Mapping[str, str]
    noms: Mapping[tuple[str, str], str]

    def key(self, key: str) -> str:
        """Return what people call a key, as it stands in a sentence."""
        title = self.titres.get(key, key.replace("_", " "))
        return f"{title[:1].lower()}{title[1:]}"

    def entry(self, collection: str, identifiant: str) -> str:
        """Return what an identifier names; one that nobody has is its own name."""
        return self.noms.get((collection, identifiant), identifiant)


def names(titres: Mapping[str, str], *protocoles: Protocole) -> Names:
    """Return the names of what some states of a protocole declare, the last deciding."""
    found: dict[tuple[str, str], str] = {}
    for protocole in protocoles:
        for key in ("acteurs", "parties"):
            found |= {(key, a.id): a.nom_court for a in protocole.acteurs}
        found |= {("communes", c.id): c.nom for c in protocole.communes}
        found |= {("quartiers", q.id): q.nom for q in protocole.quartiers}
        found |= {("colonnes", c.id): c.nom for c in protocole.gouvernance.colonnes}
        found |= {("instances", i.id): i.nom for i in protocole.gouvernance.instances}
        found |= {("groupes", g.id): g.nom for i in protocole.gouvernance.instances for g in i.groupes}
        found |= {(f"phases {f.numero}", p.id): p.nom for f in protocole.fiches for p in f.phases}
    return Names(titres, found)


def place(change: Changement, known: Names) -> str:
    """Return where a change is, from the largest part to the smallest: « Fiche 3, engagement F3-4 (CAF) »."""
    said = ", ".join(_steps(change, known))
    return f"{said[:1].upper()}{said[1:]}"


def _steps(change: Changement, known: Names) -> Iterator[str]:
    route = change.route
    rank = 0
    while rank < len(route):
        key = str(route[rank])
        entry = route[rank + 1] if rank + 1 < len(route) else None
        if key in _OPENINGS:
            rank += 1
        elif key in _NOUNS and entry is not None:
            yield _called(key, entry, change, rank, known)
            rank += 2
        else:
            yield _RUBRIQUES.get(key) or known.key(key)
            rank += 1


def _called(key: str, entry: str | int, change: Changement, rank: int, known: Names) -> str:
    """Return what an entry is called: by its name, by the number that people know it by, or by its rank."""
    noun = _NOUNS[key]
    numero = change.route[1] if change.route[0] == "fiches" else 0
    if key == "engagements":
        authors = [known.entry("acteurs", a) for a in _authors(change.apres) or _authors(change.avant)]
        return f"{noun} F{numero}-{entry}{f' ({enumeration(authors)})' if authors else ''}"
    if key == "resultats":
        return f"{noun} R{numero}-{entry}"
    if key == "details":
        return f"{noun} R{numero}-{change.route[rank - 1]}.{entry}"
    if key == "sections" and isinstance(entry, int):
        return f"§ {entry}"
    if key == "rubriques":
        return f"{noun} « {known.titres.get(str(entry), entry)} »"
    if isinstance(entry, int):
        return f"{noun} {entry}"
    if key == "phases" and isinstance(phase := change.apres or change.avant, Phase):
        return f"{noun} « {phase.nom} »"
    return f"{noun} « {known.entry(f'phases {numero}' if key == 'phases' else key, entry)} »"


def _authors(entry: object) -> tuple[str, ...]:
    return entry.acteurs if isinstance(entry, Engagement) else ()


def happened(change: Changement, known: Names) -> str:
    """Return what happened to an entry: as a whole, or value by value."""
    if change.nature == "deplacement":
        return f"déplacement (était au rang {change.rang_avant})"
    if not change.champs:
        return WHOLE[change.nature]
    return " ; ".join(_of_value(champ, change, known) for champ in change.champs)


def own_words(change: Changement) -> str:
    """Return the words of an entry that came, went or moved as a whole; empty for a change of values."""
    entry = (change.apres or change.avant) if not change.champs else None
    if isinstance(entry, Partie):
        return entry.liste.texte
    attributes = ("titre", "nom", "intitule", "texte", "sigle", "developpe", "libelle", "phase")
    return " ".join(value for name in attributes if isinstance(value := getattr(entry, name, None), str) and value)


def _of_value(champ: Champ, change: Changement, known: Names) -> str:
    keys = champ.cles[:-1] if _is_the_text(champ) or change.route[-2:-1] == ("rubriques",) else champ.cles
    label = ", ".join(map(known.key, keys))
    mixed = champ.fait and not change.fait
    said = f"{label} : {_what_became(champ, known)}" if label else _what_became(champ, known)
    return f"{said} (à côté du texte)" if mixed else said


def _what_became(champ: Champ, known: Names) -> str:
    if _only_form(champ):
        return _FORM_ONLY
    if is_shown_apart(champ):
        return _OF_A_TEXT[nature_of(champ.avant, champ.apres)]
    if isinstance(champ.avant, tuple) and isinstance(champ.apres, tuple):
        return _of_list(champ, champ.avant, champ.apres, known)
    before, after = value(champ, champ.avant, known), value(champ, champ.apres, known)
    if before and after:
        return f"{before} devient {after}"
    said = "noté" if champ.fait else "dit"
    return f"{after} (n’était pas {said})" if after else f"{before} (n’est plus {said})"


def _of_list(champ: Champ, before: tuple[Any, ...], after: tuple[Any, ...], known: Names) -> str:
    gone = [_name(champ, one, known) for one in before if one not in after]
    came = [_name(champ, one, known) for one in after if one not in before]
    said = []
    if gone:
        said.append(f"{enumeration(gone)} {'n’y est plus' if len(gone) == 1 else 'n’y sont plus'}")
    if came:
        said.append(f"{enumeration(came)} {'s’y ajoute' if len(came) == 1 else 's’y ajoutent'}")
    return ", ".join(said) or "les mêmes dans un autre ordre"


def _is_the_text(champ: Champ) -> bool:
    """Tell whether a value is the words of its entry, which need no other name."""
    return champ.cles[-1:] == ("texte",)


def _only_form(champ: Champ) -> bool:
    """Tell whether two texts have the same words, and differ in blanks, paragraphs or emphasis."""
    both = isinstance(champ.avant, str) and isinstance(champ.apres, str)
    return both and _letters(champ.avant) == _letters(champ.apres)


def _letters(text: str) -> str:
    return re.sub(r"[\s*_]", "", text)


def is_shown_apart(champ: Champ) -> bool:
    """Tell whether a value is a text that one reads under the line that names it: a long one, or words that came or went."""
    texts = [text for text in (champ.avant, champ.apres) if isinstance(text, str) and text]
    came_or_went = len(texts) == 1 and (_is_the_text(champ) or not champ.cles)
    return not _only_form(champ) and (
        came_or_went or any(len(text) > LONG or "\n" in text.strip("\n") for text in texts)
    )


def value(champ: Champ, given: Any, known: Names) -> str:
    """Return a value as people write it, empty where it is absent."""
    if given in ABSENT:
        return ""
    if isinstance(given, bool):
        return "oui" if given else "non"
    if isinstance(given, tuple):
        return enumeration([_name(champ, one, known) for one in given])
    if isinstance(given, str):
        return f"« {_name(champ, given, known)} »"
    return _number(champ, given)


def _number(champ: Champ, number: float) -> str:
    said = f"{number:,}" if champ.cles[-1:] == ("montant",) else str(number)
    return said.removesuffix(".0").replace(",", " ").replace(".", ",")


def _name(champ: Champ, one: Any, known: Names) -> str:
    key = champ.cles[-1] if champ.cles else ""
    if key == "mois" and isinstance(one, int):
        return MOIS[one - 1]
    if key in _REFERENCES:
        return known.entry(_REFERENCES[key], str(one))
    if key == "apres":
        return _RUBRIQUES.get(str(one), str(one))
    if isinstance(one, str) and _DAY(one):
        return _day(one)
    return _CHOICES.get(str(one), str(one)) if key in ("nature", "natures", "role", "unite", "forme") else str(one)


def _day(written: str) -> str:
    try:
        return jour_long(date.fromisoformat(written))
    except ValueError:
        return written


def excerpts(avant: str, apres: str) -> list[tuple[str, str]]:
    """Return the passages of two texts that differ, each with a few of the words around; all of a text that is alone."""
    before, after = avant.split(), apres.split()
    if not before or not after:
        return [(_quoted(before, 0, len(before)), _quoted(after, 0, len(after)))]
    return [
        (_quoted(before, max(0, a - AROUND), b + AROUND), _quoted(after, max(0, c - AROUND), d + AROUND))
        for a, b, c, d in _different_passages(before, after)
    ]


def _different_passages(before: list[str], after: list[str]) -> list[tuple[int, int, int, int]]:
    """Return where two lists of words differ, passages that are near each other taken together."""
    if len(before) * len(after) > _MOST_COMPARED:
        return [_middle(before, after)]
    codes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    found: list[tuple[int, int, int, int]] = []
    for a, b, c, d in ((a, b, c, d) for tag, a, b, c, d in codes if tag != "equal"):
        if found and a - found[-1][1] <= 2 * AROUND:
            found[-1] = (found[-1][0], b, found[-1][2], d)
        else:
            found.append((a, b, c, d))
    return found


def _middle(before: list[str], after: list[str]) -> tuple[int, int, int, int]:
    """Return what is left of two lists without what is the same at both ends."""
    shortest = min(len(before), len(after))
    start = next((n for n in range(shortest) if before[n] != after[n]), shortest)
    end = next((n for n in range(shortest - start) if before[-1 - n] != after[-1 - n]), shortest - start)
    return start, len(before) - end, start, len(after) - end


def _quoted(said: list[str], start: int, end: int) -> str:
    if not said:
        return ""
    return f"« {'… ' if start else ''}{' '.join(said[start:end])}{' …' if end < len(said) else ''} »"

"""A list is written with hyphens: the bullets of a word processor make none."""

import re
from collections.abc import Iterable, Iterator

from protocole_cli.diagnostics import Severite
from protocole_cli.loading.loaded import Loaded
from protocole_cli.loading.pasted import PUCES, TIRETS, shown
from protocole_cli.validation.rules.finding import Finding
from protocole_cli.validation.rules.regle import FICHE, Exemple, Regle
from protocole_cli.validation.texts import Passage, fiches_where, passages_of_body, passages_of_fiche

_BLANK = "[ \u00a0\u202f]"
_INSIDE = PUCES.replace("·", "")
"""The bullets that are nothing else inside a line: « habitant·e » is one word."""
_PUCE = rf"^{_BLANK}*([{PUCES}])|(?::|^ *(?:[-*+]|\d+[.)]) ){_BLANK}*([{_INSIDE}])"
"""A bullet before a line; or after « : », or before an item of a list."""
_TIRET = rf"^ *([{TIRETS}]){_BLANK}+(?=[^\s\d{TIRETS}])"
"""A dash before words: alone it may stand between words, or be a minus."""
_FAUX_TIRET = r"^ *(-)[\u00a0\u202f]"
"""A hyphen that a no-break space keeps from beginning a list."""
_AUTRE_MARQUE = r"^ *([+*]) +(?=[^\s+*_-])"
"""Signs that begin a list as a hyphen does: where a text is wrapped anew, one of its own may come to stand so."""
_MAY_BEGIN_SO = re.compile(rf"\n *(?:[·\u00a0\u202f]|[{TIRETS}]{_BLANK}|-[\u00a0\u202f]|[+*] )").search


def check(loaded: Loaded) -> Iterator[Finding]:
    """Yield a finding for each text with a line that begins so, fiches apart."""
    return _pasted(passages_of_body(loaded.protocole))


def check_fiches(loaded: Loaded) -> Iterator[Finding]:
    """Yield the same for the fiches."""
    for fiche in fiches_where(loaded, _may_begin_a_line, _may_be_inside):
        yield from _pasted(passages_of_fiche(fiche))


def _may_begin_a_line(text: str) -> bool:
    return _MAY_BEGIN_SO(f"\n{text}") is not None


def _may_be_inside(text: str) -> bool:
    return any(map(text.__contains__, _INSIDE))


def _pasted(passages: Iterable[Passage]) -> Iterator[Finding]:
    for entree, route, texte in passages:
        if (_may_begin_a_line(texte) or _may_be_inside(texte)) and (found := _first(texte)):
            group = found.lastindex or 1
            sign = found[group]
            yield Finding(
                entree.position,
                *_sentences(sign),
                route,
                texte.count("\n", 0, found.start(group)),
                sign,
            )


def _sentences(sign: str) -> tuple[str, str]:
    if sign in "+*":
        return (
            f"Une ligne commence ici par « {sign} » : elle devient un élément de liste, et ce signe n’est pas imprimé.",
            "Pour une liste, écrivez « - » ; si le signe fait partie du texte, mettez « \\ » devant.",
        )
    return (
        f"Il y a ici {_named(sign)} : ce signe ne fait pas une liste, et serait imprimé tel quel.",
        "Pour une liste, écrivez le texte sous « | », un élément par ligne, chacun précédé de « - » et d’une espace "
        "ordinaire ; sinon, retirez ce signe.",
    )


def _named(sign: str) -> str:
    return "un tiret suivi d’une espace insécable" if sign == "-" else shown(sign)


def _first(texte: str) -> re.Match[str] | None:
    """Return the first sign that was pasted for a list: dashes make one from two on."""
    tirets = list(re.finditer(_TIRET, texte, re.MULTILINE))
    found = [re.search(sign, texte, re.MULTILINE) for sign in (_PUCE, _FAUX_TIRET, _AUTRE_MARQUE)]
    found.append(tirets[0] if len(tirets) > 1 else None)
    return min((one for one in found if one), key=re.Match.start, default=None)


REGLE = Regle(
    nom="puce-collee",
    severite=Severite.AVERTISSEMENT,
    demande="Une liste s’écrit avec des tirets ordinaires (« - ») : la puce d’un traitement de texte n’en fait pas une.",
    raison="Collée de Word, une liste garde ses « • » ou ses « – », qui ne sont ici que du texte : ses éléments sont imprimés à la "
    "suite, en un seul paragraphe.",
    juste=Exemple(
        FICHE,
        """
        constats: |
          Il manque dans le quartier :

          - un lieu d’accueil
          - un accompagnement
        """,
    ),
    fautif=Exemple(
        FICHE,
        """
        constats: |
          Il manque dans le quartier :
          • un lieu d’accueil
          • un accompagnement
        """,
    ),
    check=check,
    check_fiches=check_fiches,
)

"""A list is written with hyphens: the bullets of a word processor make none."""

import re
from collections.abc import Iterable, Iterator

from protocole_cli.diagnostics import Severite
from protocole_cli.loading.loaded import Loaded
from protocole_cli.loading.pasted import PUCES, TIRETS, shown
from protocole_cli.validation.rules.finding import Finding
from protocole_cli.validation.rules.regle import FICHE, Regle, exemple
from protocole_cli.validation.texts import Passage, prose_of_body, prose_of_fiche, words_by_fiche

_MAY = re.compile(rf"\n *(?:- )?[{PUCES}{TIRETS}](?=\s)").search
"""Looks at the heads of lines, several times quicker; a fiche begins with its title, which is no text of several lines."""
_PUCE = re.compile(rf"^[ ]*(?:- )?([{PUCES}])(?=\s)|(?:\A|\n\n|[:;] *\n)[ ]*([{TIRETS}])(?=\s)", re.MULTILINE)
"""A bullet before a line, or a dash before one that begins a paragraph or follows « : » or « ; »: elsewhere it may be a dash between words."""


def check(loaded: Loaded) -> Iterator[Finding]:
    """Yield a finding for each text with a line that begins so, fiches apart."""
    return _pasted(prose_of_body(loaded.protocole))


def check_fiches(loaded: Loaded) -> Iterator[Finding]:
    """Yield the same for the fiches."""
    for fiche, whole in zip(loaded.protocole.fiches, words_by_fiche(loaded), strict=True):
        if _MAY(whole):
            yield from _pasted(prose_of_fiche(fiche))


def _pasted(passages: Iterable[Passage]) -> Iterator[Finding]:
    for entree, route, texte in passages:
        if _MAY(f"\n{texte}") and (found := _PUCE.search(texte)):
            group = found.lastindex or 1
            yield Finding(
                entree.position,
                f"Une ligne commence ici par {shown(found[group])} : ce signe ne fait pas une liste, et serait imprimé tel quel.",
                "Mettez « - » à la place de ce signe, au début de chaque ligne de la liste.",
                route,
                texte.count("\n", 0, found.start(group)),
                found[group],
            )


REGLE = Regle(
    nom="puce-collee",
    severite=Severite.AVERTISSEMENT,
    demande="Une liste s’écrit avec des tirets ordinaires (« - ») : la puce d’un traitement de texte n’en fait pas une.",
    raison="Collée de Word, une liste garde ses « • » ou ses « – », qui ne sont ici que du texte : ses éléments sont imprimés à la "
    "suite, en un seul paragraphe.",
    juste=exemple(
        FICHE,
        """
        constats: |
          Il manque dans le quartier :

          - un lieu d’accueil
          - un accompagnement
        """,
    ),
    fautif=exemple(
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

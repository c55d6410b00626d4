"""Words are a single space apart."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from protocole_cli.diagnostics import Severite
from protocole_cli.language import cited
from protocole_cli.loading.loaded import Loaded
from protocole_cli.validation.rules.finding import Finding
from protocole_cli.validation.rules.regle import FICHE, Exemple, Regle
from protocole_cli.validation.texts import Passage, passages_of_body, passages_of_fiche

_DOUBLE = re.compile("(?<=\\S)[ \u00a0\u202f]{2,}(?=\\S)").finditer
_AROUND = 200
"""How many characters of the words around are looked at: more than a message quotes."""


def check(loaded: Loaded) -> Iterator[Finding]:
    """Yield a finding for each place where several spaces, breaking or not, stand between two words of a line, fiches apart."""
    return _doubles(passages_of_body(loaded.protocole))


def check_fiches(loaded: Loaded) -> Iterator[Finding]:
    """Yield the same for the fiches."""
    return chain.from_iterable(_doubles(passages_of_fiche(fiche)) for fiche in loaded.protocole.fiches)


def _doubles(passages: Iterable[Passage]) -> Iterator[Finding]:
    for entree, route, texte in passages:
        line = end = 0
        for double in _DOUBLE(texte):
            start = double.start()
            line += texte.count("\n", end, start)
            before = texte[max(0, start - _AROUND) : start].split()[-1]
            end = double.end()
            after = texte[end : end + _AROUND].split(None, 1)[0]
            yield Finding(
                entree.position,
                f"Plusieurs espaces se suivent entre « {cited(before)} » et « {cited(after)} ».",
                "N’en gardez qu’une.",
                route,
                line,
                f"{before}{double[0]}{after}",
            )


REGLE = Regle(
    nom="espaces-doubles",
    severite=Severite.AVERTISSEMENT,
    demande="Deux mots d’une ligne sont séparés par une seule espace.",
    raison="Une espace de trop ne se voit guère à l’écran, et fait paraître deux versions différentes quand on "
    "les compare. Le texte signé garde les siennes : la règle ne vaut que pour qui écrit, et sur demande.",
    juste=Exemple(
        FICHE,
        """
        public: Les habitants du quartier
        """,
    ),
    fautif=Exemple(
        FICHE,
        """
        public: Les habitants  du quartier
        """,
    ),
    check=check,
    check_fiches=check_fiches,
    par_defaut=False,
)

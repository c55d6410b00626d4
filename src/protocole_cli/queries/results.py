"""The expected results, one by one, and how many there are of each nature."""

from collections import Counter

from msgspec import Struct

from protocole_cli.model.fiche import Cible, Detail, Fiche, NatureResultat, Resultat
from protocole_cli.model.protocole import Protocole
from protocole_cli.position import Position
from protocole_cli.queries.fiche_summary import NATURES


class ExpectedResult(Struct, frozen=True):
    """An expected result or a detail of one; `id` shows its rank: R5-1, its details R5-1.1 and so on.

    A detail answers to the action that its result answers to.
    """

    id: str
    fiche: int
    texte: str
    nature: NatureResultat
    action: int | None
    echeance: int | None
    cible: Cible | None
    position: Position

    @property
    def precise(self) -> bool:
        """Whether it is a detail, which makes a result precise."""
        return "." in self.id


def expected_results(
    protocole: Protocole, fiches: tuple[int, ...] = (), *, sans_cible: bool = False
) -> tuple[ExpectedResult, ...]:
    """Return the results in reading order, of some fiches (all where none is named), or only those without a target."""
    found = (r for fiche in protocole.fiches if not fiches or fiche.numero in fiches for r in _results(fiche))
    return tuple(r for r in found if not sans_cible or r.cible is None)


def by_nature(results: tuple[ExpectedResult, ...]) -> dict[NatureResultat, dict[int, int]]:
    """Return how many results of each nature there are, by number of fiche."""
    counted = Counter((r.nature, r.fiche) for r in results)
    return {
        nature: {fiche: number for (kind, fiche), number in counted.items() if kind == nature}
        for nature in NATURES
        if any(kind == nature for kind, _ in counted)
    }


def _results(fiche: Fiche) -> list[ExpectedResult]:
    found = []
    for rank, resultat in enumerate(fiche.resultats, 1):
        identifiant = f"R{fiche.numero}-{rank}"
        found.append(_result(fiche, identifiant, resultat, resultat.action))
        for inner, detail in enumerate(resultat.details, 1):
            found.append(_result(fiche, f"{identifiant}.{inner}", detail, resultat.action))
    return found


def _result(fiche: Fiche, identifiant: str, entry: Resultat | Detail, action: int | None) -> ExpectedResult:
    return ExpectedResult(
        identifiant,
        fiche.numero,
        entry.texte,
        entry.nature,
        action,
        entry.echeance,
        entry.cible,
        entry.position,
    )

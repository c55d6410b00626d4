"""Which fiches reach a neighbourhood, and through what of their scale."""

from typing import Literal

from msgspec import Struct

from protocole_cli.model.fiche import Echelle, EchellePhase, Fiche
from protocole_cli.model.protocole import Protocole
from protocole_cli.model.territoire import Quartier
from protocole_cli.queries.places import scale_parts

Moyen = Literal["nature", "quartier", "commune", "toutes-communes"]


class Way(Struct, frozen=True):
    """What of a scale reaches a neighbourhood: its nature, its name, its commune, or all communes; in which phase, if any."""

    moyen: Moyen
    phase: str = ""


class ReachingFiche(Struct, frozen=True):
    """A fiche that reaches a neighbourhood, and all the ways by which it does."""

    fiche: Fiche
    ways: tuple[Way, ...]


class QuartierReach(Struct, frozen=True):
    """A neighbourhood, the fiches that reach it, those that do not, and those whose scale says no place."""

    quartier: Quartier
    oui: tuple[ReachingFiche, ...]
    non: tuple[Fiche, ...]
    indeterminees: tuple[Fiche, ...]

    @property
    def numeros(self) -> tuple[int, ...]:
        """The numbers of the fiches that reach it."""
        return tuple(reaching.fiche.numero for reaching in self.oui)


def quartier_reach(protocole: Protocole, quartier: Quartier) -> QuartierReach:
    """Return which fiches reach a neighbourhood."""
    said = [(fiche, fiche_ways(fiche, quartier)) for fiche in protocole.fiches]
    return QuartierReach(
        quartier,
        oui=tuple(ReachingFiche(fiche, ways) for fiche, ways in said if ways),
        non=tuple(fiche for fiche, ways in said if ways == ()),
        indeterminees=tuple(fiche for fiche, ways in said if ways is None),
    )


def fiche_ways(fiche: Fiche, quartier: Quartier) -> tuple[Way, ...] | None:
    """Return the ways by which a fiche reaches a neighbourhood, none where it does not; `None` if its scale says no place."""
    parts = scale_parts(fiche.echelle)
    if not parts:
        return None
    names = {phase.id: phase.nom for phase in fiche.phases}
    return tuple(Way(moyen, _phase(part, names)) for part in parts for moyen in _means(part, quartier))


def _phase(part: Echelle | EchellePhase, names: dict[str, str]) -> str:
    return names.get(part.phase, part.phase) if isinstance(part, EchellePhase) else ""


def _means(part: Echelle | EchellePhase, quartier: Quartier) -> tuple[Moyen, ...]:
    said: tuple[tuple[Moyen, bool], ...] = (
        ("nature", quartier.nature in part.natures),
        ("quartier", quartier.id in part.quartiers),
        ("commune", quartier.commune in part.communes),
        ("toutes-communes", part.toutes_communes),
    )
    return tuple(moyen for moyen, true in said if true)

"""Which fiches reach a neighbourhood, and through what of their scale."""

from typing import Literal

from msgspec import Struct

from protocole_cli.model.fiche import Echelle, EchellePhase, Fiche
from protocole_cli.model.protocole import Protocole
from protocole_cli.model.territoire import Quartier

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
    if fiche.echelle is None:
        return None
    phases = {phase.id: phase.nom for phase in fiche.phases}
    scales: list[tuple[Echelle | EchellePhase, str]] = [(fiche.echelle, "")]
    scales += [(phase, phases.get(phase.phase, phase.phase)) for phase in fiche.echelle.phases]
    if not any(_says_a_place(scale) for scale, _ in scales):
        return None
    return tuple(Way(moyen, phase) for scale, phase in scales for moyen in _means(scale, quartier))


def _says_a_place(scale: Echelle | EchellePhase) -> bool:
    return bool(scale.natures or scale.quartiers or scale.communes or scale.toutes_communes)


def _means(scale: Echelle | EchellePhase, quartier: Quartier) -> tuple[Moyen, ...]:
    said: tuple[tuple[Moyen, bool], ...] = (
        ("nature", quartier.nature in scale.natures),
        ("quartier", quartier.id in scale.quartiers),
        ("commune", quartier.commune in scale.communes),
        ("toutes-communes", scale.toutes_communes),
    )
    return tuple(moyen for moyen, true in said if true)

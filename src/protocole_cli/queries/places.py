"""Which fiches reach a place, and through what of their scale."""

from collections.abc import Mapping, Sequence
from typing import Literal

from msgspec import Struct

from protocole_cli.model.fiche import Echelle, EchellePhase, Fiche
from protocole_cli.model.protocole import Protocole
from protocole_cli.model.territoire import Commune, Quartier

Moyen = Literal["nature", "quartier", "commune", "toutes-communes"]


class Lieu(Struct, frozen=True):
    """A place that is asked for: a commune and its neighbourhoods, or one neighbourhood and its commune."""

    commune: str
    quartiers: tuple[Quartier, ...]


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


def lieu_of_commune(commune: Commune, quartiers: Sequence[Quartier]) -> Lieu:
    """Return a commune as a place: what reaches one of its neighbourhoods reaches it."""
    return Lieu(commune.id, tuple(quartier for quartier in quartiers if quartier.commune == commune.id))


def lieu_of_quartier(quartier: Quartier) -> Lieu:
    """Return a neighbourhood as a place: what reaches the whole of its commune reaches it."""
    return Lieu(quartier.commune, (quartier,))


def scale_parts(echelle: Echelle | None) -> list[Echelle | EchellePhase]:
    """Return what of a scale says a place as a fact: the whole, its phases."""
    if echelle is None:
        return []
    parts: list[Echelle | EchellePhase] = [echelle, *echelle.phases]
    return [part for part in parts if part.natures or part.quartiers or part.communes or part.toutes_communes]


def means(part: Echelle | EchellePhase, lieu: Lieu) -> tuple[Moyen, ...]:
    """Return by what a part of a scale reaches a place: nothing where it does not."""
    said: tuple[tuple[Moyen, bool], ...] = (
        ("nature", any(quartier.nature in part.natures for quartier in lieu.quartiers)),
        ("quartier", any(quartier.id in part.quartiers for quartier in lieu.quartiers)),
        ("commune", lieu.commune in part.communes),
        ("toutes-communes", part.toutes_communes),
    )
    return tuple(moyen for moyen, true in said if true)


def reached(echelle: Echelle | None, lieux: Mapping[str, Lieu]) -> tuple[str, ...]:
    """Return the identifiers of the places that a scale reaches, in one phase or another."""
    parts = scale_parts(echelle)
    return tuple(identifiant for identifiant, lieu in lieux.items() if any(means(part, lieu) for part in parts))


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
    lieu = lieu_of_quartier(quartier)
    names = {phase.id: phase.nom for phase in fiche.phases}
    return tuple(Way(moyen, _phase(part, names)) for part in parts for moyen in means(part, lieu))


def _phase(part: Echelle | EchellePhase, names: dict[str, str]) -> str:
    return names.get(part.phase, part.phase) if isinstance(part, EchellePhase) else ""

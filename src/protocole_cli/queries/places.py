"""Where and when a fiche acts, by what its scale and its calendar say; `None` is « the text does not say »."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from protocole_cli.model.fiche import Calendrier, Echelle, EchellePhase, Fiche
from protocole_cli.model.territoire import Commune, Quartier


class Lieu(Struct, frozen=True):
    """A place that is asked for: a commune and its neighbourhoods, or one neighbourhood and its commune."""

    commune: str
    quartiers: tuple[Quartier, ...]


def lieu_of_commune(commune: Commune, quartiers: Sequence[Quartier]) -> Lieu:
    """Return a commune as a place: what reaches one of its neighbourhoods reaches it."""
    return Lieu(commune.id, tuple(quartier for quartier in quartiers if quartier.commune == commune.id))


def lieu_of_quartier(quartier: Quartier) -> Lieu:
    """Return a neighbourhood as a place: what reaches the whole of its commune reaches it."""
    return Lieu(quartier.commune, (quartier,))


def reaches(scale: Echelle | EchellePhase, lieu: Lieu) -> bool:
    """Tell whether a scale reaches a place."""
    return (
        scale.toutes_communes
        or lieu.commune in scale.communes
        or any(quartier.nature in scale.natures or quartier.id in scale.quartiers for quartier in lieu.quartiers)
    )


def reached(echelle: Echelle | None, lieux: Mapping[str, Lieu]) -> tuple[str, ...]:
    """Return the identifiers of the places that a scale reaches, in one phase or another."""
    scales = scale_parts(echelle)
    return tuple(identifiant for identifiant, lieu in lieux.items() if any(reaches(scale, lieu) for scale in scales))


def dated_places(fiche: Fiche, lieux: Sequence[Lieu], annee: int | None) -> list[tuple[bool | None, bool | None]]:
    """Return, for the whole fiche or for each phase of its scale, whether it is in all these places, and in that year.

    What is not asked for is always so.
    """
    scales = scale_parts(fiche.echelle)
    if not lieux or not scales:
        return [(True if not lieux else None, _in_year(fiche.calendrier, "", annee))]
    return [
        (
            all(reaches(scale, lieu) for lieu in lieux),
            _in_year(fiche.calendrier, scale.phase if isinstance(scale, EchellePhase) else "", annee),
        )
        for scale in scales
    ]


def scale_parts(echelle: Echelle | None) -> list[Echelle | EchellePhase]:
    """Return what of a scale says a place as a fact: the whole, its phases."""
    if echelle is None:
        return []
    parts: list[Echelle | EchellePhase] = [echelle, *echelle.phases]
    return [part for part in parts if part.natures or part.quartiers or part.communes or part.toutes_communes]


def _in_year(calendrier: Calendrier | None, phase: str, annee: int | None) -> bool | None:
    """Tell whether the fiche, or one phase of it, runs in a year."""
    if annee is None:
        return True
    if calendrier is None:
        return None
    whole = calendrier.debut is not None and calendrier.fin is not None
    dated = [(p.debut, p.fin) for p in calendrier.phases if p.phase == phase or not (phase or whole)]
    if dated:
        return any(debut <= annee <= fin for debut, fin in dated)
    bornes = calendrier.bornes
    if bornes is None:
        return None
    if not bornes[0] <= annee <= bornes[1]:
        return False
    return None if phase else True

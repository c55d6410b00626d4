"""Where and when a fiche acts at once, by what its scale and its calendar say; `None` is « the text does not say »."""

from collections.abc import Sequence

from msgspec import Struct

from protocole_cli.model.fiche import Calendrier, EchellePhase, Fiche
from protocole_cli.queries.places import Lieu, means, scale_parts


class DatedPlaces(Struct, frozen=True):
    """Whether a fiche, or the phase of this identifier, is in all places asked for, and in the year; what is not asked is so."""

    phase: str
    where: bool | None
    when: bool | None


def dated_places(fiche: Fiche, lieux: Sequence[Lieu], annee: int | None) -> list[DatedPlaces]:
    """Return where and when the whole fiche acts, or each phase of its scale, against what is asked for."""
    scales = scale_parts(fiche.echelle)
    if not lieux or not scales:
        return [DatedPlaces("", True if not lieux else None, in_year(fiche.calendrier, "", annee))]
    phases = [scale.phase if isinstance(scale, EchellePhase) else "" for scale in scales]
    return [
        DatedPlaces(phase, all(means(scale, lieu) for lieu in lieux), in_year(fiche.calendrier, phase, annee))
        for scale, phase in zip(scales, phases, strict=True)
    ]


def in_year(calendrier: Calendrier | None, phase: str, annee: int | None) -> bool | None:
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

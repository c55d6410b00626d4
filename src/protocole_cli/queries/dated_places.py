"""Where and when a fiche acts at once, by what its scale and its calendar say; `None` is « the text does not say »."""

from collections.abc import Sequence

from protocole_cli.model.fiche import Calendrier, EchellePhase, Fiche
from protocole_cli.queries.places import Lieu, means, scale_parts


def dated_places(fiche: Fiche, lieux: Sequence[Lieu], annee: int | None) -> list[tuple[bool | None, bool | None]]:
    """Return, for the whole fiche or for each phase of its scale, whether it is in all these places, and in that year.

    What is not asked for is always so.
    """
    scales = scale_parts(fiche.echelle)
    if not lieux or not scales:
        return [(True if not lieux else None, in_year(fiche.calendrier, "", annee))]
    return [
        (
            all(means(scale, lieu) for lieu in lieux),
            in_year(fiche.calendrier, scale.phase if isinstance(scale, EchellePhase) else "", annee),
        )
        for scale in scales
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

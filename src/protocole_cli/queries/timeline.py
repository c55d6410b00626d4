"""When each fiche takes place: years beside years, and what the text does not say."""

from msgspec import Struct

from protocole_cli.model.corps import Periode
from protocole_cli.model.fiche import Fiche
from protocole_cli.model.protocole import Protocole


class Bar(Struct, frozen=True):
    """Some years, both included, of a fiche or of one of its phases; `nom` is the phase's."""

    debut: int
    fin: int
    nom: str = ""

    def holds(self, annee: int) -> bool:
        """Tell whether a year is among these."""
        return self.debut <= annee <= self.fin


class DatedFiche(Struct, frozen=True):
    """A fiche with its years, those of its phases, and which of its years are out of the period of the protocole."""

    fiche: Fiche
    bar: Bar
    phases: tuple[Bar, ...]
    hors_periode: tuple[int, ...]


class Timeline(Struct, frozen=True):
    """The years of the time line, the period of the protocole, the fiches that have years, and those that have none."""

    annees: range
    periode: Periode | None
    datees: tuple[DatedFiche, ...]
    non_datees: tuple[Fiche, ...]


def timeline(protocole: Protocole, annee: int | None = None) -> Timeline:
    """Return the time line, by number of fiche; with `annee`, only the fiches that take place in that year.

    A fiche whose text says no years is neither in nor out: it stands apart in either case.
    """
    periode = protocole.corps.periode
    datees = [
        d for fiche in protocole.fiches if (d := _dated(fiche, periode)) and (annee is None or d.bar.holds(annee))
    ]
    ends = [year for d in datees for year in (d.bar.debut, d.bar.fin)]
    ends += [periode.debut, periode.fin] if periode else []
    ends += [annee] if annee is not None else []
    return Timeline(
        annees=range(min(ends), max(ends) + 1) if ends else range(0),
        periode=periode,
        datees=tuple(datees),
        non_datees=tuple(f for f in protocole.fiches if f.calendrier is None or f.calendrier.bornes is None),
    )


def _dated(fiche: Fiche, periode: Periode | None) -> DatedFiche | None:
    calendrier = fiche.calendrier
    if calendrier is None or calendrier.bornes is None:
        return None
    debut, fin = calendrier.bornes
    names = {phase.id: phase.nom for phase in fiche.phases}
    return DatedFiche(
        fiche,
        Bar(debut, fin),
        tuple(Bar(p.debut, p.fin, names.get(p.phase, p.phase)) for p in calendrier.phases),
        tuple(y for y in range(debut, fin + 1) if periode and not periode.debut <= y <= periode.fin),
    )

"""Whom, where and when each fiche concerns, for all actors, places and years at once.

`find_fiches` answers one question; these facts let a reader ask it, and get the same answers, where the program is not at hand.
"""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from protocole_cli.model.fiche import Calendrier, Echelle, EchellePhase, Fiche
from protocole_cli.model.protocole import Protocole
from protocole_cli.queries.dated_places import in_year
from protocole_cli.queries.places import Lieu, lieu_of_commune, lieu_of_quartier, means, scale_parts
from protocole_cli.queries.reach import membres


class Annees(Struct, frozen=True):
    """Years in which something takes place, and those of which the text does not say whether it does."""

    certaines: tuple[int, ...]
    indeterminees: tuple[int, ...]


class Lieux(Struct, frozen=True):
    """The identifiers of the communes and of the neighbourhoods that a scale reaches."""

    communes: tuple[str, ...]
    quartiers: tuple[str, ...]


class Portee(Struct, frozen=True):
    """Where the whole of a fiche, or one phase of its scale, acts (`None` where the text says no place), and when."""

    lieux: Lieux | None
    annees: Annees


class Concerned(Struct, frozen=True):
    """Whom a fiche concerns by their own names, whom through collectives only; when, and where and when together.

    `acteurs_dits` is false where the words that name who carries it, or who takes part, are missing or name nobody.
    """

    fiche: Fiche
    acteurs: tuple[str, ...]
    par_collectif: tuple[str, ...]
    acteurs_dits: bool
    annees: Annees
    portees: tuple[Portee, ...]

    @property
    def lieux(self) -> Lieux | None:
        """All places that the fiche reaches, in one phase or another; `None` where the text says none."""
        known = [portee.lieux for portee in self.portees if portee.lieux]
        if len(known) < 2:
            return known[0] if known else None
        return Lieux(
            tuple(dict.fromkeys(c for lieux in known for c in lieux.communes)),
            tuple(dict.fromkeys(q for lieux in known for q in lieux.quartiers)),
        )


def concerned(protocole: Protocole, annees: Sequence[int]) -> tuple[Concerned, ...]:
    """Return whom, where and when each fiche concerns, as far as these years go."""
    stands_for = membres(protocole.acteurs)
    known = _Known(protocole, annees)
    return tuple(_concerned(fiche, stands_for, known) for fiche in protocole.fiches)


def _concerned(fiche: Fiche, stands_for: Mapping[str, frozenset[str]], known: "_Known") -> Concerned:
    groups = [organismes.acteurs if organismes else () for organismes in (fiche.porteurs, fiche.partenaires)]
    named = dict.fromkeys(
        acteur for acteurs in (*groups, *(e.acteurs for e in fiche.engagements)) for acteur in acteurs
    )
    through = {membre for acteur in named for membre in stands_for.get(acteur, ())}
    parts = scale_parts(fiche.echelle)
    whole = known.years(fiche.calendrier, "")
    return Concerned(
        fiche,
        tuple(named),
        tuple(sorted(through - named.keys())),
        all(groups),
        whole,
        tuple(
            Portee(known.reached(part), known.years(fiche.calendrier, part.phase))
            if isinstance(part, EchellePhase)
            else Portee(known.reached(part), whole)
            for part in parts
        )
        or (Portee(None, whole),),
    )


class _Known:
    """What the scales and calendars that were looked up so far reach, of all places and years: many fiches share theirs."""

    def __init__(self, protocole: Protocole, annees: Sequence[int]) -> None:
        self.annees = annees
        self.communes = {c.id: lieu_of_commune(c, protocole.quartiers) for c in protocole.communes}
        self.quartiers = {q.id: lieu_of_quartier(q) for q in protocole.quartiers}
        self.lieux: dict[tuple[object, ...], Lieux] = {}
        self.periods: dict[tuple[object, ...] | None, Annees] = {}

    def reached(self, scale: Echelle | EchellePhase) -> Lieux:
        key = (scale.natures, scale.quartiers, scale.communes, scale.toutes_communes)
        if key not in self.lieux:
            self.lieux[key] = Lieux(_reached(scale, self.communes), _reached(scale, self.quartiers))
        return self.lieux[key]

    def years(self, calendrier: Calendrier | None, phase: str) -> Annees:
        key = (calendrier.debut, calendrier.fin, calendrier.phases, phase) if calendrier else None
        if key not in self.periods:
            said = [(annee, in_year(calendrier, phase, annee)) for annee in self.annees]
            self.periods[key] = Annees(
                tuple(a for a, true in said if true), tuple(a for a, true in said if true is None)
            )
        return self.periods[key]


def _reached(scale: Echelle | EchellePhase, places: Mapping[str, Lieu]) -> tuple[str, ...]:
    return tuple(identifiant for identifiant, lieu in places.items() if means(scale, lieu))

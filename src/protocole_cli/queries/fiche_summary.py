"""What one wants to know of a fiche before reading it."""

from collections import Counter

from msgspec import Struct

from protocole_cli.model.fiche import Fiche, NatureResultat

NATURES: tuple[NatureResultat, ...] = ("cible", "indicateur", "tendance", "qualitatif")


class Promise(Struct, frozen=True):
    """Who promises (identifiers of actors, none where the text names nobody), and what; empty where left blank."""

    acteurs: tuple[str, ...]
    texte: str


class FicheSummary(Struct, frozen=True):
    """Who carries a fiche, when (`None` where the text gives no years), who promises what, and its results by nature."""

    porteurs: tuple[str, ...]
    bornes: tuple[int, int] | None
    promises: tuple[Promise, ...]
    resultats: dict[NatureResultat, int]

    @property
    def total(self) -> int:
        """How many expected results there are, details included."""
        return sum(self.resultats.values())


def summarise(fiche: Fiche) -> FicheSummary:
    """Return the summary of a fiche."""
    counted = Counter(entry.nature for entry in fiche.entries())
    return FicheSummary(
        porteurs=fiche.porteurs.acteurs if fiche.porteurs else (),
        bornes=fiche.calendrier.bornes if fiche.calendrier else None,
        promises=tuple(Promise(e.acteurs, e.texte) for e in fiche.engagements),
        resultats={nature: counted[nature] for nature in NATURES if counted[nature]},
    )

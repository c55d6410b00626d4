"""The phases of a fiche follow one another within its calendar."""

from collections.abc import Iterator

from protocole_cli.diagnostics import Severite
from protocole_cli.language import cited
from protocole_cli.loading.loaded import Loaded
from protocole_cli.model.fiche import Calendrier, CalendrierPhase
from protocole_cli.validation.rules.finding import Finding
from protocole_cli.validation.rules.regle import FICHE, Exemple, Regle


def check_fiches(loaded: Loaded) -> Iterator[Finding]:
    """Yield a finding for each phase outside the calendar, or begun before the end year of one that began earlier."""
    for fiche in loaded.protocole.fiches:
        if fiche.calendrier and fiche.calendrier.phases:
            names = {phase.id: phase.nom for phase in fiche.phases}
            yield from _outside(fiche.calendrier, names)
            yield from _overlapping(fiche.calendrier.phases, names)


def _outside(calendrier: Calendrier, names: dict[str, str]) -> Iterator[Finding]:
    debut, fin = calendrier.debut, calendrier.fin
    if debut is None or fin is None or fin < debut:
        return
    for phase in calendrier.phases:
        if phase.debut <= phase.fin and (phase.debut < debut or phase.fin > fin):
            yield Finding(
                phase.position,
                f"La phase {_named(phase, names)} sort du calendrier de la fiche ({_years(debut, fin)}).",
                "Vérifiez ces années ; si le texte les donne bien ainsi, un avenant peut accorder la phase et le calendrier.",
                ("debut",) if phase.debut < debut else ("fin",),
            )


def _overlapping(phases: tuple[CalendrierPhase, ...], names: dict[str, str]) -> Iterator[Finding]:
    """Yield a finding for each overlap; the year in which one phase ends and the next begins is none."""
    ordered = sorted((p for p in phases if p.debut <= p.fin), key=lambda p: (p.debut, p.fin))
    before: CalendrierPhase | None = None
    for phase in ordered:
        if before and phase.debut < before.fin:
            yield Finding(
                phase.position,
                f"La phase {_named(phase, names)} commence avant la fin de la phase {_named(before, names)}.",
                "Vérifiez ces années : deux phases qui se suivent n’ont en commun que l’année où l’une finit et l’autre "
                "commence.",
                ("debut",),
            )
        if before is None or phase.fin > before.fin:
            before = phase


def _named(phase: CalendrierPhase, names: dict[str, str]) -> str:
    return f"« {cited(names.get(phase.phase, phase.phase))} » ({_years(phase.debut, phase.fin)})"


def _years(debut: int, fin: int) -> str:
    return f"{debut}" if debut == fin else f"{debut}-{fin}"


REGLE = Regle(
    nom="phases-et-calendrier",
    severite=Severite.AVERTISSEMENT,
    demande="Les phases d’une fiche se suivent, dans les années de son calendrier.",
    raison="Deux phases qui se suivent ont en commun, au plus, l’année où l’une finit et l’autre commence. "
    "Au-delà, on ne sait dire à quelle phase appartient une année, ni qui agit alors.",
    juste=Exemple(
        FICHE,
        """
        phases:
          - {id: travaux, nom: Travaux}
          - {id: ouverture, nom: Ouverture}
        calendrier:
          texte: "Travaux : 2024-2025, ouverture : 2025-2027"
          phases:
            - {phase: travaux, debut: 2024, fin: 2025}
            - {phase: ouverture, debut: 2025, fin: 2027}
        """,
    ),
    fautif=Exemple(
        FICHE,
        """
        phases:
          - {id: travaux, nom: Travaux}
          - {id: ouverture, nom: Ouverture}
        calendrier:
          texte: "Travaux : 2024-2026, ouverture : 2025-2027"
          phases:
            - {phase: travaux, debut: 2024, fin: 2026}
            - {phase: ouverture, debut: 2025, fin: 2027}
        """,
    ),
    check_fiches=check_fiches,
)

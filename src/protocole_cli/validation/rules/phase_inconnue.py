"""The scale and the calendar of a fiche refer to phases that the fiche has."""

from collections.abc import Iterator

from protocole_cli.diagnostics import Severite
from protocole_cli.loading.loaded import Loaded
from protocole_cli.validation.rules.finding import Finding
from protocole_cli.validation.rules.regle import FICHE, Exemple, Regle
from protocole_cli.validation.suggesting import Suggesting


def check_fiches(loaded: Loaded) -> Iterator[Finding]:
    """Yield a finding for each phase that the scale or the calendar names and the fiche does not declare."""
    suggesting = Suggesting("Ajoutez-la sous la clé « phases » de la fiche.")
    for fiche in loaded.protocole.fiches:
        dated = fiche.calendrier.phases if fiche.calendrier else ()
        placed = fiche.echelle.phases if fiche.echelle else ()
        if not dated and not placed:
            continue
        known = {p.id for p in fiche.phases}
        references = [(p.position, p.phase) for p in placed] + [(p.position, p.phase) for p in dated]
        for position, phase in references:
            if phase not in known:
                yield Finding(
                    position,
                    f"La phase « {phase} » n’est pas parmi les phases de la fiche {fiche.numero}.",
                    suggesting.aide(phase, known, position.fichier),
                    ("phase",),
                )


REGLE = Regle(
    nom="phase-inconnue",
    severite=Severite.ERREUR,
    demande="Toute phase désignée est déclarée par la fiche.",
    raison="L’échelle et le calendrier d’une phase n’ont de sens que si l’on sait quelle phase c’est.",
    juste=Exemple(
        FICHE,
        """
        phases:
          - {id: phase-1, nom: Étude}
        calendrier:
          texte: Étude en 2024
          phases:
            - {phase: phase-1, debut: 2024, fin: 2024}
        """,
    ),
    fautif=Exemple(
        FICHE,
        """
        phases:
          - {id: phase-1, nom: Étude}
        calendrier:
          texte: Étude en 2024
          phases:
            - {phase: phase-2, debut: 2024, fin: 2024}
        """,
    ),
    check_fiches=check_fiches,
)

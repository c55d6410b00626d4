"""A promise says what is promised."""

from collections.abc import Iterator

from protocole_cli.diagnostics import Severite
from protocole_cli.language import cited
from protocole_cli.loading.loaded import Loaded
from protocole_cli.validation.rules.finding import Finding
from protocole_cli.validation.rules.regle import FICHE, Exemple, Regle


def check_fiches(loaded: Loaded) -> Iterator[Finding]:
    """Yield a finding for each engagement that has no words of its own."""
    for fiche in loaded.protocole.fiches:
        for rank, engagement in enumerate(fiche.engagements, 1):
            if not engagement.texte:
                who = f" (« {cited(engagement.intitule)} »)" if engagement.intitule else ""
                yield Finding(
                    engagement.position,
                    f"L’engagement {fiche.engagement_id(rank)}{who} est resté en blanc.",
                    "Complétez son texte, ou retirez l’entrée, par un avenant si le texte est déjà signé.",
                )


REGLE = Regle(
    nom="engagement-vide",
    severite=Severite.AVERTISSEMENT,
    demande="Un engagement dit ce qui est promis.",
    raison="Un intitulé sans texte montre qu’une promesse était attendue et qu’elle est restée en blanc.",
    juste=Exemple(
        FICHE,
        """
        engagements:
          - intitule: "Engagement de l’État :"
            acteurs: [etat]
            texte: financer la moitié du lieu d’accueil
        """,
    ),
    fautif=Exemple(
        FICHE,
        """
        engagements:
          - intitule: "Engagement de l’État :"
            acteurs: [etat]
        """,
    ),
    check_fiches=check_fiches,
)

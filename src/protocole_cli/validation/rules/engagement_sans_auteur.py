"""A promise says who promises."""

from collections.abc import Iterator

from protocole_cli.diagnostics import Severite
from protocole_cli.loading.loaded import Loaded
from protocole_cli.validation.rules.finding import Finding
from protocole_cli.validation.rules.regle import FICHE, Exemple, Regle


def check_fiches(loaded: Loaded) -> Iterator[Finding]:
    """Yield a finding for each engagement that the text attributes to nobody by name."""
    for fiche in loaded.protocole.fiches:
        for rank, engagement in enumerate(fiche.engagements, 1):
            if not engagement.acteurs and not engagement.intitule:
                yield Finding(
                    engagement.position,
                    f"L’engagement {fiche.engagement_id(rank)} n’est attribué à personne.",
                    "Nommez dans le texte celui qui s’engage, et ajoutez-le aux « acteurs » de l’engagement.",
                )


REGLE = Regle(
    nom="engagement-sans-auteur",
    severite=Severite.AVERTISSEMENT,
    demande="Un engagement dit qui s’engage.",
    raison="Une promesse que personne ne fait ne peut être rappelée à personne. Le texte signé peut en contenir "
    ": l’avertissement les signale à qui prépare le prochain avenant.",
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
          - texte: financer la moitié du lieu d’accueil
        """,
    ),
    check_fiches=check_fiches,
)

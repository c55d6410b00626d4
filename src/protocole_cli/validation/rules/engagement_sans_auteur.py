"""A promise says who promises."""

from collections.abc import Iterator

from protocole_cli.diagnostics import Severite
from protocole_cli.loading.repository import Loaded
from protocole_cli.validation.rules.finding import Finding

NOM = "engagement-sans-auteur"
SEVERITE = Severite.AVERTISSEMENT


def check(loaded: Loaded) -> Iterator[Finding]:
    """Yield a finding for each engagement that the text attributes to nobody by name."""
    for fiche in loaded.protocole.fiches:
        for rank, engagement in enumerate(fiche.engagements, 1):
            if not engagement.acteurs and not engagement.intitule:
                yield Finding(
                    engagement.position,
                    f"L’engagement F{fiche.numero}-{rank} n’est attribué à personne.",
                    "Nommez dans le texte celui qui s’engage, et ajoutez-le aux « acteurs » de l’engagement.",
                )

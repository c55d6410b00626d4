"""A calendar stays within the years of the protocole."""

from collections.abc import Iterator

from protocole_cli.diagnostics import Severite
from protocole_cli.loading.loaded import Loaded
from protocole_cli.validation.rules.finding import Finding
from protocole_cli.validation.rules.regle import FICHE, Exemple, Regle


def check_fiches(loaded: Loaded) -> Iterator[Finding]:
    """Yield a finding for each fiche whose years leave the period; one without years cannot."""
    periode = loaded.protocole.corps.periode
    if periode is None or periode.fin < periode.debut:
        return
    for fiche in loaded.protocole.fiches:
        bornes = fiche.calendrier.bornes if fiche.calendrier else None
        if fiche.calendrier and bornes and (bornes[0] < periode.debut or bornes[1] > periode.fin):
            yield Finding(
                fiche.calendrier.position,
                f"La fiche {fiche.numero} va de {bornes[0]} à {bornes[1]}, hors de la période du protocole "
                f"({periode.debut}-{periode.fin}).",
                "Vérifiez les années ; si l’action dépasse bien la période, laissez-les.",
            )


REGLE = Regle(
    nom="calendrier-hors-periode",
    severite=Severite.AVERTISSEMENT,
    demande="Les années d’une fiche restent dans la période du protocole.",
    raison="Les parties s’engagent pour la période que dit le protocole. Une action qui en sort n’est couverte "
    "par aucun engagement, ou bien ses années sont fausses.",
    juste=Exemple(
        FICHE,
        """
        calendrier:
          texte: 2024-2027
          debut: 2024
          fin: 2027
        """,
    ),
    fautif=Exemple(
        FICHE,
        """
        calendrier:
          texte: 2024-2030
          debut: 2024
          fin: 2030
        """,
    ),
    check_fiches=check_fiches,
)

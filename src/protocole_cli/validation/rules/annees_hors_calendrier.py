"""The years of a promise or of a result stay within the calendar of their fiche."""

from collections.abc import Iterator

from protocole_cli.diagnostics import Severite
from protocole_cli.loading.loaded import Loaded
from protocole_cli.model.fiche import Fiche
from protocole_cli.validation.rules.finding import Finding
from protocole_cli.validation.rules.regle import FICHE, Exemple, Regle


def check_fiches(loaded: Loaded) -> Iterator[Finding]:
    """Yield a finding for each promise or deadline outside the years of its fiche; without years there is no outside."""
    for fiche in loaded.protocole.fiches:
        bornes = fiche.calendrier.bornes if fiche.calendrier else None
        if bornes and bornes[0] <= bornes[1]:
            yield from _of_fiche(fiche, *bornes)


def _of_fiche(fiche: Fiche, debut: int, fin: int) -> Iterator[Finding]:
    hors = f"hors du calendrier de la fiche {fiche.numero} ({debut}-{fin})"
    for rank, engagement in enumerate(fiche.engagements, 1):
        if engagement.debut is None or engagement.fin is None:
            continue
        if engagement.debut < debut or engagement.fin > fin:
            yield Finding(
                engagement.position,
                f"L’engagement {fiche.engagement_id(rank)} court de {engagement.debut} à {engagement.fin}, {hors}.",
                "Vérifiez les années ; si le texte les donne bien ainsi, un avenant peut accorder l’engagement et le "
                "calendrier.",
            )
    for entry in fiche.entries():
        if entry.echeance is not None and not debut <= entry.echeance <= fin:
            yield Finding(
                entry.position,
                f"Ce résultat est attendu pour {entry.echeance}, {hors}.",
                "Vérifiez l’année ; si le texte la donne bien ainsi, un avenant peut accorder l’échéance et le calendrier.",
            )


REGLE = Regle(
    nom="annees-hors-calendrier",
    severite=Severite.AVERTISSEMENT,
    demande="Les années d’un engagement ou d’un résultat restent dans le calendrier de la fiche.",
    raison="Une promesse qui commence avant l’action, ou un résultat attendu après sa fin, ne sera suivi par "
    "personne. Le texte signé peut le vouloir : c’est un avertissement.",
    juste=Exemple(
        FICHE,
        """
        engagements:
          - intitule: "Engagement de l’État :"
            acteurs: [etat]
            texte: financer le lieu en 2024 et 2025
            debut: 2024
            fin: 2025
        """,
    ),
    fautif=Exemple(
        FICHE,
        """
        engagements:
          - intitule: "Engagement de l’État :"
            acteurs: [etat]
            texte: financer le lieu en 2024 et jusqu’en 2028
            debut: 2024
            fin: 2028
        """,
    ),
    check_fiches=check_fiches,
)

"""A result of the nature « cible » gives the value to reach, and no other does."""

from collections.abc import Iterator

from protocole_cli.diagnostics import Severite
from protocole_cli.loading.loaded import Loaded
from protocole_cli.validation.rules.finding import Finding
from protocole_cli.validation.rules.regle import FICHE, Exemple, Regle


def check_fiches(loaded: Loaded) -> Iterator[Finding]:
    """Yield a finding for each result whose nature and target do not agree."""
    for fiche in loaded.protocole.fiches:
        for entry in fiche.entries():
            if entry.nature == "cible" and entry.cible is None:
                yield Finding(
                    entry.position,
                    "Ce résultat est de nature « cible », mais la valeur à atteindre manque.",
                    "Ajoutez cible: {valeur: …, unite: …}, ou choisissez la nature « indicateur ».",
                    ("nature",),
                )
            elif entry.nature != "cible" and entry.cible is not None:
                yield Finding(
                    entry.position,
                    f"Ce résultat a une valeur à atteindre, mais sa nature est « {entry.nature} ».",
                    "Écrivez nature: cible, ou retirez la cible.",
                    ("nature",),
                )


REGLE = Regle(
    nom="cible-et-nature",
    severite=Severite.ERREUR,
    demande="Un résultat de nature « cible » donne la valeur à atteindre, et lui seul.",
    raison="On ne peut dire d’une cible qu’elle est atteinte que si elle est chiffrée. Un chiffre dans un "
    "résultat d’une autre nature échapperait au bilan.",
    juste=Exemple(
        FICHE,
        """
        resultats:
          - texte: 100 personnes accueillies
            nature: cible
            cible: {valeur: 100, unite: personnes}
        """,
    ),
    fautif=Exemple(
        FICHE,
        """
        resultats:
          - texte: 100 personnes accueillies
            nature: cible
        """,
    ),
    check_fiches=check_fiches,
    des_restes=True,
)

"""A result answers to an action that the description numbers."""

from collections.abc import Iterator

from protocole_cli.diagnostics import Severite
from protocole_cli.language import enumeration
from protocole_cli.loading.loaded import Loaded
from protocole_cli.loading.prose import parse_prose
from protocole_cli.model.prose import Liste
from protocole_cli.validation.rules.finding import Finding
from protocole_cli.validation.rules.regle import FICHE, Exemple, Regle


def check_fiches(loaded: Loaded) -> Iterator[Finding]:
    """Yield a finding for each result whose action is not one of the numbered ones of the description."""
    for fiche in loaded.protocole.fiches:
        answering = [resultat for resultat in fiche.resultats if resultat.action is not None]
        numbered = _numbered(fiche.description) if answering else []
        for resultat in answering:
            if resultat.action not in numbered:
                there = enumeration([str(n) for n in numbered])
                yield Finding(
                    resultat.position,
                    f"Ce résultat répond à l’action {resultat.action}, qui n’est pas dans la description de la fiche "
                    f"{fiche.numero} ({f'actions numérotées : {there}' if there else 'aucune action n’y est numérotée'}).",
                    "Corrigez le numéro, ou retirez « action » si le résultat ne répond à aucune action numérotée.",
                    ("action",),
                )


def _numbered(description: str) -> list[int]:
    """Return the numbers of the outermost numbered items."""
    listes = (bloc for bloc in parse_prose(description).blocs if isinstance(bloc, Liste))
    return [liste.debut + rank for liste in listes if liste.debut is not None for rank, _ in enumerate(liste.elements)]


REGLE = Regle(
    nom="action-inconnue",
    severite=Severite.ERREUR,
    demande="L’action à laquelle répond un résultat est numérotée dans la description.",
    raison="« action: 3 » relie un résultat à la troisième action de la description. Si elle n’existe pas, on ne "
    "sait plus ce que mesure le résultat : un numéro a changé d’un côté seulement.",
    juste=Exemple(
        FICHE,
        """
        description: |
          1. Ouvrir un lieu d’accueil
          2. Former les créateurs
        resultats:
          - texte: Nombre de créateurs formés
            nature: indicateur
            action: 2
        """,
    ),
    fautif=Exemple(
        FICHE,
        """
        description: |
          1. Ouvrir un lieu d’accueil
          2. Former les créateurs
        resultats:
          - texte: Nombre de créateurs formés
            nature: indicateur
            action: 3
        """,
    ),
    check_fiches=check_fiches,
)

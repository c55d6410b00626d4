"""What admissions of warnings are held to; found where they are applied, once all rules have spoken."""

from protocole_cli.diagnostics import Severite
from protocole_cli.validation.rules.regle import Regle, exemple

FICHIER = "data/avertissements-admis.yaml"

ADMISSION_IMPOSSIBLE = Regle(
    nom="admission-impossible",
    severite=Severite.ERREUR,
    demande="Un avertissement admis est celui d’une règle qui avertit, au sujet d’une seule entrée.",
    raison="Une erreur se corrige, elle ne s’accepte pas. Des mots trop vagues admettraient aussi des défauts que personne n’a vus.",
    juste=exemple(FICHIER, "avertissements: []\n"),
    fautif=exemple(
        FICHIER,
        """
        avertissements:
          - regle: cle-inconnue
            fichier: data/fiches/fiche-01.yaml
            mots: Aider à créer son entreprise
            raison: Cette clé nous est utile.
            accepte_par: Comité de pilotage
            date: 2024-10-04
        """,
    ),
)
ADMISSION_SANS_OBJET = Regle(
    nom="admission-sans-objet",
    severite=Severite.AVERTISSEMENT,
    demande="Un avertissement admis existe encore.",
    raison="Le défaut a été corrigé, ou les mots qui le désignaient ont changé. L’inscription, restée là, admettrait en silence un "
    "défaut nouveau qui aurait les mêmes mots.",
    juste=exemple(FICHIER, "avertissements: []\n"),
    fautif=exemple(
        FICHIER,
        """
        avertissements:
          - regle: engagement-vide
            fichier: data/fiches/fiche-01.yaml
            mots: Engagement de l’État
            raison: Le montant sera fixé par la convention financière.
            accepte_par: Comité de pilotage
            date: 2024-10-04
        """,
    ),
)
REGLES = (ADMISSION_IMPOSSIBLE, ADMISSION_SANS_OBJET)

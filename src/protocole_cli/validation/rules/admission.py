"""What admissions of warnings are held to; found where they are applied, once all rules have spoken."""

from protocole_cli.diagnostics import Severite
from protocole_cli.validation.rules.regle import Exemple, Regle

_FICHIER = "data/avertissements-admis.yaml"
_JUSTE = """\
avertissements:
  - regle: calendrier-hors-periode
    fichier: data/fiches/fiche-02.yaml
    mots: 2025-2028, bilan compris
    raison: Le bilan se fait l’année qui suit le protocole.
    accepte_par: Comité de pilotage
    date: 2024-10-04
"""

ADMISSION_IMPOSSIBLE = Regle(
    nom="admission-impossible",
    severite=Severite.ERREUR,
    demande="Un avertissement admis est celui d’une règle qui avertit, au sujet d’une seule entrée.",
    raison="Une erreur se corrige, elle ne s’accepte pas. Des mots trop vagues admettraient aussi des défauts que personne n’a vus.",
    juste=Exemple(_FICHIER, _JUSTE),
    fautif=Exemple(
        _FICHIER,
        f"""{_JUSTE}\
  - regle: acteur-inconnu
    fichier: data/fiches/fiche-02.yaml
    mots: La Mission locale
    raison: Cet acteur sera ajouté plus tard.
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
    juste=Exemple(_FICHIER, _JUSTE),
    fautif=Exemple(
        _FICHIER,
        f"""{_JUSTE}\
  - regle: engagement-vide
    fichier: data/fiches/fiche-02.yaml
    mots: Tenir deux permanences par mois
    raison: Le nombre de permanences sera fixé par une convention.
    accepte_par: Comité de pilotage
    date: 2024-10-04
""",
    ),
)
REGLES = (ADMISSION_IMPOSSIBLE, ADMISSION_SANS_OBJET)

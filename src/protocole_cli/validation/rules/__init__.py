"""The rules, in the order in which they are listed to people: how files are read, their form, then one rule a module."""

from protocole_cli.validation.rules import (
    acteur_en_boucle,
    acteur_inconnu,
    action_inconnue,
    calendrier_hors_periode,
    cible_et_nature,
    engagement_hors_parties,
    engagement_sans_auteur,
    engagement_vide,
    forme,
    identifiant_en_double,
    identifiant_inutilise,
    instance_inconnue,
    lecture,
    mots_et_acteurs,
    nom_ambigu,
    nom_de_fichier,
    numero_en_double,
    numeros_continus,
    ordre_des_annees,
    partie_inconnue,
    phase_inconnue,
    prose_admise,
    rubriques,
    territoire_inconnu,
)
from protocole_cli.validation.rules.regle import Regle

RULES: tuple[Regle, ...] = (
    *lecture.REGLES,
    *forme.REGLES,
    nom_de_fichier.REGLE,
    numero_en_double.REGLE,
    numeros_continus.REGLE,
    identifiant_en_double.REGLE,
    nom_ambigu.REGLE,
    acteur_inconnu.REGLE,
    acteur_en_boucle.REGLE,
    partie_inconnue.REGLE,
    territoire_inconnu.REGLE,
    phase_inconnue.REGLE,
    instance_inconnue.REGLE,
    action_inconnue.REGLE,
    identifiant_inutilise.REGLE,
    rubriques.REGLE,
    prose_admise.REGLE,
    ordre_des_annees.REGLE,
    cible_et_nature.REGLE,
    calendrier_hors_periode.REGLE,
    engagement_vide.REGLE,
    engagement_sans_auteur.REGLE,
    engagement_hors_parties.REGLE,
    mots_et_acteurs.REGLE,
)

BY_DEFAULT = tuple(rule for rule in RULES if rule.par_defaut)
"""The rules that are held where nobody asks for others."""

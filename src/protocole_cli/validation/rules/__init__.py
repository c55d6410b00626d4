"""The rules, in the order in which they are listed to people: how files are read, their form, then one rule a module."""

from protocole_cli.validation.rules import (
    acteur_inconnu,
    admission,
    calendrier_hors_periode,
    caracteres_trompeurs,
    cible_et_nature,
    copie_de_schema,
    date_impossible,
    engagement_sans_auteur,
    engagement_vide,
    forme,
    identifiant_en_double,
    instance_inconnue,
    lecture,
    mots_et_acteurs,
    mots_et_instances,
    nom_de_fichier,
    numero_en_double,
    numeros_continus,
    ordre_des_annees,
    phase_inconnue,
    prose_admise,
    rubriques,
    territoire_inconnu,
)
from protocole_cli.validation.rules.regle import Regle

RULES: tuple[Regle, ...] = (
    *lecture.REGLES,
    *forme.REGLES,
    *admission.REGLES,
    nom_de_fichier.REGLE,
    numero_en_double.REGLE,
    numeros_continus.REGLE,
    identifiant_en_double.REGLE,
    acteur_inconnu.REGLE,
    territoire_inconnu.REGLE,
    phase_inconnue.REGLE,
    instance_inconnue.REGLE,
    rubriques.REGLE,
    prose_admise.REGLE,
    ordre_des_annees.REGLE,
    cible_et_nature.REGLE,
    calendrier_hors_periode.REGLE,
    engagement_vide.REGLE,
    engagement_sans_auteur.REGLE,
    mots_et_acteurs.REGLE,
    mots_et_instances.REGLE,
    date_impossible.REGLE,
    caracteres_trompeurs.REGLE,
    copie_de_schema.REGLE,
)

BY_DEFAULT = tuple(rule for rule in RULES if rule.par_defaut)
"""The rules that are held where nobody asks for others."""

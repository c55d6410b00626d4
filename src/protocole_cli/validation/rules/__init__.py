"""The rules, one a module, in the order in which they are listed to people."""

from types import ModuleType

from protocole_cli.validation.rules import (
    acteur_inconnu,
    calendrier_hors_periode,
    cible_et_nature,
    engagement_sans_auteur,
    engagement_vide,
    identifiant_en_double,
    instance_inconnue,
    mots_et_acteurs,
    nom_de_fichier,
    numero_en_double,
    numeros_continus,
    ordre_des_annees,
    phase_inconnue,
    prose_admise,
    rubriques,
    territoire_inconnu,
)

RULES: tuple[ModuleType, ...] = (
    nom_de_fichier,
    numero_en_double,
    numeros_continus,
    identifiant_en_double,
    acteur_inconnu,
    territoire_inconnu,
    phase_inconnue,
    instance_inconnue,
    rubriques,
    prose_admise,
    ordre_des_annees,
    cible_et_nature,
    calendrier_hors_periode,
    engagement_vide,
    engagement_sans_auteur,
    mots_et_acteurs,
)

"""Warnings that the parties accept, as in data/avertissements-admis.yaml: about the data, and no part of the protocole."""

from protocole_cli.model.entree import Entree
from protocole_cli.model.formes import Jour, Ligne, Prose


class AvertissementAdmis(Entree, frozen=True):
    """A warning that is accepted: of which rule, about which entry, why, by whom and when.

    `mots` are words of the entry, which designate it wherever it moves in `fichier`.
    """

    regle: Ligne
    fichier: Ligne
    mots: Ligne
    raison: Prose
    accepte_par: Ligne
    date: Jour


class AvertissementsAdmis(Entree, frozen=True):
    """The file avertissements-admis.yaml."""

    avertissements: tuple[AvertissementAdmis, ...]

"""Communes and neighbourhoods, as in data/quartiers.yaml."""

from typing import ClassVar

from protocole_cli.model.entree import Entree, EntreeAvecListes
from protocole_cli.model.fiche import NatureQuartier
from protocole_cli.model.formes import CodeInsee, CodeQuartier, Id, Ligne


class Commune(EntreeAvecListes, frozen=True):
    """A commune, a place; `acteur` is the town as an organisation."""

    SANS_DOUBLON: ClassVar = ("alias",)

    id: Id
    nom: Ligne
    contrat_de_ville: bool
    alias: tuple[Ligne, ...] = ()
    acteur: Id = ""
    code_insee: CodeInsee = ""


class Quartier(EntreeAvecListes, frozen=True):
    """A neighbourhood: `qpv` (*quartier prioritaire*) or `qva` (*quartier de veille active*)."""

    SANS_DOUBLON: ClassVar = ("alias",)

    id: Id
    nom: Ligne
    nature: NatureQuartier
    commune: Id
    alias: tuple[Ligne, ...] = ()
    code_qp: CodeQuartier = ""


class Territoire(Entree, frozen=True):
    """The file quartiers.yaml."""

    communes: tuple[Commune, ...]
    quartiers: tuple[Quartier, ...]

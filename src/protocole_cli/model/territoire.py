"""Communes and neighbourhoods, as in data/quartiers.yaml."""

from protocole_cli.model.entree import Entree
from protocole_cli.model.fiche import NatureQuartier


class Commune(Entree, frozen=True):
    """A commune, a place; `acteur` is the town as an organisation."""

    id: str
    nom: str
    contrat_de_ville: bool
    alias: tuple[str, ...] = ()
    acteur: str = ""
    code_insee: str = ""


class Quartier(Entree, frozen=True):
    """A neighbourhood: `qpv` (*quartier prioritaire*) or `qva` (*quartier de veille active*)."""

    id: str
    nom: str
    nature: NatureQuartier
    commune: str
    alias: tuple[str, ...] = ()
    code_qp: str = ""


class Territoire(Entree, frozen=True):
    """The file quartiers.yaml."""

    communes: tuple[Commune, ...] = ()
    quartiers: tuple[Quartier, ...] = ()

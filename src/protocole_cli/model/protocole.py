"""The whole protocole."""

from typing import ClassVar

from msgspec import Struct

from protocole_cli.model.acteurs import Acteur, Partie
from protocole_cli.model.corps import CORPS_ABSENT, Corps
from protocole_cli.model.entree import Entree
from protocole_cli.model.fiche import Fiche
from protocole_cli.model.formes import Ligne
from protocole_cli.model.gouvernance import GOUVERNANCE_ABSENTE, Gouvernance
from protocole_cli.model.territoire import Commune, Quartier


class Sigle(Entree, frozen=True):
    """An acronym and its expansion."""

    sigle: Ligne
    developpe: Ligne
    source: Ligne = ""
    note: Ligne = ""


class Glossaire(Entree, frozen=True):
    """The file sigles.yaml."""

    sigles: tuple[Sigle, ...]


class Protocole(Struct, frozen=True, kw_only=True):
    """All that the data says; a part that could not be read is empty.

    `fiches` come by number; the other collections in the order of their files.
    """

    FAITS: ClassVar[frozenset[str]] = frozenset({"acteurs", "communes", "quartiers", "sigles"})

    corps: Corps = CORPS_ABSENT
    acteurs: tuple[Acteur, ...] = ()
    parties: tuple[Partie, ...] = ()
    communes: tuple[Commune, ...] = ()
    quartiers: tuple[Quartier, ...] = ()
    gouvernance: Gouvernance = GOUVERNANCE_ABSENTE
    sigles: tuple[Sigle, ...] = ()
    fiches: tuple[Fiche, ...] = ()

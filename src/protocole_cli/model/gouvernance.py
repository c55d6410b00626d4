"""The governance scheme, as in data/gouvernance.yaml."""

from typing import ClassVar, Literal

from protocole_cli.model.entree import Entree, EntreeAvecListes
from protocole_cli.model.formes import FoisParAn, Id, Ligne, Mois


class Colonne(Entree, frozen=True):
    """A column of the scheme."""

    FAITS: ClassVar = frozenset({"id"})

    id: Id
    nom: Ligne


class ParAn(Entree, frozen=True):
    """How many meetings a year: a range, its ends equal where the text is precise."""

    min: FoisParAn
    max: FoisParAn


class Mission(Entree, frozen=True):
    """What a body or a group does; `fleche` is false where the text put no arrow before it."""

    FAITS: ClassVar = frozenset({"fleche"})

    texte: Ligne
    fleche: bool = True


class Reunion(EntreeAvecListes, frozen=True):
    """One rhythm of meetings: the words, the number that they give, the months (1 to 12) they fix.

    `unite` tells what meets so often: the body, each of its groups, or not said.
    """

    FAITS: ClassVar = frozenset({"par_an", "unite", "mois"})
    SANS_DOUBLON: ClassVar = ("mois",)

    texte: Ligne
    par_an: ParAn | None = None
    unite: Literal["instance", "groupe", "indeterminee"] = "instance"
    mois: tuple[Mois, ...] = ()
    missions: tuple[Mission, ...] = ()


class Groupe(Entree, frozen=True):
    """A group that is part of a body."""

    FAITS: ClassVar = frozenset({"id"})

    id: Id
    nom: Ligne
    missions: tuple[Mission, ...] = ()


class Siege(EntreeAvecListes, frozen=True):
    """Who sits in a body, as some words of the text say it.

    `acteurs` are the organisations that they mean, none where the words leave that open; `deduit` where that is inferred from
    what else the text says. `formation` is the name of the part of the body that they sit in, empty for the whole of it.
    An `associe` may be asked to come.
    """

    SANS_DOUBLON: ClassVar = ("acteurs",)

    texte: Ligne
    acteurs: tuple[Id, ...] = ()
    formation: Ligne = ""
    role: Literal["presidence", "membre", "associe"] = "membre"
    deduit: bool = False


class Instance(EntreeAvecListes, frozen=True):
    """A body of the governance; `colonne_deduite` where its column is inferred, not read."""

    FAITS: ClassVar = frozenset({"id", "alias", "colonne", "colonne_deduite", "composition"})
    SANS_DOUBLON: ClassVar = ("alias",)

    id: Id
    nom: Ligne
    colonne: Id
    alias: tuple[Ligne, ...] = ()
    colonne_deduite: bool = False
    reunions: tuple[Reunion, ...] = ()
    groupes: tuple[Groupe, ...] = ()
    composition: tuple[Siege, ...] = ()


class Gouvernance(Entree, frozen=True):
    """The file gouvernance.yaml."""

    titre: Ligne
    colonnes: tuple[Colonne, ...]
    instances: tuple[Instance, ...]


GOUVERNANCE_ABSENTE = Gouvernance(titre="", colonnes=(), instances=())
"""What stands for a file that could not be read."""

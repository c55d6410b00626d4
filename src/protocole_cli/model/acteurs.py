"""Organisations, and those of them that are parties, as in data/acteurs.yaml and data/parties.yaml."""

from typing import ClassVar, Literal

from protocole_cli.model.entree import Entree, EntreeAvecListes
from protocole_cli.model.formes import AuMoinsUn, Date, Id, Ligne, Numero, Prose

NatureActeur = Literal[
    "etat",
    "justice",
    "collectivite",
    "organisme-public",
    "bailleur",
    "association",
    "entreprise",
    "habitants",
    "dispositif",
    "collectif",
]


class Acteur(EntreeAvecListes, frozen=True):
    """An organisation, or several that the text names by one word (`membres`, where it is known who)."""

    SANS_DOUBLON: ClassVar = ("alias", "membres")

    id: Id
    nom: Ligne
    sigle: Ligne = ""
    alias: tuple[Ligne, ...] = ()
    nature: NatureActeur | None = None
    releve_de: Id = ""
    membres: tuple[Id, ...] = ()
    note: Ligne = ""

    @property
    def graphies(self) -> tuple[str, ...]:
        """The ways to write it: its name, its acronym if it has one, its other names."""
        return (self.nom, *((self.sigle,) if self.sigle else ()), *self.alias)

    @property
    def nom_court(self) -> str:
        """The acronym where there is one, else the name: what fits in a line of several actors."""
        return self.sigle or self.nom

    @property
    def collectif(self) -> bool:
        """Whether the text names several organisations by this one word, known or not."""
        return self.nature == "collectif" or bool(self.membres)


class Acteurs(Entree, frozen=True):
    """The file acteurs.yaml."""

    acteurs: tuple[Acteur, ...]


class Representant(Entree, frozen=True):
    """The person who signs for a party."""

    nom: Ligne
    qualite: Ligne
    civilite: Ligne = ""


class PlaceListe(Entree, frozen=True):
    """A party in the list of the parties: its rank from 1, and its words."""

    rang: Numero
    texte: Prose


class PlaceSignature(Entree, frozen=True):
    """A party on the signature page: its rank from 1, its row, `None` if not said, and the words of its block."""

    FAITS: ClassVar = frozenset({"rangee"})

    rang: Numero
    pour: Ligne
    qualite: Ligne
    nom: Ligne
    rangee: Numero | None = None


class Habilitation(Entree, frozen=True):
    """The act that empowers the representative to sign."""

    nature: Ligne
    date: Date = ""
    reference: Ligne = ""


class Partie(Entree, frozen=True):
    """A party to the protocole; `habilitation` is `None` where it is unknown."""

    FAITS: ClassVar = frozenset({"acteur", "representant", "habilitation"})

    acteur: Id
    representant: Representant
    liste: PlaceListe
    signature: PlaceSignature
    habilitation: Habilitation | None = None


class Parties(Entree, frozen=True):
    """The file parties.yaml."""

    parties: AuMoinsUn[Partie]

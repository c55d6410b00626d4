"""The body of the protocole, as in data/protocole.yaml."""

from typing import ClassVar

from protocole_cli.model.entree import Entree
from protocole_cli.model.fiche import CleRubrique
from protocole_cli.model.gouvernance import ParAn, Siege


class Periode(Entree, frozen=True):
    """The years that the protocole covers, both included."""

    debut: int
    fin: int


class Formules(Entree, frozen=True):
    """The set phrases around the parties, the agreement and the signatures.

    `et_avant` is the actor of the party before which « Et : » stands, empty where that is unknown.
    """

    FAITS: ClassVar = frozenset({"et_avant"})

    entre: str
    convention: str
    fait: str
    et: str = ""
    et_avant: str = ""


class Visa(Entree, frozen=True):
    """A text that the protocole refers to; `dates` are ISO dates, or a year alone."""

    FAITS: ClassVar = frozenset({"dates"})

    texte: str
    dates: tuple[str, ...] = ()


class Preambule(Entree, frozen=True):
    """The preamble."""

    titre: str
    texte: str


class ReunionDite(Entree, frozen=True):
    """How often a section says that its body meets: words of its text, and the number and months (1 to 12) that they give."""

    texte: str
    par_an: ParAn | None = None
    mois: tuple[int, ...] = ()


class GroupeDit(Entree, frozen=True):
    """What a section calls a group of its body; `id` is that of the group in gouvernance.yaml."""

    id: str
    nom: str


class Section(Entree, frozen=True):
    """A part of an article.

    `instance` is the body of gouvernance.yaml that it describes, if any; `reunions`, `groupes` and `composition` are what
    its words say of that body; the first two can be held against the scheme.
    """

    FAITS: ClassVar = frozenset({"instance", "reunions", "groupes", "composition"})

    titre: str
    texte: str
    numero: int | None = None
    instance: str = ""
    reunions: tuple[ReunionDite, ...] = ()
    groupes: tuple[GroupeDit, ...] = ()
    composition: tuple[Siege, ...] = ()


class Article(Entree, frozen=True):
    """An article: its text, its sections, and what comes after them."""

    numero: int
    titre: str
    texte: str = ""
    sections: tuple[Section, ...] = ()
    conclusion: str = ""


class Annexes(Entree, frozen=True):
    """The title of the annexes as a whole, and that of the annexe of the fiches."""

    titre: str
    fiches: str


class Rubrique(Entree, frozen=True):
    """A rubrique of all fiches: its key in the files, and its printed label."""

    cle: CleRubrique
    libelle: str


class Corps(Entree, frozen=True):
    """Everything of protocole.yaml; the defaults stand for a file that could not be read."""

    FAITS: ClassVar = frozenset({"format", "periode"})

    format: int = 1
    titre: str = ""
    sous_titre: str = ""
    territoire: str = ""
    periode: Periode | None = None
    formules: Formules | None = None
    visas: tuple[Visa, ...] = ()
    preambule: Preambule | None = None
    articles: tuple[Article, ...] = ()
    annexes: Annexes | None = None
    rubriques: tuple[Rubrique, ...] = ()

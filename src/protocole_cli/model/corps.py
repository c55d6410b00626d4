"""The body of the protocole, as in data/protocole.yaml."""

from typing import ClassVar, Literal

from protocole_cli.model.entree import Entree, EntreeAvecListes
from protocole_cli.model.fiche import CleRubrique
from protocole_cli.model.formes import Annee, AuMoinsUn, Date, Id, Ligne, Mois, Numero, Prose
from protocole_cli.model.gouvernance import ParAn, Siege


class Periode(Entree, frozen=True):
    """The years that the protocole covers, both included."""

    debut: Annee
    fin: Annee


class Formules(Entree, frozen=True):
    """The set phrases around the parties, the agreement and the signatures.

    `et_avant` is the actor of the party before which « Et : » stands, empty where that is unknown.
    """

    FAITS: ClassVar = frozenset({"et_avant"})

    entre: Ligne
    convention: Ligne
    fait: Ligne
    et: Ligne = ""
    et_avant: Id = ""


class Visa(Entree, frozen=True):
    """A text that the protocole refers to; `dates` are ISO dates, or a year alone."""

    FAITS: ClassVar = frozenset({"dates"})

    texte: Prose
    dates: tuple[Date, ...] = ()


class Preambule(Entree, frozen=True):
    """The preamble."""

    titre: Ligne
    texte: Prose


class ReunionDite(EntreeAvecListes, frozen=True):
    """How often a section says that its body meets: words of its text, and the number and months (1 to 12) that they give."""

    SANS_DOUBLON: ClassVar = ("mois",)

    texte: Ligne
    par_an: ParAn | None = None
    mois: tuple[Mois, ...] = ()


class GroupeDit(Entree, frozen=True):
    """What a section calls a group of its body; `id` is that of the group in gouvernance.yaml."""

    id: Id
    nom: Ligne


class Section(Entree, frozen=True):
    """A part of an article.

    `instance` is the body of gouvernance.yaml that it describes, if any; `reunions`, `groupes` and `composition` are what
    its words say of that body; the first two can be held against the scheme.
    """

    FAITS: ClassVar = frozenset({"instance", "reunions", "groupes", "composition"})

    titre: Ligne
    texte: Prose
    numero: Numero | None = None
    instance: Id = ""
    reunions: tuple[ReunionDite, ...] = ()
    groupes: tuple[GroupeDit, ...] = ()
    composition: tuple[Siege, ...] = ()


class Article(Entree, frozen=True):
    """An article: its text, its sections, and what comes after them."""

    numero: Numero
    titre: Ligne
    texte: Prose = ""
    sections: tuple[Section, ...] = ()
    conclusion: Prose = ""


class Annexes(Entree, frozen=True):
    """The title of the annexes as a whole, and that of the annexe of the fiches."""

    titre: Ligne
    fiches: Ligne


class Rubrique(Entree, frozen=True):
    """A rubrique of all fiches: its key in the files, and its printed label."""

    cle: CleRubrique
    libelle: Ligne


class Rubriques(Entree, frozen=True):
    """The part of protocole.yaml that a fiche needs to be shown."""

    rubriques: AuMoinsUn[Rubrique]


class Corps(Entree, frozen=True):
    """Everything of protocole.yaml; `periode`, `formules` and `annexes` are `None` where the file could not be read."""

    FAITS: ClassVar = frozenset({"format", "periode"})

    format: Literal[1]
    titre: Ligne
    territoire: Ligne
    periode: Periode | None
    formules: Formules | None
    articles: tuple[Article, ...]
    annexes: Annexes | None
    rubriques: AuMoinsUn[Rubrique]
    sous_titre: Ligne = ""
    visas: tuple[Visa, ...] = ()
    preambule: Preambule | None = None


CORPS_ABSENT = Corps(
    format=1, titre="", territoire="", periode=None, formules=None, articles=(), annexes=None, rubriques=()
)
"""What stands for a file that could not be read."""

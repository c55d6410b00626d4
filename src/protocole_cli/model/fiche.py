"""A *fiche action*: one sheet of promises, as in data/fiches/fiche-NN.yaml."""

from typing import ClassVar, Literal, get_args

from protocole_cli.model.entree import Entree

CleRubrique = Literal[
    "constats",
    "echelle",
    "objectif_general",
    "objectifs_operationnels",
    "description",
    "public",
    "porteurs",
    "partenaires",
    "engagements",
    "calendrier",
    "resultats",
]
RUBRIQUES: tuple[CleRubrique, ...] = get_args(CleRubrique)
"""The keys of a fiche that are rubriques; protocole.yaml says which are used, in what order."""

Forme = Literal["puce", "numero", "paragraphe", "suite"]
NatureQuartier = Literal["qpv", "qva"]
NatureResultat = Literal["cible", "indicateur", "tendance", "qualitatif"]


class Phase(Entree, frozen=True):
    """A phase of the action, to which the scale and the calendar refer."""

    id: str
    nom: str


class EchellePhase(Entree, frozen=True):
    """The territories of one phase."""

    phase: str
    natures: tuple[NatureQuartier, ...] = ()
    quartiers: tuple[str, ...] = ()
    communes: tuple[str, ...] = ()
    toutes_communes: bool = False


class Echelle(Entree, frozen=True):
    """*Échelle d'intervention*: the words, and the territories that they mean."""

    FAITS: ClassVar = frozenset({"natures", "quartiers", "communes", "toutes_communes", "phases"})

    texte: str
    natures: tuple[NatureQuartier, ...] = ()
    quartiers: tuple[str, ...] = ()
    communes: tuple[str, ...] = ()
    toutes_communes: bool = False
    phases: tuple[EchellePhase, ...] = ()


class Organismes(Entree, frozen=True):
    """*Porteurs* or *partenaires*: the words, and the identifiers of the actors that they name."""

    FAITS: ClassVar = frozenset({"acteurs"})

    texte: str
    acteurs: tuple[str, ...] = ()


class Engagement(Entree, frozen=True):
    """One promise.

    `acteurs` is empty where the text names no author, `texte` where the promise was left blank;
    `intitule` holds the words that attribute it, where there are any. `debut` and `fin` are years,
    `montant` is in euros; `None` where the text does not say.
    """

    FAITS: ClassVar = frozenset({"acteurs", "forme", "debut", "fin", "montant"})

    intitule: str = ""
    acteurs: tuple[str, ...] = ()
    texte: str = ""
    forme: Forme = "puce"
    debut: int | None = None
    fin: int | None = None
    montant: float | None = None


class CalendrierPhase(Entree, frozen=True):
    """The years of one phase, both included."""

    phase: str
    debut: int
    fin: int


class Calendrier(Entree, frozen=True):
    """*Calendrier de mise en œuvre*: the words, and the years that they give, if any."""

    FAITS: ClassVar = frozenset({"debut", "fin", "phases"})

    texte: str
    debut: int | None = None
    fin: int | None = None
    phases: tuple[CalendrierPhase, ...] = ()

    @property
    def bornes(self) -> tuple[int, int] | None:
        """First and last year, those of the phases where the whole has none; `None` if not said."""
        if self.debut is not None and self.fin is not None:
            return self.debut, self.fin
        if self.phases:
            return min(p.debut for p in self.phases), max(p.fin for p in self.phases)
        return None


class Cible(Entree, frozen=True):
    """A value to reach."""

    valeur: float
    unite: str = ""


class Detail(Entree, frozen=True):
    """What makes an expected result precise, under it."""

    FAITS: ClassVar = frozenset({"nature", "echeance", "cible"})

    texte: str
    nature: NatureResultat
    echeance: int | None = None
    cible: Cible | None = None


class Resultat(Entree, frozen=True):
    """One expected result; `action` is the numbered action of the description that it answers to."""

    FAITS: ClassVar = frozenset({"nature", "action", "echeance", "cible", "forme"})

    texte: str
    nature: NatureResultat
    action: int | None = None
    echeance: int | None = None
    cible: Cible | None = None
    forme: Forme = "puce"
    details: tuple[Detail, ...] = ()


class AutreRubrique(Entree, frozen=True):
    """A rubrique that only this fiche has, printed after the rubrique `apres`."""

    intitule: str
    apres: CleRubrique
    texte: str


class Libelles(Entree, frozen=True):
    """The labels that a fiche words in its own way; empty where it uses the common one."""

    constats: str = ""
    echelle: str = ""
    objectif_general: str = ""
    objectifs_operationnels: str = ""
    description: str = ""
    public: str = ""
    porteurs: str = ""
    partenaires: str = ""
    engagements: str = ""
    calendrier: str = ""
    resultats: str = ""


class Fiche(Entree, frozen=True):
    """One action sheet; a rubrique that the file lacks is empty or `None`."""

    FAITS: ClassVar = frozenset({"phases"})

    numero: int
    titre: str
    phases: tuple[Phase, ...] = ()
    constats: str = ""
    echelle: Echelle | None = None
    objectif_general: str = ""
    objectifs_operationnels: str = ""
    description: str = ""
    public: str = ""
    porteurs: Organismes | None = None
    partenaires: Organismes | None = None
    engagements: tuple[Engagement, ...] = ()
    calendrier: Calendrier | None = None
    resultats: tuple[Resultat, ...] = ()
    autres_rubriques: tuple[AutreRubrique, ...] = ()
    libelles: Libelles = Libelles()

    def engagement_id(self, rang: int) -> str:
        """Return what people call the promise of a rank, from 1: « F7-3 »; it changes when one is inserted above."""
        return f"F{self.numero}-{rang}"

    def words(self, cle: str) -> str:
        """Return the words of a rubrique that is prose or words with facts; empty where the fiche lacks it."""
        value = getattr(self, cle)
        if value is None or isinstance(value, str):
            return value or ""
        return str(value.texte)

    def entries(self) -> tuple[Resultat | Detail, ...]:
        """All expected results in reading order, each followed by its details."""
        found: list[Resultat | Detail] = []
        for resultat in self.resultats:
            found.append(resultat)
            found.extend(resultat.details)
        return tuple(found)

"""A *fiche action*: one sheet of promises, as in data/fiches/fiche-NN.yaml."""

from typing import ClassVar, Literal, get_args

from protocole_cli.model.entree import Entree, EntreeAvecListes
from protocole_cli.model.formes import Annee, AuMoinsUn, Id, Ligne, Montant, Numero, Prose

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

    id: Id
    nom: Ligne


class EchellePhase(EntreeAvecListes, frozen=True):
    """The territories of one phase."""

    SANS_DOUBLON: ClassVar = ("natures", "quartiers", "communes")

    phase: Id
    natures: tuple[NatureQuartier, ...] = ()
    quartiers: tuple[Id, ...] = ()
    communes: tuple[Id, ...] = ()
    toutes_communes: bool = False


class Echelle(EntreeAvecListes, frozen=True):
    """*Échelle d'intervention*: the words, and the territories that they mean."""

    FAITS: ClassVar = frozenset({"natures", "quartiers", "communes", "toutes_communes", "phases"})
    SANS_DOUBLON: ClassVar = ("natures", "quartiers", "communes")

    texte: Prose
    natures: tuple[NatureQuartier, ...] = ()
    quartiers: tuple[Id, ...] = ()
    communes: tuple[Id, ...] = ()
    toutes_communes: bool = False
    phases: tuple[EchellePhase, ...] = ()


class Organismes(EntreeAvecListes, frozen=True):
    """*Porteurs* or *partenaires*: the words, and the identifiers of the actors that they name."""

    FAITS: ClassVar = frozenset({"acteurs"})
    SANS_DOUBLON: ClassVar = ("acteurs",)

    texte: Prose
    acteurs: tuple[Id, ...] = ()


class Engagement(EntreeAvecListes, frozen=True):
    """One promise.

    `acteurs` is empty where the text names no author, `texte` where the promise was left blank;
    `intitule` holds the words that attribute it, where there are any. `debut` and `fin` are years,
    `montant` is in euros; `None` where the text does not say.
    """

    FAITS: ClassVar = frozenset({"acteurs", "forme", "debut", "fin", "montant"})
    SANS_DOUBLON: ClassVar = ("acteurs",)

    intitule: Ligne = ""
    acteurs: tuple[Id, ...] = ()
    texte: Prose = ""
    forme: Forme = "puce"
    debut: Annee | None = None
    fin: Annee | None = None
    montant: Montant | None = None


class CalendrierPhase(Entree, frozen=True):
    """The years of one phase, both included."""

    phase: Id
    debut: Annee
    fin: Annee


class Calendrier(Entree, frozen=True):
    """*Calendrier de mise en œuvre*: the words, and the years that they give, if any."""

    FAITS: ClassVar = frozenset({"debut", "fin", "phases"})

    texte: Prose
    debut: Annee | None = None
    fin: Annee | None = None
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
    unite: Ligne = ""


class Detail(Entree, frozen=True):
    """What makes an expected result precise, under it."""

    FAITS: ClassVar = frozenset({"nature", "echeance", "cible"})

    texte: Prose
    nature: NatureResultat
    echeance: Annee | None = None
    cible: Cible | None = None


class Resultat(Entree, frozen=True):
    """One expected result; `action` is the numbered action of the description that it answers to."""

    FAITS: ClassVar = frozenset({"nature", "action", "echeance", "cible", "forme"})

    texte: Prose
    nature: NatureResultat
    action: Numero | None = None
    echeance: Annee | None = None
    cible: Cible | None = None
    forme: Forme = "puce"
    details: tuple[Detail, ...] = ()


class AutreRubrique(Entree, frozen=True):
    """A rubrique that only this fiche has, printed after the rubrique `apres`."""

    intitule: Ligne
    apres: CleRubrique
    texte: Prose


class Libelles(Entree, frozen=True):
    """The labels that a fiche words in its own way; empty where it uses the common one."""

    constats: Ligne = ""
    echelle: Ligne = ""
    objectif_general: Ligne = ""
    objectifs_operationnels: Ligne = ""
    description: Ligne = ""
    public: Ligne = ""
    porteurs: Ligne = ""
    partenaires: Ligne = ""
    engagements: Ligne = ""
    calendrier: Ligne = ""
    resultats: Ligne = ""


class Fiche(Entree, frozen=True):
    """One action sheet; a rubrique that the file lacks is empty or `None`."""

    FAITS: ClassVar = frozenset({"phases"})

    numero: Numero
    titre: Ligne
    phases: AuMoinsUn[Phase] = ()
    constats: Prose = ""
    echelle: Echelle | None = None
    objectif_general: Prose = ""
    objectifs_operationnels: Prose = ""
    description: Prose = ""
    public: Prose = ""
    porteurs: Organismes | None = None
    partenaires: Organismes | None = None
    engagements: AuMoinsUn[Engagement] = ()
    calendrier: Calendrier | None = None
    resultats: AuMoinsUn[Resultat] = ()
    autres_rubriques: AuMoinsUn[AutreRubrique] = ()
    libelles: Libelles = Libelles()

    def engagement_id(self, rang: int) -> str:
        """Return what people call the promise of a rank, from 1; it changes when one is inserted above."""
        return engagement_id(self.numero, rang)

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


def engagement_id(numero: int, rang: int) -> str:
    """Return what people call the promise of a rank, from 1, of the fiche with a number: « F7-3 »."""
    return f"F{numero}-{rang}"

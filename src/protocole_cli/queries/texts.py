"""All the words that the parties sign, in the order of the document, each with what to call its place."""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from protocole_cli.model.acteurs import Partie
from protocole_cli.model.corps import Article, Corps
from protocole_cli.model.fiche import CleRubrique, Fiche
from protocole_cli.model.gouvernance import Gouvernance, Groupe, Mission
from protocole_cli.model.protocole import Protocole
from protocole_cli.position import Position
from protocole_cli.queries.names import Directory

RUBRIQUES: dict[CleRubrique, str] = {
    "constats": "constats",
    "echelle": "échelle",
    "objectif_general": "objectif général",
    "objectifs_operationnels": "objectifs opérationnels",
    "description": "description",
    "public": "public",
    "porteurs": "porteurs",
    "partenaires": "partenaires",
    "engagements": "engagements",
    "calendrier": "calendrier",
    "resultats": "résultats",
}
"""What a place calls each rubrique, in the order of the text."""


class Texte(Struct, frozen=True, gc=False):
    """Words that stand together: the way to them, from the largest part to the smallest, and the entry that holds them.

    `mots` are the words by their key in that entry: prose, after short words that stand before it, if any.
    """

    lieu: tuple[str, ...]
    position: Position
    mots: tuple[tuple[str, str], ...]
    fiche: int | None = None


def texts_before_fiches(protocole: Protocole) -> Iterator[Texte]:
    """Yield the words that come before the fiches: title, parties, visas, preamble, articles, scheme of the governance."""
    corps = protocole.corps
    yield from _title(corps)
    yield from _parties(protocole)
    for rank, visa in enumerate(corps.visas, 1):
        yield Texte((f"visa {rank}",), visa.position, (("texte", visa.texte),))
    if corps.preambule:
        yield Texte(("préambule",), corps.preambule.position, (("titre", corps.preambule.titre),))
        yield Texte(("préambule",), corps.preambule.position, (("texte", corps.preambule.texte),))
    for article in corps.articles:
        yield from _article(article)
    yield from _gouvernance(protocole.gouvernance)


def _title(corps: Corps) -> Iterator[Texte]:
    words = (("titre", corps.titre), ("sous_titre", corps.sous_titre))
    yield Texte(("titre",), corps.position, words)


def _parties(protocole: Protocole) -> Iterator[Texte]:
    for partie, nom in _named(protocole, sorted(protocole.parties, key=lambda p: p.liste.rang)):
        yield Texte(("parties", nom), partie.liste.position, (("texte", partie.liste.texte),))


def texts_after_fiches(protocole: Protocole) -> Iterator[Texte]:
    """Yield the words that come after the fiches: the signature blocks."""
    for partie, nom in _named(protocole, sorted(protocole.parties, key=lambda p: p.signature.rang)):
        s = partie.signature
        yield Texte(("signatures", nom), s.position, (("pour", s.pour), ("qualite", s.qualite), ("nom", s.nom)))


def _named(protocole: Protocole, parties: Iterable[Partie]) -> Iterator[tuple[Partie, str]]:
    names = Directory(protocole)
    return ((partie, names.acteur(partie.acteur)) for partie in parties)


def _article(article: Article) -> Iterator[Texte]:
    lieu = f"article {article.numero}"
    yield Texte((lieu,), article.position, (("titre", article.titre),))
    if article.texte:
        yield Texte((lieu,), article.position, (("texte", article.texte),))
    for section in article.sections:
        part = (lieu, f"§ {section.numero}" if section.numero else section.titre)
        yield Texte(part, section.position, (("titre", section.titre),))
        yield Texte(part, section.position, (("texte", section.texte),))
    if article.conclusion:
        yield Texte((lieu,), article.position, (("conclusion", article.conclusion),))


def _gouvernance(gouvernance: Gouvernance) -> Iterator[Texte]:
    annexe = "annexe 1"
    if gouvernance.titre:
        yield Texte((annexe,), gouvernance.position, (("titre", gouvernance.titre),))
    for colonne in gouvernance.colonnes:
        yield Texte((annexe, "colonnes"), colonne.position, (("nom", colonne.nom),))
    for instance in gouvernance.instances:
        lieu = (annexe, instance.nom)
        yield Texte(lieu, instance.position, (("nom", instance.nom),))
        for reunion in instance.reunions:
            yield Texte(lieu, reunion.position, (("texte", reunion.texte),))
            yield from _missions(lieu, reunion.missions)
        for groupe in instance.groupes:
            yield from _groupe((*lieu, groupe.nom), groupe)


def _groupe(lieu: tuple[str, ...], groupe: Groupe) -> Iterator[Texte]:
    yield Texte(lieu, groupe.position, (("nom", groupe.nom),))
    yield from _missions(lieu, groupe.missions)


def _missions(lieu: tuple[str, ...], missions: tuple[Mission, ...]) -> Iterator[Texte]:
    for mission in missions:
        yield Texte(lieu, mission.position, (("texte", mission.texte),))


def texts_of_fiche(fiche: Fiche) -> Iterator[Texte]:
    """Yield the words of a fiche, rubrique after rubrique."""
    numero = fiche.numero
    lieu = f"fiche {numero}"
    yield Texte((lieu, "titre"), fiche.position, (("titre", fiche.titre),), numero)
    for cle, nom in RUBRIQUES.items():
        if cle == "engagements":
            yield from _engagements(fiche, lieu, nom)
        elif cle == "resultats":
            yield from _resultats(fiche, lieu, nom)
        else:
            value = getattr(fiche, cle)
            if isinstance(value, str):
                if value:
                    yield Texte((lieu, nom), fiche.position, ((cle, value),), numero)
            elif value is not None:
                yield Texte((lieu, nom), value.position, (("texte", value.texte),), numero)
        for autre in fiche.autres_rubriques:
            if autre.apres == cle:
                yield Texte((lieu, autre.intitule), autre.position, (("intitule", autre.intitule),), numero)
                yield Texte((lieu, autre.intitule), autre.position, (("texte", autre.texte),), numero)


def _engagements(fiche: Fiche, lieu: str, nom: str) -> Iterator[Texte]:
    for rank, engagement in enumerate(fiche.engagements, 1):
        words = (("intitule", engagement.intitule), ("texte", engagement.texte))
        yield Texte((lieu, nom, fiche.engagement_id(rank)), engagement.position, words, fiche.numero)


def _resultats(fiche: Fiche, lieu: str, nom: str) -> Iterator[Texte]:
    for rank, resultat in enumerate(fiche.resultats, 1):
        identifiant = f"R{fiche.numero}-{rank}"
        yield Texte((lieu, nom, identifiant), resultat.position, (("texte", resultat.texte),), fiche.numero)
        for inner, detail in enumerate(resultat.details, 1):
            where = (lieu, nom, f"{identifiant}.{inner}")
            yield Texte(where, detail.position, (("texte", detail.texte),), fiche.numero)

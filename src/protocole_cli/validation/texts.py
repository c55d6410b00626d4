"""The texts of a protocole, each with the entry that holds it and the way to it inside that entry."""

from collections.abc import Callable, Iterable, Iterator

from protocole_cli.loading.loaded import Loaded, kept
from protocole_cli.loading.prose_scan import has_odd_line
from protocole_cli.model.entree import Entree
from protocole_cli.model.fiche import Fiche
from protocole_cli.model.protocole import Protocole
from protocole_cli.position import Route

Passage = tuple[Entree, Route, str]
"""The entry, the way to the text inside it, and the text."""
Scan = Callable[[str], object]
"""Tells of a text, by something true, that it has to be looked at."""
EMPTY_LINE = "\n\n"
"""Stands between texts that are read as one."""


def prose_of_fiche(fiche: Fiche) -> Iterator[Passage]:
    """Yield the texts of a fiche that are written in Markdown; a rubrique that it lacks gives an empty one."""
    yield fiche, ("constats",), fiche.constats
    yield fiche, ("objectif_general",), fiche.objectif_general
    yield fiche, ("objectifs_operationnels",), fiche.objectifs_operationnels
    yield fiche, ("description",), fiche.description
    yield fiche, ("public",), fiche.public
    for part in (fiche.echelle, fiche.porteurs, fiche.partenaires, fiche.calendrier):
        if part is not None:
            yield part, ("texte",), part.texte
    for entry in (*fiche.engagements, *fiche.entries(), *fiche.autres_rubriques):
        yield entry, ("texte",), entry.texte


def lines_of_fiche(fiche: Fiche) -> Iterator[Passage]:
    """Yield the words of a fiche that stand on a line of their own: its title, and what heads its entries."""
    yield fiche, ("titre",), fiche.titre
    for phase in fiche.phases:
        yield phase, ("nom",), phase.nom
    for engagement in fiche.engagements:
        yield engagement, ("intitule",), engagement.intitule
    for autre in fiche.autres_rubriques:
        yield autre, ("intitule",), autre.intitule


def prose_of_body(protocole: Protocole) -> Iterator[Passage]:
    """Yield the texts in Markdown of all that is not a fiche."""
    corps = protocole.corps
    if corps.preambule:
        yield corps.preambule, ("texte",), corps.preambule.texte
    for visa in corps.visas:
        yield visa, ("texte",), visa.texte
    for article in corps.articles:
        yield article, ("texte",), article.texte
        yield article, ("conclusion",), article.conclusion
        for section in article.sections:
            yield section, ("texte",), section.texte
    for partie in protocole.parties:
        yield partie.liste, ("texte",), partie.liste.texte


def lines_of_body(protocole: Protocole) -> Iterator[Passage]:
    """Yield the words on a line of their own of all that is not a fiche: titles, signatures and the scheme."""
    for article in protocole.corps.articles:
        yield article, ("titre",), article.titre
        for section in article.sections:
            yield section, ("titre",), section.titre
    for partie in protocole.parties:
        yield partie.signature, ("pour",), partie.signature.pour
        yield partie.signature, ("qualite",), partie.signature.qualite
    for instance in protocole.gouvernance.instances:
        yield instance, ("nom",), instance.nom
        for reunion in instance.reunions:
            yield reunion, ("texte",), reunion.texte
            for mission in reunion.missions:
                yield mission, ("texte",), mission.texte
        for groupe in instance.groupes:
            yield groupe, ("nom",), groupe.nom
            for mission in groupe.missions:
                yield mission, ("texte",), mission.texte


def passages_of_fiche(fiche: Fiche) -> list[Passage]:
    """Return all the words of a fiche, the title first; no text in it is empty."""
    return [passage for passage in (*lines_of_fiche(fiche), *prose_of_fiche(fiche)) if passage[2]]


@kept
def words_by_fiche(loaded: Loaded) -> tuple[str, ...]:
    """Return all the words of each fiche as one text, its texts between empty lines: what scans a fiche at once.

    Several rules begin with such a scan, and look at the texts one by one only where it finds something.
    """
    return tuple(_as_one((*lines_of_fiche(fiche), *prose_of_fiche(fiche))) for fiche in loaded.protocole.fiches)


@kept
def _with_odd_lines(loaded: Loaded) -> tuple[bool, ...]:
    """Return of each fiche whether one of its lines begins otherwise than with a word, for the scans of lines."""
    return tuple(map(has_odd_line, words_by_fiche(loaded)))


def fiches_where(loaded: Loaded, in_lines: Scan, anywhere: Scan | None = None) -> Iterator[Fiche]:
    """Yield the fiches that scans of all their words at once do not clear: their texts are then looked at one by one.

    `in_lines` looks for what a line without a word at its head may be: it is spared where there is none.
    """
    for fiche, whole, odd in zip(loaded.protocole.fiches, words_by_fiche(loaded), _with_odd_lines(loaded), strict=True):
        if (anywhere and anywhere(whole)) or (odd and in_lines(whole)):
            yield fiche


def passages_of_body(protocole: Protocole) -> list[Passage]:
    """Return all the words of what is not a fiche; no text in it is empty."""
    return [passage for passage in (*lines_of_body(protocole), *prose_of_body(protocole)) if passage[2]]


def words_of_body(protocole: Protocole) -> str:
    """Return all the words of what is not a fiche as one text, its texts between empty lines."""
    return _as_one((*lines_of_body(protocole), *prose_of_body(protocole)))


def _as_one(passages: Iterable[Passage]) -> str:
    return EMPTY_LINE.join([texte for _, _, texte in passages if texte])

"""Prose is paragraphs, lists, emphasis, subheads, notes and links: nothing that could become markup elsewhere."""

from collections.abc import Iterator

from protocole_cli.diagnostics import Severite
from protocole_cli.loading.prose import prose_faults
from protocole_cli.loading.prose_scan import may_be_refused
from protocole_cli.loading.repository import Loaded
from protocole_cli.loading.strict_yaml import Route
from protocole_cli.model.entree import Entree
from protocole_cli.model.fiche import Fiche
from protocole_cli.model.protocole import Protocole
from protocole_cli.validation.rules.finding import Finding
from protocole_cli.validation.rules.regle import FICHE, Regle, exemple


def check(loaded: Loaded) -> Iterator[Finding]:
    """Yield a finding for each passage of Markdown that is not admitted; suspect texts alone are parsed."""
    for fiche in loaded.protocole.fiches:
        passages = list(_of_fiche(fiche))
        whole = "\n\n".join(texte for _, _, texte in passages)  # scanned at once, which most fiches pass
        if "[^" not in whole and not may_be_refused(whole):  # a note and its call may stand in two texts
            continue
        for entree, route, texte in passages:
            yield from _refused(entree, route, texte)
    for entree, route, texte in _of_body(loaded.protocole):
        yield from _refused(entree, route, texte)


def _refused(entree: Entree, route: Route, texte: str) -> Iterator[Finding]:
    for fault in prose_faults(texte):
        yield Finding(entree.position, fault.message, fault.aide, route, fault.ligne, fault.extrait)


def _of_fiche(fiche: Fiche) -> Iterator[tuple[Entree, Route, str]]:
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


def _of_body(protocole: Protocole) -> Iterator[tuple[Entree, Route, str]]:
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


REGLE = Regle(
    nom="prose-admise",
    severite=Severite.ERREUR,
    demande="Un texte est fait de paragraphes, de listes, de mots en relief, d’intertitres, de notes et de liens.",
    raison="Le texte est imprimé tel quel en plusieurs formes (page, PDF, Word). Une image, un tableau ou une "
    "balise HTML n’y passerait pas, ou y ferait autre chose que dire des mots.",
    juste=exemple(
        FICHE,
        """
        description: |
          Ouvrir un lieu d’accueil **gratuit**
        """,
    ),
    fautif=exemple(
        FICHE,
        """
        description: |
          Ouvrir un lieu d’accueil <b>gratuit</b>
        """,
    ),
    check=check,
)

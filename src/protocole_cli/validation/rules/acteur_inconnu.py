"""Every actor that is referred to stands in acteurs.yaml."""

from collections.abc import Iterable, Iterator
from itertools import chain

from protocole_cli.diagnostics import Severite
from protocole_cli.loading.loaded import Loaded, kept
from protocole_cli.model.entree import Entree
from protocole_cli.model.fiche import Engagement, Fiche, Organismes
from protocole_cli.model.gouvernance import Siege
from protocole_cli.model.protocole import Protocole
from protocole_cli.position import Route
from protocole_cli.validation.rules.finding import Finding
from protocole_cli.validation.rules.regle import FICHE, Exemple, Regle
from protocole_cli.validation.suggesting import Suggesting


def check(loaded: Loaded) -> Iterator[Finding]:
    """Yield a finding for each identifier of an actor that no entry of acteurs.yaml has, fiches apart."""
    return _unknown(references(loaded.protocole), loaded)


def check_fiches(loaded: Loaded) -> Iterator[Finding]:
    """Yield a finding for each such identifier in a fiche; mostly there is none, and all of them at once tell so."""
    if acteurs_of_fiches(loaded) <= loaded.identifiants.get("acteurs", frozenset()):
        return iter(())
    return _unknown(chain.from_iterable(map(_references_of_fiche, loaded.protocole.fiches)), loaded)


def _unknown(references: Iterable[tuple[Entree, Route, str]], loaded: Loaded) -> Iterator[Finding]:
    known = loaded.identifiants.get("acteurs")
    if known is None:
        return
    suggesting = Suggesting("Corrigez l’identifiant, ou ajoutez cet acteur à acteurs.yaml.")
    for entree, route, acteur in references:
        if acteur not in known:
            yield Finding(
                entree.position,
                f"L’acteur « {acteur} » n’est pas dans acteurs.yaml.",
                suggesting.aide(acteur, known, entree.position.fichier),
                route,
            )


def references(protocole: Protocole) -> Iterator[tuple[Entree, Route, str]]:
    """Yield each identifier of an actor that stands where one is referred to, fiches apart: the entry, the way inside, and it."""
    for partie in protocole.parties:
        yield partie, ("acteur",), partie.acteur
    for commune in protocole.communes:
        if commune.acteur:
            yield commune, ("acteur",), commune.acteur
    for acteur in protocole.acteurs:
        if acteur.releve_de:
            yield acteur, ("releve_de",), acteur.releve_de
        for rank, membre in enumerate(acteur.membres):
            yield acteur, ("membres", rank), membre
    for siege in _sieges(protocole):
        yield from ((siege, ("acteurs", rank), identifiant) for rank, identifiant in enumerate(siege.acteurs))
    formules = protocole.corps.formules
    if formules and formules.et_avant:
        yield formules, ("et_avant",), formules.et_avant


def _sieges(protocole: Protocole) -> Iterator[Siege]:
    for instance in protocole.gouvernance.instances:
        yield from instance.composition
    for article in protocole.corps.articles:
        for section in article.sections:
            yield from section.composition


@kept
def acteurs_of_fiches(loaded: Loaded) -> frozenset[str]:
    """Return the identifiers of actors that the fiches refer to."""
    fiches = loaded.protocole.fiches
    return frozenset[str]().union(*[entry.acteurs for fiche in fiches for entry in _naming_actors(fiche)])


def _references_of_fiche(fiche: Fiche) -> Iterator[tuple[Entree, Route, str]]:
    for entry in _naming_actors(fiche):
        for rank, acteur in enumerate(entry.acteurs):
            yield entry, ("acteurs", rank), acteur


def _naming_actors(fiche: Fiche) -> list[Organismes | Engagement]:
    """Return the entries of a fiche that refer to actors."""
    return [entry for entry in (fiche.porteurs, fiche.partenaires, *fiche.engagements) if entry]


REGLE = Regle(
    nom="acteur-inconnu",
    severite=Severite.ERREUR,
    demande="Tout acteur désigné figure dans acteurs.yaml.",
    raison="Porteurs, partenaires, engagements et parties désignent un acteur par son identifiant. S’il n’est "
    "pas dans acteurs.yaml, on ne connaît pas son nom, et « que promet-il ? » reste sans réponse.",
    juste=Exemple(
        FICHE,
        """
        porteurs:
          texte: La CAF
          acteurs: [caf]
        """,
    ),
    fautif=Exemple(
        FICHE,
        """
        porteurs:
          texte: La CAF
          acteurs: [caff]
        """,
    ),
    check=check,
    check_fiches=check_fiches,
    des_restes=True,
)

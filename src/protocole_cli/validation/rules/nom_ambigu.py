"""A name, an acronym or an alias means one thing only."""

from collections.abc import Iterable, Iterator

from protocole_cli.diagnostics import Severite
from protocole_cli.language import cited, name_key
from protocole_cli.loading.loaded import Loaded
from protocole_cli.model.acteurs import Acteur
from protocole_cli.model.gouvernance import Instance
from protocole_cli.model.territoire import Commune, Quartier
from protocole_cli.position import Route
from protocole_cli.validation.rules.finding import Finding
from protocole_cli.validation.rules.regle import Exemple, Regle

Named = Acteur | Commune | Quartier | Instance


def check(loaded: Loaded) -> Iterator[Finding]:
    """Yield a finding for each spelling that another entry of its kind already has.

    Two spellings are one where case, accents, punctuation and a leading article alone tell them apart, as they are when
    someone asks for an actor by its name. A spelling inside a longer one (« CDC », « CDC Habitat ») is no other's: the longest is found first.
    """
    protocole = loaded.protocole
    yield from _collisions(protocole.acteurs)
    yield from _collisions(protocole.communes)
    yield from _collisions(protocole.quartiers)
    yield from _collisions(protocole.gouvernance.instances)


def _collisions(entries: Iterable[Named]) -> Iterator[Finding]:
    first: dict[str, Named] = {}
    for entry in entries:
        for route, spelling in _spellings(entry):
            other = first.setdefault(name_key(spelling), entry)
            if other.id != entry.id:
                yield Finding(
                    entry.position,
                    f"« {cited(spelling)} » désigne déjà « {cited(other.nom)} », à la ligne {other.position.ligne}.",
                    "Gardez ce nom à un seul des deux, ou réunissez-les si c’est le même.",
                    route,
                )


def _spellings(entry: Named) -> Iterator[tuple[Route, str]]:
    yield ("id",), entry.id
    yield ("nom",), entry.nom
    if isinstance(entry, Acteur) and entry.sigle:
        yield ("sigle",), entry.sigle
    for rank, alias in enumerate(entry.alias):
        yield ("alias", rank), alias


REGLE = Regle(
    nom="nom-ambigu",
    severite=Severite.ERREUR,
    demande="Un nom, un sigle ou un alias ne désigne qu’une seule chose.",
    raison="On demande un acteur, une commune, un quartier ou une instance par l’un de ses noms, sans égard aux "
    "accents ni aux majuscules. Si deux ont le même, la réponse parle de l’un ou de l’autre au hasard.",
    juste=Exemple(
        "data/acteurs.yaml",
        """
        acteurs:
          - {id: etat, nom: État}
          - {id: valmont-agglomeration, nom: Valmont agglomération, alias: [Agglomération]}
          - {id: ville-de-valmont, nom: Ville de Valmont, alias: [Valmont]}
          - {id: caf, nom: Caisse d’allocations familiales, sigle: CAF}
          - {id: mission-locale, nom: Mission locale}
        """,
    ),
    fautif=Exemple(
        "data/acteurs.yaml",
        """
        acteurs:
          - {id: etat, nom: État}
          - {id: valmont-agglomeration, nom: Valmont agglomération, alias: [Valmont]}
          - {id: ville-de-valmont, nom: Ville de Valmont, alias: [Valmont]}
          - {id: caf, nom: Caisse d’allocations familiales, sigle: CAF}
          - {id: mission-locale, nom: Mission locale}
        """,
    ),
    check=check,
)

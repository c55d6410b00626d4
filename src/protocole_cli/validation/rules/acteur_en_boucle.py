"""No actor belongs to itself, by its members or by what it answers to."""

from collections.abc import Iterator, Mapping

from protocole_cli.diagnostics import Severite
from protocole_cli.language import cited
from protocole_cli.loading.loaded import Loaded
from protocole_cli.validation.rules.finding import Finding
from protocole_cli.validation.rules.regle import Exemple, Regle


def check(loaded: Loaded) -> Iterator[Finding]:
    """Yield a finding for each actor that leads back to one that leads to it, or to itself."""
    acteurs = {acteur.id: acteur for acteur in loaded.protocole.acteurs}
    for start, end in _loops({acteur.id: (acteur.releve_de,) for acteur in acteurs.values()}):
        yield Finding(
            acteurs[start].position,
            f"L’acteur « {cited(acteurs[start].nom)} » relève de « {cited(acteurs[end].nom)} », qui relève déjà de lui, directement ou non.",
            "Corrigez « releve_de » de l’un des deux, ou supprimez cette clé.",
            ("releve_de",),
        )
    for start, end in _loops({acteur.id: acteur.membres for acteur in acteurs.values()}):
        yield Finding(
            acteurs[start].position,
            f"L’acteur « {cited(acteurs[start].nom)} » a pour membre « {cited(acteurs[end].nom)} », dont il est lui-même membre, directement "
            "ou non.",
            "Retirez l’un des deux des membres de l’autre.",
            ("membres", acteurs[start].membres.index(end)),
        )


def _loops(following: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    """Yield the step that closes each loop, in one walk along all the ways."""
    done: set[str] = set()
    for start in following:
        way = {start: iter(following[start])} if start not in done else {}
        while way:
            current = next(reversed(way))
            for after in way[current]:
                if after in way:
                    yield current, after
                elif after in following and after not in done:
                    way[after] = iter(following[after])
                    break
            else:
                del way[current]
                done.add(current)


REGLE = Regle(
    nom="acteur-en-boucle",
    severite=Severite.ERREUR,
    demande="Aucun acteur ne relève de lui-même, ni n’est parmi ses propres membres.",
    raison="« Qui est au-dessus de ce service ? », « qui sont les membres de ce collectif ? » : suivie de proche "
    "en proche, la réponse ne finirait pas.",
    juste=Exemple(
        "data/acteurs.yaml",
        """
        acteurs:
          - {id: etat, nom: État}
          - {id: valmont-agglomeration, nom: Valmont agglomération}
          - {id: ville-de-valmont, nom: Ville de Valmont}
          - {id: caf, nom: Caisse d’allocations familiales, sigle: CAF, releve_de: etat}
          - {id: mission-locale, nom: Mission locale}
        """,
    ),
    fautif=Exemple(
        "data/acteurs.yaml",
        """
        acteurs:
          - {id: etat, nom: État, releve_de: caf}
          - {id: valmont-agglomeration, nom: Valmont agglomération}
          - {id: ville-de-valmont, nom: Ville de Valmont}
          - {id: caf, nom: Caisse d’allocations familiales, sigle: CAF, releve_de: etat}
          - {id: mission-locale, nom: Mission locale}
        """,
    ),
    check=check,
)

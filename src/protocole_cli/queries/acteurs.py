"""The organisations that the protocole names, and all that it says of one of them."""

from collections.abc import Iterator

from msgspec import Struct

from protocole_cli.model.acteurs import Acteur, Partie
from protocole_cli.model.fiche import Organismes
from protocole_cli.model.gouvernance import Instance, Siege
from protocole_cli.model.protocole import Protocole
from protocole_cli.position import Position
from protocole_cli.queries.engagements import EngagementTrouve, Filtres, find_engagements
from protocole_cli.queries.names import Directory
from protocole_cli.queries.reach import Atteinte, Liens, atteint, liens


class Resume(Struct, frozen=True):
    """An actor, and by its own name only: whether it is a party, the fiches it carries or takes part in, its promises.

    `engagements` were written, `vides` left blank.
    """

    acteur: Acteur
    partie: bool
    porteur: tuple[int, ...]
    partenaire: tuple[int, ...]
    engagements: tuple[str, ...]
    vides: tuple[str, ...]


class Mention(Struct, frozen=True):
    """A rubrique of a fiche that names an actor: its words, and how they reach the actor."""

    fiche: int
    titre: str
    texte: str
    position: Position
    atteinte: Atteinte


class SiegeTrouve(Struct, frozen=True):
    """Where an actor sits: in which body, by which words of which text, and how they reach the actor.

    `lieu` is what says it: the numbers of an article and of its section (`None` without a number, its title then), or nothing
    for the scheme of the governance.
    """

    instance: Instance
    siege: Siege
    atteinte: Atteinte
    lieu: tuple[int, int | None, str] | None = None


class Profil(Struct, frozen=True):
    """All that the protocole says of an actor; what reaches it through a collective or a service says so.

    `autorite` is what it is a service of, `services` are what is a service of it; `collectifs` are those it is a member of.
    """

    acteur: Acteur
    autorite: Acteur | None
    services: tuple[Acteur, ...]
    membres: tuple[Acteur, ...]
    collectifs: tuple[Acteur, ...]
    partie: Partie | None
    porteur: tuple[Mention, ...]
    partenaire: tuple[Mention, ...]
    engagements: tuple[EngagementTrouve, ...]
    sieges: tuple[SiegeTrouve, ...]
    avec_services: bool = False


def summarise_acteurs(protocole: Protocole) -> tuple[Resume, ...]:
    """Return all actors, in the order of acteurs.yaml."""
    parties = {partie.acteur for partie in protocole.parties}
    carried: dict[str, list[int]] = {}
    joined: dict[str, list[int]] = {}
    promised: dict[str, list[str]] = {}
    blank: dict[str, list[str]] = {}
    for fiche in protocole.fiches:
        for organismes, found in ((fiche.porteurs, carried), (fiche.partenaires, joined)):
            for identifiant in organismes.acteurs if organismes else ():
                found.setdefault(identifiant, []).append(fiche.numero)
        for rang, engagement in enumerate(fiche.engagements, 1):
            for identifiant in engagement.acteurs:
                kept = promised if engagement.texte.strip() else blank
                kept.setdefault(identifiant, []).append(fiche.engagement_id(rang))
    return tuple(
        Resume(
            acteur,
            acteur.id in parties,
            porteur=tuple(carried.get(acteur.id, ())),
            partenaire=tuple(joined.get(acteur.id, ())),
            engagements=tuple(promised.get(acteur.id, ())),
            vides=tuple(blank.get(acteur.id, ())),
        )
        for acteur in protocole.acteurs
    )


def profile(protocole: Protocole, acteur: Acteur, *, avec_services: bool = False) -> Profil:
    """Return all that the protocole says of an actor, its services counting as it `avec_services`."""
    directory = Directory(protocole)
    ties = liens(acteur, protocole.acteurs, avec_services=avec_services)
    return Profil(
        acteur=acteur,
        autorite=directory.acteurs((acteur.releve_de,))[0] if acteur.releve_de else None,
        services=tuple(a for a in protocole.acteurs if a.releve_de == acteur.id),
        membres=directory.acteurs(acteur.membres),
        collectifs=tuple(a for a in protocole.acteurs if a.id in ties.collectifs),
        partie=next((partie for partie in protocole.parties if partie.acteur == acteur.id), None),
        porteur=tuple(_mentions(protocole, ties, porteurs=True)),
        partenaire=tuple(_mentions(protocole, ties, porteurs=False)),
        engagements=find_engagements(protocole, Filtres(acteur=acteur, avec_services=avec_services)).trouves,
        sieges=tuple(_sieges(protocole, ties)),
        avec_services=avec_services,
    )


def _mentions(protocole: Protocole, ties: Liens, *, porteurs: bool) -> Iterator[Mention]:
    for fiche in protocole.fiches:
        organismes: Organismes | None = fiche.porteurs if porteurs else fiche.partenaires
        atteinte = atteint(ties, organismes.acteurs) if organismes else None
        if organismes and atteinte:
            yield Mention(fiche.numero, fiche.titre, organismes.texte, organismes.position, atteinte)


def _sieges(protocole: Protocole, ties: Liens) -> Iterator[SiegeTrouve]:
    """Yield the seats that the scheme gives, then those that the articles give."""
    instances = {instance.id: instance for instance in protocole.gouvernance.instances}
    for instance in instances.values():
        for siege in instance.composition:
            if atteinte := atteint(ties, siege.acteurs):
                yield SiegeTrouve(instance, siege, atteinte)
    for article in protocole.corps.articles:
        for section in article.sections:
            instance = instances.get(section.instance) or Instance(id=section.instance, nom=section.titre, colonne="")
            for siege in section.composition:
                if atteinte := atteint(ties, siege.acteurs):
                    yield SiegeTrouve(instance, siege, atteinte, (article.numero, section.numero, section.titre))

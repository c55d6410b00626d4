"""How a list of actors reaches one of them: by its own name, through a collective, through a service.

« Villes » reaches each town that it stands for; « collectivités », whose members the text leaves open, reaches nobody.
A service reaches the administration that it belongs to (`releve_de`) only where that is asked for.
"""

from collections.abc import Iterable, Sequence
from typing import Literal

from msgspec import Struct

from protocole_cli.model.acteurs import Acteur

Voie = Literal["nom", "service", "collectif"]


class Liens(Struct, frozen=True):
    """An actor, the collectives that it is a member of, and the services that count as it: identifiers."""

    acteur: str
    collectifs: frozenset[str]
    services: frozenset[str]


class Atteinte(Struct, frozen=True):
    """By which way an actor is reached, and through whom: identifiers in the order of the list, none for its own name."""

    voie: Voie
    par: tuple[str, ...] = ()


def liens(acteur: Acteur, acteurs: Sequence[Acteur], *, avec_services: bool = False) -> Liens:
    """Return what an actor is tied to: collectives of collectives and services of services included."""
    above: dict[str, list[str]] = {}
    below: dict[str, list[str]] = {}
    for known in acteurs:
        below.setdefault(known.releve_de, []).append(known.id)
        for membre in known.membres:
            above.setdefault(membre, []).append(known.id)
    services = _closure(acteur.id, below) if avec_services else frozenset[str]()
    return Liens(acteur.id, _closure(acteur.id, above), services)


def membres(acteurs: Sequence[Acteur]) -> dict[str, frozenset[str]]:
    """Return whom each collective stands for, collectives in it and their members included."""
    listed = {acteur.id: list(acteur.membres) for acteur in acteurs if acteur.membres}
    return {collectif: _closure(collectif, listed) for collectif in listed}


def _closure(start: str, links: dict[str, list[str]]) -> frozenset[str]:
    """Return all that can be got to from `start`, itself left out."""
    found: set[str] = set()
    ahead = [start]
    while ahead:
        fresh = [i for i in links.get(ahead.pop(), ()) if i not in found and i != start]
        found.update(fresh)
        ahead += fresh
    return frozenset(found)


def atteint(ties: Liens, identifiants: Iterable[str]) -> Atteinte | None:
    """Return how a list of actors reaches the tied one, `None` where it does not; the most direct way wins."""
    listed = tuple(identifiants)
    if ties.acteur in listed:
        return Atteinte("nom")
    for voie, through in _voies(ties):
        par = tuple(i for i in listed if i in through)
        if par:
            return Atteinte(voie, par)
    return None


def _voies(ties: Liens) -> tuple[tuple[Voie, frozenset[str]], ...]:
    return (("service", ties.services), ("collectif", ties.collectifs))

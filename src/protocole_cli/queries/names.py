"""From identifiers to the names that people read."""

from collections.abc import Iterable

from protocole_cli.model.acteurs import Acteur
from protocole_cli.model.protocole import Protocole


class Directory:
    """The names of actors, communes and neighbourhoods; an identifier that nobody has is its own name."""

    def __init__(self, protocole: Protocole) -> None:
        """Index the names by identifier."""
        self._acteurs = {a.id: a for a in protocole.acteurs}
        self._communes = {c.id: c.nom for c in protocole.communes}
        self._quartiers = {q.id: q.nom for q in protocole.quartiers}

    def acteur(self, identifiant: str) -> str:
        """Return the name of an actor."""
        known = self._acteurs.get(identifiant)
        return known.nom if known else identifiant

    def acteur_court(self, identifiant: str) -> str:
        """Return the shortest name of an actor, its acronym where it has one."""
        known = self._acteurs.get(identifiant)
        return known.nom_court if known else identifiant

    def commune(self, identifiant: str) -> str:
        """Return the name of a commune."""
        return self._communes.get(identifiant, identifiant)

    def quartier(self, identifiant: str) -> str:
        """Return the name of a neighbourhood."""
        return self._quartiers.get(identifiant, identifiant)

    def acteurs(self, identifiants: Iterable[str]) -> tuple[Acteur, ...]:
        """Return actors in full; one that nobody describes is its own name."""
        return tuple(self._acteurs.get(i) or Acteur(id=i, nom=i) for i in identifiants)

    def acteurs_courts(self, identifiants: Iterable[str]) -> list[str]:
        """Return the shortest names of actors."""
        return [self.acteur_court(i) for i in identifiants]

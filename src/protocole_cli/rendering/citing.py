"""How an answer says where it stands and whom it is about: the same words in all answers."""

from collections.abc import Iterable

from protocole_cli.language import enumeration
from protocole_cli.model.acteurs import Acteur
from protocole_cli.position import Position


def cite(position: Position) -> str:
    """Return `data/fiches/fiche-07.yaml:66`."""
    return f"{position.fichier}:{position.ligne}"


def place_json(position: Position) -> dict[str, object]:
    """Return the keys of a JSON answer that say where it stands."""
    return {"fichier": position.fichier, "ligne": position.ligne}


def named_json(entries: Iterable[Acteur]) -> list[dict[str, str]]:
    """Return actors as JSON answers name them."""
    return [{"id": entry.id, "nom": entry.nom} for entry in entries]


def names(acteurs: Iterable[Acteur]) -> str:
    """Return « Dijon métropole, État et CAF »."""
    return enumeration([acteur.nom_court for acteur in acteurs])


def full_name(acteur: Acteur) -> str:
    """Return « CAF (Caisse d’allocations familiales) », or the name alone."""
    return f"{acteur.sigle} ({acteur.nom})" if acteur.sigle and acteur.sigle != acteur.nom else acteur.nom

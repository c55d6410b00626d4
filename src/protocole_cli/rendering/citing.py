"""How an answer says where it stands and whom it is about: the same words in all answers."""

import re
from collections.abc import Iterable

from protocole_cli.language import enumeration, opening
from protocole_cli.model.acteurs import Acteur
from protocole_cli.position import Position
from protocole_cli.queries.reach import Atteinte

QUOTED = 240
"""So many characters of a rubrique are enough to recognise it."""
_BULLET = re.compile(r"(?:^|\n) *[-*+] ")


def cite(position: Position) -> str:
    """Return `data/fiches/fiche-07.yaml:66`."""
    return f"{position.fichier}:{position.ligne}"


def part_name(article: int, section: int | None, titre: str) -> str:
    """Return « article 3, § 4 », or the title of a section without a number."""
    return f"article {article}, {f'§ {section}' if section is not None else f'« {titre} »'}"


def place_json(position: Position) -> dict[str, object]:
    """Return the keys of a JSON answer that say where it stands."""
    return {"fichier": position.fichier, "ligne": position.ligne}


def named_json(entries: Iterable[Acteur]) -> list[dict[str, str]]:
    """Return actors as JSON answers name them."""
    return [{"id": entry.id, "nom": entry.nom} for entry in entries]


def names(acteurs: Iterable[Acteur]) -> str:
    """Return « Ville, État et CAF »."""
    return enumeration([acteur.nom_court for acteur in acteurs])


def full_name(acteur: Acteur) -> str:
    """Return « CAF (Caisse d’allocations familiales) », or the name alone."""
    return f"{acteur.sigle} ({acteur.nom})" if acteur.sigle and acteur.sigle != acteur.nom else acteur.nom


def quote(prose: str) -> str:
    """Return the beginning of some prose between quotation marks, its bullets as signs on one line; empty if it is."""
    line = opening(_BULLET.sub(" • ", prose).removeprefix(" • "), QUOTED)
    return f"« {line} »" if line else ""


def through(atteinte: Atteinte | None, acteurs: Iterable[Acteur]) -> str:
    """Return « par le collectif « Villes » », empty for an actor reached by its own name; `acteurs` has those it is reached by."""
    if atteinte is None or not atteinte.par:
        return ""
    named = [f"« {acteur.nom} »" for acteur in acteurs if acteur.id in atteinte.par]
    return f"par {_KINDS[atteinte.voie][len(named) > 1]} {enumeration(named)}"


_KINDS = {"service": ("le service", "les services"), "collectif": ("le collectif", "les collectifs")}

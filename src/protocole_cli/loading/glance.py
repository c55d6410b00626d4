"""A glance at data files: the names that they hold, whatever else is wrong with them.

Nothing is checked and nothing is raised: a file that cannot be read holds no names, an entry at fault has none.
"""

import re
from pathlib import Path
from typing import Any

from protocole_cli.loading.files import Illisible, read_bytes
from protocole_cli.loading.repository import COLLECTIONS, base_file, fiche_file
from protocole_cli.loading.strict_yaml import Refuse, parse

_TITRE = re.compile(rb"^titre:.*(?:\n(?:[ \t].*)?)*", re.MULTILINE)
"""The title of a fiche as it is written, on one line or several."""


def entry_names(racine: Path, collection: str) -> dict[str, str]:
    """Return the name of each entry of a collection, one of `COLLECTIONS`, by its identifier."""
    kind, key = COLLECTIONS[collection]
    return _named(_data(racine, base_file(kind)), key, "id", "nom")


def rubrique_names(racine: Path) -> dict[str, str]:
    """Return the label of each rubrique by its key, in the order of the document."""
    return _named(_data(racine, base_file("protocole")), "rubriques", "cle", "libelle")


def fiche_rubriques(racine: Path, numero: int) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the keys of a fiche, and the headings of the rubriques that only it has."""
    data = _data(racine, fiche_file(numero))
    return frozenset(map(str, data)), tuple(_named(data, "autres_rubriques", "intitule", "intitule"))


def fiche_title(racine: Path, numero: int) -> str:
    """Return the title of a fiche, of which nothing else is read as YAML; empty where there is none."""
    try:
        written = _TITRE.search(read_bytes(racine, fiche_file(numero)))
    except Illisible:
        return ""
    titre = _mapping(written[0]).get("titre") if written else None
    return titre if isinstance(titre, str) else ""


def _data(racine: Path, fichier: str) -> dict[Any, Any]:
    try:
        return _mapping(read_bytes(racine, fichier))
    except Illisible:
        return {}


def _mapping(raw: bytes) -> dict[Any, Any]:
    try:
        data = parse("", raw).data
    except (Refuse, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


def _named(data: dict[Any, Any], key: str, identifiant: str, nom: str) -> dict[str, str]:
    """Return, of the entries of a list, what names them by what identifies them; both are texts."""
    entries = data.get(key)
    pairs = (
        (entry.get(identifiant), entry.get(nom))
        for entry in (entries if isinstance(entries, list) else ())
        if isinstance(entry, dict)
    )
    return {found: name for found, name in pairs if isinstance(found, str) and isinstance(name, str)}

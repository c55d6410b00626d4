"""A glance at data files: the names that they hold, whatever else is wrong with them.

Nothing is checked and nothing is raised: a file that cannot be read holds no names, a broken one those before the fault, an
entry at fault none. It takes the events of the YAML parser as they come, and none of what reading data in earnest
needs: someone who presses the Tab key waits for the answer.
"""

from collections import defaultdict
from collections.abc import Iterator

from yaml._yaml import CParser
from yaml.error import YAMLError
from yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent, ScalarEvent, SequenceStartEvent

from protocole_cli.loading.excerpt import excerpt
from protocole_cli.loading.files import Chemin, Illisible, read_bytes
from protocole_cli.loading.layout import COLLECTIONS, base_file, fiche_file


def entry_names(racine: Chemin, collection: str) -> dict[str, str]:
    """Return the name of each entry of a collection, one of `COLLECTIONS`, by its identifier."""
    kind, key = COLLECTIONS[collection]
    return _named(_bytes(racine, base_file(kind)), key, "id", "nom")


def rubrique_names(racine: Chemin) -> dict[str, str]:
    """Return the label of each rubrique by its key, in the order of the document."""
    raw = _bytes(racine, base_file("protocole"))
    return _named(excerpt(raw, "rubriques") or raw, "rubriques", "cle", "libelle")


def fiche_rubriques(racine: Chemin, numero: int) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the keys of a fiche, and the headings of the rubriques that only it has."""
    raw = _bytes(racine, fiche_file(numero))
    keys = frozenset(str(route[0]) for route, _ in _texts(raw))
    return keys, tuple(_named(raw, "autres_rubriques", "intitule", "intitule"))


def fiche_title(racine: Chemin, numero: int) -> str:
    """Return the title of a fiche, of which nothing else is read as YAML; empty where there is none, or several."""
    written = excerpt(_bytes(racine, fiche_file(numero)), "titre") or b""
    return next((text for route, text in _texts(written) if route == ("titre",)), "")


def _bytes(racine: Chemin, fichier: str) -> bytes:
    try:
        return read_bytes(racine, fichier)
    except Illisible:
        return b""


def _named(raw: bytes, key: str, identifiant: str, nom: str) -> dict[str, str]:
    """Return, of the entries of a list, what names them by what identifies them."""
    entries: dict[str | int, dict[str | int, str]] = defaultdict(dict)
    for route, text in _texts(raw):
        if len(route) == 3 and route[0] == key and isinstance(route[1], int):
            entries[route[1]][route[2]] = text
    return {entry[identifiant]: entry[nom] for entry in entries.values() if identifiant in entry and nom in entry}


def _texts(raw: bytes) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield the scalars that are values, each with the keys and ranks that lead to it, up to where the file is broken."""
    parser = CParser(raw)
    route: list[
        str | int | None
    ] = []  # of each open collection: the rank in a list; the key, or none yet, in a mapping
    try:
        while parser.check_event():
            event = parser.get_event()
            if route and route[-1] is None and isinstance(event, ScalarEvent):
                route[-1] = event.value
            elif isinstance(event, CollectionStartEvent):
                route.append(0 if isinstance(event, SequenceStartEvent) else None)
            elif isinstance(event, ScalarEvent | AliasEvent):
                if isinstance(event, ScalarEvent):
                    yield tuple(part for part in route if part is not None), event.value
                _go_on(route)
            elif isinstance(event, CollectionEndEvent):
                route.pop()
                _go_on(route)
    except YAMLError:
        return


def _go_on(route: list[str | int | None]) -> None:
    """Go on to what comes after a value: the next rank of a list, the next key of a mapping."""
    if route:
        route[-1] = route[-1] + 1 if isinstance(route[-1], int) else None

"""One data file → the object that it describes, or the reasons why not."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from protocole_cli.diagnostics import Diagnostic, Severite
from protocole_cli.loading.build import build
from protocole_cli.loading.deceptive import Suspect
from protocole_cli.loading.excerpt import excerpt
from protocole_cli.loading.files import Illisible, Tree
from protocole_cli.loading.layout import FAUTES_MAX
from protocole_cli.loading.strict_yaml import Document, Refuse, parse
from protocole_cli.position import Position, Route

if TYPE_CHECKING:
    from protocole_cli.loading.places import Places


class ShapeFault(Struct, frozen=True):
    """What is wrong with the shape of some data: the way to it from the top, and the words for it.

    `cite` is how `aide` cites the value between quotes, where the file may write it otherwise: 1.1 for 1.10.
    """

    route: Route
    regle: str
    message: str
    aide: str
    key: bool = False
    cite: str = ""


Explain = Callable[[str, Any], Iterable[ShapeFault]]
"""What says all that is wrong with the shape of some data of a kind; validation provides it."""


class DataFile(Struct, frozen=True):
    """A data file: its plain data (`None` if unreadable), its object, and the reasons where it is not all there.

    Of a base file with faults in some entries of a list, the object holds the others. Of a fiche at fault there is no object,
    but what is sound of it, as `reste`: enough to look for its other faults.
    """

    fichier: str
    data: Any
    objet: Any | None
    diagnostics: tuple[Diagnostic, ...]
    suspects: tuple[Suspect, ...] = ()
    reste: Any | None = None


_MISSHAPEN = ShapeFault(
    (), "forme-de-valeur", "Une valeur de ce fichier n’a pas la forme voulue.", "Comparez-le avec un fichier voisin."
)
"""What is left to say should the words for a fault be missing: a file never vanishes in silence."""


def error(position: Position, regle: str, message: str, aide: str) -> Diagnostic:
    """Return a diagnostic of what keeps a file from being read."""
    return Diagnostic(position, Severite.ERREUR, regle, message, aide)


Wanted = Callable[[bytes], bool]
"""Whether the bytes of a file are worth reading as data."""


def illisible(fichier: str, reason: Illisible) -> Diagnostic:
    """Return the diagnostic of a file or folder that could not be read."""
    return error(Position(fichier), "fichier-illisible", reason.message, reason.aide)


def read_data_file(tree: Tree, fichier: str, kind: str, explain: Explain, wanted: Wanted | None = None) -> DataFile:
    """Return what stands in a file; nothing is raised for what it holds. One that is not `wanted` holds nothing."""
    try:
        raw = tree.read(fichier)
    except Illisible as reason:
        return _unreadable(fichier, illisible(fichier, reason))
    if wanted and not wanted(raw):
        return DataFile(fichier, None, None, ())
    return data_file(fichier, raw, kind, explain)


def read_excerpt(tree: Tree, fichier: str, key: str) -> Any | None:
    """Return the object that stands under a key of a file, whatever is wrong elsewhere in it; `None` where it is not plain to see."""
    try:
        raw = excerpt(tree.read(fichier), key)
        return None if raw is None else build(key, parse(fichier, raw))
    except (Illisible, Refuse, RecursionError):
        return None


def data_file(fichier: str, raw: bytes, kind: str, explain: Explain) -> DataFile:
    """Return what a file with this content holds; nothing is raised for it."""
    try:
        document = parse(fichier, raw)
    except Refuse as refusal:
        return _refused(fichier, refusal, kind)
    except RecursionError:
        return _unreadable(
            fichier,
            error(
                Position(fichier),
                "trop-profond",
                "Les listes et les clés de ce fichier s’emboîtent sans fin.",
                "Une fiche ne demande que six niveaux.",
            ),
        )
    objet = build(kind, document)
    if objet is not None:
        return DataFile(fichier, document.data, objet, (), document.suspects)
    return _faulty(document, kind, explain)


def _refused(fichier: str, refusal: Refuse, kind: str) -> DataFile:
    """Say why a file is refused; of a fiche that could be read as YAML all the same, keep what it says."""
    found = tuple(
        error(Position(fichier, f.ligne, f.colonne), f.regle, f.message, f.aide) for f in refusal.faults[:FAUTES_MAX]
    )
    if len(refusal.faults) > FAUTES_MAX:
        return _unreadable(fichier, *found, _too_many(fichier))
    document = refusal.document
    told_apart = document and all(fault.regle in _TOLD_APART for fault in refusal.faults)
    reste = build(kind, document) if document and told_apart and kind == "fiche" else None
    return DataFile(fichier, None, None, found, reste=reste)


_TOLD_APART = {"cle-en-double", "texte-coupe"}
"""The faults of a file that make nothing else in it seem at fault."""


def _unreadable(fichier: str, *reasons: Diagnostic) -> DataFile:
    return DataFile(fichier, None, None, reasons)


def _faulty(document: Document, kind: str, explain: Explain) -> DataFile:
    """Say all that is wrong with the shape of a document, and keep what is sound of it."""
    from protocole_cli.loading.places import Places

    fichier, data = document.fichier, document.data
    faults = list(islice(explain(kind, data), FAUTES_MAX + 1)) or [_MISSHAPEN]
    places = Places(document.raw)
    reasons = [
        error(
            Position(fichier, *places.of(fault.route, key=fault.key)), fault.regle, fault.message, _aide(fault, places)
        )
        for fault in faults[:FAUTES_MAX]
    ]
    if len(faults) > FAUTES_MAX:
        reasons.append(_too_many(fichier))
        return DataFile(fichier, data, None, tuple(reasons), document.suspects)
    routes = [fault.route for fault in faults]
    if kind == "fiche":
        return DataFile(fichier, data, None, tuple(reasons), document.suspects, _rest(document, kind, routes))
    return DataFile(fichier, data, _entries(document, kind, routes), tuple(reasons), document.suspects)


def _too_many(fichier: str) -> Diagnostic:
    return error(
        Position(fichier),
        "trop-de-fautes",
        f"Ce fichier a plus de {FAUTES_MAX} défauts ; les autres ne sont pas montrés.",
        "Corrigez d’abord ceux-ci, ou reprenez le fichier d’une version précédente.",
    )


def _aide(fault: ShapeFault, places: "Places") -> str:
    """Return the way out of a fault, with its value as the file writes it."""
    if not fault.cite:
        return fault.aide
    return fault.aide.replace(f'"{fault.cite}"', f'"{places.written(fault.route)}"')


def _entries(document: Document, kind: str, routes: Sequence[Route]) -> Any | None:
    """Return the object of a document without the entries at fault of its top-level lists; `None` where other things are at fault."""
    return build(kind, _without(document, routes)) if all(map(_leads_to_entry, routes)) else None


def _rest(document: Document, kind: str, routes: Sequence[Route]) -> Any | None:
    """Return the object of a document without these entries, nor what else at its top is at fault; `None` where it cannot be without."""
    return build(kind, _without(document, routes)) if all(routes) else None


def _leads_to_entry(route: Route) -> bool:
    return len(route) > 1 and isinstance(route[1], int)


def _without(document: Document, routes: Iterable[Route]) -> Document:
    """Return a document without the entries of its top-level lists, or else its top-level keys, that the routes lead to or into."""
    gone = {route[:2] if _leads_to_entry(route) else route[:1] for route in routes}
    data = {
        key: [entry for rank, entry in enumerate(value) if (key, rank) not in gone]
        if isinstance(value, list)
        else value
        for key, value in document.data.items()
        if (key,) not in gone
    }
    kept = set(_mappings(data))
    (_, ligne, colonne), *below = document.mappings
    mappings = (data, ligne, colonne), *(placed for placed in below if id(placed[0]) in kept)
    return Document(document.fichier, document.raw, data, mappings)


def _mappings(data: Any) -> Iterator[int]:
    """Yield the identity of every mapping in some data."""
    if isinstance(data, dict):
        yield id(data)
        for value in data.values():
            yield from _mappings(value)
    elif isinstance(data, list):
        for value in data:
            yield from _mappings(value)

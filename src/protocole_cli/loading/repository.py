"""A repository on disk → the protocole, and the reasons why parts of it are missing."""

import re
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

from msgspec import Struct

from protocole_cli.diagnostics import Diagnostic, Severite
from protocole_cli.loading.build import build
from protocole_cli.loading.files import Illisible, folder_names, read_bytes
from protocole_cli.loading.places import Places
from protocole_cli.loading.strict_yaml import Document, Refuse, Route, parse
from protocole_cli.model.corps import Corps
from protocole_cli.model.fiche import Fiche
from protocole_cli.model.gouvernance import Gouvernance
from protocole_cli.model.protocole import Protocole
from protocole_cli.position import Position

DOSSIER_FICHES = "data/fiches"
FAUTES_MAX = 100
"""How many faults of shape are told of one file: enough to see what happened to it."""
BASE = ("protocole", "acteurs", "parties", "quartiers", "gouvernance", "sigles")
"""The kinds of which a repository has one file each, data/KIND.yaml."""
NOM_FICHE = re.compile(r"fiche-(\d{2,5})\.yaml\Z")
_IDENTIFIANT = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z").match
COLLECTIONS = {
    "acteurs": ("acteurs", "acteurs"),
    "communes": ("quartiers", "communes"),
    "quartiers": ("quartiers", "quartiers"),
    "colonnes": ("gouvernance", "colonnes"),
    "instances": ("gouvernance", "instances"),
}
"""What can be referred to by identifier: in which file, under which key."""


class ShapeFault(Struct, frozen=True):
    """What is wrong with the shape of some data: the way to it from the top, and the words for it."""

    route: Route
    regle: str
    message: str
    aide: str
    key: bool = False


class Guard(Protocol):
    """Who decides whether data has the right shape; validation provides it."""

    def accepts(self, kind: str, data: Any) -> bool:
        """Tell whether data of this kind has the right shape."""

    def explain(self, kind: str, data: Any) -> Iterable[ShapeFault]:
        """Say all that is wrong with the shape of the data."""


class FicheFile(Struct, frozen=True):
    """A file of a fiche: the number that its name gives, and the one inside (`None` if unreadable)."""

    fichier: str
    numero_du_nom: int
    numero: int | None


class Loaded(Struct, frozen=True):
    """What a repository holds.

    `protocole` is its sound part. `identifiants` names, for each collection of `COLLECTIONS`, all that can be
    referred to, entries at fault included, so that one fault does not make a second one elsewhere; a collection
    of which that is not known for sure is absent. `lus` are the files that were looked at, `fautifs` those
    of them of which something is missing from `protocole`.
    """

    protocole: Protocole
    diagnostics: tuple[Diagnostic, ...] = ()
    identifiants: dict[str, frozenset[str]] = {}
    fichiers_fiches: tuple[FicheFile, ...] = ()
    lus: tuple[str, ...] = ()
    fautifs: frozenset[str] = frozenset()


_MISSHAPEN = ShapeFault(
    (), "forme-de-valeur", "Une valeur de ce fichier n’a pas la forme voulue.", "Comparez-le avec un fichier voisin."
)
"""What is left to say should the words for a fault be missing: a file never vanishes in silence."""


def base_file(kind: str) -> str:
    """Return the path of the only file of a kind."""
    return f"data/{kind}.yaml"


def fiche_file(numero: int) -> str:
    """Return the path of the file of a fiche."""
    return f"{DOSSIER_FICHES}/fiche-{numero:02d}.yaml"


def fiche_numbers(racine: Path) -> tuple[int, ...]:
    """Return the numbers of the fiches that there are, from the names of their files, in order."""
    try:
        names = folder_names(racine, DOSSIER_FICHES)
    except Illisible:
        return ()
    return tuple(sorted(int(m[1]) for name in names if (m := NOM_FICHE.match(name))))


def load(racine: Path, guard: Guard, *, kinds: Iterable[str] = BASE, fiches: Iterable[int] | None = None) -> Loaded:
    """Read a repository, or the part of it that a question needs.

    `kinds` are the base files to read, `fiches` the numbers of the fiches, all where `None`. Nothing is raised for
    what the data holds: what cannot be read is missing from the answer, with a diagnostic for each reason.
    """
    return _Loading(racine, guard).run(tuple(kinds), fiches)


class _Loading:
    """The state of one reading: what was found so far."""

    def __init__(self, racine: Path, guard: Guard) -> None:
        self.racine = racine
        self.guard = guard
        self.diagnostics: list[Diagnostic] = []
        self.identifiants: dict[str, frozenset[str]] = {}
        self.lus: list[str] = []
        self.fautifs: set[str] = set()

    def run(self, kinds: tuple[str, ...], fiches: Iterable[int] | None) -> Loaded:
        parts = {kind: self._base(kind) for kind in kinds}
        numbers = None if fiches is None else set(fiches)
        sheets: list[Fiche] = []
        files: list[FicheFile] = []
        for fichier, du_nom in self._fiche_files(numbers):
            document = self._document(fichier)
            data = document.data if document else None
            numero = data.get("numero") if isinstance(data, dict) else None
            files.append(FicheFile(fichier, du_nom, numero if isinstance(numero, int) else None))
            if document and (fiche := self._sound("fiche", document)) is not None:
                sheets.append(fiche)
        territoire, gouvernance = parts.get("quartiers"), parts.get("gouvernance")
        acteurs, parties, sigles = (parts.get(k) for k in ("acteurs", "parties", "sigles"))
        protocole = Protocole(
            corps=parts.get("protocole") or Corps(),
            acteurs=acteurs.acteurs if acteurs else (),
            parties=parties.parties if parties else (),
            communes=territoire.communes if territoire else (),
            quartiers=territoire.quartiers if territoire else (),
            gouvernance=gouvernance or Gouvernance(),
            sigles=sigles.sigles if sigles else (),
            fiches=tuple(sorted(sheets, key=lambda f: (f.numero, f.position.fichier))),
        )
        return Loaded(
            protocole,
            tuple(self.diagnostics),
            self.identifiants,
            tuple(files),
            tuple(self.lus),
            frozenset(self.fautifs),
        )

    def _fiche_files(self, numbers: set[int] | None) -> Iterable[tuple[str, int]]:
        if numbers is not None:
            return [(fiche_file(n), n) for n in sorted(numbers)]
        found: list[tuple[str, int]] = []
        try:
            names = folder_names(self.racine, DOSSIER_FICHES)
        except Illisible as reason:
            self.fautifs.add(DOSSIER_FICHES)
            self._say(Position(DOSSIER_FICHES), "fichier-illisible", reason.message, reason.aide)
            return found
        for name in names:
            match = NOM_FICHE.match(name)
            if match:
                found.append((f"{DOSSIER_FICHES}/{name}", int(match[1])))
            elif not name.startswith("."):
                self._unexpected(f"{DOSSIER_FICHES}/{name}")
        return found

    def _unexpected(self, fichier: str) -> None:
        self.lus.append(fichier)
        self.fautifs.add(fichier)
        self._say(
            Position(fichier),
            "fichier-inattendu",
            "Ce fichier n’est pas lu : son nom n’est pas celui d’une fiche.",
            "Nommez-le fiche-NN.yaml, NN étant le numéro de la fiche sur deux chiffres (fiche-03.yaml), ou rangez-le ailleurs.",
        )

    def _base(self, kind: str) -> Any | None:
        document = self._document(base_file(kind))
        if document is None:
            return None
        for name, (source, key) in COLLECTIONS.items():
            if source == kind and (known := _identifiers(document.data, key)) is not None:
                self.identifiants[name] = known
        return self._sound(kind, document)

    def _document(self, fichier: str) -> Document | None:
        self.lus.append(fichier)
        try:
            return parse(fichier, read_bytes(self.racine, fichier))
        except Illisible as reason:
            self._say(Position(fichier), "fichier-illisible", reason.message, reason.aide)
        except Refuse as refusal:
            for f in refusal.faults:
                self._say(Position(fichier, f.ligne, f.colonne), f.regle, f.message, f.aide)
        except RecursionError:
            self._say(
                Position(fichier),
                "trop-profond",
                "Les listes et les clés de ce fichier s’emboîtent sans fin.",
                "Une fiche ne demande que six niveaux.",
            )
        self.fautifs.add(fichier)
        return None

    def _sound(self, kind: str, document: Document) -> Any | None:
        """Return the object of a document; what is at fault in a list of a base file is left out."""
        if self.guard.accepts(kind, document.data):
            built = build(kind, document)
            if built is not None:
                return built
            document = parse(document.fichier, document.raw)
        self.fautifs.add(document.fichier)
        faults = list(islice(self.guard.explain(kind, document.data), FAUTES_MAX + 1)) or [_MISSHAPEN]
        places = Places(document.raw)
        for fault in faults[:FAUTES_MAX]:
            place = places.of(fault.route, key=fault.key)
            self._say(Position(document.fichier, *place), fault.regle, fault.message, fault.aide)
        if len(faults) > FAUTES_MAX:
            self._say(
                Position(document.fichier),
                "trop-de-fautes",
                f"Ce fichier a plus de {FAUTES_MAX} défauts ; les autres ne sont pas montrés.",
                "Corrigez d’abord ceux-ci, ou reprenez le fichier d’une version précédente.",
            )
            return None
        if kind == "fiche" or not _prune(document.data, [fault.route for fault in faults]):
            return None
        return build(kind, document) if self.guard.accepts(kind, document.data) else None

    def _say(self, position: Position, regle: str, message: str, aide: str) -> None:
        self.diagnostics.append(Diagnostic(position, Severite.ERREUR, regle, message, aide))


def _identifiers(data: Any, key: str) -> frozenset[str] | None:
    """Return the identifiers of a collection, or `None` where one of them is not known for sure."""
    entries = data.get(key) if isinstance(data, dict) else None
    if not isinstance(entries, list):
        return None
    found = [str(entry.get("id")) for entry in entries if isinstance(entry, dict) and isinstance(entry.get("id"), str)]
    sure = len(found) == len(entries) and all(map(_IDENTIFIANT, found))
    return frozenset(found) if sure else None


def _prune(data: Any, routes: list[Route]) -> bool:
    """Take the entries at fault out of the top-level lists; tell whether that leaves none of the faults."""
    doomed: dict[str, set[int]] = {}
    for route in routes:
        if len(route) < 2 or not isinstance(route[0], str) or not isinstance(route[1], int):
            return False
        doomed.setdefault(route[0], set()).add(route[1])
    for key, ranks in doomed.items():
        data[key] = [entry for rank, entry in enumerate(data[key]) if rank not in ranks]
    return bool(doomed)


def places_by_file(racine: Path) -> Callable[[str], Places]:
    """Return what gives the places of a file, keeping those of the last one: findings come file by file."""
    last: dict[str, Places] = {}

    def places(fichier: str) -> Places:
        if fichier not in last:
            last.clear()
            last[fichier] = Places(read_bytes(racine, fichier))
        return last[fichier]

    return places

"""A repository, on disk or as a commit has it → the protocole, and the reasons why parts of it are missing."""

import os
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from msgspec.structs import replace

from protocole_cli.diagnostics import Diagnostic
from protocole_cli.loading.datafile import DataFile, Explain, Wanted, error, illisible, read_data_file, read_excerpt
from protocole_cli.loading.files import Chemin, Disk, Illisible, Tree, folder_names, read_bytes
from protocole_cli.loading.layout import (
    BASE,
    COLLECTIONS,
    DOSSIER_FICHES,
    DOSSIER_SCHEMAS,
    FACULTATIFS,
    base_file,
    fiche_file,
    numero_du_nom,
)
from protocole_cli.loading.loaded import FicheFile, FichesRead, Loaded
from protocole_cli.loading.parts import in_parts
from protocole_cli.model.corps import CORPS_ABSENT
from protocole_cli.model.gouvernance import GOUVERNANCE_ABSENTE
from protocole_cli.model.protocole import Protocole
from protocole_cli.position import Position

_IDENTIFIANT = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z").match

A = TypeVar("A")
"""An answer."""
AT_ONCE = 100
"""So many fiches are read before something is asked of them: each time costs a little, and more would leave the caches of the processor."""
NumberedFile = tuple[str, int]
"""The file of a fiche, and the number that its name gives."""


def data_files(racine: Chemin) -> dict[str, str]:
    """Return the kind of each data file by its path: those that must be there, those that may, the fiches."""
    fiches, _ = _fiche_files(Disk(racine))
    return {base_file(kind): kind for kind in _kinds(racine)} | {fichier: "fiche" for fichier, _ in fiches}


def load(
    racine: Chemin,
    explain: Explain,
    *,
    kinds: Iterable[str] | None = None,
    fiches: Iterable[int] | None = None,
    wanted: Wanted | None = None,
) -> Loaded:
    """Read a repository, or the part of it that a question needs.

    `kinds` are the files to read beside the fiches, « rubriques » for what protocole.yaml calls the parts of a fiche; `fiches` are
    the numbers of the fiches, all where `None`; of these, only the files that are `wanted` for their bytes. Nothing is raised for
    what the data holds: what cannot be read is missing from the answer, with a diagnostic for each reason.
    """
    base, files = _base_on_disk(racine, explain, kinds, fiches)
    parts = in_parts(lambda part: read_fiches(Disk(racine), part, explain, wanted), files, FichesRead, AT_ONCE)
    return base.with_fiches(*parts).by_number()


def load_tree(tree: Tree, explain: Explain) -> Loaded:
    """Return what a tree of files holds of a protocole: its base files and its fiches."""
    base, files = load_base(tree, explain, BASE)
    return base.with_fiches(read_fiches(tree, files, explain)).by_number()


def load_asking(  # noqa: PLR0913 (the arguments of load, and what is asked)
    racine: Chemin,
    explain: Explain,
    ask: Callable[[Loaded], A],
    kind: type[A],
    *,
    kinds: Iterable[str] | None = None,
    wanted: Wanted | None = None,
    keep: bool = False,
) -> tuple[Loaded, list[A]]:
    """Read a repository, its fiches some at a time, and ask the same of each part of them before it is forgotten.

    Return the repository, its fiches only with `keep`, and the answers in the order of the files, however these are cut. `ask` is
    given the repository with some of its fiches, in one of two processes where they are many: it must depend on nothing else, and
    give values of the type `kind`, which msgspec can send. The other arguments are those of `load`.
    """
    base, files = _base_on_disk(racine, explain, kinds, None)

    def answer(some: Sequence[NumberedFile]) -> tuple[FichesRead, A]:
        read = read_fiches(Disk(racine), some, explain, wanted)
        return (read if keep else replace(read, fiches=(), restes=())), ask(base.with_fiches(read))

    parts = in_parts(answer, files, tuple[FichesRead, kind], AT_ONCE)  # type: ignore[valid-type]
    return base.with_fiches(*(read for read, _ in parts)).by_number(), [answer for _, answer in parts]


def _base_on_disk(
    racine: Chemin, explain: Explain, kinds: Iterable[str] | None, fiches: Iterable[int] | None
) -> tuple[Loaded, list[NumberedFile]]:
    """Return what a repository holds but for its fiches; where all of it is asked for, with what stands beside its files."""
    base, files = load_base(Disk(racine), explain, _kinds(racine) if kinds is None else kinds, fiches)
    if kinds is not None:
        return base, files
    from protocole_cli.loading.strangers import strange_files

    strangers = strange_files(racine)
    places = tuple(stranger.position.fichier for stranger in strangers)
    return replace(
        base,
        diagnostics=base.diagnostics + strangers,
        lus=base.lus + places,
        fautifs=base.fautifs.union(places),
        copies_de_schemas=_schema_copies(racine),
    ), files


def load_base(
    tree: Tree, explain: Explain, kinds: Iterable[str], fiches: Iterable[int] | None = None
) -> tuple[Loaded, list[NumberedFile]]:
    """Return what a tree holds but for its fiches, and which files of these there are to be read."""
    base = dict(_read_base(tree, kind, explain) for kind in kinds)
    files, strangers = _fiche_files(tree) if fiches is None else ([(fiche_file(n), n) for n in sorted(set(fiches))], ())
    diagnostics = (*(d for read in base.values() for d in read.diagnostics), *strangers)
    admis = base.get("avertissements-admis")
    loaded = Loaded(
        protocole=_protocole({kind: read.objet for kind, read in base.items()}),
        diagnostics=diagnostics,
        identifiants={
            name: known
            for name, (source, key) in COLLECTIONS.items()
            if source in base and (known := _identifiers(base[source].data, key)) is not None
        },
        avertissements_admis=admis.objet.avertissements if admis and admis.objet else (),
        lus=(
            *(read.fichier for read in base.values()),
            *(stranger.position.fichier for stranger in strangers),
            *(fichier for fichier, _ in files),
        ),
        fautifs=frozenset(d.position.fichier for d in diagnostics),
        suspects=tuple(s for read in base.values() for s in read.suspects),
    )
    return loaded, files


def _read_base(tree: Tree, kind: str, explain: Explain) -> tuple[str, DataFile]:
    """Return what stands in a base file, by its kind; only the rubriques, if they are what is asked for and stand apart."""
    if kind == "rubriques":
        kind = "protocole"
        fichier = base_file(kind)
        if part := read_excerpt(tree, fichier, "rubriques"):
            return kind, DataFile(fichier, None, replace(CORPS_ABSENT, rubriques=part.rubriques), ())
    return kind, read_data_file(tree, base_file(kind), kind, explain)


def read_fiches(
    tree: Tree, files: Iterable[NumberedFile], explain: Explain, wanted: Wanted | None = None
) -> FichesRead:
    """Return what stands in files of fiches."""
    numbered = []
    read = []
    for fichier, du_nom in files:
        one = read_data_file(tree, fichier, "fiche", explain, wanted)
        inside = one.data.get("numero") if isinstance(one.data, dict) else None
        numbered.append(FicheFile(fichier, du_nom, inside if isinstance(inside, int) else None))
        # Its plain data, which is as large again, is let go.
        read.append((one.objet, one.reste, one.diagnostics, one.suspects))
    return FichesRead(
        tuple(numbered),
        tuple(fiche for fiche, _, _, _ in read if fiche is not None),
        tuple(reste for _, reste, _, _ in read if reste is not None),
        tuple(d for _, _, diagnostics, _ in read for d in diagnostics),
        tuple(s for _, _, _, suspects in read for s in suspects),
    )


def _schema_copies(racine: Chemin) -> dict[str, bytes]:
    """Return the schemas of the repository; one that cannot be read is empty, which no schema is."""
    copies: dict[str, bytes] = {}
    try:
        names = folder_names(racine, DOSSIER_SCHEMAS)
    except Illisible:
        return copies
    for name in names:
        if name.endswith(".schema.json"):
            try:
                copies[name] = read_bytes(racine, f"{DOSSIER_SCHEMAS}/{name}")
            except Illisible:
                copies[name] = b""
    return copies


def _kinds(racine: Chemin) -> tuple[str, ...]:
    """Return the kinds of file that the repository should have, and those that it has besides."""
    return (*BASE, *(kind for kind in FACULTATIFS if os.path.lexists(os.path.join(racine, base_file(kind)))))


def _fiche_files(tree: Tree) -> tuple[list[NumberedFile], tuple[Diagnostic, ...]]:
    """Return the files of the fiches with the numbers in their names, by these, and what is wrong with the folder."""
    try:
        names = tree.names(DOSSIER_FICHES)
    except Illisible as reason:
        return [], (illisible(DOSSIER_FICHES, reason),)
    numbered: list[tuple[int, str]] = []
    strange = []
    for name in names:
        numero = numero_du_nom(name)
        if numero is not None:
            numbered.append((numero, f"{DOSSIER_FICHES}/{name}"))
        elif not name.startswith("."):
            strange.append(name)
    strangers = tuple(
        error(
            Position(f"{DOSSIER_FICHES}/{name}"),
            "fichier-inattendu",
            "Ce fichier n’est pas lu : son nom n’est pas celui d’une fiche.",
            "Nommez-le fiche-NN.yaml, NN étant le numéro de la fiche sur deux chiffres (fiche-03.yaml), "
            "ou rangez-le ailleurs.",
        )
        for name in strange
    )
    return [(fichier, numero) for numero, fichier in sorted(numbered)], strangers


def _protocole(parts: dict[str, Any]) -> Protocole:
    """Put the sound parts together, fiches apart; what is missing is empty."""
    acteurs, parties, sigles = (parts.get(kind) for kind in ("acteurs", "parties", "sigles"))
    territoire = parts.get("quartiers")
    return Protocole(
        corps=parts.get("protocole") or CORPS_ABSENT,
        acteurs=acteurs.acteurs if acteurs else (),
        parties=parties.parties if parties else (),
        communes=territoire.communes if territoire else (),
        quartiers=territoire.quartiers if territoire else (),
        gouvernance=parts.get("gouvernance") or GOUVERNANCE_ABSENTE,
        sigles=sigles.sigles if sigles else (),
    )


def _identifiers(data: Any, key: str) -> frozenset[str] | None:
    """Return the identifiers of a collection, or `None` where one of them is not known for sure."""
    entries = data.get(key) if isinstance(data, dict) else None
    if not isinstance(entries, list):
        return None
    found = [str(entry.get("id")) for entry in entries if isinstance(entry, dict) and isinstance(entry.get("id"), str)]
    sure = len(found) == len(entries) and all(map(_IDENTIFIANT, found))
    return frozenset(found) if sure else None

"""What git knows of the data: the only module that runs git."""

import contextlib
import os
import subprocess
import threading
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Self

from msgspec import Struct

from protocole_cli.loading.files import TAILLE_MAX, Chemin, Illisible, read_bytes

_SAFE = (
    "--no-optional-locks",
    "-c", "core.fsmonitor=false",
    "-c", "core.hooksPath=/dev/null",
    "-c", "core.pager=cat",
    "-c", "diff.external=",
    "-c", "log.showSignature=false",
)  # fmt: skip
"""Settings of a repository that would run programs, switched off."""
_ENVIRONMENT = {
    "LC_ALL": "C",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "",  # an object that is missing is not fetched: no transport, hence no program of one
}
_TIMEOUT = 20
_ORDINARY = ("100644", "100755")
_MOST_BYTES = 200 * 1024**2
"""So much is read of a commit, four times a protocole of ten thousand fiches."""
_LONGEST_HEAD = 1024
"""Of an object that git gives, the line with its hash, kind and size is shorter."""
_MOST_OF_A_FILE = 4 * TAILLE_MAX
"""So much is read of a commit and one file of it; a file on disk that is no larger is not the same as a larger one."""
DATED_FOLDERS = ("data", "templates")
"""What makes the document: a change elsewhere does not touch it."""


class Version(Struct, frozen=True):
    """Which state of the data this is.

    `commit` is the full hash, empty without git; `instant` the seconds since 1970 UTC of its date, `None` if not
    dated; `modifiee` tells whether the files differ from the commit, or may, where git does not say.
    """

    commit: str = ""
    instant: int | None = None
    modifiee: bool = False


class _Question:
    """A question to git, asked at once and answered later, so that both processors work meanwhile.

    A context: on leaving it nothing of git is left running, answered or not.
    """

    def __init__(self, *runs: "subprocess.Popen[bytes] | None") -> None:
        self._runs = runs

    def __enter__(self) -> Self:
        """Return the question."""
        return self

    def __exit__(self, *_: object) -> None:
        """Stop git where nobody waited for the answer."""
        for process in self._runs:
            if process is not None and process.stdout is not None and not process.stdout.closed:
                process.kill()
                process.communicate()


class VersionQuery(_Question):
    """The question which version of the document this is."""

    def __init__(self, racine: Chemin) -> None:
        """Start git where it is installed and `racine` is in a work tree; never raises."""
        self._log = _start(racine, "log", "-1", "--no-show-signature", "--format=%H %ct", "--end-of-options", "HEAD")
        options = ("--porcelain=v1", "--untracked-files=all", "--ignore-submodules=all")
        self._status = _start(racine, "status", *options, "--", *DATED_FOLDERS, settings=_no_filters(racine))
        super().__init__(self._log, self._status)

    def answer(self) -> Version:
        """Return the version; SOURCE_DATE_EPOCH, where set, takes the place of the commit's date."""
        commit, _, date = (_output(self._log) or "").strip().partition(" ")
        return Version(commit, _chosen_date(date), bool(commit) and _output(self._status) != "")


class FileVersionQuery(_Question):
    """The question which version of a file this is: git gives, in one run, the commit, and the file as it stands there."""

    def __init__(self, racine: Chemin, fichier: str) -> None:
        """Start git where it is installed and the file in a work tree; never raises."""
        self._racine, self._fichier = racine, fichier
        dossier, _, nom = fichier.rpartition("/")
        self._objects = _start(os.path.join(racine, dossier), "cat-file", "--batch", "--follow-symlinks", given=True)
        super().__init__(self._objects)
        if self._objects is not None and self._objects.stdin is not None:
            with contextlib.suppress(OSError), self._objects.stdin as asked:  # git may have given up
                asked.write(f"HEAD^{{commit}}\nHEAD:./{nom}\n".encode())
            self._objects.stdin = None

    def answer(self) -> Version:
        """Return the version, dated as that of the document; that lines end otherwise on disk modifies nothing."""
        told = _opening(self._objects, _MOST_OF_A_FILE)
        commit, about, end = _object_at(told, 0)
        _, committed, _ = _object_at(told, end)
        try:
            modifiee = committed.splitlines() != read_bytes(self._racine, self._fichier).splitlines()
        except Illisible:
            modifiee = True
        return Version(commit, _chosen_date(_committed_at(about)), bool(commit) and modifiee)


class Revision(Struct, frozen=True):
    """A commit by a name that people gave it, its full hash, and the seconds since 1970 UTC of its date."""

    nom: str
    commit: str
    instant: int


class SansContenu(Exception):
    """Git does not give what a commit holds: objects are missing, or too much is asked."""


def find_revision(racine: Chemin, nom: str) -> Revision | None:
    """Return the one commit that a name (a tag, a branch, a hash…) means, `None` where it means none, or git is not there."""
    verify = ("rev-parse", "--verify", "--quiet", "--end-of-options")
    commit = (_output(_start(racine, *verify, f"{nom}^{{commit}}")) or "").strip()
    if not commit:
        return None
    log = ("log", "-1", "--no-show-signature", "--format=%ct", "--end-of-options")
    instant = _epoch((_output(_start(racine, *log, commit, "--")) or "").strip())
    return None if instant is None else Revision(nom, commit, instant)


def tags(racine: Chemin, *, merged: bool) -> list[str]:
    """Return the names of the tags, those of the newest commits first; with `merged` only those that lead to the present state."""
    asked = ("tag", "--list", "--no-column", "--sort=-creatordate", *(("--merged=HEAD",) if merged else ()))
    dates = "--format=%(refname:strip=2)%00%(committerdate:unix)%00%(*committerdate:unix)"
    lines = [line.split("\0") for line in (_output(_start(racine, *asked, dates)) or "").splitlines()]
    return [nom for nom, own, of_commit in sorted(lines, key=lambda line: -(_epoch(line[2] or line[1]) or 0))]


def committed_files(
    racine: Chemin, commit: str, dossier: str, wanted: Callable[[str], object], longest: int
) -> dict[str, bytes | int]:
    """Return the ordinary files that a commit has in a folder and that are `wanted` by their path from `racine`.

    Of one longer than `longest` bytes its size is returned. Raises `SansContenu` where git does not give all of them.
    """
    identities = {
        chemin: identity for chemin, identity in committed_identities(racine, commit, dossier).items() if wanted(chemin)
    }
    sizes = _sizes(racine, sorted(set(identities.values())))
    contents = _contents(racine, {identity: size for identity, size in sizes.items() if size <= longest})
    return {chemin: contents.get(identity, sizes[identity]) for chemin, identity in identities.items()}


def committed_identities(racine: Chemin, commit: str, dossier: str) -> dict[str, str]:
    """Return by what git knows the content of each ordinary file that a commit has in a folder; raises `SansContenu`."""
    listed = _output(_start(racine, "ls-tree", "-r", "-z", commit, "--", dossier))
    if listed is None:
        raise SansContenu
    entries = (line.partition("\t") for line in listed.split("\0") if line)
    return {chemin: about.split()[2] for about, _, chemin in entries if about.split()[0] in _ORDINARY}


def is_known_by(content: bytes, identity: str) -> bool:
    """Tell whether git knows a content by this identity."""
    import hashlib

    kind = "sha1" if len(identity) == len(hashlib.sha1(usedforsecurity=False).hexdigest()) else "sha256"
    return hashlib.new(kind, b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest() == identity


def _object_at(answer: bytes, start: int) -> tuple[str, bytes, int]:
    """Return the hash and content of the object that git gave from there on, and where the next one begins; nothing of a missing one."""
    head = answer[start : start + _LONGEST_HEAD].partition(b"\n")[0]
    begin = start + len(head) + 1
    match head.split(b" "):
        case [identity, b"commit" | b"blob", size] if identity.isalnum() and size.isdigit() and len(size) < 12:
            end = begin + int(size)
            return identity.decode(), answer[begin:end], end + 1
    return "", b"", begin


def _sizes(racine: Chemin, identities: Sequence[str]) -> dict[str, int]:
    lines = (_asked_of_objects(racine, "--batch-check=%(objectname) %(objectsize)", identities)).decode().splitlines()
    sizes = {identity: _epoch(size) for identity, _, size in (line.partition(" ") for line in lines)}
    known = {identity: size for identity, size in sizes.items() if size is not None}
    if len(known) < len(identities) or sum(known.values()) > _MOST_BYTES:
        raise SansContenu
    return known


def _contents(racine: Chemin, sizes: Mapping[str, int]) -> dict[str, bytes]:
    answer = _asked_of_objects(racine, "--batch", list(sizes))
    found: dict[str, bytes] = {}
    start = 0
    for identity, size in sizes.items():
        given, content, start = _object_at(answer, start)
        if (given, len(content)) != (identity, size):
            raise SansContenu
        found[identity] = content
    return found


def _asked_of_objects(racine: Chemin, how: str, identities: Sequence[str]) -> bytes:
    process = _start(racine, "cat-file", how, given=True)
    answer = _bytes(process, "".join(f"{identity}\n" for identity in identities).encode())
    if answer is None:
        raise SansContenu
    return answer


def _no_filters(racine: Chemin) -> dict[str, str]:
    """Return settings by which no filter runs a program, though the repository may define and name them as it likes."""
    names = _output(_start(racine, "config", "-z", "--name-only", "--get-regexp", r"^filter\."))
    return {name: "false" if name.endswith(".required") else "" for name in (names or "").split("\0") if name}


def _start(
    racine: Chemin, *arguments: str, settings: Mapping[str, str] = MappingProxyType({}), given: bool = False
) -> "subprocess.Popen[bytes] | None":
    environment = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")} | _ENVIRONMENT
    environment["GIT_CONFIG_COUNT"] = str(len(settings))  # unlike -c, this way takes names with any sign in them
    for rank, (name, value) in enumerate(settings.items()):
        environment |= {f"GIT_CONFIG_KEY_{rank}": name, f"GIT_CONFIG_VALUE_{rank}": value}
    try:
        return subprocess.Popen(  # noqa: S603 (a fixed program and fixed arguments, no shell)
            ["git", *_SAFE, "-C", racine, *arguments],  # noqa: S607 (git is where PATH says)
            stdin=subprocess.PIPE if given else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
    except OSError:
        return None


def _opening(process: "subprocess.Popen[bytes] | None", most: int) -> bytes:
    """Return what a process says, up to so many bytes, or to the moment when nobody waits any longer."""
    if process is None or process.stdout is None:
        return b""
    patience = threading.Timer(_TIMEOUT, process.kill)
    patience.start()
    try:
        return process.stdout.read(most)
    finally:
        patience.cancel()


def _output(process: "subprocess.Popen[bytes] | None") -> str | None:
    """Return what a process said, `None` where it failed."""
    out = _bytes(process)
    return None if out is None else out.decode("utf-8", "replace")


def _bytes(process: "subprocess.Popen[bytes] | None", given: bytes | None = None) -> bytes | None:
    if process is None:
        return None
    try:
        out, _ = process.communicate(given, timeout=_TIMEOUT)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return None
    return out if process.returncode == 0 else None


def _committed_at(commit: bytes) -> str:
    """Return the date of a commit, seconds since 1970 UTC, as its text gives it before the time zone."""
    words = (
        commit.partition(b"\n\n")[0]
        .partition(b"\ncommitter ")[2]
        .partition(b"\n")[0]
        .decode("utf-8", "replace")
        .split()
    )
    return words[-2] if len(words) > 1 else ""


def _chosen_date(committed: str) -> int | None:
    chosen = _epoch(os.environ.get("SOURCE_DATE_EPOCH", ""))
    return _epoch(committed) if chosen is None else chosen


def _epoch(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None

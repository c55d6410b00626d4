"""What git knows of the data: the only module that runs git."""

import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Self

from msgspec import Struct

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


class VersionQuery:
    """The question to git, asked at once and answered later, so that both processors work meanwhile.

    A context: on leaving it nothing of git is left running, answered or not.
    """

    def __init__(self, racine: Path, chemins: tuple[str, ...] = DATED_FOLDERS) -> None:
        """Start git where it is installed and `racine` is in a work tree; never raises."""
        self._log = _start(racine, "log", "-1", "--no-show-signature", "--format=%H %ct", "--end-of-options", "HEAD")
        options = ("--porcelain=v1", "--untracked-files=all", "--ignore-submodules=all")
        self._status = _start(racine, "status", *options, "--", *chemins, settings=_no_filters(racine))

    def __enter__(self) -> Self:
        """Return the question."""
        return self

    def __exit__(self, *_: object) -> None:
        """Stop git where nobody waited for the answer."""
        for process in (self._log, self._status):
            if process is not None and process.stdout is not None and not process.stdout.closed:
                process.kill()
                process.communicate()

    def answer(self) -> Version:
        """Return the version; SOURCE_DATE_EPOCH, where set, takes the place of the commit's date."""
        commit, _, date = (_output(self._log) or "").strip().partition(" ")
        chosen = _epoch(os.environ.get("SOURCE_DATE_EPOCH", ""))
        instant = _epoch(date) if chosen is None else chosen
        return Version(commit, instant, bool(commit) and _output(self._status) != "")


class Revision(Struct, frozen=True):
    """A commit by a name that people gave it, its full hash, and the seconds since 1970 UTC of its date."""

    nom: str
    commit: str
    instant: int


def find_revision(racine: Path, nom: str) -> Revision | None:
    """Return what a name (a tag, a branch, a hash…) means to git, `None` where it means no commit, or git is not there."""
    log = ("log", "-1", "--no-show-signature", "--format=%H %ct", "--end-of-options")
    commit, _, date = (_output(_start(racine, *log, nom, "--")) or "").strip().partition(" ")
    instant = _epoch(date)
    return None if instant is None else Revision(nom, commit, instant)


def last_tag(racine: Path, beginning: str) -> str | None:
    """Return the newest tag whose name begins so among those that lead to the present state."""
    tag = ("tag", "--list", "--no-column", "--merged=HEAD", "--sort=-creatordate", "--format=%(refname:strip=2)")
    return next(iter((_output(_start(racine, *tag, f"{beginning}*")) or "").splitlines()), None)


def committed_files(racine: Path, commit: str, chemins: Sequence[str], longest: int) -> dict[str, bytes]:
    """Return the ordinary files that a commit has below some paths, by their own path from `racine`.

    Of one longer than `longest` bytes so much is returned that it is seen to be. Links are left out.
    """
    listed = _output(_start(racine, "ls-tree", "-r", "-z", "-l", commit, "--", *chemins))
    found: dict[str, bytes] = {}
    wanted: list[tuple[str, str]] = []
    for line in filter(None, (listed or "").split("\0")):
        about, _, chemin = line.partition("\t")
        mode, _, identity, size = about.split()
        if mode in _ORDINARY and int(size) > longest:
            found[chemin] = bytes(longest + 1)
        elif mode in _ORDINARY:
            wanted.append((chemin, identity))
    contents = _contents(racine, [identity for _, identity in wanted])
    return found | {chemin: content for (chemin, _), content in zip(wanted, contents, strict=False)}


def _contents(racine: Path, identities: Sequence[str]) -> Iterator[bytes]:
    """Yield the contents of objects in their order; those that git does not give come last, as they are none."""
    process = _start(racine, "cat-file", "--batch", given=True)
    answer = _bytes(process, "".join(f"{identity}\n" for identity in identities).encode()) or b""
    start = 0
    for _ in identities:
        head, _, _ = answer[start : start + 200].partition(b"\n")
        size = head.rpartition(b" ")[2]
        if not size.isdigit():
            return
        begin = start + len(head) + 1
        yield answer[begin : begin + int(size)]
        start = begin + int(size) + 1


def _no_filters(racine: Path) -> dict[str, str]:
    """Return settings by which no filter runs a program, though the repository may define and name them as it likes."""
    names = _output(_start(racine, "config", "-z", "--name-only", "--get-regexp", r"^filter\."))
    return {name: "false" if name.endswith(".required") else "" for name in (names or "").split("\0") if name}


def _start(
    racine: Path, *arguments: str, settings: Mapping[str, str] = MappingProxyType({}), given: bool = False
) -> "subprocess.Popen[bytes] | None":
    environment = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")} | _ENVIRONMENT
    environment["GIT_CONFIG_COUNT"] = str(len(settings))  # unlike -c, this way takes names with any sign in them
    for rank, (name, value) in enumerate(settings.items()):
        environment |= {f"GIT_CONFIG_KEY_{rank}": name, f"GIT_CONFIG_VALUE_{rank}": value}
    try:
        return subprocess.Popen(  # noqa: S603 (a fixed program and fixed arguments, no shell)
            ["git", *_SAFE, "-C", str(racine), *arguments],  # noqa: S607 (git is where PATH says)
            stdin=subprocess.PIPE if given else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
    except OSError:
        return None


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


def _epoch(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None

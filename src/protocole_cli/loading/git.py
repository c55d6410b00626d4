"""What git knows of the data: the only module that runs git."""

import os
import subprocess
from collections.abc import Mapping
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


def _no_filters(racine: Path) -> dict[str, str]:
    """Return settings by which no filter runs a program, though the repository may define and name them as it likes."""
    names = _output(_start(racine, "config", "-z", "--name-only", "--get-regexp", r"^filter\."))
    return {name: "false" if name.endswith(".required") else "" for name in (names or "").split("\0") if name}


def _start(
    racine: Path, *arguments: str, settings: Mapping[str, str] = MappingProxyType({})
) -> "subprocess.Popen[bytes] | None":
    environment = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")} | _ENVIRONMENT
    environment["GIT_CONFIG_COUNT"] = str(len(settings))  # unlike -c, this way takes names with any sign in them
    for rank, (name, value) in enumerate(settings.items()):
        environment |= {f"GIT_CONFIG_KEY_{rank}": name, f"GIT_CONFIG_VALUE_{rank}": value}
    try:
        return subprocess.Popen(  # noqa: S603 (a fixed program and fixed arguments, no shell)
            ["git", *_SAFE, "-C", str(racine), *arguments],  # noqa: S607 (git is where PATH says)
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
    except OSError:
        return None


def _output(process: "subprocess.Popen[bytes] | None") -> str | None:
    """Return what a process said, `None` where it failed."""
    if process is None:
        return None
    try:
        out, _ = process.communicate(timeout=_TIMEOUT)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return None
    return out.decode("utf-8", "replace") if process.returncode == 0 else None


def _epoch(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None

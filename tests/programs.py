"""The program as people run it: in a process of its own, on a pipe or on a terminal; and git repositories for it."""

import fcntl
import os
import pty
import re
import shutil
import struct
import subprocess
import sys
import termios
from collections.abc import Mapping
from pathlib import Path

PROTOCOLE = (sys.executable, "-m", "protocole_cli")
ESCAPES = re.compile(r"\x1b\[[0-9;]*m")
"""The only escape sequences that the program has a use for: colour and weight."""


def piped(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the program on pipes, some variables of the environment changed, and return how it ended."""
    return subprocess.run(
        [*PROTOCOLE, *map(str, arguments)], capture_output=True, check=False, env=os.environ | environment
    )


def installed(*names: str) -> str:
    """Return the path of a program that the tests need, by one of its names."""
    found = next((path for name in names if (path := shutil.which(name))), None)
    assert found is not None, f"{names[0]} is not installed"
    return found


def into_closed_pipe(*arguments: str | Path, **environment: str) -> tuple[int, bytes]:
    """Run the program with a reader that has gone away, some variables of the environment changed.

    Return its exit code and what it complained of.
    """
    reader, output = os.pipe()
    os.close(reader)
    command = [*PROTOCOLE, *map(str, arguments)]
    answer = subprocess.run(command, env=os.environ | environment, stdout=output, stderr=subprocess.PIPE, check=False)
    os.close(output)
    return answer.returncode, answer.stderr


def on_terminal(*arguments: str | Path, columns: int = 80, environment: Mapping[str, str] | None = None) -> str:
    """Run the program on a colour terminal of so many columns, and return what it sent there; line ends are plain."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    inherited = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "NO_COLOR", "TERM")}
    process = subprocess.Popen(
        [*PROTOCOLE, *map(str, arguments)],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=inherited | {"TERM": "xterm-256color", **(environment or {})},
    )
    os.close(theirs)
    sent = b"".join(_read_all(ours))
    process.wait()
    os.close(ours)
    return sent.decode().replace("\r\n", "\n")


def _read_all(descriptor: int) -> list[bytes]:
    """Return all that comes until the other side is gone, which a terminal tells by an error."""
    parts: list[bytes] = []
    try:
        while part := os.read(descriptor, 65536):
            parts.append(part)
    except OSError:
        pass
    return parts


def git(folder: Path, *arguments: str, date: str = "2020-03-01T12:00:00 +0000", given: str = "") -> str:
    """Run git in a folder, as nobody in particular at a date, give it some words, and return what it said."""
    settings = ("user.name=Test", "user.email=test@example.org", "commit.gpgsign=false", "core.hooksPath=/dev/null")
    program = ["git", *(part for setting in settings for part in ("-c", setting)), "-C", str(folder), *arguments]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
    environment |= {"GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date, "GIT_CONFIG_GLOBAL": os.devnull}
    return subprocess.run(
        program, input=given, capture_output=True, check=True, text=True, env=environment
    ).stdout.strip()


def committed(folder: Path, date: str = "2020-03-01T12:00:00 +0000") -> str:
    """Make a folder a git repository, or go on with it, commit all that it holds, and return the commit."""
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "Tout", date=date)
    return git(folder, "rev-parse", "HEAD")

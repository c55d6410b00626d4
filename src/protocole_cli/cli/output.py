"""Standard output and standard error: the only places where the program prints."""

import contextlib
import os
import sys
from typing import TextIO

PIPE_WIDTH = 80
"""Where no terminal shows an answer, its lines depend on nothing around."""


class SansReponse(Exception):
    """What was asked for does not exist, or cannot be read; says so in French. The data is at fault, not the call."""


def prepare() -> None:
    """Make sure that no character, in any locale, makes printing fail."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, OSError, ValueError):
            stream.reconfigure(errors="replace", newline="\n")  # type: ignore[union-attr]


def columns() -> int:
    """Return how wide an answer may be."""
    if sys.stdout is None or not sys.stdout.isatty():
        return PIPE_WIDTH
    import shutil

    return shutil.get_terminal_size((PIPE_WIDTH, 24)).columns


def answer(text: str) -> None:
    """Print an answer on standard output; a reader that has gone away is no fault."""
    _write(sys.stdout, text)


def answer_bytes(content: bytes) -> None:
    """Send a file on standard output, as it is."""
    if sys.stdout is None:  # closed by the caller
        return
    try:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        _silence(sys.stdout)


def tell(text: str) -> None:
    """Print a message, a line of its own, on standard error."""
    from protocole_cli.rendering.neutral import visible

    _write(sys.stderr, visible(text) + "\n")


def _write(stream: TextIO | None, text: str) -> None:
    if stream is None:  # closed by the caller
        return
    try:
        stream.write(text)
        stream.flush()
    except BrokenPipeError:
        _silence(stream)


def _silence(stream: TextIO) -> None:
    """Make sure that what follows, and the interpreter's last flush, do not fail in their turn."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())

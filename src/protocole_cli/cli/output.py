"""Standard output and standard error: the only places where the program prints."""

import contextlib
import errno
import os
import sys
from collections.abc import Iterator
from typing import TextIO

PIPE_WIDTH = 80
"""Where no terminal shows an answer, its lines depend on nothing around."""


class AppelFautif(Exception):
    """The call asks for what cannot be; says why in French, for `run` to add how to get help."""


class SansReponse(Exception):
    """What was asked for does not exist, or cannot be read; says so in French. The data is at fault, not the call."""


class NonRendue(Exception):
    """An answer that standard output does not take; says why, in French."""


def prepare() -> None:
    """Make sure that no character makes printing fail, and that what goes to a file or a program is UTF-8 in any locale.

    A terminal keeps its own encoding, and shows a sign in place of a character that it lacks.
    """
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, OSError, ValueError):
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="replace", newline="\n")  # type: ignore[union-attr]


def on_terminal() -> bool:
    """Tell whether standard output is a terminal, where someone reads."""
    return sys.stdout is not None and sys.stdout.isatty()


def columns() -> int:
    """Return how wide an answer may be."""
    if not on_terminal():
        return PIPE_WIDTH
    import shutil

    return shutil.get_terminal_size((PIPE_WIDTH, 24)).columns


def answer(text: str) -> None:
    """Print an answer on standard output; a reader that has gone away is no fault. Raises `NonRendue`."""
    with _delivered():
        _write(sys.stdout, text)


def answer_bytes(content: bytes) -> None:
    """Send a file on standard output, as it is. Raises `NonRendue`."""
    if sys.stdout is None:  # closed by the caller
        return
    try:
        with _delivered():
            sys.stdout.buffer.write(content)
            sys.stdout.buffer.flush()
    except BrokenPipeError:
        _silence(sys.stdout)


@contextlib.contextmanager
def _delivered() -> Iterator[None]:
    """Say in French why standard output does not take an answer."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        full = error.errno == errno.ENOSPC
        raison = (
            "le disque est plein. Faites de la place"
            if full
            else f"le système répond « {error.strerror} ». Vérifiez-la"
        )
        raise NonRendue(f"la sortie standard n’a pas reçu toute la réponse : {raison}, puis recommencez.") from error


def tell(text: str) -> None:
    """Print a message, a line of its own, on standard error; where that cannot be, nobody is left to be told."""
    from protocole_cli.rendering.neutral import visible

    with contextlib.suppress(OSError):
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

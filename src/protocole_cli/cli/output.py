"""Standard output and standard error: the only places where the program prints."""

import contextlib
import errno
import os
import sys
from typing import TextIO


class NonRendue(Exception):
    """An answer that standard output does not take; says why, in French."""


def prepare() -> None:
    """Make sure that no character, in any locale, makes printing fail."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, OSError, ValueError):
            stream.reconfigure(errors="replace", newline="\n")  # type: ignore[union-attr]


def on_terminal() -> bool:
    """Tell whether standard output is a terminal, where someone reads."""
    return sys.stdout is not None and sys.stdout.isatty()


def answer(text: str) -> None:
    """Print an answer on standard output; a reader that has gone away is no fault. Raises `NonRendue`."""
    try:
        _write(sys.stdout, text)
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
        # What follows, and the interpreter's last flush, must not fail in its turn.
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())

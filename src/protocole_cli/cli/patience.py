"""Work that may last: seen to go on from a terminal, and interrupted at once."""

import os
import sys
import time
from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from typing import TypeVar

T = TypeVar("T")

NOTICED = 1.0
"""From so many seconds on, people wonder whether anything happens."""
TICK = 0.1
_ERASE = "\r\x1b[K"


def patiently(work: Callable[[], T], what: str) -> T:
    """Return what the work gives; where it lasts, a terminal shows on standard error what is done, and for how long.

    The work is done in a thread that an interruption leaves behind: an engine that listens to nothing must not make people wait.
    """
    answer: Future[T] = Future()
    Thread(target=_fulfil, args=(answer, work), daemon=True).start()
    start = time.monotonic()
    shown = ""
    drawn = sys.stderr is not None and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
    try:
        while True:
            try:
                return answer.result(TICK)
            except TimeoutError:
                if answer.done():  # the work's own fault, not our patience
                    raise
            elapsed = time.monotonic() - start
            line = f"{_ERASE}{what}… {elapsed:.0f} s"
            if drawn and elapsed > NOTICED and line != shown:
                shown = line
                sys.stderr.write(line)
                sys.stderr.flush()
    finally:
        if shown:
            sys.stderr.write(_ERASE)
            sys.stderr.flush()


def _fulfil(answer: "Future[T]", work: Callable[[], T]) -> None:
    try:
        answer.set_result(work())
    except BaseException as error:  # noqa: BLE001 (raised again where the answer is asked for)
        answer.set_exception(error)

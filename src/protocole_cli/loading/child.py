"""Work done by a copy of this process: beside it, or within limits that this one need not have."""

import os
import signal
import warnings
from collections.abc import Callable
from typing import Self

POSSIBLE = hasattr(os, "fork")
"""Whether the system can copy a process."""

_LENGTH = 8
"""How many bytes tell the length of an answer: its whole is known before the copy is no more, which is long for a large one."""


def two_at_once() -> bool:
    """Tell whether a copy of this process could work beside it: that is possible, and there is another processor for it."""
    return POSSIBLE and (os.cpu_count() or 1) >= 2


class Child:
    """A copy of this process at work; a context: on leaving it nothing is left running.

    `work` gives bytes, and may change the copy as it likes: nothing else of it is seen.
    """

    def __init__(self, work: Callable[[], bytes]) -> None:
        """Set the copy to work. An interruption ends it without a word: what there is to say, this process says."""
        reader, writer = os.pipe()
        before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT,))
        self._process = _copy()
        if self._process == 0:
            _answer(work, writer)
        self._answer = open(reader, "rb")  # noqa: SIM115 (closed on leaving the context)
        os.close(writer)
        signal.pthread_sigmask(signal.SIG_SETMASK, before)

    def __enter__(self) -> Self:
        """Return the copy."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the copy, whatever it is doing."""
        self._answer.close()
        if self._process:
            os.kill(self._process, signal.SIGKILL)
            os.waitpid(self._process, 0)

    def result(self) -> bytes | None:
        """Wait for the answer and return it; `None` where the work failed, was stopped or could not begin."""
        length = self._answer.read(_LENGTH)
        content = self._answer.read()
        return content if length and len(content) == int.from_bytes(length, "big") else None


def _copy() -> int | None:
    """Return the number of a copy of this process, in the copy 0; `None` where the system makes no more of them."""
    with warnings.catch_warnings():
        # Another thread of ours may wait for this work: it holds nothing that the copy needs.
        warnings.simplefilter("ignore", DeprecationWarning)
        try:
            return os.fork()
        except OSError:
            return None


def _answer(work: Callable[[], bytes], writer: int) -> None:
    """Send what the work gives and end the process, without anything that an ordinary end would do."""
    status = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, (signal.SIGINT,))
        silence = os.open(os.devnull, os.O_WRONLY)
        for output in {1, 2} - {writer}:  # where the caller closed the outputs, ours may stand in their place
            os.dup2(silence, output)
        content = work()
        with open(writer, "wb") as answer:
            answer.write(len(content).to_bytes(_LENGTH, "big"))
            answer.write(content)
        status = 0
    finally:
        os._exit(status)

"""The same work on many things, done by two processes where that pays."""

import os
from collections.abc import Callable, Sequence
from typing import TypeVar

import msgspec

from protocole_cli.loading.child import POSSIBLE, Child

T = TypeVar("T")
R = TypeVar("R")

ENOUGH = 200
"""From so many things on, a second process costs less than it saves."""


def in_halves(work: Callable[[Sequence[T]], list[R]], things: Sequence[T], kind: type[R]) -> list[R]:
    """Return `work(things)`, the second half of it done by a child process where there are many.

    `work` must give one result of the type `kind`, a msgspec type, for each thing, and depend on nothing but them. Where the
    child fails, for whatever reason, its half is done here.
    """
    if len(things) < ENOUGH or not POSSIBLE or (os.cpu_count() or 1) < 2:
        return work(things)
    middle = len(things) // 2
    with Child(lambda: msgspec.msgpack.encode(work(things[middle:]))) as child:
        first = work(things[:middle])
        content = child.result()
    if content is None:
        return first + work(things[middle:])
    return first + msgspec.msgpack.decode(content, type=list[kind])  # type: ignore[valid-type]

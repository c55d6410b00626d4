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


def in_halves(work: Callable[[Sequence[T]], R], things: Sequence[T], kind: type[R]) -> list[R]:
    """Return what `work` makes of the things, in one part, or where they are many in two, one of them made by a child process.

    `work` must give a value of the type `kind`, which msgspec can send, and depend on nothing but the things. Where the child
    fails, for whatever reason, its half is done here.
    """
    if len(things) < ENOUGH or not POSSIBLE or (os.cpu_count() or 1) < 2:
        return [work(things)]
    middle = len(things) // 2
    with Child(lambda: msgspec.msgpack.encode(work(things[middle:]))) as child:
        first = work(things[:middle])
        content = child.result()
    return [first, work(things[middle:]) if content is None else msgspec.msgpack.decode(content, type=kind)]

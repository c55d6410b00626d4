"""Work shared with a second process, where there is enough of it: the same on many things, or another meanwhile."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

import msgspec

from protocole_cli.loading.child import Child, two_at_once

T = TypeVar("T")
R = TypeVar("R")

ENOUGH = 200
"""From so many things on, a second process costs less than it saves."""


def in_halves(work: Callable[[Sequence[T]], R], things: Sequence[T], kind: type[R]) -> list[R]:
    """Return what `work` makes of the things, in one part, or where they are many in two, one of them made by a child process.

    `work` must give a value of the type `kind`, which msgspec can send, and depend on nothing but the things. Where the child
    fails, for whatever reason, its half is done here.
    """
    if not _pays(len(things)):
        return [work(things)]
    middle = len(things) // 2
    with beside(lambda: work(things[middle:]), kind, len(things)) as rest:
        return [work(things[:middle]), rest()]


@contextmanager
def beside(work: Callable[[], R], kind: type[R], count: int) -> Iterator[Callable[[], R]]:
    """Give what returns `work()`, which a child process does meanwhile where it is work on many things, `count` of them.

    `kind` is the type of what it gives, which msgspec can send. Where the child fails, for whatever reason, it is done here.
    """
    if not _pays(count):
        yield work
        return
    with Child(lambda: msgspec.msgpack.encode(work())) as child:

        def result() -> R:
            content = child.result()
            return work() if content is None else msgspec.msgpack.decode(content, type=kind)

        yield result


def _pays(count: int) -> bool:
    return count >= ENOUGH and two_at_once()

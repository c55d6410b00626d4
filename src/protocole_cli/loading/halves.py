"""Work shared with a second process, where there is enough of it: the same on many things, or another meanwhile."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

import msgspec

from protocole_cli.loading.child import Child, two_at_once

AT_ONCE = 50
"""So many things are one part: more would leave the caches of the processor, and make one process wait for the other."""
MOST_PARTS = 256
"""A byte can tell so many parts apart."""

T = TypeVar("T")
R = TypeVar("R")

ENOUGH = 200
"""From so many things on, a second process costs less than it saves."""


def in_parts(work: Callable[[Sequence[T]], R], things: Sequence[T], kind: type[R]) -> list[R]:
    """Return what `work` makes of the things, some of them at a time.

    Where they are many, a child process and this one take one part after another, each the next that nobody has. `work` must give
    a value of the type `kind`, which msgspec can send, and depend on nothing but the things. What the child fails to give, for
    whatever reason, is done here.
    """
    size = max(AT_ONCE, -(-len(things) // MOST_PARTS))
    parts = [things[start : start + size] for start in range(0, len(things), size)]
    if not _pays(len(things)):
        return [work(part) for part in parts]
    encode, decode = msgspec.msgpack.encode, msgspec.msgpack.Decoder(kind).decode
    with (
        _turns(len(parts)) as turns,
        beside(lambda: {rank: encode(work(parts[rank])) for rank in turns}, dict[int, bytes], len(things)) as others,
    ):
        done = {rank: work(parts[rank]) for rank in turns}
        done |= {rank: decode(content) for rank, content in others().items()}
    return [done[rank] if rank in done else work(part) for rank, part in enumerate(parts)]


@contextmanager
def _turns(count: int) -> Iterator[Iterator[int]]:
    """Give the ranks from 0 to before `count`, each to one process only: the one of this and its copies that asks first."""
    reader, writer = os.pipe()
    with open(reader, "rb", buffering=0) as ranks:
        with open(writer, "wb") as source:
            source.write(bytes(range(count)))
        yield (rank[0] for rank in iter(lambda: ranks.read(1), b""))


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

"""Work on many things, shared with a second process where there is enough of it."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from mmap import mmap
from typing import Any, TypeVar

import msgspec

from protocole_cli.loading.child import Child, two_at_once

ENOUGH = 200
"""From so many things on, a second process costs less than it saves."""
AT_ONCE = 50
"""So many things are one part, unless the work says otherwise: more would make one process wait for the other."""
ROOM = 32 * 1024
"""The memory, in bytes, for what is made of a thing: several times what is, and none is taken before it is written to."""
MOST_PARTS = 256
"""A byte can tell so many parts apart."""

T = TypeVar("T")
R = TypeVar("R")


def in_parts(
    work: Callable[[Sequence[T]], R], things: Sequence[T], kind: type[R], at_once: int | None = None
) -> list[R]:
    """Return what `work` makes of the things, some of them at a time, in two processes where they are many: see `shared`."""
    with shared(work, things, kind, at_once) as results:
        return results()


@contextmanager
def shared(
    work: Callable[[Sequence[T]], R], things: Sequence[T], kind: type[R], at_once: int | None = None
) -> Iterator[Callable[[], list[R]]]:
    """Give what returns what `work` makes of the things, some of them at a time.

    Where they are many, a child process begins at once, and this one joins in when it asks: each takes one part after another, the
    next that nobody has. `work` must give a value of the type `kind`, which msgspec can send, and depend on nothing but the things.
    What the child fails to give, for whatever reason, is done here.
    """
    size = max(at_once or AT_ONCE, -(-len(things) // MOST_PARTS))
    parts = [things[start : start + size] for start in range(0, len(things), size)]
    room = _room(len(things))
    if room is None:
        yield lambda: [work(part) for part in parts]
        return
    with _turns(len(parts)) as turns, Child(lambda: _put(((n, work(parts[n])) for n in turns), room)) as child:

        def results() -> list[R]:
            done = {rank: work(parts[rank]) for rank in turns}
            done |= _taken(child.result(), room, kind)
            return [done[rank] if rank in done else work(part) for rank, part in enumerate(parts)]

        yield results


def _put(done: Iterable[tuple[int, Any]], room: mmap) -> bytes:
    """Put what is done by rank into memory that two processes see, as far as it has room, and return what stands where."""
    places = {}
    for rank, value in done:
        content = msgspec.msgpack.encode(value)
        start = room.tell()
        if start + len(content) > len(room):
            break
        room.write(content)
        places[rank] = (start, room.tell())
    return msgspec.msgpack.encode(places)


def _taken(places: bytes | None, room: mmap, kind: type[R]) -> dict[int, R]:
    """Return what has been put there, nothing where it is not known what stands where."""
    if places is None:
        return {}
    known = msgspec.msgpack.decode(places, type=dict[int, tuple[int, int]])
    view = memoryview(room)
    return {rank: msgspec.msgpack.decode(view[start:end], type=kind) for rank, (start, end) in known.items()}


@contextmanager
def _turns(count: int) -> Iterator[Iterator[int]]:
    """Give the ranks from 0 to before `count`, each to one process only: the one of this and its copies that asks first."""
    reader, writer = os.pipe()
    with open(reader, "rb", buffering=0) as ranks:
        with open(writer, "wb") as source:
            source.write(bytes(range(count)))
        yield (rank[0] for rank in iter(lambda: ranks.read(1), b""))


def _room(count: int) -> mmap | None:
    """Return memory that two processes see, for what is made of so many things; `None` where a second one would not pay."""
    if count < ENOUGH or not two_at_once():
        return None
    try:
        return mmap(-1, count * ROOM)
    except OSError:  # this process may not have so much
        return None

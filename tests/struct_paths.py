"""Every text in a structure, whatever its type: found by its path, and replaced at that path."""

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

T = TypeVar("T")
Path = tuple[str | int, ...]


def texts(value: object, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Yield each non-empty text below `value` with its path; places in files are none."""
    if isinstance(value, str):
        if value:
            yield path, value
    elif isinstance(value, tuple):
        for rank, item in enumerate(value):
            yield from texts(item, (*path, rank))
    elif isinstance(value, Struct):
        for name in value.__struct_fields__:
            if name != "position":
                yield from texts(getattr(value, name), (*path, name))


def changed(value: T, path: Path, change: Callable[[str], str]) -> T:
    """Return a copy in which the text at `path` is another."""
    whole: Any = value
    if not path:
        whole = change(whole)
    elif isinstance(whole, tuple):
        rank = int(path[0])
        whole = (*whole[:rank], changed(whole[rank], path[1:], change), *whole[rank + 1 :])
    else:
        name = str(path[0])
        whole = replace(whole, **{name: changed(getattr(whole, name), path[1:], change)})
    copy: T = whole
    return copy


def field(path: Path) -> str:
    """Return which attribute a path leads to, ranks left out: « fiches.resultats.details.texte »."""
    return ".".join(step for step in path if isinstance(step, str))

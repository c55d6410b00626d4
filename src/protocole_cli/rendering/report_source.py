"""The line of a file that a diagnostic is about, with a mark under the place."""

from collections.abc import Iterable

from rich.cells import cell_len

from protocole_cli.rendering.neutral import visible

_TAB = "→   "
_CUT = "…"
_LEAST_ROOM = 20


def excerpt(line: str, ligne: int, colonne: int, width: int) -> str:
    """Return two lines, at most `width` columns wide: the line with its number, and a caret under the column.

    Characters that act or hide are shown by signs, a tab by an arrow; wide and combining characters leave the
    caret in its place. A line too long is cut around it.
    """
    margin = f"{ligne:>5} | "
    room = max(width - len(margin), _LEAST_ROOM)
    place = min(colonne - 1, len(line))
    # What stands further away cannot be seen, and a line may be as long as a file.
    before = [_shown(c) for c in line[max(0, place - room) : place]]
    after = [_shown(c) for c in line[place : place + room]]
    if _width(before) + _width(after) > room:
        before = _fitting(before[::-1], room // 2)[::-1]
        after = _fitting(after, room - _width(before))
    shown = "".join(before + after).rstrip()
    return f"{margin}{shown}".rstrip() + f"\n{'|':>7} {' ' * _width(before)}^\n"


def _shown(character: str) -> str:
    return _TAB if character == "\t" else visible(character)


def _width(cells: Iterable[str]) -> int:
    return sum(map(cell_len, cells))


def _fitting(cells: list[str], room: int) -> list[str]:
    """Return the first cells that have room, and the sign that some are left out where there are more."""
    if _width(cells) <= room:
        return cells
    kept: list[str] = []
    used = cell_len(_CUT)
    for cell in cells:
        used += cell_len(cell)
        if used > room:
            break
        kept.append(cell)
    return [*kept, _CUT]

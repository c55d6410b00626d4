"""Where a word stands in its file: prose has no place of its own in the model, only the entry that holds it has."""

import re
from collections.abc import Sequence
from functools import cache

from protocole_cli.loading.files import Chemin
from protocole_cli.loading.source import find_word, source_by_file
from protocole_cli.position import Position

_BLOCK = re.compile(r" *\|[-+0-9]* *(?:#.*)?\Z").match
"""What follows the colon of a text of which each line is a line of the file."""


class WordPlaces:
    """The places of words in the files of a repository."""

    def __init__(self, racine: Chemin) -> None:
        """Read nothing yet."""
        self._source = source_by_file(racine)

    def of(self, entry: Position, key: str, rank: int, word: str) -> Position:
        """Return the place of `word` on line `rank`, from 0, of the text under `key` of the entry that begins at `entry`.

        Cheap: it looks at lines, and composes no YAML. Where the text is written otherwise than under « | », the first line
        of it that holds the word. Where none does, that line, or the text; where the key is not plain to see, the entry.
        """
        lines = self._source(entry.fichier)
        first, indent = entry.ligne - 1, entry.colonne - 1
        found = _after_key(lines, first, indent, key)
        if found is None:
            return entry
        head, start = found
        if _BLOCK(lines[head][start:]):
            line = head + 1 + rank
            return Position(entry.fichier, line + 1, max(find_word("".join(lines[line : line + 1]), word), 0) + 1)
        text = "\n".join(lines[head : _end(lines, head, indent + 1)])
        at = max(find_word(text, word, start), start)
        return Position(entry.fichier, head + 1 + text.count("\n", 0, at), at - text.rfind("\n", 0, at))


def _after_key(lines: Sequence[str], first: int, indent: int, key: str) -> tuple[int, int] | None:
    """Return the line, and the column from 0, of what follows a key of the entry that begins there; `None` where it is not plain to see."""
    begins = (key, f'"{key}', f"'{key}", "{")
    for n in range(first, len(lines)):
        if n > first and indent and _is_outside(lines[n], indent):
            break
        if lines[n].startswith(begins, indent) and (met := _key(key).match(lines[n], indent)):
            return n, met.end()
    return None


@cache
def _key(key: str) -> re.Pattern[str]:
    """Return what finds a key where it begins, or in a mapping between braces that does, before any other brace."""
    return re.compile(rf"(?:\{{(?:[^{{}}]*,)?\s*)?(?:{key}|'{key}'|\"{key}\")\s*:\s*")


def _end(lines: Sequence[str], head: int, indent: int) -> int:
    """Return the line after a text that begins on the line `head` and goes on so far to the right at least."""
    return next((n for n in range(head + 1, len(lines)) if _is_outside(lines[n], indent)), len(lines))


def _is_outside(line: str, indent: int) -> bool:
    """Tell whether something stands on a line, other than a remark, less far to the right."""
    return bool(line[:indent].strip()) and not line.lstrip().startswith("#")

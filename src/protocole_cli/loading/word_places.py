"""Where a word stands in its file: prose has no place of its own in the model, only the entry that holds it has."""

import re
from collections.abc import Sequence
from pathlib import Path

from protocole_cli.loading.source import source_by_file
from protocole_cli.position import Position

_BLOCK = re.compile(r" *\|[-+0-9]* *(?:#.*)?\Z").match
"""What follows the colon of a text of which each line is a line of the file."""


class WordPlaces:
    """The places of words in the files of a repository."""

    def __init__(self, racine: Path) -> None:
        """Read nothing yet."""
        self._source = source_by_file(racine)

    def of(self, entry: Position, key: str, rank: int, word: str) -> Position:
        """Return the place of `word` on line `rank`, from 0, of the text under `key` of the entry that begins at `entry`.

        Cheap: it looks at lines, and composes no YAML. Where the text is written otherwise than under « | », the first line
        of it that holds the word. Where none does, that line, or the text; where the file has changed meanwhile, the entry.
        """
        lines = self._source(entry.fichier)
        first, indent = entry.ligne - 1, entry.colonne - 1
        if lines[first : first + 1] and lines[first][indent : indent + 1] == "{":  # on one line, as a rule
            at = lines[first].find(f"{key}:", indent)
            head, after_key = first, at + len(key) + 1 if at >= 0 else indent
        else:
            head = next((n for n in range(first, len(lines)) if lines[n].startswith(f"{key}:", indent)), len(lines))
            after_key = indent + len(key) + 1
        if head >= len(lines):
            return entry
        if _BLOCK(lines[head][after_key:]):
            line = head + 1 + rank
            found = _first(lines, range(line, min(line + 1, len(lines))), word)
            return Position(entry.fichier, *(found or (line + 1, 1)))
        value = lines[head][after_key:]
        begins = after_key + len(value) - len(value.lstrip())
        found = _first(lines, range(head, _end(lines, head, indent)), word, begins)
        return Position(entry.fichier, *(found or (head + 1, begins + 1)))


def _first(lines: Sequence[str], where: range, word: str, start: int = 0) -> tuple[int, int] | None:
    """Return the line and column, from 1, of a word on some lines, the first from `start` on: as a whole word if it stands there so."""
    for find in (_whole, str.find):
        for line in where:
            column = find(lines[line], word, start if line == where[0] else 0)
            if column >= 0:
                return line + 1, column + 1
    return None


def _whole(line: str, word: str, start: int) -> int:
    """Return where a word stands by itself on a line, -1 where it does not."""
    at = line.find(word, start)
    while at >= 0 and (line[at - 1 : at].isalnum() or line[at + len(word) :][:1].isalnum()):
        at = line.find(word, at + 1)
    return at


def _end(lines: Sequence[str], head: int, indent: int) -> int:
    """Return the line after a text that begins on the line `head`, under a key that stands so far to the right."""
    return next(
        (n for n in range(head + 1, len(lines)) if lines[n].strip() and not lines[n][: indent + 1].isspace()),
        len(lines),
    )

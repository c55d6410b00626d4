"""Where a word stands in its file: prose has no place of its own in the model, only the entry that holds it has."""

import re
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
        from its key on that holds the word; where none does, or the file has changed meanwhile, the entry.
        """
        lines = self._source(entry.fichier)
        first, indent = entry.ligne - 1, entry.colonne - 1
        head = first
        if not lines[first : first + 1] or lines[first][indent : indent + 1] != "{":
            head = next((n for n in range(first, len(lines)) if lines[n].startswith(f"{key}:", indent)), first)
        if head < len(lines) and _BLOCK(lines[head][indent + len(key) + 1 :]):
            head += 1 + rank
            candidates = range(head, min(head + 1, len(lines)))
        else:
            candidates = range(head, len(lines))
        for n in candidates:
            column = lines[n].find(word)
            if column >= 0:
                return Position(entry.fichier, n + 1, column + 1)
        return Position(entry.fichier, head + 1, 1) if head < len(lines) else entry

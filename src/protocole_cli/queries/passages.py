"""Prose cut into paragraphs and list items, free of Markdown's marks, each line remembering where it stood."""

import re

from msgspec import Struct

_MARKED = re.compile(r"[*_\[\\]").search
_MARK = re.compile(
    r"\\([!-/:-@\[-`{-~])"  # an escaped sign: the sign
    r"|\[\^[^\]\s]+\]"  # the call of a note: nothing
    r"|\[([^\]]*)\]\([^)]*\)"  # a link: its words
    r"|\*+|(?<![^\W_])_+|_+(?![^\W_])"  # emphasis: nothing
)
_BEGINS = re.compile(r"\s*(?:[-*+] +|\d{1,9}[.)] +|## +|\[\^[^\]\s]+\]: *)")
"""What begins a list item, a heading, or the text of a note."""


class Line(Struct, frozen=True):
    """A line of a passage: its words, and which line of the text it was, from 0."""

    rank: int
    texte: str


def passages(text: str) -> list[list[Line]]:
    """Return the paragraphs, list items, headings and notes of a prose, in reading order, each as its lines."""
    found: list[list[Line]] = []
    fresh = True
    for rank, written in enumerate(text.split("\n")):
        line = written.strip()
        if not line:
            fresh = True
            continue
        begun = _BEGINS.match(line)
        if begun or fresh:
            found.append([])
        found[-1].append(Line(rank, _plain(line[begun.end() :] if begun else line)))
        fresh = line.startswith("## ")
    return found


def _plain(line: str) -> str:
    if not _MARKED(line):
        return line
    return _MARK.sub(lambda m: m[1] or m[2] or "", line)

"""Plain text within a width: lines break between words, never in one, nor before a sign that belongs to the last."""

import re
from collections.abc import Iterable

WIDEST = 100
"""Longer lines of prose are hard to read."""
_HELD_TO_THE_LAST = frozenset(";:!?»%€–—")
_MARK = re.compile(r" *(?:[-*+] |\d{1,2}[.)] )?")
_NEW_BLOCK = re.compile(r" *(?:[-*+] |\d{1,2}[.)] |## )")


def wrap(text: str, width: int, first: str = "", then: str | None = None) -> list[str]:
    """Return a text on lines of at most `width`, the first after `first`, the others after `then` (spaces by default).

    A word longer than the width has a line of its own.
    """
    margin = " " * len(first) if then is None else then
    line, empty, lines = first, True, []
    for word in _units(text):
        if not empty and len(line) + 1 + len(word) > min(width, WIDEST):
            lines.append(line)
            line, empty = margin, True
        line += word if empty else f" {word}"
        empty = False
    return [*lines, line.rstrip(" ")]


def _units(text: str) -> list[str]:
    """Return the words of a text, each with the signs that French sets apart from it by a space."""
    units: list[str] = []
    for word in text.replace("\n", " ").split(" "):
        if units and (word in _HELD_TO_THE_LAST or word[:1] in (";", ":", "!", "?", "»") or units[-1].endswith("«")):
            units[-1] += f" {word}"
        elif word:
            units.append(word)
    return units


def unwrapped(text: str) -> str:
    """Return prose as written, the lines of each paragraph and list item put together on one."""
    blocks: list[str] = []
    for line in text.strip("\n").split("\n"):
        if blocks and blocks[-1] and line.strip() and not _NEW_BLOCK.match(line):
            blocks[-1] += f" {line.strip()}"
        else:
            blocks.append(line.rstrip())
    return "\n".join(blocks)


def wrap_prose(text: str, width: int, first: str = "") -> list[str]:
    """Return prose wrapped block by block, what belongs to a list item aligned under its text."""
    margin, lines = " " * len(first), list[str]()
    for rank, block in enumerate(unwrapped(text).split("\n")):
        mark = _mark(block)
        before = (margin if rank else first) + mark
        lines += wrap(block[len(mark) :], width, before) if block else [""]
    return lines


def _mark(block: str) -> str:
    match = _MARK.match(block)
    return match.group() if match else ""


def item(mark: str, paragraphs: Iterable[str], width: int) -> list[str]:
    """Return paragraphs beside a mark, all aligned."""
    lines: list[str] = []
    for paragraph in paragraphs:
        lines += wrap_prose(paragraph, width, " " * len(mark) if lines else mark)
    return lines

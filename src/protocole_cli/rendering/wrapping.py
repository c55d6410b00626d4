"""Plain text within a width: lines break between words, never in one, nor before a sign that belongs to the last."""

import re
from collections.abc import Iterable

WIDEST = 100
"""Longer lines of prose are hard to read."""
_SET_APART = re.compile(r" (?=[;:!?»]|[%€–—](?: |\Z))|(?<=«) ")
"""The space by which French sets a sign apart from the word that it belongs to."""
_HELD = "\x00"
"""Stands for such a space while lines are broken: no text holds it."""
_MARK = re.compile(r" *(?:[-*+] |\d{1,2}[.)] )?")
_NEW_BLOCK = re.compile(r" *(?:[-*+] |\d{1,2}[.)] |## )")


def wrap(text: str, width: int, first: str = "", then: str | None = None) -> list[str]:
    """Return a text on lines of at most `width`, the first after `first`, the others after `then` (spaces by default).

    A word longer than the width has a line of its own.
    """
    margin = " " * len(first) if then is None else then
    widest = min(width, WIDEST)
    lines: list[str] = []
    before, line, length = first, list[str](), len(first)
    for word in _units(text):
        longer = length + len(word) + (1 if line else 0)
        if longer > widest and line:
            lines.append(before + " ".join(line))
            before, line, longer = margin, [], len(margin) + len(word)
        line.append(word)
        length = longer
    lines.append((before + " ".join(line)).rstrip(" "))
    return "\n".join(lines).replace(_HELD, " ").split("\n")


def _units(text: str) -> list[str]:
    """Return the words of a text, each with the signs that French sets apart from it by a held space."""
    text = text.replace("\n", " ").strip(" ")
    if "  " in text:
        text = " ".join([word for word in text.split(" ") if word])
    return _SET_APART.sub(_HELD, text).split(" ") if text else []


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

"""The quick reader of prose: subheads, paragraphs and lists without a special character, which most prose is.

What it reads it reads as markdown-it does; a property test holds both together.
"""

import re

from protocole_cli.model.prose import Bloc, Liste, Mots, Paragraphe, Prose, SousTitre

_SPECIAL = re.compile(
    "[\\\\`*_\\[\\]<>|~&\t\r\x0b\x0c\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]"
).search
"""What may mean something to Markdown wherever it stands, and all blanks but the space and the line break."""
_SPECIAL_END = re.compile("(?: {2}|:-|-:)$", re.MULTILINE).search
"""A line break that is asked for, and what draws tables."""
_PLAIN_START = re.compile(r"(?!\d+[.)](?:\s|$))[^\s+=:#-]").match
"""How a line begins that Markdown reads as nothing but text."""
_EMPTY_LINES = re.compile(r"\n{2,}").split


def plain_prose(text: str) -> Prose | None:
    """Read subheads, paragraphs and lists without any special character; `None` for all else."""
    if _SPECIAL(text) or (("  " in text or ":-" in text or "-:" in text) and _SPECIAL_END(text)):
        return None
    blocs: list[Bloc] = []
    stripped = text.strip("\n")
    for chunk in _EMPTY_LINES(stripped) if "\n\n\n" in stripped else stripped.split("\n\n"):
        last = blocs[-1] if blocs else None
        read = _under(last, chunk) if chunk[:1] == " " else _plain_chunk(chunk)
        if read is None:
            return None
        first = read[0]
        if isinstance(last, Liste) and isinstance(first, Liste):
            if chunk[:1] == " ":
                blocs[-1:] = read
            elif last.debut or first.debut:
                return None
            else:  # empty lines between the items of one list
                blocs[-1:] = (Liste(last.elements + first.elements), *read[1:])
        else:
            blocs += read
    return Prose(tuple(blocs))


def _under(last: Bloc | None, chunk: str) -> tuple[Bloc, ...] | None:
    """Read a paragraph that goes on under the last item of a list, and return the list with it."""
    if not isinstance(last, Liste):
        return None
    indent = "  " if last.debut is None else "   "
    *before, item = last.elements
    lines = chunk.split("\n")
    if not isinstance(item[-1], Paragraphe) or not all(line.startswith(indent) for line in lines):
        return None
    paragraph = _plain_paragraph([line[len(indent) :] for line in lines])
    return None if paragraph is None else (Liste((*before, (*item, paragraph)), last.debut),)


def _plain_chunk(chunk: str) -> tuple[Bloc, ...] | None:
    """Read what stands between two empty lines."""
    if chunk.startswith(("- ", "1. ")):
        liste = _plain_list(chunk.split("\n"))
        return None if liste is None else (liste,)
    if chunk.startswith("## "):
        title = chunk[3:].rstrip(" ")
        return (SousTitre((Mots(title),)),) if _PLAIN_START(title) and "\n" not in title and "#" not in title else None
    return _plain_item(chunk.split("\n"))


def _plain_paragraph(lines: list[str]) -> Paragraphe | None:
    return Paragraphe((Mots(_line(lines)),)) if all(map(_PLAIN_START, lines)) else None


def _plain_list(lines: list[str]) -> Liste | None:
    """Read bullets, or numbers that run from 1 to 9; what belongs to an item is aligned under its text."""
    numbered = lines[0][0] == "1"
    items: list[list[str]] = []
    for line in lines:
        marker = f"{len(items) + 1}. " if numbered else "- "
        if not line.startswith((marker, " " * len(marker))) or len(marker) > 3:
            return None
        if line[0] != " ":
            items.append([])
        items[-1].append(line[len(marker) :])
    elements = [_plain_item(item) for item in items]
    return None if None in elements else Liste(tuple(e for e in elements if e), 1 if numbered else None)


def _plain_item(lines: list[str]) -> tuple[Bloc, ...] | None:
    """Read a text, and the list that follows it at once, if any."""
    inner = next((rank for rank, line in enumerate(lines) if rank and line.startswith(("- ", "1. "))), len(lines))
    paragraph = _plain_paragraph(lines[:inner])
    if paragraph is None:
        return None
    if inner == len(lines):
        return (paragraph,)
    under = _plain_list(lines[inner:])
    return None if under is None else (paragraph, under)


def _line(lines: list[str]) -> str:
    return lines[0].rstrip(" ") if len(lines) == 1 else " ".join([line.rstrip(" ") for line in lines])

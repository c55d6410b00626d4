"""The quick reader of prose: paragraphs and flat lists without a special character, which most prose is.

What it reads it reads as markdown-it does; a property test holds both together.
"""

import re

from protocole_cli.model.prose import Bloc, Liste, Mots, Paragraphe, Prose, SousTitre

_SPECIAL = re.compile(r"[\\`*_\[\]<>|~&]|[^\S \n]|(?: {2}|:-|-:)$", re.MULTILINE).search
_PLAIN_START = re.compile(r"(?!\d+[.)](?:\s|$))[^\s+=:#-]").match
"""How a line begins that Markdown reads as nothing but text."""


def plain_prose(text: str) -> Prose | None:
    """Read paragraphs and flat, tight lists without any special character; `None` for all else."""
    if _SPECIAL(text):
        return None
    blocs: list[Bloc] = []
    for chunk in re.split(r"\n{2,}", text.strip("\n")):
        bloc = _plain_block(chunk)
        if bloc is None or (isinstance(bloc, Liste) and blocs and isinstance(blocs[-1], Liste)):
            return None
        blocs.append(bloc)
    return Prose(tuple(blocs))


def _plain_block(chunk: str) -> Bloc | None:
    if chunk.startswith(("- ", "1. ")):
        return _plain_list(chunk.split("\n"))
    if chunk.startswith("## "):
        title = chunk[3:].rstrip(" ")
        return SousTitre((Mots(title),)) if _PLAIN_START(title) and "\n" not in title and "#" not in title else None
    return _plain_paragraph(chunk)


def _plain_paragraph(chunk: str) -> Paragraphe | None:
    lines = chunk.split("\n")
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
    """Read the text of an item, and the list under it, if any."""
    inner = next((rank for rank, line in enumerate(lines) if rank and line.startswith(("- ", "1. "))), len(lines))
    if not all(map(_PLAIN_START, lines[:inner])):
        return None
    paragraph = Paragraphe((Mots(_line(lines[:inner])),))
    if inner == len(lines):
        return (paragraph,)
    under = _plain_list(lines[inner:])
    return None if under is None else (paragraph, under)


def _line(lines: list[str]) -> str:
    return " ".join(line.rstrip(" ") for line in lines)

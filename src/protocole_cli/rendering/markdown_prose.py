"""Prose as GitHub-flavoured Markdown that reads well raw; text in it never becomes markup."""

import re

from protocole_cli.model.prose import Appel, Bloc, Emphase, Inline, Lien, Liste, Mots, Paragraphe, SousTitre
from protocole_cli.rendering.document import DEEPEST_HEADING

_SPECIAL = re.compile(r"[\\`*_\[\]<>|~#&^]")
_WORD_INSIDE = re.compile(r"(?<=\w)\\_(?=\w)")
_LINE_START = re.compile(r"^(\s*)(?:([+=-])(?=[+=\s-]|$)|(\d+)([.)])(?=\s|$))", re.MULTILINE)
_AUTOLINK = re.compile(r"(?i)(?:https?|ftp|mailto|xmpp):|www\.|(?<=[\w.+-])@")


def escape_markdown(text: str) -> str:
    """Return a text that Markdown reads as nothing but that text, a leading sign included."""
    return _escape_line_starts(_escape_signs(text))


def _escape_signs(text: str) -> str:
    escaped = _SPECIAL.sub(lambda m: "\\" + m.group(), text.replace("\n", " "))
    escaped = _WORD_INSIDE.sub("_", escaped)
    return _AUTOLINK.sub(lambda m: m.group().replace(":", "\\:").replace(".", "\\.").replace("@", "\\@"), escaped)


def _escape_line_starts(text: str) -> str:
    """Return a text of which no line begins as a list, a rule or an underline does."""
    return _LINE_START.sub(lambda m: f"{m[1]}{m[3] or ''}\\{m[2] or m[4]}", text)


def markdown_blocs(blocs: tuple[Bloc, ...], niveau: int) -> str:
    """Return blocks that stand under a heading of level `niveau`, a blank line between them."""
    return _together(blocs, niveau, "\n\n")


def _together(blocs: tuple[Bloc, ...], niveau: int, between: str) -> str:
    """Return blocks one under the other, further apart where they would run together."""
    out = ""
    previous: Bloc | None = None
    for bloc in blocs:
        if isinstance(bloc, Liste) and isinstance(previous, Liste):
            out += "\n\n<!-- -->\n\n"  # else Markdown would make one list of two
        elif isinstance(bloc, Liste) and bloc.debut not in (None, 1):
            out += "\n\n"  # only a list that begins with 1 can follow a paragraph without a blank line
        elif previous is not None:
            out += between
        out += _bloc(bloc, niveau)
        previous = bloc
    return out.lstrip("\n")


def _bloc(bloc: Bloc, niveau: int) -> str:
    if isinstance(bloc, Liste):
        loose = any(any(isinstance(b, Paragraphe) for b in element[1:]) for element in bloc.elements)
        numbers = range(bloc.debut or 0, (bloc.debut or 0) + len(bloc.elements))
        items = (
            _element(element, "- " if bloc.debut is None else f"{number}. ", niveau, tight=not loose)
            for number, element in zip(numbers, bloc.elements, strict=True)
        )
        return ("\n\n" if loose else "\n").join(items)
    if isinstance(bloc, SousTitre):
        return f"{'#' * min(niveau + 1, DEEPEST_HEADING)} {_text(bloc.contenu)}"
    return _text(bloc.contenu)


def _element(blocs: tuple[Bloc, ...], marker: str, niveau: int, *, tight: bool) -> str:
    body = _together(blocs, niveau, "\n" if tight else "\n\n")
    indent = " " * len(marker)
    lines = body.split("\n")
    return "\n".join([marker + lines[0], *(indent + line if line else "" for line in lines[1:])])


def _text(inlines: tuple[Inline, ...]) -> str:
    # An exclamation mark before a link would make an image of it.
    return _escape_line_starts("".join(map(_inline, inlines)).replace("![", "\\!["))


def _inline(inline: Inline) -> str:
    if isinstance(inline, Mots):
        return _escape_signs(inline.texte)
    if isinstance(inline, Emphase):
        mark = "**" if inline.forte else "*"
        return f"{mark}{''.join(map(_inline, inline.contenu))}{mark}"
    if isinstance(inline, Lien):
        return f"[{''.join(map(_inline, inline.contenu))}](<{inline.adresse}>)"
    if isinstance(inline, Appel):
        return f"[^{inline.numero}]"
    return "\\\n"

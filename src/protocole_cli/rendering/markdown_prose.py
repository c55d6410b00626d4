"""Prose as GitHub-flavoured Markdown that reads well raw; text in it never becomes markup."""

import re

from protocole_cli.model.prose import Appel, Bloc, Emphase, Inline, Lien, Liste, Mots, Paragraphe, SousTitre

DEEPEST_HEADING = 6
_SPECIAL = re.compile(r"[\\`*_\[\]<>|~#&]")
_WORD_INSIDE = re.compile(r"(?<=\w)\\_(?=\w)")
_LINE_START = re.compile(r"^(\s*)([+=>-]|\d+[.)])(?=\s|$)")
_AUTOLINK = re.compile(r"(?i)\b(https?|ftp|mailto|xmpp):|\bwww\.|(?<=\w)@(?=\w)")


def escape_markdown(text: str) -> str:
    """Return a text that Markdown reads as nothing but that text, a leading sign included."""
    escaped = _SPECIAL.sub(lambda m: "\\" + m.group(), text.replace("\n", " "))
    escaped = _WORD_INSIDE.sub("_", escaped)
    escaped = _AUTOLINK.sub(lambda m: m.group().replace(":", "\\:").replace(".", "\\.").replace("@", "\\@"), escaped)
    return _LINE_START.sub(lambda m: f"{m[1]}{m[2][:-1]}\\{m[2][-1]}", escaped)


def markdown_blocs(blocs: tuple[Bloc, ...], niveau: int) -> str:
    """Return blocks that stand under a heading of level `niveau`, a blank line between them."""
    out: list[str] = []
    previous: Bloc | None = None
    for bloc in blocs:
        if isinstance(bloc, Liste) and isinstance(previous, Liste):
            out.append("<!-- -->")  # else Markdown would make one list of two
        out.append(_bloc(bloc, niveau))
        previous = bloc
    return "\n\n".join(out)


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
    body = ("\n" if tight else "\n\n").join(_bloc(bloc, niveau) for bloc in blocs)
    indent = " " * len(marker)
    lines = body.split("\n")
    return "\n".join([marker + lines[0], *(indent + line if line else "" for line in lines[1:])])


def _text(inlines: tuple[Inline, ...]) -> str:
    return _LINE_START.sub(lambda m: f"{m[1]}{m[2][:-1]}\\{m[2][-1]}", "".join(map(_inline, inlines)))


def _inline(inline: Inline) -> str:
    if isinstance(inline, Mots):
        return escape_markdown(inline.texte) if inline.texte.strip() else inline.texte
    if isinstance(inline, Emphase):
        mark = "**" if inline.forte else "*"
        return f"{mark}{''.join(map(_inline, inline.contenu))}{mark}"
    if isinstance(inline, Lien):
        return f"[{''.join(map(_inline, inline.contenu))}](<{inline.adresse}>)"
    if isinstance(inline, Appel):
        return f"[^{inline.numero}]"
    return "\\\n"

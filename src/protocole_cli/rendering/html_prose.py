"""Prose as HTML: every text escaped, acronyms explained, the levels of headings those of the page."""

import re
from collections.abc import Mapping
from html import escape

from markupsafe import Markup

from protocole_cli.model.prose import Appel, Bloc, Emphase, Inline, Lien, Liste, Mots, Paragraphe, SousTitre
from protocole_cli.rendering.document import DEEPEST_HEADING


class HtmlProse:
    """Turns blocks into HTML, with a glossary: acronym → what it stands for."""

    def __init__(self, sigles: Mapping[str, str]) -> None:
        """Keep the glossary as the openings of elements, which lack the place in the way of the keyboard."""
        self._called: set[int] = set()
        self._explained: set[str] = set()
        self._sigles = {escape(s, quote=False): f'<abbr title="{escape(d)}" tabindex=' for s, d in sigles.items()}
        longest_first = sorted(map(re.escape, self._sigles), key=len, reverse=True)
        # What precedes is looked at afterwards: a pattern that begins with letters is found at the speed of C.
        self._find = re.compile(f"(?:{'|'.join(longest_first) or '(?!)'})(?!-*\\w)")

    def blocs(self, blocs: tuple[Bloc, ...], niveau: int) -> Markup:
        """Return blocks that stand under a heading of level `niveau`.

        Each acronym can be tapped, which shows what it stands for; the first of its kind here is also on the keyboard's way.
        """
        self._explained.clear()
        return Markup("\n".join([self._bloc(bloc, niveau) for bloc in blocs]))  # noqa: S704 (all text in it is escaped)

    def _bloc(self, bloc: Bloc, niveau: int) -> str:
        if isinstance(bloc, Liste):
            tag = "ul" if bloc.debut is None else "ol"
            start = f' start="{bloc.debut}"' if bloc.debut not in (None, 1) else ""
            items = "\n".join([f"<li>{self._element(element, niveau)}</li>" for element in bloc.elements])
            return f"<{tag}{start}>\n{items}\n</{tag}>"
        if isinstance(bloc, SousTitre):
            level = min(niveau + 1, DEEPEST_HEADING)
            return f'<h{level} class="intertitre">{self._inlines(bloc.contenu)}</h{level}>'
        return f"<p>{self._inlines(bloc.contenu)}</p>"

    def _element(self, blocs: tuple[Bloc, ...], niveau: int) -> str:
        """Return a list item: its only or first paragraph needs no element of its own."""
        first, rest = (blocs[0], blocs[1:]) if blocs else (None, ())
        if not isinstance(first, Paragraphe):
            return "\n".join([self._bloc(bloc, niveau) for bloc in blocs])
        opening = self._inlines(first.contenu)
        if not rest:
            return opening
        if any(isinstance(bloc, Paragraphe) for bloc in rest):
            opening = f"<p>{opening}</p>"
        return "\n".join((opening, *(self._bloc(bloc, niveau) for bloc in rest)))

    def _inlines(self, inlines: tuple[Inline, ...]) -> str:
        return self._inline(inlines[0]) if len(inlines) == 1 else "".join(map(self._inline, inlines))

    def _inline(self, inline: Inline) -> str:
        if isinstance(inline, Mots):
            return self._mots(inline.texte)
        if isinstance(inline, Emphase):
            tag = "strong" if inline.forte else "em"
            return f"<{tag}>{self._inlines(inline.contenu)}</{tag}>"
        if isinstance(inline, Lien):
            return f'<a href="{escape(inline.adresse)}" rel="noreferrer">{self._inlines(inline.contenu)}</a>'
        if isinstance(inline, Appel):
            n = inline.numero
            anchor = "" if n in self._called else f' id="appel-{n}"'
            self._called.add(n)
            return f'<sup><a href="#note-{n}"{anchor} role="doc-noteref" aria-label="Note {n}">{n}</a></sup>'
        return "<br>"

    def _mots(self, texte: str) -> str:
        return self._find.sub(self._abbr, escape(texte, quote=False))

    def _abbr(self, match: re.Match[str]) -> str:
        sigle, start = match.group(), match.start()
        inside_word = start and (match.string[start - 1].isalnum() or match.string[start - 1] == "_")
        if inside_word:
            return sigle
        if sigle in self._explained:
            return f'{self._sigles[sigle]}"-1">{sigle}</abbr>'
        self._explained.add(sigle)
        return f'{self._sigles[sigle]}"0">{sigle}</abbr>'

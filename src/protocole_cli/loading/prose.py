"""Markdown → the tree of prose, and what in it is not admitted.

Prose is CommonMark's paragraphs, lists, emphasis, one level of subheads, notes `[^n]`, and links to https: or
mailto:. plain_prose reads most of it, markdown-it the rest; both give the same tree.
"""

import re
from functools import cache
from typing import TYPE_CHECKING

from msgspec import Struct

from protocole_cli.language import cited
from protocole_cli.loading.plain_prose import plain_prose
from protocole_cli.loading.prose_scan import may_be_refused
from protocole_cli.model.prose import (
    Appel,
    Bloc,
    Emphase,
    Inline,
    Lien,
    Liste,
    Mots,
    Paragraphe,
    Prose,
    Saut,
    SousTitre,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode

NIVEAU_SOUS_TITRE = 2
"""Subheads are written `## …`."""

NIVEAUX_DE_LISTE = 5
"""How deep lists may stand in each other; what is deeper than the parser goes would be lost without a word."""


_NOTE_TEXT = re.compile(r"^(?:[^\S\n]|[\d.)>+*-])*\[\^([^\]\s]+)\]:", re.MULTILINE)
_NOTE_CALL = re.compile(r"(?<!\\)\[\^([^\]\s]+)\](?!:)")


class ProseFault(Struct, frozen=True):
    """Something in prose that is not admitted: its line, from 0 within the prose, how it is written, and the words for it."""

    ligne: int
    extrait: str
    message: str
    aide: str


class Parsed(Struct, frozen=True):
    """The tree of a prose, and what was refused in it."""

    prose: Prose
    faults: tuple[ProseFault, ...] = ()


@cache
def parse_prose(text: str) -> Prose:
    """Return the tree of a Markdown text; what is not admitted stands in it as the text that it is.

    Kept, since the fingerprint and the document read the same texts.
    """
    return plain_prose(text) or check_prose(text).prose


def prose_faults(text: str) -> tuple[ProseFault, ...]:
    """Return all that is not admitted in a Markdown text; plain ones cost a scan."""
    if not may_be_refused(text) or plain_prose(text) is not None:
        return ()
    return check_prose(text).faults


def check_prose(text: str) -> Parsed:
    """Return the tree of a Markdown text with all that is not admitted in it."""
    return _Reader(text).read()


@cache
def _markdown() -> "MarkdownIt":
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin

    parser = MarkdownIt("commonmark").enable("table").disable("entity")
    parser.validateLink = _any_address  # type: ignore[method-assign]
    return parser.use(footnote_plugin, inline=False)


def _any_address(url: str) -> bool:  # noqa: ARG001 (markdown-it passes it by name)
    """Take every address for one: those that are not admitted are seen, and refused with a message."""
    return True


class _Reader:
    """One reading of a text: the notes and faults met so far."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = text.split("\n")
        self.faults: list[ProseFault] = []
        self.notes: list[tuple[Bloc, ...]] = []
        self.depth = 0

    def read(self) -> Parsed:
        from markdown_it.tree import SyntaxTreeNode

        environment: dict[str, dict[str, dict[str, list[int]]]] = {}
        try:
            tree = SyntaxTreeNode(_markdown().parse(self.text, environment))
        except ValueError:  # a note inside a list inside a note, which the parser does not close
            self._refuse(0, "", "Une note se trouve ici à l’intérieur d’une liste ou d’une autre note.", _NOTE)
            return Parsed(Prose((Paragraphe((Mots(" ".join(self.text.split())),)),)), tuple(self.faults))
        for name, reference in environment.get("references", {}).items():
            message = f"Une adresse est définie à part, sous le nom « {cited(name.lower())} »."
            self._refuse(reference["map"][0], f"[{name}]:", message, _LIEN)
        children = [c for c in tree.children if c.type != "footnote_block"]
        blocs = self._blocks(children)
        for block in tree.children:
            if block.type == "footnote_block":
                self.notes += [self._blocks(note.children) for note in block.children]
        self._refuse_notes_without_text()
        return Parsed(Prose(blocs, tuple(self.notes)), tuple(self.faults))

    def _refuse_notes_without_text(self) -> None:
        texts, calls = self._lines_of(_NOTE_TEXT), self._lines_of(_NOTE_CALL)
        for name in sorted(texts):
            if len(texts[name]) > 1:
                message = f"La note « [^{cited(name)}] » a plusieurs textes."
                self._refuse(texts[name][0], f"[^{name}]:", message, _NOTE)
        for name, lines in calls.items():
            if name not in texts:
                shown = cited(name)
                self._refuse(
                    lines[0],
                    f"[^{name}]",
                    f"La note « [^{shown}] » est appelée, mais son texte manque.",
                    f"Ajoutez à la fin, après une ligne vide : [^{shown}]: le texte de la note.",
                )
        for name in sorted(texts.keys() - calls.keys()):
            shown = cited(name)
            self._refuse(
                texts[name][0],
                f"[^{name}]:",
                f"La note « [^{shown}] » n’est appelée nulle part dans ce texte : elle ne serait pas imprimée.",
                f"Placez « [^{shown}] » à l’endroit de l’appel, ou supprimez la note.",
            )

    def _lines_of(self, notes: re.Pattern[str]) -> dict[str, list[int]]:
        """Return the lines where each note is met, by its name, both in the order of the text."""
        found: dict[str, list[int]] = {}
        line = end = 0
        for note in notes.finditer(self.text):
            line += self.text.count("\n", end, note.start(1))
            end = note.start(1)
            found.setdefault(note[1], []).append(line)
        return found

    def _blocks(self, nodes: "Sequence[SyntaxTreeNode]") -> tuple[Bloc, ...]:
        return tuple(bloc for node in nodes if (bloc := self._block(node)) is not None)

    def _block(self, node: "SyntaxTreeNode") -> Bloc | None:
        line = node.map[0] if node.map else 0
        if node.type == "paragraph":
            return Paragraphe(self._inlines(node.children[0].children, line))
        if node.type in ("bullet_list", "ordered_list"):
            return self._list(node, line)
        if node.type == "heading":
            if node.tag != f"h{NIVEAU_SOUS_TITRE}" or node.markup != "##":
                message = "Un intertitre s’écrit ici avec un autre signe que « ## »."
                self._refuse(line, self.lines[line], message, _INTERTITRE)
            return SousTitre(self._inlines(node.children[0].children, line))
        if node.type == "footnote_anchor":
            return None
        name, aide = _REFUSED_BLOCKS.get(node.type, ("Une mise en forme de ce genre n’est pas admise", _TEXTE_SEUL))
        self._refuse(line, self.lines[line], f"{name} ici.", aide)
        end = node.map[1] if node.map else line + 1
        return Paragraphe((Mots(" ".join("\n".join(self.lines[line:end]).split())),))

    def _list(self, node: "SyntaxTreeNode", line: int) -> Liste:
        if self.depth == NIVEAUX_DE_LISTE:
            message = f"Les listes s’emboîtent ici sur plus de {NIVEAUX_DE_LISTE} niveaux."
            self._refuse(
                line, self.lines[line], message, "Ramenez-les à deux ou trois niveaux, ou faites-en des paragraphes."
            )
        self.depth += 1
        debut = int(node.attrs.get("start", 1)) if node.type == "ordered_list" else None
        elements = tuple(self._blocks(item.children) for item in node.children)
        self.depth -= 1
        return Liste(elements, debut)

    def _inlines(self, nodes: "Sequence[SyntaxTreeNode]", line: int) -> tuple[Inline, ...]:
        found: list[Inline] = []
        for node in nodes:
            if node.type == "softbreak":
                line += 1
                found.append(Mots(" "))
            elif node.type == "hardbreak":
                line += 1
                found.append(Saut())
            elif node.type in ("text", "text_special"):
                found.append(Mots(node.content))
            elif node.type in ("em", "strong"):
                found.append(Emphase(self._inlines(node.children, line), forte=node.type == "strong"))
            elif node.type == "footnote_ref":
                found.append(Appel(int(node.meta["id"]) + 1))
            elif node.type == "link":
                found += self._link(node, line)
            else:
                found.append(self._refused_inline(node, line))
        return _joined(found)

    def _link(self, node: "SyntaxTreeNode", line: int) -> list[Inline]:
        address = str(node.attrs.get("href", ""))
        content = self._inlines(node.children, line)
        if title := str(node.attrs.get("title", "")):
            self._refuse(line, title, f"Le titre « {cited(title)} » d’un lien ne serait pas imprimé.", _LIEN)
        if re.match(r"(https://|mailto:)[^\s]+\Z", address):
            return [Lien(content, address)]
        self._refuse(line, address, f"L’adresse « {cited(address)} » n’est pas admise.", _LIEN)
        return list(content)

    def _refused_inline(self, node: "SyntaxTreeNode", line: int) -> Mots:
        name, aide = _REFUSED_INLINES.get(node.type, ("Une mise en forme de ce genre n’est pas admise", _TEXTE_SEUL))
        written = node.content
        if node.type == "image":
            written = f"![{node.content}]({node.attrs.get('src', '')})"
        elif node.type == "code_inline":
            written = f"{node.markup}{node.content}{node.markup}"
        self._refuse(line, written, f"{name} ici.", aide)
        return Mots(written)

    def _refuse(self, line: int, extrait: str, message: str, aide: str) -> None:
        self.faults.append(ProseFault(line, extrait.partition("\n")[0], message, aide))


_TEXTE_SEUL = "Gardez le texte seul."
_HTML = "Écrivez le texte seul ; pour un « < » qui fait partie du texte, écrivez « \\< »."
_CODE = "Enlevez les accents graves, et les retraits de quatre espaces ou plus."
_TABLEAU = "Écrivez une liste : une ligne par élément, précédée de « - »."
_INTERTITRE = "Commencez la ligne par « ## » et une espace ; pour un « # » ou des tirets qui font partie du texte, mettez « \\ » devant."
_NOTE = "Placez le texte de chaque note à la fin, seul, après une ligne vide : [^1]: le texte de la note."
_LIEN = "Écrivez [texte](https://…) ou [texte](mailto:…)."
_REFUSED_BLOCKS = {
    "html_block": ("Un passage en HTML n’est pas admis", _HTML),
    "code_block": ("Un bloc de code (un texte en retrait de quatre espaces) n’est pas admis", _CODE),
    "fence": ("Un bloc de code n’est pas admis", _CODE),
    "table": ("Un tableau n’est pas admis", _TABLEAU),
    "hr": (
        "Un trait de séparation n’est pas admis",
        "Supprimez-le, ou mettez « \\ » devant les tirets qui font partie du texte.",
    ),
    "blockquote": (
        "Un bloc de citation (« > » en début de ligne) n’est pas admis",
        "Mettez les mots cités entre guillemets, sans « > ».",
    ),
}
_REFUSED_INLINES = {
    "html_inline": ("Un passage en HTML n’est pas admis", _HTML),
    "code_inline": ("Un passage entre accents graves n’est pas admis", _CODE),
    "image": ("Une image n’est pas admise", "Le protocole signé est un texte : décrivez l’image en mots."),
}


def _joined(found: list[Inline]) -> tuple[Inline, ...]:
    """Join neighbouring runs of text, and trim the blanks that stand at line ends of the source."""
    joined: list[Inline] = []
    for inline in found:
        if isinstance(inline, Mots) and joined and isinstance(joined[-1], Mots):
            joined[-1] = Mots(joined[-1].texte + inline.texte)
        elif not (isinstance(inline, Mots) and not inline.texte):
            joined.append(inline)
    return tuple(joined)

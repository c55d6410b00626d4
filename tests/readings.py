"""The document as those who read an output get it: its contents, its blocks of words, its notes, each in reading order.

Markdown is read with markdown-it, HTML as a browser parses it, the PDF by its tags as a screen reader does, the Word file
by its paragraphs. A block is a heading or a paragraph, of a list, of a cell or not; a table whose headers stand above is read
column by column. The cover, the headers and the feet of pages are left out, as are the numbers
that call notes.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from html.parser import HTMLParser
from typing import Any, NamedTuple
from xml.etree import ElementTree as ET

import pikepdf
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from pikepdf import Array, Dictionary

from protocole_cli.model.prose import Bloc, Emphase, Inline, Lien, Liste, Mots, Saut
from protocole_cli.rendering.document import Document, Section

Words = tuple[str, ...]


class Reading(NamedTuple):
    """The words of each entry of the contents, of each block and of each block of a note."""

    sommaire: list[Words]
    blocs: list[Words]
    notes: list[Words]


def _words(text: str) -> Words:
    return tuple(re.findall(r"\w+", text))


def _reading(sommaire: Iterable[str], blocs: Iterable[str], notes: Iterable[str]) -> Reading:
    """Return a reading, blocks without a word left out."""
    return Reading(*([words for text in texts if (words := _words(text))] for texts in (sommaire, blocs, notes)))


# The structure that all outputs come from


def expected(document: Document) -> Reading:
    """Return what every output of a document shall carry."""
    sections = list(_walk(document.sections))
    return _reading(
        map(_name, document.contents()),
        (text for section in document.sections for text in _section(section)),
        (text for section in sections for note in section.notes for text in _prose(note.blocs)),
    )


def _walk(sections: tuple[Section, ...]) -> Iterator[Section]:
    for section in sections:
        yield section
        yield from _walk(section.sections)


def _name(section: Section) -> str:
    return f"{section.surtitre} {section.titre}"


def _section(section: Section) -> Iterator[str]:
    yield _name(section)
    yield from _prose(section.blocs)
    for rangee in section.signatures:
        yield from (text for bloc in rangee for text in (f"{bloc.pour} {bloc.qualite}", bloc.nom))
    for part in section.sections:
        yield from _section(part)
    yield from _prose(section.conclusion)


def _prose(blocs: tuple[Bloc, ...]) -> Iterator[str]:
    for bloc in blocs:
        if isinstance(bloc, Liste):
            yield from (text for element in bloc.elements for text in _prose(element))
        else:
            yield "".join(map(_inline, bloc.contenu))


def _inline(inline: Inline) -> str:
    if isinstance(inline, Mots):
        return inline.texte
    if isinstance(inline, (Emphase, Lien)):
        return "".join(map(_inline, inline.contenu))
    return "\n" if isinstance(inline, Saut) else ""


# Markdown


def read_markdown(text: str) -> Reading:
    """Return what a reader of CommonMark with tables and notes gets."""
    parser = MarkdownIt("commonmark").enable("table").use(footnote_plugin, inline=False)
    tokens = parser.parse(text)
    start = next(i for i, token in enumerate(tokens) if token.content == "Sommaire")
    closed = (i for i, token in enumerate(tokens) if token.type == "bullet_list_close" and not token.level)
    begin = next(i for i in closed if i > start)
    end = next(i for i, token in enumerate(tokens) if token.type == "hr")
    notes = next((i for i, token in enumerate(tokens) if token.type == "footnote_block_open"), len(tokens))
    return _reading(
        _markdown_blocks(tokens[start + 1 : begin]),
        _markdown_blocks(tokens[begin:end]),
        _markdown_blocks(tokens[notes:]),
    )


def _markdown_blocks(tokens: list[Token]) -> Iterator[str]:
    cells: list[tuple[int, str]] = []
    within = ""
    for token in tokens:
        if token.type in ("tr_open", "tr_close"):
            within = "tr" if token.type == "tr_open" else ""
            column = 0
        elif token.type == "table_close":
            yield from _by_column(cells)
            cells = []
        elif token.type == "inline" and within:
            cells.append((column, _markdown_inline(token)))
            column += 1
        elif token.type == "inline":
            yield _markdown_inline(token)


def _markdown_inline(token: Token) -> str:
    return "".join(
        "\n" if "break" in child.type else child.content
        for child in token.children or ()
        if child.type != "html_inline"
    )


def _by_column(cells: list[tuple[int, str]]) -> Iterator[str]:
    for column in sorted({column for column, _ in cells}):
        yield from (text for at, text in cells if at == column)


# HTML


class _Page(HTMLParser):
    """A page: the text of each block, with the landmark that it stands in."""

    BLOCKS = frozenset({"p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "ol", "ul", "section", "main", "nav"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.cells: list[tuple[int, str]] = []
        self.roles: list[str] = []
        self.landmarks: list[tuple[str, str]] = []
        self.text = ""
        self.column = 0
        self.silent = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "br":
            self.text += "\n"
        if self.silent or tag == "svg" or values.get("role") in ("doc-noteref", "doc-backlink"):
            self.silent += 1
        if tag in ("nav", "main"):
            self._end_block()
            self.landmarks.append((tag, tag))
        elif tag == "section":
            self._end_block()
            self.landmarks.append((tag, "notes" if values.get("role") == "doc-endnotes" else self.landmarks[-1][1]))
        elif tag == "div":
            self._end_block()
            self.roles.append(values.get("role") or "")
            if self.roles[-1] == "row":
                self.column = 0
        elif tag in self.BLOCKS:
            self._end_block()

    def handle_endtag(self, tag: str) -> None:
        self.silent -= bool(self.silent)
        role = self.roles.pop() if tag == "div" else ""
        if role in ("columnheader", "cell"):
            self.cells.append((self.column, self.text))
            self.column += 1
            self.text = ""
        elif role == "table":
            self.found += (("main", text) for text in _by_column(self.cells))
            self.cells = []
        elif tag in self.BLOCKS:
            self._end_block()
        if self.landmarks and self.landmarks[-1][0] == tag:
            self.landmarks.pop()

    def handle_data(self, data: str) -> None:
        if self.landmarks and not self.silent:
            self.text += data

    def _end_block(self) -> None:
        if self.landmarks:
            self.found.append((self.landmarks[-1][1], self.text))
        self.text = ""


def read_html(text: str) -> Reading:
    """Return what a browser shows, in the order of the page."""
    found = _Page(text).found
    sommaire = [text for landmark, text in found if landmark == "nav"]
    begin = next(rank for rank, text in enumerate(sommaire) if _words(text) == ("Sommaire",))
    return _reading(
        sommaire[begin + 1 :], *([t for landmark, t in found if landmark == name] for name in ("main", "notes"))
    )


# PDF


def read_pdf(pdf: bytes) -> Reading:
    """Return what a program that reads a PDF aloud gets from its tags; drawings and numbers of lists are left out."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        tags = _Tags({page.obj.objgen[0]: _marked_text(page) for page in document.pages})
        tags.read(document.Root.StructTreeRoot)
    begin = next(i for i, text in enumerate(tags.found) if _words(text) == ("Sommaire",))
    listed = (re.sub(r"\d+\s*$", "", text) for text in tags.listed)
    return _reading(listed, tags.found[begin + 1 :], (text for note in tags.notes for text in note))


Contents = dict[int | None, dict[int, str]]
"""Of each page the text of each marked content."""
PDF_BLOCKS = frozenset({"P", "Title", "LBody", "TH", "TD", "TOCI", *(f"H{level}" for level in range(1, 7))})
PDF_INLINE = frozenset({"Span", "Strong", "Em", "Link"})
PDF_SILENT = frozenset({"Lbl", "Figure"})


def _children(element: pikepdf.Object) -> list[pikepdf.Object]:
    below = element.get("/K", Array())
    return list(below) if isinstance(below, Array) else [below]


class _Tags:
    """A reading of the tags of a PDF: its blocks, those of its contents, and those of each note."""

    def __init__(self, contents: Contents) -> None:
        self.contents = contents
        self.found: list[str] = []
        self.listed: list[str] = []
        self.notes: list[list[str]] = []
        self.text = ""

    def read(self, element: pikepdf.Object, page: int | None = None) -> None:
        """Read what stands below an element, on a page unless it says another."""
        page = _page(element, page)
        for child in _children(element):
            if not isinstance(child, Dictionary):
                self.text += self.contents[page][int(child)] + "\n"
            elif "/MCID" in child:
                self.text += self.contents[_page(child, page)][int(child.MCID)] + "\n"
            elif "/S" in child:
                self._element(child, page)

    def _element(self, element: pikepdf.Object, page: int | None) -> None:
        tag = str(element.S).removeprefix("/")
        if tag == "Note":  # it stands within the sentence that calls it
            before = self.found, self.text
            self.found, self.text = [], ""
            self.notes.append(self.found)
            self.read(element, page)
            self._end_block()
            self.found, self.text = before
        elif tag in PDF_BLOCKS:
            self._end_block()
            self.read(element, page)
            self._end_block()
            if tag == "TOCI":
                self.listed.append(self.found.pop())
        elif tag in PDF_INLINE:
            text, self.text = self.text, ""
            self.read(element, page)
            self.text = text.removesuffix("\n") + self.text.removesuffix("\n")
        elif tag not in PDF_SILENT:
            self.read(element, page)

    def _end_block(self) -> None:
        if self.text:
            self.found.append(self.text)
        self.text = ""


def _page(element: pikepdf.Object, otherwise: int | None) -> int | None:
    return int(element.Pg.objgen[0]) if "/Pg" in element else otherwise


def _marked_text(page: pikepdf.Page) -> dict[int, str]:
    """Return the text of each marked content of a page."""
    fonts = {str(name): _characters(font) for name, font in page.obj.Resources.get("/Font", Dictionary()).items()}
    found: dict[int, str] = {}
    marks: list[int | None] = []
    font: dict[bytes, str] = {}
    for instruction in pikepdf.parse_content_stream(page):
        operands, name = instruction.operands, str(instruction.operator)
        if name in ("BDC", "BMC"):
            properties = operands[1] if name == "BDC" else Dictionary()
            marks.append(int(properties.MCID) if "/MCID" in properties else marks[-1] if marks else None)
        elif name == "EMC":
            marks.pop()
        elif name == "Tf":
            font = fonts[str(operands[0])]
        elif name in ("Tj", "TJ") and marks and marks[-1] is not None:
            strings = (
                [operands[0]] if name == "Tj" else [part for part in operands[0] if isinstance(part, pikepdf.String)]
            )
            codes = b"".join(map(bytes, strings))
            text = "".join(font[codes[i : i + 2]] for i in range(0, len(codes), 2))
            found[marks[-1]] = found.get(marks[-1], "") + text
    return found


def _characters(font: pikepdf.Object) -> dict[bytes, str]:
    """Return which characters each code of a font stands for."""
    pairs = re.findall(rb"<([0-9A-F]{4})> <([0-9A-F]+)>", font.ToUnicode.read_bytes())
    return {bytes.fromhex(code.decode()): bytes.fromhex(to.decode()).decode("utf-16-be") for code, to in pairs}


# Word

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def read_docx(docx: bytes) -> Reading:
    """Return the paragraphs of a Word file, and those of its notes."""
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        body, notes = (
            ET.fromstring(package.read(f"word/{name}.xml"))  # noqa: S314 (our own)
            for name in ("document", "footnotes")
        )
    paragraphs = [(_style(p), _text(p)) for element in body[0] for p in _in_reading_order(element)]
    begin = next(i for i, (style, _) in enumerate(paragraphs) if style == "TOCHeading")
    listed = [text for style, text in paragraphs if re.fullmatch(r"TOC\d", style)]
    written = [note for note in notes if note.get(f"{W}type") is None]
    return _reading(
        listed,
        (text for _, text in paragraphs[begin + 1 + len(listed) :]),
        (_text(p) for note in written for p in note.iter(f"{W}p")),
    )


def _in_reading_order(element: ET.Element) -> Iterator[ET.Element]:
    """Yield the paragraphs of an element; one whose headers stand above is read column by column."""
    look = element.find(f"{W}tblPr/{W}tblLook")
    if look is None or look.get(f"{W}firstRow") == "0":
        yield from element.iter(f"{W}p")
        return
    columns = zip(*(row.findall(f"{W}tc") for row in element.findall(f"{W}tr")), strict=True)
    yield from (paragraph for column in columns for cell in column for paragraph in cell.iter(f"{W}p"))


def _style(paragraph: ET.Element) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if style is None else style.get(f"{W}val", "")


def _run_style(run: ET.Element) -> str:
    style = run.find(f"{W}rPr/{W}rStyle")
    return "" if style is None else style.get(f"{W}val", "")


def _text(paragraph: ET.Element) -> str:
    """Return the words of a paragraph; the numbers of pages, which fields show, and of notes are none."""
    text, depth, silent = "", 0, False
    for element in paragraph.iter():
        if element.tag == f"{W}fldChar":
            depth += {"begin": 1, "end": -1}.get(element.get(f"{W}fldCharType", ""), 0)
        elif element.tag == f"{W}r":
            silent = bool(depth) or _run_style(element) == "FootnoteReference"
        elif element.tag in (f"{W}br", f"{W}tab"):
            text += "\n"
        elif element.tag == f"{W}t" and not silent:
            text += element.text or ""
    return text


READERS: dict[str, Callable[[Any], Reading]] = {
    "html": read_html,
    "md": read_markdown,
    "pdf": read_pdf,
    "docx": read_docx,
}
"""Of each format of the document what its readers get."""

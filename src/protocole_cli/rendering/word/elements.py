"""The elements of WordprocessingML that the document is made of: runs, paragraphs, fields, cells."""

from collections.abc import Iterable
from typing import Literal

from docx.oxml.ns import nsmap, qn
from docx.oxml.parser import OxmlElement, parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement

from protocole_cli.rendering.neutral import visible

Element = BaseOxmlElement
NAMESPACES = {"w": nsmap["w"], "r": nsmap["r"]}
Headers = Literal["firstRow", "firstColumn"]
LOOK = {"firstRow": 0, "lastRow": 0, "firstColumn": 0, "lastColumn": 0, "noHBand": 1, "noVBand": 1}
WIDTH = 9638
"""The width of the text, 170 mm, in twentieths of a point."""


def w(tag: str, *children: Element, **attributes: str | int) -> Element:
    """Return an element, its attributes in the same namespace."""
    attrs = {qn(f"w:{name}"): str(value) for name, value in attributes.items()}
    element: Element = OxmlElement(f"w:{tag}", attrs=attrs)
    element.extend(children)
    return element


def root(tag: str, *children: Element) -> Element:
    """Return the root of a part."""
    element: Element = OxmlElement(f"w:{tag}", nsdecls=NAMESPACES)
    element.extend(children)
    return element


def parsed(xml: str, tag: str) -> Element:
    """Return the root of a part that a text holds; raises `ValueError` where it holds no such part."""
    if "<!DOCTYPE" in xml:  # a declaration may be endless, and what it defines would be written undefined
        raise ValueError(tag)
    try:
        element = parse_xml(xml.encode())
    except SyntaxError as error:  # as lxml's own errors are
        raise ValueError(str(error)) from error
    if element.tag != qn(f"w:{tag}"):
        raise ValueError(element.tag)
    return element


def run(*content: Element, style: str = "", bold: bool = False, italic: bool = False) -> Element:
    """Return a run with a character style."""
    properties = w("rPr")
    if style:
        properties.append(w("rStyle", val=style))
    if bold:
        properties.append(w("b"))
    if italic:
        properties.append(w("i"))
    return w("r", *([properties] if len(properties) else []), *content)


def text(words: str) -> Element:
    """Return a text in which nothing acts on those who read it."""
    element = w("t")
    element.text = visible(words)
    element.set(qn("xml:space"), "preserve")
    return element


def plain(words: str, style: str = "", *, bold: bool = False, italic: bool = False) -> Element:
    """Return a run of text."""
    return run(text(words), style=style, bold=bold, italic=italic)


def tab() -> Element:
    """Return the run that goes to the next stop."""
    return run(w("tab"))


def field(instruction: str, shown: str, style: str = "") -> list[Element]:
    """Return the runs of a field, which Word works out, with what it shows until then."""
    code = w("instrText")
    code.text = f" {instruction} "
    code.set(qn("xml:space"), "preserve")
    begin, separate, end = (run(w("fldChar", fldCharType=kind)) for kind in ("begin", "separate", "end"))
    return [begin, run(code), separate, plain(shown, style), end]


def paragraph(style: str, content: Iterable[Element], *properties: Element) -> Element:
    """Return a paragraph of a style; further properties come in the order of the standard."""
    return w("p", w("pPr", w("pStyle", val=style), *properties), *content)


def bookmark(name: str, rank: int, *content: Element) -> list[Element]:
    """Return content that can be referred to by a name; `rank` is unique in the document."""
    return [w("bookmarkStart", id=rank, name=name), *content, w("bookmarkEnd", id=rank)]


def table(
    style: str, columns: tuple[int, ...], described: str, rows: Iterable[Element], *, headers: Headers
) -> Element:
    """Return a table with its headers where it is said; `described` is for those who cannot see it."""
    return w(
        "tbl",
        w(
            "tblPr",
            w("tblStyle", val=style),
            w("tblW", w=sum(columns), type="dxa"),
            w("tblLayout", type="fixed"),
            w("tblLook", **(LOOK | {headers: 1})),
            w("tblCaption", val=visible(described)),
        ),
        w("tblGrid", *(w("gridCol", w=width) for width in columns)),
        *rows,
    )


def cell(width: int, content: Iterable[Element], *properties: Element) -> Element:
    """Return a cell; it holds one paragraph at least."""
    blocks = list(content) or [paragraph("Normal", ())]
    return w("tc", w("tcPr", w("tcW", w=width, type="dxa"), *properties), *blocks)

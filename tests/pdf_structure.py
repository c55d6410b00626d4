"""A PDF as a program that reads it aloud sees it: its elements in order, with their names."""

import io
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf))


def children(element: pikepdf.Object) -> list[pikepdf.Object]:
    below = element.get("/K", Array())
    return [child for child in (below if isinstance(below, Array) else [below]) if isinstance(child, Dictionary)]


def elements(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Yield the elements below one, in reading order."""
    for child in children(element):
        if "/S" in child:
            yield child
            yield from elements(child)


def tag(element: pikepdf.Object) -> str:
    return str(element.S).removeprefix("/")


def tagged(pdf: pikepdf.Pdf, *tags: str) -> list[pikepdf.Object]:
    return [element for element in elements(pdf.Root.StructTreeRoot) if tag(element) in tags]


def skeleton(pdf: bytes) -> list[str]:
    """Return the tags of all elements, in reading order."""
    with opened(pdf) as document:
        return [tag(element) for element in elements(document.Root.StructTreeRoot)]


def headings(pdf: bytes) -> list[tuple[int, str]]:
    """Return the level and the words of each heading."""
    with opened(pdf) as document:
        found = tagged(document, *(f"H{level}" for level in range(1, 7)))
        return [(int(tag(element)[1:]), str(element.get("/T", ""))) for element in found]


def bookmarks(pdf: bytes) -> list[tuple[int, str]]:
    """Return the depth and the title of each bookmark."""

    def walk(items: list[pikepdf.OutlineItem], depth: int) -> Iterator[tuple[int, str]]:
        for item in items:
            yield depth, item.title
            yield from walk(list(item.children), depth + 1)

    with opened(pdf) as document, document.open_outline() as outline:
        return list(walk(list(outline.root), 1))

"""The formats of the document: functions from values to text or bytes; writing is elsewhere.

The one table `FORMATS` gives both the choices of `--format` and what each does.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from protocole_cli.rendering.publication import Publication
    from protocole_cli.rendering.writing import Content


def html(publication: "Publication") -> list[str]:
    """Return the document as one self-contained page, in pieces."""
    from protocole_cli.rendering.html_page import html

    return html(publication.document, publication.protocole, publication.racine, publication.reperes)


def markdown(publication: "Publication") -> str:
    """Return the document in GitHub-flavoured Markdown."""
    from protocole_cli.rendering.markdown_page import markdown

    return markdown(publication.document, publication.racine)


def pdf(publication: "Publication") -> bytes:
    """Return the document as a PDF to sign and archive; needs the extra `[pdf]`."""
    from protocole_cli.rendering.pdf.render import render_pdf

    return render_pdf(publication)


def docx(publication: "Publication") -> bytes:
    """Return the document as a file for Word, to be annotated; needs the extra `[bureautique]`."""
    from protocole_cli.rendering.word.render import render_docx

    return render_docx(publication)


FORMATS: dict[str, "Callable[[Publication], Content]"] = {
    "html": html,
    "md": markdown,
    "pdf": pdf,
    "docx": docx,
}


class Extra(NamedTuple):
    """An extra of the installation, with the modules that a format needs of it."""

    nom: str
    modules: tuple[str, ...]


EXTRAS = {"pdf": Extra("pdf", ("typst", "pikepdf")), "docx": Extra("bureautique", ("docx",))}
"""The formats that an extra brings; they are files, not text."""


def missing_extra(forme: str) -> str | None:
    """Return how to install what a format needs, as a French sentence, or `None` where all is there."""
    from importlib.util import find_spec

    extra = EXTRAS.get(forme)
    if extra is None or all(find_spec(module) for module in extra.modules):
        return None
    return f'Le format {forme} demande une installation de plus : pip install "protocole-cli[{extra.nom}]"'

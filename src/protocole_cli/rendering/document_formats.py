"""The formats of the document, and of one fiche: functions from values to text; writing is elsewhere.

The one table `FORMATS` gives both the choices of `--format` and what each does.
"""

import re
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from protocole_cli.model.protocole import Protocole
from protocole_cli.rendering.build_page import Reperes, build_reperes
from protocole_cli.rendering.document import Document, Section, Tampon
from protocole_cli.rendering.html_links import fiche_links, silent_links
from protocole_cli.rendering.html_prose import HtmlProse
from protocole_cli.rendering.html_sections import in_lots
from protocole_cli.rendering.markdown_prose import escape_markdown, markdown_blocs
from protocole_cli.rendering.publication import Publication
from protocole_cli.rendering.templates import Filters, make_ready, render_template, template_pieces
from protocole_cli.rendering.writing import Content

_BLANK_LINES = re.compile(r"\n{3,}")


def html(document: Document, protocole: Protocole, racine: Path, reperes: Reperes | None = None) -> list[str]:
    """Return the pieces of the document as one self-contained page."""
    values = {"document": document, "reperes": reperes or build_reperes(protocole)}
    return _html("document.html.j2", values, protocole, racine)


def html_made_ready(protocole: Protocole, racine: Path) -> Reperes:
    """Return the ways into a page, and do what else it takes that does not depend on its words."""
    templates = ("document.html.j2", "morceaux.html.j2", "reperes.html.j2", "style.css", "page.js")
    make_ready(racine, templates, _html_filters(protocole))
    return build_reperes(protocole)


def markdown(document: Document, racine: Path) -> str:
    """Return the document in GitHub-flavoured Markdown."""
    return _markdown("document.md.j2", {"document": document}, racine)


def pdf(publication: Publication) -> bytes:
    """Return the document as a PDF to sign and archive; needs the extra `[pdf]`."""
    from protocole_cli.rendering.pdf.render import render_pdf

    return render_pdf(publication)


def docx(publication: Publication) -> bytes:
    """Return the document as a file for Word, to be annotated; needs the extra `[bureautique]`."""
    from protocole_cli.rendering.word.render import render_docx

    return render_docx(publication)


def html_section(section: Section, tampon: Tampon, protocole: Protocole, racine: Path) -> str:
    """Return one section as a self-contained page."""
    return "".join(_html("fiche.html.j2", {"section": section, "tampon": tampon, "reperes": None}, protocole, racine))


def markdown_section(section: Section, tampon: Tampon, racine: Path) -> str:
    """Return one section in GitHub-flavoured Markdown."""
    return _markdown("fiche.md.j2", {"section": section, "tampon": tampon}, racine)


def _html(template: str, values: dict[str, Any], protocole: Protocole, racine: Path) -> list[str]:
    return template_pieces(racine, template, values, _html_filters(protocole))


def _html_filters(protocole: Protocole) -> Filters:
    return {
        "blocs": HtmlProse({s.sigle: s.developpe for s in protocole.sigles}).blocs,
        "liens_fiches": fiche_links,
        "liens_muets": silent_links,
        "par_lots": in_lots,
        "empreinte_csp": _csp_hash,
    }


def _csp_hash(script: str) -> str:
    """Return how a content security policy names a script, so that it runs and no other."""
    return f"sha256-{b64encode(sha256(script.encode()).digest()).decode()}"


def _markdown(template: str, values: dict[str, Any], racine: Path) -> str:
    text = render_template(racine, template, values, {"blocs": markdown_blocs, "md": escape_markdown})
    return _BLANK_LINES.sub("\n\n", text).strip("\n") + "\n"


FORMATS: dict[str, Callable[[Publication], Content]] = {
    "html": lambda p: html(p.document, p.protocole, p.racine, p.reperes),
    "md": lambda p: markdown(p.document, p.racine),
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

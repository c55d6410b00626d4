"""The document, or a section of it, in GitHub-flavoured Markdown."""

import re
from typing import Any

from protocole_cli.loading.files import Chemin
from protocole_cli.rendering.document import Document, Section, Tampon
from protocole_cli.rendering.markdown_prose import escape_markdown, markdown_blocs
from protocole_cli.rendering.templates import render_template

_BLANK_LINES = re.compile(r"\n{3,}")


def markdown(document: Document, racine: Chemin) -> str:
    """Return the document in Markdown."""
    return _markdown("document.md.j2", {"document": document}, racine)


def markdown_section(section: Section, tampon: Tampon, racine: Chemin) -> str:
    """Return one section in Markdown."""
    return _markdown("fiche.md.j2", {"section": section, "tampon": tampon}, racine)


def _markdown(template: str, values: dict[str, Any], racine: Chemin) -> str:
    text = render_template(racine, template, values, {"blocs": markdown_blocs, "md": escape_markdown})
    return _BLANK_LINES.sub("\n\n", text).strip("\n") + "\n"

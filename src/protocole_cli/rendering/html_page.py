"""The document, or a section of it, as a page that needs nothing else."""

from base64 import b64encode
from contextlib import ExitStack
from functools import partial
from hashlib import sha256
from typing import Any

from protocole_cli.loading.files import Chemin
from protocole_cli.model.protocole import Protocole
from protocole_cli.rendering.build_page import Reperes, build_reperes
from protocole_cli.rendering.document import Document, Section, Tampon
from protocole_cli.rendering.html_links import fiche_links, silent_links
from protocole_cli.rendering.html_prose import HtmlProse
from protocole_cli.rendering.html_sections import in_lots
from protocole_cli.rendering.templates import Filters, make_ready, template_pieces


def html(document: Document, protocole: Protocole, racine: Chemin, reperes: Reperes | None = None) -> list[str]:
    """Return the pieces of the document as one self-contained page."""
    values = {"document": document, "reperes": reperes or build_reperes(protocole)}
    return _html("document.html.j2", values, protocole, racine)


def html_made_ready(protocole: Protocole, racine: Chemin) -> Reperes:
    """Return the ways into a page, and do what else it takes that does not depend on its words."""
    templates = ("document.html.j2", "morceaux.html.j2", "reperes.html.j2", "style.css", "page.js")
    make_ready(racine, templates, _filters(protocole, ExitStack()))
    return build_reperes(protocole)


def html_section(section: Section, tampon: Tampon, protocole: Protocole, racine: Chemin) -> str:
    """Return one section as a self-contained page."""
    return "".join(_html("fiche.html.j2", {"section": section, "tampon": tampon, "reperes": None}, protocole, racine))


def _html(template: str, values: dict[str, Any], protocole: Protocole, racine: Chemin) -> list[str]:
    with ExitStack() as begun:
        return template_pieces(racine, template, values, _filters(protocole, begun))


def _filters(protocole: Protocole, begun: ExitStack) -> Filters:
    """Return the filters of the templates; what they begin ends with `begun`, whatever happens."""
    return {
        "blocs": HtmlProse({s.sigle: s.developpe for s in protocole.sigles}).blocs,
        "liens_fiches": fiche_links,
        "liens_muets": silent_links,
        "par_lots": partial(in_lots, begun),
        "empreinte_csp": _csp_hash,
    }


def _csp_hash(script: str) -> str:
    """Return how a content security policy names a script, so that it runs and no other."""
    return f"sha256-{b64encode(sha256(script.encode()).digest()).decode()}"

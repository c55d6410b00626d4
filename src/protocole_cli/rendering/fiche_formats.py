"""The formats of one fiche: functions from values to text; printing is elsewhere.

The table `FORMATS` says what each does; the command, which is read without it, names the same. Those but the first import what
they alone need.
"""

from collections.abc import Callable

from msgspec import Struct

from protocole_cli.loading.files import Chemin
from protocole_cli.loading.git import Version
from protocole_cli.model.fiche import Fiche
from protocole_cli.model.protocole import Protocole
from protocole_cli.queries.names import Directory
from protocole_cli.rendering.fiche_head import fiche_head
from protocole_cli.rendering.fiche_text import fiche_text


class FicheView(Struct, frozen=True):
    """A fiche to show: in which protocole and version, and the key of the only rubrique wanted, if any."""

    fiche: Fiche
    protocole: Protocole
    version: Version
    racine: Chemin
    only: str = ""

    def head(self) -> tuple[str, ...]:
        """Return the four lines that come first; none before a single rubrique."""
        return () if self.only else fiche_head(self.fiche, self.version, Directory(self.protocole))


def texte(view: FicheView) -> str:
    """Return plain lines, prose as it was written."""
    return fiche_text(view.fiche, view.protocole.corps.rubriques, view.head(), view.only)


def json(view: FicheView) -> str:
    """Return one JSON object."""
    from protocole_cli.rendering.fiche_json import fiche_json

    return fiche_json(view.fiche, Directory(view.protocole), view.only)


def markdown(view: FicheView) -> str:
    """Return GitHub-flavoured Markdown."""
    from protocole_cli.rendering.build_document import build_fiche, stamp
    from protocole_cli.rendering.markdown_page import markdown_section

    section = build_fiche(view.protocole, view.fiche, view.only)
    return markdown_section(section, stamp(view.version), view.racine)


def html(view: FicheView) -> str:
    """Return a self-contained page."""
    from protocole_cli.rendering.build_document import build_fiche, stamp
    from protocole_cli.rendering.html_page import html_section

    section = build_fiche(view.protocole, view.fiche, view.only)
    return html_section(section, stamp(view.version), view.protocole, view.racine)


FORMATS: dict[str, Callable[[FicheView], str]] = {"texte": texte, "json": json, "md": markdown, "html": html}


def terminal(view: FicheView) -> str:
    """Return the fiche as drawn for the terminal that standard output is."""
    from protocole_cli.rendering.build_document import build_fiche
    from protocole_cli.rendering.console import open_console
    from protocole_cli.rendering.fiche_terminal import fiche_terminal

    return fiche_terminal(build_fiche(view.protocole, view.fiche, view.only), view.head(), open_console())

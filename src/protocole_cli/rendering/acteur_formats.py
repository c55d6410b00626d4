"""The formats of the answer to « what of this actor »: functions from values to text; printing is elsewhere.

The one table `FORMATS` gives both the choices of `--format` and what each does. Each imports what it alone needs.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from msgspec import Struct

from protocole_cli.loading.git import Version
from protocole_cli.model.acteurs import Acteur, Partie
from protocole_cli.model.protocole import Protocole
from protocole_cli.queries.acteurs import Mention, Profil, SiegeTrouve
from protocole_cli.queries.names import Directory
from protocole_cli.queries.reach import Atteinte
from protocole_cli.rendering.build_acteur import build_acteur
from protocole_cli.rendering.citing import named_json, place_json
from protocole_cli.rendering.neutral import json_text
from protocole_cli.rendering.wrapping import unwrapped


class ActeurView(Struct, frozen=True):
    """What the protocole says of an actor, in which protocole, and how wide to say it; the version is for pages alone."""

    profil: Profil
    protocole: Protocole
    racine: Path
    width: int
    version: Version = Version()


def texte(view: ActeurView) -> str:
    """Return plain lines."""
    from protocole_cli.rendering.section_text import section_text

    return section_text(build_acteur(view.profil, view.protocole.acteurs), view.width)


def markdown(view: ActeurView) -> str:
    """Return GitHub-flavoured Markdown."""
    from protocole_cli.rendering.build_document import stamp
    from protocole_cli.rendering.markdown_page import markdown_section

    return markdown_section(build_acteur(view.profil, view.protocole.acteurs), stamp(view.version), view.racine)


def html(view: ActeurView) -> str:
    """Return a self-contained page."""
    from protocole_cli.rendering.build_document import stamp
    from protocole_cli.rendering.html_page import html_section

    section = build_acteur(view.profil, view.protocole.acteurs)
    return html_section(section, stamp(view.version), view.protocole, view.racine)


def json(view: ActeurView) -> str:
    """Return one JSON object."""
    profil, acteur = view.profil, view.profil.acteur
    directory = Directory(view.protocole)
    return json_text(
        {
            "id": acteur.id,
            "nom": acteur.nom,
            "sigle": acteur.sigle,
            "alias": acteur.alias,
            "nature": acteur.nature,
            "note": acteur.note,
            "releve_de": named_json([profil.autorite])[0] if profil.autorite else None,
            "services": named_json(profil.services),
            "membres": named_json(profil.membres),
            "collectifs": named_json(profil.collectifs),
            "partie": _partie(profil.partie) if profil.partie else None,
            "porteur": [_mention(mention, directory) for mention in profil.porteur],
            "partenaire": [_mention(mention, directory) for mention in profil.partenaire],
            "engagements": [
                {
                    "id": found.id,
                    "fiche": found.fiche,
                    "acteurs": named_json(found.acteurs),
                    "texte": unwrapped(found.engagement.texte),
                    **_reached(found.atteinte, directory),
                    **place_json(found.position),
                }
                for found in profil.engagements
            ],
            "instances": [_siege(found, directory) for found in profil.sieges],
            **place_json(acteur.position),
        }
    )


def _partie(partie: Partie) -> dict[str, Any]:
    who = partie.representant
    return {
        "rang_liste": partie.liste.rang,
        "rang_signature": partie.signature.rang,
        "representant": {"civilite": who.civilite, "nom": who.nom, "qualite": who.qualite},
        **place_json(partie.position),
    }


def _mention(mention: Mention, directory: Directory) -> dict[str, Any]:
    return {
        "fiche": mention.fiche,
        "titre": mention.titre,
        "texte": unwrapped(mention.texte),
        **_reached(mention.atteinte, directory),
        **place_json(mention.position),
    }


def _siege(found: SiegeTrouve, directory: Directory) -> dict[str, Any]:
    article, section, _ = found.lieu or (None, None, "")
    return {
        "id": found.instance.id,
        "nom": found.instance.nom,
        "formation": found.siege.formation,
        "role": found.siege.role,
        "texte": found.siege.texte,
        "deduit": found.siege.deduit,
        "article": article,
        "section": section,
        **_reached(found.atteinte, directory),
        **place_json(found.siege.position),
    }


def _reached(atteinte: Atteinte | None, directory: Directory) -> dict[str, Any]:
    by: tuple[Acteur, ...] = directory.acteurs(atteinte.par) if atteinte else ()
    return {"voie": atteinte.voie if atteinte else "nom", "par": named_json(by)}


FORMATS: dict[str, Callable[[ActeurView], str]] = {"texte": texte, "json": json, "md": markdown, "html": html}
PAGES = frozenset({"md", "html"})
"""The formats that carry the version of the data."""

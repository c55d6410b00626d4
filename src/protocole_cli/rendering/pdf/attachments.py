"""The files that go with the PDF, for machines: the data that it was made of, and a manifest that identifies them."""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from importlib.metadata import version as installed

import msgspec
from msgspec import Struct

from protocole_cli import __version__
from protocole_cli.loading.files import Illisible, read_bytes
from protocole_cli.rendering.publication import Publication
from protocole_cli.versions.fingerprints import empreinte_donnees

MANIFESTE = "manifeste.json"
MOTEURS = ("typst", "pikepdf")
"""What decides the bytes of the PDF beside the data and the templates."""


class Piece(Struct, frozen=True):
    """A file to attach: its name in the PDF, where it stands in the repository if it does, its bytes and what it is."""

    nom: str
    chemin: str
    contenu: bytes
    type_mime: str
    description: str
    relation: str
    """How it stands to the document, in the words of PDF/A-3: `source` or `data`."""


def attachments(publication: Publication) -> tuple[Piece, ...]:
    """Return the manifest and the data files, in order; a file that cannot be read is left out, as in the document."""
    sources = tuple(_sources(publication))
    manifeste = Piece(
        MANIFESTE, "", _manifest(publication, sources), "application/json", "Ce qui identifie ce document", "data"
    )
    return (manifeste, *sources)


def _sources(publication: Publication) -> Iterator[Piece]:
    for fichier in publication.fichiers:
        try:
            contenu = read_bytes(publication.racine, fichier)
        except Illisible:
            continue
        nom = fichier.rpartition("/")[2]
        yield Piece(nom, fichier, contenu, "application/yaml", f"Données du protocole : {fichier}", "source")


def _manifest(publication: Publication, sources: Iterable[Piece]) -> bytes:
    version = publication.version
    content = {
        "format": 1,
        "titre": f"{publication.document.titre} {publication.document.sous_titre}".strip(),
        "projet": publication.document.projet,
        "version": {
            "commit": version.commit or None,
            "date": None if version.instant is None else datetime.fromtimestamp(version.instant, UTC).isoformat(),
            "modifiee": version.modifiee,
        },
        "empreinte_texte": publication.document.tampon.empreinte,
        "empreinte_donnees": empreinte_donnees(publication.protocole),
        "outils": {"protocole": __version__, **{moteur: installed(moteur) for moteur in MOTEURS}},
        "fichiers": [
            {"nom": piece.nom, "chemin": piece.chemin, "sha256": hashlib.sha256(piece.contenu).hexdigest()}
            for piece in sources
        ],
    }
    return msgspec.json.format(msgspec.json.encode(content), indent=2) + b"\n"

"""The document that is given a form, and all that a form may need beside its words."""

from pathlib import Path

from msgspec import Struct

from protocole_cli.loading.git import Version
from protocole_cli.model.protocole import Protocole
from protocole_cli.rendering.document import Document


class NonImprimable(Exception):
    """The data holds signs that a form cannot print; says where, and what to do, in French, a line a sign."""


class Publication(Struct, frozen=True, kw_only=True):
    """The document of a protocole at a version, read from a repository.

    `fichiers` are the data files that it was made of, by their paths from the root. In a PDF, `sur_papier` leaves blanks
    where else there are signature fields, and `pieces_jointes` attaches those files.
    """

    document: Document
    protocole: Protocole
    racine: Path
    version: Version
    fichiers: tuple[str, ...] = ()
    sur_papier: bool = False
    pieces_jointes: bool = True

"""The document that is given a form, and all that a form may need beside its words."""

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct

from protocole_cli.loading.files import Chemin
from protocole_cli.loading.git import Version
from protocole_cli.loading.parts import shared
from protocole_cli.model.fiche import Fiche
from protocole_cli.model.protocole import Protocole
from protocole_cli.rendering.build_document import build_document, build_fiches
from protocole_cli.rendering.document import Document, Section
from protocole_cli.versions.fingerprints import empreinte_of_parts, fiche_words

if TYPE_CHECKING:
    from protocole_cli.rendering.build_page import Reperes

T = TypeVar("T")


class Publication(Struct, frozen=True, kw_only=True):
    """The document of a protocole at a version, read from a repository.

    `fichiers` are the data files that it was made of, by their paths from the root; `reperes` the ways into its page, if they
    are known. In a PDF, `sur_papier` leaves blanks where else there are signature fields, and `pieces_jointes` attaches those files.
    """

    document: Document
    protocole: Protocole
    racine: Chemin
    version: Version
    fichiers: tuple[str, ...] = ()
    reperes: "Reperes | None" = None
    sur_papier: bool = False
    pieces_jointes: bool = True


def stamped_document(
    protocole: Protocole,
    version: Version,
    meanwhile: Callable[[], T],
    *,
    projet: bool = False,
    fautifs: Collection[str] = (),
) -> tuple[Document, T]:
    """Return the document of a protocole with the fingerprint of its text: both read the same prose, fiche by fiche.

    Return also what `meanwhile` gives, which is done here while another process begins.
    """

    def read(fiches: Sequence[Fiche]) -> tuple[bytes, tuple[Section, ...]]:
        return fiche_words(fiches), build_fiches(protocole, fiches)

    with shared(read, protocole.fiches, tuple[bytes, tuple[Section, ...]]) as parts:
        ready = meanwhile()
        empreinte = empreinte_of_parts(protocole)
        done = parts()
    sections = [section for _, some in done for section in some]
    stamp = empreinte(words for words, _ in done)
    return build_document(protocole, version, stamp, projet=projet, fautifs=fautifs, fiches=sections), ready

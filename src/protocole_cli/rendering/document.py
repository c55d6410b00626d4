"""The document that is signed, as a structure of its own: every output carries its words, in its order.

A document is sections, each with its blocks of prose and its sections. Formats walk it; they add form, no words.
"""

from typing import Literal

from msgspec import Struct

from protocole_cli.model.prose import Bloc

Nature = Literal[
    "parties",
    "visas",
    "preambule",
    "article",
    "partie-article",
    "annexes",
    "gouvernance",
    "colonne",
    "instance",
    "fiches",
    "fiche",
    "rubrique",
    "signatures",
    "acteur",
]
DEEPEST_HEADING = 6
"""HTML and Markdown have no deeper one."""
IN_CONTENTS = frozenset({"preambule", "article", "annexes", "gouvernance", "fiches", "fiche", "signatures"})
"""The sections that the table of contents lists."""


class Note(Struct, frozen=True):
    """A note, with its number in the document."""

    numero: int
    blocs: tuple[Bloc, ...]


class BlocSignature(Struct, frozen=True):
    """The words of a signature block; `acteur` is the party's identifier."""

    acteur: str
    pour: str
    qualite: str
    nom: str


class Section(Struct, frozen=True, kw_only=True):
    """A part of the document.

    `id` is its stable anchor, `niveau` the level of its heading (the document's title is 1). `surtitre` is what
    numbers it (« Article 1 »); `titre` is empty for a section without a heading, which then has a `nom` for those who
    cannot see the page. `signatures` are the rows of the signature page.
    """

    id: str
    nature: Nature
    niveau: int
    titre: str = ""
    surtitre: str = ""
    nom: str = ""
    blocs: tuple[Bloc, ...] = ()
    sections: "tuple[Section, ...]" = ()
    conclusion: tuple[Bloc, ...] = ()
    notes: tuple[Note, ...] = ()
    signatures: tuple[tuple[BlocSignature, ...], ...] = ()

    @property
    def au_sommaire(self) -> bool:
        """Whether the table of contents lists the section."""
        return self.nature in IN_CONTENTS


class Tampon(Struct, frozen=True):
    """The stamp at the foot of every page: which edition this is, in sentences."""

    edition: str
    version: str
    empreinte: str


class Document(Struct, frozen=True, kw_only=True):
    """The whole document; `projet` where it must not be signed, and then `manque`, a sentence that says what of the data it lacks."""

    titre: str
    sous_titre: str
    territoire: str
    tampon: Tampon
    projet: bool
    manque: str = ""
    sections: tuple[Section, ...]

    @property
    def fiches(self) -> tuple[Section, ...]:
        """The fiches, in reading order."""
        return tuple(section for section in self.contents() if section.nature == "fiche")

    def contents(self) -> tuple[Section, ...]:
        """Return the sections that the table of contents lists, in reading order."""
        found: list[Section] = []

        def walk(sections: tuple[Section, ...]) -> None:
            for section in sections:
                if section.au_sommaire:
                    found.append(section)
                walk(section.sections)

        walk(self.sections)
        return tuple(found)

"""Prose as a tree: what Markdown text says, free of the marks that say it.

A block is one of `Paragraphe`, `Liste`, `SousTitre`; an inline one of `Mots`, `Emphase`, `Lien`,
`Appel`, `Saut`.
"""

from msgspec import Struct


class Mots(Struct, frozen=True, tag=True):
    """A run of plain text."""

    texte: str


class Emphase(Struct, frozen=True, tag=True):
    """Text that stands out: in italics, or in bold where `forte`."""

    contenu: "tuple[Inline, ...]"
    forte: bool = False


class Lien(Struct, frozen=True, tag=True):
    """A link, `https:` or `mailto:`."""

    contenu: "tuple[Inline, ...]"
    adresse: str


class Appel(Struct, frozen=True, tag=True):
    """The call of a note, numbered from 1 within its prose."""

    numero: int


class Saut(Struct, frozen=True, tag=True):
    """A line break that the writer asked for."""


Inline = Mots | Emphase | Lien | Appel | Saut


class Paragraphe(Struct, frozen=True, tag=True):
    """A paragraph."""

    contenu: tuple[Inline, ...]


class SousTitre(Struct, frozen=True, tag=True):
    """A heading inside prose; there is one level of them."""

    contenu: tuple[Inline, ...]


class Liste(Struct, frozen=True, tag=True):
    """A list; `debut` is its first number where it is numbered, else `None`."""

    elements: "tuple[tuple[Bloc, ...], ...]"
    debut: int | None = None


Bloc = Paragraphe | SousTitre | Liste


class Prose(Struct, frozen=True, tag=True):
    """Blocks in reading order, and the notes that they call, the first being note 1."""

    blocs: tuple[Bloc, ...] = ()
    notes: "tuple[tuple[Bloc, ...], ...]" = ()

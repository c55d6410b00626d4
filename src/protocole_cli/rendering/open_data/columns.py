"""What a table of the open data is made of, in the terms of the Table Schema of Frictionless."""

from collections.abc import Callable, Iterable, Mapping
from typing import Literal

from msgspec import Struct

from protocole_cli.model.protocole import Protocole
from protocole_cli.rendering.tables import Cell

Row = Mapping[str, Cell]
"""Cells by the names of their columns; an empty text is an empty cell too."""
Kind = Literal["string", "integer", "number", "boolean", "date"]


class Source(Struct, frozen=True):
    """What open data is made of: a protocole, and what identifies it, by the columns of `identity.IDENTITY`."""

    protocole: Protocole
    identite: Row


class Column(Struct, frozen=True):
    """A column: its name, what it says in a French sentence, and its type.

    `requis` where no cell is empty; `valeurs` are all that a cell may hold, where they are known beforehand.
    """

    nom: str
    description: str
    type: Kind = "string"
    requis: bool = True
    valeurs: tuple[str, ...] = ()


class Reference(Struct, frozen=True):
    """A column whose cells are each the key of a row of another table."""

    colonne: str
    table: str
    cle: str


class OpenTable(Struct, frozen=True):
    """A table of open data: its columns after those of `identity.KEY`, and what gives its rows, a cell for each of them.

    Within one version of a protocole, the rows are told apart by the columns of `cle`, unless there are none.
    """

    nom: str
    titre: str
    description: str
    colonnes: tuple[Column, ...]
    rows: Callable[[Source], Iterable[Row]]
    cle: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()

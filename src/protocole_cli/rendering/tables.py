"""An answer as a table: columns and rows of text, in the forms that a person or a spreadsheet wants."""

import csv
import io
import re
from collections.abc import Callable, Iterable
from typing import TypeVar

from msgspec import Struct

from protocole_cli.rendering.neutral import one_line, visible
from protocole_cli.rendering.wrapping import wrap

Cell = str | int | float | bool | None
"""A value of a row; `None` is an empty cell."""

A = TypeVar("A")
"""An answer."""

GAP = "  "
_FORMULA = re.compile(r"\s*[=+@-]")


class Colonne(Struct, frozen=True):
    """A column: the key that programs know it by, and the title that people read."""

    cle: str
    titre: str


def colonnes(titres: dict[str, str]) -> tuple[Colonne, ...]:
    """Return columns from their titles by key."""
    return tuple(Colonne(cle, titre) for cle, titre in titres.items())


class Table(Struct, frozen=True):
    """Columns, and rows with a cell for each of them."""

    colonnes: tuple[Colonne, ...]
    lignes: tuple[tuple[str, ...], ...]


def table_formats(
    texte: Callable[[A, int], str], json: Callable[[A, int], str], table: Callable[[A], Table]
) -> dict[str, Callable[[A, int], str]]:
    """Return the formats of an answer that may be a table, each from the answer and a width: text, JSON, CSV and Markdown."""
    return {
        "texte": texte,
        "json": json,
        "csv": lambda answer, _width: table_csv(table(answer)),
        "md": lambda answer, _width: table_markdown(table(answer)),
    }


def table_text(table: Table, width: int) -> str:
    """Return a line a row, aligned, where all fit; else an entry a row, under its first cell, empty cells left out."""
    rows = [tuple(one_line(cell) for cell in row) for row in table.lignes]
    titles = tuple(colonne.titre for colonne in table.colonnes)
    widths = [max(map(len, column)) for column in zip(titles, *rows, strict=True)]
    if sum(widths) + len(GAP) * (len(widths) - 1) <= width:
        lines = [GAP.join(map(str.ljust, row, widths)).rstrip(" ") for row in (titles, *rows)]
        return "\n".join(lines) + "\n"
    return "\n".join("\n".join(_entry(titles, row, width)) + "\n" for row in rows)


def _entry(titles: tuple[str, ...], row: tuple[str, ...], width: int) -> list[str]:
    lines = wrap(row[0], width)
    for title, cell in zip(titles[1:], row[1:], strict=True):
        if cell:
            lines += wrap(f"{title} : {cell}", width, GAP, GAP * 2)
    return lines


def table_csv(table: Table) -> str:
    """Return CSV with a header of keys."""
    return csv_text([colonne.cle for colonne in table.colonnes], table.lignes)


def csv_text(header: Iterable[str], rows: Iterable[Iterable[Cell]]) -> str:
    """Return CSV: texts on one line, one that a spreadsheet would take for a formula after an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([_cell(cell) for cell in row] for row in rows)
    return out.getvalue()


def _cell(cell: Cell) -> str:
    if isinstance(cell, str):
        text = one_line(cell)
        return f"'{text}" if _FORMULA.match(text) else text
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)


def table_markdown(table: Table) -> str:
    """Return a GitHub-flavoured Markdown table."""
    from protocole_cli.rendering.markdown_prose import escape_markdown

    rows = [[colonne.titre for colonne in table.colonnes], ["---"] * len(table.colonnes)]
    rows += [[escape_markdown(one_line(cell)) for cell in row] for row in table.lignes]
    return visible("".join(f"| {' | '.join(row)} |\n" for row in rows))

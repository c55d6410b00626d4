"""The formats of what a search found: functions from values to text; printing is elsewhere.

The one table `FORMATS` gives both the choices of `--format` and what each does.
"""

from collections.abc import Iterator

from msgspec import Struct

from protocole_cli.language import count, enumeration
from protocole_cli.queries.search import Hit, Query
from protocole_cli.rendering.citing import cite, place_json
from protocole_cli.rendering.neutral import json_text, visible
from protocole_cli.rendering.tables import Table, colonnes, table_formats
from protocole_cli.rendering.typography import typographie
from protocole_cli.rendering.wrapping import WIDEST, wrap


class HitsView(Struct, frozen=True):
    """What was looked for, and what was found."""

    query: Query
    hits: tuple[Hit, ...]


def texte(view: HitsView, width: int) -> str:
    """Return how many passages were found, then each with its place."""
    parts = ["\n".join(wrap(_sentence(view), width))]
    parts += ["\n".join(wrap(_place(hit), width) + wrap(hit.extrait, width, "  ")) for hit in view.hits]
    return visible("\n\n".join(parts) + "\n")


def terminal(view: HitsView, width: int) -> str:
    """Return the same with what was found standing out."""
    from rich.padding import Padding
    from rich.text import Text

    from protocole_cli.rendering.console import held, open_console, released

    console = open_console()
    widest = min(width, WIDEST)
    with console.capture() as capture:
        console.print(Text(held(typographie(_sentence(view)))), width=widest)
        for hit in view.hits:
            console.print()
            console.print(Text(held(typographie(_place(hit))), style="cyan"), width=widest)
            extract = Text()
            for words, found in _pieces(hit):
                extract.append(held(words), style="bold underline" if found else "")
            console.print(Padding(extract, (0, 0, 0, 2)), width=widest)
    return released(capture.get())


def _pieces(hit: Hit) -> Iterator[tuple[str, bool]]:
    """Yield the extract piece by piece, and whether each was looked for."""
    text, after = typographie(hit.extrait), 0
    for start, end in hit.marques:
        yield text[after:start], False
        yield text[start:end], True
        after = end
    yield text[after:], False


def _sentence(view: HitsView) -> str:
    words = enumeration([f"« {mot} »" for mot in view.query.mots])
    begun = "des mots qui commencent par " if view.query.prefixe else ""
    if not view.hits:
        one = len(view.query.mots) == 1
        why = "" if one else " Plusieurs mots doivent se trouver dans un même paragraphe."
        tip = "" if view.query.prefixe else " Les mots sont cherchés entiers ; --prefixe cherche aussi leurs débuts."
        return f"Aucun passage du protocole ne contient {begun}{words}.{why}{tip}"
    fiches = {hit.fiche for hit in view.hits if hit.fiche is not None}
    where = f"dans {count(len(fiches), 'fiche', 'fiches')}" if fiches else "hors des fiches"
    outside = sum(hit.fiche is None for hit in view.hits)
    if fiches and outside:
        where += f", {outside} hors des fiches"
    verb = count(len(view.hits), "passage contient", "passages contiennent")
    return f"{verb} {begun}{words} : {_inside(view, outside)}{where}."


def _inside(view: HitsView, outside: int) -> str:
    return f"{len(view.hits) - outside} " if 0 < outside < len(view.hits) else ""


def _place(hit: Hit) -> str:
    lieu = " › ".join(hit.lieu)
    return f"{lieu[:1].upper()}{lieu[1:]} ({cite(hit.position)})"


def json(view: HitsView, _width: int) -> str:
    """Return a JSON list, an object a passage."""
    return json_text(
        [
            {
                "lieu": " › ".join(hit.lieu),
                "fiche": hit.fiche,
                **place_json(hit.position),
                "extrait": hit.extrait,
            }
            for hit in view.hits
        ]
    )


def table(view: HitsView) -> Table:
    """Return a row a passage."""
    titles = {"lieu": "Lieu", "fiche": "Fiche", "fichier": "Fichier", "ligne": "Ligne", "extrait": "Extrait"}
    rows = tuple(
        (
            " › ".join(hit.lieu),
            "" if hit.fiche is None else str(hit.fiche),
            hit.position.fichier,
            str(hit.position.ligne),
            hit.extrait,
        )
        for hit in view.hits
    )
    return Table(colonnes(titles), rows)


FORMATS = table_formats(texte, json, table)

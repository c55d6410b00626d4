"""A fiche on a terminal: headings, lists in lists, wrapped to the width of the window."""

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from protocole_cli.model.prose import Appel, Bloc, Emphase, Inline, Lien, Liste, Mots, SousTitre
from protocole_cli.rendering.console import held, released
from protocole_cli.rendering.document import Section
from protocole_cli.rendering.neutral import visible
from protocole_cli.rendering.typography import typographie

WIDEST = 100
"""Lines longer than this are hard to read."""


def fiche_terminal(section: Section, head: tuple[str, ...], console: Console) -> str:
    """Return what to send to the terminal: the lines of the head, if any, then the rubriques."""
    with console.capture() as capture:
        _draw(section, head, console)
    return released(capture.get())


def _draw(section: Section, head: tuple[str, ...], console: Console) -> None:
    width = min(console.width, WIDEST)
    for rank, line in enumerate(head):
        console.print(Text(held(typographie(line)), style="" if rank else "bold"), width=width)
    for rubrique in section.sections:
        if head or rubrique is not section.sections[0]:
            console.print()
        console.print(Text(held(rubrique.titre), style="bold cyan"), width=width)
        console.print(Padding(_blocs(rubrique.blocs), (0, 0, 0, 2)), width=width)
        for note in rubrique.notes:
            console.print(Padding(_item(f"[{note.numero}] ", note.blocs), (0, 0, 0, 2)), width=width)


def _blocs(blocs: tuple[Bloc, ...]) -> RenderableType:
    parts: list[RenderableType] = []
    for bloc in blocs:
        if isinstance(bloc, Liste):
            parts += [
                _item("• " if bloc.debut is None else f"{bloc.debut + rank}. ", element)
                for rank, element in enumerate(bloc.elements)
            ]
        else:
            if parts:
                parts.append(Text(""))
            text = _text(bloc.contenu)
            if isinstance(bloc, SousTitre):
                text.stylize("bold")
            parts.append(text)
    return Group(*parts)


def _item(mark: str, blocs: tuple[Bloc, ...]) -> RenderableType:
    """Return a list item: its mark, then its blocks aligned beside it."""
    grid = Table.grid(padding=0)
    grid.add_column(width=len(mark), no_wrap=True)
    grid.add_column()
    grid.add_row(Text(mark), _blocs(blocs))
    return grid


def _text(inlines: tuple[Inline, ...]) -> Text:
    text = Text()
    for inline in inlines:
        if isinstance(inline, Mots):
            text.append(held(inline.texte))
        elif isinstance(inline, Emphase):
            inner = _text(inline.contenu)
            inner.stylize("bold" if inline.forte else "italic")
            text.append_text(inner)
        elif isinstance(inline, Lien):
            text.append_text(_text(inline.contenu)).append(f" ({visible(inline.adresse)})")
        elif isinstance(inline, Appel):
            text.append(f"[{inline.numero}]")
        else:
            text.append("\n")
    return text

"""A section as plain lines, wrapped: for terminals, pipes and screen readers."""

from protocole_cli.model.prose import Appel, Bloc, Emphase, Inline, Lien, Liste, Mots
from protocole_cli.rendering.document import Section
from protocole_cli.rendering.neutral import visible
from protocole_cli.rendering.typography import FINE, INSECABLE
from protocole_cli.rendering.wrapping import wrap

_PLAIN_SPACES = str.maketrans({FINE: " ", INSECABLE: " "})
"""Once lines are broken, a space is a space: people look for words in a pipe with ordinary ones."""


def section_text(section: Section, width: int) -> str:
    """Return the heading of a section, its blocks, then its sections under it, an empty line between all of them."""
    return visible("\n\n".join(_parts(section, width)) + "\n").translate(_PLAIN_SPACES)


def _parts(section: Section, width: int) -> list[str]:
    heading = " – ".join(part for part in (section.surtitre, section.titre) if part)
    lines = ["\n".join(wrap(heading, width))] if heading else []
    blocs = ["\n".join(_bloc(bloc, width, "")) for bloc in section.blocs]
    parts = ["\n".join([*lines, *blocs[:1]]), *blocs[1:]]
    for inner in section.sections:
        parts += _parts(inner, width)
    return parts


def _bloc(bloc: Bloc, width: int, margin: str) -> list[str]:
    if not isinstance(bloc, Liste):
        return wrap(_words(bloc.contenu), width, margin)
    lines: list[str] = []
    for rank, element in enumerate(bloc.elements):
        mark = margin + ("- " if bloc.debut is None else f"{bloc.debut + rank}. ")
        for number, inner in enumerate(element):
            indent = " " * len(mark)
            wrapped = _bloc(inner, width, indent)
            lines += [mark + wrapped[0][len(mark) :], *wrapped[1:]] if number == 0 else wrapped
    return lines


def _words(inlines: tuple[Inline, ...]) -> str:
    said = ""
    for inline in inlines:
        if isinstance(inline, Mots):
            said += inline.texte
        elif isinstance(inline, Emphase):
            said += _words(inline.contenu)
        elif isinstance(inline, Lien):
            said += f"{_words(inline.contenu)} ({inline.adresse})"
        elif isinstance(inline, Appel):
            said += f"[{inline.numero}]"
        else:
            said += " "
    return said

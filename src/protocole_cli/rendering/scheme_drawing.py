"""Where the boxes of the governance scheme stand in its drawing: the same for the same words, whatever the machine."""

from collections.abc import Iterable

from msgspec import Struct

from protocole_cli.model.gouvernance import Gouvernance, Instance
from protocole_cli.rendering.typography import typographie

LARGEUR = 176
"""Of a column, in the drawing's unit: the whole of four fits the text column of a page one to one."""
ECART = 12
MARGE = 8
INTERLIGNE = 16
_SIGNES = {"titre": 17, "nom": 23, "rythme": 26}
"""How many signs of each kind of line surely fit a column: no font is measured."""


class Ligne(Struct, frozen=True):
    """A line of text, its kind, and the height of its foot in the drawing."""

    genre: str
    y: int
    texte: str


class Boite(Struct, frozen=True):
    """A box: the head of a column, or a body; from `y` down."""

    genre: str
    y: int
    hauteur: int
    lignes: tuple[Ligne, ...]


class ColonneDessinee(Struct, frozen=True):
    """A column: its left edge, and its boxes from top to bottom."""

    x: int
    boites: tuple[Boite, ...]


class Schema(Struct, frozen=True):
    """The whole drawing and its size; `instances` is the number of bodies in it."""

    largeur: int
    hauteur: int
    colonnes: tuple[ColonneDessinee, ...]
    instances: int


def draw_scheme(gouvernance: Gouvernance) -> Schema | None:
    """Return the drawing of the scheme, `None` where there is no column."""
    if not gouvernance.colonnes:
        return None
    heads = [_box("tete", 0, (("titre", colonne.nom),)) for colonne in gouvernance.colonnes]
    below = max(head.hauteur for head in heads) + ECART
    colonnes = []
    for rank, (colonne, head) in enumerate(zip(gouvernance.colonnes, heads, strict=True)):
        boites, y = [Boite("tete", 0, below - ECART, head.lignes)], below
        for instance in gouvernance.instances:
            if instance.colonne == colonne.id:
                boites.append(_box("instance", y, _words(instance)))
                y += boites[-1].hauteur + ECART
        colonnes.append(ColonneDessinee(rank * (LARGEUR + ECART), tuple(boites)))
    return Schema(
        len(colonnes) * (LARGEUR + ECART) - ECART,
        max(boite.y + boite.hauteur for colonne in colonnes for boite in colonne.boites),
        tuple(colonnes),
        sum(len(colonne.boites) - 1 for colonne in colonnes),
    )


def _words(instance: Instance) -> tuple[tuple[str, str], ...]:
    return (("nom", instance.nom), *(("rythme", reunion.texte) for reunion in instance.reunions))


def _box(genre: str, y: int, texts: Iterable[tuple[str, str]]) -> Boite:
    lines = [(kind, line) for kind, text in texts for line in _wrap(typographie(text), _SIGNES[kind])]
    lignes = tuple(Ligne(kind, y + MARGE + INTERLIGNE * rank - 4, line) for rank, (kind, line) in enumerate(lines, 1))
    return Boite(genre, y, 2 * MARGE + INTERLIGNE * len(lines), lignes)


def _wrap(text: str, width: int) -> list[str]:
    """Break a text at its ordinary spaces; a word longer than a line stands alone on one."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".lstrip()
        if len(longer) <= width or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines

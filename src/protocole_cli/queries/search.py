"""Words looked for in the whole protocole: every paragraph and list item that holds them all, and where it stands."""

from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate, chain

from msgspec import Struct

from protocole_cli.model.fiche import Fiche
from protocole_cli.model.protocole import Protocole
from protocole_cli.position import Position
from protocole_cli.queries.passages import Line, passages
from protocole_cli.queries.texts import Texte, texts_after_fiches, texts_before_fiches, texts_of_fiche
from protocole_cli.queries.word_patterns import Term, hold_needles, may_hold, term

CONTEXT = 240
"""How many characters of a passage are shown around what was found first."""

PlaceOf = Callable[[Position, str, int, str], Position]
"""The place of a word, from the entry that holds it, its key there, its line in that text (from 0) and the word itself."""


class Query(Struct, frozen=True):
    """What is looked for: one word or phrase each, all to be found in one passage."""

    mots: tuple[str, ...]
    termes: tuple[Term, ...]
    prefixe: bool = False

    def may_be_in(self, raw: bytes) -> bool:
        """Tell quickly whether a data file could hold what is looked for; errs on the side of yes."""
        # Most files that hold a word hold it as it was typed: these need no squeezing.
        return hold_needles(raw.lower(), self.termes) or may_hold(raw.decode("utf-8", "replace"), self.termes)


class Hit(Struct, frozen=True):
    """A passage that holds all that is looked for.

    `extrait` is the passage on one line, cut around the first word found where it is long; `marques` are the spans of what
    was found in it. `position` is the place of the first word found.
    """

    lieu: tuple[str, ...]
    fiche: int | None
    position: Position
    extrait: str
    marques: tuple[tuple[int, int], ...]


def query(mots: Iterable[str], *, prefixe: bool = False) -> Query | None:
    """Return what to look for, each argument a word or a phrase; `None` where there is no word in any of them."""
    found = {mot: t for mot in mots if (t := term(mot, prefixe=prefixe))}
    return Query(tuple(found), tuple(found.values()), prefixe) if found else None


def search_fiches(fiches: Iterable[Fiche], wanted: Query, place_of: PlaceOf) -> list[Hit]:
    """Return the passages of fiches that hold all that is looked for, in the order of the document."""
    return _hits(chain.from_iterable(map(texts_of_fiche, fiches)), wanted, place_of)


def search_around(protocole: Protocole, in_fiches: Iterable[Hit], wanted: Query, place_of: PlaceOf) -> tuple[Hit, ...]:
    """Return all passages that hold all that is looked for, in the order of the document, those of the fiches being known."""
    before, after = texts_before_fiches(protocole), texts_after_fiches(protocole)
    return (*_hits(before, wanted, place_of), *in_fiches, *_hits(after, wanted, place_of))


def _hits(texts: Iterable[Texte], wanted: Query, place_of: PlaceOf) -> list[Hit]:
    return [hit for texte in texts for hit in _in_text(texte, wanted, place_of)]


def _in_text(texte: Texte, wanted: Query, place_of: PlaceOf) -> Iterator[Hit]:
    if not may_hold(" ".join([words for _, words in texte.mots]), wanted.termes):
        return
    for passage in _passages(texte):
        hit = _in_passage(texte, passage, wanted, place_of)
        if hit:
            yield hit


def _passages(texte: Texte) -> list[list[tuple[str, list[Line]]]]:
    """Return the passages of a text, each as lines by the key that they stand under; short words go before the prose."""
    *heads, (key, prose) = texte.mots
    before = [(cle, [Line(0, words)]) for cle, words in heads if words]
    found = [[(key, lines)] for lines in passages(prose)] or [[]]
    found[0] = [*before, *found[0]]
    return found


def _in_passage(texte: Texte, passage: list[tuple[str, list[Line]]], wanted: Query, place_of: PlaceOf) -> Hit | None:
    # A line break parts what stands under two keys: no phrase goes over it.
    whole = "\n".join([" ".join([line.texte for line in lines]) for _, lines in passage])
    spans: list[tuple[int, int]] = []
    for t in wanted.termes:
        found = [match.span() for match in t.pattern.finditer(whole)]
        if not found:
            return None
        spans += found
    marks = _merged(spans)
    start, end = _window(whole, marks[0])
    before, after = "…" if start else "", "…" if end < len(whole) else ""
    shift = len(before) - start
    return Hit(
        texte.lieu,
        texte.fiche,
        _place(texte, passage, whole, marks[0][0], place_of),
        f"{before}{whole[start:end]}{after}".replace("\n", " "),
        tuple((a + shift, b + shift) for a, b in marks if start <= a and b <= end),
    )


def _place(texte: Texte, passage: list[tuple[str, list[Line]]], whole: str, start: int, place_of: PlaceOf) -> Position:
    flat = [(key, line) for key, lines in passage for line in lines]
    ends = accumulate(len(line.texte) + 1 for _, line in flat)
    key, line = next(where for where, end in zip(flat, ends, strict=True) if start < end)
    return place_of(texte.position, key, line.rank, whole[start:].split(maxsplit=1)[0])


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the spans in order, those that overlap made one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _window(whole: str, mark: tuple[int, int]) -> tuple[int, int]:
    """Return the part of a passage to show: all of it, or whole words around the first mark."""
    if len(whole) <= CONTEXT:
        return 0, len(whole)
    spare = max(0, CONTEXT - (mark[1] - mark[0])) // 2
    start = max(0, min(mark[0] - spare, len(whole) - CONTEXT))
    end = min(len(whole), max(mark[1], start + CONTEXT))
    if start:
        start = whole.find(" ", start, mark[0]) + 1 or mark[0]
    if end < len(whole):
        end = max(whole.rfind(" ", mark[1], end), mark[1])
    return start, end

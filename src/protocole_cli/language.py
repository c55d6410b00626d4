"""Small pieces of French, and the comparison of names as people write them."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import filterfalse, groupby

_ARTICLES = frozenset({"l", "la", "le", "les"})
_CITED = 120
"""How many characters of a text a message quotes."""


def enumeration(items: Sequence[str], last: str = "et") -> str:
    """Return « a, b et c »."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


MOST_NAMED = 8
"""So many names fit in a sentence that is read."""


def enumeration_of_most(items: Sequence[str]) -> str:
    """Return the same of the first items, and how many others there are where they are too many."""
    shown = list(items[:MOST_NAMED])
    if len(items) > MOST_NAMED:
        shown.append(f"{len(items) - MOST_NAMED} autres")
    return enumeration(shown)


def count(number: int, one: str, several: str) -> str:
    """Return the number with its noun; French plurals begin at two."""
    return f"{number} {one if number < 2 else several}"


def ranges(numbers: Iterable[int]) -> str:
    """Return « 1, 3 à 10 »: three numbers or more that follow each other as a range."""
    said: list[str] = []
    for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        found = [number for _, number in run]
        said += [f"{found[0]} à {found[-1]}"] if len(found) > 2 else map(str, found)
    return ", ".join(said)


def opening(text: str, length: int) -> str:
    """Return the beginning of a text on one line, cut after a word, at most `length` characters."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    end = line.rfind(" ", 0, length)
    return line[: end if end > 0 else length - 1].rstrip(" ,;:.(") + "…"


def cited(text: str) -> str:
    """Return a text of the data as a message quotes it: all of it, unless nobody would read that far."""
    return opening(text, _CITED)


MOIS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
"""The months, January first."""


def fold(text: str) -> str:
    """Return a text without case, accents or kinds of apostrophe."""
    if text.isascii():
        return text.casefold()
    decomposed = unicodedata.normalize("NFKD", text.replace("’", "'").replace("œ", "oe").replace("Œ", "oe"))
    return "".join(filterfalse(unicodedata.combining, decomposed)).casefold()


def words(text: str) -> str:
    """Return the words of a text, folded, a space between them: hyphens, apostrophes, points and spaces are all one."""
    return " ".join(re.findall(r"[^\W_]+", fold(text)))


def name_key(name: str) -> str:
    """Return what two spellings of a name have in common: their words, without a leading article."""
    first, _, rest = words(name).partition(" ")
    return rest if rest and first in _ARTICLES else f"{first} {rest}".rstrip()


_MOST_POSSIBLE = 2000
"""Among more than so many the nearest is not looked for: it takes a second to tell of fifty words."""


def nearest(word: str, possible: Iterable[str], most: int = 3) -> list[str]:
    """Return the possible words that look most like `word`, best first, at most `most`."""
    import difflib

    possible = list(possible)
    if len(possible) > _MOST_POSSIBLE:
        return [word] if word in possible else []
    folded: dict[str, str] = {}
    for candidate in possible:
        folded.setdefault(fold(candidate), candidate)
    wanted = fold(word)
    if wanted in folded:
        return [folded[wanted]]
    return [folded[key] for key in difflib.get_close_matches(wanted, folded, n=most, cutoff=0.6)]


def vouliez_vous_dire(word: str, possible: Iterable[str], sinon: str = "", most: int = 3) -> str:
    """Return the question that suggests the nearest words, at most `most`, or `sinon` where nothing is near."""
    near = nearest(word, possible, most)
    return f"Vouliez-vous dire {enumeration([f'« {n} »' for n in near], 'ou')} ?" if near else sinon

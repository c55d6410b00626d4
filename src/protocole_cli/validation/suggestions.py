"""« Vouliez-vous dire … ? »: the nearest of the words that were possible."""

import difflib
import unicodedata
from collections.abc import Iterable


def fold(text: str) -> str:
    """Return a text without case, accents or kinds of apostrophe, to compare names as people write them."""
    decomposed = unicodedata.normalize("NFKD", text.replace("’", "'").replace("œ", "oe").replace("Œ", "oe"))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def nearest(word: str, possible: Iterable[str], most: int = 3) -> list[str]:
    """Return the possible words that look most like `word`, best first, at most `most`."""
    folded: dict[str, str] = {}
    for candidate in possible:
        folded.setdefault(fold(candidate), candidate)
    key = fold(word)
    return [folded[k] for k in difflib.get_close_matches(key, folded, n=most, cutoff=0.6)]


def vouliez_vous_dire(word: str, possible: Iterable[str], sinon: str = "") -> str:
    """Return the question that suggests the nearest words, or `sinon` where nothing is near."""
    near = nearest(word, possible)
    return f"Vouliez-vous dire {enumeration([f'« {n} »' for n in near], 'ou')} ?" if near else sinon


def enumeration(items: list[str], last: str = "et") -> str:
    """Return « a, b et c »."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"

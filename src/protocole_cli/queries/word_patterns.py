"""Words as people type them → what finds them as texts write them.

Case, accents, kinds of apostrophe, of hyphen, of space and of line break are ignored, and so is punctuation between the words
of a phrase. Words match whole: « caf » is not in « CAF21 ». A hyphen joins or parts: « cofinancement », « co-financement » and
« co financement » are one. The signs % and € are words of their own: « 25 % » is not « 25 ans ».
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from msgspec import Struct

from protocole_cli.language import fold

_HYPHENS = "\\-\u00ad\u2010\u2011\u2012\u2013\u2014\u00b7"
_ACCENTS = "[\u0300-\u036f]*+"
_BETWEEN_LETTERS = f"{_ACCENTS}[{_HYPHENS}]?"
_GAP = r"(?:[^\w\n]|_)"
_BEGINS, _ENDS, _GOES_ON = r"(?<![^\W_])", r"(?![^\W_])", r"[^\W_]*+"
_SIGNS = "%€"
_ACCENTED = (range(0xC0, 0x250), range(0x1E00, 0x1F00))
"""Where Unicode keeps the Latin letters with accents, and those that stand for two."""
_SQUEEZED_OUT = bytes(b for b in range(256) if not (48 <= b < 58 or 97 <= b < 123))


class Term(Struct, frozen=True):
    """A word or a phrase: what finds it, and what a text that holds it must hold when squeezed."""

    pattern: re.Pattern[str]
    needles: tuple[bytes, ...]


def term(typed: str, *, prefixe: bool = False) -> Term | None:
    """Return what finds the words of one argument, one after the other; `None` where it has none.

    With `prefixe` each of them may be only the beginning of a word. A pattern never goes over a line break.
    """
    groups = [group for part in _split(typed) if (group := _hyphenated(part))]
    if not groups:
        return None
    ends = _GOES_ON if prefixe else ""
    pattern, after_word = "", False
    for rank, group in enumerate(groups):
        is_word = group[0] not in _SIGNS
        gap = f"{_GAP}{'+' if is_word and after_word else '*'}" if rank else _BEGINS if is_word else ""
        pattern += gap + (f"{ends}{_GAP}*".join(map(_letters, group)) + ends if is_word else group[0])
        after_word = is_word
    pattern += _ENDS if after_word and not prefixe else ""
    needles = [squeeze(word) for group in groups for word in group] if prefixe else [squeeze(typed)]
    return Term(re.compile(pattern), tuple(needles))


def may_hold(text: str, terms: Iterable[Term]) -> bool:
    """Tell, at the cost of a few searches, whether all terms could be in a text; errs on the side of yes."""
    # An escape, a link or a note may stand between the words of a phrase.
    return hold_needles(squeeze(text), terms) or "\\" in text or "](" in text or "[^" in text


def hold_needles(raw: bytes, terms: Iterable[Term]) -> bool:
    """Tell whether what is left of words when squeezed stands somewhere, for each term."""
    return all(needle in raw for t in terms for needle in t.needles)


def squeeze(text: str) -> bytes:
    """Return the bare letters and figures of a text, run together."""
    for one, two in (("œ", "oe"), ("Œ", "oe"), ("ß", "ss"), ("ẞ", "ss")):
        if one in text:
            text = text.replace(one, two)
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore")
    return bare.lower().translate(None, _SQUEEZED_OUT)


def _split(typed: str) -> list[str]:
    return re.findall(rf"[\w{_HYPHENS}]+|[{_SIGNS}]", typed)


def _hyphenated(part: str) -> list[str]:
    return [part] if part in _SIGNS else re.findall(r"[^\W_]+", fold(part))


def _letters(word: str) -> str:
    """Return the pattern of a folded word, a hyphen admitted between any two letters."""
    single, double = _variants()
    found, rank = [], 0
    while rank < len(word):
        pair = word[rank : rank + 2]
        one = _one(word[rank], single)
        if pair in double:
            found.append(f"(?:{one}{_BETWEEN_LETTERS}{_one(pair[1], single)}|[{double[pair]}])")
            rank += 2
        else:
            found.append(one)
            rank += 1
    return _BETWEEN_LETTERS.join(found) + _ACCENTS


def _one(letter: str, single: dict[str, str]) -> str:
    return f"[{re.escape(letter)}{re.escape(letter.upper())}{single.get(letter, '')}]"


@cache
def _variants() -> tuple[dict[str, str], dict[str, str]]:
    """Return the accented letters by the letter that they fold to, and the ligatures by their two letters."""
    single: dict[str, str] = {}
    double: dict[str, str] = {}
    for code in (code for block in _ACCENTED for code in block):
        folded = fold(chr(code))
        kind = single if len(folded) == 1 else double
        if folded.isalnum() and folded != chr(code):
            kind[folded] = kind.get(folded, "") + chr(code)
    return single, double

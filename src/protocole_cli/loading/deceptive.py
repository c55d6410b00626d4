"""Characters that deceive: what hides, turns the direction of reading, or looks like a letter that it is not.

Soft hyphens and the no-break spaces are ordinary French typography. A joiner between pictures makes one picture of them.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from protocole_cli.position import Position

_ASCII = bytes(range(128))
_ORDINARY = bytes(b for b in range(128, 256) if b < 0xC0 or b in (0xC2, 0xC3, 0xC5, 0xE2))
"""The first bytes of French letters and signs, and all that follow a first one."""
_SIGNS = "•".encode()[:2]
_FREQUENT_SIGNS = frozenset(sign.encode()[2] for sign in "‘’“”–—…•‑\u202f")
"""The first two bytes of some characters that hide, and the third ones of the signs that French texts are full of."""
_APOSTROPHE = "’".encode()
"""The most frequent of these by far."""

DIRECTIONS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""What makes a text be shown in another order than the one in which it is written."""
_LATIN_END = "\u0250"
_OF_LATIN_WORDS = ("LATIN ", "GREEK ", "MODIFIER LETTER ", "SUPERSCRIPT ", "SUBSCRIPT ", "HANGUL ", "HALFWIDTH HANGUL ")
"""How the names of the letters begin that stand in words of ours: « Mᵐᵉ », « nᵒ » and « kΩ » are such words; what fills is hidden."""
_FORMS = {"օ": "o"} | dict(
    zip("АВЕЅІЈКМНОРСТУХҮԚԜӀаеѕіјорсухһԁԛԝ" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABESIJKMHOPCTYXYQWIaesijopcyxhdqw" + "ABEZHIKMNOPTYXo", strict=True)
)  # fmt: skip
"""Cyrillic and Greek letters → the Latin letter that nobody can tell them from."""


class Suspect(Struct, frozen=True):
    """A character that deceives: its place, and the word where it stands for a letter; `forme` is the letter that it looks like."""

    position: Position
    signe: str
    mot: str = ""
    forme: str = ""


def may_deceive(raw: bytes) -> bool:
    """Tell by a few searches, without a pattern to compile, whether a file could hold a character that deceives.

    Of its bytes, those of ASCII are of no account.
    """
    foreign = raw.translate(None, _ASCII).replace(_APOSTROPHE, b"")  # a thirtieth of a French text
    return (
        bool(foreign.translate(None, _ORDINARY))
        or b"\xe2\x81" in foreign
        or b"\xe2\xa0" in foreign
        or not _FREQUENT_SIGNS.issuperset([rest[0] for rest in foreign.split(_SIGNS)[1:]])
    )


def suspects(fichier: str, text: str) -> Iterator[Suspect]:
    """Yield what deceives in the text of a file."""
    for index, signe, mot, forme in deceptions(text):
        yield Suspect(
            Position(fichier, text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)), signe, mot, forme
        )


def deceptions(text: str) -> Iterator[tuple[int, str, str, str]]:
    """Yield where something in a text deceives, the character, and for a letter the word and the letter that it looks like."""
    hidden, words = _searches()
    for hit in hidden.finditer(text):
        yield hit.start(), hit.group(), "", ""
    for hit in words.finditer(text):
        word = hit.group()
        if not word.isascii() and (rank := _odd_letter(word)) is not None:
            yield hit.start() + rank, word[rank], word, _latin_form(word[rank])


@cache
def _searches() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what finds hidden characters, and words; seldom needed, and dear to compile."""
    hidden = (
        "[\ufffd\ufe00-\ufe0e\U000e0100-\U000e01ef\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164"
        "\uffa0\ufff9-\ufffb\U000e0000-\U000e007f]"
    )
    return re.compile(rf"{hidden}|(?<=\w)\u200d|\u200d(?=\w)"), re.compile(r"[^\W\d_]+")


def _odd_letter(word: str) -> int | None:
    """Return the rank of the first letter of a word that passes for a Latin one.

    A word of another alphabet is none of ours to judge, unless each of its letters passes for a Latin one.
    """
    latin = any(letter < _LATIN_END for letter in word)
    for rank, letter in enumerate(word):
        if _latin_form(letter) and (latin or all(map(_latin_form, word))):
            return rank
        if latin and letter >= _LATIN_END and not unicodedata.name(letter, "").startswith(_OF_LATIN_WORDS):
            return rank
    return None


def _latin_form(letter: str) -> str:
    """Return what this letter looks like, if anything: one of another alphabet, of mathematics or of full width, or two made one."""
    if letter in _FORMS:
        return _FORMS[letter]
    if letter < _LATIN_END:
        return ""
    if "\uff21" <= letter <= "\uff5a" or "\U0001d400" <= letter <= "\U0001d6a3" or "\ufb00" <= letter <= "\ufb06":
        return unicodedata.normalize("NFKC", letter)
    return ""

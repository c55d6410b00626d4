"""Data shown as the text that it is: nothing in it acts on the terminal that shows it."""

import re
from functools import cache


@cache
def _active() -> re.Pattern[str]:
    """Return what finds controls, direction marks and overrides, invisible characters, halves of characters and none at all.

    The line break and the tab are none of these. Dear to compile, and most texts hold nothing of the kind.
    """
    return re.compile(
        "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff\ufff9-\ufffb\ufffe\uffff]"
    )


_C0_PICTURES = 0x2400


def visible(text: str) -> str:
    """Return a text in which each character that acts on a terminal, or hides, is shown by a sign."""
    return text if text.replace("\n", "").isprintable() else _active().sub(_sign, text)


def one_line(text: str) -> str:
    """Return a visible text on one line."""
    return text if text.isprintable() else visible(" ".join(text.split("\n")).replace("\t", " "))


def json_text(value: object) -> str:
    """Return JSON that no terminal acts on: such characters are written as escapes, which mean the same."""
    import json

    return _active().sub(_escape, json.dumps(value, ensure_ascii=False, indent=2)) + "\n"


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match.group()):04x}"


def _sign(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code < 0x20:
        return chr(_C0_PICTURES + code)
    return f"‹U+{code:04X}›"

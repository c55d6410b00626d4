"""The scan of prose for what is not admitted, at the cost of a few searches: what it lets pass needs no parser."""

import re

_NOTE = re.compile(r"\n\[\^([A-Za-z0-9-]+)\]: (?=\S)")
_CALL = re.compile(r"\[\^([A-Za-z0-9-]+)\]")
_NOTE_DEFINED, _NOTE_TEXT, _NOTE_CALLED, _NOTE_CALL = _NOTE.findall, _NOTE.sub, _CALL.findall, _CALL.sub
"""The text of a note and its call, as people write them; where they are written otherwise, the parser decides."""
_MAY_BE_CODE = re.compile(r"\n(?:[-+* ]|\d{1,9}[.)])*+\n {4}|\n## [^\n]*\n {4}").search
_GAP = re.compile(r"    (?<=[^\n ]    )").search
"""Four spaces elsewhere than at the head of a line."""
_MAY_BE_RULE = re.compile(
    r"\n *+(?:(?<= )\n|(?=[-+*=_\d])(?:(?:[-+*=_ ]|\d{1,9}[.)])++\n|(?:[-+*]|\d{1,9}[.)]) +(?:[-+*]|\d{1,9}[.)])[ \n]))"
).search
"""A line of signs alone, which rules off or makes a heading of the line above; or two lists that begin on one line."""
_LETTER = "A-Za-zÀ-ÖØ-öø-ÿŒœ"
_ODD_LINE = re.compile(rf"\n(?=[^{_LETTER}\n]) {{0,3}}+(?:- |\d[.)] |## )?+[\"(]?+(?:[^{_LETTER}\d]|\d++[.)])").search
"""A line that begins otherwise than with a word, or with a number, after what usually stands before one."""


def may_be_refused(text: str) -> bool:
    """Tell by a scan at the cost of a search whether a text could hold something not admitted.

    It errs on one side only: what it calls suspect is often fine. Several texts joined by empty lines can be scanned at once.
    """
    if "[" in text:
        bare = _NOTE_TEXT("\n", f"\n{text}")
        if "](" in text or "]:" in bare or ("[^" in text and _notes_disagree(f"\n{text}")):
            return True
        text = bare
    return sign_may_be_refused(text) or line_may_be_refused(text)


def sign_may_be_refused(text: str) -> bool:
    """Tell whether a text without notes or links holds a sign that could mean something not admitted wherever it stands."""
    return (
        "<" in text
        or "`" in text
        or "|" in text
        or ">" in text
        or "~" in text
        or "\t" in text
        or ("#" in text and text.count("#") != 2 * f"\n{text}".count("\n## "))
    )


def line_may_be_refused(text: str) -> bool:
    """Tell whether a line of a text begins as something that is not admitted does: a code, a rule, a heading without a sign."""
    return ("    " in text and _odd_indent(f"\n\n{text}")) or _MAY_BE_RULE(f"\n{text}\n") is not None


def has_odd_line(text: str) -> bool:
    """Tell whether some line begins otherwise than with a word, at most indented, marked as an item or a subhead, and opened.

    Most texts have none, and then nothing in them depends on how lines begin: `line_may_be_refused` would find nothing to refuse.
    """
    return _ODD_LINE(f"\n{text}\n") is not None


def _odd_indent(text: str) -> bool:
    """Tell whether four spaces stand elsewhere than at the head of a line that goes on with a paragraph or a flat list."""
    return _MAY_BE_CODE(text) is not None or "\n          " in text or _GAP(text) is not None


def _notes_disagree(text: str) -> bool:
    """Tell whether a note could be called and not defined, or the reverse, or twice."""
    defined = _NOTE_DEFINED(text)
    rest = _NOTE_TEXT("\n", text)
    return (
        "\\" in text
        or set(defined) != set(_NOTE_CALLED(rest))
        or len(defined) != len(set(defined))
        or "[^" in _NOTE_CALL("", rest)
    )

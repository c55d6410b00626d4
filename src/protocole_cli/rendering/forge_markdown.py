"""Text in a comment on a forge: it stays text, and calls nobody and nothing.

Beyond what Markdown reads as markup, GitHub and GitLab make links of @names, #numbers, addresses, identifiers of commits and
their like, wherever they stand in a text. A character of no width after the sign that opens them, as bots on both
forges write it, leaves them to be read only.
"""

import re

from protocole_cli.rendering.markdown_prose import escape_markdown
from protocole_cli.rendering.neutral import one_line

_NOTHING = "&#8203;"
_OPENS = re.compile(r"@|[#!~%$&^*\[](?=[\\\w\"])|:(?=[\w/+\\-])|\b(?i:gh-(?=\d)|www(?=\\?\.))")
_CLOSES = re.compile(r"\\>")
_COMMIT = re.compile(r"\b[0-9a-f]{7,}\b")
_TOO_SHORT = re.compile(r"[0-9a-f]{1,6}")
"""No forge takes so little for a commit."""


def forge_text(text: str) -> str:
    """Return a text of the data as Markdown that GitHub and GitLab show as it is, on one line."""
    inert = _OPENS.sub(lambda m: m.group() + _NOTHING, escape_markdown(one_line(text)))
    inert = _COMMIT.sub(lambda m: _NOTHING.join(_TOO_SHORT.findall(m.group())), inert)
    return _CLOSES.sub(f"{_NOTHING}\\\\>", inert)

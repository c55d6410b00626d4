"""French typography: existing spaces made non-breaking; no character is added or taken away."""

import re

FINE = "\u202f"
INSECABLE = "\u00a0"

_BEFORE_HIGH = re.compile(r" (?=[;!?])")
_BEFORE_WIDE = re.compile(r" (?=[:»%€])|(?<=«) ")
_THOUSANDS = re.compile(r"(?<![\d ])\d{1,3}(?: \d{3})+(?!\d)")


def typographie(text: str) -> str:
    """Return the text with its spaces before « ; : ? ! % € », inside « » and in 10 000 non-breaking."""
    if " " not in text:
        return text
    text = _BEFORE_HIGH.sub(FINE, text)
    text = _BEFORE_WIDE.sub(INSECABLE, text)
    return _THOUSANDS.sub(lambda number: number.group().replace(" ", FINE), text)

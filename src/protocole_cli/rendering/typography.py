"""French typography: existing spaces made non-breaking; no character is added or taken away."""

import re

FINE = "\u202f"
INSECABLE = "\u00a0"

_SPACES = (
    *((f" {mark}", f"{FINE}{mark}") for mark in ";!?"),
    *((f" {mark}", f"{INSECABLE}{mark}") for mark in ":»%€"),
    ("« ", f"«{INSECABLE}"),
)
_THOUSANDS = re.compile(r"(?<!\d)(?<!\d )\d{1,3}(?: \d{3})+(?!\d)")


def typographie(text: str) -> str:
    """Return the text with its spaces before « ; : ? ! % € », inside « » and in 10 000 non-breaking."""
    for plain, held in _SPACES:
        text = text.replace(plain, held)
    return _THOUSANDS.sub(lambda number: number.group().replace(" ", FINE), text)

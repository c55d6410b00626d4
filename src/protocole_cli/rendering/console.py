"""The terminal that rich draws on."""

from rich.console import Console

from protocole_cli.rendering.neutral import visible
from protocole_cli.rendering.typography import FINE, INSECABLE

_HELD = str.maketrans({INSECABLE: "\ue000", FINE: "\ue001"})
_RELEASED = str.maketrans({"\ue000": INSECABLE, "\ue001": FINE})
"""rich breaks lines at any kind of space: while it wraps, the non-breaking ones are signs that are no spaces."""


def open_console() -> Console:
    """Return a console in which no text is markup; it honours NO_COLOR and the width of the window."""
    return Console(markup=False, highlight=False, emoji=False)


def held(text: str) -> str:
    """Return a text to give to rich: visible, its non-breaking spaces kept from breaking."""
    return visible(text).translate(_HELD)


def released(drawn: str) -> str:
    """Return what rich drew, to send to the terminal."""
    return drawn.translate(_RELEASED)

"""The terminal that rich draws on."""

from rich.console import Console


def open_console() -> Console:
    """Return a console in which no text is markup; it honours NO_COLOR and the width of the window."""
    return Console(markup=False, highlight=False, emoji=False)

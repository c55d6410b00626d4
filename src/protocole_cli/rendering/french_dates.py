"""Dates as French documents write them."""

from datetime import UTC, datetime

MOIS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
"""The months, January first."""


def date_longue(instant: int) -> str:
    """Return the day of an instant, in seconds since 1970, in UTC whatever the machine: « 1er mars 2026 »."""
    day = datetime.fromtimestamp(instant, UTC)
    return f"{'1er' if day.day == 1 else day.day} {MOIS[day.month - 1]} {day.year}"

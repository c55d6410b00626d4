"""Dates as French documents write them."""

from datetime import UTC, date, datetime

from protocole_cli.language import MOIS


def date_longue(instant: int) -> str:
    """Return the day of an instant, in seconds since 1970, in UTC whatever the machine: « 1er mars 2026 »."""
    return jour_long(datetime.fromtimestamp(instant, UTC).date())


def jour_long(day: date) -> str:
    """Return a day with its month in full: « 1er mars 2026 »."""
    return f"{'1er' if day.day == 1 else day.day} {MOIS[day.month - 1]} {day.year}"

"""How often the bodies of the governance meet, and which of them in a given month."""

from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

from protocole_cli.model.gouvernance import Gouvernance, Instance, ParAn, Reunion

MONTHLY = 12
"""Who meets so many times a year, or more, meets every month."""

Presence = Literal["fixe", "chaque-mois", "possible"]


class Rhythm(Struct, frozen=True):
    """One rhythm of a body: its meetings a year, all groups counted (`None` if not said), and how many groups it is for."""

    reunion: Reunion
    par_an: ParAn | None
    groupes: int = 0


class InstanceMeetings(Struct, frozen=True):
    """A body, its rhythms, and their sum a year; `None` where no rhythm says a number."""

    instance: Instance
    rhythms: tuple[Rhythm, ...]
    par_an: ParAn | None


class MonthlyMeeting(Struct, frozen=True):
    """A rhythm of a body that falls, must fall or may fall in the month asked for."""

    instance: Instance
    reunion: Reunion
    presence: Presence


def meetings_by_instance(gouvernance: Gouvernance) -> tuple[InstanceMeetings, ...]:
    """Return the meetings a year of each body, in the order of the scheme's file."""
    return tuple(meetings(instance) for instance in gouvernance.instances)


def total(counted: tuple[InstanceMeetings, ...]) -> ParAn:
    """Return the sum of what is said; a body of which nothing is said adds nothing."""
    return _sum(c.par_an for c in counted if c.par_an)


def meetings_in(gouvernance: Gouvernance, mois: int) -> tuple[MonthlyMeeting, ...]:
    """Return the meetings of a month (1 to 12): first those that the text fixes, then the monthly ones, then the possible ones.

    One whose text fixes other months only is left out; one without a fixed month may fall in any.
    """
    order: tuple[Presence, ...] = ("fixe", "chaque-mois", "possible")
    found = [
        MonthlyMeeting(instance, reunion, presence)
        for instance in gouvernance.instances
        for reunion in instance.reunions
        if (presence := _presence(reunion, mois))
    ]
    return tuple(sorted(found, key=lambda m: order.index(m.presence)))


def _presence(reunion: Reunion, mois: int) -> Presence | None:
    if reunion.mois:
        return "fixe" if mois in reunion.mois else None
    return "chaque-mois" if reunion.par_an and reunion.par_an.min >= MONTHLY else "possible"


def meetings(instance: Instance) -> InstanceMeetings:
    """Return the meetings a year of a body."""
    rhythms = tuple(_rhythm(reunion, len(instance.groupes)) for reunion in instance.reunions)
    known = [r.par_an for r in rhythms if r.par_an]
    return InstanceMeetings(instance, rhythms, _sum(known) if known else None)


def _rhythm(reunion: Reunion, groupes: int) -> Rhythm:
    if reunion.par_an is None or reunion.unite != "groupe" or not groupes:
        return Rhythm(reunion, reunion.par_an)
    return Rhythm(reunion, ParAn(min=reunion.par_an.min * groupes, max=reunion.par_an.max * groupes), groupes)


def _sum(ranges: Iterable[ParAn]) -> ParAn:
    found = list(ranges)
    return ParAn(min=sum(r.min for r in found), max=sum(r.max for r in found))

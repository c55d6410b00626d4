"""From the name that people give to the entry that bears it: identifier, name, acronym or alias."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from msgspec import Struct

from protocole_cli.language import name_key, nearest, words
from protocole_cli.model.acteurs import Acteur
from protocole_cli.model.gouvernance import Instance
from protocole_cli.model.territoire import Commune, Quartier

Nomme = TypeVar("Nomme", Acteur, Commune, Quartier, Instance)
"""What has an identifier, a name, and other names."""
MOST_SUGGESTED = 3


class Inconnu(Struct, frozen=True):
    """A name that nothing bears, and the names most like it, best first."""

    proches: tuple[str, ...]


class Ambigu(Struct, frozen=True):
    """A name that fits several entries: their identifiers and names."""

    candidats: tuple[tuple[str, str], ...]


def find(name: str, entries: Sequence[Nomme]) -> Nomme | Inconnu | Ambigu:
    """Return the entry that a name means.

    Case, accents, apostrophes, hyphens, spaces and a leading article are forgiven. An identifier wins over the name of
    another entry. A name that only shares words with entries is not taken for theirs: they are suggested.
    """
    wanted = name_key(name)
    by_id = [entry for entry in entries if words(entry.id) == words(name)]
    if len(by_id) == 1:
        return by_id[0]
    if not wanted:
        return Inconnu(())
    exact = [entry for entry in entries if wanted in map(name_key, _names(entry))]
    if len(exact) == 1:
        return exact[0]
    close = exact or _sharing(wanted, entries)
    if len(close) > 1:
        return Ambigu(tuple((entry.id, entry.nom) for entry in close))
    if close:
        return Inconnu((close[0].nom,))
    return Inconnu(_nearest(name, entries))


def _nearest(name: str, entries: Sequence[Nomme]) -> tuple[str, ...]:
    """Return the names most like it, one an entry; of an entry whose identifier is most like it, the name."""
    bearers = {known: entry for entry in entries for known in _names(entry)}
    near: dict[str, str] = {}
    for known in nearest(name, bearers, most=3 * MOST_SUGGESTED):
        entry = bearers[known]
        near.setdefault(entry.id, entry.nom if known == entry.id else known)
    return tuple(near.values())[:MOST_SUGGESTED]


def _names(entry: Acteur | Commune | Quartier | Instance) -> tuple[str, ...]:
    graphies = entry.graphies if isinstance(entry, Acteur) else (entry.nom, *entry.alias)
    return (*graphies, entry.id)


def _sharing(wanted: str, entries: Iterable[Nomme]) -> list[Nomme]:
    """Return the entries one of whose names has all the words wanted."""
    parts = set(wanted.split())
    return [entry for entry in entries if any(parts <= set(name_key(known).split()) for known in _names(entry))]

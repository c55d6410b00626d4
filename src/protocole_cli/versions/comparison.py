"""What changed from one state of a protocole to another, entry by entry: no difference of lines, of order of keys or of remarks.

A text is the same where its fingerprint is: however its lines are broken.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import replace

from protocole_cli.loading.files import Illisible
from protocole_cli.loading.layout import base_file
from protocole_cli.loading.loaded import Loaded
from protocole_cli.loading.places import Places
from protocole_cli.loading.strict_yaml import Refuse
from protocole_cli.model.acteurs import Acteur, Partie
from protocole_cli.model.corps import CORPS_ABSENT, Corps
from protocole_cli.model.entree import Entree
from protocole_cli.model.fiche import Fiche
from protocole_cli.model.gouvernance import GOUVERNANCE_ABSENTE, Gouvernance
from protocole_cli.model.protocole import Protocole
from protocole_cli.model.territoire import Commune, Quartier
from protocole_cli.position import Position
from protocole_cli.versions.fingerprints import ABSENT, canonical_text, empreinte_texte
from protocole_cli.versions.pairing import key_of, partners

Nature = Literal["ajout", "retrait", "modification", "deplacement"]
Route = tuple[str | int, ...]
"""The keys, and what identifies the entries of lists or their ranks from 1, that lead to what changed."""

_CONTAINERS = (Protocole, Corps, Gouvernance, Fiche)
"""What is too large to be named as one change: its parts are."""
_OWN_NAMES: dict[type, str] = {Acteur: "acteurs", Commune: "communes", Quartier: "quartiers"}
_COLLECTIONS = {
    "acteurs": frozenset({"acteur", "acteurs", "releve_de", "membres", "et_avant"}),
    "communes": frozenset({"commune", "communes"}),
    "quartiers": frozenset({"quartiers"}),
}
"""Where each collection of the protocole is referred to by identifier."""


class Champ(Struct, frozen=True):
    """A value of an entry that changed: the keys that lead to it there, and what it was and is, `None`, "" or () where absent.

    `fait` tells that it is a fact beside the words that the parties sign.
    """

    cles: tuple[str, ...]
    avant: Any
    apres: Any
    fait: bool


class Changement(Struct, frozen=True):
    """Something that changed: where, how, the entry or the text before and after, and of an entry which values.

    `position` is its place in the later state, or in the earlier one for what is gone. `fait` tells that no word that the parties
    sign is concerned. `rang_avant` is the rank, from 1, of what has moved, before it did.
    """

    route: Route
    nature: Nature
    avant: Any
    apres: Any
    champs: tuple[Champ, ...]
    fait: bool
    position: Position
    rang_avant: int = 0


class Comparison(Struct, frozen=True):
    """All that changed, in the order of the later state, what is gone after its neighbours; and whether the signed text did.

    `non_compares` are the files that cannot be read whole in one of the two states: nothing is said of what they hold, and
    where there are some, `texte_change` is about the others.
    """

    changements: tuple[Changement, ...]
    texte_change: bool
    non_compares: tuple[str, ...] = ()


def compare(avant: Loaded, apres: Loaded, places: Callable[[str], Places]) -> Comparison:
    """Return what changed; `places` gives those of the values of a file in the later state."""
    broken = avant.fautifs | apres.fautifs
    was, now = (_sound(state.protocole, broken) for state in (avant, apres))
    renamed = _renamed(was, now)
    changes = _in_container(_with_ranks(_with_names(was, renamed), now), now, (), fait=False)
    return Comparison(
        (*_renamings(was, now, renamed), *(_placed(change, places) for change in changes)),
        empreinte_texte(was) != empreinte_texte(now),
        tuple(sorted(broken)),
    )


def _sound(protocole: Protocole, broken: frozenset[str]) -> Protocole:
    """Return what is compared: no part of a broken file, and the parties in the order in which they are printed."""
    fiches = tuple(fiche for fiche in protocole.fiches if fiche.position.fichier not in broken)
    parties = tuple(sorted(protocole.parties, key=lambda partie: partie.liste.rang))
    absent = {name: part for kind, parts in _PARTS.items() if base_file(kind) in broken for name, part in parts.items()}
    return replace(protocole, **{"fiches": fiches, "parties": parties, **absent})


def _with_ranks(was: Protocole, now: Protocole) -> Protocole:
    """Return an earlier state whose parties have their later ranks, where others came or went and none moved: these alone are told."""
    parties = was.parties
    for order in ("liste", "signature"):
        parties = _ranked(parties, now.parties, order)
    return replace(was, parties=parties)


def _ranked(parties: tuple[Partie, ...], after: tuple[Partie, ...], order: str) -> tuple[Partie, ...]:
    """Return the parties with the later ranks of one order, if it is the same but for who came or went."""
    later = {partie.acteur: getattr(partie, order).rang for partie in after}
    acteurs = {partie.acteur for partie in parties}
    known = sorted((partie for partie in parties if partie.acteur in later), key=lambda partie: later[partie.acteur])
    doubled = len(acteurs) < len(parties) or len(later) < len(after)
    if doubled or acteurs == later.keys() or _out_of_order([getattr(partie, order).rang for partie in known]):
        return parties
    return tuple(
        replace(partie, **{order: replace(getattr(partie, order), rang=later[partie.acteur])})
        if partie.acteur in later
        else partie
        for partie in parties
    )


_PARTS: dict[str, dict[str, Any]] = {
    "protocole": {"corps": CORPS_ABSENT},
    "acteurs": {"acteurs": ()},
    "parties": {"parties": ()},
    "quartiers": {"communes": (), "quartiers": ()},
    "gouvernance": {"gouvernance": GOUVERNANCE_ABSENTE},
    "sigles": {"sigles": ()},
}
"""What stands for a base file that is not compared."""


# Identifiers that were given another form


def _renamed(was: Protocole, now: Protocole) -> dict[str, dict[str, str]]:
    """Return the later identifier by the earlier one, collection by collection, of what is the same but for it."""
    found: dict[str, dict[str, str]] = {}
    for name in _COLLECTIONS:
        xs, ys = getattr(was, name), getattr(now, name)
        pairs = ((xs[before].id, ys[after].id) for after, before in partners(xs, ys).items())
        found[name] = {x: y for x, y in pairs if x != y}
    return found


def _with_names(value: Any, renamed: dict[str, dict[str, str]], key: str = "") -> Any:
    """Return a value with later identifiers in place of the earlier ones, wherever one is referred to."""
    if not any(renamed.values()):
        return value
    if isinstance(value, Struct) and not isinstance(value, Position):
        changed = {
            name: new
            for name in value.__struct_fields__
            if (new := _with_names(old := getattr(value, name), renamed, name)) is not old
        }
        if (own := _OWN_NAMES.get(type(value))) and (identity := getattr(value, "id", "")) in renamed[own]:
            changed["id"] = renamed[own][identity]
        return replace(value, **changed) if changed else value
    if isinstance(value, tuple):
        items = tuple(_with_names(item, renamed, key) for item in value)
        return items if any(a is not b for a, b in zip(items, value, strict=True)) else value
    if isinstance(value, str):
        return next((renamed[name].get(value, value) for name, keys in _COLLECTIONS.items() if key in keys), value)
    return value


def _renamings(was: Protocole, now: Protocole, renamed: dict[str, dict[str, str]]) -> Iterator[Changement]:
    for name, names in renamed.items():
        before = {entry.id: entry for entry in getattr(was, name)}
        after = {entry.id: entry for entry in getattr(now, name)}
        for old, new in names.items():
            champs = (Champ(("id",), old, new, fait=True),)
            yield Changement(
                (name, new), "modification", before[old], after[new], champs, fait=True, position=after[new].position
            )


# Entry by entry


def _in_container(a: Struct, b: Struct, route: Route, *, fait: bool) -> Iterator[Changement]:
    for name, x, y, beside in _different(a, b, fait=fait):
        here = (*route, name)
        if _is_list(x, y):
            yield from _in_list(x, y, here, fait=beside)
        elif isinstance(x, _CONTAINERS) and isinstance(y, _CONTAINERS):
            yield from _in_container(x, y, here, fait=beside)
        elif isinstance(x, Struct) or isinstance(y, Struct):
            yield from _of_entry(x, y, here, fait=beside)
        else:
            owner = b if isinstance(b, Entree) else Entree()
            yield Changement(here, nature_of(x, y), x, y, (Champ((), x, y, beside),), beside, owner.position)


def _of_entry(a: Entree | None, b: Entree | None, route: Route, *, fait: bool) -> Iterator[Changement]:
    if b is not None and not b.position.fichier:  # what is no longer written, and says nothing
        b = None
    if a is None or b is None:
        entry = b or a or Entree()
        yield Changement(route, "retrait" if b is None else "ajout", a, b, (), fait, entry.position)
        return
    champs = tuple(_champs(a, b, (), fait=fait))
    if champs:
        facts = all(champ.fait for champ in champs)
        yield Changement(route, "modification", a, b, champs, facts, b.position)
    for name, x, y, beside in _different(a, b, fait=fait):
        if _is_list(x, y):
            yield from _in_list(x, y, (*route, name), fait=beside)


def _champs(a: Struct | None, b: Struct | None, way: tuple[str, ...], *, fait: bool) -> Iterator[Champ]:
    for name, x, y, beside in _different(a, b, fait=fait):
        if isinstance(x, Struct) or isinstance(y, Struct):
            yield from _champs(x, y, (*way, name), fait=beside)
        elif not _is_list(x, y):
            yield Champ((*way, name), x, y, beside)


def _different(a: Struct | None, b: Struct | None, *, fait: bool) -> Iterator[tuple[str, Any, Any, bool]]:
    """Yield the attributes that do not say the same, and whether each is a fact; what is not there has none."""
    facts: frozenset[str] = getattr(b or a, "FAITS", frozenset())
    for name in (b or a or Entree()).__struct_fields__:
        x, y = getattr(a, name, None), getattr(b, name, None)
        if name != "position" and x != y and not (x in ABSENT and y in ABSENT) and not _same_text(x, y):
            yield name, x, y, fait or name in facts


def _same_text(x: Any, y: Any) -> bool:
    return isinstance(x, str) and isinstance(y, str) and canonical_text(x) == canonical_text(y)


def _is_list(x: Any, y: Any) -> bool:
    """Tell whether one of two values is a list of entries."""
    return any(isinstance(value, tuple) and value and isinstance(value[0], Struct) for value in (x, y))


def _in_list(xs: Sequence[Entree], ys: Sequence[Entree], route: Route, *, fait: bool) -> Iterator[Changement]:
    partner = partners(xs, ys)
    told_elsewhere = fait or isinstance(next(iter(ys), None), Fiche)  # fiches stand in the order of their numbers
    moved = set() if told_elsewhere else _out_of_order([partner[rank] for rank in range(len(ys)) if rank in partner])
    for rank, y in enumerate(ys):
        here = (*route, _identity(y, rank))
        was = partner.get(rank, -1)
        x = xs[was] if was >= 0 else None
        if x is not None and was in moved and not _told_by_number(x, y, same_rank=was == rank):
            yield Changement(here, "deplacement", x, y, (), fait, y.position, was + 1)
        if x is None or not isinstance(x, _CONTAINERS):
            yield from _of_entry(x, y, here, fait=fait)
        else:
            yield from _in_container(x, y, here, fait=fait)
    kept = set(partner.values())
    for rank, x in enumerate(xs):
        if rank not in kept:
            yield from _of_entry(x, None, (*route, _identity(x, rank)), fait=fait)


def _told_by_number(x: Entree, y: Entree, *, same_rank: bool) -> bool:
    """Tell whether the numbers of an entry, before and after, say enough of where it stands."""
    before, after = getattr(x, "numero", None), getattr(y, "numero", None)
    return before is not None and after is not None and (before != after or same_rank)


def _identity(entry: Entree, rank: int) -> str | int:
    key = key_of(entry)
    return rank + 1 if key is None else key


def _out_of_order(ranks: Sequence[int]) -> set[int]:
    """Return the fewest of some ranks that must be left out for the others to rise."""
    ends: list[int] = []
    places: list[int] = []
    for rank in ranks:
        place = bisect_left(ends, rank)
        ends[place : place + 1] = [rank]
        places.append(place)
    wanted, kept = len(ends) - 1, set[int]()
    for rank, place in zip(reversed(ranks), reversed(places), strict=True):
        if place == wanted:
            kept.add(rank)
            wanted -= 1
    return set(ranks) - kept


def nature_of(x: object, y: object) -> Nature:
    """Return what happened to a value that was `x` and is `y`."""
    if x in ABSENT:
        return "ajout"
    return "retrait" if y in ABSENT else "modification"


def _placed(change: Changement, places: Callable[[str], Places]) -> Changement:
    """Return a change with the place of the very value, where it is one of a large part of a file, or of an entry, that is there."""
    keys = change.champs[0].cles if len(change.champs) == 1 else ()
    inside = keys or ((change.route[-1],) if change.champs and not change.champs[0].cles else ())
    if change.nature == "retrait" or not inside:
        return change
    entry = change.position
    try:
        of_file = places(entry.fichier)
    except (Illisible, Refuse):  # the file has changed meanwhile
        return change
    return replace(change, position=Position(entry.fichier, *of_file.inside((entry.ligne, entry.colonne), inside)))

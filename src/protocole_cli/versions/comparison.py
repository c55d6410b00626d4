"""What changed from one state of a protocole to another, entry by entry: no difference of lines, of order of keys or of remarks.

A text is the same however its lines are broken. Entries of a list that nothing identifies are the same where they say the
same, or where most of their words are the same.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import replace

from protocole_cli.language import words
from protocole_cli.loading.layout import base_file
from protocole_cli.loading.loaded import Loaded
from protocole_cli.loading.prose import parse_prose
from protocole_cli.model.acteurs import Acteur, Partie
from protocole_cli.model.corps import CORPS_ABSENT, Article, Corps, GroupeDit, Rubrique, Section
from protocole_cli.model.entree import Entree
from protocole_cli.model.fiche import AutreRubrique, CalendrierPhase, EchellePhase, Fiche, Phase
from protocole_cli.model.gouvernance import GOUVERNANCE_ABSENTE, Colonne, Gouvernance, Groupe, Instance
from protocole_cli.model.protocole import Protocole, Sigle
from protocole_cli.model.territoire import Commune, Quartier
from protocole_cli.position import Position
from protocole_cli.versions.fingerprints import empreinte_texte

Nature = Literal["ajout", "retrait", "modification", "deplacement"]
Route = tuple[str | int, ...]
"""The keys, and what identifies the entries of lists or their ranks from 1, that lead to what changed."""

_ABSENT: tuple[object, ...] = (None, "", ())
_CONTAINERS = (Protocole, Corps, Gouvernance, Fiche)
"""What is too large to be named as one change: its parts are."""
_KEYS: dict[type, str] = {
    Fiche: "numero",
    Article: "numero",
    **dict.fromkeys((Acteur, Commune, Quartier, Instance, Colonne, Groupe, GroupeDit, Phase), "id"),
    Partie: "acteur",
    **dict.fromkeys((EchellePhase, CalendrierPhase), "phase"),
    Sigle: "sigle",
    Rubrique: "cle",
    AutreRubrique: "intitule",
}
"""The attribute that identifies an entry among those of its list."""
ALIKE = 0.5
"""From so large a part of the words of the shorter one on, two entries are one that was rewritten."""
_TELLING = 4
"""Shorter words are in every text."""
_MOST_COMPARED = 10_000
"""Of more pairs of entries, each is held against the one of its rank alone."""


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

    `position` is its place in the later state, in the earlier one where it is gone. `fait` tells that no word that the parties
    sign is concerned.
    """

    route: Route
    nature: Nature
    avant: Any
    apres: Any
    champs: tuple[Champ, ...]
    fait: bool
    position: Position


class Comparison(Struct, frozen=True):
    """All that changed, in the order of the later state, what is gone after its neighbours; and whether the signed text did."""

    changements: tuple[Changement, ...]
    texte_change: bool


def compare(avant: Loaded, apres: Loaded) -> Comparison:
    """Return what changed; a file that cannot be read whole in one of the two states is compared in none of its parts."""
    broken = avant.fautifs | apres.fautifs
    was, now = (_sound(state.protocole, broken) for state in (avant, apres))
    return Comparison(
        tuple(_in_container(was, now, (), fait=False)),
        empreinte_texte(was) != empreinte_texte(now),
    )


def _sound(protocole: Protocole, broken: frozenset[str]) -> Protocole:
    fiches = tuple(fiche for fiche in protocole.fiches if fiche.position.fichier not in broken)
    absent = {name: part for kind, parts in _PARTS.items() if base_file(kind) in broken for name, part in parts.items()}
    return replace(protocole, fiches=fiches, **absent)


_PARTS: dict[str, dict[str, Any]] = {
    "protocole": {"corps": CORPS_ABSENT},
    "acteurs": {"acteurs": ()},
    "parties": {"parties": ()},
    "quartiers": {"communes": (), "quartiers": ()},
    "gouvernance": {"gouvernance": GOUVERNANCE_ABSENTE},
    "sigles": {"sigles": ()},
}
"""What stands for a base file that is not compared."""


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
            yield Changement(here, _nature(x, y), x, y, (Champ((), x, y, beside),), beside, owner.position)


def _of_entry(a: Entree | None, b: Entree | None, route: Route, *, fait: bool) -> Iterator[Changement]:
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
        if name != "position" and x != y and not (x in _ABSENT and y in _ABSENT) and not _same_text(x, y):
            yield name, x, y, fait or name in facts


def _same_text(x: Any, y: Any) -> bool:
    return isinstance(x, str) and isinstance(y, str) and bool(x) and bool(y) and parse_prose(x) == parse_prose(y)


def _is_list(x: Any, y: Any) -> bool:
    """Tell whether one of two values is a list of entries."""
    return any(isinstance(value, tuple) and value and isinstance(value[0], Struct) for value in (x, y))


def _in_list(xs: Sequence[Entree], ys: Sequence[Entree], route: Route, *, fait: bool) -> Iterator[Changement]:
    partner = _partners(xs, ys)
    moved = set() if fait else _out_of_order([partner[rank] for rank in range(len(ys)) if rank in partner])
    for rank, y in enumerate(ys):
        here = (*route, _identity(y, rank))
        x = xs[partner[rank]] if rank in partner else None
        if x is not None and partner[rank] in moved:
            yield Changement(here, "deplacement", x, y, (), fait, y.position)
        if x is None or not isinstance(x, _CONTAINERS):
            yield from _of_entry(x, y, here, fait=fait)
        else:
            yield from _in_container(x, y, here, fait=fait)
    kept = set(partner.values())
    for rank, x in enumerate(xs):
        if rank not in kept:
            yield from _of_entry(x, None, (*route, _identity(x, rank)), fait=fait)


def _identity(entry: Entree, rank: int) -> str | int:
    key = _key(entry)
    return rank + 1 if key is None else key


def _key(entry: Entree) -> str | int | None:
    """Return what identifies an entry among its neighbours, `None` where its words alone do."""
    if isinstance(entry, Section):
        return entry.titre if entry.numero is None else entry.numero
    name = _KEYS.get(type(entry))
    key: str | int | None = getattr(entry, name) if name else None
    return key


def _partners(xs: Sequence[Entree], ys: Sequence[Entree]) -> dict[int, int]:
    """Return the rank of each entry of the earlier list by that of what it became in the later one."""
    partner: dict[int, int] = {}
    free: dict[Any, list[int]] = {}
    for rank, x in enumerate(xs):
        free.setdefault(_known_by(x), []).append(rank)
    for rank, y in enumerate(ys):
        if same := free.get(_known_by(y)):
            partner[rank] = same.pop(0)
    before = [rank for rank, x in enumerate(xs) if _key(x) is None and rank not in set(partner.values())]
    after = [rank for rank, y in enumerate(ys) if _key(y) is None and rank not in partner]
    return partner | dict(_rewritten({r: xs[r] for r in before}, {r: ys[r] for r in after}))


def _known_by(entry: Entree) -> Any:
    key = _key(entry)
    return entry if key is None else (type(entry), key)


def _rewritten(xs: dict[int, Entree], ys: dict[int, Entree]) -> Iterator[tuple[int, int]]:
    """Yield which entry became which, the most alike first."""
    said = {rank: _telling_words(x) for rank, x in xs.items()}
    says = {rank: _telling_words(y) for rank, y in ys.items()}
    few = len(xs) * len(ys) <= _MOST_COMPARED
    pairs = ((rank, was) for rank in ys for was in xs) if few else zip(ys, xs, strict=False)
    scored = sorted((-_alike(said[was], says[rank]), abs(rank - was), rank, was) for rank, was in pairs)
    taken: set[int] = set()
    given: set[int] = set()
    for score, _, rank, was in scored:
        if -score >= ALIKE and rank not in given and was not in taken:
            given.add(rank)
            taken.add(was)
            yield rank, was


def _alike(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def _telling_words(value: Any) -> frozenset[str]:
    """Return the words of an entry that tell it from others."""
    if isinstance(value, str):
        return frozenset(word for word in words(value).split(" ") if len(word) >= _TELLING)
    if isinstance(value, tuple):
        return frozenset[str]().union(*map(_telling_words, value))
    if isinstance(value, Struct) and not isinstance(value, Position):
        return frozenset[str]().union(*(_telling_words(getattr(value, name)) for name in value.__struct_fields__))
    return frozenset()


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


def _nature(x: object, y: object) -> Nature:
    if x in _ABSENT:
        return "ajout"
    return "retrait" if y in _ABSENT else "modification"

"""Which entry of an earlier list became which of a later one."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from protocole_cli.language import words
from protocole_cli.model.acteurs import Acteur, Partie
from protocole_cli.model.corps import Article, GroupeDit, Rubrique, Section
from protocole_cli.model.entree import Entree
from protocole_cli.model.fiche import AutreRubrique, CalendrierPhase, EchellePhase, Engagement, Fiche, Phase
from protocole_cli.model.gouvernance import Colonne, Groupe, Instance
from protocole_cli.model.protocole import Sigle
from protocole_cli.model.territoire import Commune, Quartier
from protocole_cli.position import Position

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
_NUMBERED = (Fiche, Article, Section)
"""What has a title beside its number."""
ALIKE = 0.5
"""From so large a part of the words of the longer one on, two entries are one that was rewritten."""
_NEARLY_THE_SAME = 0.8
"""The same of two that identify themselves otherwise, but by a number, or of promises of others."""
_TELLING = 4
"""Shorter words are in every text."""
_MOST_COMPARED = 10_000
"""Of more pairs of entries, each is held against the one of its rank alone."""


def key_of(entry: Entree) -> str | int | None:
    """Return what identifies an entry among its neighbours, `None` where its words alone do."""
    if isinstance(entry, Section):
        return entry.titre if entry.numero is None else entry.numero
    name = _KEYS.get(type(entry))
    key: str | int | None = getattr(entry, name) if name else None
    return key


def partners(xs: Sequence[Entree], ys: Sequence[Entree]) -> dict[int, int]:
    """Return the rank of an entry of the earlier list by that of what it became in the later one.

    An entry is the one with its key, or that says the same; of what is left, the one most of whose words are the same. A number
    alone is a key only where neither title nor words tell: one entry more, or less, moves all the numbers after it.
    """
    numbered = any(isinstance(entry, _NUMBERED) for entry in (*xs[:1], *ys[:1]))
    steps = _STEPS_BY_TITLE if numbered else _STEPS
    partner: dict[int, int] = {}
    for step in steps:
        taken = set(partner.values())
        before = {rank: x for rank, x in enumerate(xs) if rank not in taken}
        after = {rank: y for rank, y in enumerate(ys) if rank not in partner}
        partner |= dict(step(before, after))
    return partner


def _same(
    known_by: Callable[[Entree], Any],
) -> Callable[[dict[int, Entree], dict[int, Entree]], Iterator[tuple[int, int]]]:
    """Return what yields which entry became which of those that are known by the same."""

    def pairs(xs: dict[int, Entree], ys: dict[int, Entree]) -> Iterator[tuple[int, int]]:
        free: dict[Any, list[int]] = {}
        for rank, x in reversed(xs.items()):
            free.setdefault(known_by(x), []).append(rank)
        for rank, y in ys.items():
            if same := free.get(known_by(y)):
                yield rank, same.pop()

    return pairs


def _known_by(entry: Entree) -> Any:
    key = key_of(entry)
    return entry if key is None else (type(entry), key)


def _title(entry: Entree) -> str:
    return words(getattr(entry, "titre", ""))


def _key_and_title(entry: Entree) -> Any:
    return key_of(entry), _title(entry)


def _under_the_same_title(xs: dict[int, Entree], ys: dict[int, Entree]) -> Iterator[tuple[int, int]]:
    """Yield which entry became which of those with a title, unless they say other things under it: titles may change places."""
    for rank, was in _same(_title)(xs, ys):
        x, y = xs[was], ys[rank]
        if x == replace(y, numero=getattr(x, "numero", None)) or _share(_own_words(x), _own_words(y)) >= ALIKE:
            yield rank, was


def _rewritten(xs: dict[int, Entree], ys: dict[int, Entree]) -> Iterator[tuple[int, int]]:
    """Yield which entry became which, the most alike first."""
    said = {rank: _own_words(x) for rank, x in xs.items()}
    says = {rank: _own_words(y) for rank, y in ys.items()}
    few = len(xs) * len(ys) <= _MOST_COMPARED
    pairs = ((rank, was) for rank in ys for was in xs) if few else zip(ys, xs, strict=False)
    scored = sorted(
        (-_likeness(xs[was], ys[rank], _share(said[was], says[rank])), abs(rank - was), rank, was)
        for rank, was in pairs
    )
    taken: set[int] = set()
    given: set[int] = set()
    for score, _, rank, was in scored:
        if score < 0 and rank not in given and was not in taken:
            given.add(rank)
            taken.add(was)
            yield rank, was


def _likeness(a: Entree, b: Entree, share: float) -> float:
    """Return how sure it is that one entry became the other, 0 where it is not."""
    if isinstance(a, Engagement) and isinstance(b, Engagement):
        return _of_promises(a, b, share)
    enough = ALIKE if key_of(a) is None or isinstance(a, _NUMBERED) else _NEARLY_THE_SAME
    return share if share >= enough else 0.0


def _of_promises(a: Engagement, b: Engagement, share: float) -> float:
    """Return the same of two promises: one of others is another, unless it says nearly the same."""
    if a.acteurs and b.acteurs and not set(a.acteurs) & set(b.acteurs):
        return share if share >= _NEARLY_THE_SAME else 0.0
    same_authors = bool(a.acteurs or a.intitule) and (a.acteurs, a.intitule) == (b.acteurs, b.intitule)
    if same_authors:
        return max(share, ALIKE)
    return share if share >= ALIKE else 0.0


def _share(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / max(len(a), len(b)) if a and b else 0.0


def _own_words(entry: Entree) -> frozenset[str]:
    """Return the words of an entry that tell it from others, but for what identifies it; of a promise, those of its text alone."""
    if isinstance(entry, Engagement):
        return telling_words(entry.texte)
    key = _KEYS.get(type(entry))
    parts = (getattr(entry, name) for name in entry.__struct_fields__ if name != key)
    return frozenset[str]().union(*map(telling_words, parts))


def telling_words(value: Any) -> frozenset[str]:
    """Return the words of an entry, or a text, that tell it from others."""
    if isinstance(value, str):
        return frozenset(word for word in words(value).split(" ") if len(word) >= _TELLING)
    if isinstance(value, tuple):
        return frozenset[str]().union(*map(telling_words, value))
    if isinstance(value, Struct) and not isinstance(value, Position):
        return frozenset[str]().union(*(telling_words(getattr(value, name)) for name in value.__struct_fields__))
    return frozenset()


_STEPS = (_same(_known_by), _rewritten)
_STEPS_BY_TITLE = (_same(_key_and_title), _under_the_same_title, _rewritten, _same(_known_by))
"""How entries are known, the surest way first; and those that have a title beside their number."""

"""Which actors a text names, by name, acronym or alias."""

import re
from collections.abc import Iterable
from functools import lru_cache

from protocole_cli.language import fold
from protocole_cli.model.acteurs import Acteur

_WORD = re.compile(r"\w+")


@lru_cache(maxsize=1)
def names_of(acteurs: tuple[Acteur, ...]) -> "Names":
    """Return the names of some actors; kept, as fiches are judged a few at a time."""
    return Names(acteurs)


class Names:
    """The names of all actors, ready to be found in texts.

    A name is found as whole words, whatever its case, accents and punctuation; an acronym, and a name in
    capitals, only in capitals (« EN » is no « en »). Where names overlap the longest wins: the name of a
    métropole does not name its main town.
    """

    def __init__(self, acteurs: Iterable[Acteur]) -> None:
        """Index the names by their first word."""
        self.known = {acteur.id: acteur for acteur in acteurs}
        self._by_first: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
        for acteur in self.known.values():
            for spelling in self.spellings(acteur.id):
                words = tuple(_WORD.findall(fold(spelling)))
                if words:
                    exact = spelling if len(words) == 1 and spelling.isupper() else ""
                    self._by_first.setdefault(words[0], []).append((words, acteur.id, exact))
        for candidates in self._by_first.values():
            candidates.sort(key=lambda c: -len(c[0]))
        self._folded: dict[str, str] = {}
        self._read: dict[str, tuple[str, ...]] = {}  # the same few words come back from fiche to fiche

    def spellings(self, acteur: str) -> tuple[str, ...]:
        """Return the ways to write the actor, the name first."""
        return self.known[acteur].graphies

    def label(self, acteur: str) -> str:
        """Return the name of the actor."""
        return self.known[acteur].nom

    def named(self, text: str) -> tuple[str, ...]:
        """Return the identifiers of the actors that a text names, in the order of the words; kept for when it comes back."""
        known = self._read.get(text)
        if known is None:
            known = self._read[text] = self.find(text)
        return known

    def find(self, text: str) -> tuple[str, ...]:
        """Return the same of a text, of which nothing is kept."""
        originals = _WORD.findall(text)
        words = [self._fold(word) for word in originals]
        found: list[str] = []
        rank, count = 0, len(words)
        while rank < count:
            step = 1
            for candidate, acteur, exact in self._by_first.get(words[rank], ()):
                length = len(candidate)
                if (length == 1 or tuple(words[rank : rank + length]) == candidate) and (
                    not exact or originals[rank] == exact
                ):
                    found.append(acteur)
                    step = length
                    break
            rank += step
        return tuple(found)

    def _fold(self, word: str) -> str:
        folded = self._folded.get(word)
        if folded is None:
            folded = self._folded[word] = fold(word)
        return folded

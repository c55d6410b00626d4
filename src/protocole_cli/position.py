"""Where a value stands in a file."""

from msgspec import Struct

Route = tuple[str | int, ...]
"""The keys, and ranks in lists, that lead from the top of a file to a value."""


class Position(Struct, frozen=True, eq=False, array_like=True):
    """A place in a file of the repository.

    `fichier` is relative to the root and written with `/`; `ligne` and `colonne` count from 1, in
    characters. Two positions are always equal, and so add nothing to the comparison of the entries
    that carry them: an entry that only moved is the same entry.
    """

    fichier: str = ""
    ligne: int = 1
    colonne: int = 1

    def __eq__(self, other: object) -> bool:
        """Tell whether `other` is a position too, wherever it points."""
        return isinstance(other, Position)

    def __hash__(self) -> int:
        """Return the same hash for all positions, as they are equal."""
        return 0

    @property
    def key(self) -> tuple[str, int, int]:
        """The place itself, as a value that sorts in reading order and can be compared."""
        return (self.fichier, self.ligne, self.colonne)

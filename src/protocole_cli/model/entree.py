"""What all objects of the model share."""

from typing import ClassVar

from msgspec import Struct

from protocole_cli.position import Position


class Entree(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A mapping of a data file, as a frozen object: one attribute a key, and its place.

    `FAITS` names the attributes that are facts beside the words: they are in the fingerprint of the
    data, not in that of the text that the parties sign. What is not named there counts as words, so
    that a new key can never slip out of the signed text unnoticed. What another process is sent of an
    object leaves out its defaults, which need not have the form of what is written.
    """

    FAITS: ClassVar[frozenset[str]] = frozenset()

    position: Position = Position()


class EntreeAvecListes(Entree, frozen=True):
    """An entry with lists, named by `SANS_DOUBLON`, that say nothing twice: `ValueError` where one does."""

    SANS_DOUBLON: ClassVar[tuple[str, ...]] = ()

    def __post_init__(self) -> None:
        """Refuse a list that says something twice."""
        for name in self.SANS_DOUBLON:
            values = getattr(self, name)
            if len(values) > 1 and len(set(values)) < len(values):
                raise ValueError(name)

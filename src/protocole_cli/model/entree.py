"""What all objects of the model share."""

from typing import ClassVar

from msgspec import Struct

from protocole_cli.position import Position


class Entree(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A mapping of a data file, as a frozen object: one attribute a key, and its place.

    `FAITS` names the attributes that are facts beside the words: they are in the fingerprint of the
    data, not in that of the text that the parties sign. What is not named there counts as words, so
    that a new key can never slip out of the signed text unnoticed.
    """

    FAITS: ClassVar[frozenset[str]] = frozenset()

    position: Position = Position()

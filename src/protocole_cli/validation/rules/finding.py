"""What a rule says: which entry, and the words; the runner gives it a place, a name and a severity."""

from msgspec import Struct

from protocole_cli.position import Position, Route


class Finding(Struct, frozen=True):
    """Something that a rule found at an entry, or at what `route` leads to inside it.

    With `words`, the place is that of these words, on line `line` (from 0) of the text that `route` leads to.
    """

    position: Position
    message: str
    aide: str = ""
    route: Route = ()
    line: int = 0
    words: str = ""

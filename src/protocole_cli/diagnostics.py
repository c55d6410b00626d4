"""What the program has to say of the data: values, ordered by place, printed elsewhere."""

from enum import StrEnum

from msgspec import Struct

from protocole_cli.position import Position


class Severite(StrEnum):
    """How grave a diagnostic is: an error refuses the data, a warning draws attention to it."""

    ERREUR = "erreur"
    AVERTISSEMENT = "avertissement"


class Diagnostic(Struct, frozen=True):
    """One finding: where, how grave, by which rule, what is the matter, and the way out.

    `message` and `aide` are French sentences that may quote the data as it is, control characters
    and all: the formats neutralise them.
    """

    position: Position
    severite: Severite
    regle: str
    message: str
    aide: str = ""

    @property
    def sort_key(self) -> tuple[tuple[str, int, int], str, str]:
        """The order of all lists of diagnostics: by place, then rule, then message."""
        return (self.position.key, self.regle, self.message)


def ordered(diagnostics: "list[Diagnostic]") -> tuple[Diagnostic, ...]:
    """Return the diagnostics by place, each said once."""
    once = {(d.sort_key, d.severite, d.aide): d for d in diagnostics}
    return tuple(sorted(once.values(), key=lambda d: d.sort_key))

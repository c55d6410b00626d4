"""The line of a command read by a second process, while this one loads what the command needs.

To load typer takes about as long as to load the rest, and neither needs the other.
"""

import marshal
from collections.abc import Sequence

from protocole_cli.cli.call import Call, running
from protocole_cli.loading.child import Child, two_at_once
from protocole_cli.loading.root import find_root

COMMANDS = ("fiche", "validate")
"""The commands that people and forges call most, each with a module in `running`."""
ALONE = ("validate",)
"""Those of them that may stand alone on the line: there is nothing to read then, `run` has the defaults of typer."""


def read_ahead(arguments: Sequence[str]) -> Call | None:
    """Return what a command line asks for, with what that needs loaded.

    `None` where that would not pay, or the line is not a plain call of one of `COMMANDS`: it is then to be read here, where help
    is printed and faults are told. Raises `SansProtocole`.
    """
    if not arguments or arguments[0] not in COMMANDS or "--help" in arguments:
        return None
    if len(arguments) == 1 and arguments[0] in ALONE:
        return Call(arguments[0], {"racine": find_root()})
    if not two_at_once():
        return None
    with Child(lambda: _read(arguments)) as child:
        running(arguments[0])
        content = child.result()
    return None if content is None else Call(*marshal.loads(content))  # noqa: S302 (our own copy wrote it)


def _read(arguments: Sequence[str]) -> bytes:
    """Return the call, for the original of this copy to read; raises where there is none."""
    from protocole_cli.cli.app import read

    call = read(arguments)
    if not isinstance(call, Call):
        raise TypeError(call)
    return marshal.dumps(tuple(call))

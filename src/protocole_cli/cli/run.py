"""One run of the program, from its command line to its exit code: what its endings mean to the shell."""

import os
import sys
from collections.abc import Sequence

from protocole_cli.cli.ahead import read_ahead
from protocole_cli.cli.output import AppelFautif, NonRendue, SansReponse, answer, prepare, tell
from protocole_cli.loading.root import SansProtocole
from protocole_cli.rendering.faults import GabaritFautif

FAULT_OF_THE_DATA = 1
FAULT_OF_THE_CALL = 2
FAULT_OF_THE_PROGRAM = 70
INTERRUPTED = 130

ENDINGS: dict[type[Exception], int] = {
    SansProtocole: FAULT_OF_THE_CALL,
    SansReponse: FAULT_OF_THE_DATA,
    GabaritFautif: FAULT_OF_THE_DATA,
    NonRendue: FAULT_OF_THE_PROGRAM,
}
"""What a command may raise instead of answering, a sentence in French, and the exit code of it."""

COMPLETION = "_PROTOCOLE_COMPLETE"
"""The variable by which a shell, whose name it holds, asks what may come next on the line that is being typed."""


def run(arguments: Sequence[str]) -> int:
    """Run the program and return its exit code; nothing that goes wrong gets past it as a traceback."""
    prepare()
    try:
        if shell := os.environ.get(COMPLETION):
            return _complete(shell, arguments)
        code = _carry_out(arguments)
    except KeyboardInterrupt:
        code = INTERRUPTED
    except Exception as error:  # noqa: BLE001 (the last resort: a sentence instead of a traceback)
        code = _ended(error, trace="--trace" in arguments)
    if code == INTERRUPTED:  # typer makes of an interruption a way to exit
        tell("Interrompu.")
    return code


def _carry_out(arguments: Sequence[str]) -> int:
    call = read_ahead(arguments)
    if call is None:
        from protocole_cli.cli.app import read

        asked = read(arguments)
        if isinstance(asked, int):
            return asked
        call = asked
    try:
        return call.carry_out()
    except AppelFautif as error:
        tell(f"protocole : {error}\nAide : protocole {call.commande} --help")
        return FAULT_OF_THE_CALL


def _complete(shell: str, typed: Sequence[str]) -> int:
    from typer.main import get_command

    from protocole_cli.cli.app import app
    from protocole_cli.cli.completing import completions

    answer(completions(get_command(app), shell, list(typed)))
    return 0


def _ended(error: Exception, *, trace: bool) -> int:
    """Tell why there is no answer, and return the exit code of it."""
    for kind, code in ENDINGS.items():
        if isinstance(error, kind):
            tell(f"protocole : {error}")
            return code
    from typer import Abort
    from typer._click.exceptions import ClickException

    from protocole_cli.cli.french import complaint, help_hint

    if isinstance(error, Abort):
        return INTERRUPTED
    if isinstance(error, ClickException):
        tell(f"protocole : {complaint(error)}\n{help_hint(error)}")
        return FAULT_OF_THE_CALL
    return _breakdown(error, trace=trace)


def _breakdown(error: Exception, *, trace: bool) -> int:
    if trace:
        import traceback

        traceback.print_exception(error, file=sys.stderr)
    tell(
        f"protocole : le programme est en panne ({type(error).__name__}) ; vos données ne sont pas en cause. "
        "Merci de le signaler à ceux qui le maintiennent, avec la commande tapée et ce que montre "
        "« protocole --trace … »."
    )
    return FAULT_OF_THE_PROGRAM

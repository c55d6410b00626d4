"""The program `protocole`: its commands, and what their endings mean to the shell."""

import os
import sys
from typing import Annotated

import typer
from typer._click.exceptions import ClickException

from protocole_cli import __version__
from protocole_cli.cli.french import FrenchGroup, complaint, help_hint
from protocole_cli.cli.options import Dossier
from protocole_cli.cli.output import NonRendue, SansReponse, answer, prepare, tell

FAULT_OF_THE_DATA = 1
FAULT_OF_THE_CALL = 2
FAULT_OF_THE_PROGRAM = 70
INTERRUPTED = 130

COMPLETION = "_PROTOCOLE_COMPLETE"
"""The variable by which a shell, whose name it holds, asks what may come next on the line that is being typed."""


app = typer.Typer(
    name="protocole",
    cls=FrenchGroup,
    invoke_without_command=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    options_metavar="[OPTIONS]",
    subcommand_metavar="COMMANDE …",
    help="Écrire, vérifier, lire et imprimer un protocole d’engagements tenu en fichiers YAML.",
)


@app.callback(invoke_without_command=True)
def program(
    ctx: typer.Context,
    dossier: Dossier = None,  # noqa: ARG001 (the commands read it from the context)
    version: Annotated[bool, typer.Option("--version", help="Dire la version du programme.")] = False,  # noqa: FBT002
    trace: Annotated[bool, typer.Option("--trace", help="En cas de panne, montrer le détail technique.")] = False,  # noqa: ARG001, FBT002
) -> None:
    """Say the version, or where one is, where no command is given."""
    if version:
        answer(f"protocole {__version__}\n")
        raise typer.Exit
    if ctx.invoked_subcommand is None:
        from protocole_cli.cli.welcome import welcome

        raise typer.Exit(welcome(ctx))


def run(arguments: list[str]) -> int:
    """Run the program and return its exit code; nothing that goes wrong gets past it as a traceback."""
    from protocole_cli.loading.root import SansProtocole

    prepare()
    try:
        if shell := os.environ.get(COMPLETION):
            return _complete(shell, arguments)
        code = app(arguments, prog_name="protocole", standalone_mode=False)
    except ClickException as error:
        tell(f"protocole : {complaint(error)}\n{help_hint(error)}")
        return FAULT_OF_THE_CALL
    except SansProtocole as error:
        tell(f"protocole : {error}")
        return FAULT_OF_THE_CALL
    except NonRendue as error:
        tell(f"protocole : {error}")
        return FAULT_OF_THE_PROGRAM
    except SansReponse as error:
        tell(f"protocole : {error}")
        return FAULT_OF_THE_DATA
    except (KeyboardInterrupt, typer.Abort):
        tell("Interrompu.")
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 (the last resort: a sentence instead of a traceback)
        return _breakdown(error, trace="--trace" in arguments)
    if code == INTERRUPTED:  # typer makes of an interruption a way to exit
        tell("Interrompu.")
    return code if isinstance(code, int) else 0


def _complete(shell: str, typed: list[str]) -> int:
    from typer.main import get_command

    from protocole_cli.cli.completing import completions

    answer(completions(get_command(app), shell, typed))
    return 0


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

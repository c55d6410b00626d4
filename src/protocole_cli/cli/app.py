"""The program `protocole` as typer knows it: its options and its commands."""

from collections.abc import Sequence
from typing import Annotated

import typer

from protocole_cli import __version__
from protocole_cli.cli.call import Call
from protocole_cli.cli.french import FrenchGroup
from protocole_cli.cli.options import Dossier
from protocole_cli.cli.output import answer

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


def read(arguments: Sequence[str]) -> Call | int:
    """Return what a command line asks for; where it is answered while it is read, the exit code.

    Raises what typer raises for a fault of the call, and what a command raises.
    """
    asked = app(list(arguments), prog_name="protocole", standalone_mode=False)
    return asked if isinstance(asked, (Call, int)) else 0

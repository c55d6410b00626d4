"""Options that several commands share."""

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from protocole_cli.cli import candidates
from protocole_cli.language import enumeration

if TYPE_CHECKING:
    from typer._click import Context

Dossier = Annotated[
    Path | None,
    typer.Option(
        "--dossier",
        metavar="CHEMIN",
        help="Le dossier du protocole, quand on n’y est pas (ou la variable PROTOCOLE_DOSSIER).",
        show_default=False,
    ),
]


def listed_formats(formats: Collection[str]) -> str:
    """Return what the help of `--format` says: the formats, of which the first is taken where none is given."""
    first, *others = formats
    return f"{enumeration([f'{first} (par défaut)', *others], 'ou')}."


def format_option(*formats: str) -> Any:
    """Return the option `--format` of a command that answers in these forms, the first by default."""
    return typer.Option(
        "--format",
        metavar="FORME",
        help=listed_formats(formats),
        show_default=False,
        autocompletion=candidates.among(*formats),
    )


FormeTableau = Annotated[str, format_option("texte", "json", "csv", "md")]
AvecServices = Annotated[
    bool,
    typer.Option("--avec-services", help="Compter avec un organisme les services qui en relèvent.", show_default=False),
]


def root(ctx: typer.Context, dossier: Path | None) -> Path:
    """Return the root of the protocole: the option of the command, else that of the program, else found."""
    from protocole_cli.loading.root import find_root

    above = ctx.parent.params.get("dossier") if ctx.parent else None
    return Path(find_root(dossier or above))


def choice(value: str, possible: Collection[str], option: str) -> str:
    """Return the value if it is one of the possible ones; else the call is at fault, and the nearest is suggested."""
    if value in possible:
        return value
    from protocole_cli.language import vouliez_vous_dire

    listed = enumeration([f"« {p} »" for p in possible], "ou")
    near = vouliez_vous_dire(value, possible)
    raise typer.BadParameter(
        f"« {value} » n’est pas admis par {option}. {near} Les choix sont {listed}.".replace("  ", " ")
    )


def refuse_empty(ctx: "Context") -> None:
    """Raise a fault of the call where what may be left out was given, and is empty.

    A script whose variable is not set would get the answer for everything, and take it for the one it asked.
    """
    for parameter in ctx.command.params:
        given = ctx.params.get(parameter.name or "")
        if parameter.default == "" and isinstance(given, str) and not given.strip() and _typed(ctx, parameter.name):
            option = parameter.param_type_name == "option"
            said = parameter.opts[0] if option else str(parameter.make_metavar(ctx)).strip("[]")
            wanted = f" ({parameter.make_metavar(ctx)})" if option else ""
            raise typer.BadParameter(f"{said} est vide : donnez une valeur{wanted}, ou n’écrivez pas {said}.")


def _typed(ctx: "Context", name: str | None) -> bool:
    source = ctx.get_parameter_source(name or "")
    return source is not None and source.name == "COMMANDLINE"


_LONGEST_NUMBER = 1000
"""So many digits are no number that anyone means."""


def fiche_number(numero: str) -> int:
    """Return the number of a fiche as it was typed; what is no number is a fault of the call."""
    if numero.isascii() and numero.isdigit() and len(numero) < _LONGEST_NUMBER:
        return int(numero)
    raise typer.BadParameter(f"« {numero} » n’est pas un numéro de fiche. Écrivez par exemple : protocole fiche 5")


def year(typed: str) -> int:
    """Return a year as it was typed; what is no year is a fault of the call."""
    if typed.isascii() and typed.isdigit() and len(typed) == 4:
        return int(typed)
    raise typer.BadParameter(f"« {typed} » n’est pas une année. Écrivez par exemple : --annee 2021")

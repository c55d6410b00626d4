"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

Dossier = Annotated[
    Path | None,
    typer.Option(
        "--dossier",
        metavar="CHEMIN",
        help="Le dossier du protocole, quand on n’y est pas (ou la variable PROTOCOLE_DOSSIER).",
        show_default=False,
    ),
]

FormeTableau = Annotated[
    str,
    typer.Option("--format", metavar="FORME", help="texte (par défaut), json, csv ou md.", show_default=False),
]
Acteur = Annotated[
    str,
    typer.Option(
        "--acteur", metavar="NOM", help="Un organisme, par son nom, son sigle ou son identifiant.", show_default=False
    ),
]
AvecServices = Annotated[
    bool,
    typer.Option("--avec-services", help="Compter avec un acteur les services qui en relèvent.", show_default=False),
]


def root(ctx: typer.Context, dossier: Path | None) -> Path:
    """Return the root of the protocole: the option of the command, else that of the program, else found."""
    from protocole_cli.loading.root import find_root

    above = ctx.parent.params.get("dossier") if ctx.parent else None
    return find_root(dossier or above)


def choice(value: str, possible: "list[str]", option: str) -> str:
    """Return the value if it is one of the possible ones; else the call is at fault, and the nearest is suggested."""
    if value in possible:
        return value
    from protocole_cli.language import enumeration, vouliez_vous_dire

    listed = enumeration([f"« {p} »" for p in possible], "ou")
    near = vouliez_vous_dire(value, possible)
    raise typer.BadParameter(
        f"« {value} » n’est pas admis par {option}. {near} Les choix sont {listed}.".replace("  ", " ")
    )


def year(typed: str) -> int:
    """Return a year as it was typed; what is no year is a fault of the call."""
    if typed.isascii() and typed.isdigit() and len(typed) == 4:
        return int(typed)
    raise typer.BadParameter(f"« {typed} » n’est pas une année. Écrivez par exemple : --annee 2021")

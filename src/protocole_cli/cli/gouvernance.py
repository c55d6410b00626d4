"""`protocole gouvernance`."""

from typing import Annotated

import typer

from protocole_cli.cli import candidates
from protocole_cli.cli.options import Dossier, FormeTableau, choice, root


def gouvernance(
    ctx: typer.Context,
    mois: Annotated[
        str,
        typer.Option(
            "--mois",
            metavar="MOIS",
            help="Les réunions d’un mois : octobre, ou 10.",
            show_default=False,
            autocompletion=candidates.mois,
        ),
    ] = "",
    reunions_par_an: Annotated[  # noqa: FBT002 (typer makes it a flag)
        bool,
        typer.Option(
            "--reunions-par-an", help="Le nombre de réunions par an, par instance et en tout.", show_default=False
        ),
    ] = False,
    forme: FormeTableau = "texte",
    dossier: Dossier = None,
) -> int:
    """Montrer le schéma de la gouvernance, ou ses réunions.

    Le schéma de l’annexe 1, colonne après colonne ; côte à côte dans une fenêtre assez large. Là où le texte
    donne une fourchette de réunions, la réponse en donne une ; les réunions de chaque groupe sont comptées.
    """
    from protocole_cli.cli.output import answer, columns, on_terminal
    from protocole_cli.cli.reading import read, told_incomplete
    from protocole_cli.queries.meetings import meetings_by_instance, meetings_in
    from protocole_cli.rendering import gouvernance_formats as formats

    choice(forme, list(formats.FORMATS), "--format")
    if mois and reunions_par_an:
        raise typer.BadParameter("--mois et --reunions-par-an posent deux questions : donnez l’un ou l’autre.")
    wanted = _month(mois) if mois else None
    loaded = read(root(ctx, dossier), ("gouvernance",), ())
    found = loaded.protocole.gouvernance
    if wanted:
        text = formats.FORMATS_MOIS[forme](formats.MonthView(wanted, meetings_in(found, wanted)), columns())
    elif reunions_par_an:
        text = formats.FORMATS_PAR_AN[forme](meetings_by_instance(found), columns())
    else:
        form = formats.terminal if forme == "texte" and on_terminal() else formats.FORMATS[forme]
        text = form(found, columns())
    answer(text)
    return told_incomplete(loaded)


def _month(typed: str) -> int:
    """Return a month from 1 to 12, from its number or the beginning of its name."""
    from protocole_cli.language import MOIS, enumeration, fold, nearest

    if typed.isascii() and typed.isdigit() and 1 <= int(typed[:3]) <= len(MOIS):
        return int(typed)
    begun = [rank for rank, name in enumerate(MOIS, 1) if len(typed) > 2 and fold(name).startswith(fold(typed))]
    if len(begun) == 1:
        return begun[0]
    near = enumeration([f"« {name} »" for name in nearest(typed, MOIS)], "ou")
    raise typer.BadParameter(
        f"« {typed} » n’est pas un mois. {f'Vouliez-vous dire {near} ?' if near else 'Écrivez par exemple : --mois octobre'}"
    )

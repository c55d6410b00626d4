"""`protocole calendrier`."""

from typing import Annotated

import typer

from protocole_cli.cli.options import Dossier, FormeTableau, choice, root, year


def calendrier(
    ctx: typer.Context,
    annee: Annotated[
        str, typer.Option("--annee", metavar="ANNÉE", help="Les fiches d’une seule année.", show_default=False)
    ] = "",
    forme: FormeTableau = "texte",
    dossier: Dossier = None,
) -> int:
    """Montrer quand chaque fiche a lieu.

    Les années de chaque fiche et de ses phases, en barres dans une fenêtre, en phrases ailleurs. Celles qui sortent de la période du
    protocole sont marquées ; les fiches dont le texte ne donne pas d’années sont à part.
    """
    from protocole_cli.cli.output import answer, columns, on_terminal
    from protocole_cli.cli.reading import read, told_incomplete
    from protocole_cli.queries.timeline import timeline
    from protocole_cli.rendering.calendrier_formats import FORMATS, TimelineView, terminal

    choice(forme, list(FORMATS), "--format")
    wanted = year(annee) if annee else None
    loaded = read(root(ctx, dossier), ("protocole",))
    view = TimelineView(timeline(loaded.protocole, wanted), wanted, len(loaded.protocole.fiches))
    form = terminal if forme == "texte" and on_terminal() else FORMATS[forme]
    answer(form(view, columns()))
    return told_incomplete(loaded)

"""`protocole quartiers`."""

from typing import Annotated

import typer

from protocole_cli.cli import candidates
from protocole_cli.cli.options import Dossier, FormeTableau, choice, root


def quartiers(
    ctx: typer.Context,
    commune: Annotated[
        str,
        typer.Option(
            "--commune",
            metavar="NOM",
            help="Ceux d’une seule commune.",
            show_default=False,
            autocompletion=candidates.communes,
        ),
    ] = "",
    forme: FormeTableau = "texte",
    dossier: Dossier = None,
) -> int:
    """Lister les quartiers, et les fiches qui les atteignent.

    QPV : quartier prioritaire de la politique de la ville ; QVA : quartier de veille active.
    """
    from protocole_cli.cli.output import answer, columns
    from protocole_cli.cli.reading import named, read, told_incomplete
    from protocole_cli.queries.places import quartier_reach
    from protocole_cli.rendering.quartiers_formats import FORMATS, QuartiersView

    choice(forme, list(FORMATS), "--format")
    loaded = read(root(ctx, dossier), ("quartiers",))
    protocole = loaded.protocole
    wanted = named(commune, protocole.communes, "commune", loaded) if commune else None
    found = [q for q in protocole.quartiers if wanted is None or q.commune == wanted.id]
    view = QuartiersView(
        tuple(quartier_reach(protocole, q) for q in found), {c.id: c for c in protocole.communes}, wanted
    )
    answer(FORMATS[forme](view, columns()))
    return told_incomplete(loaded)

"""`protocole quartier ID`."""

from typing import Annotated

import typer

from protocole_cli.cli import candidates
from protocole_cli.cli.options import Dossier, FormeTableau, choice, root


def quartier(
    ctx: typer.Context,
    nom: Annotated[
        str,
        typer.Argument(
            metavar="NOM",
            help="Un quartier, par son nom ou son identifiant.",
            show_default=False,
            autocompletion=candidates.quartiers,
        ),
    ],
    forme: FormeTableau = "texte",
    dossier: Dossier = None,
) -> int:
    """Dire quelles fiches atteignent un quartier, et par quoi.

    Une fiche atteint un quartier par sa nature (quartiers prioritaires, de veille active), par son nom, par sa commune ou par
    toutes les communes, pour toute l’action ou pour une de ses phases.
    """
    from protocole_cli.cli.output import answer, columns
    from protocole_cli.cli.reading import named, read, told_incomplete
    from protocole_cli.queries.places import quartier_reach
    from protocole_cli.rendering.quartiers_formats import FORMATS_UN, QuartiersView

    choice(forme, list(FORMATS_UN), "--format")
    loaded = read(root(ctx, dossier), ("quartiers",))
    protocole = loaded.protocole
    found = named(nom, protocole.quartiers, "quartier", loaded)
    view = QuartiersView((quartier_reach(protocole, found),), {c.id: c for c in protocole.communes})
    answer(FORMATS_UN[forme](view, columns()))
    return told_incomplete(loaded)

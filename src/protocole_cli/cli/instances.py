"""`protocole instances`."""

import typer

from protocole_cli.cli.options import Dossier, FormeTableau, choice, root


def instances(ctx: typer.Context, forme: FormeTableau = "texte", dossier: Dossier = None) -> int:
    """Lister les instances de la gouvernance.

    Chacune avec sa colonne du schéma, ses réunions par an, et les articles qui la décrivent.
    """
    from protocole_cli.cli.output import answer, columns
    from protocole_cli.cli.reading import read, told_incomplete
    from protocole_cli.queries.instances import described_instances
    from protocole_cli.rendering.instances_formats import FORMATS

    choice(forme, list(FORMATS), "--format")
    loaded = read(root(ctx, dossier), ("protocole", "acteurs", "gouvernance"), ())
    answer(FORMATS[forme](described_instances(loaded.protocole), columns()))
    return told_incomplete(loaded)

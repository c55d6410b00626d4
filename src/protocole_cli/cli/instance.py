"""`protocole instance NOM`."""

from typing import Annotated

import typer

from protocole_cli.cli import candidates
from protocole_cli.cli.options import Dossier, choice, format_option, root


def instance(
    ctx: typer.Context,
    nom: Annotated[
        str,
        typer.Argument(
            metavar="NOM",
            help="Une instance, par son nom ou son identifiant.",
            show_default=False,
            autocompletion=candidates.instances,
        ),
    ],
    forme: Annotated[str, format_option("texte", "json")] = "texte",
    dossier: Dossier = None,
) -> int:
    """Montrer une instance, dans les mots de chaque texte.

    Comme l’annexe 1 la dessine et comme les articles la décrivent ; là où les deux diffèrent, ce que dit chacun.
    """
    from protocole_cli.cli.output import answer, columns
    from protocole_cli.cli.reading import named, read, told_incomplete
    from protocole_cli.queries.instances import described_instances
    from protocole_cli.rendering.instances_formats import FORMATS_UNE

    choice(forme, list(FORMATS_UNE), "--format")
    loaded = read(root(ctx, dossier), ("protocole", "acteurs", "gouvernance"), ())
    wanted = named(nom, loaded.protocole.gouvernance.instances, "instance", loaded)
    found = next(d for d in described_instances(loaded.protocole) if d.instance is wanted)
    answer(FORMATS_UNE[forme](found, columns()))
    return told_incomplete(loaded)

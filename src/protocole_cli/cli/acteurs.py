"""`protocole acteurs`."""

import typer

from protocole_cli.cli.options import Dossier, FormeTableau, choice, root


def acteurs(ctx: typer.Context, forme: FormeTableau = "texte", dossier: Dossier = None) -> int:
    """Lister les organismes que le protocole nomme.

    Les parties d’abord, puis les collectifs, les services, les autres ; de chacun, les fiches qu’il porte, celles dont il est partenaire et
    ses engagements, à son nom.
    """
    from protocole_cli.cli.output import answer, columns
    from protocole_cli.cli.reading import read, told_incomplete
    from protocole_cli.queries.acteurs import summarise_acteurs
    from protocole_cli.rendering.acteurs_formats import FORMATS

    choice(forme, list(FORMATS), "--format")
    loaded = read(root(ctx, dossier), ("acteurs", "parties"))
    answer(FORMATS[forme](summarise_acteurs(loaded.protocole), columns()))
    return told_incomplete(loaded)

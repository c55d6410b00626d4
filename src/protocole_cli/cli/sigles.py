"""`protocole sigles`."""

from typing import Annotated

import typer

from protocole_cli.cli.options import Dossier, FormeTableau, choice, root


def sigles(
    ctx: typer.Context,
    sigle: Annotated[
        str, typer.Argument(metavar="[SIGLE]", help="Un seul sigle, avec ou sans points.", show_default=False)
    ] = "",
    forme: FormeTableau = "texte",
    dossier: Dossier = None,
) -> int:
    """Dire ce que veulent dire les sigles.

    Le glossaire ne contient que les développements certains ; un sigle que le texte emploie sans le développer peut y manquer.
    """
    from protocole_cli.cli.output import SansReponse, answer, columns
    from protocole_cli.cli.reading import read, told_incomplete
    from protocole_cli.language import vouliez_vous_dire
    from protocole_cli.queries.glossary import find_sigles, sorted_sigles
    from protocole_cli.rendering.sigles_formats import FORMATS

    choice(forme, list(FORMATS), "--format")
    loaded = read(root(ctx, dossier), ("sigles",), ())
    found = known = sorted_sigles(loaded.protocole.sigles)
    if sigle:
        found = find_sigles(sigle, known)
        if not found:
            told_incomplete(loaded)
            near = vouliez_vous_dire(sigle, [s.sigle for s in known], "Toute la liste : protocole sigles")
            raise SansReponse(f"le sigle « {sigle} » n’est pas dans le glossaire. {near}")
    answer(FORMATS[forme](found, columns()))
    return told_incomplete(loaded)

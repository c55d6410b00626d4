"""`protocole resultats`."""

from typing import Annotated

import typer

from protocole_cli.cli import candidates
from protocole_cli.cli.options import Dossier, FormeTableau, choice, fiche_number, root


def resultats(
    ctx: typer.Context,
    fiche: Annotated[
        str,
        typer.Option(
            "--fiche", metavar="N", help="Ceux d’une seule fiche.", show_default=False, autocompletion=candidates.fiches
        ),
    ] = "",
    sans_cible: Annotated[  # noqa: FBT002 (typer makes it a flag)
        bool, typer.Option("--sans-cible", help="Ceux qui n’ont pas de cible chiffrée.", show_default=False)
    ] = False,
    forme: FormeTableau = "texte",
    dossier: Dossier = None,
) -> int:
    """Dire quels résultats sont attendus.

    Par nature (cible, indicateur, tendance, qualitatif), avec le compte par fiche. R5-1 est le premier résultat de la fiche 5,
    R5-1.2 le deuxième point qui le précise.
    """
    from protocole_cli.cli.output import answer, columns
    from protocole_cli.cli.reading import only_fiche, read, told_incomplete
    from protocole_cli.queries.results import expected_results
    from protocole_cli.rendering.resultats_formats import FORMATS, ResultsView

    choice(forme, list(FORMATS), "--format")
    numero = fiche_number(fiche) if fiche else None
    racine = root(ctx, dossier)
    loaded = read(racine, (), None if numero is None else (numero,))
    if numero is not None:
        only_fiche(racine, numero, loaded)
    found = expected_results(loaded.protocole, sans_cible=sans_cible)
    view = ResultsView(found, len(loaded.protocole.fiches), sans_cible)
    answer(FORMATS[forme](view, columns()))
    return told_incomplete(loaded)

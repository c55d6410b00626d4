"""`protocole signataires`."""

from typing import Annotated

import typer

from protocole_cli.cli import candidates
from protocole_cli.cli.options import Dossier, FormeTableau, choice, root


def signataires(
    ctx: typer.Context,
    ordre: Annotated[
        str,
        typer.Option(
            "--ordre",
            metavar="ORDRE",
            help="signature (par défaut), celui des signatures, ou liste, celui de la liste des parties.",
            show_default=False,
            autocompletion=candidates.among("signature", "liste"),
        ),
    ] = "signature",
    sans_engagement: Annotated[  # noqa: FBT002 (typer makes it a flag)
        bool,
        typer.Option(
            "--sans-engagement", help="Ceux qui n’ont aucun engagement rédigé à leur nom.", show_default=False
        ),
    ] = False,
    forme: FormeTableau = "texte",
    dossier: Dossier = None,
) -> int:
    """Dire qui signe, dans quel ordre et en quelle qualité.

    Chacun avec ses engagements : à son nom, par un collectif seulement (« Villes », « bailleurs »), resté en blanc, ou aucun.
    """
    from protocole_cli.cli.output import answer, columns
    from protocole_cli.cli.reading import read, told_incomplete
    from protocole_cli.queries.signatories import ORDRES, signatories
    from protocole_cli.rendering.signataires_formats import FORMATS

    choice(forme, list(FORMATS), "--format")
    choice(ordre, list(ORDRES), "--ordre")
    loaded = read(root(ctx, dossier), ("acteurs", "parties"))
    found = signatories(loaded.protocole, ORDRES[ordre], sans_engagement=sans_engagement)
    answer(FORMATS[forme](found, columns()))
    return told_incomplete(loaded)

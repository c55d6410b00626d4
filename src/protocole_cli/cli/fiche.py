"""`protocole fiche N`."""

from typing import Annotated

import typer

from protocole_cli.cli import candidates
from protocole_cli.cli.call import Call
from protocole_cli.cli.options import Dossier, choice, fiche_number, format_option, root

FORMES = ("texte", "json", "md", "html")
"""The names of the forms in `rendering.fiche_formats`, which is long to load: a test holds them to it."""


def fiche(
    ctx: typer.Context,
    numero: Annotated[
        str,
        typer.Argument(
            metavar="N", help="Le numéro de la fiche.", show_default=False, autocompletion=candidates.fiches
        ),
    ],
    rubrique: Annotated[
        str,
        typer.Option(
            "--rubrique",
            metavar="NOM",
            help="Une seule rubrique : constats, engagements…",
            show_default=False,
            autocompletion=candidates.rubriques,
        ),
    ] = "",
    forme: Annotated[str, format_option(*FORMES)] = "texte",
    dossier: Dossier = None,
) -> Call:
    """Lire une fiche action.

    D’abord quatre lignes : son titre et sa version, qui la porte et quand, qui promet quoi, les résultats attendus. Puis ses
    rubriques, dans l’ordre du document.
    """
    racine, wanted = root(ctx, dossier), fiche_number(numero)
    choice(forme, FORMES, "--format")
    return Call("fiche", {"racine": str(racine), "numero": wanted, "rubrique": rubrique, "forme": forme})

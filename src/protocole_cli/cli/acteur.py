"""`protocole acteur NOM`."""

from typing import Annotated

import typer

from protocole_cli.cli import candidates
from protocole_cli.cli.options import AvecServices, Dossier, choice, format_option, root


def acteur(
    ctx: typer.Context,
    nom: Annotated[
        str,
        typer.Argument(
            metavar="NOM",
            help="Un organisme, par son nom, son sigle ou son identifiant.",
            show_default=False,
            autocompletion=candidates.acteurs,
        ),
    ],
    avec_services: AvecServices = False,  # noqa: FBT002 (typer makes it a flag)
    forme: Annotated[str, format_option("texte", "json", "md", "html")] = "texte",
    dossier: Dossier = None,
) -> int:
    """Dire tout ce que le protocole dit d’un organisme.

    Qui il est, qui signe pour lui, les fiches qu’il porte ou dont il est partenaire, ses engagements, les instances où il siège. Ce qui ne
    l’atteint que par un collectif (« Villes », « bailleurs ») est marqué. « --format html » donne une page à imprimer.
    """
    from protocole_cli.cli.output import answer, columns
    from protocole_cli.cli.reading import named, read, told_incomplete
    from protocole_cli.loading.git import Version, VersionQuery
    from protocole_cli.queries.acteurs import profile
    from protocole_cli.rendering.acteur_formats import FORMATS, PAGES, ActeurView

    choice(forme, list(FORMATS), "--format")
    racine = root(ctx, dossier)
    loaded = read(racine, ("protocole", "acteurs", "parties", "gouvernance", *(("sigles",) if forme == "html" else ())))
    found = named(nom, loaded.protocole.acteurs, "acteur", loaded)
    version = Version()
    if forme in PAGES:
        with VersionQuery(racine) as query:
            version = query.answer()
    profil = profile(loaded.protocole, found, avec_services=avec_services)
    answer(FORMATS[forme](ActeurView(profil, loaded.protocole, racine, columns(), version)))
    return told_incomplete(loaded)

"""`protocole engagements`."""

from typing import Annotated

import typer

from protocole_cli.cli import candidates
from protocole_cli.cli.options import AvecServices, Dossier, FormeTableau, choice, fiche_number, root


def engagements(
    ctx: typer.Context,
    acteur: Annotated[
        str,
        typer.Option(
            "--acteur",
            metavar="NOM",
            help="Ceux de cet organisme : son nom, son sigle ou son identifiant.",
            show_default=False,
            autocompletion=candidates.acteurs,
        ),
    ] = "",
    fiche: Annotated[
        str,
        typer.Option(
            "--fiche", metavar="N", help="Ceux d’une seule fiche.", show_default=False, autocompletion=candidates.fiches
        ),
    ] = "",
    sans_acteur: Annotated[  # noqa: FBT002 (typer makes it a flag)
        bool, typer.Option("--sans-acteur", help="Ceux dont le texte ne nomme aucun auteur.", show_default=False)
    ] = False,
    vides: Annotated[bool, typer.Option("--vides", help="Ceux qui sont restés en blanc.", show_default=False)] = False,  # noqa: FBT002
    hors_parties: Annotated[  # noqa: FBT002
        bool,
        typer.Option("--hors-parties", help="Ceux dont aucun auteur n’est partie au protocole.", show_default=False),
    ] = False,
    montants: Annotated[  # noqa: FBT002
        bool, typer.Option("--montants", help="Ceux qui indiquent un montant.", show_default=False)
    ] = False,
    avec_services: AvecServices = False,  # noqa: FBT002
    forme: FormeTableau = "texte",
    dossier: Dossier = None,
) -> int:
    """Dire qui s’engage à quoi.

    Sans option, tous les engagements, fiche par fiche. Les options se cumulent : chacune écarte ce qui n’y répond pas. Ce qui ne vise
    un organisme que par un collectif (« Villes », « bailleurs ») est montré à part.
    """
    from protocole_cli.cli.output import answer, columns
    from protocole_cli.cli.reading import named, only_fiche, read, told_incomplete
    from protocole_cli.queries.engagements import Filtres, find_engagements
    from protocole_cli.rendering.engagements_formats import FORMATS

    choice(forme, list(FORMATS), "--format")
    numero = fiche_number(fiche) if fiche else None
    racine = root(ctx, dossier)
    loaded = read(racine, ("acteurs", "parties"), None if numero is None else (numero,))
    if numero is not None:
        only_fiche(racine, numero, loaded)
    filtres = Filtres(
        acteur=named(acteur, loaded.protocole.acteurs, "acteur", loaded) if acteur else None,
        avec_services=avec_services,
        sans_acteur=sans_acteur,
        vides=vides,
        hors_parties=hors_parties,
        montants=montants,
    )
    answer(FORMATS[forme](find_engagements(loaded.protocole, filtres), columns()))
    return told_incomplete(loaded)

"""`protocole fiches`."""

from typing import TYPE_CHECKING, Annotated

import typer

from protocole_cli.cli import candidates
from protocole_cli.cli.options import AvecServices, Dossier, FormeTableau, choice, root, year

if TYPE_CHECKING:
    from protocole_cli.queries.search import Query


def fiches(
    ctx: typer.Context,
    porteur: Annotated[
        str,
        typer.Option(
            "--porteur",
            metavar="NOM",
            help="Celles que porte cet organisme.",
            show_default=False,
            autocompletion=candidates.acteurs,
        ),
    ] = "",
    partenaire: Annotated[
        str,
        typer.Option(
            "--partenaire",
            metavar="NOM",
            help="Celles dont cet organisme est partenaire.",
            show_default=False,
            autocompletion=candidates.acteurs,
        ),
    ] = "",
    acteur: Annotated[
        str,
        typer.Option(
            "--acteur",
            metavar="NOM",
            help="Celles qui nomment cet organisme, à quelque titre que ce soit.",
            show_default=False,
            autocompletion=candidates.acteurs,
        ),
    ] = "",
    quartier: Annotated[
        str,
        typer.Option(
            "--quartier",
            metavar="NOM",
            help="Celles qui atteignent ce quartier.",
            show_default=False,
            autocompletion=candidates.quartiers,
        ),
    ] = "",
    commune: Annotated[
        str,
        typer.Option(
            "--commune",
            metavar="NOM",
            help="Celles qui atteignent cette commune ou l’un de ses quartiers.",
            show_default=False,
            autocompletion=candidates.communes,
        ),
    ] = "",
    annee: Annotated[
        str, typer.Option("--annee", metavar="ANNÉE", help="Celles qui ont cours cette année-là.", show_default=False)
    ] = "",
    texte: Annotated[
        str, typer.Option("--texte", metavar="MOTS", help="Celles où se lisent ces mots, de suite.", show_default=False)
    ] = "",
    avec_collectifs: Annotated[  # noqa: FBT002 (typer makes it a flag)
        bool,
        typer.Option(
            "--avec-collectifs",
            help="Compter celles qui ne nomment l’organisme que par un collectif dont il est membre.",
            show_default=False,
        ),
    ] = False,
    avec_services: AvecServices = False,  # noqa: FBT002
    forme: FormeTableau = "texte",
    dossier: Dossier = None,
) -> int:
    """Trouver les fiches : par acteur, lieu, année ou mots.

    Sans option, toutes les fiches. Les options se cumulent : chacune écarte ce qui n’y répond pas. Un organisme, un quartier, une
    commune se désignent par leur nom, leur sigle ou leur identifiant. Les fiches dont le texte ne permet pas de répondre sont données à
    part, avec la raison.
    """
    from protocole_cli.cli.output import answer, columns
    from protocole_cli.cli.reading import named, read, told_incomplete
    from protocole_cli.loading.word_places import WordPlaces
    from protocole_cli.queries.fiches import Filtres, find_fiches
    from protocole_cli.queries.names import Directory
    from protocole_cli.rendering.fiches_formats import FORMATS, FichesView

    choice(forme, list(FORMATS), "--format")
    wanted = year(annee) if annee else None
    racine = root(ctx, dossier)
    loaded = read(racine, ("protocole", "acteurs", "quartiers"))
    protocole = loaded.protocole
    filtres = Filtres(
        porteur=named(porteur, protocole.acteurs, "acteur", loaded) if porteur else None,
        partenaire=named(partenaire, protocole.acteurs, "acteur", loaded) if partenaire else None,
        acteur=named(acteur, protocole.acteurs, "acteur", loaded) if acteur else None,
        quartier=named(quartier, protocole.quartiers, "quartier", loaded) if quartier else None,
        commune=named(commune, protocole.communes, "commune", loaded) if commune else None,
        annee=wanted,
        texte=_words(texte) if texte else None,
        avec_services=avec_services,
    )
    labels: dict[str, str] = {rubrique.cle: rubrique.libelle for rubrique in protocole.corps.rubriques}
    found = find_fiches(protocole, filtres, WordPlaces(racine).of)
    answer(FORMATS[forme](FichesView(found, Directory(protocole), labels, avec_collectifs), columns()))
    return told_incomplete(loaded)


def _words(typed: str) -> "Query":
    from protocole_cli.queries.search import query

    wanted = query([typed])
    if wanted is None:
        raise typer.BadParameter(f"« {typed} » n’est pas un mot. Écrivez par exemple : --texte emploi")
    return wanted

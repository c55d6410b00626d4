"""`protocole chercher MOTS…`."""

from itertools import chain
from typing import Annotated

import typer

from protocole_cli.cli.options import Dossier, FormeTableau, choice, root


def chercher(
    ctx: typer.Context,
    mots: Annotated[
        list[str],
        typer.Argument(metavar="MOTS…", help="Des mots ; entre guillemets, une suite de mots.", show_default=False),
    ],
    prefixe: Annotated[  # noqa: FBT002 (typer makes it a flag)
        bool, typer.Option("--prefixe", help="Chercher aussi les mots qui commencent ainsi.", show_default=False)
    ] = False,
    forme: FormeTableau = "texte",
    dossier: Dossier = None,
) -> int:
    """Chercher des mots dans tout le protocole.

    Parties, visas, articles, gouvernance, fiches et signatures. Les mots sont cherchés entiers, sans égard aux majuscules, aux
    accents, aux apostrophes, aux traits d’union ni aux sortes d’espaces. Plusieurs mots doivent se trouver tous dans un même
    paragraphe ou élément de liste ; entre guillemets, ils doivent se suivre : protocole chercher "droit commun"
    """
    from protocole_cli.cli.output import answer, columns, on_terminal
    from protocole_cli.cli.reading import told_incomplete
    from protocole_cli.loading.repository import load_asking
    from protocole_cli.loading.word_places import WordPlaces
    from protocole_cli.queries.search import Hit, query, search_around, search_fiches
    from protocole_cli.rendering.recherche_formats import FORMATS, HitsView, terminal
    from protocole_cli.validation.schema import explain

    choice(forme, list(FORMATS), "--format")
    wanted = query(mots, prefixe=prefixe)
    if wanted is None:
        raise typer.BadParameter("Il n’y a pas de mot à chercher. Écrivez par exemple : protocole chercher emploi")
    racine = root(ctx, dossier)
    place_of = WordPlaces(racine).of
    loaded, found = load_asking(
        racine,
        explain,
        lambda part: search_fiches(part.protocole.fiches, wanted, place_of),
        list[Hit],
        kinds=("protocole", "acteurs", "parties", "gouvernance"),
        wanted=wanted.may_be_in,
    )
    hits = search_around(loaded.protocole, chain.from_iterable(found), wanted, place_of)
    form = terminal if forme == "texte" and on_terminal() else FORMATS[forme]
    answer(form(HitsView(wanted, hits), columns()))
    return told_incomplete(loaded)

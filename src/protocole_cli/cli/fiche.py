"""`protocole fiche N`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from protocole_cli.cli import candidates
from protocole_cli.cli.options import Dossier, choice, format_option, root

if TYPE_CHECKING:
    from protocole_cli.loading.git import FileVersionQuery

_KINDS = {"json": ("rubriques", "acteurs", "quartiers"), "html": ("protocole", "acteurs", "sigles")}
"""What a form needs other than the labels of the rubriques and the names of the actors."""


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
    forme: Annotated[str, format_option("texte", "json", "md", "html")] = "texte",
    dossier: Dossier = None,
) -> int:
    """Lire une fiche action.

    D’abord quatre lignes : son titre et sa version, qui la porte et quand, qui promet quoi, les résultats attendus. Puis ses
    rubriques, dans l’ordre du document.
    """
    from protocole_cli.cli.reading import fiche_number
    from protocole_cli.loading.git import FileVersionQuery
    from protocole_cli.loading.layout import fiche_file

    racine, wanted = root(ctx, dossier), fiche_number(numero)
    with FileVersionQuery(racine, fiche_file(wanted)) as query:  # git answers while what the rest needs is imported
        return _show(racine, wanted, rubrique, forme, query)


def _show(racine: Path, numero: int, rubrique: str, forme: str, query: "FileVersionQuery") -> int:
    from protocole_cli.cli.output import answer, on_terminal, tell
    from protocole_cli.cli.reading import only_fiche, read, told_incomplete
    from protocole_cli.loading.layout import fiche_file
    from protocole_cli.queries.rubriques import find_rubrique, rubrique_labels
    from protocole_cli.rendering.faults import GabaritFautif
    from protocole_cli.rendering.fiche_formats import FORMATS, FicheView, terminal

    choice(forme, list(FORMATS), "--format")
    loaded = read(racine, _KINDS.get(forme, ("rubriques", "acteurs")), (numero,))
    found = only_fiche(racine, numero, loaded)
    only = ""
    if rubrique:
        labels = rubrique_labels(found, loaded.protocole.corps.rubriques)
        only = find_rubrique(rubrique, labels) or ""
        if not only:
            tell(f"protocole : la fiche {numero} n’a pas de rubrique « {rubrique} ». {_rubriques(rubrique, labels)}")
            return 1
    view = FicheView(found, loaded.protocole, query.answer(), racine, only)
    form = terminal if forme == "texte" and on_terminal() else FORMATS[forme]
    try:
        answer(form(view))
    except GabaritFautif as error:
        tell(f"protocole : {error}")
        return 1
    if found.numero != numero:
        tell(
            f"protocole : le fichier {fiche_file(numero)} contient la fiche {found.numero}, ce que son nom ne dit pas."
        )
        return 1
    return told_incomplete(loaded, f"la fiche {found.numero} peut être montrée incomplète")


def _rubriques(rubrique: str, labels: dict[str, str]) -> str:
    from protocole_cli.language import enumeration, vouliez_vous_dire

    names = [key if not key.startswith("autre_") else label for key, label in labels.items()]
    return vouliez_vous_dire(rubrique, [*names, *labels.values()], f"Elle a {enumeration(names)}.")

"""`protocole fiche N`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from protocole_cli.cli.options import Dossier, choice, root

_MORE_KINDS = {"json": ("quartiers",), "html": ("sigles",)}
"""What a form needs beyond the labels of the rubriques and the names of the actors."""

if TYPE_CHECKING:
    from protocole_cli.loading.repository import Loaded
    from protocole_cli.model.fiche import Fiche


def fiche(
    ctx: typer.Context,
    numero: Annotated[str, typer.Argument(metavar="N", help="Le numéro de la fiche.", show_default=False)],
    rubrique: Annotated[
        str,
        typer.Option(
            "--rubrique", metavar="NOM", help="Une seule rubrique : constats, engagements…", show_default=False
        ),
    ] = "",
    forme: Annotated[
        str,
        typer.Option("--format", metavar="FORME", help="texte (par défaut), json, md ou html.", show_default=False),
    ] = "texte",
    dossier: Dossier = None,
) -> int:
    """Lire une fiche action.

    D’abord quatre lignes : son titre et sa version, qui la porte et quand, qui promet quoi, les résultats attendus. Puis ses
    rubriques, dans l’ordre du document.
    """
    from protocole_cli.rendering.fiche_formats import FORMATS

    choice(forme, list(FORMATS), "--format")
    wanted = _number(numero)
    return _show(root(ctx, dossier), wanted, rubrique, forme)


def _number(numero: str) -> int:
    if numero.isascii() and numero.isdigit() and len(numero) < 9:
        return int(numero)
    raise typer.BadParameter(f"« {numero} » n’est pas un numéro de fiche. Écrivez par exemple : protocole fiche 5")


def _show(racine: Path, numero: int, rubrique: str, forme: str) -> int:
    from protocole_cli.cli.output import answer, on_terminal, tell
    from protocole_cli.loading.git import VersionQuery
    from protocole_cli.loading.repository import fiche_file, load
    from protocole_cli.queries.rubriques import find_rubrique, rubrique_labels
    from protocole_cli.rendering.faults import GabaritFautif
    from protocole_cli.rendering.fiche_formats import FORMATS, FicheView, terminal
    from protocole_cli.validation.schema import TypeGuard

    with VersionQuery(racine, (fiche_file(numero),)) as query:
        kinds = ("protocole", "acteurs", *_MORE_KINDS.get(forme, ()))
        loaded = load(racine, TypeGuard(), kinds=kinds, fiches=(numero,))
        found = next(iter(loaded.protocole.fiches), None)
        if found is None:
            return _absent(racine, numero, loaded)
        only = ""
        if rubrique:
            labels = rubrique_labels(found, loaded.protocole.corps.rubriques)
            only = find_rubrique(rubrique, labels) or ""
            if not only:
                tell(
                    f"protocole : la fiche {numero} n’a pas de rubrique « {rubrique} ». {_rubriques(rubrique, labels)}"
                )
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
    return _incomplete(found, loaded)


def _absent(racine: Path, numero: int, loaded: "Loaded") -> int:
    """Say why there is no such fiche: it does not exist, or cannot be read."""
    from protocole_cli.cli.output import tell
    from protocole_cli.loading.repository import fiche_file, fiche_numbers
    from protocole_cli.rendering.report_formats import diagnostic_lines

    numbers = fiche_numbers(racine)
    if numero not in numbers:
        tell(f"protocole : la fiche {numero} n’existe pas. {_existing(numbers)}")
        return 1
    fichier = fiche_file(numero)
    tell(diagnostic_lines(d for d in loaded.diagnostics if d.position.fichier == fichier).rstrip("\n"))
    tell(f"protocole : la fiche {numero} ne peut pas être lue ; corrigez d’abord {fichier}.")
    return 1


def _existing(numbers: tuple[int, ...]) -> str:
    if not numbers:
        return "Il n’y a aucune fiche dans data/fiches."
    if numbers == tuple(range(numbers[0], numbers[-1] + 1)) and len(numbers) > 2:
        return f"Les fiches vont de {numbers[0]} à {numbers[-1]}."
    from protocole_cli.language import enumeration

    listed = [str(n) for n in numbers[:30]]
    return f"Il y a les fiches {enumeration(listed)}{'…' if len(numbers) > 30 else ''}."


def _rubriques(rubrique: str, labels: dict[str, str]) -> str:
    from protocole_cli.language import enumeration, vouliez_vous_dire

    names = [key if not key.startswith("autre_") else label for key, label in labels.items()]
    return vouliez_vous_dire(rubrique, [*names, *labels.values()], f"Elle a {enumeration(names)}.")


def _incomplete(found: "Fiche", loaded: "Loaded") -> int:
    """Tell which files could not be read, if any: names in the answer may be missing for it."""
    from protocole_cli.cli.output import tell
    from protocole_cli.language import enumeration

    broken = sorted(loaded.fautifs)
    if not broken:
        return 0
    fichiers = "Le fichier" if len(broken) == 1 else "Les fichiers"
    tell(
        f"protocole : {fichiers.lower()} {enumeration(broken)} {'est' if len(broken) == 1 else 'sont'} en défaut ; "
        f"la fiche {found.numero} peut être montrée incomplète. Voyez : protocole validate"
    )
    return 1

"""`protocole validate`."""

from pathlib import Path
from typing import Annotated

import typer

from protocole_cli.cli.options import Dossier, choice, root


def validate(
    ctx: typer.Context,
    fichiers: Annotated[
        list[str] | None,
        typer.Argument(metavar="[FICHIER]...", help="Ne montrer que ce qui concerne ces fichiers.", show_default=False),
    ] = None,
    forme: Annotated[
        str,
        typer.Option("--format", metavar="FORME", help="texte (par défaut), json ou github.", show_default=False),
    ] = "texte",
    strict: Annotated[  # noqa: FBT002 (typer makes it a flag)
        bool, typer.Option("--strict", help="Échouer aussi s’il y a des avertissements.", show_default=False)
    ] = False,
    dossier: Dossier = None,
) -> int:
    """Vérifier les données : syntaxe, forme, renvois, numéros, années.

    Chaque ligne dit où est le défaut (fichier:ligne:colonne), ce qui ne va pas et comment y remédier. Rien n’est modifié.
    Le code de sortie est 0 s’il n’y a pas d’erreur, 1 s’il y en a.
    """
    from protocole_cli.cli.output import answer, tell
    from protocole_cli.rendering.report_formats import FORMATS, summary
    from protocole_cli.validation.check import validate as check

    choice(forme, list(FORMATS), "--format")
    racine = root(ctx, dossier)
    report = check(racine)
    if fichiers:
        report = report.restricted_to(_in_repository(racine, fichiers, report.loaded.lus))
    answer(FORMATS[forme](report))
    if forme == "texte":
        tell(summary(report))
    return 1 if report.erreurs or (strict and report.avertissements) else 0


def _in_repository(racine: Path, fichiers: list[str], lus: tuple[str, ...]) -> list[str]:
    """Return the files as paths from the root; one that is no data file is a fault of the call."""
    import os

    found = []
    for fichier in fichiers:
        candidates = [
            os.path.relpath(os.path.abspath(fichier), racine),
            os.path.relpath(os.path.realpath(fichier), os.path.realpath(racine)),
            os.path.normpath(fichier),
        ]
        known = next((c for c in (c.replace(os.sep, "/") for c in candidates) if c in lus), None)
        if known is None:
            raise typer.BadParameter(
                f"« {fichier} » n’est pas un fichier de données de ce protocole ({racine}). "
                "Donnez par exemple data/fiches/fiche-03.yaml, ou aucun fichier pour tout vérifier."
            )
        found.append(known)
    return found

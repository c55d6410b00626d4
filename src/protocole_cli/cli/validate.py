"""`protocole validate`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from protocole_cli.cli.options import Dossier, choice, root

if TYPE_CHECKING:
    from protocole_cli.validation.rules.regle import Regle


def validate(  # noqa: PLR0913, PLR0917 (a parameter is an option)
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
    sans: Annotated[
        list[str] | None,
        typer.Option("--sans", metavar="REGLE", help="Écarter une règle ; se répète.", show_default=False),
    ] = None,
    seulement: Annotated[
        list[str] | None,
        typer.Option("--seulement", metavar="REGLE", help="Ne garder que cette règle ; se répète.", show_default=False),
    ] = None,
    avec: Annotated[
        list[str] | None,
        typer.Option(
            "--avec", metavar="REGLE", help="Ajouter une règle vérifiée sur demande ; se répète.", show_default=False
        ),
    ] = None,
    dossier: Dossier = None,
) -> int:
    """Vérifier les données : syntaxe, forme, renvois, numéros, années.

    Chaque ligne dit où est le défaut (fichier:ligne:colonne), ce qui ne va pas et comment y remédier. Rien n’est modifié.
    Le code de sortie est 0 s’il n’y a pas d’erreur, 1 s’il y en a.

    La règle en cause est entre crochets : « protocole regles NOM » l’explique. Avec --seulement et --sans à la fois, on garde les
    unes moins les autres. Ce qui empêche de lire un fichier est dit dans tous les cas. Un avertissement que les parties acceptent
    s’inscrit dans data/avertissements-admis.yaml.
    """
    from protocole_cli.cli.output import answer, tell
    from protocole_cli.rendering.report_formats import FORMATS, summary
    from protocole_cli.validation.check import validate as check

    choice(forme, list(FORMATS), "--format")
    rules = _rules(seulement, avec, sans)
    racine = root(ctx, dossier)
    report = check(racine, rules)
    if fichiers:
        report = report.restricted_to(_in_repository(racine, fichiers, report.loaded.lus))
    answer(FORMATS[forme](report))
    if forme == "texte":
        tell(summary(report))
    return 1 if report.erreurs or (strict and report.avertissements) else 0


def _rules(seulement: list[str] | None, avec: list[str] | None, sans: list[str] | None) -> "tuple[Regle, ...]":
    """Return the rules to hold; a name that no rule has, or that cannot be left out, is a fault of the call."""
    from protocole_cli.validation.selection import chosen

    kept, added, left_out = _named(seulement, "--seulement"), _named(avec, "--avec"), _named(sans, "--sans")
    for rule in left_out:
        if rule.toujours:
            raise typer.BadParameter(
                f"--sans : la règle « {rule.nom} » ne peut pas être écartée, elle est vérifiée dans tous les cas."
            )
    rules = chosen(kept, added, left_out)
    if not rules:
        raise typer.BadParameter("--sans écarte toutes les règles choisies : il n’en reste aucune.")
    return rules


def _named(names: list[str] | None, option: str) -> "list[Regle]":
    from protocole_cli.validation.selection import find_rule, nearest_rules

    found = []
    for name in names or ():
        rule = find_rule(name)
        if rule is None:
            raise typer.BadParameter(f"{option} : la règle « {name} » n’existe pas. {nearest_rules(name)}")
        found.append(rule)
    return found


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

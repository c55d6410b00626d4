"""`protocole validate`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from protocole_cli.cli import candidates
from protocole_cli.cli.options import Dossier, choice, format_option, in_repository, root
from protocole_cli.rendering.report_formats import FORMATS

if TYPE_CHECKING:
    from protocole_cli.validation.check import Report
    from protocole_cli.validation.earlier import Earlier
    from protocole_cli.validation.rules.regle import Regle

PIPE_COLUMNS = 120
"""How wide the lines of a file are shown where there is no window to fit."""


def validate(
    ctx: typer.Context,
    fichiers: Annotated[
        list[str] | None,
        typer.Argument(metavar="[FICHIER…]", help="Ne montrer que ce qui concerne ces fichiers.", show_default=False),
    ] = None,
    forme: Annotated[
        str,
        format_option(*FORMATS),
    ] = "texte",
    source: Annotated[  # noqa: FBT002 (typer makes it a flag)
        bool,
        typer.Option(
            "--source", help="Montrer sous chaque message la ligne en cause (format texte).", show_default=False
        ),
    ] = False,
    depuis: Annotated[
        Path | None,
        typer.Option(
            "--depuis",
            metavar="RAPPORT",
            help="Le rapport json d’avant la modification : le format commentaire dit alors ce qui est nouveau.",
            show_default=False,
        ),
    ] = None,
    strict: Annotated[  # noqa: FBT002 (typer makes it a flag)
        bool, typer.Option("--strict", help="Échouer aussi s’il y a des avertissements.", show_default=False)
    ] = False,
    sans: Annotated[
        list[str] | None,
        typer.Option(
            "--sans",
            metavar="RÈGLE",
            help="Écarter une règle ; se répète.",
            show_default=False,
            autocompletion=candidates.regles,
        ),
    ] = None,
    seulement: Annotated[
        list[str] | None,
        typer.Option(
            "--seulement",
            metavar="RÈGLE",
            help="Ne garder que cette règle ; se répète.",
            show_default=False,
            autocompletion=candidates.regles,
        ),
    ] = None,
    avec: Annotated[
        list[str] | None,
        typer.Option(
            "--avec",
            metavar="RÈGLE",
            help="Ajouter une règle vérifiée sur demande ; se répète.",
            show_default=False,
            autocompletion=candidates.regles,
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
    from protocole_cli.rendering.report_formats import summary
    from protocole_cli.validation.check import validate as check

    choice(forme, list(FORMATS), "--format")
    if source and forme != "texte":
        raise typer.BadParameter(f"--source ne va qu’avec le format texte, et non avec « {forme} ».")
    avant = _earlier(depuis, forme, fichiers)
    rules = _rules(seulement, avec, sans)
    racine = root(ctx, dossier)
    report = check(racine, rules)
    if fichiers:
        report = report.restricted_to(in_repository(racine, fichiers, report.loaded.lus))
    answer(_with_source(report) if source else FORMATS[forme](report.compared_to(avant)))
    if forme == "texte":
        tell(summary(report))
    return 1 if report.erreurs or (strict and report.avertissements) else 0


def _with_source(report: "Report") -> str:
    """Return the report with the lines that it is about, as wide as the window."""
    import shutil

    from protocole_cli.rendering.report_formats import texte_with_source

    return texte_with_source(report, shutil.get_terminal_size((PIPE_COLUMNS, 24)).columns)


def _earlier(depuis: Path | None, forme: str, fichiers: list[str] | None) -> "Earlier | None":
    """Return what the report given to --depuis says; a call that cannot use it is at fault."""
    if depuis is None:
        return None
    from protocole_cli.validation.earlier import NonLu, read_earlier

    if forme != "commentaire":
        raise typer.BadParameter(f"--depuis ne va qu’avec le format commentaire, et non avec « {forme} ».")
    if fichiers:
        raise typer.BadParameter("--depuis compare tout le protocole : ne donnez pas de fichier avec lui.")
    try:
        return read_earlier(depuis)
    except NonLu as error:
        raise typer.BadParameter(f"« {depuis} », donné à --depuis : {error}") from None


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

"""`protocole validate`."""

from pathlib import Path
from typing import Annotated

import typer

from protocole_cli.cli import candidates
from protocole_cli.cli.call import Call
from protocole_cli.cli.options import Dossier, choice, format_option, root
from protocole_cli.rendering.report_formats import FORMATS


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
            help="Le rapport json d’avant la modification : les formats commentaire et github disent alors ce qui est nouveau.",
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
) -> Call:
    """Vérifier les données : syntaxe, forme, renvois, numéros, années.

    Chaque ligne dit où est le défaut (fichier:ligne:colonne), ce qui ne va pas et comment y remédier. Rien n’est modifié.
    Le code de sortie est 0 s’il n’y a pas d’erreur, 1 s’il y en a.

    La règle en cause est entre crochets : « protocole regles NOM » l’explique. Avec --seulement et --sans à la fois, on garde les
    unes moins les autres. Ce qui empêche de lire un fichier est dit dans tous les cas. Un avertissement que les parties acceptent
    s’inscrit dans data/avertissements-admis.yaml.
    """
    choice(forme, list(FORMATS), "--format")
    if source and forme != "texte":
        raise typer.BadParameter(f"--source ne va qu’avec le format texte, et non avec « {forme} ».")
    if depuis and forme not in ("commentaire", "github"):
        raise typer.BadParameter(f"--depuis ne va qu’avec les formats commentaire et github, et non avec « {forme} ».")
    if depuis and fichiers:
        raise typer.BadParameter("--depuis compare tout le protocole : ne donnez pas de fichier avec lui.")
    return Call(
        "validate",
        {
            "racine": str(root(ctx, dossier)),
            "fichiers": fichiers or [],
            "forme": forme,
            "source": source,
            "depuis": depuis and str(depuis),
            "strict": strict,
            "seulement": seulement or [],
            "avec": avec or [],
            "sans": sans or [],
        },
    )

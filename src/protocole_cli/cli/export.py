"""`protocole export`."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from protocole_cli.cli import candidates
from protocole_cli.cli.options import Dossier, choice, root

if TYPE_CHECKING:
    from protocole_cli.rendering.publication import Publication
    from protocole_cli.validation.check import Report

STDOUT = "-"


def export(
    ctx: typer.Context,
    formes: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            metavar="FORME",
            help="html (par défaut), md ou pdf ; répétez l’option pour plusieurs formats.",
            show_default=False,
            autocompletion=candidates.among("html", "md", "pdf"),
        ),
    ] = None,
    sortie: Annotated[
        str,
        typer.Option(
            "-o",
            "--sortie",
            metavar="CHEMIN",
            help="Le fichier ou le dossier à écrire, ou - pour la sortie standard ; sinon, le dossier build.",
            show_default=False,
        ),
    ] = "",
    projet: Annotated[  # noqa: FBT002 (typer makes it a flag)
        bool,
        typer.Option(
            "--projet", help="Marquer « PROJET – ne pas signer », même s’il y a des erreurs.", show_default=False
        ),
    ] = False,
    sur_papier: Annotated[  # noqa: FBT002
        bool,
        typer.Option(
            "--pour-papier",
            help="PDF : des cases vides au lieu de champs de signature électronique.",
            show_default=False,
        ),
    ] = False,
    sans_fichiers_joints: Annotated[  # noqa: FBT002
        bool,
        typer.Option(
            "--sans-fichiers-joints", help="PDF : ne pas y joindre les données et leur manifeste.", show_default=False
        ),
    ] = False,
    dossier: Dossier = None,
) -> int:
    """Produire le document à signer.

    Sans option, écrit build/protocole.html. Avec des erreurs dans les données, rien n’est écrit, sauf avec --projet. Le PDF
    (PDF/A-3a et PDF/UA-1, pour la signature et l’archivage) a un champ de signature par partie ; ses données y sont jointes.
    """
    from protocole_cli.cli.output import tell
    from protocole_cli.loading.git import VersionQuery
    from protocole_cli.rendering.build_document import build_document
    from protocole_cli.rendering.document_formats import FORMATS, missing_extra
    from protocole_cli.rendering.faults import GabaritFautif, NonEcrit
    from protocole_cli.rendering.publication import NonImprimable, Publication
    from protocole_cli.validation.check import validate
    from protocole_cli.versions.fingerprints import empreinte_texte

    wanted = [choice(f, list(FORMATS), "--format") for f in dict.fromkeys(formes or ["html"])]
    if "pdf" not in wanted and (sur_papier or sans_fichiers_joints):
        option = "--pour-papier" if sur_papier else "--sans-fichiers-joints"
        raise typer.BadParameter(f"{option} ne concerne que le PDF : ajoutez --format pdf.")
    for forme in wanted:
        if missing := missing_extra(forme):
            tell(f"protocole : {missing}")
            return 2
    racine = root(ctx, dossier)
    targets = _targets(racine, wanted, sortie)
    with VersionQuery(racine) as query:
        report = validate(racine)
        if report.erreurs and not projet:
            return _refused(report)
        version = query.answer()
    protocole = report.loaded.protocole
    publication = Publication(
        document=build_document(protocole, version, empreinte_texte(protocole), projet=projet),
        protocole=protocole,
        racine=racine,
        version=version,
        fichiers=report.loaded.lus,
        sur_papier=sur_papier,
        pieces_jointes=not sans_fichiers_joints,
    )
    try:
        contents = [_content(forme, publication) for forme in wanted]
        for target, content in zip(targets, contents, strict=True):
            _deliver(target, content)
    except GabaritFautif as error:
        tell(f"protocole : {error}")
        return 1
    except NonEcrit as error:
        tell(f"protocole : {error} Choisissez un autre emplacement avec -o.")
        return 1
    except NonImprimable as error:
        tell(str(error))
        return 1
    if report.erreurs:
        tell("Les données contiennent des erreurs (voyez : protocole validate) : ce projet n’est pas à signer.")
    return 0


def _content(forme: str, publication: "Publication") -> str | bytes:
    """Return the document in a form."""
    from protocole_cli.cli.patience import patiently
    from protocole_cli.language import count
    from protocole_cli.rendering.document_formats import EXTRAS, FORMATS

    if forme not in EXTRAS:
        return FORMATS[forme](publication)
    fiches = count(len(publication.protocole.fiches), "fiche", "fiches")
    return patiently(lambda: FORMATS[forme](publication), f"Composition du {forme.upper()} ({fiches})")


def _deliver(target: Path | None, content: str | bytes) -> None:
    """Write the document, or print it."""
    from protocole_cli.cli.output import answer, answer_bytes, tell
    from protocole_cli.rendering.writing import write_whole

    if target is not None:
        write_whole(target, content)
        tell(f"Document écrit : {_shown(target)}")
    elif isinstance(content, str):
        answer(content)
    else:
        answer_bytes(content)


def _targets(racine: Path, formes: list[str], sortie: str) -> list[Path | None]:
    """Return where each format goes; `None` is standard output."""
    from protocole_cli.cli.output import on_terminal

    if not sortie:
        return [racine / "build" / f"protocole.{forme}" for forme in formes]
    chemin = Path(sortie)
    folder = os.path.isdir(sortie) or sortie.endswith(("/", "\\"))
    if folder:
        return [chemin / f"protocole.{forme}" for forme in formes]
    if len(formes) > 1:
        raise typer.BadParameter("Deux formats ne peuvent pas aller dans un seul fichier : donnez un dossier à -o.")
    if sortie == STDOUT and formes == ["pdf"] and on_terminal():
        raise typer.BadParameter("Un PDF ne se lit pas dans un terminal : donnez un fichier à -o.")
    return [None if sortie == STDOUT else chemin]


def _refused(report: "Report") -> int:
    from protocole_cli.cli.output import tell
    from protocole_cli.diagnostics import Severite
    from protocole_cli.rendering.report_formats import diagnostic_lines, summary

    errors = (d for d in report.diagnostics if d.severite is Severite.ERREUR)
    tell(diagnostic_lines(errors).rstrip("\n"))
    tell(
        f"{summary(report)} Le document n’est pas produit : corrigez les erreurs, "
        "ou demandez un projet, non signable : protocole export --projet"
    )
    return 1


def _shown(target: Path) -> str:
    """Return the path as people like to read it: relative where it is below the current folder."""
    try:
        return str(target.relative_to(Path.cwd()))
    except ValueError:
        return str(target)

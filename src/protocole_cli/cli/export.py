"""`protocole export`."""

from typing import TYPE_CHECKING, Annotated

import typer

from protocole_cli.cli import candidates
from protocole_cli.cli.options import Dossier, choice, root

if TYPE_CHECKING:
    from protocole_cli.cli.destinations import Output, Targets
    from protocole_cli.loading.git import Version
    from protocole_cli.rendering.build_page import Reperes
    from protocole_cli.rendering.publication import Publication
    from protocole_cli.rendering.writing import Content
    from protocole_cli.validation.check import Report

DONNEES = ("csv", "json")
"""The formats that give the data and not the document."""


def export(
    ctx: typer.Context,
    formes: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            metavar="FORME",
            help="html (par défaut), md, pdf ou docx ; csv ou json pour les données ; répétez l’option pour plusieurs formats.",
            show_default=False,
            autocompletion=candidates.among("html", "md", "pdf", "docx", "csv", "json"),
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
    Le fichier Word (docx) sert à annoter. Les formats csv (un dossier de tables, par défaut build/donnees) et json (un fichier
    et son schéma) donnent les données ouvertes, pour un tableur ou une base de données.
    """
    from protocole_cli.cli.destinations import deliver, destinations
    from protocole_cli.cli.output import tell
    from protocole_cli.loading.git import VersionQuery
    from protocole_cli.rendering.document_formats import FORMATS, missing_extra
    from protocole_cli.rendering.faults import NonEcrit, NonImprimable
    from protocole_cli.validation.check import find_errors

    possible = [*FORMATS, *DONNEES]
    wanted = [choice(f, possible, "--format") for f in dict.fromkeys(formes or ["html"])]
    if "pdf" not in wanted and (sur_papier or sans_fichiers_joints):
        option = "--pour-papier" if sur_papier else "--sans-fichiers-joints"
        raise typer.BadParameter(f"{option} ne concerne que le PDF : ajoutez --format pdf.")
    for forme in wanted:
        if missing := missing_extra(forme):
            tell(f"protocole : {missing}")
            return 2
    racine = root(ctx, dossier)
    targets = destinations(racine, wanted, sortie, possible)
    with VersionQuery(racine) as query:
        report = find_errors(racine)
        if report.erreurs and not projet:
            return _refused(report, wanted)
        version = query.answer()
    pieces_jointes = not sans_fichiers_joints
    try:
        outputs = [
            *_documents(report, version, targets, projet=projet, sur_papier=sur_papier, pieces_jointes=pieces_jointes),
            *_data(report, version, targets, projet=projet),
        ]
        for output in outputs:
            deliver(output)
    except NonEcrit as error:
        tell(f"protocole : {error} Choisissez un autre emplacement avec -o.")
        return 1
    except NonImprimable as error:
        tell(str(error))
        return 1
    if report.erreurs:
        from protocole_cli.cli.reading import told_incomplete

        told_incomplete(report.loaded, "il manque à ce projet ce qui n’a pas pu être lu")
        tell("Les données contiennent des erreurs (voyez : protocole validate) : ce projet n’est pas à signer.")
    return 0


def _documents(
    report: "Report", version: "Version", targets: "Targets", *, projet: bool, sur_papier: bool, pieces_jointes: bool
) -> "list[Output]":
    """Return the document in the forms that are asked for; it is built if there are any."""
    from protocole_cli.cli.destinations import document_output
    from protocole_cli.rendering.publication import Publication, stamped_document

    documents = {forme: target for forme, target in targets.items() if forme not in DONNEES}
    if not documents:
        return []
    protocole = report.loaded.protocole

    def meanwhile() -> "Reperes | None":
        if "html" not in documents:
            return None
        from protocole_cli.rendering.html_page import html_made_ready

        return html_made_ready(protocole, report.racine)

    document, reperes = stamped_document(protocole, version, meanwhile, projet=projet, fautifs=report.loaded.fautifs)
    publication = Publication(
        document=document,
        protocole=protocole,
        racine=report.racine,
        version=version,
        fichiers=report.loaded.lus,
        reperes=reperes,
        sur_papier=sur_papier,
        pieces_jointes=pieces_jointes,
    )
    return [document_output(target, _content(forme, publication)) for forme, target in documents.items()]


def _data(report: "Report", version: "Version", targets: "Targets", *, projet: bool) -> "list[Output]":
    """Return the open data in the forms that are asked for."""
    from protocole_cli.cli.destinations import model_outputs, tables_outputs

    if not set(DONNEES).intersection(targets):
        return []
    from protocole_cli.rendering.open_data.identity import source
    from protocole_cli.rendering.open_data.package import package_files
    from protocole_cli.rendering.open_data.whole import whole_json, whole_schema

    described = source(report.loaded.protocole, version, projet=projet)
    outputs: list[Output] = []
    if folder := targets.get("csv"):
        outputs += tables_outputs(folder, package_files(described))
    if "json" in targets:
        outputs += model_outputs(targets["json"], whole_json(described), whole_schema())
    return outputs


def _content(forme: str, publication: "Publication") -> "Content":
    """Return the document in a form."""
    from protocole_cli.language import count
    from protocole_cli.rendering.document_formats import EXTRAS, FORMATS

    if forme not in EXTRAS:
        return FORMATS[forme](publication)
    from protocole_cli.cli.patience import patiently

    fiches = count(len(publication.protocole.fiches), "fiche", "fiches")
    return patiently(lambda: FORMATS[forme](publication), f"Composition du {forme.upper()} ({fiches})")


def _refused(report: "Report", wanted: list[str]) -> int:
    from protocole_cli.cli.output import tell
    from protocole_cli.diagnostics import Severite
    from protocole_cli.rendering.report_formats import diagnostic_lines, summary

    errors = (d for d in report.diagnostics if d.severite is Severite.ERREUR)
    tell(diagnostic_lines(errors).rstrip("\n"))
    if set(wanted).issubset(DONNEES):
        tell(
            f"{summary(report)} Les données ne sont pas exportées : corrigez les erreurs, "
            "ou demandez-les telles quelles, marquées comme projet, avec l’option --projet"
        )
        return 1
    tell(
        f"{summary(report)} Le document n’est pas produit : corrigez les erreurs, "
        "ou demandez un projet, non signable : protocole export --projet"
    )
    return 1

"""The formats of a validation report: functions from values to text; printing is elsewhere.

The one table `FORMATS` gives the choices of `--format`, what its help says of them and what each does. Each format of
some length has a module of its own, imported when it is asked for.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from protocole_cli.language import count
from protocole_cli.rendering.neutral import json_text, one_line

if TYPE_CHECKING:  # whoever has a report has loaded what makes one
    from protocole_cli.diagnostics import Diagnostic
    from protocole_cli.validation.check import Report
    from protocole_cli.validation.earlier import Earlier


def texte(report: "Report") -> str:
    """Return a line a diagnostic: `chemin:ligne:colonne: sévérité [règle] cause. Remède`."""
    return diagnostic_lines(report.diagnostics)


def texte_with_source(report: "Report", width: int) -> str:
    """Return the lines of the format texte, each with the line of the file below it, at most `width` columns wide."""
    from protocole_cli.loading.source import source_by_file
    from protocole_cli.rendering.report_source import excerpt

    source = source_by_file(report.racine)
    parts = []
    for d in report.diagnostics:
        lines, ligne = source(d.position.fichier), d.position.ligne
        shown = excerpt(lines[ligne - 1], ligne, d.position.colonne, width) if ligne <= len(lines) else ""
        parts.append(f"{_line(d)}\n{shown}")
    return "\n".join(parts)


def diagnostic_lines(diagnostics: "Iterable[Diagnostic]") -> str:
    """Return diagnostics as in the format texte."""
    return "".join(f"{_line(d)}\n" for d in diagnostics)


def _line(d: "Diagnostic") -> str:
    place = f"{d.position.fichier}:{d.position.ligne}:{d.position.colonne}"
    return one_line(f"{place}: {d.severite} [{d.regle}] {d.message} {d.aide}".rstrip())


def json_report(report: "Report") -> str:
    """Return one JSON object: the diagnostics, and how many there are of each severity."""
    from protocole_cli.validation.fingerprints import fingerprinted

    return json_text(
        {
            "diagnostics": [
                {
                    "fichier": d.position.fichier,
                    "ligne": d.position.ligne,
                    "colonne": d.position.colonne,
                    "severite": d.severite.value,
                    "regle": d.regle,
                    "message": d.message,
                    "aide": d.aide,
                    "empreinte": empreinte,
                }
                for d, empreinte in fingerprinted(report.racine, report.diagnostics)
            ],
            "resume": {
                "erreurs": report.erreurs,
                "avertissements": report.avertissements,
                "admis": len(report.admis),
                "fichiers": len(report.loaded.lus),
            },
        }
    )


_GITHUB_LEVELS = {"erreur": "error", "avertissement": "warning"}


def github(report: "Report") -> str:
    """Return the workflow commands by which GitHub Actions annotates the lines of a pull request.

    Compared to an earlier report, a warning that was there before is left out: GitHub shows the first ten of a step.
    """
    return "".join(
        f"::{_GITHUB_LEVELS[d.severite]} file={_property(d.position.fichier)},line={d.position.ligne},"
        f"col={d.position.colonne},title={_property(d.regle)}::{_data(f'{d.message} {d.aide}'.rstrip())}\n"
        for d in (report.diagnostics if report.avant is None else _errors_and_new(report, report.avant))
    )


def _errors_and_new(report: "Report", avant: "Earlier") -> "Iterator[Diagnostic]":
    from protocole_cli.validation.fingerprints import fingerprinted

    for d, empreinte in fingerprinted(report.racine, report.diagnostics):
        if d.severite == "erreur" or empreinte not in avant:
            yield d


def _data(text: str) -> str:
    return one_line(text).replace("%", "%25")  # no line break is left to escape


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def gitlab(report: "Report") -> str:
    """Return what GitLab calls a Code Quality report."""
    from protocole_cli.rendering.report_gitlab import gitlab_report

    return gitlab_report(report)


def sarif(report: "Report") -> str:
    """Return the log that SARIF readers know."""
    from protocole_cli.rendering.report_sarif import sarif_report

    return sarif_report(report)


def junit(report: "Report") -> str:
    """Return the XML that readers of test results know."""
    from protocole_cli.rendering.report_junit import junit_report

    return junit_report(report)


def commentaire(report: "Report") -> str:
    """Return the comment that stands under a request for change."""
    from protocole_cli.rendering.report_comment import commentaire

    return commentaire(report)


FORMATS: dict[str, Callable[["Report"], str]] = {
    "texte": texte,
    "json": json_report,
    "github": github,
    "gitlab": gitlab,
    "sarif": sarif,
    "junit": junit,
    "commentaire": commentaire,
}


def summary(report: "Report") -> str:
    """Return the sentence that says how the validation ended."""
    fichiers = count(len(report.fichiers), "fichier", "fichiers")
    ailleurs = f" ; ailleurs, {count(report.erreurs_ailleurs, 'erreur', 'erreurs')}" if report.erreurs_ailleurs else ""
    admis = f", {count(len(report.admis), 'avertissement admis', 'avertissements admis')}" if report.admis else ""
    choisies = " pour les règles choisies" if report.partiel else ""
    if not report.diagnostics and report.fichiers == report.loaded.lus:
        return f"Tout est en ordre{choisies} : {fichiers}, aucune erreur, aucun avertissement{admis}."
    erreurs = count(report.erreurs, "erreur", "erreurs") if report.erreurs else "Aucune erreur"
    warnings = report.avertissements
    avertissements = count(warnings, "avertissement", "avertissements") if warnings else "aucun avertissement"
    return f"{erreurs}, {avertissements}{admis} dans {fichiers}{choisies}{ailleurs}."

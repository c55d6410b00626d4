"""The formats of a validation report: functions from values to text; printing is elsewhere.

The one table `FORMATS` gives both the choices of `--format` and what each does.
"""

from collections.abc import Callable, Iterable

from protocole_cli.diagnostics import Diagnostic
from protocole_cli.language import count
from protocole_cli.rendering.neutral import json_text, one_line
from protocole_cli.validation.check import Report


def texte(report: Report) -> str:
    """Return a line a diagnostic: `chemin:ligne:colonne: sévérité [règle] cause. Remède`."""
    return diagnostic_lines(report.diagnostics)


def diagnostic_lines(diagnostics: Iterable[Diagnostic]) -> str:
    """Return diagnostics as in the format texte."""
    return "".join(f"{_line(d)}\n" for d in diagnostics)


def _line(d: Diagnostic) -> str:
    place = f"{d.position.fichier}:{d.position.ligne}:{d.position.colonne}"
    return one_line(f"{place}: {d.severite} [{d.regle}] {d.message} {d.aide}".rstrip())


def json_report(report: Report) -> str:
    """Return one JSON object: the diagnostics, and how many there are of each severity."""
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
                }
                for d in report.diagnostics
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


def github(report: Report) -> str:
    """Return the workflow commands by which GitHub Actions annotates the lines of a pull request."""
    return "".join(
        f"::{_GITHUB_LEVELS[d.severite]} file={_property(d.position.fichier)},line={d.position.ligne},"
        f"col={d.position.colonne},title={_property(d.regle)}::{_data(f'{d.message} {d.aide}'.rstrip())}\n"
        for d in report.diagnostics
    )


def _data(text: str) -> str:
    return one_line(text).replace("%", "%25")  # no line break is left to escape


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


FORMATS: dict[str, Callable[[Report], str]] = {"texte": texte, "json": json_report, "github": github}


def summary(report: Report) -> str:
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

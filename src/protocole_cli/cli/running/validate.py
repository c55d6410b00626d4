"""What `protocole validate` does."""

from collections.abc import Sequence

from protocole_cli.cli.output import AppelFautif, answer, tell
from protocole_cli.cli.reading import in_repository
from protocole_cli.rendering.report_formats import FORMATS, summary, texte_with_source
from protocole_cli.validation import check
from protocole_cli.validation.earlier import Earlier, NonLu, read_earlier
from protocole_cli.validation.rules.regle import Regle
from protocole_cli.validation.selection import chosen, find_rule, nearest_rules

PIPE_COLUMNS = 120
"""How wide the lines of a file are shown where there is no window to fit."""


def run(
    *,
    racine: str,
    fichiers: Sequence[str] = (),
    forme: str = "texte",
    source: bool = False,
    depuis: str | None = None,
    strict: bool = False,
    seulement: Sequence[str] = (),
    avec: Sequence[str] = (),
    sans: Sequence[str] = (),
) -> int:
    """Check the repository at `racine` and print the report in a form; return the exit code. Raises `AppelFautif`."""
    avant = None if depuis is None else _earlier(depuis)
    report = check.validate(racine, _rules(seulement, avec, sans))
    if fichiers:
        report = report.restricted_to(in_repository(racine, fichiers, report.loaded.lus))
    answer(_with_source(report) if source else FORMATS[forme](report.compared_to(avant)))
    if forme == "texte":
        tell(summary(report))
    return 1 if report.erreurs or (strict and report.avertissements) else 0


def _with_source(report: check.Report) -> str:
    """Return the report with the lines that it is about, as wide as the window."""
    import shutil

    return texte_with_source(report, shutil.get_terminal_size((PIPE_COLUMNS, 24)).columns)


def _earlier(depuis: str) -> Earlier:
    """Return what the report given to --depuis says."""
    try:
        return read_earlier(depuis)
    except NonLu as error:
        raise AppelFautif(f"« {depuis} », donné à --depuis : {error}") from None


def _rules(seulement: Sequence[str], avec: Sequence[str], sans: Sequence[str]) -> tuple[Regle, ...]:
    """Return the rules to hold; a name that no rule has, or that cannot be left out, is a fault of the call."""
    kept, added, left_out = _named(seulement, "--seulement"), _named(avec, "--avec"), _named(sans, "--sans")
    for rule in left_out:
        if rule.toujours:
            raise AppelFautif(
                f"--sans : la règle « {rule.nom} » ne peut pas être écartée, elle est vérifiée dans tous les cas."
            )
    rules = chosen(kept, added, left_out)
    if not rules:
        raise AppelFautif("--sans écarte toutes les règles choisies : il n’en reste aucune.")
    return rules


def _named(names: Sequence[str], option: str) -> list[Regle]:
    found = []
    for name in names:
        rule = find_rule(name)
        if rule is None:
            raise AppelFautif(f"{option} : la règle « {name} » n’existe pas. {nearest_rules(name)}")
        found.append(rule)
    return found

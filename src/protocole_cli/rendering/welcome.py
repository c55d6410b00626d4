"""What `protocole` alone says: which protocole this is, how it stands, and what one most likely wants next."""

from pathlib import Path

from protocole_cli.language import count
from protocole_cli.loading.git import Version
from protocole_cli.rendering.fiche_head import dated
from protocole_cli.rendering.neutral import one_line, visible
from protocole_cli.rendering.report_formats import summary
from protocole_cli.rendering.wrapping import wrap
from protocole_cli.validation.check import Report

MOST_LISTED = 20
"""So many fiches are listed by their titles; of more, their number is enough."""


def welcome(report: Report, version: Version, racine: Path, width: int) -> str:
    """Return what the protocole is and where, its fiches, its errors and warnings, and three commands."""
    protocole = report.loaded.protocole
    corps = protocole.corps
    name = " ".join(part for part in (corps.titre, corps.sous_titre) if part) or "Protocole sans titre"
    where = f"{corps.territoire} ; {racine} ({dated(version)})" if corps.territoire else f"{racine} ({dated(version)})"
    lines = [*wrap(one_line(name), width), *wrap(one_line(where), width), ""]
    lines += [*wrap(_counts(report), width), *_titles(report, width), ""]
    lines += [*wrap(summary(report), width), "", "Et maintenant :"]
    for command, what in _next(report):
        lines += wrap(f"{command} : {what}", width, "- ")
    return visible("\n".join([*lines, "", "Toutes les commandes : protocole --help"]) + "\n")


def _counts(report: Report) -> str:
    protocole = report.loaded.protocole
    return (
        f"{count(len(protocole.fiches), 'fiche', 'fiches')}, {count(len(protocole.parties), 'partie', 'parties')}, "
        f"{count(sum(len(f.engagements) for f in protocole.fiches), 'engagement', 'engagements')}."
    )


def _titles(report: Report, width: int) -> list[str]:
    fiches = report.loaded.protocole.fiches
    if len(fiches) > MOST_LISTED:
        return []
    mark = max((len(str(fiche.numero)) for fiche in fiches), default=0)
    return [line for fiche in fiches for line in wrap(one_line(fiche.titre), width, f"  {fiche.numero:>{mark}}  ")]


def _next(report: Report) -> list[tuple[str, str]]:
    protocole = report.loaded.protocole
    if report.erreurs:
        return [
            ("protocole validate", "voir chaque erreur, où elle est et comment y remédier"),
            ("protocole fiches", "lire ce qui peut l’être"),
            ("protocole export --projet", "produire un projet de document, qui n’est pas à signer"),
        ]
    fiche = protocole.fiches[0].numero if protocole.fiches else 1
    acteur = protocole.parties[0].acteur if protocole.parties else "NOM"
    warned = count(report.avertissements, "avertissement", "avertissements")
    return [
        (f"protocole fiche {fiche}", "lire une fiche"),
        (f"protocole acteur {acteur}", "savoir ce que porte et promet un organisme"),
        ("protocole validate", f"voir {'l’' if report.avertissements == 1 else 'les '}{warned.removeprefix('1 ')}")
        if report.avertissements
        else ("protocole export", "produire le document à signer"),
    ]

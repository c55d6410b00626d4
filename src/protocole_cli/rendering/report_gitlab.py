"""A validation report as Code Quality of GitLab: what changes, by line, in a merge request."""

from protocole_cli.diagnostics import Severite
from protocole_cli.rendering.neutral import json_text, one_line
from protocole_cli.validation.check import Report
from protocole_cli.validation.fingerprints import fingerprinted

_SEVERITIES = {Severite.ERREUR: "major", Severite.AVERTISSEMENT: "minor"}


def gitlab_report(report: Report) -> str:
    """Return a JSON list of findings, with the keys that GitLab's documentation of Code Quality asks for."""
    return json_text(
        [
            {
                "description": one_line(f"{d.message} {d.aide}".rstrip()),
                "check_name": d.regle,
                "fingerprint": fingerprint,
                "severity": _SEVERITIES[d.severite],
                "location": {"path": one_line(d.position.fichier), "lines": {"begin": d.position.ligne}},
            }
            for d, fingerprint in fingerprinted(report.racine, report.diagnostics)
        ]
    )

"""A validation report in SARIF 2.1.0, the exchange format of OASIS for what checkers find."""

from urllib.parse import quote

from protocole_cli import __version__
from protocole_cli.diagnostics import Diagnostic, Severite
from protocole_cli.rendering.neutral import json_text, one_line, visible
from protocole_cli.validation.check import Report
from protocole_cli.validation.fingerprints import fingerprinted
from protocole_cli.validation.rules import RULES
from protocole_cli.validation.rules.regle import Exemple, Regle

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severite.ERREUR: "error", Severite.AVERTISSEMENT: "warning"}
_LANGUAGE = "fr-FR"
_ROOT = "%SRCROOT%"
"""The name by which readers of SARIF know the top of the repository, wherever it stands on their machine."""


def sarif_report(report: Report) -> str:
    """Return a SARIF log of one run: every rule with its explanation, and the diagnostics in order."""
    run = {
        "tool": {
            "driver": {
                "name": "protocole",
                "version": __version__,
                "language": _LANGUAGE,
                "rules": [_rule(rule) for rule in RULES],
            }
        },
        "language": _LANGUAGE,
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "Le dossier du protocole."}}},
        "results": [_result(d, fingerprint) for d, fingerprint in fingerprinted(report.racine, report.diagnostics)],
    }
    return json_text({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(rule: Regle) -> dict[str, object]:
    help_text = f"{rule.raison}\n\n{_example('Juste', rule.juste)}\n{_example('Fautif', rule.fautif)}"
    return {
        "id": rule.nom,
        "shortDescription": {"text": rule.demande},
        "fullDescription": {"text": rule.raison},
        "help": {"text": visible(help_text)},
        "defaultConfiguration": {"level": _LEVELS[rule.severite], "enabled": rule.par_defaut},
    }


def _example(title: str, example: Exemple) -> str:
    if example.texte is None:
        return f"{title} : {example.fichier} manque.\n"
    return f"{title} ({example.fichier}) :\n\n{example.texte}"


def _result(d: Diagnostic, fingerprint: str) -> dict[str, object]:
    uri = quote(d.position.fichier.encode("utf-8", "surrogateescape"))
    region = {"startLine": d.position.ligne, "startColumn": d.position.colonne}
    return {
        "ruleId": d.regle,
        "level": _LEVELS[d.severite],
        "message": {"text": one_line(f"{d.message} {d.aide}".rstrip())},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri, "uriBaseId": _ROOT}, "region": region}}],
        "partialFingerprints": {"empreinte/v1": fingerprint},
    }

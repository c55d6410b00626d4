"""The formats of a report, each given to a reader that someone else wrote, with data that wants to be more than text."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator
from junitparser import Error, Failure, JUnitXml, Skipped, TestCase, TestSuite

from conftest import CHECKOUT, Lancer, replace
from protocole_cli.diagnostics import Diagnostic, Severite, ordered
from protocole_cli.position import Position
from protocole_cli.rendering.report_formats import FORMATS
from protocole_cli.validation.check import Report, validate
from protocole_cli.validation.rules import RULES

FICHE = "data/fiches/fiche-03.yaml"
ACTIVE = "\x00\x1b\x07\x85\u200b\u202e\u2028\ufeff\ufffe\uffff\ud800"
"""Characters that act on terminals, hide, or are allowed in no XML."""
IN_NAMES = ACTIVE.strip("\x00\ud800")
"""Those of them that the name of a file may hold."""
HOSTILE = f"<b>&amp; ]]> \"'` % :: @tous {ACTIVE}\nligne\tdeux"


@pytest.fixture
def hostile(depot: Path) -> Report:
    """A report of which every text tries to be more than text."""
    replace(depot, FICHE, "public: |\n", "publics: |\n")
    said = [
        Diagnostic(Position(f"data/<a>&'b c%d#{IN_NAMES}\n.yaml", 2, 3), Severite.ERREUR, "acteur-inconnu", HOSTILE, HOSTILE),
        Diagnostic(Position("data/nom-\udce9trange.yaml", 1, 1), Severite.AVERTISSEMENT, "engagement-vide", HOSTILE),
    ]  # fmt: skip
    report = validate(depot)
    return Report(report.loaded, ordered([*report.diagnostics, *said]), report.fichiers, racine=depot)


@pytest.mark.parametrize("forme", sorted(FORMATS))
def test_no_format_lets_a_character_act(hostile: Report, forme: str) -> None:
    text = FORMATS[forme](hostile)
    assert not set(ACTIVE) & set(text)
    text.encode("utf-8")


@pytest.mark.parametrize("forme", sorted(FORMATS))
def test_every_format_says_something_where_there_is_nothing_to_say(depot: Path, lancer: Lancer, forme: str) -> None:
    report = validate(depot)
    text = FORMATS[forme](Report(report.loaded, (), report.fichiers, racine=depot))
    assert text == "" if forme in {"texte", "github"} else text.endswith("\n")
    code, stdout, _ = lancer("validate", "--dossier", depot, "--format", forme, "data/sigles.yaml")
    assert code == 0
    assert FICHE not in stdout


# GitLab


def test_gitlab_asks_for_these_keys(hostile: Report) -> None:
    """As its documentation of Code Quality lists them, with the severities that it knows."""
    found = json.loads(FORMATS["gitlab"](hostile))
    assert len(found) == len(hostile.diagnostics)
    for finding in found:
        assert list(finding) == ["description", "check_name", "fingerprint", "severity", "location"]
        assert finding["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert all(isinstance(finding[key], str) for key in ("description", "check_name", "fingerprint"))
        assert not finding["location"]["path"].startswith(("/", "./"))
        assert isinstance(finding["location"]["lines"]["begin"], int)
    assert len({finding["fingerprint"] for finding in found}) == len(found)


def test_gitlab_shows_the_line_and_the_way_out(depot: Path, lancer: Lancer) -> None:
    ligne = replace(depot, FICHE, "public: |\n", "publics: |\n")
    code, stdout, stderr = lancer("validate", "--dossier", depot, "--format", "gitlab", FICHE)
    assert (code, stderr) == (1, "")
    (finding,) = json.loads(stdout)
    assert finding == {
        "description": "La clé « publics » n’existe pas ici. Vouliez-vous dire « public » ?",
        "check_name": "cle-inconnue",
        "fingerprint": finding["fingerprint"],
        "severity": "major",
        "location": {"path": FICHE, "lines": {"begin": ligne}},
    }


# SARIF


@pytest.fixture(scope="session")
def sarif_schema() -> Draft7Validator:
    """The schema of OASIS, https://docs.oasis-open.org/sarif/sarif/v2.1.0/, as it stands beside its text."""
    schema = json.loads((Path(__file__).parent / "lecteurs" / "sarif-schema-2.1.0.json").read_text(encoding="utf-8"))
    Draft7Validator.check_schema(schema)
    return Draft7Validator(schema)


def sarif_run(report: Report) -> dict[str, Any]:
    (run,) = json.loads(FORMATS["sarif"](report))["runs"]
    assert isinstance(run, dict)
    return run


def test_sarif_is_valid(hostile: Report, sarif_schema: Draft7Validator) -> None:
    log = json.loads(FORMATS["sarif"](hostile))
    assert [error.message for error in sarif_schema.iter_errors(log)] == []
    log["runs"][0]["results"][0]["ligne"] = 1
    assert len(list(sarif_schema.iter_errors(log))) == 1, "the schema sees what is wrong"


def test_sarif_explains_every_rule(depot: Path) -> None:
    rules = sarif_run(validate(depot))["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [rule.nom for rule in RULES]
    for rule, ours in zip(rules, RULES, strict=True):
        assert rule["shortDescription"]["text"] == ours.demande
        assert rule["help"]["text"].startswith(f"{ours.raison}\n\nJuste ({ours.juste.fichier}")
        assert "\n\nFautif" in rule["help"]["text"]


def test_sarif_results_name_rules_that_it_explains(hostile: Report) -> None:
    run = sarif_run(hostile)
    explained = {rule["id"]: rule["defaultConfiguration"]["level"] for rule in run["tool"]["driver"]["rules"]}
    assert len(run["results"]) == len(hostile.diagnostics)
    for result in run["results"]:
        assert explained[result["ruleId"]] == result["level"]


def test_sarif_places_are_relative_to_the_root(depot: Path) -> None:
    ligne = replace(depot, FICHE, "acteurs: [caisse-des-depots]", "acteurs: [caisse-des-depot]")
    run = sarif_run(validate(depot).restricted_to([FICHE]))
    place = next(r for r in run["results"] if r["ruleId"] == "acteur-inconnu")["locations"][0]["physicalLocation"]
    assert place == {
        "artifactLocation": {"uri": FICHE, "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": ligne, "startColumn": 15},
    }
    assert list(run["originalUriBaseIds"]) == ["%SRCROOT%"]
    assert run["columnKind"] == "unicodeCodePoints"
    assert str(depot) not in json.dumps(run)


def test_sarif_addresses_hold_any_name_of_a_file(hostile: Report) -> None:
    uris = {r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in sarif_run(hostile)["results"]}
    assert "data/nom-%E9trange.yaml" in uris
    assert all(uri.isascii() and not set(uri) & set(' <>"#\n') for uri in uris)


def test_sarif_knows_a_finding_again(depot: Path) -> None:
    def known() -> list[str]:
        return [r["partialFingerprints"]["empreinte/v1"] for r in sarif_run(validate(depot))["results"]]

    before = known()
    replace(depot, FICHE, "numero: 3\n", "# Relue\n\nnumero: 3\n")
    assert known() == before


# JUnit


def read_junit(text: str, tmp_path: Path) -> list[tuple[TestSuite, list[TestCase]]]:
    file = tmp_path / "junit.xml"
    file.write_text(text, encoding="utf-8")
    return [(suite, list(suite)) for suite in JUnitXml.fromfile(str(file))]


def test_junit_is_read(hostile: Report, tmp_path: Path) -> None:
    suites = read_junit(FORMATS["junit"](hostile), tmp_path)
    cases = [case for _, cases in suites for case in cases]
    failed = [case for case in cases if any(isinstance(r, Failure) for r in case.result)]
    skipped = [case for case in cases if any(isinstance(r, Skipped) for r in case.result)]
    assert len(failed) == hostile.erreurs
    assert len(skipped) == hostile.avertissements
    assert not any(isinstance(r, Error) for case in cases for r in case.result)
    assert "<b>&amp; ]]> \"'` % :: @tous ␀␛␇" in "".join(str(case.result[0].message) for case in failed)


def test_junit_counts_what_it_holds(hostile: Report, tmp_path: Path) -> None:
    for suite, cases in read_junit(FORMATS["junit"](hostile), tmp_path):
        results = [result for case in cases for result in case.result]
        assert suite.tests == len(cases)
        assert suite.failures == sum(isinstance(r, Failure) for r in results)
        assert suite.skipped == sum(isinstance(r, Skipped) for r in results)
        assert suite.errors == 0


def test_junit_has_a_suite_a_file_and_names_without_lines(depot: Path, tmp_path: Path) -> None:
    line = "  - texte: Réunir ces réseaux, les animer\n"
    replace(depot, "data/fiches/fiche-08.yaml", line, "  - {}\n  - {}\n")
    before = read_junit(FORMATS["junit"](validate(depot)), tmp_path)
    assert [suite.name for suite, _ in before] == sorted(validate(depot).fichiers)
    names = [(case.classname, case.name) for _, cases in before for case in cases]
    assert len(set(names)) == len(names), "readers take tests of one name for the same test"
    replace(depot, "data/fiches/fiche-08.yaml", "numero: 8\n", "\n\nnumero: 8\n")
    after = read_junit(FORMATS["junit"](validate(depot)), tmp_path)
    assert [(case.classname, case.name) for _, cases in after for case in cases] == names


def test_junit_tells_a_clean_file_as_a_test_that_passed(depot: Path, tmp_path: Path) -> None:
    suites = read_junit(FORMATS["junit"](validate(depot).restricted_to(["data/sigles.yaml"])), tmp_path)
    ((suite, (case,)),) = suites
    assert (suite.name, case.name, case.is_passed) == ("data/sigles.yaml", "aucune remarque", True)


# The lines of the source


def columns(text: str) -> int:
    return max(map(len, text.splitlines()))


Excerpt = Callable[[str, int, int], str]


@pytest.fixture
def excerpt() -> Excerpt:
    from protocole_cli.rendering.report_source import excerpt as of_line

    return lambda line, colonne, width: of_line(line, 7, colonne, width)


EXCERPTS = {
    "a word": ("  porteurs: [caff]", 14, 80, "    7 |   porteurs: [caff]\n      |              ^\n"),
    "a tab": ("a:\t\tb", 5, 80, "    7 | a:→   →   b\n      |           ^\n"),
    "a wide character": ("日本: x", 5, 80, "    7 | 日本: x\n      |       ^\n"),
    "a combining character": ("e\u0301te\u0301: x", 7, 80, "    7 | e\u0301te\u0301: x\n      |     ^\n"),
    "characters that act": ("a\x1b[31m\u202e: b", 9, 80, "    7 | a␛[31m‹U+202E›: b\n      |                ^\n"),
    "the end of the line": ("titre:", 7, 80, "    7 | titre:\n      |       ^\n"),
    "beyond the end": ("titre:", 70, 80, "    7 | titre:\n      |       ^\n"),
    "an empty line": ("", 1, 80, "    7 |\n      | ^\n"),
    "markup of the library that draws": ("[red]a[/red]", 1, 80, "    7 | [red]a[/red]\n      | ^\n"),
    "cut behind": ("abcdefghijklmnopqrstuvwxyz", 3, 30, "    7 | abcdefghijklmnopqrstu…\n      |   ^\n"),
    "cut before": ("abcdefghijklmnopqrstuvwxyz", 26, 30, "    7 | …pqrstuvwxyz\n      |            ^\n"),
    "cut on both sides": ("abcdefghijklmnopqrstuvwxyz" * 2, 27, 30, "    7 | …qrstuvwxyzabcdefghij…\n      |            ^\n"),
    "cut between wide ones": ("日" * 60, 30, 30, "    7 | …日日日日日日日日日日…\n      |            ^\n"),
}  # fmt: skip


@pytest.mark.parametrize(("line", "colonne", "width", "shown"), EXCERPTS.values(), ids=EXCERPTS)
def test_the_caret_stands_under_the_place(excerpt: Excerpt, line: str, colonne: int, width: int, shown: str) -> None:
    assert excerpt(line, colonne, width) == shown


def test_a_line_as_long_as_a_file_is_cut_at_once(excerpt: Excerpt) -> None:
    shown = excerpt("mot " * 250_000, 500_001, 80)
    assert columns(shown) <= 80
    assert shown.splitlines()[1].endswith("^")


def test_the_source_stands_below_each_message(depot: Path, lancer: Lancer) -> None:
    ligne = replace(depot, FICHE, "public: |\n", "publics: |\n")
    plain = lancer("validate", "--dossier", depot, FICHE)
    code, stdout, stderr = lancer("validate", "--dossier", depot, "--source", FICHE)
    assert (code, stderr) == (1, plain.stderr)
    assert stdout == f"{plain.stdout}{ligne:>5} | publics: |\n      | ^\n"


def test_the_source_is_as_wide_as_the_window(depot: Path, lancer: Lancer, monkeypatch: pytest.MonkeyPatch) -> None:
    for width in (40, 80, 120):
        monkeypatch.setenv("COLUMNS", str(width))
        stdout = lancer("validate", "--dossier", depot, "--source").stdout
        excerpts = [line for line in stdout.splitlines() if line[5:8] == " | "]
        assert len(excerpts) == 40
        assert max(map(len, excerpts)) <= width


def test_what_has_no_line_has_no_source(depot: Path, lancer: Lancer) -> None:
    (depot / FICHE).unlink()
    (depot / FICHE).mkdir()
    (depot / "data/sigles.yaml").unlink()
    answer = lancer("validate", "--dossier", depot, "--source", FICHE, "data/sigles.yaml")
    assert answer.code == 1
    assert "\n      | " not in answer.stdout


def test_the_source_of_a_file_in_another_encoding(depot: Path, lancer: Lancer) -> None:
    (depot / FICHE).write_bytes("numero: 3\ntitre: Été\n".encode("latin-1"))
    stdout = lancer("validate", "--dossier", depot, "--source", FICHE).stdout
    assert stdout.splitlines()[1:] == ["    2 | titre: �t�", "      |        ^"]


@pytest.mark.parametrize("forme", sorted(set(FORMATS) - {"texte"}))
def test_the_source_goes_with_the_text_only(lancer: Lancer, forme: str) -> None:
    assert lancer("validate", "--dossier", CHECKOUT, "--source", "--format", forme) == (
        2,
        "",
        f"protocole : --source ne va qu’avec le format texte, et non avec « {forme} ».\nAide : protocole validate --help\n",
    )


def test_the_help_lists_every_format(lancer: Lancer) -> None:
    shown = " ".join(lancer("validate", "--help").stdout.split())
    assert "texte (par défaut), json, github, gitlab, sarif, junit ou commentaire." in shown
    assert all(forme in shown for forme in FORMATS)

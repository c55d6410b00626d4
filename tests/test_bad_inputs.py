"""Bad inputs and what is said of them: one folder a case, mauvaises-entrees/LISEZMOI.md says how to add one."""

import os
import re
import shutil
from pathlib import Path

import pytest

from conftest import CHECKOUT, Lancer
from protocole_cli.diagnostics import Severite
from protocole_cli.loading import parts, repository
from protocole_cli.rendering.report_formats import texte
from protocole_cli.validation.check import validate
from protocole_cli.validation.rules import BY_DEFAULT, RULES
from test_incomplete_repository import ENTRIES

MAUVAISES_ENTREES = Path(__file__).parent / "mauvaises-entrees"
FICHE_COURTE = MAUVAISES_ENTREES / "fiche-courte.yaml"
ATTENDU = "attendu.txt"
CAS = sorted(dossier.name for dossier in MAUVAISES_ENTREES.iterdir() if dossier.is_dir())


def attendues(nom: str) -> list[str]:
    """Return the lines that a case expects, remarks left out."""
    lines = (MAUVAISES_ENTREES / nom / ATTENDU).read_text(encoding="utf-8").split("\n")
    return [line for line in lines if line and not line.startswith("- ")]


@pytest.fixture(scope="session")
def lignes_attendues_partout(tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    """Return what is said of our data, and what is said of them with a fiche 3 of a few lines: it names fewer actors."""
    racine = tmp_path_factory.mktemp("fiche-courte")
    shutil.copytree(CHECKOUT / "data", racine / "data")
    shutil.copy(FICHE_COURTE, racine / "data/fiches/fiche-03.yaml")
    reports = validate(CHECKOUT), validate(racine)
    assert [report.erreurs for report in reports] == [0, 0]
    return frozenset(line for report in reports for line in texte(report).split("\n"))


@pytest.mark.parametrize("nom", CAS)
def test_a_bad_input_is_told_in_these_lines_and_no_others(
    nom: str, depot: Path, lancer: Lancer, lignes_attendues_partout: frozenset[str]
) -> None:
    shutil.copytree(MAUVAISES_ENTREES / nom, depot, dirs_exist_ok=True, ignore=shutil.ignore_patterns(ATTENDU))
    code, stdout, stderr = lancer("validate", "--dossier", depot)
    ajoutees = [line for line in stdout.split("\n") if line not in lignes_attendues_partout]
    assert ajoutees == attendues(nom)
    assert code == (1 if any(": erreur [" in line for line in ajoutees) else 0)
    assert stderr.count("\n") == 1, "nothing but the summary on standard error"


@pytest.mark.parametrize("nom", CAS)
def test_no_file_is_left_out_without_a_word(nom: str, depot: Path) -> None:
    shutil.copytree(MAUVAISES_ENTREES / nom, depot, dirs_exist_ok=True, ignore=shutil.ignore_patterns(ATTENDU))
    report = validate(depot)
    told = {d.position.fichier for d in report.diagnostics if d.severite is Severite.ERREUR}
    assert report.loaded.fautifs <= told


@pytest.mark.parametrize("nom", CAS)
def test_two_processes_find_what_one_finds(nom: str, depot: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fiches are read some at a time, in two processes where they are many; what is said of them may not depend on how they fell."""
    shutil.copytree(MAUVAISES_ENTREES / nom, depot, dirs_exist_ok=True, ignore=shutil.ignore_patterns(ATTENDU))
    by_one = validate(depot, RULES)
    monkeypatch.setattr(parts, "ENOUGH", 2)
    monkeypatch.setattr(repository, "AT_ONCE", 3)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    by_two = validate(depot, RULES)
    assert by_two.diagnostics == by_one.diagnostics
    assert [d.position.key for d in by_two.diagnostics] == [d.position.key for d in by_one.diagnostics]
    assert by_two.loaded.lus == by_one.loaded.lus


@pytest.mark.parametrize("nom", CAS)
def test_a_case_says_by_its_name_whether_it_is_harmless(nom: str) -> None:
    assert nom.startswith("sans-danger-") == (not attendues(nom))


@pytest.mark.parametrize("nom", CAS)
def test_expected_lines_have_the_shape_that_editors_and_terminals_can_follow(nom: str) -> None:
    """File, line, column; severity and rule; a sentence; a way out."""
    for line in attendues(nom):
        assert re.fullmatch(
            r"(?:data|schemas)/[^:]+:[1-9]\d*:[1-9]\d*: (erreur|avertissement) \[[a-z0-9-]+\] [«A-ZÀÉÊÎ].*[.?!]", line
        ), line


def test_no_expected_line_speaks_jargon() -> None:
    jargon = re.compile(
        r"\b(additionalProperties|sch[eé]ma|JSON|null|None|string|integer|array|object|parse\w*)\b", re.IGNORECASE
    )
    assert [nom for nom in CAS for line in attendues(nom) if jargon.search(line.partition("] ")[2])] == [
        "balise-python"
    ]


def test_every_rule_has_a_case() -> None:
    told = {rule for nom in CAS for line in attendues(nom) for rule in re.findall(r" \[([a-z0-9-]+)\] ", line)}
    told |= {message[1:].partition("]")[0] for *_, message in ENTRIES}
    assert {rule.nom for rule in BY_DEFAULT if not rule.toujours} - told == set()

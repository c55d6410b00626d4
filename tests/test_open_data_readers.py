"""The open data as readers that others wrote take it: Frictionless and DuckDB, which the extra `outils` brings."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from conftest import CHECKOUT, Lancer, replace

pytestmark = pytest.mark.outils

EXEMPLES = CHECKOUT / "tests" / "exemples"


def judged(folder: Path) -> dict[str, Any]:
    """Return what `frictionless validate` says of a folder of tables."""
    command = [sys.executable, "-m", "frictionless", "validate", "datapackage.json", "--json"]
    answer = subprocess.run(command, cwd=folder, capture_output=True, check=False, text=True)
    report: dict[str, Any] = json.loads(answer.stdout)
    assert answer.returncode == (0 if report["valid"] else 1)
    return report


def answered(query: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Return the columns and the rows of what DuckDB answers."""
    import duckdb  # only where the marker `outils` is asked for

    answer = duckdb.execute(query)
    return [column[0] for column in answer.description or ()], answer.fetchall()


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Return a protocole of forty fiches."""
    folder = tmp_path / "corpus"
    subprocess.run([sys.executable, CHECKOUT / "bench" / "corpus.py", "40", folder], check=True, capture_output=True)
    return folder


@pytest.mark.parametrize("racine", [CHECKOUT, EXEMPLES], ids=["our data", "the examples"])
def test_frictionless_accepts_the_tables(racine: Path, lancer: Lancer, tmp_path: Path) -> None:
    assert lancer("--dossier", racine, "export", "--format", "csv", "-o", tmp_path).code == 0
    report = judged(tmp_path)
    assert (report["valid"], report["errors"]) == (True, [])
    assert [task["errors"] for task in report["tasks"] if task["errors"]] == []


def test_frictionless_accepts_those_of_a_large_protocole(corpus: Path, lancer: Lancer, tmp_path: Path) -> None:
    assert lancer("--dossier", corpus, "export", "--format", "csv", "-o", tmp_path / "tables/").code == 0
    report = judged(tmp_path / "tables")
    assert report["valid"]
    assert {task["name"]: task["stats"]["rows"] for task in report["tasks"]}["fiches"] == 40


def test_frictionless_sees_a_cell_that_was_changed(lancer: Lancer, tmp_path: Path) -> None:
    lancer("--dossier", EXEMPLES, "export", "--format", "csv", "-o", tmp_path)
    replace(tmp_path, "fiches_acteurs.csv", ",etat,partenaire", ",etot,partenaire")
    report = judged(tmp_path)
    found = {(task["name"], error["type"]) for task in report["tasks"] for error in task["errors"]}
    assert not report["valid"]
    assert found == {("fiches_acteurs", "foreign-key"), ("fiches_acteurs", "hash-count")}


def test_duckdb_answers_the_query_of_the_documentation(
    lancer: Lancer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, racine in (("dijon", CHECKOUT), ("valmont", EXEMPLES)):
        assert lancer("--dossier", racine, "export", "--format", "csv", "-o", f"territoires/{name}/").code == 0
    document = (CHECKOUT / "docs" / "formats.md").read_text(encoding="utf-8")
    found = re.search(r"```sql\n(.+?)```\n\n((?:\|[^\n]*\n)+)", document, re.DOTALL)
    assert found
    columns, rows = answered(found[1])
    lines = [columns, ["---"] * len(columns), *rows]
    assert "".join(f"| {' | '.join(map(str, line))} |\n" for line in lines) == found[2]


def test_duckdb_guesses_the_types_that_are_declared(
    lancer: Lancer, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of our columns, but the codes, which are digits that are no number, and those with nothing in them."""
    monkeypatch.chdir(tmp_path)
    assert lancer("--dossier", corpus, "export", "--format", "csv", "-o", "tables/").code == 0
    kinds = {"string": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN", "date": "DATE"}
    described = json.loads(Path("tables/datapackage.json").read_text(encoding="utf-8"))
    for resource in described["resources"]:
        declared = {field["name"]: kinds[field["type"]] for field in resource["schema"]["fields"]}
        source = f"read_csv('tables/{resource['path']}', header = true)"
        guessed = {row[0]: row[1] for row in answered(f"DESCRIBE FROM {source}")[1]}
        ((*filled,),) = answered(f"FROM {source} SELECT {', '.join(f'count({name})' for name in declared)}")[1]
        known = [name for name, number in zip(declared, filled, strict=True) if number and name != "code_insee"]
        assert {name: guessed[name] for name in known} == {name: declared[name] for name in known}

"""A command line that a second process reads: the same answers as where the first one does, and none of typer in it."""

import inspect
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from conftest import CHECKOUT
from protocole_cli.cli.ahead import ALONE, COMMANDS, read_ahead
from protocole_cli.cli.app import read
from protocole_cli.cli.call import Call, running

PLAIN = [
    "fiche 5",
    "fiche 9 --format json --rubrique echelle",
    "validate",
    "validate --strict --sans sigle-inconnu --avec espaces-doubles data/fiches/fiche-03.yaml data/acteurs.yaml",
    "validate --format commentaire --depuis avant.json",
]
"""Lines that ask for something."""
NOT_PLAIN = [
    "fiche 5 --help", "fiche", "fiche cinq", "fiche 5 --format pdf", "validate --inconnue", "validate --source --format json",
    "validate --dossier ailleurs",
]  # fmt: skip
"""Lines that are answered while they are read."""


@pytest.fixture(autouse=True)
def _two_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    monkeypatch.chdir(CHECKOUT)


@pytest.mark.parametrize("line", PLAIN)
def test_the_other_process_reads_the_same_call(line: str) -> None:
    call, by_typer = read_ahead(line.split()), read(line.split())
    assert isinstance(call, Call)
    assert isinstance(by_typer, Call)
    assert whole(call) == whole(by_typer)
    assert call.commande in COMMANDS


def whole(call: Call) -> tuple[str, dict[str, Any]]:
    """Return a call with the defaults of what carries it out."""
    bound = inspect.signature(running(call.commande).run).bind(**call.arguments)
    bound.apply_defaults()
    return call.commande, {name: list(v) if isinstance(v, tuple) else v for name, v in bound.arguments.items()}


@pytest.mark.parametrize("command", ALONE)
def test_a_command_that_stands_alone_needs_no_reader(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "fork")
    assert read_ahead([command]) == (command, {"racine": str(CHECKOUT)})
    assert ended(1, command)[3] == [""]


@pytest.mark.parametrize("line", NOT_PLAIN)
def test_another_line_is_left_to_be_read_here(line: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert read_ahead(line.split()) is None
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("line", ["", "acteurs", "export", "--version", "--dossier . validate", "inconnue"])
def test_no_process_is_started_for_other_commands(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "fork")
    assert read_ahead(line.split()) is None


def test_no_process_is_started_where_there_is_one_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    monkeypatch.delattr(os, "fork")
    assert read_ahead(["validate", "--strict"]) is None


def test_where_the_system_makes_no_more_processes_the_line_is_read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def refusing() -> int:
        raise BlockingIOError

    monkeypatch.setattr(os, "fork", refusing)
    assert read_ahead(["validate", "--strict"]) is None


def ended(processors: int, line: str, racine: Path = CHECKOUT) -> tuple[int, str, str, list[str]]:
    """Return how a run ends on a machine with so many processors: its code, its outputs, which programs it loaded of some."""
    program = (
        "import os, sys; before = set(sys.modules)\n"
        f"os.cpu_count = lambda: {processors}; from protocole_cli.cli.run import run; code = run({line.split()!r})\n"
        "heavy = ('typer', 'pathlib', 'rich', 'jinja2', 'jsonschema', 'markdown_it')\n"
        "print([m for m in heavy if m in sys.modules.keys() - before])\nsys.exit(code)"
    )
    answer = subprocess.run([sys.executable, "-c", program], cwd=racine, capture_output=True, text=True, check=False)
    *said, loaded = answer.stdout.splitlines()
    return answer.returncode, "\n".join(said), answer.stderr, loaded.strip("[]").replace("'", "").split(", ")


@pytest.mark.parametrize(
    "line", [*PLAIN[:4], *NOT_PLAIN, "fiche 77", "fiche 5 --rubrique nulle", "validate --sans nulle", "validate nul"]
)
def test_the_answer_is_the_same(line: str) -> None:
    assert ended(2, line)[:3] == ended(1, line)[:3]


@pytest.mark.parametrize("line", PLAIN[:4])
def test_nothing_heavy_is_loaded_besides(line: str) -> None:
    assert ended(2, line)[3] == [""]
    assert ended(1, line)[3] == ([""] if line in ALONE else ["typer", "pathlib"])


def test_a_fault_of_the_data_is_told_once(depot: Path) -> None:
    (depot / "data/fiches/fiche-03.yaml").write_text("numero: [", encoding="utf-8")
    code, said, told, _ = ended(2, "fiche 3", depot)
    assert (code, said) == (1, "")
    assert [line.partition(":")[0] for line in told.splitlines()] == ["data/fiches/fiche-03.yaml", "protocole "]


def test_an_interruption_of_both_processes_is_told_once(depot: Path) -> None:
    """A terminal sends the signal to all processes of a command."""
    program = """
import os, signal, sys
class Interrupting:
    def find_spec(self, name, *_):
        if name == "typer":
            os.killpg(0, signal.SIGINT)
            signal.pause()
sys.meta_path.insert(0, Interrupting())
os.cpu_count = lambda: 2
sys.argv = ["protocole", "validate", "--strict"]
from protocole_cli.__main__ import main
main()
"""
    answer = subprocess.run(
        [sys.executable, "-c", program], cwd=depot, capture_output=True, start_new_session=True, check=False
    )
    assert (answer.returncode, answer.stdout, answer.stderr.split()) == (130, b"", [b"Interrompu."])

"""The direction of the arrows between modules, and what the program says of itself."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent


def test_start_up_loads_nothing_heavy() -> None:
    """`protocole --help` must answer before anyone notices."""
    code = (
        "import sys, protocole_cli.cli.run as program; program.run(['--help']); "
        "print([m for m in ('rich', 'jinja2', 'jsonschema', 'yaml', 'markdown_it', 'msgspec') if m in sys.modules])"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    "question",
    [
        "engagements", "fiches --annee 2021 --commune talant", "fiches --texte emploi", "acteurs", "acteur caf",
        "acteur caf --format json", "resultats", "gouvernance", "gouvernance --mois mai", "instances", "instance mous",
        "signataires", "calendrier", "quartiers", "quartier guynemer", "sigles CAF", "chercher emploi",
    ],
)  # fmt: skip
def test_an_answer_on_a_pipe_loads_nothing_heavy(question: str) -> None:
    code = (
        f"import sys, protocole_cli.cli.run as program; program.run(['--dossier', {str(CHECKOUT)!r}, *{question.split()!r}]); "
        "print([m for m in ('rich', 'jinja2', 'jsonschema', 'markdown_it', 'typer.main') if m in sys.modules])"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.splitlines()[-1] == "['typer.main']"


def test_modules_import_in_one_direction() -> None:
    """The contracts of pyproject.toml hold (`lint-imports` comes with the extra `[test]`)."""
    program = shutil.which("lint-imports", path=str(Path(sys.executable).parent))
    assert program is not None
    answer = subprocess.run([program, "--no-cache"], cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout

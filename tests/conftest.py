"""What all tests share: a plain terminal, a copy of our data that may be broken, the program run in-process."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, settings

from protocole_cli.cli import run as program

CHECKOUT = Path(__file__).resolve().parent.parent

# The same examples each time, on a machine however slow.
settings.register_profile(
    "protocole", deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("protocole")


class Reponse(NamedTuple):
    """How a run of the program ended, and what it printed."""

    code: int
    stdout: str
    stderr: str


Lancer = Callable[..., Reponse]


@pytest.fixture(autouse=True, scope="session")
def plain_terminal() -> Iterator[None]:
    """No colour, 80 columns, and nothing of the caller's own settings; programs that the tests start inherit it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NO_COLOR", "1")
        patch.setenv("COLUMNS", "80")
        patch.setenv("TERM", "dumb")
        patch.delenv("PROTOCOLE_DOSSIER", raising=False)
        patch.delenv("SOURCE_DATE_EPOCH", raising=False)
        yield


@pytest.fixture
def depot(tmp_path: Path) -> Path:
    """The root of a copy of our data, free to be edited."""
    racine = tmp_path / "depot"
    shutil.copytree(CHECKOUT / "data", racine / "data")
    return racine


@pytest.fixture
def lancer(capsys: pytest.CaptureFixture[str]) -> Lancer:
    """Run `protocole` with some arguments; paths may be given as they are."""

    def run(*arguments: str | os.PathLike[str]) -> Reponse:
        capsys.readouterr()
        code = program.run([os.fspath(argument) for argument in arguments])
        return Reponse(code, *capsys.readouterr())

    return run


def replace(racine: Path, fichier: str, avant: str, apres: str) -> int:
    """Put some words of a data file in place of others; return the line, from 1, on which they stood."""
    chemin = racine / fichier
    texte = chemin.read_text(encoding="utf-8")
    before, found, after = texte.partition(avant)
    assert found, f"{fichier} ne contient plus : {avant}"
    chemin.write_text(before + apres + after, encoding="utf-8")
    return before.count("\n") + 1

"""How a run ends when its surroundings fail: full disk, closed output, reader gone, interruption, lost folder."""

import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO

import pytest

from conftest import CHECKOUT, Lancer
from programs import PROTOCOLE, into_closed_pipe

ANSWERS = [
    ["--help"],
    ["--version"],
    [],
    ["validate"],
    ["validate", "--format", "json"],
    ["validate", "--help"],
    ["fiche", "3"],
    ["fiche", "3", "--format", "html"],
    ["export", "-o", "-"],
    ["regles"],
    ["regles", "numero-en-double"],
    ["fiches"],
    ["engagements"],
    ["acteurs"],
    ["acteur", "caf"],
    ["quartiers"],
    ["quartier", "gresilles"],
    ["gouvernance"],
    ["instances"],
    ["instance", "mous"],
    ["signataires"],
    ["calendrier"],
    ["resultats"],
    ["sigles"],
    ["chercher", "emploi"],
    ["export", "--format", "pdf", "-o", "-"],
]
OUR_DATA = os.environ | {"PROTOCOLE_DOSSIER": str(CHECKOUT)}


@pytest.fixture
def here(depot: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in a copy of our data."""
    monkeypatch.chdir(depot)


def ended(arguments: list[str], stdout: int | IO[bytes], stderr: int | IO[bytes]) -> tuple[int, str]:
    """Run the program on our data with these outputs, and return its exit code and what it complained of."""
    answer = subprocess.run([*PROTOCOLE, *arguments], env=OUR_DATA, stdout=stdout, stderr=stderr, check=False)
    return answer.returncode, (answer.stderr or b"").decode()


# Outputs


@pytest.mark.parametrize("arguments", ANSWERS, ids=" ".join)
def test_a_full_disk_is_one_sentence(arguments: list[str]) -> None:
    with open("/dev/full", "wb") as full:
        assert ended(arguments, full, subprocess.PIPE) == (
            70,
            "protocole : la sortie standard n’a pas reçu toute la réponse : le disque est plein. "
            "Faites de la place, puis recommencez.\n",
        )


@pytest.mark.parametrize("arguments", ANSWERS, ids=" ".join)
def test_where_no_message_can_be_written_the_code_still_tells(arguments: list[str]) -> None:
    with open("/dev/full", "wb") as full:
        assert ended(arguments, full, full)[0] == 70
        assert ended(arguments, subprocess.DEVNULL, full)[0] == 0
        assert ended([*arguments, "--inconnue"], subprocess.DEVNULL, full)[0] == 2


@pytest.mark.parametrize("arguments", ANSWERS, ids=" ".join)
def test_a_reader_that_goes_away_is_no_fault(arguments: list[str]) -> None:
    """As in `protocole … | head -1`."""
    assert into_closed_pipe(*arguments, PROTOCOLE_DOSSIER=str(CHECKOUT))[0] == 0


@pytest.mark.parametrize("arguments", ANSWERS, ids=" ".join)
def test_closed_outputs_are_no_fault(arguments: list[str]) -> None:
    command = ["sh", "-c", '"$@" >&- 2>&-', "sh", *PROTOCOLE, *arguments]
    closed = subprocess.run(command, env=OUR_DATA, capture_output=True, check=False)
    assert (closed.returncode, closed.stdout, closed.stderr) == (0, b"", b"")


def test_a_pipe_is_written_to_and_stays_a_pipe(depot: Path, lancer: Lancer) -> None:
    """As in `protocole export -o >(program)`, or -o /dev/stdout."""
    tube = depot / "tube.html"
    os.mkfifo(tube)
    received: list[bytes] = []
    reader = threading.Thread(target=lambda: received.append(tube.read_bytes()))
    reader.start()
    assert lancer("--dossier", depot, "export", "-o", tube).code == 0
    reader.join()
    assert received[0].endswith(b"</html>\n")
    assert tube.is_fifo()


TOO_LONG = "x" * 300


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("export", "-o", TOO_LONG), 1, "ne peut pas être écrit : le système répond « File name too long »."),
        (("--dossier", TOO_LONG, "validate"), 2, "indiqué par l’option --dossier, n’existe pas."),
        (("validate", TOO_LONG), 2, "n’est pas un fichier de données de ce protocole"),
    ],
)
@pytest.mark.usefixtures("here")
def test_a_name_that_is_too_long_is_said(lancer: Lancer, arguments: tuple[str, ...], code: int, said: str) -> None:
    answer = lancer(*arguments)
    assert answer.code == code
    assert said in answer.stderr


# Interruptions

AT_IMPORT = """
class Interrupting:
    def find_spec(self, name, *_):
        if name == {name!r}:
            sys.meta_path.remove(self)
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Interrupting())
"""
IN_THE_MIDST = """
import {module} as module
real = module.{function}
def interrupted(*arguments, **named):
    module.{function} = real
    os.kill(os.getpid(), signal.SIGINT)
    return real(*arguments, **named)
module.{function} = interrupted
"""


def interrupted(depot: Path, trap: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run the program, which a trap set beforehand sends the signal of Ctrl-C."""
    program = f"import os, signal, sys\n{trap}\nfrom protocole_cli.__main__ import main\nmain()\n"
    return subprocess.run(
        [sys.executable, "-c", program, *arguments],
        env=os.environ | {"PROTOCOLE_DOSSIER": str(depot)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize(
    ("name", "command"),
    [
        *(
            (name, "export")
            for name in ("protocole_cli.cli.app", "typer", "typer.core", "yaml", "msgspec", "jinja2", "json")
        ),
        *((name, "validate") for name in ("protocole_cli.cli.run", "protocole_cli.loading.child", "yaml", "msgspec")),
    ],
)
def test_an_interruption_while_the_program_starts(depot: Path, name: str, command: str) -> None:
    answer = interrupted(depot, AT_IMPORT.format(name=name), command)
    assert (answer.returncode, answer.stdout, answer.stderr.split()) == (130, "", ["Interrompu."])
    assert sorted(os.listdir(depot)) == ["data"]


@pytest.mark.parametrize(
    ("command", "module", "function"),
    [
        ("validate", "protocole_cli.loading.repository", "read_data_file"),
        ("validate", "protocole_cli.loading.strict_yaml", "_decode"),
        ("validate", "protocole_cli.validation.check", "_diagnostic"),
        ("export", "protocole_cli.loading.repository", "read_data_file"),
        ("export", "protocole_cli.rendering.build_document", "build_document"),
        ("export", "protocole_cli.rendering.html_page", "template_pieces"),
        ("export", "protocole_cli.rendering.writing", "_replace"),
        ("export", "os", "fsync"),
        ("export", "os", "replace"),
    ],
)
def test_an_interruption_in_the_midst(depot: Path, command: str, module: str, function: str) -> None:
    """Nothing half-written is left behind, and one word is said."""
    answer = interrupted(depot, IN_THE_MIDST.format(module=module, function=function), command)
    assert (answer.returncode, answer.stdout, answer.stderr.split()) == (130, "", ["Interrompu."])
    assert [p.name for p in depot.rglob("*") if p.is_file() and "data" not in p.parts] == []


# Folders


@pytest.mark.parametrize("arguments", [["validate"], ["--dossier", ".", "validate"], ["export"]], ids=" ".join)
def test_a_folder_that_is_gone_is_said(
    tmp_path: Path, lancer: Lancer, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    gone = tmp_path / "disparu"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert lancer(*arguments) == (
        2,
        "",
        "protocole : Le dossier où vous êtes n’existe plus. Placez-vous dans celui du protocole.\n",
    )


def test_an_output_that_fails_halfway_leaves_no_trace_of_a_breakdown(depot: Path) -> None:
    """A limit of the shell on the size of files, as a quota would set it."""
    command = f"ulimit -f 8; trap '' XFSZ; {sys.executable} -m protocole_cli --dossier {depot} export"
    answer = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert (answer.returncode, answer.stdout) == (1, "")
    assert answer.stderr.splitlines() == [
        f"protocole : {depot}/build/protocole.html ne peut pas être écrit : le système répond « File too large ». "
        "Choisissez un autre emplacement avec -o."
    ]
    assert os.listdir(depot / "build") == []

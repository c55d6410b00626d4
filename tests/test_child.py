"""Work done by a copy of the process: its answer, its failure, its end."""

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from itertools import chain
from pathlib import Path
from typing import NoReturn

import pytest

from protocole_cli.loading import parts
from protocole_cli.loading.child import Child
from protocole_cli.loading.parts import in_parts


def alive(process: int) -> bool:
    """Tell whether there is such a process."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_its_answer_comes_back_however_long() -> None:
    with Child(lambda: b"x" * 10_000_000) as child:
        assert child.result() == b"x" * 10_000_000


def test_its_answer_comes_back_where_the_outputs_are_closed() -> None:
    """Its pipe may then stand where standard output or error would."""
    program = (
        "import sys; from protocole_cli.loading.child import Child\n"
        "with Child(lambda: b'oui') as child: sys.exit(0 if child.result() == b'oui' else 3)"
    )
    for closed in (">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-"):
        command = ["sh", "-c", f'"$@" {closed}', "sh", sys.executable, "-c", program]
        assert subprocess.run(command, capture_output=True, check=False).returncode == 0, closed


def failing() -> bytes:
    raise MemoryError


def interrupted() -> bytes:
    os.kill(os.getpid(), signal.SIGINT)
    return b"jamais"


def killed() -> bytes:
    os.kill(os.getpid(), signal.SIGKILL)
    return b"jamais"


@pytest.mark.parametrize("work", [failing, interrupted, killed])
def test_without_an_answer_there_is_none_and_not_a_word(
    work: Callable[[], bytes], capfd: pytest.CaptureFixture[str]
) -> None:
    with Child(work) as child:
        assert child.result() is None
    assert capfd.readouterr() == ("", "")


def test_an_answer_cut_short_is_none() -> None:
    """As where the system ends the copy for want of memory: not all that it meant to send has come."""
    with Child(lambda: b"." * 10_000_000) as child:
        assert child._answer.peek(1)
        os.kill(child._process or 0, signal.SIGKILL)
        assert child.result() is None


def test_where_the_system_makes_no_more_processes_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fork", refusing)
    with Child(lambda: b"oui") as child:
        assert child.result() is None


def refusing(*_: object) -> NoReturn:
    raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")


def test_what_it_changes_is_its_own() -> None:
    seen: list[str] = []

    def work() -> bytes:
        seen.append("changé")
        return b""

    with Child(work) as child:
        child.result()
    assert seen == []


def test_an_interruption_leaves_no_process_behind() -> None:
    def endless() -> bytes:
        signal.pause()
        return b""

    started: list[int] = []

    def interrupted_meanwhile() -> None:
        with Child(endless) as child:
            started.append(child._process or 0)
            assert alive(started[0])
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted_meanwhile()
    assert not alive(started[0])


def squares(numbers: Sequence[int]) -> list[int]:
    return [number * number for number in numbers]


@pytest.mark.parametrize("number", [0, 1, 199, 200, 201, 1001])
def test_the_parts_are_the_whole(number: int) -> None:
    assert [*chain(*in_parts(squares, range(number), list[int]))] == squares(range(number))


def test_a_child_that_fails_leaves_nothing_undone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    here = os.getpid()

    def work(numbers: Sequence[int]) -> list[int]:
        if os.getpid() != here:
            raise RuntimeError
        return squares(numbers)

    assert [*chain(*in_parts(work, range(500), list[int]))] == squares(range(500))


@pytest.mark.parametrize("name", ["os.fork", "protocole_cli.loading.parts.mmap"])
def test_what_the_system_refuses_leaves_nothing_undone(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    monkeypatch.setattr(name, refusing)
    assert [*chain(*in_parts(squares, range(500), list[int]))] == squares(range(500))


@pytest.mark.parametrize("room", [1, 3, 100])
def test_what_the_child_has_no_room_for_is_done_here(monkeypatch: pytest.MonkeyPatch, room: int) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    monkeypatch.setattr(parts, "ROOM", room)
    assert [*chain(*in_parts(squares, range(500), list[int]))] == squares(range(500))


def test_ctrl_c_reaches_both_processes_and_one_word_is_said(tmp_path: Path) -> None:
    """A terminal sends the signal to all processes of a command."""
    program = f"""
import os, signal, sys
from protocole_cli.loading import repository
real = repository.read_data_file
def interrupting(racine, fichier, *arguments):
    if fichier.endswith("fiche-02.yaml"):
        os.killpg(0, signal.SIGINT)
    return real(racine, fichier, *arguments)
repository.read_data_file = interrupting
os.cpu_count = lambda: 2
sys.argv = ["protocole", "--dossier", {str(tmp_path)!r}, "validate"]
from protocole_cli.__main__ import main
main()
"""
    (tmp_path / "data/fiches").mkdir(parents=True)
    (tmp_path / "data/protocole.yaml").write_text("format: 1\n", encoding="utf-8")
    for numero in range(1, 401):
        (tmp_path / f"data/fiches/fiche-{numero:02d}.yaml").write_text(f"numero: {numero}\n", encoding="utf-8")
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, start_new_session=True, check=False)
    assert (answer.returncode, answer.stdout, answer.stderr.split()) == (130, b"", [b"Interrompu."])

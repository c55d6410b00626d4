"""Work that lasts: a terminal shows that it goes on, nothing else does, and an interruption does not wait for its end."""

import io
from threading import Event

import pytest

from protocole_cli.cli import patience
from protocole_cli.cli.patience import patiently


class Terminal(io.StringIO):
    """A standard error that tells when it was written to, or refuses."""

    def __init__(self, *, on_terminal: bool = True, refusal: type[BaseException] | None = None) -> None:
        super().__init__()
        self.on_terminal = on_terminal
        self.refusal = refusal
        self.written = Event()

    def isatty(self) -> bool:
        return self.on_terminal

    def write(self, text: str) -> int:
        self.written.set()
        if self.refusal and text.endswith(" s"):
            raise self.refusal
        return super().write(text)


@pytest.fixture(autouse=True)
def impatience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "NOTICED", -1)
    monkeypatch.setattr(patience, "TICK", 0.001)
    monkeypatch.setenv("TERM", "xterm")


def test_it_returns_what_the_work_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal(on_terminal=False)
    monkeypatch.setattr("sys.stderr", terminal)
    assert patiently(lambda: 7, "Travail") == 7
    assert terminal.getvalue() == ""


def test_a_terminal_shows_what_lasts_and_is_left_clean(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    assert patiently(lambda: terminal.written.wait(60), "Travail") is True
    assert terminal.getvalue().startswith("\r\x1b[KTravail… 0 s")
    assert terminal.getvalue().endswith("\r\x1b[K")


@pytest.mark.parametrize("fault", [ValueError("a"), TimeoutError("b"), SystemExit(3)])
def test_a_fault_of_the_work_is_its_own(fault: BaseException) -> None:
    def fail() -> None:
        raise fault

    with pytest.raises(type(fault)) as raised:
        patiently(fail, "Travail")
    assert raised.value is fault


def test_an_interruption_does_not_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    """The work would only end after the interruption."""
    end = Event()
    monkeypatch.setattr("sys.stderr", Terminal(refusal=KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        patiently(lambda: end.wait(60), "Travail")
    end.set()


@pytest.mark.parametrize(("on_terminal", "kind"), [(False, "xterm"), (True, "dumb")])
def test_where_a_line_cannot_be_erased_nothing_is_shown(
    monkeypatch: pytest.MonkeyPatch, *, on_terminal: bool, kind: str
) -> None:
    terminal = Terminal(on_terminal=on_terminal)
    monkeypatch.setenv("TERM", kind)
    monkeypatch.setattr("sys.stderr", terminal)
    rounds = iter(range(50))

    def work() -> int:
        return sum(1 for _ in rounds if not terminal.written.wait(0.001))

    assert patiently(work, "Travail") == 50
    assert terminal.getvalue() == ""

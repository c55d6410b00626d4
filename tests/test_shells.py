"""The Tab key in bash, zsh and fish themselves, as people press it."""

import os
import pty
import re
import select
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.outils

SHELLS = {
    "bash": ("bash", "--norc", "--noprofile", "-i"),
    "zsh": ("zsh", "-f", "-i"),
    "fish": ("fish", "--no-config", "-i"),
}
LOADING = {
    "bash": 'eval "$(protocole completion bash)"',
    "zsh": 'eval "$(protocole completion zsh)"',
    "fish": "protocole completion fish | source",
}
PATIENCE = 60.0
"""A shell that says nothing for so many seconds has not done what a test waits for."""
ESCAPES = re.compile(r"\x1b(?:\[[0-9;?>=]*[A-Za-z]|\][^\x07]*\x07|[()][A-Z0-9]|[=>])|[\r\x08\x0f]")
HOSTILE = """\
acteurs:
  - id: $(touch rate-1)
    nom: Un
  - id: '`touch rate-2`'
    nom: Deux
  - id: premier
    nom: '$(touch rate-3) `touch rate-4` "; touch rate-5 #'
  - id: second
    nom: "l'autre : %F{red} \\\\n $HOME ${(e):-$(touch rate-6)} *"
"""


class Terminal:
    """A shell on a terminal of its own, in a folder, with the completion loaded."""

    def __init__(self, shell: str, folder: Path) -> None:
        self.sent = ""
        pid, self.ours = pty.fork()
        if pid == 0:
            os.chdir(folder)
            program = Path(sys.executable).parent
            os.environ |= {
                "TERM": "xterm", "HOME": str(folder), "LC_ALL": "C.UTF-8", "COLUMNS": "100", "LINES": "40",
                "PATH": f"{program}:{os.environ['PATH']}", "PS1": "> ",
            }  # fmt: skip
            os.execvp(SHELLS[shell][0], SHELLS[shell])  # noqa: S606 (the shell is what is tested)
        self.pid = pid
        self.type(f"{LOADING[shell]}; echo char''ge\n")
        self.until("charge\n")

    def type(self, keys: str) -> None:
        """Press keys."""
        os.write(self.ours, keys.encode())

    def until(self, words: str) -> str:
        """Return what the shell has shown since the last call, once these words are in it."""
        while words not in (shown := ESCAPES.sub("", self.sent)):
            assert select.select([self.ours], [], [], PATIENCE)[0], f"« {words} » attendu après : {shown}"
            self.sent += os.read(self.ours, 65536).decode("utf-8", "replace")
        self.sent = ""
        return shown

    def end(self) -> None:
        """Close the terminal."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.ours)


Ouvrir = Callable[[str, Path], Terminal]


@pytest.fixture
def ouvrir() -> Iterator[Ouvrir]:
    opened: list[Terminal] = []

    def open_terminal(shell: str, folder: Path) -> Terminal:
        opened.append(Terminal(shell, folder))
        return opened[-1]

    yield open_terminal
    for terminal in opened:
        terminal.end()


@pytest.mark.parametrize("shell", SHELLS)
def test_the_tab_key_ends_words(shell: str, ouvrir: Ouvrir, depot: Path) -> None:
    terminal = ouvrir(shell, depot)
    for typed, ended in {
        "protocole norm": "normaliser ",
        "protocole fiches --avec-c": "--avec-collectifs ",
        "protocole acteur CAI": "caisse-des-depots ",
        "protocole fiche 5 --format=j": "--format=json ",
        "protocole fiche 10 --rubrique dis": "dispositifs-associes ",
        "protocole validate data/fiches/fiche-03": "data/fiches/fiche-03.yaml ",
        "protocole export -o dat": "data/",
    }.items():
        terminal.type(f"{typed}\t")
        terminal.until(ended.removeprefix(typed.rpartition(" ")[2]) if shell != "fish" else ended.rstrip())
        terminal.type("\x15echo fai''t\n")
        terminal.until("fait\n")


@pytest.mark.parametrize("shell", SHELLS)
def test_the_tab_key_lists_the_fiches_in_their_order(shell: str, ouvrir: Ouvrir, depot: Path) -> None:
    terminal = ouvrir(shell, depot)
    terminal.type("protocole fiche \t\t")
    if shell == "bash":
        assert re.search(r"1 +2 +3 +4 +5 +6 +7 +8 +9 +10", terminal.until("10"))
    else:
        shown = terminal.until("PRÉVENIR ET LUTTER CONTRE LES INSÉCURITÉS")
        assert re.search(r"2 .*GESTION URBAINE(.|\n)+9 .*CONSEIL INTERCOMMUNAL(.|\n)+10 ", shown)


@pytest.mark.parametrize("shell", SHELLS)
def test_no_name_is_ever_run(shell: str, ouvrir: Ouvrir, depot: Path) -> None:
    (depot / "data" / "acteurs.yaml").write_text(HOSTILE, encoding="utf-8")
    terminal = ouvrir(shell, depot)
    terminal.type("protocole acteur \t\t")
    shown = terminal.until("second" if shell == "bash" else "*")
    assert "Deux" not in shown
    if shell != "bash":
        assert '$(touch rate-3) `touch rate-4` "; touch rate-5 #' in shown
        assert "%F{red} \\n $HOME" in shown
    terminal.type("\x15echo fai''t\n")
    terminal.until("fait\n")
    assert not list(depot.rglob("rate*"))


@pytest.mark.parametrize("shell", SHELLS)
def test_where_there_is_no_protocole_the_tab_key_is_silent(shell: str, ouvrir: Ouvrir, tmp_path: Path) -> None:
    terminal = ouvrir(shell, tmp_path)
    terminal.type("protocole acteur c\t\techo fai''t\n")
    shown = terminal.until("\n")
    assert "rreur" not in shown
    assert "Aucun protocole" not in shown


def test_the_shells_are_here() -> None:
    assert [shell for shell in SHELLS if shutil.which(shell) is None] == []

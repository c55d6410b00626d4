"""What people get, whole: read the files of __snapshots__ like documents, and their diffs like amendments.

After a wanted change: `pytest tests/test_snapshots.py --snapshot-update`, then read what changed.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from conftest import Lancer

Output = Callable[..., str]


class Text(SingleFileSnapshotExtension):
    """A file of what stands on a pipe; where it differs, the lines are shown."""

    _write_mode = WriteMode.TEXT
    file_extension = "txt"


class Markdown(Text):
    """A file of Markdown."""

    file_extension = "md"


class Html(Text):
    """A page."""

    file_extension = "html"


@pytest.fixture
def output(depot: Path, lancer: Lancer, monkeypatch: pytest.MonkeyPatch) -> Output:
    """Run the program without git, on the first of July 2019: the same wherever the tests are run."""
    monkeypatch.setenv("PATH", str(depot))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1561939200")

    def run(*arguments: str) -> str:
        answer = lancer("--dossier", depot, *arguments)
        assert answer.code == 0
        return answer.stdout

    return run


def test_protocole_en_markdown(output: Output, snapshot: SnapshotAssertion) -> None:
    assert output("export", "--format", "md", "-o", "-") == snapshot(extension_class=Markdown)


def test_protocole_en_html(output: Output, snapshot: SnapshotAssertion) -> None:
    assert output("export", "--format", "html", "-o", "-") == snapshot(extension_class=Html)


def test_fiche_5_en_texte(output: Output, snapshot: SnapshotAssertion) -> None:
    assert output("fiche", "5") == snapshot(extension_class=Text)


def test_fiche_9_en_texte(output: Output, snapshot: SnapshotAssertion) -> None:
    assert output("fiche", "9") == snapshot(extension_class=Text)


def test_fiche_9_en_markdown(output: Output, snapshot: SnapshotAssertion) -> None:
    assert output("fiche", "9", "--format", "md") == snapshot(extension_class=Markdown)

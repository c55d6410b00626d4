"""Where words of a text stand in its file, found by its lines alone."""

from pathlib import Path

import pytest

from protocole_cli.loading.word_places import WordPlaces
from protocole_cli.position import Position

TEXTES = """\
bloc: |
  Les FOOD, les FOO
  et les FOO.

  Fin
replie: >-
  Les FOOD
  et les FOO
nu: Les FOOD et
  les FOO
cite: "Les FOOD et\\nles FOO"
"""


@pytest.fixture
def racine(tmp_path: Path) -> Path:
    """A folder with one data file."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data/textes.yaml").write_text(TEXTES, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("key", "line", "words", "place"),
    [
        ("bloc", 0, "FOO", (2, 17)),
        ("bloc", 1, "FOO", (3, 10)),
        ("bloc", 3, "Fin", (5, 3)),
        ("bloc", 0, "FOOD", (2, 7)),
        ("bloc", 0, "OO", (2, 8)),
        ("bloc", 1, "BAR", (3, 1)),
        ("replie", 0, "FOO", (8, 10)),
        ("nu", 0, "FOO", (10, 7)),
        ("cite", 1, "FOO", (11, 25)),
        ("cite", 1, "BAR", (11, 7)),
        ("cite", 0, "", (11, 7)),
    ],
)
def test_the_place_of_words_in_a_text(racine: Path, key: str, line: int, words: str, place: tuple[int, int]) -> None:
    """As whole words where they are, on their line where each line of the text is one of the file; else where the text begins."""
    assert WordPlaces(racine).of(Position("data/textes.yaml"), key, line, words).key[1:] == place

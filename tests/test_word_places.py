"""Where words of a text stand in its file, found by its lines alone."""

from pathlib import Path

import pytest

from protocole_cli.loading.places import Places
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
    assert Places(TEXTES.encode()).in_text((1, 1), (key,), line, words) == place
    assert WordPlaces(racine).of(Position("data/textes.yaml"), key, line, words).key[1:] == place


@pytest.mark.parametrize("end", ["\r", "\r\n"])
def test_lines_may_end_as_another_system_ends_them(racine: Path, end: str) -> None:
    (racine / "data/textes.yaml").write_bytes(TEXTES.replace("\n", end).encode())
    of = WordPlaces(racine).of
    assert of(Position("data/textes.yaml"), "bloc", 1, "FOO").key[1:] == (3, 10)
    assert of(Position("data/textes.yaml"), "nu", 0, "FOO").key[1:] == (10, 7)
    raw = (racine / "data/textes.yaml").read_bytes()
    assert Places(raw).in_text((1, 1), ("bloc",), 1, "FOO") == (3, 10)
    assert Places(raw).in_text((1, 1), ("nu",), 0, "FOO") == (10, 7)


ENTREES = """\
entrees:
  - "texte": un FOO
    nom: FOO
  - texte : un FOO
  - nom: FOO
    # texte: un FOO
# remarque
    texte: |  # un FOO
      pas ici
      mais là FOO
  - {nom: "Dans ce contexte: FOO", texte: un FOO}
  - 'texte':
      le FOO
  - texte: FOOD
    # un FOO
  - texte: un FOO
  - {nom: FOO, texte: un FOO}
autres: [{nom: A, texte: le FOO}, {nom: B, texte: un FOO}]
"""


@pytest.mark.parametrize(
    ("entry", "line", "place"),
    [
        ((2, 5), 0, (2, 17)),
        ((4, 5), 0, (4, 16)),
        ((5, 5), 1, (10, 15)),
        ((11, 5), 0, (11, 46)),
        ((12, 5), 0, (13, 10)),
        ((16, 5), 0, (16, 15)),
        ((17, 5), 0, (17, 26)),
        ((18, 10), 0, (18, 29)),
        ((18, 35), 0, (18, 54)),
    ],
)
def test_the_text_is_that_of_the_entry_however_its_key_is_written(
    tmp_path: Path, entry: tuple[int, int], line: int, place: tuple[int, int]
) -> None:
    (tmp_path / "entrees.yaml").write_text(ENTREES, encoding="utf-8")
    assert Places(ENTREES.encode()).in_text(entry, ("texte",), line, "FOO") == place
    assert WordPlaces(tmp_path).of(Position("entrees.yaml", *entry), "texte", line, "FOO").key[1:] == place


@pytest.mark.parametrize(
    "text", ["entrees:\n  - nom: FOO\n  - texte: FOO\n", "entrees:\n  - {nom: FOO,\n     texte: FOO}\n"]
)
def test_where_the_key_is_not_plain_to_see_the_entry_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "entrees.yaml").write_text(text, encoding="utf-8")
    assert WordPlaces(tmp_path).of(Position("entrees.yaml", 2, 5), "texte", 0, "FOO").key[1:] == (2, 5)

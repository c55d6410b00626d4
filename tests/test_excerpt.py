"""The part of a file under one key: the same as in the whole file, at the same place, or nothing."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import CHECKOUT, replace
from protocole_cli.loading.datafile import read_excerpt
from protocole_cli.loading.excerpt import excerpt
from protocole_cli.loading.files import Disk
from protocole_cli.loading.repository import load
from protocole_cli.loading.strict_yaml import parse
from protocole_cli.validation.schema import explain

FICHIER = "data/protocole.yaml"
KEYS = ("titre", "periode", "formules", "visas", "preambule", "articles", "annexes", "rubriques")


@pytest.mark.parametrize("key", KEYS)
def test_it_says_what_the_whole_file_says_there(key: str) -> None:
    raw = Disk(CHECKOUT).read(FICHIER)
    alone = excerpt(raw, key)
    assert alone is not None
    part, whole = parse(FICHIER, alone), parse(FICHIER, raw)
    assert part.data == {key: whole.data[key]}
    assert [place for place in part.mappings[1:] if place not in whole.mappings] == []


def test_the_rubriques_are_those_of_the_whole_file() -> None:
    alone = load(CHECKOUT, explain, kinds=("rubriques",), fiches=()).protocole.corps
    whole = load(CHECKOUT, explain, kinds=("protocole",), fiches=()).protocole.corps
    assert alone.rubriques == whole.rubriques
    assert [r.position.key for r in alone.rubriques] == [r.position.key for r in whole.rubriques]
    assert (alone.titre, alone.articles) == ("", ())


@pytest.mark.parametrize(
    "raw",
    [
        "autre: 1\n",
        "",
        "rubriques: 1\nautre: 2\nrubriques: 3\n",
        "a:\n  rubriques: 1\n",
        "# rubriques:\n",
        '"rubriques": 1\n',
        "rubriques:\n  - a\n<<<<<<< HEAD\n  - b\n",
        "rubriques:\n  - a\nx\n  - b\n",
        "rubriques:\n  - a\n...\n  - b\n",
        "rubriques:\n- {cle: a}\n{cle: b}\n- {cle: c}\n",
    ],
)
def test_what_is_not_plain_to_see_is_left_to_the_whole_file(raw: str) -> None:
    assert excerpt(raw.encode(), "rubriques") is None


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("below", ["- a\n- b\n", "  - a\n\n  - b\n", "# remarque\n  - a\n  # autre\n  - b\n"])
def test_it_goes_on_to_the_next_key(below: str, end: str) -> None:
    raw = f"titre: T\nrubriques:\n{below}suite: 1\n".replace("\n", end).encode()
    alone = excerpt(raw, "rubriques")
    assert alone is not None
    assert parse(FICHIER, alone).data == {"rubriques": ["a", "b"]}


@given(st.binary())
def test_whatever_the_bytes_the_lines_keep_their_place(raw: bytes) -> None:
    alone = excerpt(raw, "a")
    written = raw.split(b"\n")
    for rank, line in enumerate((alone or b"").split(b"\n")):
        assert line in (b"", written[rank] if rank < len(written) else b"")


@pytest.mark.parametrize(
    ("avant", "apres"),
    [("cle: constats", "cle: *titres"), ("cle: constats", "cle: constat"), ("rubriques:", "rubriques: non\n#")],
)
def test_what_is_broken_there_is_read_and_told_as_a_whole(depot: Path, avant: str, apres: str) -> None:
    replace(depot, FICHIER, avant, apres)
    assert read_excerpt(Disk(depot), FICHIER, "rubriques") is None
    loaded = load(depot, explain, kinds=("rubriques",), fiches=())
    assert loaded.fautifs == {FICHIER}
    assert loaded.diagnostics

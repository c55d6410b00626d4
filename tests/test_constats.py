"""docs/constats-2019.md explains every warning that our data get, and no other."""

import re

import pytest

from conftest import CHECKOUT
from protocole_cli.diagnostics import Diagnostic
from protocole_cli.validation.check import validate

PAGE = (CHECKOUT / "docs/constats-2019.md").read_text(encoding="utf-8")
SOURCE = (CHECKOUT / "tests/source/protocole-2019-2022.txt").read_text(encoding="utf-8").split("\n")
CONSTATS = re.findall(r"^`([a-z-]+)`, `(data/[^`]+)` :((?:.|\n)*?)\n\n", PAGE, re.MULTILINE)
"""What the page explains: the rule, the file, the words."""
WARNINGS = validate(CHECKOUT).diagnostics


def subject(warning: Diagnostic) -> str:
    """Return what the page must name to be about this warning: the promise, the words or the year in question."""
    found = re.search(r"F\d+-\d+|« ([^»]+) »|La fiche \d+|attendu pour \d+", warning.message)
    assert found, warning.message
    return found[1] or found[0].removeprefix("La ")


@pytest.mark.parametrize("warning", WARNINGS, ids=lambda w: f"{w.position.fichier}:{w.position.ligne}")
def test_every_warning_is_explained(warning: Diagnostic) -> None:
    words = [
        " ".join(mots.split())
        for regle, fichier, mots in CONSTATS
        if (regle, fichier) == (warning.regle, warning.position.fichier)
    ]
    assert any(subject(warning) in mots for mots in words)


def test_nothing_is_explained_that_is_no_warning() -> None:
    assert {(regle, fichier) for regle, fichier, _ in CONSTATS} == {(w.regle, w.position.fichier) for w in WARNINGS}


def test_the_page_knows_how_many_there_are() -> None:
    assert len(WARNINGS) == 20
    assert "vingt avertissements" in PAGE
    assert PAGE.count("`sigle-inconnu`") + PAGE.count(", et « EMAS »") == 9
    assert "Neuf mots s’écrivent comme des sigles" in PAGE


@pytest.mark.parametrize(("mots", "ligne"), re.findall(r"« ([^»]+) »[^«»(]*\(l\. (\d+)", PAGE))
def test_the_words_stand_on_the_line_of_the_source_that_is_given(mots: str, ligne: str) -> None:
    words = " ".join(mots.removesuffix("…").split())
    there = " ".join(" ".join(SOURCE[int(ligne) - 1 : int(ligne) + 2]).split())
    assert words in there


def test_the_pages_are_those_of_the_lines() -> None:
    """A page of the source begins with its number or a space, which lines of its contents and of its scheme do too."""
    starts = [n for n, line in enumerate(SOURCE, 1) if re.match(r"P\. \d+| \S", line) and n not in {*range(7, 42), 510}]
    cited = re.findall(r"l\. (\d+)(?:-\d+)?, p\. (\d+)", PAGE)
    assert {ligne: int(page) for ligne, page in cited} == {
        ligne: sum(start <= int(ligne) for start in starts) for ligne, _ in cited
    }

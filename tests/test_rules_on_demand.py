"""The rules that are held only when asked for: they look at signs, of which the signed text keeps its own."""

from pathlib import Path

import pytest

from conftest import CHECKOUT, replace
from protocole_cli.rendering.report_formats import texte
from protocole_cli.validation.check import validate
from protocole_cli.validation.rules import BY_DEFAULT, apostrophes_melees, espaces_doubles

FICHE = "data/fiches/fiche-03.yaml"
PUBLIC = "  Les demandeurs d’emploi issus des quartiers prioritaires et de veille pour la partie\n"


def test_nobody_is_told_of_them_unasked() -> None:
    assert apostrophes_melees.REGLE not in BY_DEFAULT
    assert espaces_doubles.REGLE not in BY_DEFAULT


def test_the_transcription_has_no_double_space() -> None:
    assert validate(CHECKOUT, (espaces_doubles.REGLE,)).diagnostics == ()


@pytest.mark.parametrize("blanks", ["  ", "   ", " \u00a0", "\u202f "])
def test_a_double_space_is_told_where_it_is(depot: Path, blanks: str) -> None:
    ligne = replace(depot, FICHE, PUBLIC, PUBLIC.replace("prioritaires et", f"prioritaires{blanks}et"))
    colonne = (depot / FICHE).read_text(encoding="utf-8").split("\n")[ligne - 1].index(f"prioritaires{blanks}") + 1
    assert texte(validate(depot, (espaces_doubles.REGLE,))) == (
        f"{FICHE}:{ligne}:{colonne}: avertissement [espaces-doubles] Plusieurs espaces se suivent entre « prioritaires » et « et ». "
        "N’en gardez qu’une.\n"
    )


@pytest.mark.parametrize("written", ["  Les demandeurs  \n", "  - Les demandeurs\n      d’emploi\n"])
def test_spaces_at_the_beginning_and_at_the_end_of_a_line_are_no_double_space(depot: Path, written: str) -> None:
    replace(depot, FICHE, PUBLIC, written)
    assert validate(depot, (espaces_doubles.REGLE,)).diagnostics == ()


def test_a_file_with_two_apostrophes_is_told_once_at_the_first_of_the_rarer(depot: Path) -> None:
    for numero in (3, 5, 7, 8, 9, 10):
        chemin = depot / f"data/fiches/fiche-{numero:02d}.yaml"
        chemin.write_text(chemin.read_text(encoding="utf-8").replace("'", "’"), encoding="utf-8")
    ligne = replace(depot, FICHE, PUBLIC, PUBLIC.replace("d’emploi", "d'emploi"))
    colonne = (depot / FICHE).read_text(encoding="utf-8").split("\n")[ligne - 1].index("d'emploi") + len("d'")
    told = texte(validate(depot, (apostrophes_melees.REGLE,))).splitlines()
    assert [line for line in told if "data/fiches" in line] == [
        f"{FICHE}:{ligne}:{colonne}: avertissement [apostrophes-melees] Ce fichier mêle deux apostrophes : « ’ » (54 fois) et « ' » "
        "(1 fois, d’abord ici). Écrivez partout « ’ », si rien n’est encore signé."
    ]


def test_the_files_of_2019_that_mix_apostrophes_are_those_of_the_text() -> None:
    diagnostics = validate(CHECKOUT, (apostrophes_melees.REGLE,)).diagnostics
    assert [d.position.fichier for d in diagnostics] == [
        *(f"data/fiches/fiche-{numero:02d}.yaml" for numero in (3, 5, 7, 8, 9, 10)),
        "data/parties.yaml",
        "data/protocole.yaml",
    ]

"""Which words in capitals are taken for acronyms, and which for names of persons."""

import shutil
from pathlib import Path

import pytest

from conftest import CHECKOUT, replace
from protocole_cli.loading import parts, repository
from protocole_cli.validation.check import validate
from protocole_cli.validation.rules import sigle_inconnu

FICHES = ("data/fiches/fiche-01.yaml", "data/fiches/fiche-02.yaml")


@pytest.fixture
def petit(tmp_path: Path) -> Path:
    """A copy of the small repository of the examples."""
    racine = tmp_path / "depot"
    shutil.copytree(CHECKOUT / "tests/exemples", racine)
    return racine


def told(racine: Path) -> list[str]:
    """Return what is told, without the words that are always the same."""
    found = validate(racine, (sigle_inconnu.REGLE,)).diagnostics
    return [d.message.replace(" s’écrit comme un sigle, et n’est pas au glossaire", "") for d in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("M. DUPONT préside, et DUPONT signe.", []),
        ("M. JEAN DUPONT préside, et JEAN DUPONT signe.", []),
        ("Mme ANNE MARTIN préside. La salle MARTIN ouvre.", []),
        ("M. DUPONT et Mme MARTIN président. L’association DUPONT-MARTIN agit.", []),
        ("M. DUPONT préside ici. La salle DUPONT2 ferme.", []),
        ("DUPONT signe. M. DUPONT préside.", []),
        ("M. DUPONT préside. Le FOO DUPONT agit.", ["« FOO » (employé 1 fois)."]),
        ("M. Jean DUPONT préside. L’ABC de DUPONT. L’ABC DUPONT. L’ABC.", ["« ABC » (employé 3 fois)."]),
        ("La FOO et la BAR, puis la FOO BAR.", ["« FOO » (employé 1 fois).", "« BAR » (employé 1 fois).", "« FOO BAR » (employé 1 fois)."]),
    ],
)  # fmt: skip
def test_the_name_of_a_person_is_no_acronym(petit: Path, text: str, expected: list[str]) -> None:
    replace(petit, FICHES[0], "public: Les habitants", f"public: {text}")
    assert told(petit) == expected


def test_a_name_in_one_fiche_is_known_in_all(petit: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace(petit, FICHES[0], "public: Les habitants", "public: La salle DUPONT")
    replace(petit, FICHES[1], "public: ", "public: M. DUPONT et ")
    monkeypatch.setattr(repository, "AT_ONCE", 1)
    assert told(petit) == []


def test_a_person_at_the_end_of_a_text_names_nobody_in_the_next(petit: Path) -> None:
    avant = "  1. Ouvrir un lieu d’accueil\n  2. Former les créateurs\npublic: Les habitants"
    replace(petit, FICHES[0], avant, "  Animé par M. Paul Durand.\npublic: XYZ et ceux")
    assert told(petit) == ["« XYZ » (employé 1 fois)."]


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("texte: financer le PRE", (22, 24)),
        ("texte: |\n      financer\n      le PRE", (24, 10)),
        ("texte: >-\n      financer\n      le PRE", (24, 10)),
        ('"texte" : "financer\\nle PRE"', (22, 29)),
        ("? texte\n    : le PRE", (23, 10)),
        ("? texte\n    : |\n      financer\n      le PRE", (25, 10)),
    ],
)
def test_the_acronym_itself_is_pointed_at_however_its_text_is_written(
    petit: Path, written: str, place: tuple[int, int]
) -> None:
    replace(petit, FICHES[0], "texte: financer la moitié du lieu d’accueil", written)
    assert [d.position.key[1:] for d in validate(petit, (sigle_inconnu.REGLE,)).diagnostics] == [place]


def test_a_wrong_number_does_not_let_the_cutting_of_the_fiches_decide(
    petit: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fiches are judged some at a time, by their files; what is « first » may not depend on where they are cut."""
    replace(petit, FICHES[0], "numero: 1", "numero: 9")
    for fichier in FICHES:
        replace(petit, fichier, "public: ", "public: XYZW, ")
    whole = [(d.position.key, d.message) for d in validate(petit).diagnostics]
    monkeypatch.setattr(repository, "AT_ONCE", 1)
    assert [(d.position.key, d.message) for d in validate(petit).diagnostics] == whole
    monkeypatch.setattr(parts, "ENOUGH", 2)
    assert [(d.position.key, d.message) for d in validate(petit).diagnostics] == whole

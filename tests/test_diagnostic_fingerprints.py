"""A finding is the same finding when lines move, and another one when its words change."""

from pathlib import Path

import pytest

from conftest import replace
from protocole_cli.validation.check import validate
from protocole_cli.validation.fingerprints import fingerprints

FICHE_8 = "data/fiches/fiche-08.yaml"
FICHE_10 = "data/fiches/fiche-10.yaml"


def found(depot: Path) -> list[str]:
    report = validate(depot)
    return list(fingerprints(depot, report.diagnostics))


def test_each_finding_has_its_own(depot: Path) -> None:
    assert len(set(found(depot))) == 20


@pytest.mark.parametrize(
    ("avant", "apres"),
    [
        ("numero: 8", "# une remarque\n\n# une autre\nnumero: 8"),
        ("numero: 8\n", ""),  # the key is put back below: the order of keys is free
        ("constats: |\n", "constats: |\n  Une ligne de plus.\n\n"),
        ("  - texte: Réunir", "  - acteurs: [etat]\n    texte: Une promesse de plus (État)\n  - texte: Réunir"),
        ("  - texte: Réunir", "  -    texte: Réunir"),
    ],
    ids=["a comment above", "a key moved", "a text made longer", "an entry put before", "another indentation"],
)
def test_what_moves_keeps_its_fingerprint(depot: Path, avant: str, apres: str) -> None:
    before = found(depot)
    replace(depot, FICHE_8, avant, apres)
    if not apres:
        file = depot / FICHE_8
        file.write_text(file.read_text(encoding="utf-8") + avant, encoding="utf-8")
    assert found(depot) == before


def test_crlf_and_a_mark_at_the_head_change_nothing(depot: Path) -> None:
    before = found(depot)
    file = depot / FICHE_8
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert found(depot) == before


def test_other_words_are_another_finding(depot: Path) -> None:
    before = found(depot)
    replace(depot, FICHE_8, "Réunir ces réseaux, les animer", "Réunir ces réseaux, les faire vivre")
    after = found(depot)
    assert [b == a for b, a in zip(before, after, strict=True)].count(False) == 1


def test_a_text_in_a_block_counts_by_its_first_words(depot: Path) -> None:
    replace(depot, FICHE_8, "texte: Réunir ces réseaux", "texte: |\n      Réunir ces réseaux")
    replace(depot, FICHE_8, "texte: Prioriser", "texte: |\n      Prioriser")
    before = found(depot)
    replace(depot, FICHE_8, "engagements:\n", "engagements:\n  - texte: |\n      Tout autre chose\n")
    after = found(depot)
    assert len(after) == len(before) + 1
    assert set(before) < set(after)


def test_equals_are_told_apart_by_their_rank(depot: Path) -> None:
    before = found(depot)
    line = "  - texte: Réunir ces réseaux, les animer\n"
    replace(depot, FICHE_8, line, line * 3)
    after = found(depot)
    assert len(set(after)) == len(before) + 4, "nobody promises, and the same words are said twice more"
    assert set(before) < set(after)


def test_a_file_that_cannot_be_read_has_findings_too(depot: Path) -> None:
    (depot / FICHE_10).unlink()
    (depot / FICHE_10).mkdir()
    (depot / FICHE_8).write_bytes(b"numero: 8\ntitre: \xe9\xff\n")
    assert len(set(found(depot))) == len(validate(depot).diagnostics)


def test_they_do_not_depend_on_where_the_repository_is(depot: Path, tmp_path: Path) -> None:
    before = found(depot)
    elsewhere = depot.rename(tmp_path / "ailleurs")
    assert found(elsewhere) == before

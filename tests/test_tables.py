"""Tables and wrapped lines: what people see of an answer."""

import csv
import io

import pytest
from markdown_it import MarkdownIt

from protocole_cli.rendering.tables import Colonne, Table, table_csv, table_markdown, table_text
from protocole_cli.rendering.wrapping import item, unwrapped, wrap, wrap_prose

TABLE = Table(
    (Colonne("rang", "Rang"), Colonne("nom", "Nom"), Colonne("qualite", "Qualité")),
    (("1", "Ville de Dijon", "Maire"), ("2", "CAF", "")),
)


def test_rows_that_fit_are_aligned() -> None:
    assert table_text(TABLE, 80) == "Rang  Nom             Qualité\n1     Ville de Dijon  Maire\n2     CAF\n"


def test_rows_that_do_not_fit_are_entries() -> None:
    assert table_text(TABLE, 16) == "1\n  Nom : Ville de\n    Dijon\n  Qualité :\n    Maire\n\n2\n  Nom : CAF\n"


def test_a_table_without_rows_has_its_header() -> None:
    empty = Table(TABLE.colonnes, ())
    assert table_text(empty, 80) == "Rang  Nom  Qualité\n"
    assert table_csv(empty) == "rang,nom,qualite\n"


def test_csv_can_be_read_back() -> None:
    table = Table((Colonne("a", "A"), Colonne("b", "B")), (('x, "y"', "z\nw"), ("é ; è", "")))
    assert list(csv.reader(io.StringIO(table_csv(table)))) == [["a", "b"], ['x, "y"', "z w"], ["é ; è", ""]]


@pytest.mark.parametrize("cell", ["=1+1", "+33", "-1", "@SUM(A1)", "\t=1", " =1", "\r=1"])
def test_no_cell_is_a_formula(cell: str) -> None:
    (_, (printed,)) = csv.reader(io.StringIO(table_csv(Table((Colonne("a", "A"),), ((cell,),)))))
    assert printed[0] == "'" or printed.startswith("␍")


@pytest.mark.parametrize("cell", ["2019-2022", "a = b", "C+", "’"])
def test_other_cells_stay_as_they_are(cell: str) -> None:
    (_, (printed,)) = csv.reader(io.StringIO(table_csv(Table((Colonne("a", "A"),), ((cell,),)))))
    assert printed == cell


def test_a_cell_cannot_break_a_markdown_table() -> None:
    printed = table_markdown(Table(TABLE.colonnes, (("1", "a | b\n| c |", "<b>[x](y)</b>"),)))
    page = MarkdownIt("gfm-like", {"linkify": False}).render(printed)
    assert page.count("<td>") == 3
    assert "<td>a | b | c |</td>" in page
    assert "<td>&lt;b&gt;[x](y)&lt;/b&gt;</td>" in page


def test_lines_break_between_words_only() -> None:
    assert wrap("un deux trois intergénérationnel", 8) == ["un deux", "trois", "intergénérationnel"]
    assert wrap("", 8, "- ") == ["-"]


def test_no_line_begins_with_a_sign_of_the_one_before() -> None:
    assert wrap("aaa bbb : ccc « d » ; e", 8) == ["aaa", "bbb :", "ccc", "« d » ;", "e"]


def test_non_breaking_spaces_do_not_break() -> None:
    assert wrap("a 10\u00a0000\u202f€ b", 5) == ["a", "10\u00a0000\u202f€", "b"]


def test_prose_is_unwrapped_block_by_block() -> None:
    prose = "Un\ndeux :\n\n- trois\n  quatre\n  - cinq\n- six\n1. sept\n\nhuit\n"
    assert unwrapped(prose) == "Un deux :\n\n- trois quatre\n  - cinq\n- six\n1. sept\n\nhuit"


def test_items_are_aligned_under_their_text() -> None:
    assert wrap_prose("a b c\n\n- d e f\n  g\n", 6, "> ") == ["> a b", "  c", "", "  - d", "    e", "    f", "    g"]
    assert item("F1 ", ["a b c d", "e"], 6) == ["F1 a b", "   c d", "   e"]


def test_lines_of_prose_have_a_widest() -> None:
    assert max(map(len, wrap("mot " * 100, 200))) == 99

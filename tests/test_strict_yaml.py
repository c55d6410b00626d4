"""YAML read as the writer meant it: scalars, places, remarks, duplicates; and no input that breaks the reader."""

from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from conftest import CHECKOUT
from protocole_cli.loading import strict_yaml
from protocole_cli.loading.places import Places
from protocole_cli.loading.strict_yaml import PROFONDEUR_MAX, Document, Refuse, parse
from protocole_cli.loading.yaml_faults import Fault
from protocole_cli.position import Route


def read(text: str) -> Any:
    """Return the data of a text."""
    return parse("essai.yaml", text.encode()).data


def refused(raw: str | bytes) -> tuple[Fault, ...]:
    """Return why a text is refused."""
    with pytest.raises(Refuse) as caught:
        parse("essai.yaml", raw.encode() if isinstance(raw, str) else raw)
    return caught.value.faults


def read_or_refused(raw: bytes) -> Document | tuple[Fault, ...]:
    """Return the document of some bytes, or why they are refused; anything else that is raised is a fault of ours."""
    try:
        return parse("essai.yaml", raw)
    except Refuse as refusal:
        return refusal.faults


BAD_INPUTS = [
    raw
    for chemin in sorted((CHECKOUT / "tests/mauvaises-entrees").rglob("*.yaml"))
    if chemin.is_file() and not {*b"\r\0"}.intersection(raw := chemin.read_bytes())
]


@pytest.mark.parametrize("end", [b"\r", b"\r\n"])
def test_however_lines_end_the_places_are_the_same(end: bytes) -> None:
    """A carriage return ends a line of YAML, before a line feed or alone."""
    assert len(BAD_INPUTS) > 150
    for raw in BAD_INPUTS:
        before, after = read_or_refused(raw), read_or_refused(raw.replace(b"\n", end))
        if isinstance(before, Document) and isinstance(after, Document):
            assert (after.data, after.suspects) == (before.data, before.suspects)
        else:
            assert after == before


# What a plain scalar means


@pytest.mark.parametrize(
    "text",
    [
        "no", "No", "NO", "yes", "Yes", "on", "On", "off", "OFF", "y", "n", "oui", "non",
        "2019-07-06", "2019-07-06 12:00:00", "2019-07", "06/07/2019",
        "075", "0o17", "0x1F", "0b11", "12:30", "1:02:03", "1_000", "10 000", "1,5", "1e3", "21231a",
        ".inf", "-.inf", ".nan", ".NaN", "+", "-.", "=", "<<",
        "N°1", "Créativ’", "C.I.S.P.D.", "14%", "½ journée", "nULL", "tRUE",
    ],
)  # fmt: skip
def test_stays_the_text_that_was_written(text: str) -> None:
    assert read(f"cle: {text}\n") == {"cle": text}
    assert read(f"- {text}\n") == [text]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2019", 2019), ("0", 0), ("-3", -3), ("+3", 3), ("100000000000000000", 10**17),
        (".5", 0.5), ("1.5", 1.5), ("-1.5", -1.5), ("3.0", 3), ("1.", 1), ("1.5e3", 1500), ("1.5E-3", 0.0015),
        ("true", True), ("True", True), ("TRUE", True), ("false", False), ("False", False), ("FALSE", False),
        ("~", None), ("null", None), ("Null", None), ("NULL", None), ("", None),
    ],
)  # fmt: skip
def test_is_the_number_the_truth_value_or_the_nothing_that_was_written(text: str, value: object) -> None:
    found = read(f"cle: {text}\n")["cle"]
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize("text", ["2019", "true", "null", "~", "1.5", "-3", ""])
@pytest.mark.parametrize("quote", ["'", '"'])
def test_is_a_text_between_quotes(text: str, quote: str) -> None:
    assert read(f"cle: {quote}{text}{quote}\n") == {"cle": text}


@pytest.mark.parametrize("text", ["9" * 30, "1.0e999", "1.5e300", "-1.0e999"])
def test_is_a_text_where_a_number_is_too_large_to_be_one(text: str) -> None:
    assert read(f"cle: {text}\n") == {"cle": text}


def test_keys_are_texts() -> None:
    assert read("2019: a\ntrue: b\nno: c\n2019-07-06: d\n") == {"2019": "a", "true": "b", "no": "c", "2019-07-06": "d"}


def test_block_texts_keep_their_lines() -> None:
    assert read("a: |\n  un\n  deux #2 : trois\n\n  quatre\nb: >-\n  un\n  deux\n") == {
        "a": "un\ndeux #2 : trois\n\nquatre\n",
        "b": "un deux",
    }


@pytest.mark.parametrize("mark", ["|", ">"])
def test_a_block_text_ends_with_its_line_whether_or_not_the_file_does(mark: str) -> None:
    assert read(f"a: {mark}\n  un") == read(f"a: {mark}\n  un\n") == {"a": "un\n"}


def test_an_anchor_repeats_what_it_names_each_time_anew() -> None:
    data = read("a: &x {k: [1]}\nb: *x\n")
    assert data == {"a": {"k": [1]}, "b": {"k": [1]}}
    assert data["a"] is not data["b"]


# Places

FICHE = """\
# yaml-language-server: $schema=../../schemas/fiche.schema.json
numero: 3
porteurs:
  texte: Dijon métropole, CAF
  acteurs: [dijon-metropole, caf]
resultats:
  - texte: |
      Nombre de créations
    nature: indicateur
    details:
      - texte: Durée
        nature: tendance
public:
phases:
  - {id: phase-1, nom: "Phase 1"}
"""


@pytest.mark.parametrize(
    ("route", "place"),
    [
        ((), (2, 1)),
        (("numero",), (2, 9)),
        (("porteurs",), (4, 3)),
        (("porteurs", "texte"), (4, 10)),
        (("porteurs", "acteurs"), (5, 12)),
        (("porteurs", "acteurs", 0), (5, 13)),
        (("porteurs", "acteurs", 1), (5, 30)),
        (("resultats",), (7, 3)),
        (("resultats", 0), (7, 5)),
        (("resultats", 0, "texte"), (7, 12)),
        (("resultats", 0, "details", 0, "nature"), (12, 17)),
        (("phases", 0, "nom"), (15, 24)),
    ],
)
def test_the_place_of_a_value(route: Route, place: tuple[int, int]) -> None:
    assert Places(FICHE.encode()).of(route) == place


@pytest.mark.parametrize(
    ("route", "place"),
    [
        (("numero",), (2, 1)),
        (("porteurs", "acteurs"), (5, 3)),
        (("resultats", 0, "details"), (10, 5)),
        (("phases", 0, "nom"), (15, 19)),
        (("public",), (13, 1)),
    ],
)
def test_the_place_of_a_key(route: Route, place: tuple[int, int]) -> None:
    assert Places(FICHE.encode()).of(route, key=True) == place


@pytest.mark.parametrize(
    ("route", "place"),
    [
        (("calendrier",), (2, 1)),
        (("porteurs", "acteur"), (4, 3)),
        (("porteurs", "acteurs", 7), (5, 12)),
        (("numero", "texte"), (2, 9)),
        ((7,), (2, 1)),
    ],
)
def test_a_way_that_ends_early_leads_to_where_it_ends(route: Route, place: tuple[int, int]) -> None:
    assert Places(FICHE.encode()).of(route) == place


@pytest.mark.parametrize(
    ("entry", "route", "place"),
    [
        ((4, 3), ("acteurs", 1), (5, 30)),
        ((7, 5), ("details", 0, "nature"), (12, 17)),
        ((11, 9), ("nature",), (12, 17)),
        ((15, 5), ("nom",), (15, 24)),
    ],
)
def test_a_place_inside_an_entry_is_found_from_where_the_entry_begins(
    entry: tuple[int, int], route: Route, place: tuple[int, int]
) -> None:
    assert Places(FICHE.encode()).inside(entry, route) == place


def test_every_mapping_comes_with_its_place() -> None:
    document = parse("essai.yaml", FICHE.encode())
    assert [(ligne, colonne) for _, ligne, colonne in document.mappings] == [(2, 1), (4, 3), (7, 5), (11, 9), (15, 5)]
    assert document.mappings[0][0] is document.data


def test_columns_count_characters_and_not_bytes() -> None:
    assert Places("{é’🚀: [œ, à]}\n".encode()).of(("é’🚀", 1)) == (1, 11)


def test_a_byte_order_mark_and_windows_line_ends_move_nothing() -> None:
    raw = b"\xef\xbb\xbf" + FICHE.replace("\n", "\r\n").encode()
    assert parse("essai.yaml", raw).data == read(FICHE)
    assert Places(raw).of(("resultats", 0, "details", 0, "nature")) == (12, 17)


@pytest.mark.parametrize("separator", ["\u0085", "\u2028", "\u2029"])
def test_a_line_break_that_editors_do_not_show_is_refused_and_not_counted(separator: str) -> None:
    """YAML 1.1 takes these for line breaks, editors do not: all places after them would be wrong."""
    (fault,) = refused(f"a: un{separator} deux\nb: trois\n")
    assert (fault.regle, fault.ligne, fault.colonne) == ("caractere-de-controle", 1, 6)


@pytest.mark.parametrize(
    ("escape", "code"), [("\\N", "0085"), ("\\L", "2028"), ("\\P", "2029"), ("\\t", "0009"), ("\\r", "000D")]
)
def test_nor_can_it_be_written_as_an_escape_sequence(escape: str, code: str) -> None:
    (fault,) = refused(f'a: "un{escape}deux"\n')
    assert (fault.regle, fault.ligne, fault.colonne) == ("caractere-de-controle", 1, 4)
    assert f"U+{code}" in fault.message


# Remarks


@pytest.mark.parametrize(
    "line",
    [
        "titre: Pacte  # à relire",
        "titre: Pacte  #",
        "titre: Pacte   #   à relire",
        'titre: "Pacte" # à relire',
        'titre: "Pacte #1"',
        "titre: Pacte#1",
        "titre: Pacte\u00a0#1",
        "# titre: Ancien\ntitre: Pacte",
        "titre:  # à relire\n  Pacte",
        "titre: [a, b] # à relire",
        "titre: |  # à relire\n  Pacte #1 # texte",
    ],
)
def test_a_remark_set_off_by_two_spaces_and_a_sign_inside_a_text_are_admitted(line: str) -> None:
    assert read(line + "\n")["titre"]


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("titre: Pacte #1 des villes", (1, 8)),
        ("titre: Pacte # 1 des villes", (1, 8)),
        ("titre: Pacte  #1 des villes", (1, 8)),
        ("titre: Pacte   #1", (1, 8)),
        ("titre: [Pacte #1\n  , b]", (1, 9)),
        ("titre:\n  Le pacte\n  des villes #1", (2, 3)),
        ("- a\n- b #2", (2, 3)),
        ("a: {b: c #1\n  }", (1, 8)),
        ("titre: 2019 #1", (1, 8)),
    ],
)
def test_a_text_cut_by_a_sharp_sign_is_refused(line: str, place: tuple[int, int]) -> None:
    (fault,) = refused(line + "\n")
    assert (fault.regle, fault.ligne, fault.colonne) == ("texte-coupe", *place)


def test_the_words_that_would_be_lost_are_quoted() -> None:
    (fault,) = refused("titre: Pacte #1 des villes\n")
    assert fault.message == (
        "Le texte s’arrête à « Pacte » : YAML prend « #1 des villes » pour une remarque et l’oublie."
    )
    assert fault.aide == (
        'Mettez tout le texte entre guillemets : "Pacte #1 des villes" ; si c’est bien une remarque, '
        "laissez deux espaces avant le « # » et une après."
    )


def test_all_cut_texts_are_told_at_once() -> None:
    assert sorted(fault.ligne for fault in refused("a: un #1\nb: deux\nc: trois #3\n")) == [1, 3]


# Duplicates


def test_a_key_written_twice_names_both_lines() -> None:
    (fault,) = refused("titre: A\nnumero: 1\ntitre: B\n")
    assert (fault.ligne, fault.colonne, fault.regle) == (3, 1, "cle-en-double")
    assert "ligne 1" in fault.message


def test_each_further_key_is_told_and_points_to_the_first() -> None:
    faults = refused("a: 1\na: 2\na: 3\nb: {c: 1, c: 2}\n")
    assert [(fault.ligne, fault.colonne) for fault in faults] == [(2, 1), (3, 1), (4, 11)]
    assert ["ligne 1" in faults[0].message, "ligne 1" in faults[1].message, "ligne 4" in faults[2].message] == [
        True
    ] * 3


def test_keys_that_are_written_differently_and_mean_the_same_are_duplicates() -> None:
    assert [fault.regle for fault in refused('titre: A\n"titre": B\n')] == ["cle-en-double"]


def test_the_same_key_in_two_entries_is_none() -> None:
    assert read("- {a: 1}\n- {a: 2}\n") == [{"a": 1}, {"a": 2}]


# Nothing breaks it


@settings(max_examples=300)
@given(st.binary(max_size=200))
@example(b"")
@example(b"\xef\xbb\xbf")
@example(b"\xff\xfe")
@example(b"%YAML 9.9\n---\n")
@example(b"? [a]\n: b # c\n")
@example(b"- &a\n- *a #b\n")
@example(b"\xc2\x85#\xe2\x80\xa8")
@example(b'"\\ud800"')
@example(b"\xef\xbf\xbf")
def test_any_bytes_are_read_or_refused_with_reasons(raw: bytes) -> None:
    answer = read_or_refused(raw)
    if isinstance(answer, tuple):
        assert answer
        assert all(f.ligne >= 1 and f.colonne >= 1 and f.regle and f.message and f.aide for f in answer)


YAML_SIGNS = st.text(alphabet="ab1 .:-#&*!?|>[]{},\"'\\%@`~<=\n\u00e9\u0085\u2028", max_size=60)


@settings(max_examples=300)
@given(YAML_SIGNS)
@example("a: &a [*a]\n")
@example("{a: b}: c")
@example("? a\n: b")
@example(": b")
@example("!!set {a}")
@example("!<tag:x> a")
@example("a: |9\n b")
@example("- - - - a: - b")
def test_any_heap_of_signs_is_read_or_refused(text: str) -> None:
    answer = read_or_refused(text.encode())
    if isinstance(answer, tuple):
        assert all(1 <= fault.ligne <= text.count("\n") + 1 for fault in answer), "a place in the file"


TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\ufeff\ufffe\uffff"), max_size=30
)
CONFUSING = st.sampled_from(
    [
        "no", "yes", "on", "off", "~", "null", "true", "", " ", " a", "a ", "2019", "2019-07-06", "075", "0x1F", "1e3",
        ".5", "1_000", "12:30", "-", "?", ":", "a: b", "a #b", "#a", "- a", "* a", "&a", "!a", "|", ">", "%a", "@a", "`a",
        "[a", "{a", "'", '"', "a\nb", "a\n\nb\n", "\n", "<<", "=", "...", "---", "---\na", "<<<<<<< a", "é’œ«»…",
    ]
)  # fmt: skip
NESTED = st.recursive(
    TEXTS | CONFUSING | st.integers(-(10**17) + 1, 10**17 - 1),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS | CONFUSING, inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=300)
@given(NESTED, st.booleans())
def test_what_another_program_writes_comes_back_as_it_was(data: object, flow: bool) -> None:  # noqa: FBT001 (drawn)
    written = yaml.safe_dump({"donnees": data}, allow_unicode=True, default_flow_style=flow, width=60)
    assert read(written) == {"donnees": data}


@given(
    st.lists(
        st.sampled_from(["[", "[[", "{", "]", "}", '"', "'", " # ", "a", ", ", "\n ", "[a]", '"]"']), max_size=30
    ).map("".join)
)
@example('["]", ["]", ["]", [\']\', [a]]]]]')
@example("[ # ]\n [ # ]\n [ # ]\n [ # ]\n ]]]]")
def test_brackets_never_lead_deeper_than_is_admitted(text: str) -> None:
    """However many of them are text: three levels here, so that few signs go beyond."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(strict_yaml, "PROFONDEUR_MAX", 3)
        read = read_or_refused(text.encode())
    assert not isinstance(read, Document) or depth(read.data) <= 3


def depth(data: Any) -> int:
    """Return how deep collections stand in each other."""
    inside = data.values() if isinstance(data, dict) else data if isinstance(data, list) else None
    return 0 if inside is None else 1 + max(map(depth, inside), default=0)


@pytest.mark.parametrize("levels", [PROFONDEUR_MAX, PROFONDEUR_MAX + 20])
@pytest.mark.parametrize(
    "nested",
    [
        lambda n: "[" * n + "]" * n,
        lambda n: "- " * (n - 1) + "[]",
        lambda n: "".join(f"{' ' * i}a:\n" for i in range(n - 1)) + " " * n + "a: 1",
        lambda n: "{a: " * n + "1" + "}" * n,
    ],
)
def test_fifty_levels_are_read_and_many_more_refused(nested: Any, levels: int) -> None:
    text = nested(levels) + "\n"
    if levels <= PROFONDEUR_MAX:
        read(text)
    else:
        assert [fault.regle for fault in refused(text)] == ["trop-profond"]

"""Markdown → the tree of prose: what is read, what is refused, and that the quick way reads the same as the whole parser."""

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import astuple

from conftest import CHECKOUT
from markdown_texts import markdown, plenty
from protocole_cli.loading.plain_prose import plain_prose
from protocole_cli.loading.prose import check_prose, parse_prose
from protocole_cli.loading.prose_scan import has_odd_line, may_be_refused, sign_may_be_refused
from protocole_cli.loading.repository import load
from protocole_cli.model.prose import (
    Appel,
    Bloc,
    Emphase,
    Inline,
    Lien,
    Liste,
    Mots,
    Paragraphe,
    Prose,
    Saut,
    SousTitre,
)
from protocole_cli.validation.schema import explain
from protocole_cli.validation.texts import prose_of_body, prose_of_fiche

Item = str | tuple[Bloc, ...]


def inlines(*parts: str | Inline) -> tuple[Inline, ...]:
    return tuple(Mots(part) if isinstance(part, str) else part for part in parts)


def p(*parts: str | Inline) -> Paragraphe:
    return Paragraphe(inlines(*parts))


def h(*parts: str | Inline) -> SousTitre:
    return SousTitre(inlines(*parts))


def em(*parts: str | Inline) -> Emphase:
    return Emphase(inlines(*parts))


def strong(*parts: str | Inline) -> Emphase:
    return Emphase(inlines(*parts), forte=True)


def ul(*items: Item, debut: int | None = None) -> Liste:
    return Liste(tuple((p(item),) if isinstance(item, str) else item for item in items), debut)


def ol(*items: Item, debut: int = 1) -> Liste:
    return ul(*items, debut=debut)


READ = {
    "one paragraph": ("Un texte.", [p("Un texte.")]),
    "a final line break": ("Un texte.\n", [p("Un texte.")]),
    "several paragraphs": ("Un.\n\nDeux.\n\n\nTrois.", [p("Un."), p("Deux."), p("Trois.")]),
    "wrapped lines are one": ("Une phrase\nsur deux lignes.", [p("Une phrase sur deux lignes.")]),
    "a blank at the end of a line is no word": ("Une phrase \nici.", [p("Une phrase ici.")]),
    "a flat list": ("- un\n- deux", [ul("un", "deux")]),
    "a wrapped item": ("- un\n  encore\n- deux", [ul("un encore", "deux")]),
    "an item wrapped without indent": ("- un\nencore", [ul("un encore")]),
    "stars and plus signs too": ("* un\n* deux\n\n+ trois", [ul("un", "deux"), ul("trois")]),
    "a list right under its sentence": ("Voici :\n- un\n- deux", [p("Voici :"), ul("un", "deux")]),
    "a sentence under a list": ("- un\n\nSuite", [ul("un"), p("Suite")]),
    "a list in a list": ("- un\n  - deux\n  - trois\n- quatre", [ul((p("un"), ul("deux", "trois")), "quatre")]),
    "three lists deep": ("- a\n  - b\n    - c", [ul((p("a"), ul((p("b"), ul("c")))))]),
    "a numbered list": ("1. un\n2. deux", [ol("un", "deux")]),
    "a numbered list that starts elsewhere": ("4. un\n5. deux", [ol("un", "deux", debut=4)]),
    "a numbered list that starts from zero": ("0. un", [ol("un", debut=0)]),
    "a parenthesis as number sign": ("1) un\n2) deux", [ol("un", "deux")]),
    "a list in a numbered one": ("1. un\n   - a\n   - b\n2. deux", [ol((p("un"), ul("a", "b")), "deux")]),
    "an item of two paragraphs": ("- un\n\n  suite\n- deux", [ul((p("un"), p("suite")), "deux")]),
    "items apart": ("- un\n\n- deux", [ul("un", "deux")]),
    "an empty item": ("-\n- deux", [ul((), "deux")]),
    "a year at the head of a line": ("En\n2019. Fin", [p("En 2019. Fin")]),
    "a subhead": ("## Titre\n\nTexte", [h("Titre"), p("Texte")]),
    "a subhead right over its text": ("## Titre\nTexte", [h("Titre"), p("Texte")]),
    "a subhead between paragraphs": ("a\n\n## Titre *fort*\n\nb", [p("a"), h("Titre ", em("fort")), p("b")]),
    "emphasis": ("un *mot* ici", [p("un ", em("mot"), " ici")]),
    "emphasis with underscores": ("un _mot_ ici", [p("un ", em("mot"), " ici")]),
    "strong emphasis": ("un **mot** ici", [p("un ", strong("mot"), " ici")]),
    "emphasis in emphasis": ("**très *fort* **\\*", [p("**très ", em("fort"), " ***")]),
    "emphasis in strong emphasis": ("**très *fort***", [p(strong("très ", em("fort")))]),
    "emphasis over a line end": ("*un\nmot*", [p(em("un mot"))]),
    "a star alone": ("3 * 4 = 12", [p("3 * 4 = 12")]),
    "underscores in a word": ("nom_de_fichier", [p("nom_de_fichier")]),
    "a link": ("[le site](https://exemple.fr/a?b=c)", [p(Lien(inlines("le site"), "https://exemple.fr/a?b=c"))]),
    "a link by mail": ("[écrire](mailto:a@b.fr)", [p(Lien(inlines("écrire"), "mailto:a@b.fr"))]),
    "a bare link": ("<https://exemple.fr>", [p(Lien(inlines("https://exemple.fr"), "https://exemple.fr"))]),
    "a bare address": ("<a@b.fr>", [p(Lien(inlines("a@b.fr"), "mailto:a@b.fr"))]),
    "emphasis in a link": ("[le *site*](https://x.fr)", [p(Lien(inlines("le ", em("site")), "https://x.fr"))]),
    "an address without marks is text": ("https://exemple.fr", [p("https://exemple.fr")]),
    "brackets": ("un [mot] et [un] (autre)", [p("un [mot] et [un] (autre)")]),
    "a hard break by a backslash": ("un\\\ndeux", [p("un", Saut(), "deux")]),
    "a hard break by two blanks": ("un  \ndeux", [p("un", Saut(), "deux")]),
    "a backslash": ("a\\b", [p("a\\b")]),
    "escaped signs": (r"\*a\* \_b\_ \[c\] \# \< \` \\", [p(r"*a* _b_ [c] # < ` \\"[:-1])]),
    "an escaped list sign": ("\\- a", [p("- a")]),
    "an escaped number": ("1986\\. Une année", [p("1986. Une année")]),
    "entities are text": ("R&amp;D &eacute; &#39; &nbsp;", [p("R&amp;D &eacute; &#39; &nbsp;")]),
    "a sign that begins no tag": ("a < b et c > d", [p("a < b et c > d")]),
    "a number sign without a blank": ("#1 partout", [p("#1 partout")]),
    "bars in a sentence": ("oui | non", [p("oui | non")]),
    "tildes": ("~environ~ 5", [p("~environ~ 5")]),
    "French punctuation": ("« a » ; b : c ? d ! 10 €", [p("« a » ; b : c ? d ! 10 €")]),
    "nothing": ("", []),
    "blanks": (" \n\n ", []),
}


@pytest.mark.parametrize(("text", "blocs"), READ.values(), ids=READ)
def test_is_read_as(text: str, blocs: list[Bloc]) -> None:
    assert check_prose(text).prose == parse_prose(text) == Prose(tuple(blocs))
    assert check_prose(text).faults == ()


def test_notes_are_numbered_in_the_order_of_their_calls() -> None:
    text = "Un[^b] et deux[^a].\n\n[^a]: note a\n\n[^b]: note *b*"
    assert parse_prose(text) == Prose(
        (p("Un", Appel(1), " et deux", Appel(2), "."),), ((p("note ", em("b")),), (p("note a"),))
    )
    assert check_prose(text).faults == ()


def test_a_note_may_have_several_blocks_and_several_calls() -> None:
    text = "Un[^1], deux[^1].\n\n[^1]: début\n\n    - suite"
    assert parse_prose(text) == Prose((p("Un", Appel(1), ", deux", Appel(1), "."),), ((p("début"), ul("suite")),))
    assert check_prose(text).faults == ()


def test_an_escaped_call_is_text() -> None:
    assert check_prose(r"Un\[^1]").prose == Prose((p("Un[^1]"),))
    assert check_prose(r"Un\[^1]").faults == ()


def test_a_call_without_text_is_told_where_it_is_one() -> None:
    (fault,) = check_prose("Un\\[^1]\n\nDeux[^1]").faults
    assert (fault.ligne, fault.extrait) == (2, "[^1]")


def test_notes_and_addresses_are_told_on_their_lines() -> None:
    text = "Un[^a][^a].\n\n- [^b]: texte\n\n[^a]: un\n\n[^a]: deux\n\n[x]: https://exemple.fr"
    assert [(fault.ligne, fault.extrait) for fault in check_prose(text).faults] == [
        (8, "[X]:"),
        (4, "[^a]:"),
        (2, "[^b]:"),
    ]


HTML = "Un passage en HTML n’est pas admis ici."
CODE_BLOCK = "Un bloc de code n’est pas admis ici."
INDENTED = "Un bloc de code (un texte en retrait de quatre espaces) n’est pas admis ici."
SUBHEAD = "Un intertitre s’écrit ici avec un autre signe que « ## »."
RULE = "Un trait de séparation n’est pas admis ici."

REFUSED = {
    "a block of HTML": ("a\n\n<div>b</div>", 2, HTML),
    "a comment": ("<!-- b -->", 0, HTML),
    "HTML in a sentence": ("a\nb <i>c", 1, HTML),
    "an image": ("a\n![b](https://x.fr/b.png)", 1, "Une image n’est pas admise ici."),
    "code in a sentence": ("a `b` c", 0, "Un passage entre accents graves n’est pas admis ici."),
    "a fence": ("a\n\n```\nb\n```", 2, CODE_BLOCK),
    "a fence of tildes": ("~~~\nb\n~~~", 0, CODE_BLOCK),
    "an indented block": ("a\n\n    b", 2, INDENTED),
    "an indented block in an item": ("- a\n\n      b", 2, INDENTED),
    "a table": ("| a |\n|---|\n| b |", 0, "Un tableau n’est pas admis ici."),
    "a quotation": ("a\n\n> b", 2, "Un bloc de citation (« > » en début de ligne) n’est pas admis ici."),
    "a rule": ("a\n\n---", 2, RULE),
    "a rule of stars": ("***", 0, RULE),
    "a rule of underscores": ("_ _ _", 0, RULE),
    "a heading of level 1": ("# a", 0, SUBHEAD),
    "a heading of level 3": ("a\n### b", 1, SUBHEAD),
    "an underlined heading": ("a\n===", 0, SUBHEAD),
    "a heading underlined with dashes": ("a\n\nb\n---", 2, SUBHEAD),
    "a link without encryption": ("a\n[b](http://x.fr)", 1, "L’adresse « http://x.fr » n’est pas admise."),
    "a bare link without encryption": ("<http://x.fr>", 0, "L’adresse « http://x.fr » n’est pas admise."),
    "a link to a file server": ("[a](ftp://x.fr)", 0, "L’adresse « ftp://x.fr » n’est pas admise."),
    "a link to a file": ("[a](/etc/passwd)", 0, "L’adresse « /etc/passwd » n’est pas admise."),
    "a link that runs code": ("[a](javascript:alert)", 0, "L’adresse « javascript:alert » n’est pas admise."),
    "a link that holds data": ("[a](data:text/html,b)", 0, "L’adresse « data:text/html,b » n’est pas admise."),
    "a link defined apart": (
        "Voir [a][b].\n\n[b]: https://x.fr",
        2,
        "Une adresse est définie à part, sous le nom « b ».",
    ),
    "a note without text": ("a\nb[^1]", 1, "La note « [^1] » est appelée, mais son texte manque."),
    "a note never called": (
        "a\n\n[^1]: b",
        2,
        "La note « [^1] » n’est appelée nulle part dans ce texte : elle ne serait pas imprimée.",
    ),
}


@pytest.mark.parametrize(("text", "ligne", "message"), REFUSED.values(), ids=REFUSED)
def test_is_refused(text: str, ligne: int, message: str) -> None:
    assert [(f.ligne, f.message) for f in check_prose(text).faults] == [(ligne, message)]
    assert all(f.aide.endswith((".", "texte de la note.")) for f in check_prose(text).faults)
    assert may_be_refused(text)


@pytest.mark.parametrize("text", [text for text, _, _ in REFUSED.values()], ids=REFUSED)
def test_what_is_refused_stands_as_text(text: str) -> None:
    """Nothing that could act anywhere is in the tree: no link to elsewhere, and the words are kept."""
    written = str(parse_prose(text))
    assert "Lien" not in written or "https://x.fr" in written
    assert "b" in written or text.strip("*_ #-") in written


def test_all_faults_are_said_at_once() -> None:
    faults = check_prose("# a\n\n<b>\n\n`c` et `d`\n\n> e").faults
    assert [f.ligne for f in faults] == [0, 2, 4, 4, 6]


LOST = {
    "a second text of one note": ("Un[^1].\n\n[^1]: premier\n\n[^1]: second", "premier"),
    "a list beyond the parser's depth": ("\n".join(f"{'  ' * rank}- rang {rank}" for rank in range(12)), "rang 11"),
    "the title of a link": ('[a](https://x.fr "un titre")', "un titre"),
    "a note never called, in a numbered list": ("1. [^1]: texte", "texte"),
    "a note in a note's list": ("- [^1]: - [^1]: texte", "texte"),
}


@pytest.mark.parametrize(("text", "words"), LOST.values(), ids=LOST)
def test_no_text_is_lost_in_silence(text: str, words: str) -> None:
    """What the tree cannot hold is a fault, so that no word disappears between the file and the page."""
    answer = check_prose(text)
    assert answer.faults or words in str(answer.prose)


@plenty
@given(markdown)
@example("[^1]: - [^1]: ")
def test_any_text_is_read(text: str) -> None:
    assert isinstance(check_prose(text).prose, Prose)


def letters(value: object) -> str:
    """Return the letters of a text, or of all that stands in a tree, in order."""
    if isinstance(value, str):
        return "".join(filter(str.isalpha, value))
    parts = value if isinstance(value, tuple) else astuple(value) if isinstance(value, Struct) else ()
    return "".join(map(letters, parts))


@plenty
@given(markdown)
def test_every_letter_is_kept_in_order(text: str) -> None:
    """Notes and links apart, whose text moves and whose address is no text."""
    answer = check_prose(text)
    if not (answer.faults or answer.prose.notes or "Lien" in str(answer.prose)):
        assert letters(answer.prose) == letters(text)


@plenty
@given(markdown)
@example("une fin\u00a0")
@example("Un\n\n- deux\n- trois\n  encore")
def test_the_quick_way_reads_like_the_whole_parser(text: str) -> None:
    quick = plain_prose(text)
    if quick is not None:
        whole = check_prose(text)
        assert (quick, whole.faults) == (whole.prose, ())


LINES = (
    *(
        "un mot",
        "Deux mots",
        "12 mots",
        "- un point",
        "- deux",
        "-",
        "- ",
        "1. un",
        "2. deux",
        "3. trois",
        "10. dix",
        "2019. Un",
    ),
    *(
        "  une suite",
        "   une suite",
        "    une suite",
        " une suite",
        "  - dessous",
        "   - dessous",
        "    - dessous",
        "  1. dessous",
    ),
    *(
        "   1. dessous",
        "## Un titre",
        "  ## Un titre",
        "  - ",
        "- - deux",
        "- 1. un",
        "- ## Titre",
        "fin :",
        "",
        "",
        "",
    ),
)
"""What lines of ordinary prose are like: those that follow one another say what each means."""


@settings(max_examples=3000)
@given(st.lists(st.sampled_from(LINES), max_size=7).map("\n".join))
def test_the_quick_way_reads_paragraphs_and_lists_like_the_whole_parser(text: str) -> None:
    quick = plain_prose(text)
    if quick is not None:
        assert quick == check_prose(text).prose


@pytest.mark.parametrize(
    "text",
    [
        "Trois choses :\n- une\n- deux\n  encore deux",
        "- une\n\n- deux\n\n- trois",
        "- une\n\n  et plus sur une\n\n- deux",
        "1. une\n   - dessous\n2. deux",
        "1. une\n\n   et plus",
        "## Titre\n\nUn texte\nsur deux lignes",
    ],
)
def test_ordinary_prose_needs_no_parser(text: str) -> None:
    assert plain_prose(text) == check_prose(text).prose


@plenty
@given(markdown)
@example("un titre\n-")
@example("un titre\n- ")
@example("un titre\n =")
@example("- a\n\n >b")
@example("-  -  -")
@example("\n\n\tun retrait")
def test_the_scan_of_validate_misses_no_fault(text: str) -> None:
    assert may_be_refused(text) or not check_prose(text).faults


@plenty
@given(st.one_of(markdown, st.lists(st.sampled_from(LINES), max_size=7).map("\n".join)))
@example("- 1.")
@example("a\n2.")
@example("-     un retrait")
def test_lines_that_begin_with_words_hide_no_fault(text: str) -> None:
    """What validate looks for in a fiche where its lines are ordinary: brackets and signs."""
    assert "[" in text or sign_may_be_refused(text) or has_odd_line(text) or not check_prose(text).faults


def _prose_of(racine: Path) -> list[str]:
    loaded = load(racine, explain)
    fiches = (entry for fiche in loaded.protocole.fiches for entry in prose_of_fiche(fiche))
    return [texte for _, _, texte in (*fiches, *prose_of_body(loaded.protocole)) if texte]


def test_our_own_prose_is_read_the_same_both_ways() -> None:
    texts = _prose_of(CHECKOUT)
    quick = [(text, prose) for text in texts if (prose := plain_prose(text)) is not None]
    assert len(quick) > len(texts) * 0.8
    for text in texts:
        assert parse_prose(text) == check_prose(text).prose
        assert check_prose(text).faults == ()

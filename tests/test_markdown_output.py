"""The Markdown: whatever a text holds, it is read as that text, and the tree of prose survives being written."""

import html
import re
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from conftest import CHECKOUT, Lancer
from markdown_texts import markdown, plenty
from protocole_cli.loading.prose import check_prose
from protocole_cli.model.prose import Bloc, Emphase, Inline, Lien, Liste, Mots, Paragraphe, Saut, SousTitre
from protocole_cli.rendering.markdown_prose import escape_markdown, markdown_blocs


@cache
def github() -> MarkdownIt:
    """Return a reader of Markdown like GitHub's, notes included; addresses become links where linkify-it-py is there."""
    parser = MarkdownIt("commonmark", {"linkify": True}).enable(["table", "strikethrough"]).use(footnote_plugin)
    if find_spec("linkify_it"):
        parser.enable("linkify")
        assert parser.linkify is not None
        parser.linkify.set({"fuzzy_link": False})
    return parser


def rendered(text: str) -> str:
    """Return what GitHub would make of Markdown, quotation marks as they are."""
    return str(github().render(text)).replace("&quot;", '"')


def escaped(text: str) -> str:
    return html.escape(text, quote=False)


NASTY = (
    "---", "--", "- -", "***", "___", "===", "+", "-", "+++", "1.", "1. a", "12) a", "# a", "#", "> a", "    a", "```", "~~~",
    "| a | b |", "|---|", "a | b", "<b>", "<!-- a -->", "&amp;", "&#42;", "[a](b)", "[a]: b", "[^1]", "[^1]: a", "^[^1]: a", "^", "![a](b)",
    "*a*", "**a**", "_a_", "a_b_c", "a__b__c", "__a__", "~~a~~", "`a`", "\\", "\\\\*", "a\\", "https://x.fr", "www.x.fr", "a@b.fr",
    "mailto:a@b.fr", "<https://x.fr>", "HTTP://X.FR", ":-:", "!", "2019. Fin", "« a » : b ; 10 %",
)  # fmt: skip

line = markdown.map(lambda text: " ".join(text.split("\n")).strip()).filter(bool)
"""Any text of one line, as titles, paragraphs and items are."""


@pytest.mark.parametrize("text", NASTY)
def test_a_nasty_text_is_text(text: str) -> None:
    text = text.strip()
    assert rendered(markdown_blocs((Paragraphe((Mots(text),)),), 2)) == f"<p>{escaped(text)}</p>\n"
    assert (
        rendered(markdown_blocs((Liste(((Paragraphe((Mots(text),)),),)),), 2))
        == f"<ul>\n<li>{escaped(text)}</li>\n</ul>\n"
    )


@pytest.mark.parametrize(
    "text",
    ["https://x.fr", "(http://x.fr)", "_https://x.fr", "Àhttps://x.fr", "ftp://x.fr", "www.x.fr", "_www.x.fr", "a@b.fr", "a.@b.fr", "a-b+c-@d.fr", "mailto:a@b.fr", "xmpp:a@b.fr"],
)  # fmt: skip
def test_an_address_does_not_become_a_link(text: str) -> None:
    """Nothing is left that GitHub makes a link of by itself, wherever it stands."""
    assert not re.search(r"(?i)(?:https?|ftp|mailto|xmpp):|www\.|[\w.+-]@", escape_markdown(text))


@plenty
@given(line)
@example("---")
def test_any_text_is_text_as_a_paragraph(text: str) -> None:
    assert rendered(markdown_blocs((Paragraphe((Mots(text),)),), 2)) == f"<p>{escaped(text)}</p>\n"


@plenty
@given(line)
@example("--")
def test_any_text_is_text_as_a_list_item(text: str) -> None:
    item = f"<li>{escaped(text)}</li>\n"
    elements = ((Paragraphe((Mots(text),)),),) * 2
    assert rendered(markdown_blocs((Liste(elements),), 2)) == f"<ul>\n{item}{item}</ul>\n"
    assert rendered(markdown_blocs((Liste(elements, 1),), 2)) == f"<ol>\n{item}{item}</ol>\n"


@plenty
@given(line)
def test_any_text_is_text_as_a_heading(text: str) -> None:
    assert rendered(f"## {escape_markdown(text)}") == f"<h2>{escaped(text)}</h2>\n"
    assert rendered(markdown_blocs((SousTitre((Mots(text),)),), 2)) == f"<h3>{escaped(text)}</h3>\n"


@plenty
@given(line)
def test_any_text_is_text_in_a_cell(text: str) -> None:
    cell = escape_markdown(text)
    table = rendered(f"| {cell} | a |\n| --- | --- |\n| {cell} | b |")
    assert re.findall(r"<t[hd]>(.*)</t[hd]>", table) == [escaped(text), "a", escaped(text), "b"]


@plenty
@given(line)
@example("^[^1]: a")
def test_any_text_is_text_in_the_contents(text: str) -> None:
    link = f'<a href="#article-1">{escaped(text)}</a>'
    assert rendered(f"- [{escape_markdown(text)}](#article-1)") == f"<ul>\n<li>{link}</li>\n</ul>\n"


@plenty
@given(line)
@example("---")
@example("===")
def test_any_text_is_text_after_a_line_break(text: str) -> None:
    blocs = (Paragraphe((Mots("a"), Saut(), Mots(text))),)
    assert rendered(markdown_blocs(blocs, 2)) == f"<p>a<br />\n{escaped(text)}</p>\n"


@plenty
@given(line)
def test_any_text_is_text_in_the_words_that_attribute_a_promise(text: str) -> None:
    blocs = (Paragraphe((Emphase((Mots(text),), forte=True), Mots(" suite"))),)
    assert rendered(markdown_blocs(blocs, 2)) == f"<p><strong>{escaped(text)}</strong> suite</p>\n"


# The tree of prose, written and read again


def joined(parts: Sequence[Inline]) -> tuple[Inline, ...]:
    """Put blanks between pieces of a sentence, and join the runs of plain text."""
    out: list[Inline] = []
    for part in parts:
        blank = " " if out else ""
        if isinstance(part, Mots) and out and isinstance(out[-1], Mots):
            out[-1] = Mots(out[-1].texte + blank + part.texte)
        elif isinstance(part, Mots):
            out.append(Mots(blank + part.texte))
        elif out and isinstance(out[-1], Mots):
            out[-1] = Mots(out[-1].texte + blank)
            out.append(part)
        else:
            out += [Mots(blank), part] if blank else [part]
    return tuple(out)


plain = line.map(Mots)
pieces = (
    plain
    | st.builds(lambda text, forte: Emphase((text,), forte=forte), plain, st.booleans())
    | plain.map(lambda text: Lien((text,), "https://x.fr/a_(b)?c=*d*"))
)
paragraphs = st.lists(pieces, min_size=1, max_size=4).map(lambda parts: Paragraphe(joined(parts)))


def lists(items: st.SearchStrategy[tuple[Bloc, ...]]) -> st.SearchStrategy[Liste]:
    elements = st.lists(items, min_size=1, max_size=3).map(tuple)
    return st.builds(Liste, elements, st.sampled_from([None, 1, 4]))


flat = st.lists(paragraphs, min_size=1, max_size=2).map(tuple[Bloc, ...])
nested = st.builds(lambda first, inner: tuple[Bloc, ...]((first, inner)), paragraphs, lists(flat))
subheads = plain.map(lambda text: SousTitre((text,)))
trees = st.lists(paragraphs | subheads | lists(flat | nested), max_size=4).map(tuple)

BETWEEN_LISTS = Paragraphe((Mots("<!-- -->"),))


def kept(blocs: tuple[Bloc, ...]) -> tuple[Bloc, ...]:
    """Return blocks without the sign that keeps two lists apart."""
    return tuple(
        Liste(tuple(map(kept, bloc.elements)), bloc.debut) if isinstance(bloc, Liste) else bloc
        for bloc in blocs
        if bloc != BETWEEN_LISTS
    )


def read_back(blocs: tuple[Bloc, ...]) -> tuple[Bloc, ...]:
    """Return the tree that the Markdown of a tree is read as."""
    return kept(check_prose(markdown_blocs(blocs, 1)).prose.blocs)


@plenty
@given(trees)
@example((Liste(((Paragraphe((Mots("a"),)), Liste(((Paragraphe((Mots("b"),)),),), 4)),)),))
def test_a_tree_of_prose_survives_being_written(blocs: tuple[Bloc, ...]) -> None:
    assert read_back(blocs) == blocs


SURVIVES = {
    "two lists side by side": "- a\n\n* b\n\n1. c\n\n2) d",
    "two lists in an item": "- a\n  - b\n\n  * c",
    "an item of two paragraphs": "- a\n\n  b\n- c",
    "a subhead in an item": "- a\n\n  ## b",
    "emphasis in emphasis": "**a *b***",
    "emphasis within a word": "a*b*c",
    "an exclamation before a link": "a\\![b](https://x.fr)",
    "a rule that is text": "\\---",
    "a line break before a rule that is text": "a\\\n\\---",
}


@pytest.mark.parametrize("text", SURVIVES.values(), ids=SURVIVES)
def test_prose_survives_being_written(text: str) -> None:
    prose = check_prose(text)
    assert prose.faults == ()
    assert read_back(prose.prose.blocs) == prose.prose.blocs


# The document


@pytest.fixture
def document(lancer: Lancer) -> str:
    return lancer("--dossier", CHECKOUT, "export", "--format", "md", "-o", "-").stdout


def test_the_contents_lead_somewhere(document: str) -> None:
    wanted = re.findall(r"\]\(#([^)]+)\)", document)
    assert len(wanted) == 20
    assert set(wanted) == set(re.findall(r'<a id="([^"]+)"></a>', document))


def test_it_is_headings_lists_tables_and_a_note(document: str) -> None:
    tokens = github().parse(document)
    kinds = {token.type for token in tokens}
    assert {"heading_open", "bullet_list_open", "ordered_list_open", "table_open", "footnote_block_open"} <= kinds
    assert kinds.isdisjoint({"code_block", "fence", "blockquote_open"})
    html_blocks = [token.content.strip() for token in tokens if token.type == "html_block"]
    assert all(re.fullmatch(r'<a id="[a-z0-9-]+"></a>|<!-- -->', block) for block in html_blocks)
    assert sum(token.type == "table_open" for token in tokens) == 7


def test_its_headings_skip_no_level(document: str) -> None:
    levels = [int(token.tag[1]) for token in github().parse(document) if token.type == "heading_open"]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_it_reads_well_raw(document: str) -> None:
    assert "\n\n\n" not in document
    assert document.endswith("\n")
    assert not re.search(r"[ \t]$", document, re.MULTILINE)
    assert document.count("\\") < 40

"""The page: whatever the data holds is text in it, it stands alone, and everyone can find their way in it."""

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Callable
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from msgspec import structs

from conftest import CHECKOUT, replace
from protocole_cli.loading.git import Version
from protocole_cli.loading.repository import load
from protocole_cli.model.prose import Lien, Mots, Paragraphe
from protocole_cli.model.protocole import Protocole
from protocole_cli.rendering.build_document import build_document, build_fiche, stamp
from protocole_cli.rendering.html_page import html, html_section
from protocole_cli.rendering.html_prose import HtmlProse
from protocole_cli.validation.schema import explain
from struct_paths import changed, field, texts

VOID = {"meta", "br", "hr", "img", "link", "input"}
HEADINGS = {f"h{level}" for level in range(1, 7)}
BLOCKS = {"ul", "ol", "li", "p", "section", "table", "div", "nav", "header", "main", "footer"} | HEADINGS


class Page(HTMLParser):
    """A page as a browser reads it: its elements in order, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.misplaced: list[str] = []
        self.words: list[str] = []
        self.style = ""
        self.script = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag in BLOCKS and {"p", *HEADINGS} & set(self.open):
            self.misplaced.append(f"<{tag}> in {self.open}")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.misplaced.append(f"</{tag}> in {self.open}")

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "style":
            self.style += data
        elif self.open and self.open[-1] == "script":
            self.script += data
        else:
            self.words.append(data)

    @property
    def text(self) -> str:
        return "".join(self.words)

    def of(self, *tags: str) -> list[tuple[str, dict[str, str]]]:
        return [element for element in self.elements if element[0] in tags]

    def values(self, attribute: str) -> list[str]:
        return [attrs[attribute] for _, attrs in self.elements if attribute in attrs]

    def skeleton(self) -> list[tuple[str, tuple[str, ...]]]:
        """Return the elements with the names of their attributes; longer words may take more lines of a drawing."""
        return [(tag, tuple(attrs)) for tag, attrs in self.elements if tag != "tspan"]


def protocole_of(racine: Path) -> Protocole:
    return load(racine, explain).protocole


def document_page(protocole: Protocole) -> Page:
    return Page("".join(html(build_document(protocole, Version("0123456789ab", 0), "abc"), protocole, CHECKOUT)))


def fiche_page(protocole: Protocole) -> Page:
    return Page(html_section(build_fiche(protocole, protocole.fiches[8]), stamp(Version()), protocole, CHECKOUT))


PAGES = {"document": document_page, "fiche": fiche_page}


@pytest.fixture(scope="module")
def ours() -> Protocole:
    return protocole_of(CHECKOUT)


@pytest.fixture(params=PAGES)
def page(request: pytest.FixtureRequest, ours: Protocole) -> Page:
    return PAGES[request.param](ours)


# Hostile data

HOSTILE = "<script>alert(1)</script>&\"'"
HARMLESS = "zyzzyva"
REFERENCES = {
    "id", "cle", "apres", "colonne", "acteur", "acteurs", "nature", "natures", "forme", "unite", "instance", "phase",
    "quartiers", "communes", "commune", "et_avant", "dates", "sigle", "releve_de", "membres",
}  # fmt: skip
"""Attributes that refer to others or choose among words of the program: their shape is fixed by the schemas."""


def at_the_end(text: str, mark: str) -> str:
    return f"{text.rstrip()} {mark}"


def at_the_head(text: str, mark: str) -> str:
    return f"{mark}\n\n{text}" if "\n" in text else f"{mark} {text}"


def everywhere(protocole: Protocole, put: Callable[[str, str], str], mark: str) -> Protocole:
    """Return the protocole with a mark in every text of every kind."""
    for path, _ in list(texts(protocole)):
        if field(path).rpartition(".")[2] not in REFERENCES:
            protocole = changed(protocole, path, lambda text: put(text, mark))
    return protocole


@pytest.mark.parametrize("put", [at_the_end, at_the_head])
@pytest.mark.parametrize("build", PAGES.values(), ids=PAGES)
def test_hostile_data_is_text(
    ours: Protocole, build: Callable[[Protocole], Page], put: Callable[[str, str], str]
) -> None:
    """The page has the same elements and attributes as with a harmless word, and the text instead of it.

    Their order may change: the organisations stand in that of the alphabet.
    """
    hostile, harmless = (build(everywhere(ours, put, mark)) for mark in (HOSTILE, HARMLESS))
    assert Counter(hostile.skeleton()) == Counter(harmless.skeleton())
    assert hostile.script == harmless.script
    assert hostile.text.count(HOSTILE) == harmless.text.count(HARMLESS) > 30
    assert hostile.style == harmless.style


def test_hostile_expansions_stay_in_their_attribute(ours: Protocole) -> None:
    titles = {attrs["title"] for _, attrs in document_page(everywhere(ours, at_the_end, HOSTILE)).of("abbr")}
    assert len(titles) > 20
    assert all(title.endswith(HOSTILE) for title in titles)


def test_a_hostile_address_stays_in_its_attribute() -> None:
    prose = HtmlProse({}).blocs((Paragraphe((Lien((Mots("a"),), "https://x.fr/\"'><b onclick=c>"),)),), 2)
    (link,) = Page(prose).of("a", "b")
    assert link == ("a", {"href": "https://x.fr/\"'><b onclick=c>", "rel": "noreferrer"})


# A page of its own


def test_it_is_a_well_formed_page(page: Page) -> None:
    assert page.misplaced == []
    assert page.open == []


def test_it_is_in_french_and_fit_for_a_phone(page: Page) -> None:
    assert page.of("html") == [("html", {"lang": "fr"})]
    metas = [attrs for _, attrs in page.of("meta")]
    assert metas[0] == {"charset": "utf-8"}
    assert {"name": "viewport", "content": "width=device-width, initial-scale=1"} in metas
    assert "user-scalable" not in str(metas)


def test_nothing_is_loaded(page: Page) -> None:
    foreign = ("link", "img", "image", "use", "iframe", "object", "embed", "video", "audio", "source", "base")
    assert page.of(*foreign) == []
    assert {name for _, attrs in page.of("form", "button", "script") for name in attrs} <= {"type"}
    names = {name for _, attrs in page.elements for name in attrs}
    assert {name for name in names if name.startswith("on")} | (
        names & {"src", "srcset", "style", "background"}
    ) == set()
    assert not re.search(
        r"url\(|@import|expression\(|https?:|//", re.sub(r"/\*.*?\*/", "", page.style, flags=re.DOTALL)
    )
    assert all(address.startswith(("#", "https://", "mailto:")) for address in page.values("href"))


def policy_of(page: Page) -> str:
    (policy,) = [
        attrs["content"] for _, attrs in page.of("meta") if attrs.get("http-equiv") == "Content-Security-Policy"
    ]
    return policy


def test_the_browser_is_told_to_load_nothing(page: Page) -> None:
    assert "default-src 'none'" in policy_of(page)
    assert "form-action 'none'" in policy_of(page)


def test_one_script_of_the_program_may_run_and_no_other(ours: Protocole) -> None:
    page = document_page(ours)
    assert page.of("script") == [("script", {})]
    digest = base64.b64encode(hashlib.sha256(page.script.encode()).digest()).decode()
    assert re.findall(r"script-src ([^;]*)", policy_of(page)) == [f"'sha256-{digest}'"]
    assert page.script == (CHECKOUT / "templates" / "page.js").read_text(encoding="utf-8")


def test_the_page_of_a_fiche_has_no_script(ours: Protocole) -> None:
    page = fiche_page(ours)
    assert page.of("script") == []
    assert "script-src" not in policy_of(page)


# The way through it


def levels(page: Page) -> list[int]:
    return [int(tag[1]) for tag, _ in page.of(*HEADINGS)]


def test_headings_skip_no_level(page: Page) -> None:
    found = levels(page)
    assert found[0] == 1
    assert found.count(1) == 1
    assert [(a, b) for a, b in pairwise(found) if b > a + 1] == []


def test_anchors_are_unique_and_links_lead_to_them(page: Page) -> None:
    anchors = Counter(page.values("id"))
    assert [anchor for anchor, times in anchors.items() if times > 1] == []
    assert {a for a in page.values("href") if a.startswith("#") and a[1:] not in anchors} == set()
    labels = page.values("aria-labelledby")
    assert set(labels) <= set(anchors)


def test_a_note_called_twice_keeps_anchors_unique(depot: Path) -> None:
    replace(depot, "data/protocole.yaml", "Ce périmètre reste inchangé.\n", "Ce périmètre[^1] reste[^1].\n\n      [^1]: note\n")  # fmt: skip
    page = document_page(protocole_of(depot))
    anchors = Counter(page.values("id"))
    assert [anchor for anchor, times in anchors.items() if times > 1] == []
    assert page.values("href").count("#note-1") == 2


def test_a_note_and_its_call_lead_to_each_other(ours: Protocole) -> None:
    page = document_page(ours)
    links = [(attrs["href"], attrs.get("role")) for _, attrs in page.of("a")]
    assert ("#note-1", "doc-noteref") in links
    assert ("#appel-1", "doc-backlink") in links


def test_the_contents_lead_to_every_article_and_fiche(ours: Protocole) -> None:
    links = document_page(ours).values("href")
    assert {f"#article-{n}" for n in range(1, 6)} | {f"#fiche-{n}" for n in range(1, 11)} <= set(links)
    assert links[0] == "#contenu"


def test_a_fiche_has_a_heading_a_rubrique_and_no_table(ours: Protocole) -> None:
    page = fiche_page(ours)
    assert levels(page) == [1] + [2] * 11
    assert page.of("table") == []


def test_signature_blocks_are_cells_under_their_heading(ours: Protocole) -> None:
    roles = Counter(document_page(ours).values("role"))
    assert roles["table"] == 7
    assert roles["columnheader"] == roles["cell"] == 19


def test_paper_is_thought_of(ours: Protocole) -> None:
    """Each fiche on a new page, no signature cut in two, the stamp at the foot of every page."""
    style = document_page(ours).style
    assert re.search(r"\.fiche\b[^{}]*\{ break-before: page", style)
    assert re.search(r"\.signature \{[^}]*break-inside: avoid", style)
    assert '@bottom-left { content: "Édité le 1er janvier 1970 (date de la version' in style
    assert "empreinte du texte : abc" in style


# Acronyms


def test_acronyms_of_the_glossary_are_explained(ours: Protocole) -> None:
    expansions = {sigle.developpe for sigle in ours.sigles} | {a.nom for a in ours.acteurs if a.sigle}
    titles = Counter(attrs["title"] for _, attrs in document_page(ours).of("abbr"))
    assert set(titles) <= expansions
    assert titles["Gestion urbaine et sociale de proximité"] > 3
    assert titles["Pacte avec les quartiers pour toutes les entreprises"] > 3


SIGLES = {"CAF": "Caisse", "paQte": "Pacte", "QPV": "Quartier", "QVA": "Veille", "E2C": "École", "CDC": "Dépôts"}
ACRONYMS = {
    "alone": ("CAF", 1),
    "in a sentence": ("La CAF, et (QPV).", 2),
    "side by side": ("QPV/QVA", 2),
    "with a digit": ("E2C", 1),
    "of mixed case": ("le paQte", 1),
    "after an apostrophe": ("l’E2C et l'E2C", 2),
    "in a longer word": ("CAF21 CAFE", 0),
    "in another case": ("caf Caf PaQte", 0),
    "unknown": ("UD-DIRECCTE", 0),
    "beside signs that are escaped": ("CAF&QPV<CAF>", 3),
    "an entity is none": ("a & b < c", 0),
}


@pytest.mark.parametrize(("text", "times"), ACRONYMS.values(), ids=ACRONYMS)
def test_an_acronym_is_a_whole_word(text: str, times: int) -> None:
    page = Page(HtmlProse(SIGLES).blocs((Paragraphe((Mots(text),)),), 2))
    assert len(page.of("abbr")) == times
    assert page.text == text


def test_an_acronym_can_be_tapped_and_is_once_on_the_way_of_the_keyboard() -> None:
    words = (Paragraphe((Mots("La CAF et la CAF, en QPV."),)),)
    prose = HtmlProse(SIGLES)
    for _ in range(2):  # every passage begins anew
        tabs = [(attrs["title"], attrs["tabindex"]) for _, attrs in Page(prose.blocs(words, 2)).of("abbr")]
        assert tabs == [("Caisse", "0"), ("Caisse", "-1"), ("Quartier", "0")]


def test_the_signed_text_gains_no_word(ours: Protocole) -> None:
    """Expansions are in attributes: with an empty glossary the text of the page is the same."""
    assert document_page(structs.replace(ours, sigles=())).text == document_page(ours).text

"""The page in a real Chromium: its filter, links that are sent, without its script, on a phone, printed."""

import itertools
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pytest

from conftest import CHECKOUT
from programs import installed
from protocole_cli.cli.run import run
from protocole_cli.loading.repository import load
from protocole_cli.model.protocole import Protocole
from protocole_cli.position import Position
from protocole_cli.queries.fiches import Filtres, find_fiches
from protocole_cli.validation.schema import explain

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.outils

WIDE, PHONE, NARROW = (1280, 900), (390, 844), (320, 640)
ALL = list(range(1, 11))


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=installed("chromium", "chromium-browser", "google-chrome"),
            args=["--no-sandbox", "--disable-quic", "--disable-background-networking"],
        )
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def adresse(tmp_path_factory: pytest.TempPathFactory) -> str:
    page = tmp_path_factory.mktemp("page") / "protocole.html"
    assert run(["--dossier", str(CHECKOUT), "export", "-o", str(page)]) == 0
    return page.as_uri()


@pytest.fixture(scope="module")
def ours() -> Protocole:
    return load(CHECKOUT, explain).protocole


def opened(browser: "Browser", adresse: str, size: tuple[int, int] = WIDE, *, script: bool = True) -> "Page":
    """Return the page at an address; what its script has to complain of fails the test."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        locale="fr-FR",
        reduced_motion="reduce",
        java_script_enabled=script,
        has_touch=size != WIDE,
    )
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(adresse)
    assert complaints == []
    return page


def shown(page: "Page") -> list[int]:
    """Return the numbers of the fiches that can be seen."""
    found = page.locator(".fiche").evaluate_all("them => them.filter(f => f.checkVisibility()).map(f => f.id)")
    return [int(anchor.removeprefix("fiche-")) for anchor in found]


def unsure(page: "Page") -> list[int]:
    found = page.locator(".fiche.indeterminee").evaluate_all("them => them.map(f => f.id)")
    return [int(anchor.removeprefix("fiche-")) for anchor in found]


def focused(page: "Page") -> str:
    return str(page.evaluate("document.activeElement.textContent.trim()"))


# The filter


def test_all_fiches_are_there_at_first(browser: "Browser", adresse: str) -> None:
    assert shown(opened(browser, adresse)) == ALL


def test_the_filter_says_how_many_fiches_and_of_which_it_is_not_known(browser: "Browser", adresse: str) -> None:
    page = opened(browser, adresse)
    page.get_by_text("Choisir les fiches").click()
    page.locator("select[name=quartier]").select_option(label="Guynemer (QVA)")
    page.locator("select[name=annee]").select_option("2020")
    status = page.get_by_role("status")
    assert status.text_content() == (
        "8 fiches sur 10 répondent à votre choix. Pour 1 fiche de plus, le texte ne permet pas de le dire."
    )
    assert shown(page) == [1, 3, 4, 5, 6, 7, 8, 9, 10]
    assert unsure(page) == [10]
    listed = page.locator("#trouvees li").all_text_contents()
    assert len(listed) == 9
    assert listed[-1].endswith("(indéterminée)")


def test_the_filter_is_in_the_address_and_can_be_taken_back(browser: "Browser", adresse: str) -> None:
    page = opened(browser, adresse)
    page.get_by_text("Choisir les fiches").click()
    page.locator("select[name=acteur]").select_option("caf")
    assert page.url == f"{adresse}?acteur=caf"
    assert shown(page) == [7]
    page.get_by_role("button", name="Tout montrer").click()
    page.wait_for_url(adresse)
    assert shown(page) == ALL
    assert page.get_by_role("status").text_content() == "Les 10 fiches sont montrées."


def test_a_link_that_was_sent_shows_what_was_chosen(browser: "Browser", adresse: str) -> None:
    page = opened(browser, f"{adresse}?commune=saint-apollinaire&annee=2021")
    assert shown(page) == [9]
    assert page.locator("select[name=commune]").input_value() == "saint-apollinaire"
    assert page.get_by_role("status").is_visible()


def test_a_link_to_what_does_not_exist_says_so_and_shows_all(browser: "Browser", adresse: str) -> None:
    page = opened(browser, f"{adresse}?acteur=%3Cb%3Einconnu%3C/b%3E")
    assert shown(page) == ALL
    assert page.get_by_role("status").text_content() == (
        "Le lien demande « <b>inconnu</b> », que cette page ne connaît pas. Les 10 fiches sont montrées."
    )


def test_a_link_to_a_fiche_that_the_filter_leaves_out_shows_it(browser: "Browser", adresse: str) -> None:
    page = opened(browser, f"{adresse}?acteur=caf#fiche-2-porteurs")
    assert shown(page) == [2, 7]
    assert page.locator("#fiche-2-porteurs").bounding_box() is not None


def test_the_filter_and_protocole_fiches_give_the_same_answers(
    browser: "Browser", adresse: str, ours: Protocole
) -> None:
    """All choices of a place and a year, and one in many of those with an actor besides."""
    choices: dict[str, list[Any]] = {
        "acteur": [None, *ours.acteurs],
        "commune": [None, *ours.communes],
        "quartier": [None, *ours.quartiers],
        "annee": [None, *range(2019, 2026)],
    }
    page = opened(browser, adresse)
    options = {
        name: page.locator(f"select[name={name}] option").evaluate_all("o => o.map(x => x.value)") for name in choices
    }
    places = [
        (None, commune, quartier, annee)
        for commune, quartier, annee in itertools.product(choices["commune"], choices["quartier"], choices["annee"])
    ]
    everything = list(itertools.product(*choices.values()))
    for acteur, commune, quartier, annee in [*places, *everything[::149]]:
        asked = {"acteur": acteur, "commune": commune, "quartier": quartier, "annee": annee}
        values = {k: "" if v is None else str(getattr(v, "id", v)) for k, v in asked.items()}
        if any(value not in options[name] for name, value in values.items()):
            continue
        answer = find_fiches(ours, Filtres(**asked), _nowhere).trouvees
        page.evaluate(
            "asked => { for (const c of champs) c.value = asked[c.name]; formulaire.dispatchEvent(new Event('change')); }",
            values,
        )
        assert shown(page) == [t.fiche.numero for t in answer], values
        assert unsure(page) == [t.fiche.numero for t in answer if not t.sure], values


def _nowhere(position: Position, _key: str, _line: int, _word: str) -> Position:
    return position


# Ways in


@pytest.mark.parametrize("size", [PHONE, NARROW], ids=["390", "320"])
def test_on_a_phone_the_ways_in_come_first_and_are_folded(
    browser: "Browser", adresse: str, size: tuple[int, int]
) -> None:
    page = opened(browser, adresse, size)
    doors = page.locator(".portes summary")
    assert doors.all_text_contents() == [
        "Mon quartier", "Mon organisme", "Conseils citoyens", "Calendrier", "Choisir les fiches", "Sommaire",
    ]  # fmt: skip
    assert page.locator("details[open]").count() == 0
    bottom = page.get_by_text("Choisir les fiches").bounding_box()
    assert bottom is not None
    assert bottom["y"] + bottom["height"] < size[1]
    for door in doors.all():
        door.click()
    assert page.evaluate("document.documentElement.scrollWidth") == size[0]


def test_my_neighbourhood_leads_to_its_fiches(browser: "Browser", adresse: str) -> None:
    page = opened(browser, adresse, PHONE)
    page.get_by_text("Mon quartier").tap()
    page.get_by_role("link", name="Guynemer").tap()
    page.wait_for_url("**?quartier=guynemer*")
    assert shown(page) == [1, 3, 4, 5, 6, 7, 8, 9, 10]


def test_an_actor_of_a_fiche_leads_to_its_place_unfolded(browser: "Browser", adresse: str) -> None:
    page = opened(browser, adresse)
    page.locator("#fiche-7 .renvois").get_by_role("link", name="CAF").click()
    assert page.url.endswith("#acteur-caf")
    assert page.locator("#acteur-caf").is_visible()


def test_an_acronym_says_what_it_stands_for_when_tapped_until_escape(browser: "Browser", adresse: str) -> None:
    page = opened(browser, adresse, PHONE)
    word = page.locator("#fiche-5 abbr", has_text="ONZUS").first
    said = "word => getComputedStyle(word, '::after').content"
    assert word.evaluate(said) == "none"
    word.tap()
    assert word.evaluate(said) == '"Observatoire national des zones urbaines sensibles"'
    page.keyboard.press("Escape")
    assert word.evaluate(said) == "none"


def test_the_keyboard_goes_in_the_order_of_reading(browser: "Browser", adresse: str) -> None:
    page = opened(browser, adresse)
    way = []
    for _ in range(7):
        page.keyboard.press("Tab")
        way.append(focused(page))
    assert way == [
        "Aller au texte", "Mon quartier", "Mon organisme", "Conseils citoyens", "Calendrier", "Choisir les fiches", "Sommaire",
    ]  # fmt: skip


def test_what_is_copied_is_the_text_that_is_signed(browser: "Browser", adresse: str) -> None:
    page = opened(browser, adresse)
    copied = page.evaluate(
        "() => { getSelection().selectAllChildren(document.getElementById('fiche-7')); return getSelection().toString(); }"
    )
    assert "Fiche suivante" not in copied
    assert "Caisse d’allocations" not in copied
    assert re.sub(r"\s+", " ", copied).startswith("Fiche 7 – ACCOMPAGNER ET SOUTENIR LES PARENTS")


# As other programs judge it


@pytest.mark.parametrize("folded", [True, False], ids=["folded", "unfolded"])
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 1280), ("light", 320)])
def test_axe_finds_no_fault(
    browser: "Browser", adresse: str, scheme: Literal["light", "dark"], width: int, *, folded: bool
) -> None:
    """What AXE names is the file axe.min.js of axe-core."""
    page = opened(browser, f"{adresse}?annee=2021", (width, 900))
    page.emulate_media(color_scheme=scheme)
    page.evaluate("folded => document.querySelectorAll('details').forEach(d => { d.open = !folded; })", folded)
    page.evaluate(Path(os.environ["AXE"]).read_text(encoding="utf-8"))
    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = page.evaluate("async rules => (await axe.run(document, { runOnly: rules })).violations", rules)
    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_the_page_is_valid_html(adresse: str) -> None:
    """What VNU names is the file vnu.jar of the Nu HTML checker."""
    checker = [
        installed("java"),
        "-jar",
        os.environ["VNU"],
        "--errors-only",
        "--format",
        "gnu",
        adresse.removeprefix("file://"),
    ]
    judged = subprocess.run(checker, check=False, capture_output=True, text=True, timeout=120)
    assert (judged.returncode, judged.stderr) == (0, "")


# Without script, on paper


def test_without_its_script_the_page_holds_everything_but_the_filter(browser: "Browser", adresse: str) -> None:
    page = opened(browser, f"{adresse}?acteur=caf", PHONE, script=False)
    assert page.locator("#choix").is_hidden()
    assert page.locator(".fiche:visible").count() == 10
    page.get_by_text("Mon quartier").click()
    page.locator("#mon-quartier").get_by_role("link", name="Fiche 9").first.click()
    assert page.url.endswith("#fiche-9")


def test_what_is_printed_is_whole_whatever_was_chosen(browser: "Browser", adresse: str) -> None:
    page = opened(browser, f"{adresse}?acteur=caf")
    assert shown(page) == [7]
    page.emulate_media(media="print")
    assert shown(page) == ALL
    assert page.locator(".sommaire li").first.is_visible()
    assert (
        page.locator("#mon-quartier, #mon-organisme, #choix, .renvois, .etat").evaluate_all(
            "them => them.some(x => x.checkVisibility())"
        )
        is False
    )

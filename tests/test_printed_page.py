"""The HTML document as a real browser prints it (Chromium and poppler-utils, which .ci/run installs)."""

import re
import subprocess

import pytest

from conftest import CHECKOUT
from programs import installed
from protocole_cli.cli.run import run

pytestmark = pytest.mark.outils


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Return the text of each printed page."""
    folder = tmp_path_factory.mktemp("impression")
    page, pdf = folder / "protocole.html", folder / "protocole.pdf"
    assert run(["--dossier", str(CHECKOUT), "export", "-o", str(page)]) == 0
    subprocess.run(
        [
            installed("chromium", "chromium-browser", "google-chrome"),
            *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
            *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
            f"--user-data-dir={folder / 'profil'}",
            "--no-pdf-header-footer",
            f"--print-to-pdf={pdf}",
            page.as_uri(),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    text = subprocess.run(
        [installed("pdftotext"), "-layout", pdf, "-"], check=True, capture_output=True
    ).stdout.decode()
    return text.split("\f")[:-1]


def test_each_fiche_begins_a_page(pages: list[str]) -> None:
    firsts = [line.strip() for page in pages for line in page.split("\n")[:12] if line.strip()]
    begun = [m[1] for line in firsts if (m := re.match(r"Fiche (\d+) –", line))]
    assert begun[-10:] == [str(n) for n in range(1, 11)]


def test_the_stamp_is_at_the_foot_of_every_page(pages: list[str]) -> None:
    for number, page in enumerate(pages, 1):
        foot = " ".join(page.rstrip().split("\n")[-3:])
        assert "ni date de signature ni date d’effet" in foot
        assert f"{number} / {len(pages)}" in foot


def test_no_signature_block_is_cut_from_its_name(pages: list[str]) -> None:
    for pour, nom in (
        ("Pour l'État", "Bernard SCHMELTZ"),
        ("Pour Pôle emploi", "LOCATELLI"),
        ("Pour Orvitis", "DUGOURD"),
    ):
        assert any(pour in page and nom in page for page in pages)


def test_no_page_is_nearly_empty_before_the_annexes(pages: list[str]) -> None:
    body = pages[: next(n for n, page in enumerate(pages) if "Annexe 1 –" in page and n > 1)]
    assert all(len(page.split()) > 60 for page in body)

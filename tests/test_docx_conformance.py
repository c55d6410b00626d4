"""The Word file as independent programs take it: Microsoft's Open XML SDK and LibreOffice, which .ci/run installs."""

import json
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from conftest import CHECKOUT
from fidelity import SECTIONS, measure
from programs import committed, piped
from test_outputs_agree import enriched

pytestmark = pytest.mark.outils


def program(name: str) -> str:
    found = shutil.which(name)
    assert found is not None, f"{name} is not installed"
    return found


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the documents that the program makes: of our data, of prose of all kinds, and of nothing."""
    folder = tmp_path_factory.mktemp("docx")
    wanted: dict[str, tuple[str, ...]] = {"ours": (), "projet": ("--projet",), "more": (), "nothing": ("--projet",)}
    for name in wanted:
        racine = folder / name / "depot"
        shutil.copytree(CHECKOUT / "data", racine / "data")
    enriched(folder / "more" / "depot")
    for data in sorted((folder / "nothing/depot/data").rglob("*.yaml")):
        if data.name != "protocole.yaml":
            data.unlink()
    committed(folder / "ours" / "depot")
    for name, options in wanted.items():
        target = folder / f"{name}.docx"
        answer = piped("--dossier", folder / name / "depot", "export", "--format", "docx", "-o", target, *options)
        assert answer.returncode == 0, answer.stderr
    return {name: folder / f"{name}.docx" for name in wanted}


@pytest.fixture(scope="module")
def printed(files: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return each document as LibreOffice prints it."""
    folder = tmp_path_factory.mktemp("impression")
    profile = f"-env:UserInstallation={(folder / 'profil').as_uri()}"
    command = (program("soffice"), profile, "--headless", "--convert-to", "pdf", "--outdir", folder)
    subprocess.run([*command, *files.values()], check=True, capture_output=True, timeout=180)
    return {name: folder / f"{name}.pdf" for name in files}


@pytest.fixture(scope="module")
def pages(printed: dict[str, Path]) -> dict[str, list[str]]:
    """Return the text of each page of each document as it lies there."""
    return {name: text(pdf, "-layout").split("\f")[:-1] for name, pdf in printed.items()}


def text(pdf: Path, *options: str) -> str:
    return subprocess.run([program("pdftotext"), *options, pdf, "-"], check=True, capture_output=True, text=True).stdout


def faults(file: Path) -> list[str]:
    """Return what the SDK finds that Word would have to repair."""
    answer = subprocess.run([program("ooxml-validator"), file], check=False, capture_output=True, text=True)
    return [error["description"] for error in json.loads(answer.stdout)["errors"]]


@pytest.mark.parametrize("name", ["ours", "projet", "more", "nothing"])
def test_word_has_nothing_to_repair(files: dict[str, Path], name: str) -> None:
    assert faults(files[name]) == []


def test_the_sdk_sees_what_is_out_of_place(files: dict[str, Path], tmp_path: Path) -> None:
    wrong = tmp_path / "faux.docx"
    with zipfile.ZipFile(files["ours"]) as source, zipfile.ZipFile(wrong, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b"<w:tblGrid>", b"<w:tblGrid><w:p/>"))
    assert faults(wrong) != []


def test_every_section_is_carried(printed: dict[str, Path]) -> None:
    fidelity = measure(text(printed["ours"]))
    assert fidelity.sections.keys() == SECTIONS.keys()
    assert {name: share for name, share in fidelity.sections.items() if share < 0.97} == {}
    assert fidelity.whole >= 0.99


def test_stamp_and_number_are_at_the_foot_of_every_page(pages: dict[str, list[str]]) -> None:
    for number, page in enumerate(pages["ours"], 1):
        edition, version = [line.strip() for line in page.split("\n") if line.strip()][-2:]
        assert re.fullmatch(rf"Édité le 1er mars 2020 \(.*\) +Page {number} / {len(pages['ours'])}", edition)
        assert re.fullmatch(r"version [0-9a-f]{10} · empreinte du texte : [0-9a-f]{64}", version)


def test_the_mark_of_a_project_is_on_every_page(pages: dict[str, list[str]]) -> None:
    assert all("PROJET – ne pas signer" in page for page in pages["projet"])
    assert not any("PROJET" in page for page in pages["ours"])


def test_the_contents_give_the_page_of_each_part(pages: dict[str, list[str]]) -> None:
    listed = re.findall(r"(Article \d+|Annexe \d|Fiche \d+) –.*?(?<= )(\d+)\n", pages["ours"][1], re.DOTALL)
    assert len(listed) == 17
    for name, number in listed:
        assert re.search(rf"^ *{name} – ", pages["ours"][int(number) - 1], re.MULTILINE), name


def test_the_note_is_at_the_foot_of_the_page_that_calls_it(pages: dict[str, list[str]]) -> None:
    (page,) = [page for page in pages["ours"][2:] if "Joseph Wresinski au Conseil" in page]
    assert "fondamentaux" in page


def test_signature_blocks_are_whole(pages: dict[str, list[str]]) -> None:
    for pour, nom in (
        ("Pour l'État", "Bernard SCHMELTZ"),
        ("Pour Pôle emploi", "LOCATELLI"),
        ("Pour ICF Sud", "AMICO"),
    ):
        assert any(pour in page and nom in page for page in pages["ours"]), pour


def test_no_page_is_nearly_empty(pages: dict[str, list[str]]) -> None:
    """Beside the cover: of each page, its header and foot left out, at least six lines."""
    lines = {n: len([line for line in page.split("\n") if line.strip()]) - 3 for n, page in enumerate(pages["ours"], 1)}
    assert {n: count for n, count in lines.items() if count < 6 and n > 1} == {}

"""The PDF as independent programs judge it, and as it looks: veraPDF, outloud, qpdf and poppler, which .ci/run installs."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import CHECKOUT, replace
from fidelity import SECTIONS, measure
from programs import committed, piped

pytestmark = pytest.mark.outils

OPTIONS = {
    "a-signer": (),
    "papier": ("--pour-papier",),
    "projet": ("--projet",),
    "sans-fichiers-joints": ("--sans-fichiers-joints",),
}
HARD = "Ce[^1] périmètre[^1] reste « **inchangé** » : *voir* [le texte](https://example.org/).\n\n      [^1]: Note, œ € ½ ▶ → ▷ •\n"
STAMP = "Édité le 1er mars 2020 (date de la version, ni date de signature ni date d’effet)"
HEADER = "PROTOCOLE D’ENGAGEMENTS RÉCIPROQUES ET RENFORCÉS 2019 - 2022 – Dijon métropole"


def program(name: str) -> str:
    found = shutil.which(name)
    assert found is not None, f"{name} is not installed"
    return found


def run(*command: str | Path) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the documents that the program makes, by what was asked: of our data on a day, of data not dated, of hard data."""
    folder = tmp_path_factory.mktemp("pdf")
    ours, bare, hard = (folder / name / "depot" for name in ("ours", "bare", "hard"))
    for racine in (ours, bare, hard):
        shutil.copytree(CHECKOUT / "data", racine / "data")
    committed(ours)
    replace(hard, "data/protocole.yaml", "Ce périmètre reste inchangé.\n", HARD)
    wanted = {name: (ours, options) for name, options in OPTIONS.items()}
    wanted |= {"non-date": (bare, ()), "texte-difficile": (hard, ())}
    for name, (racine, options) in wanted.items():
        answer = piped("--dossier", racine, "export", "--format", "pdf", "-o", folder / f"{name}.pdf", *options)
        assert answer.returncode == 0, answer.stderr
    return {name: folder / f"{name}.pdf" for name in wanted}


@pytest.fixture(scope="module")
def document(files: dict[str, Path]) -> Path:
    return files["a-signer"]


@pytest.fixture(scope="module")
def pages(document: Path) -> list[str]:
    """Return the text of each page as it lies there."""
    return run(program("pdftotext"), "-layout", document, "-").split("\f")[:-1]


def body(page: str) -> list[str]:
    """Return the lines of a page that hold words, without its header and its foot."""
    lines = [line.strip() for line in page.split("\n") if line.strip()]
    return lines[1 if lines[0].startswith(HEADER) else 0 : -2]


# What independent programs say


def test_it_conforms_to_pdf_a_3a_and_pdf_ua_1(files: dict[str, Path]) -> None:
    classpath = os.environ.get("VERAPDF_CLASSPATH")
    assert classpath, "VERAPDF_CLASSPATH does not say where veraPDF is"
    source = CHECKOUT / "tests" / "verapdf" / "Conformity.java"
    verdicts = run(program("java"), "-cp", classpath, source, "3a,ua1", *files.values()).splitlines()
    assert verdicts == [f"PASS {flavour} {file}" for file in files.values() for flavour in ("3a", "ua1")]


def test_it_reads_well_aloud(files: dict[str, Path]) -> None:
    """Not even a warning: above all, no table without headers and no drawing without words."""
    run(program("outloud"), "--fail-on", "warning", *files.values())


def test_it_is_sound(files: dict[str, Path]) -> None:
    for file in files.values():
        assert "No syntax or stream encoding errors found" in run(program("qpdf"), "--check", file)


def test_another_program_finds_the_fields(document: Path) -> None:
    """pdfsig ends with 2 where no field is signed."""
    answer = subprocess.run([program("pdfsig"), document], check=False, capture_output=True, text=True)
    assert answer.stdout.count("The signature form field is not signed.") == 19


def test_another_program_finds_the_files(document: Path, tmp_path: Path) -> None:
    run(program("pdfdetach"), "-saveall", "-o", tmp_path, document)
    sources = {f.name: f.read_bytes() for f in (CHECKOUT / "data").rglob("*.yaml")}
    assert {f.name: f.read_bytes() for f in tmp_path.iterdir() if f.suffix == ".yaml"} == sources


# The words


def test_every_section_is_carried(document: Path) -> None:
    fidelity = measure(run(program("pdftotext"), document, "-"))
    assert fidelity.sections.keys() == SECTIONS.keys()
    assert {name: share for name, share in fidelity.sections.items() if share < 0.97} == {}
    assert fidelity.whole >= 0.99


def test_the_mark_of_a_project_is_on_every_page(files: dict[str, Path], pages: list[str]) -> None:
    marked = run(program("pdftotext"), "-layout", files["projet"], "-").split("\f")[:-1]
    assert all("PROJET – ne pas signer" in page for page in marked)
    assert not any("PROJET" in page for page in pages)


def test_a_project_says_which_files_it_lacks(depot: Path, tmp_path: Path) -> None:
    (depot / "data/fiches/fiche-03.yaml").write_text("numero: [", encoding="utf-8")
    answer = piped("--dossier", depot, "export", "--projet", "--format", "pdf", "-o", tmp_path / "projet.pdf")
    assert answer.returncode == 0
    cover = run(program("pdftotext"), "-l", "1", tmp_path / "projet.pdf", "-")
    assert "Ce document est incomplet : data/fiches/fiche-03.yaml est en défaut, et il y manque" in " ".join(
        cover.split()
    )


# The pages


def test_stamp_and_number_are_at_the_foot_of_every_page(pages: list[str]) -> None:
    for number, page in enumerate(pages, 1):
        edition, version = [line.strip() for line in page.split("\n") if line.strip()][-2:]
        assert re.fullmatch(rf"{re.escape(STAMP)} +{number} / {len(pages)}", edition)
        assert re.fullmatch(r"version [0-9a-f]{10} · empreinte du texte : [0-9a-f]{64}", version)


def test_the_header_runs_from_the_second_page_on(pages: list[str]) -> None:
    heads = [next(line for line in page.split("\n") if line.strip()) for page in pages]
    assert not heads[0].startswith(HEADER)
    assert all(head.startswith(HEADER) for head in heads[1:])
    assert [head.removeprefix(HEADER).strip() for head in heads if "Fiche 10" in head] == ["Fiche 10"] * 2


def test_the_contents_give_the_page_of_each_part(pages: list[str]) -> None:
    contents = " ".join(pages[1].replace("\u2060", "").split())
    listed = re.findall(
        r"(Article \d+|Annexe \d|Fiche \d+) – .*?(?<= )(\d+)(?= (?:Article|Annexe|ANNEXES|Fiche|Sign))", contents
    )
    assert len(listed) == 17
    for name, number in listed:
        assert any(line.startswith(f"{name} – ") for line in body(pages[int(number) - 1])), name


def test_each_fiche_begins_a_page(pages: list[str]) -> None:
    begun = [m[1] for page in pages[2:] for line in body(page)[:2] if (m := re.match(r"Fiche (\d+) –", line))]
    assert begun == [str(n) for n in range(1, 11)]


def test_no_page_is_nearly_empty(pages: list[str]) -> None:
    """Of a page of the text, at least a fifth is covered; the cover and the signatures are no text."""
    lines = {n: len(body(page)) for n, page in enumerate(pages, 1) if n > 1 and "Signatures" not in page.split("\n")[0]}
    assert {n: count for n, count in lines.items() if count < 11} == {}


def boxes(document: Path, page: int) -> Iterator[tuple[float, float, str]]:
    """Yield the left and the top of each word of a page, in points, and the word."""
    found = run(program("pdftotext"), "-bbox", "-f", str(page), "-l", str(page), document, "-")
    for left, top, word in re.findall(r'<word xMin="([\d.]+)" yMin="([\d.]+)"[^>]*>(.*?)</word>', found):
        yield float(left), float(top), word


def test_no_heading_is_left_at_the_foot_of_a_page(pages: list[str]) -> None:
    last = [body(page)[-1] for page in pages[2:]]
    headings = r"(?:Article \d+|Annexe \d|Fiche \d+) –|\d\. [A-ZÉÈÀÇ’]{2}|[A-ZÉÈÀÇ’/ ]+$"
    assert [line for line in last if re.match(headings, line)] == []


def test_labels_are_never_hyphenated(document: Path, pages: list[str]) -> None:
    """The label column ends where the other begins; no word in it is cut."""
    first = next(n for n, page in enumerate(pages, 1) if n > 2 and body(page)[0].startswith("Annexe 2"))
    labels = [
        word
        for page in range(first, len(pages) - 1)
        for left, top, word in boxes(document, page)
        if left < 56 + 102 and 68 < top < 760
    ]
    assert {"Objectifs", "opérationnels", "Échelle", "d’intervention", "partenaires"} <= set(labels)
    assert [word for word in labels if word.endswith(("-", "\u00ad"))] == []


def test_signature_blocks_are_whole(pages: list[str]) -> None:
    for pour, nom in (
        ("Pour l'État", "Bernard SCHMELTZ"),
        ("Pour la commune de Dijon", "François REBSAMEN"),
        ("Pour Pôle emploi", "LOCATELLI"),
        ("Pour Orvitis", "DUGOURD"),
        ("Pour ICF Sud-est", "AMICO"),
    ):
        assert any(pour in page and nom in page for page in pages), pour

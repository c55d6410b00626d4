"""`protocole export --format docx`: what Word and its like find in the file, and that it is the same file each time."""

import io
import re
import tomllib
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from importlib.metadata import version as installed
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import docx
import pytest
from docx.document import Document as WordDocument
from msgspec.structs import replace as changed_to

from conftest import CHECKOUT, Lancer, Reponse, replace
from programs import committed, git, on_terminal, piped
from protocole_cli.loading.git import Version
from protocole_cli.loading.repository import load
from protocole_cli.rendering import document_formats
from protocole_cli.rendering.build_document import build_document
from protocole_cli.rendering.document import Section
from protocole_cli.rendering.publication import Publication
from protocole_cli.rendering.word.render import render_docx
from protocole_cli.resources import read_resource
from protocole_cli.validation.schema import explain
from struct_paths import changed, field, texts

Exporter = Callable[..., Reponse]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MARK = "PROJET – ne pas signer"


def publication(racine: Path = CHECKOUT, *, projet: bool = False) -> Publication:
    protocole = load(racine, explain).protocole
    version = Version("0123456789abcdef", 1_582_934_399)
    document = build_document(protocole, version, "abc", projet=projet)
    return Publication(document=document, protocole=protocole, racine=racine, version=version)


def part(file: bytes, name: str) -> ET.Element:
    """Return the root of a part of a file."""
    with zipfile.ZipFile(io.BytesIO(file)) as package:
        return ET.fromstring(package.read(name))  # noqa: S314 (our own)


def attribute(element: ET.Element | None, name: str = "val") -> str | None:
    return None if element is None else element.get(f"{W}{name}")


def style_of(paragraph: ET.Element) -> str | None:
    return attribute(paragraph.find(f"{W}pPr/{W}pStyle"))


def words_of(element: ET.Element) -> str:
    return "".join(text.text or "" for text in element.iter(f"{W}t"))


def walk(sections: tuple[Section, ...]) -> Iterator[Section]:
    for section in sections:
        yield section
        yield from walk(section.sections)


@pytest.fixture(scope="module")
def ours() -> Publication:
    return publication()


@pytest.fixture(scope="module")
def file(ours: Publication) -> bytes:
    return render_docx(ours)


@pytest.fixture(scope="module")
def body(file: bytes) -> ET.Element:
    return part(file, "word/document.xml")[0]


@pytest.fixture(scope="module")
def opened(file: bytes) -> WordDocument:
    """Return the file as python-docx reads it."""
    return docx.Document(io.BytesIO(file))


# What it says of itself


def test_it_says_its_title_its_language_and_its_date(file: bytes, opened: WordDocument) -> None:
    properties = opened.core_properties
    assert properties.title == "PROTOCOLE D’ENGAGEMENTS RÉCIPROQUES ET RENFORCÉS 2019 - 2022 – Dijon métropole"
    assert (properties.language, properties.author) == ("fr-FR", "Dijon métropole")
    assert properties.created == properties.modified == datetime(2020, 2, 28, 23, 59, 59, tzinfo=UTC)
    assert [attribute(lang) for lang in part(file, "word/styles.xml").iter(f"{W}lang")] == ["fr-FR"]
    assert [attribute(lang) for lang in part(file, "word/settings.xml").iter(f"{W}themeFontLang")] == ["fr-FR"]


def test_what_is_not_dated_has_no_date(ours: Publication) -> None:
    file = render_docx(changed_to(ours, version=Version()))
    tags = {element.tag.rpartition("}")[2] for element in part(file, "docProps/core.xml")}
    assert "title" in tags
    assert {"created", "modified"} & tags == set()


def test_nothing_comes_from_elsewhere(file: bytes) -> None:
    """No thumbnail, no macro, no foreign style: only these parts, and they point to nothing outside."""
    with zipfile.ZipFile(io.BytesIO(file)) as package:
        assert set(package.namelist()) == {
            "[Content_Types].xml",
            "_rels/.rels",
            "docProps/core.xml",
            "word/_rels/document.xml.rels",
            *(f"word/{name}.xml" for name in ("document", "footer1", "footnotes", "header1", "numbering", "settings", "styles")),
        }  # fmt: skip
        assert b"External" not in package.read("word/_rels/document.xml.rels")


# Its structure


def test_every_style_that_is_used_exists(file: bytes) -> None:
    known = {style.get(f"{W}styleId") for style in part(file, "word/styles.xml").iter(f"{W}style")}
    for name in ("document", "footnotes", "header1", "footer1"):
        root = part(file, f"word/{name}.xml")
        used = {attribute(e) for kind in ("pStyle", "rStyle", "tblStyle") for e in root.iter(f"{W}{kind}")}
        assert used - known == set()


def test_headings_are_those_of_the_document(ours: Publication, body: ET.Element) -> None:
    """The parties and the visas have none; the rubriques are labels of rows."""

    def headings(sections: tuple[Section, ...], level: int) -> Iterator[tuple[str, str]]:
        for section in sections:
            if section.nature == "rubrique":
                continue
            if section.titre:
                yield f"Heading{level}", section.titre
            yield from headings(section.sections, level + bool(section.titre))

    found = [(style_of(p) or "", words_of(p)) for p in body.iter(f"{W}p")]
    written = iter([(style, words) for style, words in found if style.startswith("Heading")])
    wanted = list(headings(ours.document.sections, 1))
    assert len(wanted) == 44
    assert [h for h in wanted if not any(style == h[0] and words.endswith(h[1]) for style, words in written)] == []


def test_no_level_of_headings_is_skipped(body: ET.Element) -> None:
    styles = [style_of(p) or "" for p in body.iter(f"{W}p")]
    levels = [int(style[-1]) for style in styles if style.startswith("Heading")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_each_fiche_is_a_table_whose_rows_have_headers(ours: Publication, body: ET.Element) -> None:
    fiches = [section for section in walk(ours.document.sections) if section.nature == "fiche"]
    tables = [
        table for table in body.iter(f"{W}tbl") if attribute(table.find(f"{W}tblPr/{W}tblStyle")) == "TableauFiche"
    ]
    assert len(fiches) == len(tables) == 10
    for fiche, table in zip(fiches, tables, strict=True):
        look = table.find(f"{W}tblPr/{W}tblLook")
        assert (attribute(look, "firstColumn"), attribute(look, "firstRow")) == ("1", "0")
        assert attribute(table.find(f"{W}tblPr/{W}tblCaption")) == f"{fiche.surtitre} – {fiche.titre}"
        rows = table.findall(f"{W}tr")
        assert [words_of(row.findall(f"{W}tc")[0]) for row in rows] == [section.titre for section in fiche.sections]
        assert {len(row.findall(f"{W}tc")) for row in rows} == {2}


def test_each_row_of_signatures_has_its_headers_above_the_names(ours: Publication, body: ET.Element) -> None:
    tables = [t for t in body.iter(f"{W}tbl") if attribute(t.find(f"{W}tblPr/{W}tblStyle")) == "TableauSignatures"]
    rangees = ours.document.sections[-1].signatures
    assert len(tables) == len(rangees) == 7
    for rangee, table in zip(rangees, tables, strict=True):
        header, names = table.findall(f"{W}tr")
        assert header.find(f"{W}trPr/{W}tblHeader") is not None
        assert [words_of(cell) for cell in header.findall(f"{W}tc")] == [bloc.pour + bloc.qualite for bloc in rangee]
        assert [words_of(cell) for cell in names.findall(f"{W}tc")] == [bloc.nom for bloc in rangee]
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in (header, names))


def test_nothing_is_spaced_by_empty_paragraphs(body: ET.Element) -> None:
    """The only ones stand between two tables of signatures, which Word would join."""
    empty = [style_of(p) for p in body.iter(f"{W}p") if not words_of(p)]
    assert empty == ["EntreTableaux"] * 6


def test_each_list_has_its_own_numbers(depot: Path) -> None:
    listed = "Ce périmètre.\n\n      1. un\n      2. deux\n\n         - tiret\n\n      Puis.\n\n      3. trois\n"
    replace(depot, "data/protocole.yaml", "Ce périmètre reste inchangé.\n", listed)
    file = render_docx(publication(depot))
    numbers = [
        (words_of(p), attribute(p.find(f"{W}pPr/{W}numPr/{W}numId")), attribute(p.find(f"{W}pPr/{W}numPr/{W}ilvl")))
        for p in part(file, "word/document.xml").iter(f"{W}p")
        if words_of(p) in ("un", "deux", "tiret", "trois")
    ]
    (_, first, _), (_, same, _), (_, nested, _), (_, other, _) = numbers
    assert first == same
    assert len({first, nested, other}) == 3
    assert [level for _, _, level in numbers] == ["0", "0", "1", "0"]
    lists = {attribute(num, "numId"): num for num in part(file, "word/numbering.xml").findall(f"{W}num")}
    kinds = [attribute(lists[number].find(f"{W}abstractNumId")) for number in (first, nested, other)]
    starts = [attribute(lists[number].find(f".//{W}startOverride")) for number in (first, nested, other)]
    assert (kinds, starts) == (["1", "0", "1"], ["1", None, "3"])


def test_a_note_is_a_footnote(file: bytes, body: ET.Element) -> None:
    (call,) = body.iter(f"{W}footnoteReference")
    written = [n for n in part(file, "word/footnotes.xml") if attribute(n, "type") is None]
    assert [(attribute(n, "id"), words_of(n).strip()) for n in written] == [
        (attribute(call, "id"), "Joseph Wresinski au Conseil économique et social, en février 1987")
    ]
    assert [attribute(n, "type") for n in part(file, "word/footnotes.xml")][:2] == [
        "separator",
        "continuationSeparator",
    ]


def test_a_note_called_twice_stands_once(depot: Path) -> None:
    replace(
        depot, "data/protocole.yaml", "Ce périmètre reste inchangé.\n", "Ce[^1] périmètre[^1].\n\n      [^1]: Note\n"
    )
    file = render_docx(publication(depot))
    root = part(file, "word/document.xml")
    assert len(list(root.iter(f"{W}footnoteReference"))) == 2
    (again,) = [code.text for code in root.iter(f"{W}instrText") if "NOTEREF" in (code.text or "")]
    assert again == " NOTEREF note_1 \\f \\h "
    assert "note_1" in {attribute(mark, "name") for mark in root.iter(f"{W}bookmarkStart")}


def test_links_are_links_in_the_text_and_in_notes(depot: Path) -> None:
    linked = "Voir [le *texte*](https://example.org/?a=1&b=2)[^1].\n\n      [^1]: Ou [écrire](mailto:a@example.org)\n"
    replace(depot, "data/protocole.yaml", "Ce périmètre reste inchangé.\n", linked)
    file = render_docx(publication(depot))
    for name, address in (("document", "https://example.org/?a=1&b=2"), ("footnotes", "mailto:a@example.org")):
        targets = [r for r in part(file, f"word/_rels/{name}.xml.rels") if r.get("TargetMode") == "External"]
        assert [r.get("Target") for r in targets] == [address]
        names = {link.get("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id") for link in part(file, f"word/{name}.xml").iter(f"{W}hyperlink")}  # fmt: skip
        assert targets[0].get("Id") in names


def test_the_contents_lead_to_each_part(ours: Publication, body: ET.Element) -> None:
    marks = [attribute(mark, "name") for mark in body.iter(f"{W}bookmarkStart")]
    links = [attribute(link, "anchor") for link in body.iter(f"{W}hyperlink")]
    pages = [code.text for code in body.iter(f"{W}instrText") if "PAGEREF" in (code.text or "")]
    assert links == [section.id.replace("-", "_") for section in ours.document.contents()]
    assert [mark for mark in marks if mark in links] == links
    assert pages == [f" PAGEREF {link} \\h " for link in links]


def test_pages_begin_where_they_do_in_the_pdf(body: ET.Element) -> None:
    begun = [
        words_of(p).partition(" –")[0] for p in body.iter(f"{W}p") if p.find(f"{W}pPr/{W}pageBreakBefore") is not None
    ]
    fiches = [f"Fiche {n}" for n in range(2, 11)]
    assert begun == ["Sommaire", "Entre\u00a0:", "ANNEXES", "Annexe 2", *fiches, "Signatures"]


def test_what_begins_a_page_may_introduce_a_list(ours: Publication) -> None:
    """The standard has its own order for what a paragraph is asked."""
    parties, *others = ours.document.sections
    document = changed_to(ours.document, sections=(changed_to(parties, blocs=parties.blocs[1:]), *others))
    body = part(render_docx(changed_to(ours, document=document)), "word/document.xml")[0]
    (first,) = [p for p in body.iter(f"{W}p") if words_of(p) == "Et\u00a0:"]
    assert [e.tag.removeprefix(W) for e in first[0]] == ["pStyle", "keepNext", "pageBreakBefore"]


# Header and foot


def test_the_foot_of_every_page_has_the_stamp_and_the_number(file: bytes, body: ET.Element) -> None:
    footer = part(file, "word/footer1.xml")
    said = words_of(footer)
    assert said.startswith("Édité le 28 février 2020 (date de la version, ni date de signature ni date d’effet)")
    assert said.endswith("version 0123456789 · empreinte du texte : abc")
    assert [code.text for code in footer.iter(f"{W}instrText")] == [" PAGE ", " NUMPAGES "]
    assert [attribute(r, "type") for r in body.iter(f"{W}footerReference")] == ["default", "first"]


def test_a_project_is_marked_on_the_cover_and_on_every_other_page() -> None:
    file = render_docx(publication(projet=True))
    assert words_of(next(part(file, "word/document.xml").iter(f"{W}p"))) == MARK
    assert words_of(part(file, "word/header1.xml")).endswith(MARK)
    assert docx.Document(io.BytesIO(file)).core_properties.title.endswith(", projet")


def test_the_document_is_not(file: bytes) -> None:
    assert all(MARK not in words_of(part(file, f"word/{name}.xml")) for name in ("document", "header1", "footer1"))


# Hostile data


def skeleton(file: bytes) -> list[list[tuple[str, tuple[str, ...]]]]:
    parts = (part(file, f"word/{name}.xml") for name in ("document", "footnotes", "header1", "footer1"))
    return [[(e.tag, tuple(e.attrib)) for e in root.iter()] for root in parts]


def test_no_text_becomes_markup(ours: Publication) -> None:
    """A text that looks like XML, like a field or like an entity stands there as that text."""

    def marked(mark: str) -> Publication:
        document = ours.document
        for path, _ in list(texts(document)):
            if field(path).rpartition(".")[2] not in ("id", "nature", "adresse", "acteur"):
                document = changed(document, path, lambda text: f"{text} {mark}")
        return changed_to(ours, document=document)

    hostile, harmless = (render_docx(marked(mark)) for mark in ("</w:t>&lt;{ PAGE \\h }<!--\"'", "mot"))
    assert skeleton(hostile) == skeleton(harmless)
    assert words_of(part(hostile, "word/document.xml")).count("</w:t>&lt;{ PAGE \\h }<!--\"'") > 700


def test_what_hides_or_turns_the_text_is_shown(ours: Publication) -> None:
    document = changed_to(ours.document, titre="Di\u202ejon\u200b\x07" * 100, territoire="")
    file = render_docx(changed_to(ours, document=document))
    assert words_of(part(file, "word/document.xml")).startswith("Di‹U+202E›jon‹U+200B›␇" * 100)
    assert docx.Document(io.BytesIO(file)).core_properties.title.startswith("Di‹U+202E›jon‹U+200B›␇")


def test_what_is_missing_leaves_the_rest_standing(tmp_path: Path) -> None:
    """A project is exported with what there is; here, with nothing."""
    file = render_docx(publication(tmp_path, projet=True))
    assert words_of(part(file, "word/document.xml")).startswith(MARK)


# The look


@pytest.fixture
def own(depot: Path) -> Path:
    (depot / "templates").mkdir()
    return depot / "templates"


def test_its_colours_and_faces_are_those_of_the_tokens(depot: Path, own: Path) -> None:
    tokens = read_resource("templates", "jetons.toml")
    changed_tokens = (
        tokens.replace('"#1f4e79"', '"#0a8"').replace('"Arial"', '"Marianne"').replace("taille = 11", "taille = 12.5")
    )
    (own / "jetons.toml").write_text(changed_tokens, encoding="utf-8")
    styles = ET.tostring(part(render_docx(publication(depot)), "word/styles.xml"), encoding="unicode")
    assert "00AA88" in styles
    assert "1F4E79" not in styles
    assert "Marianne" in styles
    assert "Arial" not in styles
    assert 'sz ns0:val="25"' in styles or ':val="25"' in styles


FAULTY = {
    "a colour that is none": ("jetons.toml", ('"#1f4e79"', '"bleu"'), "templates/jetons.toml:1:1: « bleu » n’est pas une couleur ; écrivez-la comme #1f4e79 ou #fff."),
    "a size that is none": ("jetons.toml", ("taille = 11", 'taille = "grande"'), "templates/jetons.toml:1:1: « grande » n’est pas une taille ; écrivez des points, comme 11."),
    "a token that is none": ("jetons.toml", ("taille = 11", "corps = 11"), "templates/jetons.toml:48:1: « corps » n’est pas un jeton de [bureautique], qui a « texte », « titres » et « taille »."),
    "a part that is none": ("jetons.toml", ("[sombre]", "[nuit]"), "templates/jetons.toml:15:1: « nuit » n’est pas une partie de ce fichier ; écrivez sous [clair], [sombre], [imprime], [tailles], [polices] et [bureautique] les jetons."),
    "styles that are no XML": ("word-styles.xml.j2", ("</w:styles>", ""), "templates/word-styles.xml.j2:1:1: ce gabarit ne donne pas un élément <w:styles> bien formé."),
    "a declaration": ("word-styles.xml.j2", ("<w:styles ", '<!DOCTYPE a [<!ENTITY b SYSTEM "/etc/passwd">]><w:styles '), "templates/word-styles.xml.j2:1:1: ce gabarit ne donne pas un élément <w:styles> bien formé."),
    "another root": ("word-listes.xml.j2", ("w:numbering", "w:styles"), "templates/word-listes.xml.j2:1:1: ce gabarit ne donne pas un élément <w:numbering> bien formé."),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTY.values(), ids=FAULTY)
def test_a_faulty_template_is_said(
    depot: Path, own: Path, lancer: Lancer, fault: tuple[str, tuple[str, str], str]
) -> None:
    name, change, said = fault
    text = read_resource("templates", name)
    assert change[0] in text
    (own / name).write_text(text.replace(*change), encoding="utf-8")
    answer = lancer("--dossier", depot, "export", "--format", "docx", "-o", depot / "a.docx")
    assert answer == (1, "", f"protocole : {said}\n")
    assert not (depot / "a.docx").exists()


# Where it goes


@pytest.fixture
def exporter(depot: Path, lancer: Lancer, monkeypatch: pytest.MonkeyPatch) -> Exporter:
    monkeypatch.chdir(depot)
    return lambda *arguments: lancer("export", "--format", "docx", *arguments)


def test_by_default_it_is_in_build(depot: Path, exporter: Exporter) -> None:
    assert exporter() == (0, "", "Document écrit : build/protocole.docx\n")
    assert docx.Document(str(depot / "build/protocole.docx")).core_properties.language == "fr-FR"


def test_on_a_pipe_it_is_the_same_bytes(depot: Path) -> None:
    answer = piped("--dossier", depot, "export", "--format", "docx", "-o", "-")
    assert (answer.returncode, answer.stderr) == (0, b"")
    assert piped("--dossier", depot, "export", "--format", "docx", "-o", depot / "a.docx").returncode == 0
    assert answer.stdout == (depot / "a.docx").read_bytes()


def test_it_is_not_poured_into_a_terminal(depot: Path) -> None:
    said = on_terminal("--dossier", depot, "export", "--format", "docx", "-o", "-", columns=120)
    assert said.startswith("protocole : Un fichier Word ne se lit pas dans un terminal : donnez un fichier à -o.\n")


@pytest.mark.parametrize("arguments", [(), ("-o", "a.docx"), ("-o", "-"), ("--format", "html")])
def test_without_the_extra_one_sentence_says_how_to_install_it(
    depot: Path, exporter: Exporter, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    before = sorted(depot.rglob("*"))
    monkeypatch.setitem(document_formats.EXTRAS, "docx", document_formats.Extra("bureautique", ("docx_absent",)))
    answer = exporter(*arguments)
    said = 'protocole : Le format docx demande une installation de plus : pip install "protocole-cli[bureautique]"\n'
    assert answer == (2, "", said)
    assert sorted(depot.rglob("*")) == before


def test_the_extra_is_what_it_installs() -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extra = document_formats.EXTRAS["docx"]
    assert project["optional-dependencies"][extra.nom] == [f"python-docx=={installed('python-docx')}"]


# Same commit, same bytes

SURROUNDINGS = {
    "the locale of C, east": {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1"},
    "a French locale, west": {"LC_ALL": "fr_FR.ISO-8859-1", "TZ": "Etc/GMT+12", "PYTHONHASHSEED": "4294967295"},
}  # fmt: skip


def test_surroundings_and_folders_do_not_count(depot: Path, tmp_path: Path) -> None:
    committed(depot)
    clone = tmp_path / "un autre dossier" / "clone"
    git(tmp_path, "clone", "--quiet", str(depot), str(clone))

    def exported(racine: Path, **environment: str) -> bytes:
        answer = piped("--dossier", racine, "export", "--format", "docx", "-o", "-", **environment)
        assert (answer.returncode, answer.stderr) == (0, b"")
        return answer.stdout

    expected = exported(depot)
    assert exported(clone) == expected
    assert [name for name, values in SURROUNDINGS.items() if exported(depot, **values) != expected] == []


def test_no_member_of_the_file_says_when_or_where_it_was_made(file: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(file)) as package:
        said = {(m.date_time, m.create_system, m.external_attr >> 16, m.extra) for m in package.infolist()}
    assert said == {((1980, 1, 1, 0, 0, 0), 3, 0o600, b"")}
    assert re.search(rb"rsid|Application", file) is None

"""`protocole export --format pdf`: what stands in the file, in which order, and what the engine is kept from."""

import hashlib
import json
import os
import re
import shutil
import socket
import tempfile
import tomllib
from collections.abc import Callable, Iterator
from importlib.metadata import version as installed
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
from msgspec.structs import asdict
from msgspec.structs import replace as changed_to

import pdf_structure as structure
from conftest import CHECKOUT, Lancer, Reponse, replace
from programs import committed, git, on_terminal, piped
from protocole_cli.loading.git import Version
from protocole_cli.loading.repository import load
from protocole_cli.model.prose import Liste
from protocole_cli.model.protocole import Protocole
from protocole_cli.rendering import document_formats
from protocole_cli.rendering.build_document import build_document
from protocole_cli.rendering.document import BlocSignature, Document, Section
from protocole_cli.rendering.pdf.render import field_name, render_pdf
from protocole_cli.rendering.publication import Publication
from protocole_cli.resources import read_resource, resource_folder
from protocole_cli.validation.schema import explain
from struct_paths import changed, field, texts

Exporter = Callable[..., Reponse]


def publication(racine: Path = CHECKOUT, protocole: Protocole | None = None, **changes: bool) -> Publication:
    """Return what is exported of a repository, or of a protocole in the place of its own."""
    loaded = load(racine, explain)
    held = protocole or loaded.protocole
    version = Version("0123456789abcdef", 1_582_934_399)
    base = Publication(
        document=build_document(held, version, "abc", projet=changes.pop("projet", False)),
        protocole=held,
        racine=racine,
        version=version,
        fichiers=loaded.lus,
    )
    return changed_to(base, **changes)


@pytest.fixture(scope="module")
def ours() -> Publication:
    return publication()


@pytest.fixture(scope="module")
def pdf(ours: Publication) -> bytes:
    return render_pdf(ours)


@pytest.fixture(scope="module")
def document(pdf: bytes) -> Iterator[pikepdf.Pdf]:
    with structure.opened(pdf) as opened:
        yield opened


def walk(sections: tuple[Section, ...]) -> Iterator[Section]:
    for section in sections:
        yield section
        yield from walk(section.sections)


def signatures(document: Document) -> list[BlocSignature]:
    return [bloc for section in document.sections for rangee in section.signatures for bloc in rangee]


# What it says of itself


def test_it_says_its_title_its_language_and_its_date(document: pikepdf.Pdf) -> None:
    with document.open_metadata() as metadata:
        assert metadata["dc:title"] == "PROTOCOLE D’ENGAGEMENTS RÉCIPROQUES ET RENFORCÉS 2019 - 2022"
        assert metadata["dc:language"] == {"fr"}
        assert metadata["xmp:CreateDate"].startswith("2020-02-28T23:59:59")
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"], metadata["pdfuaid:part"]) == ("3", "A", "1")
    assert document.Root.Lang == "fr"
    assert document.Root.ViewerPreferences.DisplayDocTitle


def test_what_is_not_dated_has_no_date() -> None:
    pdf = render_pdf(changed_to(publication(), version=Version()))
    with structure.opened(pdf) as document, document.open_metadata() as metadata:
        assert {"xmp:CreateDate", "xmp:ModifyDate", "xmpMM:History"} & set(metadata) == set()
        assert {"/CreationDate", "/ModDate"} & set(document.docinfo) == set()
        assert metadata["pdfaid:part"] == "3"


# The way through it


def test_bookmarks_are_the_headings_of_the_document(pdf: bytes) -> None:
    marks = structure.bookmarks(pdf)
    tops = [title for depth, title in marks if depth == 1]
    assert tops[0] == "PRÉAMBULE"
    assert [t.partition(" – ")[0] for t in tops[1:6]] == [f"Article {n}" for n in range(1, 6)]
    assert tops[6:] == ["ANNEXES", "Signatures"]
    assert [t for depth, t in marks if depth == 3 and t.startswith("Fiche ")][8:] == [
        "Fiche 9 – CONSEIL INTERCOMMUNAL DE SÉCURITÉ ET DE PRÉVENTION DE LA DÉLINQUANCE (CISPD)\u00a0: APPROFONDISSEMENT DU DIAGNOSTIC",
        "Fiche 10 – PRÉVENIR ET LUTTER CONTRE LES INSÉCURITÉS ET INCIVILITÉS",
    ]


def test_every_heading_of_the_document_is_one_and_skips_no_level(pdf: bytes, ours: Publication) -> None:
    found = structure.headings(pdf)
    words = [title for _, title in found]
    as_text = {"rubrique", "instance"}
    titled = [s for s in walk(ours.document.sections) if s.titre and s.nature not in as_text]
    assert [title for title in words if any(title.endswith(s.titre) for s in titled)] == [
        f"{s.surtitre}{' ' if s.nature == 'partie-article' else ' – '}{s.titre}" if s.surtitre else s.titre
        for s in titled
    ]
    levels = [level for level, _ in found]
    assert levels[0] == 1
    assert [(a, b) for a, b in pairwise(levels) if b > a + 1] == []


def test_the_contents_lead_to_each_part(document: pikepdf.Pdf, ours: Publication) -> None:
    assert len(structure.tagged(document, "TOCI")) == len(ours.document.contents())


def test_each_fiche_is_a_table_whose_rows_have_a_header(document: pikepdf.Pdf, ours: Publication) -> None:
    tables = structure.tagged(document, "Table")
    fiches = [s for s in walk(ours.document.sections) if s.nature == "fiche"]
    assert [len(structure.children(table)) for table in tables] == [len(fiche.sections) for fiche in fiches]
    for table in tables:
        for row in structure.children(table):
            assert [structure.tag(cell) for cell in structure.children(row)] == ["TH", "TD"]
            header, cell = structure.children(row)
            assert [str(header.A.O), str(header.A.Scope)] == ["/Table", "/Row"]
            assert "/A" not in cell


def items(value: object) -> int:
    """Return how many list items there are in blocks."""
    if isinstance(value, tuple):
        return sum(map(items, value))
    return len(value.elements) + items(value.elements) if isinstance(value, Liste) else 0


def test_lists_are_lists(document: pikepdf.Pdf, ours: Publication) -> None:
    """As many items as in the document, and one an instance of the scheme."""
    sections = list(walk(ours.document.sections))
    instances = [s for s in sections if s.nature == "instance"]
    expected = sum(items(s.blocs) + items(s.conclusion) for s in sections) + len(instances)
    found = structure.tagged(document, "LI")
    assert len(found) == expected > 200
    assert all([structure.tag(part) for part in structure.children(item)] == ["Lbl", "LBody"] for item in found)


def test_the_scheme_has_a_short_alternative_and_its_lists_follow(document: pikepdf.Pdf) -> None:
    (figure,) = structure.tagged(document, "Figure")
    assert str(figure.Alt) == "Schéma dessiné. Les listes qui suivent disent tout ce qu’il montre."
    after = list(structure.elements(document.Root.StructTreeRoot))
    after = after[after.index(figure) :]
    columns = [i for i, e in enumerate(after) if structure.tag(e) == "H3"][:4]
    assert [str(after[i].T) for i in columns] == ["ÉTAT", "COLLECTIVITÉS", "CONSEILS CITOYENS", "COPILOTAGE"]
    assert all("L" in [structure.tag(e) for e in after[i + 1 : i + 3]] for i in columns)


def test_the_only_note_is_a_note(document: pikepdf.Pdf) -> None:
    assert len(structure.tagged(document, "Note")) == 1


# Signatures


def test_each_party_has_a_field_in_the_order_of_signature(document: pikepdf.Pdf, ours: Publication) -> None:
    fields = list(document.Root.AcroForm.Fields)
    assert [str(f.T) for f in fields] == [f"signature-{bloc.acteur}" for bloc in signatures(ours.document)]
    assert len(fields) == 19
    names = [str(f.TU) for f in fields]
    assert names[:2] == [
        "Signature de Bernard SCHMELTZ pour l'État",
        "Signature de François REBSAMEN pour Dijon métropole",
    ]
    assert names[4] == "Signature de François REBSAMEN pour la commune de Dijon"
    assert names[8] == "Signature d’Eric MATHAIS pour le Ministère de la justice"
    assert len(set(names)) == 19
    assert all((str(f.FT), str(f.Subtype), int(f.F)) == ("/Sig", "/Widget", 4) for f in fields)
    assert all("/V" not in f for f in fields)


def test_each_field_stands_on_a_page_and_in_the_structure(document: pikepdf.Pdf) -> None:
    fields = list(document.Root.AcroForm.Fields)
    on_pages = [annotation for page in document.pages for annotation in page.get("/Annots", [])]
    read = [structure.children(form) for form in structure.tagged(document, "Form")]
    assert [[content.Obj for content in contents] for contents in read] == [[f] for f in fields]
    for f in fields:
        left, bottom, right, top = map(float, f.Rect)
        assert f in on_pages
        assert right - left > 100
        assert top - bottom > 60
        assert f in list(f.P.Annots)
        assert f.P.Tabs == "/S"


def test_fields_do_not_overlap(document: pikepdf.Pdf) -> None:
    boxes = [(f.P.objgen, [float(side) for side in f.Rect]) for f in document.Root.AcroForm.Fields]
    for i, (page, (left, bottom, right, top)) in enumerate(boxes):
        for other, (x0, y0, x1, y1) in boxes[i + 1 :]:
            assert page != other or right <= x0 or x1 <= left or top <= y0 or y1 <= bottom


NAMES = {
    ("Pour la CAF,", "François Untel"): "Signature de François Untel pour la CAF",
    ("Pour l’État,", "Élise Untel"): "Signature d’Élise Untel pour l’État",
    ("", "Untel"): "Signature d’Untel",
}


@pytest.mark.parametrize(("words", "name"), NAMES.items(), ids=NAMES.values())
def test_a_field_is_named_with_the_words_of_its_block(words: tuple[str, str], name: str) -> None:
    pour, nom = words
    assert field_name(BlocSignature("a", pour, "le Maire,", nom)) == name


def test_on_paper_there_are_no_fields(ours: Publication, pdf: bytes) -> None:
    paper = render_pdf(changed_to(ours, sur_papier=True))
    with structure.opened(paper) as document:
        assert "/AcroForm" not in document.Root
        assert structure.tagged(document, "Form") == []
        assert b"signature:" not in document.Root.unparse(resolved=True)
    without = [tag for tag in structure.skeleton(pdf) if tag != "Form"]
    assert structure.skeleton(paper) == without


def test_without_parties_there_are_no_fields() -> None:
    held = changed_to(publication().protocole, parties=())
    with structure.opened(render_pdf(publication(protocole=held))) as document:
        assert "/AcroForm" not in document.Root


# What is attached


def test_the_data_is_attached_as_it_is(document: pikepdf.Pdf, ours: Publication) -> None:
    expected = {f.rpartition("/")[2]: (CHECKOUT / f).read_bytes() for f in ours.fichiers}
    attached = {name: spec.get_file().read_bytes() for name, spec in document.attachments.items()}
    assert {name: content for name, content in attached.items() if name != "manifeste.json"} == expected
    relations = {name: str(spec.obj.AFRelationship) for name, spec in document.attachments.items()}
    assert relations == dict.fromkeys(expected, "/Source") | {"manifeste.json": "/Data"}
    assert len(document.Root.AF) == len(attached)


def test_the_manifest_identifies_the_document(document: pikepdf.Pdf, ours: Publication) -> None:
    manifest = json.loads(document.attachments["manifeste.json"].get_file().read_bytes())
    files = manifest.pop("fichiers")
    assert re.fullmatch("[0-9a-f]{64}", manifest.pop("empreinte_donnees"))
    assert manifest == {
        "format": 1,
        "titre": "PROTOCOLE D’ENGAGEMENTS RÉCIPROQUES ET RENFORCÉS 2019 - 2022",
        "projet": False,
        "version": {"commit": "0123456789abcdef", "date": "2020-02-28T23:59:59+00:00", "modifiee": False},
        "empreinte_texte": "abc",
        "outils": {name: installed(package) for name, package in (("protocole", "protocole-cli"), ("typst", "typst"), ("pikepdf", "pikepdf"))},
    }  # fmt: skip
    assert [f["chemin"] for f in files] == list(ours.fichiers)
    for f in files:
        assert f["sha256"] == hashlib.sha256(document.attachments[f["nom"]].get_file().read_bytes()).hexdigest()


def test_nothing_is_attached_where_one_says_so(ours: Publication, pdf: bytes) -> None:
    bare = render_pdf(changed_to(ours, pieces_jointes=False))
    with structure.opened(bare) as document:
        assert (dict(document.attachments), "/AF" in document.Root) == ({}, False)
    assert structure.skeleton(bare) == structure.skeleton(pdf)


# One structure for all forms


def test_a_new_article_and_a_new_rubrique_appear_by_themselves(depot: Path) -> None:
    replace(
        depot, "data/fiches/fiche-01.yaml", "resultats:\n",
        "autres_rubriques:\n  - {intitule: Points de vigilance, apres: resultats, texte: Aucun.}\nresultats:\n",
    )  # fmt: skip
    replace(
        depot, "data/protocole.yaml", "annexes:\n",
        "  - numero: 6\n    titre: Révision\n    texte: Chaque année.\nannexes:\n",
    )  # fmt: skip
    pdf = render_pdf(publication(depot))
    assert (1, "Article 6 – Révision") in structure.bookmarks(pdf)
    with structure.opened(pdf) as document:
        assert len(structure.children(structure.tagged(document, "Table")[0])) == 12


def test_a_note_called_twice_is_printed_once(depot: Path) -> None:
    replace(depot, "data/protocole.yaml", "Ce périmètre reste inchangé.\n", "Ce périmètre[^1] reste[^1].\n\n      [^1]: note\n")  # fmt: skip
    with structure.opened(render_pdf(publication(depot))) as document:
        assert len(structure.tagged(document, "Note")) == 2


def test_what_is_missing_leaves_the_rest_standing(tmp_path: Path) -> None:
    pdf = render_pdf(publication(tmp_path, projet=True))
    assert [title for _, title in structure.headings(pdf)] == ["Sommaire", "Signatures"]


# Hostile data

HOSTILE = '#panic("x") $a_b$ *c* _d_ <e> @f [g] // h\\ `i` https://j.fr = k ~ -- \u202el'
HARMLESS = "zyzzyva"


def marked(document: Document, mark: str) -> Document:
    """Return a document with a mark in each text of its tree, which no Markdown reads any more."""
    for path, _ in list(texts(document)):
        if field(path).rpartition(".")[2] in ("texte", "titre", "pour", "qualite", "nom", "edition"):
            document = changed(document, path, lambda text: f"{text} {mark}" if text else text)
    return document


def test_hostile_data_is_text(ours: Publication) -> None:
    """Word for word: the same elements as with a harmless word, and the headings say the hostile one."""
    hostile, harmless = (
        render_pdf(changed_to(ours, document=marked(ours.document, mark))) for mark in (HOSTILE, HARMLESS)
    )
    assert structure.skeleton(hostile) == structure.skeleton(harmless)
    shown = HOSTILE.replace("\u202e", "‹U+202E›")
    with_word = [title.replace(HARMLESS, shown) for _, title in structure.headings(harmless)]
    assert [title for _, title in structure.headings(hostile)] == with_word
    assert sum(shown in title for title in with_word) > 30


# What the engine is kept from


@pytest.fixture
def exporter(depot: Path, lancer: Lancer, monkeypatch: pytest.MonkeyPatch) -> Exporter:
    """Run `protocole export --format pdf` in the copy of our data."""
    monkeypatch.chdir(depot)
    return lambda *arguments: lancer("export", "--format", "pdf", *arguments)


def own_template(depot: Path, content: str, name: str = "document.typ") -> None:
    (depot / "templates").mkdir(exist_ok=True)
    (depot / "templates" / name).write_text(content, encoding="utf-8")


def program_template(name: str = "document.typ") -> str:
    return read_resource("templates", name)


HEAD = '#set document(title: "a")\n#set text(lang: "fr")\n= A\n'
REFUSED = {
    "a package": ('#import "@preview/cetz:0.3.0"', "4:9", "les paquets et le réseau sont refusés."),
    "a package of the machine": ('#import "@local/cetz:0.3.0"', "4:9", "les paquets et le réseau sont refusés."),
    "a package by another name": ('#let nom = "@preview/" + "cetz:0.3.0"\n#import nom', "5:9", "le réseau sont refusés."),
    "a file of the data": ('#read("../data/acteurs.yaml")', "4:7", "hors du dossier templates."),
    "a file of the machine": ('#read("/etc/passwd")', "4:7", "un fichier qui n’existe pas dans le dossier templates, ou qui"),
    "a name that is none": ("#inconnu", "4:2", "un nom qui n’existe pas : « inconnu »."),
    "a value that is none": ('#json("donnees.json").inconnu', "4:2", "un nom qui n’existe pas : « inconnu »."),
    "a fault of writing": ("#let", "4:5", "le gabarit est mal écrit"),
    "a bracket that is open": ("#text[", "4:6", "le gabarit est mal écrit"),
    "a loop without end": ("#while true {}", "4:8", "le gabarit est sans fin."),
    "a function without end": ("#let f() = f()\n#f()", "4:12", "le gabarit est sans fin."),
    "a heading of the third level": ("=== B", "4:1", "les normes PDF/A et PDF/UA refusent."),
    "a panic": ('#panic("x")', "4:2", "ne peut pas être composé."),
    "a face that is none": ('#text(font: "Inconnue")[a]', "4:", "la police « inconnue » n’existe pas."),
}  # fmt: skip


@pytest.mark.parametrize(("content", "place", "said"), REFUSED.values(), ids=REFUSED)
def test_a_faulty_template_is_said(depot: Path, exporter: Exporter, content: str, place: str, said: str) -> None:
    own_template(depot, HEAD + content + "\n")
    answer = exporter()
    assert (answer.code, answer.stdout) == (1, "")
    assert answer.stderr.startswith(f"protocole : templates/document.typ:{place}")
    assert said in answer.stderr
    assert len(answer.stderr.splitlines()) == 1
    assert not (depot / "build").exists()


def test_no_package_is_fetched(depot: Path, exporter: Exporter, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even through a proxy that the environment names: here, a listener to which nobody comes."""
    own_template(depot, HEAD + '#import "@preview/cetz:0.3.0"\n')
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0)
        for name in ("http_proxy", "https_proxy", "all_proxy"):
            for variable in (name, name.upper()):
                monkeypatch.setenv(variable, f"http://127.0.0.1:{listener.getsockname()[1]}")
        before = dict(os.environ)
        assert exporter().code == 1
        with pytest.raises(BlockingIOError):
            listener.accept()
        assert dict(os.environ) == before


def test_a_link_that_leads_outside_is_refused(depot: Path, exporter: Exporter) -> None:
    (depot.parent / "secret.txt").write_text("secret", encoding="utf-8")
    own_template(depot, HEAD + '#read("secret.txt")\n')
    (depot / "templates/secret.txt").symlink_to(depot.parent / "secret.txt")
    answer = exporter()
    assert answer.code == 1
    assert answer.stderr.startswith("protocole : templates/secret.txt:1:1: ce lien mène hors du dossier templates")


def test_a_template_of_the_repository_wins(depot: Path, exporter: Exporter) -> None:
    own_template(depot, HEAD + '#include "mots.typ"\n#set page(paper: "a5")\n')
    own_template(depot, "== B\n", "mots.typ")
    assert exporter("--pour-papier").code == 0
    assert structure.headings((depot / "build/protocole.pdf").read_bytes()) == [(1, "A"), (2, "B")]


def test_a_repository_may_hold_fonts_and_pictures(depot: Path, exporter: Exporter) -> None:
    """As a copy of the program's own templates does: the engine takes texts alone from memory."""
    shutil.copytree(resource_folder("templates"), depot / "templates")
    (depot / "templates/logo.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    assert exporter("--pour-papier").code == 0


@pytest.mark.parametrize("name", ["document.typ", "jetons.toml"])
def test_a_template_that_is_no_text_is_said(depot: Path, exporter: Exporter, name: str) -> None:
    (depot / "templates").mkdir()
    (depot / "templates" / name).write_bytes("// déjà".encode("latin-1"))
    answer = exporter()
    assert answer.code == 1
    assert answer.stderr.startswith(f"protocole : templates/{name}:1:1: ce gabarit n’est pas enregistré en UTF-8.")


def test_a_template_cannot_leave_the_data_out(depot: Path, exporter: Exporter) -> None:
    own_template(depot, HEAD)
    assert exporter("--pour-papier").code == 0
    with pikepdf.open(depot / "build/protocole.pdf") as document:
        assert len(document.attachments) == 17


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (HEAD, "le gabarit ne place pas la signature de « etat »."),
        (HEAD + '#link("signature:etat")[a] #link("signature:etat")[b]', "la signature de « etat » une fois de trop."),
        (HEAD + '#link("signature:inconnu")[a]', "la signature de « inconnu » une fois de trop."),
    ],
)
def test_a_template_places_each_signature_once(depot: Path, exporter: Exporter, content: str, said: str) -> None:
    own_template(depot, content)
    answer = exporter()
    assert answer.code == 1
    assert said in answer.stderr


# The tokens


def test_a_territory_writes_only_the_tokens_that_it_changes(depot: Path, exporter: Exporter) -> None:
    own_template(depot, '[clair]\naccent = "#0a7d32"\n\n[imprime]\naccent = "#0a7d32"\n', "jetons.toml")
    assert exporter("--format", "html", "--format", "docx", "--pour-papier").code == 0
    assert "--accent: #0a7d32" in (depot / "build/protocole.html").read_text(encoding="utf-8")


def test_one_set_of_tokens_styles_the_page_and_the_pdf(depot: Path, lancer: Lancer) -> None:
    def styled() -> tuple[str, bytes]:
        command = (
            "--dossier",
            depot,
            "export",
            "--format",
            "html",
            "--format",
            "pdf",
            "-o",
            f"{depot / 'ici'}{os.sep}",
        )
        assert lancer(*command).code == 0
        with pikepdf.open(depot / "ici/protocole.pdf") as document:
            content = document.pages[0].Contents.read_bytes()
        return (depot / "ici/protocole.html").read_text(encoding="utf-8"), content

    page, cover = styled()
    assert "#00ff00" not in page
    assert not re.search(rb"\b0 1 0 (?:rg|scn?)\b", cover, re.IGNORECASE)
    own_template(depot, re.sub(r'accent = ".*?"', 'accent = "#00ff00"', program_template("jetons.toml")), "jetons.toml")
    page, cover = styled()
    assert page.count("--accent: #00ff00;") == 3
    assert re.search(rb"\b0 1 0 (?:rg|scn?)\b", cover, re.IGNORECASE)


def test_tokens_that_cannot_be_read_are_said(depot: Path, lancer: Lancer, exporter: Exporter) -> None:
    own_template(depot, "[clair]\naccent = vert\n", "jetons.toml")
    answer = lancer("--dossier", depot, "export", "-o", "-")
    assert answer.code == 1
    assert answer.stderr == (
        'protocole : templates/jetons.toml:2:1: cette ligne ne se lit pas ; écrivez par exemple : accent = "#1f4e79"\n'
    )
    answer = exporter()
    assert answer.code == 1
    assert answer.stderr.startswith("protocole : templates/")


def contrast(ink: str, paper: str) -> float:
    """Return the contrast of two colours, from 1 to 21, as WCAG 2 defines it."""

    def luminance(colour: str) -> float:
        digits = colour.lstrip("#")
        pairs = [d * 2 for d in digits] if len(digits) == 3 else [digits[i : i + 2] for i in (0, 2, 4)]
        parts = [int(p, 16) / 255 for p in pairs]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    light, dark = sorted((luminance(ink), luminance(paper)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("palette", ["clair", "sombre", "imprime"])
def test_text_stands_out_from_what_is_behind_it(palette: str) -> None:
    colours = tomllib.loads(program_template("jetons.toml"))[palette]
    for ink in ("encre", "encre-douce", "accent", "alerte"):
        for behind in ("papier", "fond"):
            assert contrast(colours[ink], colours[behind]) >= 4.5, (ink, behind)


# Signs that no face has


def test_signs_that_cannot_be_printed_are_all_said(depot: Path, exporter: Exporter) -> None:
    line = replace(depot, "data/fiches/fiche-05.yaml", "Renforcer l’accès", "😀 Renforcer 漢 l’accès")
    replace(depot, "data/protocole.yaml", "Ce périmètre reste", "Ce périmètre \ue000 reste")
    answer = exporter("--format", "html")
    assert (answer.code, answer.stdout) == (1, "")
    first, *_ = answer.stderr.splitlines()
    assert re.match(
        rf"data/fiches/fiche-05\.yaml:{line}:\d+: Le caractère « 😀 » \(U\+1F600\) n’existe dans aucune police du PDF\. "
        r"Remplacez-le par des mots, ou ajoutez une police dans templates/polices\.",
        first,
    )
    assert set(re.findall(r"U\+[0-9A-F]+", answer.stderr)) >= {"U+1F600", "U+6F22"}
    assert not (depot / "build").exists()


def nested(levels: int, margin: str) -> str:
    return "".join(f"{margin}{'  ' * level}- niveau\n" for level in range(levels))


def test_lists_may_be_in_lists(depot: Path, exporter: Exporter) -> None:
    replace(depot, "data/fiches/fiche-01.yaml", "public: |\n", f"public: |\n{nested(12, '  ')}\n")
    assert exporter().code == 0


def test_lists_too_deep_in_lists_are_said(depot: Path, exporter: Exporter) -> None:
    replace(depot, "data/fiches/fiche-01.yaml", "public: |\n", f"public: |\n{nested(40, '  ')}\n")
    answer = exporter()
    assert answer == (
        1,
        "",
        "ANNEXES – Annexe 2 – Fiche 1 – Public concerné : une liste va sur 40 niveaux ; le PDF en imprime 12 au plus. "
        "Donnez-lui moins de niveaux.\n",
    )


# Where it goes


def test_it_goes_into_build(depot: Path, exporter: Exporter) -> None:
    assert exporter() == (0, "", "Document écrit : build/protocole.pdf\n")
    assert (depot / "build/protocole.pdf").read_bytes().startswith(b"%PDF-1.7")


def test_on_a_pipe_it_is_the_same_bytes(depot: Path) -> None:
    answer = piped("--dossier", depot, "export", "--format", "pdf", "-o", "-")
    assert (answer.returncode, answer.stderr) == (0, b"")
    assert piped("--dossier", depot, "export", "--format", "pdf", "-o", depot / "a.pdf").returncode == 0
    assert answer.stdout == (depot / "a.pdf").read_bytes()


def test_it_is_not_poured_into_a_terminal(depot: Path) -> None:
    said = on_terminal("--dossier", depot, "export", "--format", "pdf", "-o", "-", columns=120)
    assert said == (
        "protocole : Un PDF ne se lit pas dans un terminal : donnez un fichier à -o.\nAide : protocole export --help\n"
    )


@pytest.mark.parametrize("option", ["--pour-papier", "--sans-fichiers-joints"])
def test_its_options_are_for_it_alone(depot: Path, lancer: Lancer, option: str) -> None:
    answer = lancer("--dossier", depot, "export", option)
    assert answer.code == 2
    assert f"{option} ne concerne que le PDF : ajoutez --format pdf." in answer.stderr


@pytest.mark.parametrize(
    "arguments", [(), ("-o", "a.pdf"), ("-o", "-"), ("--format", "html"), ("--format", "md", "-o", "ici/")]
)
@pytest.mark.parametrize("module", ["typst", "pikepdf"])
def test_without_the_extra_one_sentence_says_how_to_install_it(
    depot: Path, exporter: Exporter, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], module: str
) -> None:
    before = sorted(depot.rglob("*"))
    extra = document_formats.Extra("pdf", ("msgspec", f"{module}_absent"))
    monkeypatch.setitem(document_formats.EXTRAS, "pdf", extra)
    answer = exporter(*arguments)
    assert answer == (
        2,
        "",
        'protocole : Le format pdf demande une installation de plus : pip install "protocole-cli[pdf]"\n',
    )
    assert sorted(depot.rglob("*")) == before


def test_the_extra_names_what_it_installs() -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pinned = dict(line.split("==") for line in project["optional-dependencies"]["pdf"])
    assert tuple(pinned) == document_formats.EXTRAS["pdf"].modules
    assert {name: installed(name) for name in pinned} == pinned


# A project


def test_a_project_says_so_and_cannot_be_signed(ours: Publication) -> None:
    project = publication(projet=True)
    with structure.opened(render_pdf(project)) as document:
        manifest = json.loads(document.attachments["manifeste.json"].get_file().read_bytes())
        assert "/AcroForm" not in document.Root
    assert manifest["projet"] is True
    assert asdict(project.document) == asdict(ours.document) | {"projet": True}


# Same commit, same bytes

SURROUNDINGS = {
    "the locale of C, east": {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1"},
    "a French locale, west": {"LC_ALL": "fr_FR.ISO-8859-1", "TZ": "Etc/GMT+12", "PYTHONHASHSEED": "4294967295"},
    "one thread": {"RAYON_NUM_THREADS": "1", "COLUMNS": "20"},
}  # fmt: skip


def exported(racine: Path, **environment: str) -> bytes:
    target = Path(tempfile.mkdtemp(dir=racine.parent)) / "a.pdf"
    answer = piped("--dossier", racine, "export", "--format", "pdf", "-o", target, **environment)
    assert (answer.returncode, answer.stdout) == (0, b"")
    return target.read_bytes()


def test_surroundings_and_folders_do_not_count(depot: Path, tmp_path: Path) -> None:
    committed(depot)
    clone = tmp_path / "un autre dossier" / "clone"
    git(tmp_path, "clone", "--quiet", str(depot), str(clone))
    expected = exported(depot)
    assert exported(clone) == expected
    found = {name: exported(depot, **environment) for name, environment in SURROUNDINGS.items()}
    assert {name for name, bytes_ in found.items() if bytes_ != expected} == set()

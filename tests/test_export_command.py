"""`protocole export`: where the document goes, when it is refused, and that the same data gives the same bytes."""

import errno
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import docx
import pytest

from conftest import CHECKOUT, Lancer, Reponse, replace
from programs import committed, git, into_closed_pipe, piped
from protocole_cli.resources import read_resource

Exporter = Callable[..., Reponse]
MAUVAISES_ENTREES = CHECKOUT / "tests/mauvaises-entrees"
MARK = "PROJET – ne pas signer"


@pytest.fixture
def exporter(depot: Path, lancer: Lancer, monkeypatch: pytest.MonkeyPatch) -> Exporter:
    """Run `protocole export` in the copy of our data."""
    monkeypatch.chdir(depot)
    return lambda *arguments: lancer("export", *arguments)


def files(folder: Path) -> set[str]:
    """Return what stands in a folder beside the data and git's own files, hidden or not."""
    found = (f.relative_to(folder) for f in folder.rglob("*") if f.is_file())
    return {f.as_posix() for f in found if f.parts[0] not in ("data", ".git", "templates")}


def break_data(depot: Path) -> None:
    replace(depot, "data/fiches/fiche-05.yaml", "acteurs: [etat, ", "acteurs: [inconnu, ")


@pytest.mark.parametrize("forme", ["md", "html", "pdf", "docx"])
def test_a_project_says_which_files_it_lacks(depot: Path, exporter: Exporter, forme: str) -> None:
    for name in ("fiche-03", "fiche-04"):
        (depot / f"data/fiches/{name}.yaml").write_text("numero: [", encoding="utf-8")
    answer = exporter("--projet", "--format", forme)
    assert answer.code == 0
    assert (
        "data/fiches/fiche-03.yaml et data/fiches/fiche-04.yaml sont en défaut ; il manque à ce projet" in answer.stderr
    )
    document = depot / f"build/protocole.{forme}"
    if forme != "pdf":  # of which test_pdf_conformance reads the words
        words = docx_words(document) if forme == "docx" else document.read_text(encoding="utf-8")
        assert INCOMPLET in " ".join(words.split())


INCOMPLET = (
    "Ce document est incomplet : data/fiches/fiche-03.yaml et data/fiches/fiche-04.yaml sont en défaut, et il y manque "
    "ce qui n’a pas pu être lu."
)


def docx_words(document: Path) -> str:
    return " ".join(paragraph.text for paragraph in docx.Document(str(document)).paragraphs)


# Where it goes


def test_by_default_one_page_in_build(depot: Path, exporter: Exporter) -> None:
    assert exporter() == (0, "", "Document écrit : build/protocole.html\n")
    assert files(depot) == {"build/protocole.html"}
    assert (depot / "build/protocole.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_two_formats_at_once(depot: Path, exporter: Exporter) -> None:
    answer = exporter("--format", "html", "--format", "md", "--format", "html")
    assert answer == (0, "", "Document écrit : build/protocole.html\nDocument écrit : build/protocole.md\n")
    assert files(depot) == {"build/protocole.html", "build/protocole.md"}
    assert (depot / "build/protocole.md").read_text(encoding="utf-8").startswith("# PROTOCOLE D’ENGAGEMENTS")


def test_from_another_folder_it_goes_below_the_root(
    depot: Path, lancer: Lancer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    answer = lancer("--dossier", depot, "export")
    assert (answer.code, files(depot)) == (0, {"build/protocole.html"})
    assert "depot/build/protocole.html" in answer.stderr
    monkeypatch.chdir(depot / "data/fiches")
    assert lancer("export", "--format", "md").code == 0
    assert files(depot) == {"build/protocole.html", "build/protocole.md"}


TARGETS = {
    "a file": (["-o", "texte.html"], {"texte.html"}),
    "a file in new folders": (["-o", "a/b/texte.html"], {"a/b/texte.html"}),
    "a file of another format": (["--format", "md", "-o", "texte.md"], {"texte.md"}),
    "a folder": (["-o", "data/../ici"], {"ici/protocole.html"}),
    "a folder to be": (["-o", "nouveau/"], {"nouveau/protocole.html"}),
    "two formats in a folder": (["--format", "html", "--format", "md", "-o", "ici"], {"ici/protocole.html", "ici/protocole.md"}),
    "the long option": (["--sortie", "texte.html"], {"texte.html"}),
}  # fmt: skip


@pytest.mark.parametrize(("arguments", "written"), TARGETS.values(), ids=TARGETS)
def test_output_goes_where_it_is_sent(depot: Path, exporter: Exporter, arguments: list[str], written: set[str]) -> None:
    (depot / "ici").mkdir()
    assert exporter(*arguments).code == 0
    assert files(depot) == written


def test_a_dash_is_standard_output(depot: Path, exporter: Exporter) -> None:
    answer = exporter("--format", "md", "-o", "-")
    assert (answer.code, answer.stderr) == (0, "")
    assert answer.stdout.startswith("# PROTOCOLE D’ENGAGEMENTS")
    assert files(depot) == set()


@pytest.mark.parametrize("target", ["-", "texte.html"])
def test_two_formats_do_not_go_into_one_file(depot: Path, exporter: Exporter, target: str) -> None:
    answer = exporter("--format", "html", "--format", "md", "-o", target)
    assert (answer.code, answer.stdout) == (2, "")
    assert "Deux formats ne peuvent pas aller dans un seul fichier : donnez un dossier à -o." in answer.stderr
    assert files(depot) == set()


@pytest.mark.parametrize(
    "target", ["data/protocole.yaml", "data", "data/fiches/", "lien/page.html", "data/nouveau/page.html"]
)
@pytest.mark.parametrize("forme", ["html", "csv", "json"])
def test_nothing_is_written_among_the_data(depot: Path, exporter: Exporter, target: str, forme: str) -> None:
    (depot / "lien").symlink_to(depot / "data/fiches")
    before = {path: path.read_bytes() for path in (depot / "data").rglob("*.yaml")}
    answer = exporter("--format", forme, "-o", target)
    assert (answer.code, answer.stdout) == (2, "")
    assert "donne" in answer.stderr
    assert files(depot) == set()
    assert {path: path.read_bytes() for path in (depot / "data").rglob("*") if path.is_file()} == before


def test_a_place_among_the_data_is_named(exporter: Exporter) -> None:
    assert (
        "« data/protocole.yaml » est parmi les données du protocole, que l’export n’écrase pas"
        in exporter("-o", "data/protocole.yaml").stderr
    )


@pytest.mark.parametrize(
    ("forme", "target", "said"),
    [
        ("html", "page.md", "« page.md » dit le format md, et recevrait du html : ajoutez --format md, ou donnez à -o un nom en .html"),
        ("md", "a/Page.HTML", "« a/Page.HTML » dit le format html, et recevrait du md"),
        ("json", "donnees.csv", "« donnees.csv » dit le format csv, et recevrait du json"),
    ],
)  # fmt: skip
def test_a_file_has_the_format_that_its_name_says(
    depot: Path, exporter: Exporter, forme: str, target: str, said: str
) -> None:
    answer = exporter("--format", forme, "-o", target)
    assert (answer.code, answer.stdout) == (2, "")
    assert said in answer.stderr
    assert files(depot) == set()


def test_an_unknown_format_is_a_fault_of_the_call(depot: Path, exporter: Exporter) -> None:
    answer = exporter("--format", "htm")
    assert answer.code == 2
    assert "« htm » n’est pas admis par --format. Vouliez-vous dire « html » ?" in answer.stderr
    assert files(depot) == set()


def test_a_file_keeps_its_permissions(depot: Path, exporter: Exporter) -> None:
    exporter()
    page = depot / "build/protocole.html"
    mask = os.umask(0)
    os.umask(mask)
    assert page.stat().st_mode & 0o777 == 0o666 & ~mask
    page.chmod(0o640)
    exporter()
    assert page.stat().st_mode & 0o777 == 0o640


def test_a_link_is_followed(depot: Path, exporter: Exporter, tmp_path: Path) -> None:
    (tmp_path / "ailleurs.html").write_text("ancien", encoding="utf-8")
    (depot / "texte.html").symlink_to(tmp_path / "ailleurs.html")
    assert exporter("-o", "texte.html").code == 0
    assert (depot / "texte.html").is_symlink()
    assert "</html>" in (tmp_path / "ailleurs.html").read_text(encoding="utf-8")


# When the data is at fault


def test_errors_refuse_the_document(depot: Path, exporter: Exporter) -> None:
    exporter()
    before = (depot / "build/protocole.html").read_bytes()
    break_data(depot)
    answer = exporter("--format", "html", "--format", "md")
    assert (answer.code, answer.stdout) == (1, "")
    diagnostic, summary = answer.stderr.splitlines()
    assert re.match(r"data/fiches/fiche-05\.yaml:\d+:\d+: erreur \[acteur-inconnu\] .*« inconnu »", diagnostic)
    assert re.match(r"1 erreur, [1-9]\d* avertissements dans \d+ fichiers\. ", summary)
    assert summary.endswith(
        "Le document n’est pas produit : corrigez les erreurs, ou demandez un projet, non signable : protocole export --projet"
    )
    assert files(depot) == {"build/protocole.html"}
    assert (depot / "build/protocole.html").read_bytes() == before


def test_warnings_do_not(exporter: Exporter) -> None:
    assert exporter("-o", "-").code == 0


def test_an_admission_of_too_many_warnings_refuses_it(depot: Path, exporter: Exporter) -> None:
    vague = MAUVAISES_ENTREES / "admission-trop-vague/data/avertissements-admis.yaml"
    shutil.copy(vague, depot / "data")
    answer = exporter()
    assert (answer.code, files(depot)) == (1, set())
    assert "erreur [admission-impossible] Les mots « du » désignent" in answer.stderr


def test_a_file_that_cannot_be_read_refuses_it_too(depot: Path, exporter: Exporter) -> None:
    (depot / "data/parties.yaml").unlink()
    answer = exporter("-o", "-")
    assert (answer.code, answer.stdout) == (1, "")
    assert answer.stderr.startswith("data/parties.yaml:1:1: erreur [fichier-illisible] Ce fichier manque.")


@pytest.mark.parametrize("forme", ["html", "md"])
def test_a_project_is_marked(exporter: Exporter, forme: str) -> None:
    project, document = (exporter("--format", forme, "-o", "-", *options).stdout for options in (["--projet"], []))
    body = project.partition("</head>")[2] or project
    assert MARK in body
    assert body.index(MARK) < body.index("RÉCIPROQUES")
    assert MARK not in document


def test_the_mark_is_on_every_printed_page(exporter: Exporter) -> None:
    page = exporter("-o", "-", "--projet").stdout
    assert re.search(rf'@bottom-left {{ content: "{MARK}', page)
    assert "projet</title>" in page


@pytest.mark.parametrize("forme", ["html", "md"])
def test_a_project_may_have_errors(depot: Path, exporter: Exporter, forme: str) -> None:
    break_data(depot)
    (depot / "data/fiches/fiche-06.yaml").write_text("numero: [", encoding="utf-8")
    answer = exporter("--format", forme, "-o", "-", "--projet")
    assert answer.code == 0
    assert MARK in answer.stdout
    assert "Fiche 6 – " not in re.sub(r"<[^>]*>", "", answer.stdout)
    assert answer.stderr == (
        "protocole : le fichier data/fiches/fiche-06.yaml est en défaut ; il manque à ce projet ce qui n’a pas pu être lu. "
        "Voyez : protocole validate\n"
        "Les données contiennent des erreurs (voyez : protocole validate) : ce projet n’est pas à signer.\n"
    )


# Same commit, same bytes


@pytest.fixture
def signed(depot: Path) -> Path:
    """The copy of our data as a git repository, all committed on the first of March 2020."""
    committed(depot)
    return depot


def page(racine: Path, cwd: Path | None = None, environment: Mapping[str, str] | None = None) -> bytes:
    """Return the document in both formats, as the program writes it from a folder, in an environment."""
    target = Path(tempfile.mkdtemp(dir=racine.parent))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(cwd or racine)
        command = ("--dossier", racine, "export", "--format", "html", "--format", "md", "-o", target)
        answer = piped(*command, **(environment or {}))
    assert (answer.returncode, answer.stdout) == (0, b"")
    return b"".join((target / f"protocole.{forme}").read_bytes() for forme in ("html", "md"))


SURROUNDINGS = {
    "the locale of C": {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0"},
    "a French locale": {"LC_ALL": "fr_FR.ISO-8859-1", "LANG": "fr_FR"},
    "east": {"TZ": "Pacific/Kiritimati"},
    "west": {"TZ": "Etc/GMT+12"},
    "one order of hashes": {"PYTHONHASHSEED": "1"},
    "another": {"PYTHONHASHSEED": "4294967295"},
    "a narrow terminal": {"COLUMNS": "20", "TERM": "xterm-256color", "NO_COLOR": ""},
}


def test_surroundings_do_not_count(signed: Path) -> None:
    expected = page(signed)
    pages = {name: page(signed, environment=environment) for name, environment in SURROUNDINGS.items()}
    assert {name for name, found in pages.items() if found != expected} == set()


def test_the_folder_does_not_count(signed: Path, tmp_path: Path) -> None:
    assert page(signed, cwd=tmp_path) == page(signed) == page(signed, cwd=signed / "data")


def test_a_clone_gives_the_same(signed: Path, tmp_path: Path) -> None:
    clone = tmp_path / "un autre dossier" / "clone"
    git(tmp_path, "clone", "--quiet", str(signed), str(clone))
    os.utime(clone / "data/protocole.yaml", (0, 0))
    assert page(clone) == page(signed)


def stamp(exporter: Exporter) -> str:
    """Return the last line of the Markdown."""
    answer = exporter("--format", "md", "-o", "-")
    assert answer.code == 0
    return answer.stdout.splitlines()[-1]


EDITE = "Édité le 1er mars 2020 (date de la version, ni date de signature ni date d’effet)"


def test_the_stamp_names_the_commit(depot: Path, exporter: Exporter) -> None:
    commit = committed(depot)
    assert re.fullmatch(
        rf"{re.escape(EDITE)} · version {commit[:10]} · empreinte du texte : [0-9a-f]{{64}}", stamp(exporter)
    )


def test_the_day_is_that_of_universal_time(depot: Path, exporter: Exporter) -> None:
    committed(depot, date="2020-02-29T23:30:00 -0100")
    assert stamp(exporter).startswith("Édité le 1er mars 2020 ")


def test_without_git_it_is_not_dated(
    signed: Path, exporter: Exporter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert signed.is_dir()
    monkeypatch.setenv("PATH", str(tmp_path))
    assert stamp(exporter).startswith("Édition non datée · version non enregistrée · empreinte du texte : ")


def test_outside_of_git_it_is_not_dated(exporter: Exporter) -> None:
    assert stamp(exporter).startswith("Édition non datée · version non enregistrée · ")


def test_before_the_first_commit_it_is_not_dated(depot: Path, exporter: Exporter) -> None:
    git(depot, "init", "--quiet")
    assert stamp(exporter).startswith("Édition non datée · version non enregistrée · ")


def test_a_change_of_the_data_since_the_commit_is_said(depot: Path, exporter: Exporter) -> None:
    commit = committed(depot)
    before = stamp(exporter)
    replace(depot, "data/fiches/fiche-05.yaml", "Renforcer l’accès", "Faciliter l’accès")
    after = stamp(exporter)
    assert f" · version {commit[:10]}, modifiée depuis · " in after
    assert after.rpartition(" ")[2] != before.rpartition(" ")[2]


def test_a_new_file_in_the_data_is_a_change(depot: Path, exporter: Exporter) -> None:
    committed(depot)
    tenth = (depot / "data/fiches/fiche-10.yaml").read_text(encoding="utf-8")
    (depot / "data/fiches/fiche-11.yaml").write_text(tenth.replace("numero: 10", "numero: 11"), encoding="utf-8")
    assert ", modifiée depuis · " in stamp(exporter)


def test_a_change_elsewhere_is_none(depot: Path, exporter: Exporter) -> None:
    (depot / "LISEZMOI").write_text("a", encoding="utf-8")
    committed(depot)
    before = stamp(exporter)
    (depot / "LISEZMOI").write_text("b", encoding="utf-8")
    exporter()
    assert stamp(exporter) == before


def test_source_date_epoch_wins(depot: Path, exporter: Exporter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1709164800")
    assert stamp(exporter).startswith("Édité le 29 février 2024 (date")
    commit = committed(depot)
    assert re.match(rf"Édité le 29 février 2024 \(.*\) · version {commit[:10]} · ", stamp(exporter))


def test_a_date_that_is_none_is_no_fault(exporter: Exporter, monkeypatch: pytest.MonkeyPatch) -> None:
    for value in ("hier", "-1", "1e9", "", "9" * 30):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", value)
        assert stamp(exporter).startswith("Édition non datée")


# When writing fails


def raising(error: BaseException) -> Callable[..., None]:
    def fail(*_: object, **__: object) -> None:
        raise error

    return fail


FAILURES = {
    "a full disk": (OSError(errno.ENOSPC, "No space left on device"), 1, "le disque est plein."),
    "a disk that may not be written": (OSError(errno.EROFS, "Read-only"), 1, "le disque est en lecture seule."),
    "no right": (PermissionError(errno.EACCES, "Permission denied"), 1, "l’accès est refusé. Choisissez un autre"),
    "another reason": (OSError(errno.EIO, "Input/output error"), 1, "le système répond"),
    "an interruption": (KeyboardInterrupt(), 130, "Interrompu."),
}


@pytest.mark.parametrize("step", ["os.replace", "os.fsync"])
@pytest.mark.parametrize("failure", FAILURES.values(), ids=FAILURES)
def test_a_failed_write_leaves_the_old_file(
    depot: Path, exporter: Exporter, monkeypatch: pytest.MonkeyPatch, step: str, failure: tuple[BaseException, int, str]
) -> None:
    error, code, said = failure
    (depot / "build").mkdir()
    (depot / "build/protocole.html").write_text("ancien", encoding="utf-8")
    monkeypatch.setattr(step, raising(error))
    answer = exporter()
    assert (answer.code, answer.stdout) == (code, "")
    assert files(depot) == {"build/protocole.html"}
    assert (depot / "build/protocole.html").read_text(encoding="utf-8") == "ancien"
    assert said in answer.stderr
    assert len(answer.stderr.splitlines()) == 1


def test_a_folder_that_may_not_be_written(depot: Path, exporter: Exporter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "mkstemp", raising(PermissionError(errno.EACCES, "Permission denied")))
    answer = exporter("-o", "texte.html")
    assert answer == (
        1,
        "",
        "protocole : texte.html ne peut pas être écrit : l’accès est refusé. Choisissez un autre emplacement avec -o.\n",
    )
    assert files(depot) == set()


def test_a_file_where_a_folder_should_be(depot: Path, exporter: Exporter) -> None:
    (depot / "build").write_text("a", encoding="utf-8")
    answer = exporter()
    assert answer.code == 1
    assert (
        "un dossier ou un fichier de ce nom est en travers. Choisissez un autre emplacement avec -o." in answer.stderr
    )


def test_a_folder_where_the_file_should_be(depot: Path, exporter: Exporter) -> None:
    (depot / "build/protocole.html").mkdir(parents=True)
    answer = exporter()
    assert answer.code == 1
    assert "un dossier ou un fichier de ce nom est en travers." in answer.stderr
    assert files(depot) == set()


def test_a_reader_that_goes_away_is_no_fault(depot: Path) -> None:
    assert into_closed_pipe("--dossier", depot, "export", "-o", "-") == (0, b"")


# A repository's own templates


def own_template(depot: Path, name: str, content: str) -> None:
    (depot / "templates").mkdir(exist_ok=True)
    (depot / "templates" / name).write_text(content, encoding="utf-8")


def program_template(name: str) -> str:
    return read_resource("templates", name)


def test_one_file_may_be_replaced(depot: Path, exporter: Exporter) -> None:
    plain = exporter("-o", "-").stdout
    own_template(depot, "style.css", "body { color: teal }\n")
    restyled = exporter("-o", "-").stdout
    assert "body { color: teal }" in restyled
    assert "--encre" not in restyled
    assert restyled[restyled.index("<body>") :] == plain[plain.index("<body>") :]


def test_a_piece_may_be_replaced(depot: Path, exporter: Exporter) -> None:
    pieces = program_template("morceaux.md.j2").replace("{{ t.edition }}", "Tiré à part, {{ t.edition }}")
    own_template(depot, "morceaux.md.j2", pieces)
    assert stamp(exporter).startswith("Tiré à part, Édition non datée")


def test_a_new_template_may_be_included(depot: Path, exporter: Exporter) -> None:
    own_template(depot, "document.md.j2", '{% include "pied.md.j2" %}\n')
    own_template(depot, "pied.md.j2", "Titre : {{ document.titre | md }}\n")
    assert exporter("--format", "md", "-o", "-").stdout == "Titre : PROTOCOLE D’ENGAGEMENTS RÉCIPROQUES ET RENFORCÉS\n"


def test_what_a_template_prints_is_escaped(depot: Path, exporter: Exporter) -> None:
    replace(depot, "data/protocole.yaml", "titre: PROTOCOLE", "titre: <script>PROTOCOLE")
    own_template(depot, "document.html.j2", "<p title='{{ document.titre }}'>{{ document.titre }}</p>\n")
    assert "<script" not in exporter("-o", "-").stdout


def test_a_changed_template_is_a_change_of_the_document(depot: Path, exporter: Exporter) -> None:
    own_template(depot, "style.css", "a\n")
    committed(depot)
    own_template(depot, "style.css", "b\n")
    assert ", modifiée depuis · " in stamp(exporter)

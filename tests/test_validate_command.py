"""`protocole validate`: exit codes, formats, what it is pointed at, and how it ends when things go wrong."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from conftest import CHECKOUT, Lancer, replace
from programs import on_terminal
from protocole_cli import __version__
from protocole_cli.diagnostics import Diagnostic, Severite, ordered
from protocole_cli.position import Position
from protocole_cli.rendering.report_formats import FORMATS
from protocole_cli.validation import check
from protocole_cli.validation.check import Report

FICHE = "data/fiches/fiche-03.yaml"


def spoil(depot: Path) -> str:
    """Misspell a key of fiche 3; return the line that says so."""
    ligne = replace(depot, FICHE, "public: |\n", "publics: |\n")
    return f"{FICHE}:{ligne}:1: erreur [cle-inconnue] La clé « publics » n’existe pas ici. Vouliez-vous dire « public » ?\n"


# How it ends


def test_sound_data_ends_with_0_and_its_warnings(depot: Path, lancer: Lancer) -> None:
    code, stdout, stderr = lancer("validate", "--dossier", depot)
    assert code == 0
    assert stdout.count("\n") == 20
    assert stdout.count(": avertissement [") == 20
    assert stderr == "Aucune erreur, 20 avertissements dans 16 fichiers.\n"


def test_strict_makes_warnings_fail(depot: Path, lancer: Lancer) -> None:
    relaxed, strict = lancer("validate", "--dossier", depot), lancer("validate", "--dossier", depot, "--strict")
    assert (relaxed.code, strict.code) == (0, 1)
    assert relaxed[1:] == strict[1:]


def test_strict_passes_where_there_is_no_warning(depot: Path, lancer: Lancer) -> None:
    code, stdout, stderr = lancer("validate", "--dossier", depot, "--strict", "data/sigles.yaml")
    assert (code, stdout) == (0, "")
    assert "aucun avertissement" in stderr


def test_errors_end_with_1_and_stand_among_the_warnings_by_place(depot: Path, lancer: Lancer) -> None:
    line = spoil(depot)
    code, stdout, stderr = lancer("validate", "--dossier", depot)
    assert code == 1
    assert line in stdout
    places = [tuple(entry.split(":")[:3]) for entry in stdout.splitlines()]
    assert places == sorted(places, key=lambda p: (p[0], int(p[1]), int(p[2])))
    assert stderr == "1 erreur, 16 avertissements dans 16 fichiers.\n"


def test_data_without_any_remark_is_said_to_be_in_order(lancer: Lancer) -> None:
    assert lancer("validate", "--dossier", CHECKOUT / "tests/exemples", "--strict") == (
        0,
        "",
        "Tout est en ordre : 9 fichiers, aucune erreur, aucun avertissement, 1 avertissement admis.\n",
    )


def test_it_never_writes(depot: Path, lancer: Lancer, monkeypatch: pytest.MonkeyPatch) -> None:
    def state() -> dict[str, tuple[str, int]]:
        return {
            str(path.relative_to(depot)): (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns)
            for path in sorted(depot.rglob("*"))
            if path.is_file()
        }

    spoil(depot)
    (depot / "data/fiches/fiche-04.yaml").write_bytes(b"\xef\xbb\xbfnumero: 4\r\n")
    before = state()
    monkeypatch.chdir(depot)
    for form in FORMATS:
        lancer("validate", "--format", form)
    assert state() == before


# Formats


def test_json_holds_every_diagnostic_and_the_counts(depot: Path, lancer: Lancer) -> None:
    spoil(depot)
    code, stdout, stderr = lancer("validate", "--dossier", depot, "--format", "json")
    answer = json.loads(stdout)
    assert (code, stderr) == (1, "")
    assert list(answer) == ["diagnostics", "resume"]
    assert answer["resume"] == {"erreurs": 1, "avertissements": 16, "admis": 0, "fichiers": 16}
    assert len(answer["diagnostics"]) == 17
    for diagnostic in answer["diagnostics"]:
        assert list(diagnostic) == ["fichier", "ligne", "colonne", "severite", "regle", "message", "aide", "empreinte"]
        assert diagnostic["severite"] in {"erreur", "avertissement"}
        assert isinstance(diagnostic["ligne"], int)
    (error,) = (d for d in answer["diagnostics"] if d["severite"] == "erreur")
    assert error == {
        "fichier": FICHE,
        "ligne": error["ligne"],
        "colonne": 1,
        "severite": "erreur",
        "regle": "cle-inconnue",
        "message": "La clé « publics » n’existe pas ici.",
        "aide": "Vouliez-vous dire « public » ?",
        "empreinte": error["empreinte"],
    }
    assert len({d["empreinte"] for d in answer["diagnostics"]}) == 17


def test_json_is_an_object_where_there_is_nothing_to_say(depot: Path, lancer: Lancer) -> None:
    code, stdout, _ = lancer("validate", "--dossier", depot, "--format", "json", "data/sigles.yaml")
    assert code == 0
    assert json.loads(stdout) == {
        "diagnostics": [],
        "resume": {"erreurs": 0, "avertissements": 0, "admis": 0, "fichiers": 16},
    }


def test_all_formats_tell_the_same(depot: Path, lancer: Lancer) -> None:
    spoil(depot)
    text = lancer("validate", "--dossier", depot).stdout.splitlines()
    data = json.loads(lancer("validate", "--dossier", depot, "--format", "json").stdout)["diagnostics"]
    github = lancer("validate", "--dossier", depot, "--format", "github").stdout.splitlines()
    assert text == [
        f"{d['fichier']}:{d['ligne']}:{d['colonne']}: {d['severite']} [{d['regle']}] {d['message']} {d['aide']}"
        for d in data
    ]
    assert len(github) == len(text)


def test_github_annotates_lines(depot: Path, lancer: Lancer) -> None:
    ligne = replace(depot, FICHE, "public: |\n", "publics: |\n")
    code, stdout, stderr = lancer("validate", "--dossier", depot, "--format", "github")
    assert (code, stderr) == (1, "")
    assert (
        f"::error file={FICHE},line={ligne},col=1,title=cle-inconnue::"
        "La clé « publics » n’existe pas ici. Vouliez-vous dire « public » ?\n"
    ) in stdout
    assert stdout.count("::warning file=data/fiches/fiche-") == 13


def report_of(depot: Path, *diagnostics: Diagnostic) -> Report:
    """Return a report with diagnostics of our own."""
    return Report(check.validate(depot).loaded, ordered(list(diagnostics)))


@pytest.mark.parametrize(
    ("fichier", "message", "line"),
    [
        ("a.yaml", "50 % :: dont 10 %", "::error file=a.yaml,line=2,col=3,title=regle::50 %25 :: dont 10 %25 Aide.\n"),
        ("a,b: 100%.yaml", "Mot.", "::error file=a%2Cb%3A 100%25.yaml,line=2,col=3,title=regle::Mot. Aide.\n"),
        ("a.yaml", "un\ndeux\r\ntrois", "::error file=a.yaml,line=2,col=3,title=regle::un deux␍ trois Aide.\n"),
        ("a\nb.yaml", "::error::faux", "::error file=a b.yaml,line=2,col=3,title=regle::::error::faux Aide.\n"),
        ("a.yaml", "%0A::error::faux", "::error file=a.yaml,line=2,col=3,title=regle::%250A::error::faux Aide.\n"),
        ("a.yaml", "\x1b[31m\u202erouge", "::error file=a.yaml,line=2,col=3,title=regle::␛[31m‹U+202E›rouge Aide.\n"),
    ],
)
def test_github_commands_cannot_be_forged(depot: Path, fichier: str, message: str, line: str) -> None:
    diagnostic = Diagnostic(Position(fichier, 2, 3), Severite.ERREUR, "regle", message, "Aide.")
    assert FORMATS["github"](report_of(depot, diagnostic)) == line


def test_a_diagnostic_stays_on_its_line_and_shows_what_hides(depot: Path) -> None:
    message = "un\ndeux\ttrois\x1b]0;titre\x07\u200b\u2028\x85fin"
    diagnostic = Diagnostic(Position("a.yaml", 2, 3), Severite.AVERTISSEMENT, "regle", message)
    assert FORMATS["texte"](report_of(depot, diagnostic)) == (
        "a.yaml:2:3: avertissement [regle] un deux trois␛]0;titre␇‹U+200B›‹U+2028›‹U+0085›fin\n"
    )


def test_a_diagnostic_is_said_once(depot: Path) -> None:
    diagnostic = Diagnostic(Position("a.yaml", 2, 3), Severite.ERREUR, "regle", "Mot.", "Aide.")
    assert len(report_of(depot, diagnostic, diagnostic).diagnostics) == 1


# Files as arguments


def test_a_file_given_shows_its_own_diagnostics_only(
    depot: Path, lancer: Lancer, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = spoil(depot)
    monkeypatch.chdir(depot)
    assert lancer("validate", FICHE)[:2] == (1, line)
    code, stdout, _ = lancer("validate", "data/fiches/fiche-02.yaml", "data/fiches/fiche-01.yaml")
    assert code == 0
    assert [entry.split(":")[0] for entry in stdout.splitlines()] == [
        "data/fiches/fiche-01.yaml",
        "data/fiches/fiche-02.yaml",
    ]


def test_references_of_a_file_given_are_resolved_against_the_whole(depot: Path, lancer: Lancer) -> None:
    ligne = replace(depot, "data/acteurs.yaml", "  - id: splaad\n", "  - id: splaade\n")
    assert ligne
    assert (
        "L’acteur « splaad » n’est pas dans acteurs.yaml."
        in lancer("validate", "--dossier", depot, "data/fiches/fiche-01.yaml").stdout
    )
    assert lancer("validate", "--dossier", depot, "data/acteurs.yaml").code == 0


@pytest.mark.parametrize("given", ["data/fiches/fiche-03.yaml", "./data/fiches/../fiches/fiche-03.yaml", "ABSOLU"])
def test_a_file_is_found_however_it_is_written(
    depot: Path, lancer: Lancer, monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    line = spoil(depot)
    monkeypatch.chdir(depot)
    assert lancer("validate", str(depot / FICHE) if given == "ABSOLU" else given)[:2] == (1, line)


def test_a_file_is_found_from_a_folder_below(depot: Path, lancer: Lancer, monkeypatch: pytest.MonkeyPatch) -> None:
    line = spoil(depot)
    monkeypatch.chdir(depot / "data" / "fiches")
    assert lancer("validate", "fiche-03.yaml")[:2] == (1, line)
    assert lancer("validate", "../sigles.yaml")[:2] == (0, "")


def test_a_file_is_found_from_elsewhere(
    depot: Path, lancer: Lancer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    line = spoil(depot)
    monkeypatch.chdir(tmp_path)
    assert lancer("validate", "--dossier", "depot", f"depot/{FICHE}")[:2] == (1, line)
    assert lancer("validate", "--dossier", "depot", FICHE)[:2] == (1, line)


def test_a_file_is_found_through_a_link_to_the_root(
    depot: Path, lancer: Lancer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    line = spoil(depot)
    (tmp_path / "lien").symlink_to(depot)
    monkeypatch.chdir(depot / "data" / "fiches")
    assert lancer("validate", "--dossier", tmp_path / "lien", "fiche-03.yaml")[:2] == (1, line)


def test_a_file_that_is_missing_can_be_asked_for(depot: Path, lancer: Lancer) -> None:
    (depot / "data/sigles.yaml").unlink()
    code, stdout, _ = lancer("validate", "--dossier", depot, "data/sigles.yaml")
    assert (code, stdout.split(" ")[0]) == (1, "data/sigles.yaml:1:1:")


@pytest.mark.parametrize("given", ["data/fiches/fiche-99.yaml", "README.md", "data", ""])
def test_a_file_that_is_no_data_is_a_fault_of_the_call(depot: Path, lancer: Lancer, given: str) -> None:
    code, stdout, stderr = lancer("validate", "--dossier", depot, given)
    assert (code, stdout) == (2, "")
    assert stderr == (
        f"protocole : « {given} » n’est pas un fichier de données de ce protocole ({depot}). "
        "Donnez par exemple data/fiches/fiche-03.yaml, ou aucun fichier pour les prendre tous.\n"
        "Aide : protocole validate --help\n"
    )


def test_a_sound_file_is_not_said_to_put_all_in_order(depot: Path, lancer: Lancer) -> None:
    """Another file is at fault: the summary of the one asked for must not hide it."""
    spoil(depot)
    code, stdout, stderr = lancer("validate", "--dossier", depot, "data/sigles.yaml")
    assert (code, stdout) == (0, "")
    assert "Tout est en ordre" not in stderr
    assert stderr.count("\n") == 1


# Where the protocole is


def test_the_root_is_found_from_any_folder_below(depot: Path, lancer: Lancer, monkeypatch: pytest.MonkeyPatch) -> None:
    (depot / "docs" / "notes").mkdir(parents=True)
    for folder in ("", "data", "data/fiches", "docs/notes"):
        monkeypatch.chdir(depot / folder)
        assert lancer("validate").code == 0


def test_the_nearest_root_is_taken(depot: Path, lancer: Lancer, monkeypatch: pytest.MonkeyPatch) -> None:
    (depot / "autre" / "data").mkdir(parents=True)
    (depot / "autre" / "data" / "protocole.yaml").write_text("", encoding="utf-8")
    monkeypatch.chdir(depot / "autre")
    assert lancer("validate").stdout.startswith("data/acteurs.yaml:1:1: erreur [fichier-illisible]")


def test_the_folder_is_given_before_or_after_the_command(depot: Path, lancer: Lancer, tmp_path: Path) -> None:
    before, after = lancer("--dossier", depot, "validate"), lancer("validate", "--dossier", depot)
    assert before == after
    assert before.code == 0
    assert lancer("--dossier", tmp_path, "validate", "--dossier", depot) == after, "the nearer one counts"


def test_the_folder_is_given_by_the_environment(
    depot: Path, lancer: Lancer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PROTOCOLE_DOSSIER", str(depot))
    assert lancer("validate").code == 0
    monkeypatch.setenv("PROTOCOLE_DOSSIER", "depot")
    assert lancer("validate").code == 0
    assert lancer("validate", "--dossier", tmp_path).code == 2, "the option counts more"


def test_without_a_protocole_the_call_is_at_fault(
    lancer: Lancer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    assert lancer("validate") == (
        2,
        "",
        f"protocole : Aucun protocole dans {tmp_path}, ni dans les dossiers au-dessus : il y faudrait un fichier "
        "data/protocole.yaml. Placez-vous dans le dossier du protocole, ou indiquez-le : protocole --dossier CHEMIN …\n",
    )


@pytest.mark.parametrize("by", ["l’option --dossier", "la variable PROTOCOLE_DOSSIER"])
def test_a_folder_that_holds_none_is_named_with_where_it_came_from(
    lancer: Lancer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, by: str
) -> None:
    def ask(folder: Path) -> tuple[int, str, str]:
        if "option" in by:
            return lancer("validate", "--dossier", folder)
        monkeypatch.setenv("PROTOCOLE_DOSSIER", str(folder))
        return lancer("validate")

    assert ask(tmp_path / "nulle-part") == (
        2,
        "",
        f"protocole : Le dossier {tmp_path / 'nulle-part'}, indiqué par {by}, n’existe pas.\n",
    )
    (tmp_path / "fichier").touch()
    assert ask(tmp_path / "fichier")[2] == (
        f"protocole : Le dossier {tmp_path / 'fichier'}, indiqué par {by}, est un fichier, et non un dossier.\n"
    )
    assert ask(tmp_path) == (
        2,
        "",
        f"protocole : Le dossier {tmp_path}, indiqué par {by}, ne contient pas de protocole : "
        "il y faudrait un fichier data/protocole.yaml.\n",
    )


# Calls at fault


FAULTY_CALLS = [
    (["validat"], "La commande « validat » n’existe pas. Vouliez-vous dire « validate » ?\nAide : protocole --help"),
    (["zzz"], "La commande « zzz » n’existe pas. Toutes les commandes : protocole --help\nAide : protocole --help"),
    (["--versio"], "L’option « --versio » n’existe pas. Vouliez-vous dire « --version » ?\nAide : protocole --help"),
    (["validate", "--stric"], "L’option « --stric » n’existe pas. Vouliez-vous dire « --strict » ?\nAide : protocole validate --help"),
    (["validate", "--zzz"], "L’option « --zzz » n’existe pas.\nAide : protocole validate --help"),
    (["validate", "-q"], "L’option « -q » n’existe pas.\nAide : protocole validate --help"),
    (["validate", "--format"], "L’option « --format » attend une valeur.\nAide : protocole validate --help"),
    (["validate", "--strict=oui"], "L’option « --strict » ne prend pas de valeur.\nAide : protocole validate --help"),
    (["validate", "--format", "jason"], "« jason » n’est pas admis par --format. Vouliez-vous dire « json » ? Les choix sont « texte », « json », « github », « gitlab », « sarif », « junit » ou « commentaire ».\nAide : protocole validate --help"),
    (["validate", "--format", "xml"], "« xml » n’est pas admis par --format. Les choix sont « texte », « json », « github », « gitlab », « sarif », « junit » ou « commentaire ».\nAide : protocole validate --help"),
    (["validate", "--dossier"], "L’option « --dossier » attend une valeur.\nAide : protocole validate --help"),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "complaint"), FAULTY_CALLS, ids=[" ".join(call) for call, _ in FAULTY_CALLS])
def test_a_call_at_fault_is_told_in_french(lancer: Lancer, arguments: list[str], complaint: str) -> None:
    assert lancer(*arguments) == (2, "", f"protocole : {complaint}\n")


ENGLISH = ("Usage", "Error", "Options:", "Show this", "Try ", "Commands", "Arguments:", "default", "required")


@pytest.mark.parametrize("arguments", [["--help"], ["validate", "--help"], ["acteur", "--help"], ["fiches", "--help"]])
def test_help_is_in_french(lancer: Lancer, arguments: list[str]) -> None:
    code, stdout, stderr = lancer(*arguments)
    assert (code, stderr) == (0, "")
    assert stdout.startswith("Utilisation : protocole")
    assert [word for word in ENGLISH if word in stdout] == []
    assert max(map(len, stdout.splitlines())) <= 80


def test_the_version(lancer: Lancer) -> None:
    assert lancer("--version") == (0, f"protocole {__version__}\n", "")


# Breakdowns


def break_down(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    """Make the validation raise."""

    def raising(*_: Any) -> Report:
        raise error

    monkeypatch.setattr(check, "validate", raising)


@pytest.mark.parametrize(
    "error", [RuntimeError("secret"), KeyError("x"), MemoryError(), RecursionError(), OSError(28, "plein")]
)
def test_a_breakdown_is_one_sentence(lancer: Lancer, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    break_down(monkeypatch, error)
    assert lancer("validate", "--dossier", CHECKOUT) == (
        70,
        "",
        f"protocole : le programme est en panne ({type(error).__name__}) ; vos données ne sont pas en cause. "
        "Merci de le signaler à ceux qui le maintiennent, avec la commande tapée et ce que montre "
        "« protocole --trace … ».\n",
    )


def test_trace_shows_the_detail_of_a_breakdown(lancer: Lancer, monkeypatch: pytest.MonkeyPatch) -> None:
    break_down(monkeypatch, RuntimeError("le détail"))
    code, stdout, stderr = lancer("--trace", "validate", "--dossier", CHECKOUT)
    assert (code, stdout) == (70, "")
    assert stderr.startswith("Traceback (most recent call last):\n")
    assert "RuntimeError: le détail\n" in stderr
    assert stderr.splitlines()[-1].startswith("protocole : le programme est en panne (RuntimeError)")


def test_trace_changes_nothing_else(lancer: Lancer) -> None:
    assert lancer("--trace", "validate", "--dossier", CHECKOUT) == lancer("validate", "--dossier", CHECKOUT)


def test_an_interruption_ends_with_130(lancer: Lancer, monkeypatch: pytest.MonkeyPatch) -> None:
    break_down(monkeypatch, KeyboardInterrupt())
    code, stdout, stderr = lancer("validate", "--dossier", CHECKOUT)
    assert (code, stdout, stderr.strip()) == (130, "", "Interrompu.")


# As a program

PROGRAM = [sys.executable, "-m", "protocole_cli"]


def run_program(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[bytes]":
    """Run the program in a process of its own."""
    return subprocess.run(
        [*PROGRAM, *arguments], cwd=CHECKOUT, capture_output=True, check=False, env={**os.environ, **environment}
    )


def test_the_program_validates_our_data() -> None:
    answer = run_program("validate", PYTHONIOENCODING="utf-8")
    assert answer.returncode == 0
    assert answer.stdout.decode("utf-8").count(": avertissement [") == 20
    assert answer.stderr.decode("utf-8") == "Aucune erreur, 20 avertissements dans 16 fichiers.\n"


def test_the_program_is_also_a_command() -> None:
    name = Path(sys.executable).with_name("protocole")
    answer = subprocess.run([name, "--version"], capture_output=True, text=True, check=True)
    assert answer.stdout == f"protocole {__version__}\n"


@pytest.mark.parametrize(
    "environment",
    [{"PYTHONIOENCODING": "ascii"}, {"PYTHONIOENCODING": "latin-1"}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}],
    ids=["ascii", "latin-1", "C"],
)  # fmt: skip
def test_what_no_terminal_shows_is_utf_8_in_any_locale(environment: dict[str, str]) -> None:
    """A file of JSON, SARIF or CSV has no other encoding; one of text is read on another machine."""
    for arguments in (
        ["validate"], ["validate", "--format", "json"], ["validate", "--format", "sarif"], ["engagements", "--format", "csv"], ["--help"],
    ):  # fmt: skip
        answer, plain = run_program(*arguments, **environment), run_program(*arguments, PYTHONIOENCODING="utf-8")
        assert (answer.returncode, answer.stdout, answer.stderr) == (0, plain.stdout, plain.stderr)
        assert "é" in answer.stdout.decode("utf-8")
    refusal = run_program("fichee", **environment)
    assert refusal.stderr.decode("utf-8").startswith("protocole : La commande « fichee » n’existe pas.")


def test_a_terminal_that_cannot_show_a_character_is_no_reason_to_fail() -> None:
    shown = on_terminal("--dossier", CHECKOUT, "fiche", "5", environment={"PYTHONIOENCODING": "ascii"})
    assert "Fiche 5 ? RENFORCER LA MOBILISATION DES MESURES DE LA POLITIQUE DE L?EMPLOI" in shown


def test_the_answer_is_the_same_in_any_locale_and_time_zone() -> None:
    answers = {
        run_program("validate", PYTHONIOENCODING="utf-8", PYTHONHASHSEED=seed, LC_ALL=locale, TZ=zone).stdout
        for seed, locale, zone in (
            ("0", "C", "UTC"),
            ("1", "fr_FR.UTF-8", "Pacific/Auckland"),
            ("2", "tr_TR.UTF-8", "America/Lima"),
        )
    }
    assert len(answers) == 1


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_a_reader_that_goes_away_is_no_fault(form: str) -> None:
    """As in `protocole validate | head -1`."""
    with subprocess.Popen(
        [*PROGRAM, "validate", "--format", form], cwd=CHECKOUT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        complaint = process.stderr.read().decode("utf-8", "replace")
    assert "Traceback" not in complaint
    assert "BrokenPipe" not in complaint
    assert process.returncode == 0


def test_a_closed_output_is_no_breakdown() -> None:
    answer = subprocess.run(
        ["sh", "-c", f"{sys.executable} -m protocole_cli validate >&- 2>&-"],
        cwd=CHECKOUT,
        capture_output=True,
        check=False,
    )
    assert answer.returncode == 0

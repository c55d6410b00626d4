"""`protocole completion`, and what the Tab key is answered."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import CHECKOUT, Lancer, replace
from programs import piped
from protocole_cli.cli.commands import NAMES
from protocole_cli.loading.files import read_bytes

Proposer = Callable[..., list[str]]
FORMATS = {"texte", "json", "csv", "md", "html", "pdf", "docx", "github", "gitlab", "sarif", "junit", "commentaire"}


@pytest.fixture
def proposer(lancer: Lancer, monkeypatch: pytest.MonkeyPatch) -> Proposer:
    """Return what is offered for the last word of a line, in our own protocole; any message is a failure."""

    def propose(line: str, shell: str = "bash", folder: Path = CHECKOUT) -> list[str]:
        monkeypatch.chdir(folder)
        monkeypatch.setenv("_PROTOCOLE_COMPLETE", shell)
        answer = lancer(*line.split(" "))
        assert (answer.code, answer.stderr) == (0, "")
        return answer.stdout.splitlines()

    return propose


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        # commands and options
        ("fi", ["fiche", "fiches"]),
        ("--v", ["--version"]),
        ("zzz", []),
        ("fiche 5 --f", ["--format"]),
        ("fiche 5 ", ["--rubrique", "--format", "--dossier", "--help"]),
        ("fiches --commune talant --co", []),
        ("validate --strict --s", ["--source", "--sans", "--seulement"]),
        # fiches and their rubriques
        ("fiche ", ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]),
        ("fiche 1", ["1", "10"]),
        ("engagements --fiche 1", ["1", "10"]),
        ("resultats --fiche 9", ["9"]),
        ("fiche 5 --rubrique o", ["objectif_general", "objectifs_operationnels"]),
        ("fiche 10 --rubrique d", ["description", "dispositifs-associes"]),
        ("fiche 5 --rubrique d", ["description"]),
        ("fiche --rubrique cal", ["calendrier"]),
        # who, where, which body
        ("acteur CAF", ["caf"]),
        ("acteur ville-de-ch", ["ville-de-chenove", "ville-de-chevigny-saint-sauveur"]),
        ("fiches --porteur ville-de-t", ["ville-de-talant"]),
        ("fiches --partenaire cap", ["cap-emploi"]),
        ("fiches --acteur parq", ["parquet"]),
        ("quartier le", ["le-mail", "les-gresilles", "le-bief-du-moulin", "le-belvedere", "le-centre-ville"]),
        ("fiches --quartier guy", ["guynemer"]),
        ("quartiers --commune Chenô", ["chenove"]),
        ("fiches --commune tal", ["talant"]),
        ("instance comite-de-pilotage-", ["comite-de-pilotage-des-services-de-l-etat"]),
        # rules, formats, and other words of the program's own
        ("regles numero", ["numero-en-double", "numeros-continus"]),
        ("validate --sans engagement-v", ["engagement-vide"]),
        ("validate --seulement a --avec mots-et", ["mots-et-acteurs", "mots-et-territoires", "mots-et-annees", "mots-et-montants", "mots-et-reunions", "mots-et-instances"]),
        ("fiche 5 --format ", ["texte", "json", "md", "html"]),
        ("fiches --format ", ["texte", "json", "csv", "md"]),
        ("validate --format git", ["github", "gitlab"]),
        ("export --format p", ["pdf"]),
        ("export --format c", ["csv"]),
        ("signataires --ordre ", ["signature", "liste"]),
        ("gouvernance --mois F", ["fevrier"]),
        ("completion ", ["bash", "zsh", "fish"]),
        # what only the user knows
        ("chercher emploi", []),
        ("calendrier --annee ", []),
        # what the shell knows better
        ("validate data/f", ["/"]),
        ("export -o ", ["/"]),
        ("--dossier ", ["/"]),
        # calls that are at fault
        ("nimporte quoi ", []),
        ("fiche cinq --rubrique ", []),
    ],
)  # fmt: skip
def test_what_the_tab_key_offers(proposer: Proposer, line: str, offered: list[str]) -> None:
    assert proposer(line) == offered


def test_all_commands_are_offered(proposer: Proposer) -> None:
    assert proposer("") == list(NAMES)


@pytest.mark.parametrize(
    "call", ["fiche 5", "fiches", "acteur caf", "acteurs", "engagements", "resultats", "gouvernance", "instances", "instance mous",
             "signataires", "calendrier", "quartiers", "quartier guynemer", "chercher emploi", "sigles", "validate", "regles", "export"]
)  # fmt: skip
def test_the_formats_offered_are_those_that_the_command_has(proposer: Proposer, lancer: Lancer, call: str) -> None:
    offered = proposer(f"{call} --format ")
    os.environ.pop("_PROTOCOLE_COMPLETE")
    refusal = lancer("--dossier", CHECKOUT, *call.split(), "--format", "?").stderr
    assert re.findall("« ([a-z]+) »", refusal.partition("Les choix sont")[2]) == offered
    described = lancer(call.split(maxsplit=1)[0], "--help").stdout.partition("--format FORME")[2].partition("\n  -")[0]
    assert [word for word in re.findall("[a-z]+", described) if word in FORMATS] == offered


def test_zsh_and_fish_show_what_a_candidate_means(proposer: Proposer) -> None:
    assert proposer("fiche 2", "zsh") == ["2:GESTION URBAINE ET SOCIALE DE PROXIMITÉ"]
    assert proposer("acteur caf", "fish") == ["caf\tCaisse d’allocations familiales de Côte-d’Or"]
    assert proposer("fiche 5 --rubrique e", "fish") == [
        "echelle\tÉchelle d’intervention",
        "engagements\tEngagements des partenaires",
    ]
    assert proposer("sigl", "zsh") == ["sigles:Dire ce que veulent dire les sigles."]
    assert proposer("fiche 5 --form", "fish") == ["--format\ttexte (par défaut), json, md ou html."]


@pytest.mark.parametrize(
    ("shell", "line", "offered"),
    [
        ("bash", "fiche 5 --format = j", ["json"]),
        ("bash", "fiche 5 --format =", ["texte", "json", "md", "html"]),
        ("bash", 'acteur "caf', ["caf"]),
        ("bash", "fiche '10' --rubrique di", ["dispositifs-associes"]),
        ("zsh", "fiche 5 --format=j", ["--format=json"]),
        ("fish", "fiche 5 --format=j", ["--format=json\t"]),
        ("zsh", "fiche 5 --forme=j", []),
    ],
)
def test_each_shell_cuts_the_line_its_own_way(proposer: Proposer, shell: str, line: str, offered: list[str]) -> None:
    assert proposer(line, shell) == offered


def test_a_protocole_elsewhere_is_found_as_the_call_would_find_it(
    proposer: Proposer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert proposer("quartier guy", folder=tmp_path) == []
    assert proposer(f"quartier --dossier {CHECKOUT} guy", folder=tmp_path) == ["guynemer"]
    assert proposer(f"--dossier {CHECKOUT} fiches --quartier guy", folder=tmp_path) == ["guynemer"]
    monkeypatch.setenv("HOME", str(CHECKOUT.parent))
    assert proposer(f"--dossier ~/{CHECKOUT.name} quartier guy", folder=tmp_path) == ["guynemer"]
    monkeypatch.setenv("PROTOCOLE_DOSSIER", str(CHECKOUT))
    assert proposer("quartier guy", folder=tmp_path) == ["guynemer"]


def test_what_is_at_fault_hides_nothing_else(proposer: Proposer, depot: Path) -> None:
    replace(depot, "data/acteurs.yaml", "  - id: etat\n    nom: État\n", "  - 12\n  - id: etat\n    nom: [État]\n")
    assert proposer("acteur e", folder=depot) == ["entreprises", "ecoles-du-numerique", "education-nationale"]
    replace(depot, "data/fiches/fiche-05.yaml", "constats: |", "constats: [")
    assert proposer("fiche 5", "zsh", depot)[0].startswith("5:RENFORCER LA MOBILISATION DES MESURES")
    (depot / "data/fiches/fiche-04.yaml").unlink()
    (depot / "data/fiches/fiche-04.yaml").symlink_to("/dev/zero")
    (depot / "data/fiches/fiche-06.yaml").write_bytes(b"\xff\xfe")
    assert proposer("fiche 4", "zsh", depot) == ["4"]
    assert proposer("fiche 6", "zsh", depot) == ["6"]


@pytest.mark.parametrize(
    "content",
    [
        None,
        "",
        "- 1",
        "acteurs: oui",
        "acteurs: [",
        "a: &a [*a]",
        "? [acteurs]\n: [1]",
        "acteurs: {a: {id: b, nom: c}}",
        "acteurs: &a\n  - *a",
        "\0",
        "<<<<<<< HEAD",
    ],
)
def test_a_file_that_holds_no_names_offers_none(proposer: Proposer, depot: Path, content: str | None) -> None:
    fichier = depot / "data/acteurs.yaml"
    fichier.unlink()
    if content is not None:
        fichier.write_text(content, encoding="utf-8")
    assert proposer("acteur ", folder=depot) == []


def test_an_identifier_that_is_no_plain_word_is_not_offered(proposer: Proposer, depot: Path) -> None:
    """A shell would run it, or take it for several words or for an option."""
    hostile = [
        "$(touch rate)",
        "`touch rate`",
        "a b",
        "a:b",
        "a;b",
        "a'b",
        'a"b',
        "a\\tb",
        "a\\nb",
        "a/b",
        "a*",
        "~",
        "/",
    ]
    (depot / "data/acteurs.yaml").write_text(
        "acteurs:\n" + "".join(f"  - {{id: '{i.replace(chr(39), chr(39) * 2)}', nom: N}}\n" for i in [*hostile, "bon"]),
        encoding="utf-8",
    )
    assert proposer("acteur ", folder=depot) == ["bon"]


def test_what_a_candidate_means_is_one_line_without_controls(proposer: Proposer, depot: Path) -> None:
    (depot / "data/acteurs.yaml").write_text(
        'acteurs:\n  - {id: a, nom: "un\\nnom\\tde \\u200b$(x) : \\u202e fin"}\n', encoding="utf-8"
    )
    assert proposer("acteur ", "fish", depot) == ["a\tun nom de ‹U+200B›$(x) : ‹U+202E› fin"]
    (depot / "data/acteurs.yaml").write_text(
        "acteurs:\n  - id: a\n    nom: |\n      deux\n      lignes : $(x) \u202e fin\n", encoding="utf-8"
    )
    assert proposer("acteur ", "zsh", depot) == ["a:deux lignes : $(x) ‹U+202E› fin"]


def test_of_many_fiches_only_those_in_question_are_read(
    proposer: Proposer, depot: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for numero in range(100, 201):
        (depot / f"data/fiches/fiche-{numero}.yaml").write_text(f"titre: Fiche {numero}\n", encoding="utf-8")
    assert len(proposer("fiche ", "zsh", depot)) == 111
    assert proposer("fiche 19", "zsh", depot)[0] == "190:Fiche 190"
    assert proposer("fiche ", "zsh", depot)[0] == "1"
    read: list[str] = []

    def reading(racine: Path, fichier: str) -> bytes:
        read.append(fichier)
        return read_bytes(racine, fichier)

    monkeypatch.setattr("protocole_cli.loading.glance.read_bytes", reading)
    proposer("fiche 20", folder=depot)
    proposer("acteur ", folder=depot)
    assert read == ["data/fiches/fiche-200.yaml", "data/acteurs.yaml"]


@pytest.mark.parametrize(
    "line",
    ["", "fiche ", "fiche 10 --rubrique ", "acteur c", "validate --sans ", "export --format ", "fiches --commune "],
)
def test_the_answer_loads_nothing_heavy(line: str) -> None:
    code = (
        f"import sys, protocole_cli.cli.run as program; program.run({line.split(' ')!r}); "
        "print([m for m in ('rich', 'jinja2', 'jsonschema', 'markdown_it') if m in sys.modules])"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=CHECKOUT,
        env=os.environ | {"_PROTOCOLE_COMPLETE": "zsh"},
    )
    assert len(answer.stdout.splitlines()) > 1
    assert answer.stdout.splitlines()[-1] == "[]"


def test_an_unknown_shell_is_offered_nothing(proposer: Proposer) -> None:
    assert proposer("fiche ", "powershell") == []
    assert proposer("", "bash_source") == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_it_prints_the_script_of_a_shell_and_says_in_it_how_to_load_it(lancer: Lancer, shell: str) -> None:
    answer = lancer("completion", shell)
    assert (answer.code, answer.stderr) == (0, "")
    assert f"_PROTOCOLE_COMPLETE={shell} " in answer.stdout
    assert f"protocole completion {shell}" in answer.stdout


def test_it_knows_three_shells(lancer: Lancer) -> None:
    assert lancer("completion", "fisch") == (
        2,
        "",
        "protocole : « fisch » n’est pas admis par SHELL. Vouliez-vous dire « fish » ? Les choix sont « bash », « zsh » ou « fish ».\n"
        "Aide : protocole completion --help\n",
    )


def test_a_reader_that_has_gone_away_is_no_fault() -> None:
    answer = piped("fi", _PROTOCOLE_COMPLETE="bash")
    assert (answer.returncode, answer.stdout, answer.stderr) == (0, b"fiche\nfiches\n", b"")

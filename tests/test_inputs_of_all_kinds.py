"""What may stand where a file should: folders, links, pipes, the unreadable, the huge, the endless."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import Lancer
from protocole_cli.loading.files import TAILLE_MAX
from protocole_cli.loading.layout import BASE
from test_bad_inputs import FICHE_COURTE

FICHE = "data/fiches/fiche-03.yaml"


def told(lancer: Lancer, depot: Path, fichier: str = FICHE) -> str:
    """Return what validate says of a file, its path left out."""
    code, stdout, stderr = lancer("validate", "--dossier", depot, fichier)
    assert code == 1
    assert "Traceback" not in stdout + stderr
    return stdout.replace(f"{fichier}:", "")


def sentence(message: str, place: str = "1:1", rule: str = "fichier-illisible") -> str:
    """Return the only line of an answer."""
    return f"{place}: erreur [{rule}] {message}\n"


MANQUE = sentence("Ce fichier manque. Créez-le, ou reprenez-le d’une version précédente.")
DOSSIER = sentence("C’est un dossier, et non un fichier. Renommez ou supprimez ce dossier, puis créez le fichier YAML.")
LIEN_MORT = sentence("Ce lien ne mène à aucun fichier. Remplacez-le par le fichier lui-même, ou supprimez-le.")
LIEN_DEHORS = sentence(
    "Ce lien mène hors du dossier du protocole. Remplacez-le par le fichier lui-même : rien n’est lu ailleurs."
)
PAS_ORDINAIRE = sentence("Ce n’est pas un fichier ordinaire. Remplacez-le par un fichier YAML.")
INTERDIT = sentence("Ce fichier ne peut pas être lu : l’accès est refusé. Rendez-le lisible, puis recommencez.")


# What stands there


def test_a_folder(depot: Path, lancer: Lancer) -> None:
    (depot / FICHE).unlink()
    (depot / FICHE).mkdir()
    assert told(lancer, depot) == DOSSIER


@pytest.mark.parametrize("kind", BASE)
def test_a_folder_in_place_of_any_base_file(depot: Path, lancer: Lancer, kind: str) -> None:
    fichier = f"data/{kind}.yaml"
    (depot / fichier).unlink()
    (depot / fichier).mkdir()
    assert told(lancer, depot, fichier) == DOSSIER


def test_a_link_that_leads_nowhere(depot: Path, lancer: Lancer) -> None:
    (depot / FICHE).unlink()
    (depot / FICHE).symlink_to("fiche-99.yaml")
    assert told(lancer, depot) == LIEN_MORT


def test_a_link_to_itself(depot: Path, lancer: Lancer) -> None:
    (depot / FICHE).unlink()
    (depot / FICHE).symlink_to("fiche-03.yaml")
    assert told(lancer, depot) == LIEN_MORT


def test_a_link_out_of_the_root(depot: Path, lancer: Lancer, tmp_path: Path) -> None:
    shutil.move(depot / FICHE, tmp_path / "dehors.yaml")
    (depot / FICHE).symlink_to(tmp_path / "dehors.yaml")
    assert told(lancer, depot) == LIEN_DEHORS


def test_a_link_to_the_settings_of_git(depot: Path, lancer: Lancer) -> None:
    """They may hold the key by which a machine writes to the forge: `--source` would show it."""
    (depot / ".git").mkdir()
    (depot / ".git/config").write_text("secret", encoding="utf-8")
    (depot / FICHE).unlink()
    (depot / FICHE).symlink_to("../../.git/config")
    assert told(lancer, depot) == LIEN_DEHORS


def test_a_link_to_a_file_of_the_system_shows_nothing_of_it(depot: Path, lancer: Lancer) -> None:
    (depot / FICHE).unlink()
    (depot / FICHE).symlink_to("/etc/passwd")
    assert told(lancer, depot) == LIEN_DEHORS


def test_a_folder_that_is_a_link_out_of_the_root(depot: Path, lancer: Lancer, tmp_path: Path) -> None:
    shutil.move(depot / "data" / "fiches", tmp_path / "dehors")
    (depot / "data" / "fiches").symlink_to(tmp_path / "dehors")
    assert told(lancer, depot) == LIEN_DEHORS


def test_a_link_to_another_file_of_the_repository_is_read(depot: Path, lancer: Lancer) -> None:
    shutil.move(depot / FICHE, depot / "ailleurs.yaml")
    (depot / FICHE).symlink_to("../../ailleurs.yaml")
    assert lancer("validate", "--dossier", depot).code == 0


def test_the_root_itself_may_be_a_link(depot: Path, lancer: Lancer, tmp_path: Path) -> None:
    (tmp_path / "lien").symlink_to(depot)
    assert lancer("validate", "--dossier", tmp_path / "lien").code == 0


def test_a_pipe_is_not_waited_for(depot: Path, lancer: Lancer) -> None:
    (depot / FICHE).unlink()
    os.mkfifo(depot / FICHE)
    assert told(lancer, depot) == PAS_ORDINAIRE


def test_a_socket(depot: Path, lancer: Lancer, monkeypatch: pytest.MonkeyPatch) -> None:
    (depot / FICHE).unlink()
    monkeypatch.chdir(depot / "data" / "fiches")  # a socket's address is short
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("fiche-03.yaml")
        assert told(lancer, depot) == PAS_ORDINAIRE


def test_an_unreadable_file(depot: Path, lancer: Lancer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests, root included: the system's answer is played."""
    system_open = os.open

    def refusing(path: Path, *arguments: int) -> int:
        if str(path).endswith("fiche-03.yaml"):
            raise PermissionError(13, "Permission denied")
        return system_open(path, *arguments)

    monkeypatch.setattr(os, "open", refusing)
    assert told(lancer, depot) == INTERDIT


def test_a_folder_that_lets_nobody_in(depot: Path, lancer: Lancer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its names can be listed, and nothing else: not even what is a link can be told."""

    def refusing(system: Callable[..., Any]) -> Callable[..., Any]:
        def call(path: Any, *arguments: Any, **named: Any) -> Any:
            if "data/fiches/" in str(path):
                raise PermissionError(13, "Permission denied")
            return system(path, *arguments, **named)

        return call

    for name in ("open", "stat", "lstat"):
        monkeypatch.setattr(os, name, refusing(getattr(os, name)))
    assert told(lancer, depot) == INTERDIT


def test_a_failing_disk(depot: Path, lancer: Lancer, monkeypatch: pytest.MonkeyPatch) -> None:
    system_open = os.open

    def failing(path: Path, *arguments: int) -> int:
        if str(path).endswith("fiche-03.yaml"):
            raise OSError(5, "Input/output error")
        return system_open(path, *arguments)

    monkeypatch.setattr(os, "open", failing)
    assert told(lancer, depot) == sentence(
        "Ce fichier ne peut pas être lu : le système répond « Input/output error ». "
        "Vérifiez le disque et le nom du fichier."
    )


def test_a_file_where_the_folder_of_the_fiches_should_be(depot: Path, lancer: Lancer) -> None:
    shutil.rmtree(depot / "data" / "fiches")
    (depot / "data" / "fiches").write_text("numero: 1\n", encoding="utf-8")
    code, stdout, _ = lancer("validate", "--dossier", depot)
    assert code == 1
    assert [line for line in stdout.splitlines() if line.startswith("data/fiches")] == [
        "data/fiches:1:1: erreur [fichier-illisible] C’est un fichier, et non un dossier. "
        "Renommez-le, puis créez le dossier data/fiches avec une fiche par fichier."
    ]


def test_a_folder_of_fiches_that_cannot_be_listed(depot: Path, lancer: Lancer, monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be read must not pass for what is not there."""

    def refusing(_path: Path) -> list[str]:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "listdir", refusing)
    code, stdout, _ = lancer("validate", "--dossier", depot)
    assert code == 1
    assert stdout.startswith("data/fiches:1:1: erreur [fichier-illisible] ")


@pytest.mark.parametrize("name", [".fiche-03.yaml.swp", ".gitkeep", ".DS_Store"])
def test_hidden_files_of_editors_and_systems_are_left_alone(depot: Path, lancer: Lancer, name: str) -> None:
    (depot / "data" / "fiches" / name).write_bytes(b"\0")
    assert lancer("validate", "--dossier", depot).code == 0


@pytest.mark.parametrize(
    "name",
    ["fiche-3.yaml", "fiche-03.yml", "Fiche-03.yaml", "fiche-03.yaml~", "fiche-03 (copie).yaml", "fiche-3a.yaml", "fiche-000003.yaml"],
)  # fmt: skip
def test_a_file_with_another_name_is_no_fiche(depot: Path, lancer: Lancer, name: str) -> None:
    shutil.copy(depot / FICHE, depot / "data" / "fiches" / name)
    code, stdout, _ = lancer("validate", "--dossier", depot)
    assert code == 1
    assert (
        f"data/fiches/{name}:1:1: erreur [fichier-inattendu] Ce fichier n’est pas lu : son nom n’est pas celui d’une "
        "fiche. Nommez-le fiche-NN.yaml, NN étant le numéro de la fiche sur deux chiffres (fiche-03.yaml), "
        "ou rangez-le ailleurs.\n"
    ) in stdout


@pytest.mark.parametrize("name", ["a\nb.yaml", "\x1b[31m.yaml", "é\u202e.yaml", "a,b: 100%.yaml"])
def test_a_strange_name_is_shown_as_it_is_and_acts_on_nothing(depot: Path, lancer: Lancer, name: str) -> None:
    (depot / "data" / "fiches" / name).touch()
    for form in ("texte", "json", "github"):
        code, stdout, _ = lancer("validate", "--dossier", depot, "--format", form)
        assert code == 1
        assert not {"\x1b", "\u202e"} & set(stdout)
        assert stdout.count("fichier-inattendu") == 1


def test_a_name_that_is_no_text_is_shown_somehow(depot: Path, lancer: Lancer) -> None:
    (depot / "data" / "fiches" / os.fsdecode(b"fiche-\xe9.yaml")).touch()
    for form in ("texte", "json", "github"):
        assert lancer("validate", "--dossier", depot, "--format", form).code == 1


# The huge


@pytest.mark.parametrize(
    ("text", "said"),
    {
        "calls of notes": ("[^{}]", "est appelée, mais son texte manque."),
        "addresses apart": ("[x{}]: https://exemple.fr", "Une adresse est définie à part"),
        "passages in HTML": ("<b>{}", "Un passage en HTML n’est pas admis ici."),
    }.values(),
)
def test_of_a_file_full_of_refused_passages_a_hundred_are_told(
    depot: Path, lancer: Lancer, text: str, said: str
) -> None:
    sheet = FICHE_COURTE.read_text("utf-8")
    prose = "".join(f"  {text.format(n)}\n" for n in range(20_000))
    head, _, rest = sheet.partition("description: ")
    (depot / FICHE).write_text(f"{head}description: |\n{prose}{rest[rest.index(chr(10)) + 1 :]}", "utf-8")
    found = [line for line in lancer("validate", "--dossier", depot).stdout.split("\n") if "[prose-admise]" in line]
    assert len(found) == 101
    assert found[0] == (
        f"{FICHE}:1:1: erreur [prose-admise] Ce fichier a plus de 100 passages qui ne sont pas admis ; les autres ne sont "
        "pas montrés. Corrigez d’abord ceux-ci, ou reprenez le fichier d’une version précédente."
    )
    first = int(found[1].split(":")[1])
    assert [int(line.split(":")[1]) for line in found[1:]] == list(range(first, first + 100))
    assert all(said in line for line in found[1:])


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("Ouvrir un lieu d’accueil.", "Ouvrir un lieu " + "Q" * 300_000, "sigle-inconnu"),
        ("Ouvrir un lieu d’accueil.", "Ouvrir  " + "un" * 300_000, "espaces-doubles"),
        ("Ouvrir un lieu d’accueil.", "Ouvrir \u0430" + "un" * 300_000, "caracteres-trompeurs"),
        ("Ouvrir un lieu d’accueil.", f'"[ici](http://{"a" * 300_000})"', "prose-admise"),
    ],
)
def test_a_word_without_end_is_not_quoted_whole(depot: Path, lancer: Lancer, old: str, new: str, rule: str) -> None:
    (depot / FICHE).write_text(FICHE_COURTE.read_text("utf-8").replace(old, new), "utf-8")
    stdout = lancer("validate", "--dossier", depot, "--avec", rule).stdout
    (line,) = (line for line in stdout.split("\n") if f"[{rule}]" in line and FICHE in line)
    assert "… »" in line
    assert len(line) < 500


def test_fifty_megabytes_are_not_read(depot: Path, lancer: Lancer) -> None:
    with (depot / FICHE).open("wb") as handle:
        handle.write(b"numero: 3\ntitre: ")
        handle.truncate(50 * 1024 * 1024)
    assert told(lancer, depot) == sentence(
        "Ce fichier est trop grand : 50,0 Mio, pour 1 Mio au plus. "
        "Gardez ici le seul texte du protocole ; une fiche tient d’ordinaire en quelques kilo-octets."
    )


def test_the_largest_file_is_read_and_one_byte_more_is_not(depot: Path, lancer: Lancer) -> None:
    whole = (depot / FICHE).read_bytes()
    (depot / FICHE).write_bytes(whole + b"#" * (TAILLE_MAX - len(whole)))
    assert lancer("validate", "--dossier", depot).code == 0
    (depot / FICHE).write_bytes(whole + b"#" * (TAILLE_MAX - len(whole) + 1))
    assert "Ce fichier est trop grand" in told(lancer, depot)


# The deep and the endless


@pytest.mark.parametrize("levels", [20_000, 200_000])
@pytest.mark.parametrize(
    ("opening", "place"), [("[", "1:51"), ("{a: ", "1:201"), ("- ", "1:101"), ("? ", "1:101"), ("[{a: ", "1:126")]
)
def test_thousands_of_levels(depot: Path, lancer: Lancer, opening: str, place: str, levels: int) -> None:
    (depot / FICHE).write_text((opening * levels)[: TAILLE_MAX - 1] + "\n", encoding="utf-8")
    assert told(lancer, depot) == sentence(
        "Les listes et les clés s’emboîtent ici sur plus de 50 niveaux. "
        "Revenez au dernier niveau voulu : une fiche n’en demande que six.",
        place,
        "trop-profond",
    )


@pytest.mark.parametrize("line", ["a:", "-", "- a:"])
def test_levels_by_indentation(depot: Path, lancer: Lancer, line: str) -> None:
    step = 2 if line == "- a:" else 1
    text = "".join(f"{' ' * step * level}{line}\n" for level in range(600))
    (depot / FICHE).write_text(text, encoding="utf-8")
    assert "[trop-profond]" in told(lancer, depot)


def test_a_long_text_repeated(depot: Path, lancer: Lancer) -> None:
    """Small on the disk, gigabytes once every repetition is followed."""
    file = depot / FICHE
    lines = file.read_text(encoding="utf-8").replace("public: |\n", f"public: &p |\n  {'mot ' * 200_000}\n", 1)
    file.write_text(
        lines.replace("resultats:\n", "resultats:\n" + "  - {texte: *p, nature: tendance}\n" * 3000, 1),
        encoding="utf-8",
    )
    assert "Les renvois « * » de ce fichier se multiplient" in told(lancer, depot)


def test_a_number_of_thousands_of_digits(depot: Path, lancer: Lancer) -> None:
    file = depot / FICHE
    file.write_text(file.read_text(encoding="utf-8").replace("numero: 3", "numero: " + "9" * 100_000), encoding="utf-8")
    assert told(lancer, depot) == sentence(
        f"« numero » attend un nombre entier, et non le texte « {'9' * 39}… ». Écrivez un nombre entier.",
        "2:9",
        "type-de-valeur",
    )


def test_levels_by_repeating_what_was_repeated(depot: Path, lancer: Lancer) -> None:
    chain = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}]\n" for n in range(1, 3000))
    (depot / FICHE).write_text(chain, encoding="utf-8")
    assert "[alias-yaml]" in told(lancer, depot)


def run_apart(depot: Path) -> "subprocess.CompletedProcess[str]":
    """Run validate in a process that is ended after a while: for what could last for ever."""
    return subprocess.run(
        [sys.executable, "-m", "protocole_cli", "validate", "--dossier", depot, FICHE],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=15,
        check=False,
    )


@pytest.mark.parametrize(
    "text",
    [
        "? &cle [*cle]\n: valeur  # remarque\n",
        "? &cle {*cle : a}\n: 'valeur'\n",
        'a: {? &cle [*cle] : "\\u00e9"}\n',
        "a: &a [&b [*a, *b], *a]\n",
        "".join(f"? &k{n} [{', '.join([f'*k{n - 1}'] * 9) if n else 'x'}]\n: v  # r\n" for n in range(12)),
    ],
)
def test_repetitions_without_end_even_in_a_key(depot: Path, text: str) -> None:
    (depot / FICHE).write_text(text, encoding="utf-8")
    answer = run_apart(depot)
    assert answer.returncode == 1
    assert "[alias-yaml]" in answer.stdout
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b"\0" * TAILLE_MAX, id="NUL"),
        pytest.param(b"<<<<<<< a\n" * (TAILLE_MAX // 10), id="conflits"),
        pytest.param(b"\t\n" * (TAILLE_MAX // 2), id="tabulations"),
        pytest.param(b"a: 1\n" * (TAILLE_MAX // 5), id="doubles"),
        pytest.param(b"- a #b\n" * (TAILLE_MAX // 7), id="remarques"),
        pytest.param(b"- !x a\n" * (TAILLE_MAX // 7), id="balises"),
        pytest.param(b"numero: 3\ntitre: A\nengagements:\n" + b"  - texts: b\n" * 5000, id="cles"),
        pytest.param(b"numero: 3\ntitre: A\nengagements:\n" + b"  - acteurs: [b]\n" * 5000, id="acteurs"),
        pytest.param(b"a" * (TAILLE_MAX - 1), id="mot"),
    ],
)
def test_a_file_full_of_faults_does_not_keep_the_checks_busy(depot: Path, raw: bytes) -> None:
    (depot / FICHE).write_bytes(raw)
    answer = run_apart(depot)
    assert answer.returncode == 1
    assert answer.stdout.startswith(f"{FICHE}:")
    assert "Traceback" not in answer.stderr


def test_a_key_written_very_often_is_told_so_often_and_no_more(depot: Path, lancer: Lancer) -> None:
    (depot / FICHE).write_text("numero: 3\n" * 1000, encoding="utf-8")
    lines = told(lancer, depot).splitlines()
    assert len(lines) == 101
    assert lines[0].startswith("1:1: erreur [trop-de-fautes] Ce fichier a plus de 100 défauts")


def test_very_many_unknown_actors_are_told_in_little_time(depot: Path, lancer: Lancer) -> None:
    """To look for the nearest of those that are known takes as long as there are known ones: only the first are suggested."""
    identifiants = "".join(f"      - etatt-{n}\n" for n in range(500))
    (depot / FICHE).write_text(
        f"numero: 3\ntitre: Créer\nporteurs:\n  texte: État\n  acteurs:\n{identifiants}", encoding="utf-8"
    )
    suggested = [line for line in told(lancer, depot).splitlines() if "Vouliez-vous dire" in line]
    assert len(suggested) == 100

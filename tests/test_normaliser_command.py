"""`protocole normaliser`: the files put in form, what they say kept, and nothing written by half."""

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Lancer, Reponse, replace
from programs import committed, git, into_closed_pipe
from protocole_cli.loading.canonical import Order, canonical
from protocole_cli.loading.repository import data_files, load
from protocole_cli.validation.schema import explain, key_order
from protocole_cli.versions import normalisation
from protocole_cli.versions.fingerprints import empreinte_donnees, empreinte_texte

Normaliser = Callable[..., Reponse]
FICHE = "data/fiches/fiche-03.yaml"
AUTRE = "data/fiches/fiche-04.yaml"
RIEN = "Rien à mettre en forme dans 16 fichiers.\n"
FAIT = "1 fichier mis en forme sur 1 ; le sens n’a pas changé.\n"
LAISSE = "1 fichier laissé tel quel, pour la raison dite.\n"


@pytest.fixture
def normaliser(depot: Path, lancer: Lancer, monkeypatch: pytest.MonkeyPatch) -> Normaliser:
    """Run `protocole normaliser` in the copy of our data."""
    monkeypatch.chdir(depot)
    return lambda *arguments: lancer("normaliser", *arguments)


def contents(folder: Path) -> dict[str, bytes]:
    """Return all that stands in the files of a folder, hidden ones too."""
    return {f.relative_to(folder).as_posix(): f.read_bytes() for f in folder.rglob("*") if f.is_file()}


def disorder(racine: Path, fichier: str = FICHE) -> bytes:
    """Put the number of a fiche after its title, with a remark, and return what the file holds then."""
    chemin = racine / fichier
    schema, numero, titre, rest = chemin.read_text(encoding="utf-8").split("\n", 3)
    chemin.write_text(f"{schema}\n{titre}\n# Du numéro.\n{numero}\n{rest}", encoding="utf-8")
    return chemin.read_bytes()


def in_form(content: bytes) -> bytes:
    """Return what becomes of a fiche that `disorder` changed."""
    schema, titre, remark, numero, rest = content.split(b"\n", 4)
    return b"\n".join([schema, remark, numero, titre, rest])


# What it does


@pytest.mark.parametrize("options", [[], ["--verifie"]])
def test_our_data_is_in_form(depot: Path, normaliser: Normaliser, options: list[str]) -> None:
    before = contents(depot)
    assert normaliser(*options) == (0, "", RIEN)
    assert contents(depot) == before


def test_a_file_is_put_in_form(depot: Path, normaliser: Normaliser) -> None:
    before = disorder(depot)
    assert normaliser() == (0, f"{FICHE} : mis en forme\n", "1 fichier mis en forme sur 16 ; le sens n’a pas changé.\n")
    assert (depot / FICHE).read_bytes() == in_form(before)
    assert normaliser() == (0, "", RIEN)


def test_to_look_only_writes_nothing_and_says_where_and_how_to_mend(depot: Path, normaliser: Normaliser) -> None:
    disorder(depot)
    before = contents(depot)
    assert normaliser("--verifie") == (
        1,
        f"{FICHE}:2:1: Ce fichier n’est pas en forme à partir d’ici. Lancez : protocole normaliser {FICHE}\n",
        "1 fichier à mettre en forme sur 16.\n",
    )
    assert contents(depot) == before


LINE_ENDS: dict[str, tuple[Callable[[bytes], bytes], int]] = {
    "a mark at the head of the file": (lambda raw: b"\xef\xbb\xbf" + raw, 1),
    "line ends of Windows": (lambda raw: raw.replace(b"\n", b"\r\n"), 1),
    "a space at the end of a line": (lambda raw: raw.replace(b"numero: 3\n", b"numero: 3 \n"), 2),
}


@pytest.mark.parametrize(("change", "ligne"), LINE_ENDS.values(), ids=LINE_ENDS)
def test_ends_of_lines_are_put_in_form(
    depot: Path, normaliser: Normaliser, change: Callable[[bytes], bytes], ligne: int
) -> None:
    before = (depot / FICHE).read_bytes()
    (depot / FICHE).write_bytes(change(before))
    assert normaliser("--verifie").stdout.startswith(f"{FICHE}:{ligne}:1: ")
    assert normaliser(FICHE) == (0, f"{FICHE} : mis en forme\n", FAIT)
    assert (depot / FICHE).read_bytes() == before


def test_the_end_of_the_file_is_put_in_form(depot: Path, normaliser: Normaliser) -> None:
    before = (depot / FICHE).read_bytes()
    last = before.count(b"\n")
    for content, ligne in ((before.removesuffix(b"\n"), last), (before + b"\n\n", last + 1)):
        (depot / FICHE).write_bytes(content)
        assert normaliser("--verifie").stdout.startswith(f"{FICHE}:{ligne}:1: ")
        assert normaliser(FICHE) == (0, f"{FICHE} : mis en forme\n", FAIT)
        assert (depot / FICHE).read_bytes() == before


def backwards(order: Order) -> Order:
    return {key: backwards(order[key]) for key in reversed(order)}


def test_all_files_at_once_say_afterwards_what_they_said(depot: Path, normaliser: Normaliser) -> None:
    before, said = contents(depot), load(depot, explain).protocole
    for fichier, kind in data_files(depot).items():
        text = canonical((depot / fichier).read_text(encoding="utf-8"), backwards(key_order(kind)))
        (depot / fichier).write_text(text, encoding="utf-8-sig", newline="\r\n")
    answer = normaliser()
    assert (answer.code, answer.stderr) == (0, "16 fichiers mis en forme sur 16 ; le sens n’a pas changé.\n")
    assert answer.stdout == "".join(f"{fichier} : mis en forme\n" for fichier in data_files(depot))
    after = load(depot, explain).protocole
    assert after == said
    assert (empreinte_texte(after), empreinte_donnees(after)) == (empreinte_texte(said), empreinte_donnees(said))
    assert contents(depot) == before


# Which files


def test_only_the_files_asked_for(depot: Path, normaliser: Normaliser) -> None:
    before = {fichier: disorder(depot, fichier) for fichier in (FICHE, AUTRE)}
    assert normaliser(FICHE, "data/sigles.yaml", FICHE, f"./{FICHE}") == (
        0,
        f"{FICHE} : mis en forme\n",
        "1 fichier mis en forme sur 2 ; le sens n’a pas changé.\n",
    )
    assert (depot / FICHE).read_bytes() == in_form(before[FICHE])
    assert (depot / AUTRE).read_bytes() == before[AUTRE]


def test_a_file_is_found_from_its_own_folder(
    depot: Path, normaliser: Normaliser, monkeypatch: pytest.MonkeyPatch
) -> None:
    disorder(depot)
    monkeypatch.chdir(depot / "data/fiches")
    assert normaliser("fiche-03.yaml") == (0, f"{FICHE} : mis en forme\n", FAIT)


def test_a_file_that_need_not_be_there_is_put_in_form_too(depot: Path, normaliser: Normaliser) -> None:
    entry = (
        "regle: engagement-vide",
        f"fichier: {FICHE}",
        "mots: Caisse",
        "raison: R",
        "accepte_par: P",
        "date: 2024-10-04",
    )
    admis = depot / "data/avertissements-admis.yaml"
    admis.write_text("avertissements:\n  - " + "\n    ".join(reversed(entry)) + "\n", encoding="utf-8")
    assert normaliser().stdout == "data/avertissements-admis.yaml : mis en forme\n"
    assert admis.read_text(encoding="utf-8") == "avertissements:\n  - " + "\n    ".join(entry) + "\n"


@pytest.mark.parametrize("given", ["data/fiches/fiche-99.yaml", "README.md", "data", "", "/etc/passwd"])
def test_a_file_that_is_no_data_is_a_fault_of_the_call(depot: Path, normaliser: Normaliser, given: str) -> None:
    disorder(depot)
    before = contents(depot)
    code, stdout, stderr = normaliser(FICHE, given)
    assert (code, stdout) == (2, "")
    assert stderr.startswith(f"protocole : « {given} » n’est pas un fichier de données de ce protocole ({depot}). ")
    assert stderr.endswith("\nAide : protocole normaliser --help\n")
    assert contents(depot) == before


# Files at fault


FAULTS = {
    "broken syntax": (
        "titre: SOUTENIR",
        "titre: [SOUTENIR",
        f"{FICHE}:2:8: erreur [yaml-syntaxe] Une liste entre crochets n’est pas fermée",
    ),
    "a wrong shape": (
        "numero: 3",
        "numero: trois",
        f"{FICHE}:4:9: erreur [type-de-valeur] « numero » attend un nombre entier",
    ),
    "an unknown key": (
        "numero: 3",
        "numéro: 3",
        f"{FICHE}:4:1: erreur [cle-inconnue] ",
    ),
    "an unfinished merge": (
        "numero: 3",
        "<<<<<<< HEAD\nnumero: 3\n=======\nnumero: 4\n>>>>>>> autre",
        f"{FICHE}:4:1: erreur [conflit-git] ",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("avant", "apres", "said"), FAULTS.values(), ids=FAULTS)
def test_a_file_at_fault_is_named_and_left_alone(
    depot: Path, normaliser: Normaliser, avant: str, apres: str, said: str
) -> None:
    disorder(depot)
    replace(depot, FICHE, avant, apres)
    before = contents(depot)
    code, stdout, stderr = normaliser()
    assert (code, stdout) == (1, "")
    assert stderr.startswith(said)
    assert stderr.endswith(f"\nRien à mettre en forme dans 15 fichiers. {LAISSE}")
    assert normaliser("--verifie") == (code, stdout, stderr)
    assert contents(depot) == before


def test_the_others_are_put_in_form(depot: Path, normaliser: Normaliser) -> None:
    replace(depot, FICHE, "numero: 3", "numero: trois")
    disorder(depot, AUTRE)
    code, stdout, stderr = normaliser()
    assert (code, stdout) == (1, f"{AUTRE} : mis en forme\n")
    assert stderr.endswith(f"\n1 fichier mis en forme sur 16 ; le sens n’a pas changé. {LAISSE}")
    assert normaliser(AUTRE) == (0, "", "Rien à mettre en forme dans 1 fichier.\n")


def test_a_file_with_one_entry_at_fault_is_left_alone_too(depot: Path, normaliser: Normaliser) -> None:
    replace(depot, "data/sigles.yaml", "  - sigle: AAP\n", "  - sigl: AAP\n")
    code, stdout, stderr = normaliser("data/sigles.yaml")
    assert (code, stdout) == (1, "")
    assert "data/sigles.yaml:4:5: erreur [cle-inconnue]" in stderr
    assert stderr.endswith(LAISSE)


def test_a_file_that_is_missing_is_named(depot: Path, normaliser: Normaliser) -> None:
    (depot / "data/sigles.yaml").unlink()
    code, stdout, stderr = normaliser()
    assert (code, stdout) == (1, "")
    assert stderr.startswith("data/sigles.yaml:1:1: erreur [fichier-illisible] Ce fichier manque.")


def test_an_error_of_content_does_not_stand_in_the_way(depot: Path, normaliser: Normaliser) -> None:
    """An actor that nobody knows is the business of validate: the file can be read for sure."""
    disorder(depot)
    replace(depot, FICHE, "acteurs: [", "acteurs: [inconnu, ")
    assert normaliser(FICHE) == (0, f"{FICHE} : mis en forme\n", FAIT)


# Links, permissions, and what else happens on a disk


def test_a_link_stays_one_and_what_it_leads_to_is_put_in_form(depot: Path, normaliser: Normaliser) -> None:
    before = disorder(depot)
    (depot / FICHE).rename(depot / "ailleurs.yaml")
    (depot / FICHE).symlink_to("../../ailleurs.yaml")
    assert normaliser(FICHE) == (0, f"{FICHE} : mis en forme\n", FAIT)
    assert (depot / FICHE).is_symlink()
    assert (depot / "ailleurs.yaml").read_bytes() == in_form(before)


def test_nothing_is_written_out_of_the_protocole(depot: Path, normaliser: Normaliser, tmp_path: Path) -> None:
    before = disorder(depot)
    (depot / FICHE).rename(tmp_path / "dehors.yaml")
    (depot / FICHE).symlink_to(tmp_path / "dehors.yaml")
    code, stdout, stderr = normaliser()
    assert (code, stdout) == (1, "")
    assert stderr.startswith(f"{FICHE}:1:1: erreur [fichier-illisible] Ce lien mène hors du dossier du protocole.")
    assert (tmp_path / "dehors.yaml").read_bytes() == before


def test_permissions_are_kept(depot: Path, normaliser: Normaliser) -> None:
    disorder(depot)
    (depot / FICHE).chmod(0o640)
    assert normaliser(FICHE).code == 0
    assert (depot / FICHE).stat().st_mode & 0o777 == 0o640


def test_a_file_that_may_not_be_written_is_not_replaced(
    depot: Path, normaliser: Normaliser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever runs the tests, root included: the system's answer is played."""
    disorder(depot)
    before = contents(depot)
    monkeypatch.setattr(os, "access", lambda _path, mode: mode != os.W_OK)
    assert normaliser(FICHE) == (
        1,
        "",
        f"protocole : {depot / FICHE} ne peut pas être écrit : l’accès est refusé. Le fichier est resté tel quel. "
        f"Remédiez-y, puis relancez : protocole normaliser {FICHE}\n{LAISSE}",
    )
    assert contents(depot) == before


def test_to_look_only_needs_no_permission_to_write(
    depot: Path, normaliser: Normaliser, monkeypatch: pytest.MonkeyPatch
) -> None:
    disorder(depot)
    monkeypatch.setattr(os, "access", lambda _path, mode: mode != os.W_OK)
    assert normaliser("--verifie", FICHE).stderr == "1 fichier à mettre en forme sur 1.\n"


FAILURES = {
    "a full disk": (OSError(errno.ENOSPC, "No space left on device"), 1, "le disque est plein. Le fichier est resté"),
    "another reason": (OSError(errno.EIO, "Input/output error"), 1, "le système répond « Input/output error »."),
    "an interruption": (KeyboardInterrupt(), 130, "Interrompu."),
}


@pytest.mark.parametrize("step", ["os.replace", "os.fsync"])
@pytest.mark.parametrize("failure", FAILURES.values(), ids=FAILURES)
def test_a_failed_write_leaves_the_file_and_nothing_beside_it(
    depot: Path,
    normaliser: Normaliser,
    monkeypatch: pytest.MonkeyPatch,
    step: str,
    failure: tuple[BaseException, int, str],
) -> None:
    error, code, said = failure

    def fail(*_: object) -> None:
        raise error

    disorder(depot)
    before = contents(depot)
    monkeypatch.setattr(step, fail)
    answer = normaliser(FICHE)
    assert (answer.code, answer.stdout) == (code, "")
    assert said in answer.stderr
    assert contents(depot) == before


def test_a_file_that_someone_else_changes_meanwhile_is_left_to_them(
    depot: Path, normaliser: Normaliser, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = disorder(depot)

    def saved_by_another(*arguments: object) -> str:
        text = normalise(*arguments)  # type: ignore[arg-type]
        (depot / FICHE).write_bytes(before + b"# Ajout.\n")
        return text

    normalise = normalisation.normalise
    monkeypatch.setattr(normalisation, "normalise", saved_by_another)
    assert normaliser(FICHE) == (
        1,
        "",
        f"protocole : {FICHE} vient d’être modifié par ailleurs ; il n’est pas touché. "
        f"Relancez : protocole normaliser {FICHE}\n{LAISSE}",
    )
    assert (depot / FICHE).read_bytes() == before + b"# Ajout.\n"


WRONG_FORMS: dict[str, Callable[[str], str]] = {
    "a word less": lambda text: text.replace("SOUTENIR ", ""),
    "a fact less": lambda text: text.replace("acteurs: [etat", "acteurs: [caf"),
    "a broken file": lambda text: text.replace("titre: ", "titre: ["),
    "nothing": lambda _: "",
}


@pytest.mark.parametrize("wrong", WRONG_FORMS.values(), ids=WRONG_FORMS)
def test_a_form_that_would_say_something_else_is_never_written(
    depot: Path, normaliser: Normaliser, monkeypatch: pytest.MonkeyPatch, wrong: Callable[[str], str]
) -> None:
    before = contents(depot)
    monkeypatch.setattr(normalisation, "canonical", lambda text, _order: wrong(text))
    answer = normaliser(FICHE)
    assert (answer.code, answer.stdout) == (70, "")
    assert answer.stderr.startswith(
        "protocole : le programme est en panne (AutreSens) ; vos données ne sont pas en cause."
    )
    assert contents(depot) == before


def test_git_sees_no_change_where_there_was_nothing_to_do(depot: Path, normaliser: Normaliser) -> None:
    committed(depot)
    assert normaliser().code == 0
    assert git(depot, "status", "--porcelain") == ""


def test_a_reader_that_goes_away_is_no_fault(depot: Path) -> None:
    before = disorder(depot)
    code, complaint = into_closed_pipe("--dossier", depot, "normaliser", FICHE)
    assert (code, complaint.decode()) == (0, FAIT)
    assert (depot / FICHE).read_bytes() == in_form(before)

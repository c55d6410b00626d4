"""Templates that a repository brings along: what is wrong with them is said, and nothing that they ask for does harm."""

import mmap
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import CHECKOUT, Lancer, Reponse
from protocole_cli.rendering import bounds
from protocole_cli.resources import read_resource

Exporter = Callable[[], Reponse]
NAME = "document.md.j2"


def own_template(depot: Path, content: str | bytes, name: str = NAME) -> Path:
    """Give the repository a template of its own."""
    (depot / "templates").mkdir(exist_ok=True)
    chemin = depot / "templates" / name
    chemin.write_bytes(content if isinstance(content, bytes) else content.encode())
    return chemin


@pytest.fixture
def exporter(depot: Path, lancer: Lancer) -> Exporter:
    """Export the copy of our data as Markdown to a file of it."""
    return lambda: lancer("--dossier", depot, "export", "--format", "md", "-o", depot / "texte.md")


def refused(depot: Path, answer: Reponse) -> str:
    """Return the only sentence of an export that was refused and has written nothing."""
    assert (answer.code, answer.stdout, answer.stderr.count("\n")) == (1, "", 1)
    assert "Traceback" not in answer.stderr
    assert not list(depot.glob("texte.*"))
    return answer.stderr.removeprefix("protocole : ").rstrip("\n")


# Faults

FAULTY = {
    "a broken tag": ("a\n{% if %}\n", 2),
    "an unclosed block": ("a\nb\n{% for x in document.sections %}\n", 3),
    "an unknown name": ("a\n{{ inconnu.titre }}\n", 2),
    "an unknown attribute": ("a\n{{ document.inconnu }}\n", 2),
    "an unknown filter": ("a\n\n{{ document.titre | inconnu }}\n", 3),
    "a missing template": ('a\n{% include "inconnu.j2" %}\n', 2),
    "a file of the data": ('a\n{% include "../data/acteurs.yaml" %}\n', 2),
    "a file of the machine": ('a\n{% include "/etc/passwd" %}\n', 2),
    "a file above": ('{% import "../../secret.j2" as x %}\n', 1),
    "a forbidden attribute": ("a\nb\n{{ document.__class__ }}\n", 3),
    "a forbidden way": ("a\n{{ ''.__class__.__mro__[1].__subclasses__() }}\n", 2),
    "a forbidden way through a filter": ("a\n{{ document | attr('__class__') }}\n", 2),
    "the globals of a function": ("a\n{{ document.contents.__globals__ }}\n", 2),
    "a format string": ("a\n{{ '{0.__class__}'.format(document) }}\n", 2),
    "a change of the values": ("a\n{% set x = [1] %}{{ x.append(2) }}\n", 2),
    "a division by zero": ("a\n{{ 1 // 0 }}\n", 2),
    "a loop without end": ("a\n{% for x in range(1000000000) %}{% endfor %}\n", 2),
    "a macro without end": ("{% macro x() %}\n{{ x() }}\n{% endmacro %}\n{{ x() }}\n", 2),
    "a wrong type": ("a\n{{ document.titre + 1 }}\n", 2),
    "a missing index": ("a\n{{ document.sections[99].titre }}\n", 2),
    "a wrong call": ("a\n{{ document.titre() }}\n", 2),
    "a wrong filter value": ("a\n{{ document.titre | blocs(2) }}\n", 2),
}


@pytest.mark.parametrize(("content", "line"), FAULTY.values(), ids=FAULTY)
def test_a_faulty_template_is_said(depot: Path, exporter: Exporter, content: str, line: int) -> None:
    (depot.parent / "secret.j2").write_text("secret", encoding="utf-8")
    own_template(depot, content)
    assert refused(depot, exporter()).startswith(f"templates/{NAME}:{line}:1: ")


def test_a_fault_in_a_piece_names_the_piece(depot: Path, exporter: Exporter) -> None:
    pieces = read_resource("templates", "morceaux.md.j2")
    line = pieces[: pieces.index("{{ t.edition }}")].count("\n") + 1
    own_template(depot, pieces.replace("{{ t.edition }}", "{{ t.inconnu }}"), "morceaux.md.j2")
    assert refused(depot, exporter()).startswith(f"templates/morceaux.md.j2:{line}:1: ")


def test_messages_about_templates_are_in_french(depot: Path, exporter: Exporter) -> None:
    english = re.compile(
        r"\b(is|undefined|has no|object|unexpected|expected|unsafe|access|template|error|tag|filter)\b", re.IGNORECASE
    )
    found = {}
    for name, (content, _) in FAULTY.items():
        own_template(depot, content)
        if match := english.search(exporter().stderr.replace("templates/", "")):
            found[name] = match.group()
    assert found == {}


@pytest.mark.parametrize("question", ["fiche 5", "acteur caf"])
@pytest.mark.parametrize("forme", ["md", "html"])
def test_a_faulty_template_of_an_answer_is_said_too(depot: Path, lancer: Lancer, forme: str, question: str) -> None:
    own_template(depot, "{{ inconnu }}\n", f"fiche.{forme}.j2")
    assert lancer("--dossier", depot, *question.split(), "--format", forme) == (
        1,
        "",
        f"protocole : templates/fiche.{forme}.j2:1:1: le gabarit emploie un nom qui n’existe pas : « inconnu ».\n",
    )


# What stands in place of a template

AUTREMENT = "Corrigez-le, ou supprimez-le : celui du programme servira."


def a_folder(chemin: Path) -> None:
    chemin.mkdir()


def a_pipe(chemin: Path) -> None:
    os.mkfifo(chemin)


def a_link_out(chemin: Path) -> None:
    (chemin.parents[2] / "secret.j2").write_text("secret", encoding="utf-8")
    chemin.symlink_to(chemin.parents[2] / "secret.j2")


def a_link_to_the_settings_of_git(chemin: Path) -> None:
    (chemin.parents[1] / ".git").mkdir()
    (chemin.parents[1] / ".git/config").write_text("secret", encoding="utf-8")
    chemin.symlink_to("../.git/config")


def a_link_to_a_device(chemin: Path) -> None:
    chemin.symlink_to("/dev/zero")


def a_dead_link(chemin: Path) -> None:
    chemin.symlink_to("nulle-part.j2")


def a_huge_file(chemin: Path) -> None:
    with chemin.open("wb") as handle:
        handle.truncate(50 * 1024 * 1024)


def latin_1(chemin: Path) -> None:
    chemin.write_bytes("Été".encode("latin-1"))


@pytest.mark.parametrize(
    ("put", "said"),
    [
        (a_folder, "C’est un dossier, et non un fichier."),
        (a_pipe, "Ce n’est pas un fichier ordinaire."),
        (a_link_out, "Ce lien mène hors du dossier templates."),
        (a_link_to_the_settings_of_git, "Ce lien mène hors du dossier templates."),
        (a_link_to_a_device, "Ce lien mène hors du dossier templates."),
        (a_dead_link, "Ce lien ne mène à aucun fichier."),
        (a_huge_file, "Ce fichier est trop grand : 50,0 Mio, pour 1 Mio au plus."),
        (latin_1, "ce gabarit n’est pas enregistré en UTF-8."),
    ],
)
def test_what_is_no_template_is_said(depot: Path, exporter: Exporter, put: Callable[[Path], None], said: str) -> None:
    (depot / "templates").mkdir()
    put(depot / "templates" / NAME)
    assert refused(depot, exporter()) == f"templates/{NAME}:1:1: {said} {AUTREMENT}"


def test_a_folder_of_templates_outside_is_not_read(depot: Path, exporter: Exporter) -> None:
    outside = depot.parent / "dehors"
    outside.mkdir()
    (outside / NAME).write_text("secret", encoding="utf-8")
    (depot / "templates").symlink_to(outside)
    assert refused(depot, exporter()) == (
        "templates:1:1: ce lien mène hors du dossier templates ; remplacez-le par le fichier lui-même."
    )


@pytest.mark.parametrize("included", ["config", "sous-dossier/config"])
def test_a_template_includes_nothing_of_another_folder_of_the_repository(
    depot: Path, exporter: Exporter, included: str
) -> None:
    (depot / ".git").mkdir()
    (depot / ".git/config").write_text("secret", encoding="utf-8")
    own_template(depot, f"{{% include '{included}' %}}")
    (depot / "templates/config").symlink_to("../.git/config")
    (depot / "templates/sous-dossier").symlink_to("../.git")
    assert refused(depot, exporter()).startswith(f"templates/{included}:1:1: Ce lien mène hors du dossier templates.")


def test_a_link_inside_the_folder_is_followed(depot: Path, exporter: Exporter) -> None:
    own_template(depot, "Bonjour", "bonjour.j2")
    (depot / "templates" / NAME).symlink_to("bonjour.j2")
    assert exporter().code == 0
    assert (depot / "texte.md").read_text(encoding="utf-8") == "Bonjour\n"


def test_a_file_in_place_of_the_folder_changes_nothing(depot: Path, exporter: Exporter) -> None:
    (depot / "templates").write_text("a", encoding="utf-8")
    assert exporter().code == 0


# Bounds

TROP_LONG = r"templates/document.md.j2:\d+:1: après \d+ secondes de calcul, le gabarit n’était pas rempli\."
TROP_GRAND = r"templates/document.md.j2:\d+:1: le gabarit demande trop de mémoire ou une trop longue boucle\."
ARRETE = r"templates:1:1: un gabarit de ce dossier a été arrêté\."
TROP_DE_TEXTE = r"templates:1:1: les gabarits de ce dossier produisent un trop long texte\."
CONSEIL = r" Cherchez-y une boucle ou une répétition démesurée\."
LOOP = "{% for a in range(99999) %}"
END = "{% endfor %}"

MONSTROUS = {
    "loops in loops": (LOOP * 4 + END * 4, TROP_LONG),
    "a macro that calls itself twice": ("{% macro x(n) %}{{ x(n+1) ~ x(n+1) if n < 60 }}{% endmacro %}{{ x(0) }}", TROP_LONG),
    "a power": ("{{ 10 ** (10 ** 9) }}", ARRETE),
    "a power that is counted out": ("{% set n = 10 %}{{ n ** (n ** 9) }}", TROP_LONG),
    "a repetition": ("{{ 'x' * 10 ** 10 }}", TROP_GRAND),
    "a repetition of what is given": ("{{ document.titre * 10 ** 10 }}", TROP_GRAND),
    "a repeated list": ("{{ [1] * 10 ** 10 }}", TROP_GRAND),
    "a filter": ("{{ 'x' | center(10 ** 10) }}", TROP_GRAND),
    "an indent": ("{{ 'x' | indent(10 ** 10, true) }}", TROP_GRAND),
    "a method": ("{{ 'x'.ljust(10 ** 10) }}", TROP_GRAND),
    "a format": ("{{ '{:>10000000000}'.format(1) }}", TROP_GRAND),
    "an older format": ("{{ '%10000000000d' % 1 }}", TROP_GRAND),
    "a text that doubles": ("{% set n = namespace(x='a') %}" + LOOP + "{% set n.x = n.x ~ n.x %}" + END, f"(?:{TROP_GRAND}|{TROP_LONG})"),
    "a long text": (LOOP + "{{ 'x' * 100 }}" + END, TROP_DE_TEXTE),
    "a long range": ("{{ range(10 ** 12) | list }}", TROP_GRAND),
}  # fmt: skip


def _of_this_process() -> int:
    """Return how much memory this process has, in bytes, where the system tells, as Linux does."""
    told = Path("/proc/self/statm")
    return int(told.read_text().split()[0]) * mmap.PAGESIZE if told.exists() else 0


@pytest.fixture
def _narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bounds that are soon reached; those of the program are of the same kind."""
    monkeypatch.setattr(bounds, "SECONDES_MAX", 1)
    monkeypatch.setattr(bounds, "MEMOIRE_MAX", _of_this_process() + 400 * 1024**2)
    monkeypatch.setattr(bounds, "TAILLE_MAX", 1_000_000)


@pytest.mark.usefixtures("_narrow")
@pytest.mark.parametrize(("content", "said"), MONSTROUS.values(), ids=MONSTROUS)
def test_a_monstrous_template_is_stopped(depot: Path, exporter: Exporter, content: str, said: str) -> None:
    own_template(depot, content)
    assert re.fullmatch(said + CONSEIL, refused(depot, exporter()))


@pytest.mark.usefixtures("_narrow")
@pytest.mark.parametrize(
    "content",
    ["{{ " + "(" * 50_000 + ")" * 50_000 + " }}", "{{ " + "[" * 50_000 + "]" * 50_000 + " }}", "{{ " + "-" * 90_000 + "1 }}", "{% if 1 %}" * 5000],
    ids=["brackets", "lists", "signs", "conditions"],
)  # fmt: skip
def test_a_template_too_deep_to_be_read_is_refused(depot: Path, exporter: Exporter, content: str) -> None:
    own_template(depot, content)
    assert refused(depot, exporter()).startswith("templates")


@pytest.mark.usefixtures("_narrow")
@pytest.mark.parametrize(
    "content",
    [
        "#for a in range(99999) { for b in range(99999) { for c in range(99999) {} } }",
        '#("x" * 10000000000)',
        "#range(100000000000)",
    ],
)
def test_a_monstrous_template_of_the_pdf_is_stopped(depot: Path, lancer: Lancer, content: str) -> None:
    own_template(depot, content, "document.typ")
    answer = lancer("--dossier", depot, "export", "--projet", "--format", "pdf", "-o", depot / "texte.pdf")
    assert re.fullmatch(ARRETE + CONSEIL, refused(depot, answer))


def test_files_of_templates_that_are_too_large_together_are_refused(depot: Path, lancer: Lancer) -> None:
    for name in ("a.otf", "b.otf"):
        with own_template(depot, "", name).open("wb") as handle:
            handle.truncate(30 * 1024 * 1024)
    answer = lancer("--dossier", depot, "export", "--format", "pdf", "-o", depot / "texte.pdf")
    assert re.fullmatch(
        r"templates/[ab].otf:1:1: les fichiers de ce dossier dépassent 50 Mio\.", refused(depot, answer)
    )


def test_a_character_that_does_not_exist_is_said(depot: Path, exporter: Exporter) -> None:
    own_template(depot, "{{ '\\ud800' }}\n")
    assert (
        refused(depot, exporter()) == "templates:1:1: un gabarit de ce dossier produit un caractère qui n’existe pas."
    )


def test_the_program_s_own_templates_run_in_this_process(lancer: Lancer, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are as quick as they were."""
    monkeypatch.setattr(bounds, "Child", None)
    assert lancer("--dossier", CHECKOUT, "export", "--format", "md", "-o", "-").code == 0


def test_where_a_process_cannot_be_copied_the_sandbox_still_holds(
    depot: Path, exporter: Exporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounds, "POSSIBLE", False)
    own_template(depot, "{{ ''.__class__ }}")
    assert refused(depot, exporter()).startswith(f"templates/{NAME}:1:1: le gabarit demande une chose interdite")


@pytest.mark.parametrize("called", ["'{0.__class__}'.format", "'x'.join", "liens_fiches", "none"])
def test_only_macros_are_handed_on_to_what_the_sandbox_does_not_see(depot: Path, lancer: Lancer, called: str) -> None:
    """A format called from outside the sandbox would read what it hides."""
    own_template(depot, f"{{% set liens_fiches = [].append %}}{{{{ ['a'] | par_lots({called}) }}}}", "document.html.j2")
    answer = lancer("--dossier", depot, "export", "--format", "html", "-o", "-")
    assert (answer.code, answer.stdout) == (1, "")
    assert "le gabarit demande une chose interdite" in answer.stderr

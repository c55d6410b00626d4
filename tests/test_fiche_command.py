"""`protocole fiche N`: one sheet, for a reader, a pipe, a program, a page."""

import json
import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from conftest import Lancer, Reponse, replace
from programs import ESCAPES, committed, into_closed_pipe, on_terminal, piped
from protocole_cli.cli.fiche import FORMES
from protocole_cli.rendering.fiche_formats import FORMATS

Fiche = Callable[..., Reponse]


@pytest.fixture
def fiche(depot: Path, lancer: Lancer, monkeypatch: pytest.MonkeyPatch) -> Fiche:
    """Run `protocole fiche` on the copy of our data, dated the first of January 2020."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1577836800")
    return lambda *arguments: lancer("--dossier", depot, "fiche", *arguments)


def lines(answer: Reponse) -> list[str]:
    assert (answer.code, answer.stderr) == (0, "")
    return answer.stdout.splitlines()


# The four lines

HEADS = {
    2: (
        "Fiche 2 – GESTION URBAINE ET SOCIALE DE PROXIMITÉ (version du 1er janvier 2020)",
        "Portée par Dijon métropole ; 2020-2022",
        "1 engagement : sans auteur nommé (Participation au groupe de travail et mobilisation de tous…)",
        "Résultats attendus : 2 indicateurs, aucune cible (2 qualitatifs)",
    ),
    3: (
        "Fiche 3 – SOUTENIR LA CRÉATION ET LA REPRISE D’ENTREPRISE OU D’ACTIVITÉS (version du 1er janvier 2020)",
        "Portée par Dijon métropole, État et Région Bourgogne-Franche-Comté ; 2019-2021",
        "4 engagements : État (Soutien logistique et financier à la mise en place du…) ; Région Bourgogne",
        "Résultats attendus : 4 indicateurs, aucune cible (1 dénombrable, 1 tendance, 2 qualitatifs)",
    ),
    5: (
        "Fiche 5 – RENFORCER LA MOBILISATION DES MESURES DE LA POLITIQUE DE L’EMPLOI POUR MIEUX RÉPONDRE AUX BESOINS DES "
        "HABITANTS DES QUARTIERS PRIORITAIRES ET DE VEILLE (version du 1er janvier 2020)",
        "Portée par État, Dijon métropole et Région Bourgogne-Franche-Comté ; 2019-2022",
        "4 engagements : État (maintenir le soutien financier des actions de…) ; Dijon métropole (soutenir",
        "Résultats attendus : 18 indicateurs, aucune cible (14 dénombrables, 4 qualitatifs)",
    ),
    10: (
        "Fiche 10 – PRÉVENIR ET LUTTER CONTRE LES INSÉCURITÉS ET INCIVILITÉS (version du 1er janvier 2020)",
        "Portée par Parquet, Cabinet du Préfet, Dijon métropole et Communes du contrat de ville ; années non dites par le texte",
        "3 engagements : sans auteur nommé (Reprise du processus de C.I.S.P.D.) ; sans auteur nommé (",
        "Résultats attendus : 4 indicateurs, aucune cible (3 tendances, 1 qualitatif)",
    ),
}  # fmt: skip


def test_the_command_names_the_forms_that_there_are() -> None:
    assert tuple(FORMATS) == FORMES


@pytest.mark.parametrize(("numero", "head"), HEADS.items())
def test_four_lines_come_first(fiche: Fiche, numero: int, head: tuple[str, ...]) -> None:
    first = lines(fiche(str(numero)))[:5]
    assert [line.startswith(begun) for line, begun in zip(first, head, strict=False)] == [True] * 4
    assert first[4] == ""


def test_a_promise_left_blank_is_said(fiche: Fiche) -> None:
    assert lines(fiche("3"))[2].endswith(" (resté en blanc)")


def test_a_fiche_with_next_to_nothing_says_so(depot: Path, fiche: Fiche) -> None:
    (depot / "data/fiches/fiche-11.yaml").write_text("numero: 11\ntitre: Une idée\n", encoding="utf-8")
    assert lines(fiche("11")) == [
        "Fiche 11 – Une idée (version du 1er janvier 2020)",
        "Porteur non dit par le texte ; années non dites par le texte",
        "Aucun engagement",
        "Aucun résultat attendu",
    ]


def test_a_target_is_counted(depot: Path, fiche: Fiche) -> None:
    avant = "    nature: tendance\n"
    replace(depot, "data/fiches/fiche-10.yaml", avant, "    nature: cible\n    cible: {valeur: 10, unite: '%'}\n")
    assert lines(fiche("10"))[3] == (
        "Résultats attendus : 4 indicateurs, 1 cible (1 chiffré, 2 tendances, 1 qualitatif)"
    )


def test_the_version_is_that_of_the_commit(depot: Path, lancer: Lancer) -> None:
    committed(depot, date="2021-12-31T23:30:00 -0500")
    answer = lancer("--dossier", depot, "fiche", "2")
    assert answer.stdout.splitlines()[0].endswith("(version du 1er janvier 2022)")
    replace(depot, "data/fiches/fiche-03.yaml", "titre: ", "titre: DE ")
    assert lancer("--dossier", depot, "fiche", "2").stdout == answer.stdout
    assert lancer("--dossier", depot, "fiche", "3").stdout.splitlines()[0].endswith(" 2022, modifiée depuis)")


def test_what_git_has_is_held_against_the_file_as_it_is(depot: Path, lancer: Lancer) -> None:
    """Also where the root of the protocole is below that of git, or reached by a link, and lines end otherwise."""
    committed(depot.parent)
    fichier = depot / "data/fiches/fiche-02.yaml"

    def version() -> str:
        return lancer("--dossier", depot, "fiche", "2").stdout.splitlines()[0].rpartition("(")[2]

    assert version() == "version du 1er mars 2020)"
    fichier.write_bytes(fichier.read_bytes().replace(b"\n", b"\r\n"))
    assert version() == "version du 1er mars 2020)"
    fichier.rename(depot / "data/deux.yaml")
    fichier.symlink_to("../deux.yaml")
    committed(depot.parent)
    assert version() == "version du 1er mars 2020)"
    replace(depot, "data/deux.yaml", "titre: ", "titre: DE ")
    assert version() == "version du 1er mars 2020, modifiée depuis)"
    (depot / "data/fiches/fiche-11.yaml").write_text("numero: 11\ntitre: Une idée\n", encoding="utf-8")
    assert lancer("--dossier", depot, "fiche", "11").stdout.startswith(
        "Fiche 11 – Une idée (version du 1er mars 2020, modifiée depuis)\n"
    )


def test_what_git_has_may_be_of_any_size(depot: Path, lancer: Lancer) -> None:
    fichier = depot / "data/fiches/fiche-02.yaml"
    now = fichier.read_bytes()
    fichier.write_bytes(b"#" * (20 * 1024**2))
    committed(depot)
    fichier.write_bytes(now)
    head = lancer("--dossier", depot, "fiche", "2").stdout.splitlines()[0]
    assert head.endswith("(version du 1er mars 2020, modifiée depuis)")


def test_data_may_be_a_repository_of_its_own(depot: Path, lancer: Lancer, monkeypatch: pytest.MonkeyPatch) -> None:
    committed(depot / "data")
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "protocol.file.allow")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "always")
    subprocess.run(["git", "init", "--quiet", depot], check=True)
    subprocess.run(["git", "-C", depot, "submodule", "--quiet", "add", "./data", "data"], check=True)
    committed(depot, date="2021-05-02T12:00:00 +0000")
    assert lancer("--dossier", depot, "fiche", "2").stdout.splitlines()[0].endswith("(version du 1er mars 2020)")


@pytest.mark.parametrize("says", ["abc blob xyz", "\\377\\377 commit 3", "a commit 99999999999999999999", ""])
def test_whatever_git_says_the_fiche_is_shown(
    depot: Path, lancer: Lancer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, says: str
) -> None:
    (tmp_path / "git").write_text(f"#!/bin/sh\nprintf '{says}\\n'\n", encoding="utf-8")
    (tmp_path / "git").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert lancer("--dossier", depot, "fiche", "2").stdout.splitlines()[0].endswith("(version non datée)")


def test_git_is_not_waited_for_without_end(
    depot: Path, lancer: Lancer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(tmp_path / "tube")
    (tmp_path / "git").write_text(f"#!/bin/sh\nexec cat '{tmp_path}/tube'\n", encoding="utf-8")
    (tmp_path / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setattr("protocole_cli.loading.git._TIMEOUT", 0.1)
    assert lancer("--dossier", depot, "fiche", "2").stdout.splitlines()[0].endswith("(version non datée)")


def test_before_the_first_commit_the_version_is_not_dated(depot: Path, lancer: Lancer) -> None:
    subprocess.run(["git", "init", "--quiet", depot], check=True)
    assert lancer("--dossier", depot, "fiche", "2").stdout.splitlines()[0].endswith("(version non datée)")


def test_without_git_the_version_is_not_dated(
    depot: Path, lancer: Lancer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    committed(depot)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert lancer("--dossier", depot, "fiche", "2").stdout.splitlines()[0].endswith("(version non datée)")


# The rubriques


def test_rubriques_follow_in_the_order_of_the_document(fiche: Fiche) -> None:
    printed = lines(fiche("10"))
    labels = [
        "Constats", "Échelle d’intervention", "Objectif général", "Objectifs opérationnels", "Description de l’action",
        "Public concerné", "Porteur du projet", "Partenaires mobilisés", "Dispositifs associés",
        "Engagements des partenaires", "Calendrier de mise en œuvre", "Résultats attendus",
    ]  # fmt: skip
    assert [line for line in printed if line in labels] == labels
    assert all(printed[printed.index(label) + 1] == "" for label in labels)
    assert "Objectifs généraux" in lines(fiche("7"))


def test_prose_stands_as_it_was_written(depot: Path, fiche: Fiche) -> None:
    written = (depot / "data/fiches/fiche-09.yaml").read_text(encoding="utf-8")
    constats = re.search(r"^constats: \|\n((?:  .*\n|\n)+)", written, re.MULTILINE)
    assert constats is not None
    assert re.sub(r"^  ", "", constats[1], flags=re.MULTILINE).strip() in fiche("9").stdout


def test_entries_have_the_marks_of_their_form(fiche: Fiche) -> None:
    printed = "\n".join(lines(fiche("5")))
    assert "\n- Engagement des entreprises : signer le paQte ou la charte" in printed
    assert "\n1. Nombre dédié d’ETP du dispositif Passerelle vers l’emploi par QPV\n   - Nombre et typologie" in printed
    assert "\n\nReprise du processus de C.I.S.P.D.\n- Le public placé" in fiche("10").stdout


RUBRIQUES = {
    "key": ("5", "objectif_general", "Objectif général"),
    "key with a hyphen": ("5", "objectif-general", "Objectif général"),
    "label": ("5", "Engagements des partenaires", "Engagements des partenaires"),
    "label in another case": ("5", "CALENDRIER DE MISE EN ŒUVRE", "Calendrier de mise en œuvre"),
    "label without accents": ("5", "echelle d'intervention", "Échelle d’intervention"),
    "beginning": ("5", "eng", "Engagements des partenaires"),
    "beginning of a label": ("5", "porteur du", "Porteur du projet"),
    "its own label": ("7", "objectifs généraux", "Objectifs généraux"),
    "its own rubrique": ("10", "dispositifs", "Dispositifs associés"),
}


@pytest.mark.parametrize(("numero", "name", "label"), RUBRIQUES.values(), ids=RUBRIQUES)
def test_one_rubrique_by_any_name(fiche: Fiche, numero: str, name: str, label: str) -> None:
    alone = lines(fiche(numero, "--rubrique", name))
    assert alone[:2] == [label, ""]
    assert "\n".join(alone) in fiche(numero).stdout
    assert len(alone) < 30


UNKNOWN = {
    "misspelt": ("5", "engagemnts", "Vouliez-vous dire « engagements »"),
    "far from all": ("5", "zzz", "Elle a constats, "),
    "two begin so": ("5", "objectif", "Vouliez-vous dire « "),
    "of another fiche": ("5", "dispositifs associés", "Elle a constats, "),
    "no word": ("5", "…", "Elle a constats, "),
}


@pytest.mark.parametrize(("numero", "name", "said"), UNKNOWN.values(), ids=UNKNOWN)
def test_an_unknown_rubrique_is_said(fiche: Fiche, numero: str, name: str, said: str) -> None:
    answer = fiche(numero, "--rubrique", name)
    assert (answer.code, answer.stdout) == (1, "")
    assert answer.stderr.startswith(f"protocole : la fiche {numero} n’a pas de rubrique « {name} ». ")
    assert said in answer.stderr


# Formats


def loads(answer: Reponse) -> dict[str, Any]:
    assert (answer.code, answer.stderr) == (0, "")
    data = json.loads(answer.stdout)
    assert isinstance(data, dict)
    return data


def test_json_has_the_keys_of_the_data(fiche: Fiche) -> None:
    data = loads(fiche("5", "--format", "json"))
    assert list(data) == [
        "numero", "titre", "constats", "echelle", "objectif_general", "objectifs_operationnels", "description", "public",
        "porteurs", "partenaires", "engagements", "calendrier", "resultats", "fichier",
    ]  # fmt: skip
    assert (data["numero"], data["fichier"]) == (5, "data/fiches/fiche-05.yaml")
    assert data["calendrier"] == {"texte": "2019-2022", "debut": 2019, "fin": 2022}
    assert data["resultats"][0]["details"][1]["nature"] == "qualitatif"


def test_json_names_what_it_refers_to(fiche: Fiche) -> None:
    data = loads(fiche("9", "--format", "json"))
    assert data["porteurs"]["acteurs"][:2] == [
        {"id": "etat", "nom": "État"},
        {"id": "dijon-metropole", "nom": "Dijon métropole"},
    ]
    assert data["echelle"]["phases"][0]["communes"][0] == {"id": "chenove", "nom": "Chenôve"}
    assert data["echelle"]["phases"][1] == {"phase": "phase-2", "toutes_communes": True}
    assert data["engagements"][0]["acteurs"] == [{"id": "etat", "nom": "État"}]


def test_json_says_nothing_of_what_the_text_does_not_say(fiche: Fiche) -> None:
    data = loads(fiche("10", "--format", "json"))
    assert list(data["calendrier"]) == ["texte"]
    assert "acteurs" not in data["engagements"][0]
    blank = [e for e in loads(fiche("3", "--format", "json"))["engagements"] if "texte" not in e]
    assert [e["intitule"] for e in blank] == ["Engagement de la Caisse des Dépôts :"]


def test_json_of_one_rubrique(fiche: Fiche) -> None:
    data = loads(fiche("5", "--format", "json", "--rubrique", "calendrier"))
    assert list(data) == ["numero", "titre", "calendrier", "fichier"]
    other = loads(fiche("10", "--format", "json", "--rubrique", "dispositifs"))
    assert [a["intitule"] for a in other["autres_rubriques"]] == ["Dispositifs associés"]


def test_markdown_is_the_fiche_of_the_document(fiche: Fiche) -> None:
    printed = lines(fiche("5", "--format", "md"))
    assert [line[:22] for line in printed if line.startswith("# ")] == ["# Fiche 5 – RENFORCER "]
    assert [line for line in printed if line.startswith("## ")][:2] == ["## Constats", "## Échelle d’intervention"]
    assert printed[-1].startswith("Édité le 1er janvier 2020 (date de la version")
    alone = lines(fiche("5", "--format", "md", "--rubrique", "public"))
    assert [line for line in alone if line.startswith("## ")] == ["## Public concerné"]


def test_html_is_a_page(fiche: Fiche) -> None:
    page = fiche("5", "--format", "html").stdout
    assert page.startswith("<!doctype html>")
    assert page.count("<h1>") == 1
    assert page.count("<h2>") == 11
    assert '<abbr title="Quartier' in page
    assert fiche("5", "--format", "html", "--rubrique", "public").stdout.count("<h2>") == 1


# What is asked for, and is not there


@pytest.mark.parametrize("numero", ["42", "0", "11", "9999999999999999999999999"])
def test_an_unknown_number_is_one_line(fiche: Fiche, numero: str) -> None:
    answer = fiche(numero)
    expected = f"protocole : la fiche {numero} n’existe pas. Les fiches vont de 1 à 10.\n"
    assert answer == (1, "", expected)


def test_an_unknown_number_among_gaps(depot: Path, fiche: Fiche) -> None:
    (depot / "data/fiches/fiche-04.yaml").unlink()
    assert fiche("4").stderr.endswith("Il y a les fiches 1, 2, 3, 5, 6, 7, 8, 9 et 10.\n")


def test_where_there_is_no_fiche_at_all(depot: Path, fiche: Fiche) -> None:
    for file in (depot / "data/fiches").iterdir():
        file.unlink()
    assert fiche("4") == (1, "", "protocole : la fiche 4 n’existe pas. Il n’y a aucune fiche dans data/fiches.\n")


@pytest.mark.parametrize("numero", ["cinq", "5.0", "5a", "٥", "²", "", "1 2", pytest.param("9" * 1000, id="endless")])
def test_what_is_no_number_is_a_fault_of_the_call(fiche: Fiche, numero: str) -> None:
    answer = fiche(numero)
    assert (answer.code, answer.stdout) == (2, "")
    assert f"« {numero} » n’est pas un numéro de fiche. Écrivez par exemple : protocole fiche 5" in answer.stderr


def test_an_unknown_format_is_a_fault_of_the_call(fiche: Fiche) -> None:
    answer = fiche("5", "--format", "jsn")
    assert (answer.code, answer.stdout) == (2, "")
    assert "« jsn » n’est pas admis par --format. Vouliez-vous dire « json » ?" in answer.stderr


# Faults in the data


def test_it_needs_no_other_fiche(depot: Path, fiche: Fiche) -> None:
    whole = fiche("5")
    for file in [*depot.glob("data/fiches/*.yaml"), depot / "data/parties.yaml", depot / "data/gouvernance.yaml"]:
        if file.name != "fiche-05.yaml":
            file.write_bytes(b"\xff: [")
    assert fiche("5") == whole
    assert whole.code == 0


BROKEN = {
    "syntax": (b"numero: 5\ntitre: [a\n", ":2:8: erreur [yaml-syntaxe]"),
    "shape": (b"numero: 5\ntitre: a\ncalendrier: {debut: 2019}\n", ":3:"),
    "Latin-1": ("numero: 5\ntitre: Été\n".encode("latin-1"), ":2:8: erreur [encodage]"),
    "empty": (b"", ":1:1: erreur [fichier-vide]"),
    "a control character": (b"numero: 5\ntitre: a\x1b[31mb\n", ":2:9: erreur [caractere-de-controle]"),
    "one that is written": (b'numero: 5\ntitre: "a\\e[31mb"\n', ":2:8: erreur [caractere-de-controle]"),
    "unfinished merge": (b"<<<<<<< HEAD\nnumero: 5\n=======\nnumero: 6\n>>>>>>> b\n", ":1:1: erreur [conflit-git]"),
}


@pytest.mark.parametrize(("content", "said"), BROKEN.values(), ids=BROKEN)
def test_a_broken_fiche_is_said_with_its_place(depot: Path, fiche: Fiche, content: bytes, said: str) -> None:
    (depot / "data/fiches/fiche-05.yaml").write_bytes(content)
    answer = fiche("5")
    assert (answer.code, answer.stdout) == (1, "")
    *diagnostics, last = answer.stderr.splitlines()
    assert diagnostics[0].startswith(f"data/fiches/fiche-05.yaml{said}")
    assert last == "protocole : la fiche 5 ne peut pas être lue ; corrigez d’abord data/fiches/fiche-05.yaml."
    assert "\x1b" not in answer.stderr


def test_a_folder_in_place_of_a_fiche(depot: Path, fiche: Fiche) -> None:
    file = depot / "data/fiches/fiche-05.yaml"
    file.unlink()
    file.mkdir()
    answer = fiche("5")
    assert answer.code == 1
    assert "data/fiches/fiche-05.yaml:1:1: erreur [fichier-illisible] C’est un dossier" in answer.stderr


def test_broken_actors_leave_the_fiche_readable(depot: Path, fiche: Fiche) -> None:
    (depot / "data/acteurs.yaml").write_text("acteurs: [", encoding="utf-8")
    answer = fiche("5")
    assert answer.code == 1
    assert (
        answer.stdout.splitlines()[1]
        == "Portée par etat, dijon-metropole et region-bourgogne-franche-comte ; 2019-2022"
    )
    assert "Renforcer l’accès à l’emploi" in answer.stdout
    assert answer.stderr == (
        "protocole : le fichier data/acteurs.yaml est en défaut ; la fiche 5 peut être montrée incomplète. "
        "Voyez : protocole validate\n"
    )


BROKEN_BODY = {
    "syntax": ("cle: constats", "cle: [constats"),
    "a rubrique that does not exist": ("cle: constats", "cle: constat"),
    "a rubrique that is no text": ("cle: constats", "cle: numero"),
}


@pytest.mark.parametrize(("avant", "apres"), BROKEN_BODY.values(), ids=BROKEN_BODY)
@pytest.mark.parametrize("forme", ["texte", "md", "html"])
def test_a_broken_body_leaves_the_fiche_readable(depot: Path, fiche: Fiche, forme: str, avant: str, apres: str) -> None:
    """Without the labels of the rubriques there is the title, and the head in text."""
    replace(depot, "data/protocole.yaml", avant, apres)
    answer = fiche("5", "--format", forme)
    assert answer.code == 1
    assert "RENFORCER LA MOBILISATION" in answer.stdout
    assert "le fichier data/protocole.yaml est en défaut" in answer.stderr


# On a pipe and on a terminal


def test_a_pipe_gets_no_escape_sequence(depot: Path) -> None:
    answer = piped("--dossier", depot, "fiche", "5", TERM="xterm-256color", NO_COLOR="", FORCE_COLOR="1", COLUMNS="40")
    assert answer.returncode == 0
    assert b"\x1b" not in answer.stdout
    assert b"\r" not in answer.stdout


@pytest.mark.parametrize("locale", ["C", "POSIX", "fr_FR.ISO-8859-1"])
def test_a_poor_locale_does_not_make_it_fail(depot: Path, locale: str) -> None:
    answer = piped(
        "--dossier", depot, "fiche", "5", LC_ALL=locale, LANG=locale, PYTHONIOENCODING="ascii", PYTHONUTF8="0"
    )
    assert answer.returncode == 0
    assert answer.stdout.startswith("Fiche 5 – RENFORCER LA MOBILISATION".encode())


def shown(*arguments: str | Path, columns: int = 80, **environment: str) -> list[str]:
    """Return the lines that a terminal shows, escape sequences for colour and weight left out."""
    return ESCAPES.sub("", on_terminal(*arguments, columns=columns, environment=environment)).splitlines()


@pytest.mark.parametrize("columns", [40, 80, 120])
@pytest.mark.parametrize("numero", ["3", "5", "9", "10"])
def test_no_line_is_wider_than_the_window(depot: Path, numero: str, columns: int) -> None:
    printed = shown("--dossier", depot, "fiche", numero, columns=columns)
    assert len(printed) > 60
    assert [line for line in printed if len(line.rstrip(" ")) > columns] == []


@pytest.mark.parametrize("columns", [40, 80, 120])
@pytest.mark.parametrize("numero", ["5", "9", "10"])
def test_the_lines_of_an_item_are_aligned(depot: Path, numero: str, columns: int) -> None:
    mark = re.compile(r" *(?:• |\d+\. )+")
    indents: list[tuple[int, str]] = []
    text_begins = -1
    for line in shown("--dossier", depot, "fiche", numero, columns=columns)[5:]:
        if match := mark.match(line):
            text_begins = match.end()
        elif not line.strip():
            text_begins = -1
        elif text_begins >= 0:
            indents.append((len(line) - len(line.lstrip(" ")) - text_begins, line))
    assert len(indents) > 5
    assert [line for indent, line in indents if indent != 0] == []


@pytest.mark.parametrize("columns", [40, 80, 120])
def test_no_line_begins_with_a_sign_that_belongs_to_the_one_before(depot: Path, columns: int) -> None:
    for numero in ("5", "9"):
        printed = shown("--dossier", depot, "fiche", numero, columns=columns)
        assert [line for line in printed if line.lstrip()[:1] in tuple(";:?!»%€")] == []


def test_a_wide_window_does_not_make_long_lines(depot: Path) -> None:
    assert max(map(len, shown("--dossier", depot, "fiche", "5", columns=200))) <= 100


def test_the_same_words_on_a_terminal_and_on_a_pipe(depot: Path, fiche: Fiche) -> None:
    def words(text: str) -> list[str]:
        return re.findall(r"[^\W\d_]+", text)

    for numero in ("1", "5", "9", "10"):
        on_screen = " ".join(shown("--dossier", depot, "fiche", numero, SOURCE_DATE_EPOCH="1577836800"))
        assert words(on_screen) == words(fiche(numero).stdout.replace("\n## ", "\n"))


def test_structure_is_drawn_on_a_terminal(depot: Path) -> None:
    printed = shown("--dossier", depot, "fiche", "5")
    assert "  1. Nombre dédié d’ETP du dispositif Passerelle vers l’emploi par QPV" in [
        line.rstrip() for line in printed
    ]
    assert "     • Nombre et typologie des bénéficiaires de Passerelle" in [line.rstrip() for line in printed]


def test_colour_is_for_those_who_want_it(depot: Path) -> None:
    coloured = on_terminal("--dossier", depot, "fiche", "5")
    plain = on_terminal("--dossier", depot, "fiche", "5", environment={"NO_COLOR": "1"})
    dumb = on_terminal("--dossier", depot, "fiche", "5", environment={"TERM": "dumb"})
    colours = re.compile(r"\x1b\[(?:\d+;)*(?:3[0-8]|4[0-8]|9\d|10\d)(?:;\d+)*m")
    assert colours.search(coloured)
    assert not colours.search(plain)
    assert "\x1b" not in dumb
    assert ESCAPES.sub("", coloured) == ESCAPES.sub("", plain)


HOSTILE = "[red]rouge[/red] [link=x]a[/link] (:smile:) \u202eerbra\u202c \u200bb [/]"
NEUTRAL = "[red]rouge[/red] [link=x]a[/link] (:smile:) ‹U+202E›erbra‹U+202C› ‹U+200B›b [/]"


def test_hostile_data_is_shown_as_text(depot: Path, lancer: Lancer) -> None:
    """Neither the markup of the library that draws, nor marks that turn or hide text, nor pictures act."""
    replace(depot, "data/fiches/fiche-05.yaml", "titre: RENFORCER", f"titre: '{HOSTILE} RENFORCER'\nlibelles: {{}} # ")
    replace(depot, "data/fiches/fiche-05.yaml", "Renforcer l’accès", f"{HOSTILE} accès")
    replace(depot, "data/acteurs.yaml", "nom: État", f"nom: '{HOSTILE}'")
    on_pipe = lancer("--dossier", depot, "fiche", "5")
    assert on_pipe.code == 0
    raw = on_terminal("--dossier", depot, "fiche", "5", columns=200)
    assert "\x1b" not in ESCAPES.sub("", raw)
    for printed in (on_pipe.stdout, ESCAPES.sub("", raw)):
        assert " ".join(printed.split()).count(NEUTRAL) == 4
        assert not re.search("[\u200b-\u200f\u202a-\u202e\u2060-\u2069]", printed)


def test_a_name_from_the_call_cannot_act_either(depot: Path, lancer: Lancer) -> None:
    answer = lancer("--dossier", depot, "fiche", "5", "--rubrique", "\x1b[31m\u202ea[red]")
    assert answer.code == 1
    assert "« ␛[31m‹U+202E›a[red] »" in answer.stderr


def test_the_markdown_can_be_read_back(fiche: Fiche) -> None:
    tokens = MarkdownIt("commonmark").parse(fiche("10", "--format", "md").stdout)
    assert [t.tag for t in tokens if t.type == "heading_open"] == ["h1", *["h2"] * 5, *["h3"] * 3, *["h2"] * 7]


def test_a_reader_that_goes_away_is_no_fault(depot: Path) -> None:
    assert into_closed_pipe("--dossier", depot, "fiche", "10") == (0, b"")

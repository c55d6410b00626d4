"""`protocole engagements`: who promises what, what is blank, what nobody is named for."""

from pathlib import Path
from typing import Any

import pytest

from answers import as_csv, as_json, as_text, asked
from conftest import CHECKOUT, Lancer, replace
from programs import on_terminal, piped


def ids(found: list[dict[str, Any]]) -> list[str]:
    return [entry["id"] for entry in found]


@pytest.fixture
def found(lancer: Lancer) -> Any:
    """Ask for the JSON of some engagements of our own data."""
    return lambda line="", *more: as_json(asked(lancer, f"engagements --format json {line}", *more), "engagements")


# « Quels sont les engagements de la CAF ? » (Q1)


def test_what_did_the_caf_promise(found: Any) -> None:
    assert found("--acteur caf") == [
        {
            "id": "F7-3",
            "fiche": 7,
            "acteurs": [{"id": "caf", "nom": "Caisse d’allocations familiales de Côte-d’Or"}],
            "attribution": "nommee",
            "texte": "Co-financement des CLAS et information des porteurs de projets CLAS via les comités de pilotage "
            "territoriaux (CAF)",
            "fichier": "data/fiches/fiche-07.yaml",
            "ligne": 65,
        }
    ]


@pytest.mark.parametrize(
    "name",
    [
        "caf",
        "CAF",
        "la CAF",
        "CAF21",
        "Caisse d'allocations familiales",
        "CAISSE D’ALLOCATIONS  FAMILIALES de cote d or",
    ],
)
def test_the_caf_by_any_name(found: Any, name: str) -> None:
    assert ids(found("--acteur", name)) == ["F7-3"]


# « Quels engagements sont incomplets ou sans responsable ? » (Q4)


def test_of_25_promises_17_are_whole(found: Any, lancer: Lancer) -> None:
    everything = found()
    assert len(everything) == 25
    assert sum(bool(e["acteurs"] and e["texte"]) for e in everything) == 17
    assert as_text(asked(lancer, "engagements")).startswith(
        "25 engagements : 17 attribués et rédigés, 1 attribué et resté en blanc et 7 sans auteur nommé. Fiche 1 – "
    )


def test_one_was_left_blank(found: Any) -> None:
    (blank,) = found("--vides")
    assert (blank["id"], blank["acteurs"][0]["id"], blank["texte"]) == ("F3-4", "caisse-des-depots", "")


def test_seven_have_no_author(found: Any) -> None:
    without = found("--sans-acteur")
    assert ids(without) == ["F2-1", "F6-1", "F8-1", "F8-2", "F10-1", "F10-2", "F10-3"]
    assert {e["attribution"] for e in without} == {"aucune"}


def test_two_bind_no_party(found: Any, lancer: Lancer) -> None:
    assert ids(found("--hors-parties")) == ["F5-4", "F7-1"]
    assert "le texte ne la relie pas au Rectorat" in as_text(asked(lancer, "engagements --hors-parties"))


def test_none_has_an_amount(found: Any, lancer: Lancer) -> None:
    assert found("--montants") == []
    assert as_text(asked(lancer, "engagements --montants")) == (
        "Aucun engagement avec un montant (25 engagements lus). Seul « montant » est lu, et non les sommes dites dans le texte."
    )


def test_an_amount_is_found(depot: Path, lancer: Lancer) -> None:
    replace(
        depot, "data/fiches/fiche-06.yaml", "  - texte: Mise en œuvre du CLS", "  - montant: 1500\n    texte: Le CLS"
    )
    assert "Le CLS" in as_text(lancer("--dossier", depot, "engagements", "--montants"))


# Further questions, answered from the source by hand


def test_what_do_the_towns_promise_together(found: Any) -> None:
    """« Villes », « villes » : l. 624, 626, 1217."""
    assert ids(found("--acteur villes")) == ["F1-1", "F1-2", "F7-2"]


def test_what_does_longvic_promise(found: Any, lancer: Lancer) -> None:
    """Nothing by its own name: no fiche names Longvic among the authors of a promise."""
    reached = found("--acteur", "Ville de Longvic")
    assert [(e["id"], e["attribution"]) for e in reached] == [(i, "collective") for i in ("F1-1", "F1-2", "F7-2")]
    answer = as_text(asked(lancer, "engagements --acteur longvic"))
    assert answer.startswith(
        "Ville de Longvic : 3 engagements par un collectif (25 engagements lus). Par un collectif dont cet acteur est membre"
    )
    assert answer.count("Par le collectif « Communes du contrat de ville »") == 3


def test_what_does_orvitis_promise(found: Any) -> None:
    """« Villes et bailleurs : mobilisation des habitants » (l. 626)."""
    assert [(e["id"], e["attribution"]) for e in found("--acteur orvitis")] == [("F1-2", "collective")]


def test_a_collective_that_the_text_leaves_open_reaches_nobody(found: Any) -> None:
    """« Engagement des entreprises » (l. 989) does not bind the SPLAAD, an enterprise."""
    assert ids(found("--acteur entreprises")) == ["F5-4"]
    assert found("--acteur splaad") == []


def test_what_does_the_state_promise(found: Any) -> None:
    """l. 623, 772, 882, 965, 1217, 1416; with its services, l. 1216."""
    assert ids(found("--acteur État")) == ["F1-1", "F3-1", "F4-3", "F5-1", "F7-2", "F9-1"]
    with_services = found("--acteur état --avec-services")
    assert ids(with_services) == ["F1-1", "F3-1", "F4-3", "F5-1", "F7-1", "F7-2", "F9-1"]
    assert {e["attribution"] for e in with_services} == {"nommee"}


def test_services_are_said_apart(lancer: Lancer) -> None:
    answer = as_text(asked(lancer, "engagements --acteur etat --avec-services"))
    assert "État : 6 engagements à son nom et 1 par un service qui en relève" in answer
    assert "Par un service qui en relève Fiche 7" in answer
    assert "Par le service « Éducation nationale »" in answer


def test_pole_emploi_promises_nothing_and_that_is_an_answer(found: Any, lancer: Lancer) -> None:
    assert found("--acteur", "Pôle emploi") == []
    assert as_text(asked(lancer, "engagements --acteur pole-emploi")) == (
        "Pôle emploi : aucun engagement, ni à son nom, ni par un collectif dont le texte le dit membre (25 engagements lus)."
    )


def test_the_region_in_fiche_5(found: Any) -> None:
    (entry,) = found("--acteur region --fiche 5")
    assert entry["id"] == "F5-3"
    assert [line[:14] for line in entry["texte"].split("\n")] == [
        "La stratégie r",
        "",
        "- Déploiement ",
        "- Depuis le 1e",
    ]


def test_filters_compose(found: Any) -> None:
    assert ids(found("--acteur caisse-des-depots --vides")) == ["F3-4"]
    assert found("--acteur caf --vides") == []
    assert ids(found("--fiche 8 --sans-acteur")) == ["F8-1", "F8-2"]


def test_only_collectives_make_an_attribution_collective(found: Any) -> None:
    attributions = {e["id"]: e["attribution"] for e in found()}
    assert attributions["F1-1"] == "nommee"  # ANRU, État, Région et villes
    assert attributions["F1-2"] == "collective"  # villes et bailleurs
    assert attributions["F5-4"] == "collective"  # entreprises
    assert attributions["F10-1"] == "aucune"


# What cannot be answered


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--acteur", "orvitiss"), "aucun acteur ne s’appelle « orvitiss ». Vouliez-vous dire « Orvitis » ?"),
        (("--acteur", "allocations"), "aucun acteur ne s’appelle « allocations ». Vouliez-vous dire « Caisse d’allocations "),
        (("--acteur", "zzz"), "aucun acteur ne s’appelle « zzz ». Toute la liste : protocole acteurs"),
        (("--acteur", "-"), "aucun acteur ne s’appelle « - »."),
        (("--acteur", "caisse"), "« caisse » peut désigner « Caisse d’allocations familiales de Côte-d’Or » (caf), « Caisse des "),
        (("--fiche", "12"), "la fiche 12 n’existe pas. Les fiches vont de 1 à 10."),
    ],
)  # fmt: skip
def test_an_unknown_name_is_one_line(lancer: Lancer, arguments: tuple[str, ...], said: str) -> None:
    answer = asked(lancer, "engagements", *arguments)
    assert (answer.code, answer.stdout) == (1, "")
    assert answer.stderr.startswith(f"protocole : {said}")
    assert answer.stderr.count("\n") == 1


def test_a_broken_fiche_leaves_an_answer_that_says_it_is_not_whole(depot: Path, lancer: Lancer) -> None:
    (depot / "data/fiches/fiche-07.yaml").write_text("numero: [", encoding="utf-8")
    answer = lancer("--dossier", depot, "engagements", "--acteur", "etat")
    assert answer.code == 1
    assert "F9-1" in answer.stdout
    assert answer.stderr == (
        "protocole : le fichier data/fiches/fiche-07.yaml est en défaut ; la réponse peut être incomplète. "
        "Voyez : protocole validate\n"
    )


def test_many_broken_files_are_counted(depot: Path, lancer: Lancer) -> None:
    for file in (depot / "data/fiches").iterdir():
        file.write_bytes(b"")
    answer = lancer("--dossier", depot, "engagements")
    assert answer.code == 1
    assert answer.stdout == "Aucun engagement : les fiches lues n’en contiennent pas.\n"
    assert "data/fiches/fiche-08.yaml et 2 autres sont en défaut" in answer.stderr


# Forms


def test_csv_has_one_header_and_no_formula(depot: Path, lancer: Lancer) -> None:
    replace(depot, "data/fiches/fiche-06.yaml", "Mise en œuvre du CLS", '=CMD("x"), a')
    rows = as_csv(lancer("--dossier", depot, "engagements", "--format", "csv"))
    assert list(rows[0]) == ["id", "fiche", "acteurs", "attribution", "texte", "fichier", "ligne"]
    assert len(rows) == 25
    assert rows[1]["acteurs"] == "Communes du contrat de ville ; Bailleurs"
    assert next(row["texte"] for row in rows if row["id"] == "F6-1") == '\'=CMD("x"), a'


def test_csv_has_the_words_of_json_and_markdown_those_of_people(lancer: Lancer, found: Any) -> None:
    rows = as_csv(asked(lancer, "engagements --format csv"))
    assert [row["attribution"] for row in rows] == [e["attribution"] for e in found()]
    assert "| nommée |" in asked(lancer, "engagements --format md").stdout


def test_markdown_is_a_table(lancer: Lancer) -> None:
    lines = asked(lancer, "engagements --fiche 2 --format md").stdout.splitlines()
    assert lines[:2] == [
        "| N° | Fiche | Acteurs | Attribution | Engagement | Fichier | Ligne |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    assert lines[2].startswith("| F2-1 | 2 |  | aucune | Participation au groupe de travail")


def test_no_line_of_a_pipe_is_wider_than_80() -> None:
    printed = piped("--dossier", CHECKOUT, "engagements", COLUMNS="200").stdout.decode()
    assert max(map(len, printed.splitlines())) <= 80


@pytest.mark.parametrize(("columns", "widest"), [(40, 40), (80, 80), (120, 100)])
def test_a_terminal_is_used(columns: int, widest: int) -> None:
    lines = on_terminal("--dossier", CHECKOUT, "engagements", columns=columns).splitlines()
    words = [word for line in lines for word in line.split()]
    assert widest - 15 < max(len(line) for line in lines) <= max(widest, 8 + max(map(len, words)))
    assert [line for line in lines if line.lstrip()[:1] in tuple(";:?!»")] == []


def test_hostile_data_is_shown_as_text(depot: Path, lancer: Lancer) -> None:
    replace(depot, "data/fiches/fiche-06.yaml", "Mise en œuvre du CLS", '"\u202eerbra | [red]"')
    for forme in ("texte", "csv", "md"):
        answer = lancer("--dossier", depot, "engagements", "--format", forme)
        assert "‹U+202E›erbra" in answer.stdout
        assert "\u202e" not in answer.stdout
    assert "erbra \\| \\[red\\]" in answer.stdout

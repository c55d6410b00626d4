"""`protocole gouvernance`: the scheme, its meetings in a month, and how many there are a year."""

from pathlib import Path
from typing import Any

import pytest

from answers import as_csv, as_json, as_text, asked, cited
from conftest import CHECKOUT, Lancer, replace
from programs import ESCAPES, on_terminal, piped

# « Quelles réunions en octobre ? » (Q6)


@pytest.fixture
def in_month(lancer: Lancer) -> Any:
    """Ask for the bodies that meet in a month, by how sure that is."""

    def ask(mois: str) -> dict[str, list[str]]:
        answer = as_json(asked(lancer, f"gouvernance --format json --mois {mois}"), "gouvernance-mois")
        kinds: dict[str, list[str]] = {}
        for meeting in answer["reunions"]:
            kinds.setdefault(meeting["presence"], []).append(meeting["instance"]["id"])
        return kinds

    return ask


def test_which_meetings_in_october(in_month: Any, lancer: Lancer) -> None:
    """Only the comité de pilotage has a month (l. 457-459); the restricted MOUS meets every month (l. 499)."""
    october = in_month("octobre")
    assert october["fixe"] == ["comite-de-pilotage"]
    assert october["chaque-mois"] == ["mous"]
    assert len(october["possible"]) == 9
    assert as_text(asked(lancer, "gouvernance --mois octobre")).startswith(
        "Une réunion est fixée en octobre par le texte : - Comité de pilotage : « 1 fois / an en octobre » "
        f"({cited('data/gouvernance.yaml', '1 fois / an en octobre')}) Chaque mois, donc aussi en octobre : - Maîtrise d’ouvrage et urbaine et sociale (MOUS) : "
        f"« ½ journée une fois par mois » ({cited('data/gouvernance.yaml', '½ journée une fois par mois')}) Le texte ne fixe pas de mois : peuvent avoir lieu "
        "en octobre, ou non : - Réunion des représentants"
    )


def test_which_meetings_in_march(in_month: Any, lancer: Lancer) -> None:
    """None is fixed, and the comité de pilotage, which has its month, may not fall there."""
    march = in_month("mars")
    assert "fixe" not in march
    assert march["chaque-mois"] == ["mous"]
    assert "comite-de-pilotage" not in march["possible"]
    assert as_text(asked(lancer, "gouvernance --mois mars")).startswith(
        "Le texte ne fixe aucune réunion en mars. Chaque mois, donc aussi en mars :"
    )


@pytest.mark.parametrize("name", ["octobre", "OCTOBRE", "10", "oct"])
def test_a_month_by_any_name(in_month: Any, name: str) -> None:
    assert in_month(name)["fixe"] == ["comite-de-pilotage"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("octbre", "« octbre » n’est pas un mois. Vouliez-vous dire « octobre » ?"),
        ("jui", "« jui » n’est pas un mois. Vouliez-vous dire « juin » ou « juillet » ?"),
        ("13", "« 13 » n’est pas un mois. Écrivez par exemple : --mois octobre"),
        ("0", "« 0 » n’est pas un mois."),
        ("9999", "« 9999 » n’est pas un mois."),
    ],
)
def test_what_is_no_month_is_a_fault_of_the_call(lancer: Lancer, name: str, said: str) -> None:
    answer = asked(lancer, f"gouvernance --mois {name}")
    assert (answer.code, answer.stdout) == (2, "")
    assert answer.stderr.startswith(f"protocole : {said}")


# « Combien de réunions par an ? » (annexe 1, l. 447-561, counted by hand)

A_YEAR = {
    "reunion-des-representants-des-conseils-citoyens": (1, 1, ""),
    "comite-de-pilotage": (1, 1, ""),
    "reunion-des-elus": (4, 4, ""),
    "journee-des-conseils-citoyens": (1, 1, ""),
    "reunion-des-conseils-citoyens-communaux": (
        4,
        4,
        "le texte ne dit pas si 4 par an vaut pour l’ensemble ou pour chacun",
    ),
    "comite-technique-etat": (6, 6, ""),
    "comite-technique": (1, 1, ""),
    "mous": (18, 18, "12 (« ½ journée une fois par mois ») et 6 (« tous les 2 mois »)"),
    "groupes-techniques": (28, 28, "7 groupes, 4 pour chacun"),
    "comite-de-pilotage-des-services-de-l-etat": (1, 2, ""),
}


LEFT_OPEN = "davantage si le nombre dit pour « Réunion des conseils citoyens communaux » vaut pour chacun"
TOTAL = {"min": 65, "max": 66, "precision": LEFT_OPEN}


def test_how_many_meetings_a_year(lancer: Lancer) -> None:
    answer = as_json(asked(lancer, "gouvernance --reunions-par-an --format json"), "gouvernance-par-an")
    counted = {i["id"]: (i["par_an"]["min"], i["par_an"]["max"], i["precision"]) for i in answer["instances"]}
    assert counted == A_YEAR
    assert answer["total"] == TOTAL


def test_what_the_sum_leaves_open_is_said(lancer: Lancer) -> None:
    answer = as_text(asked(lancer, "gouvernance --reunions-par-an"))
    assert answer.startswith(f"En tout, 65 à 66 réunions par an ; {LEFT_OPEN}. ")
    assert (
        "28 Groupes techniques 7 groupes, 4 pour chacun Le texte dit « 1 fois / trimestre pour chaque groupe »"
        in answer
    )
    assert (
        "1 à 2 Comité de pilotage des services de l’État Le texte dit « 1 à 2 fois/an (suivant l’actualité) »" in answer
    )


def test_words_without_a_number_are_quoted_and_not_counted(depot: Path, lancer: Lancer) -> None:
    avant = "      - texte: Tous les 2 mois\n        par_an: {min: 6, max: 6}\n"
    replace(depot, "data/gouvernance.yaml", avant, "      - texte: Autant que de besoin\n")
    asking = ("--dossier", depot, "gouvernance", "--reunions-par-an")
    answer = as_json(lancer(*asking, "--format", "json"), "gouvernance-par-an")
    assert answer["instances"][5]["par_an"] is None
    assert answer["instances"][5]["precision"] == "nombre par an non indiqué (« Autant que de besoin »)"
    without = (
        "sans compter « Comité technique État » (« Autant que de besoin »), dont le nombre par an n’est pas indiqué"
    )
    assert answer["total"] == {"min": 59, "max": 60, "precision": f"{LEFT_OPEN} ; {without}"}
    said = as_text(lancer(*asking))
    assert f"{without}." in said
    assert (
        "? Comité technique État Nombre par an non indiqué (« Autant que de besoin ») (data/gouvernance.yaml:" in said
    )


def test_a_body_without_a_word_on_its_meetings_is_named(depot: Path, lancer: Lancer) -> None:
    chemin = depot / "data/gouvernance.yaml"
    before, after = chemin.read_text(encoding="utf-8").split("    reunions:\n      - texte: Tous les 2 mois\n")
    chemin.write_text(before + after[after.index("  - id: ") :], encoding="utf-8")
    said = as_text(lancer("--dossier", depot, "gouvernance", "--reunions-par-an"))
    assert "sans compter « Comité technique État », dont aucune réunion n’est dite." in said


def test_groups_that_the_text_does_not_name_cannot_be_counted(depot: Path, lancer: Lancer) -> None:
    chemin = depot / "data/gouvernance.yaml"
    texte = chemin.read_text(encoding="utf-8")
    before, _, after = texte.partition("    groupes:\n")
    chemin.write_text(before + after[after.index("  - id: comite-de-pilotage-des-services") :], encoding="utf-8")
    answer = lancer("--dossier", depot, "gouvernance", "--reunions-par-an", "--format", "json")
    said = as_json(answer, "gouvernance-par-an")
    assert (
        "davantage selon le nombre de groupes, que le texte ne dit pas : « Groupes techniques »"
        in said["total"]["precision"]
    )
    groups = said["instances"][8]
    assert groups["par_an"] == {"min": 4, "max": 4}
    assert groups["precision"] == "4 pour chaque groupe, dont le texte ne dit pas le nombre"


def test_two_questions_at_once_are_refused(lancer: Lancer) -> None:
    answer = asked(lancer, "gouvernance --mois mai --reunions-par-an")
    assert (answer.code, answer.stdout) == (2, "")
    assert "posent deux questions : donnez l’un ou l’autre" in answer.stderr


# The scheme


def test_the_scheme_comes_column_after_column(lancer: Lancer) -> None:
    lines = asked(lancer, "gouvernance").stdout.splitlines()
    assert lines[0].startswith("Annexe 1 – LE SCHÉMA DE LA GOUVERNANCE DU CONTRAT DE VILLE 2019-2022")
    assert [line for line in lines if line.isupper()] == ["ÉTAT", "COLLECTIVITÉS", "CONSEILS CITOYENS", "COPILOTAGE"]
    assert "Disposition reconstituée : le texte ne dit pas dans quelle colonne" in " ".join(lines)
    at = lines.index("  Comité technique État")
    assert lines[at + 1 : at + 3] == ["    Réunion : Tous les 2 mois", "      - Étudier les sujets d’actualité"]
    assert "    Groupe : Tranquillité publique médiation" in lines


def test_all_ten_bodies_are_in_the_json(lancer: Lancer) -> None:
    answer = as_json(asked(lancer, "gouvernance --format json"), "gouvernance")
    assert [i["id"] for i in answer["instances"]] == list(A_YEAR)
    assert answer["total"] == TOTAL
    assert [len(i["groupes"]) for i in answer["instances"]] == [0] * 8 + [7, 0]


def test_tables(lancer: Lancer) -> None:
    rows = as_csv(asked(lancer, "gouvernance --format csv"))
    assert len(rows) == 11  # the MOUS has two rhythms
    assert [row["mois"] for row in rows if row["mois"]] == ["10"]
    assert len(as_csv(asked(lancer, "gouvernance --mois octobre --format csv"))) == 11
    assert [row["par_an_max"] for row in as_csv(asked(lancer, "gouvernance --reunions-par-an --format csv"))][-1] == "2"
    assert asked(lancer, "gouvernance --reunions-par-an --format md").stdout.count("\n") == 12


def test_columns_stand_side_by_side_only_in_a_wide_window(lancer: Lancer) -> None:
    wide = ESCAPES.sub("", on_terminal("--dossier", CHECKOUT, "gouvernance", columns=130)).splitlines()
    assert [line.split() for line in wide if line.startswith("ÉTAT")] == [
        ["ÉTAT", "COLLECTIVITÉS", "CONSEILS", "CITOYENS", "COPILOTAGE"]
    ]
    assert max(map(len, wide)) <= 130
    narrow = ESCAPES.sub("", on_terminal("--dossier", CHECKOUT, "gouvernance", columns=100)).splitlines()
    assert narrow == on_terminal("--dossier", CHECKOUT, "gouvernance", columns=100).splitlines()
    assert "ÉTAT" in narrow
    linear = piped("--dossier", CHECKOUT, "gouvernance", COLUMNS="200").stdout.decode()
    assert linear == asked(lancer, "gouvernance").stdout


def test_without_any_body_it_says_so(depot: Path, lancer: Lancer) -> None:
    empty = "titre: LE SCHÉMA\ncolonnes: []\ninstances: []\n"
    (depot / "data/gouvernance.yaml").write_text(empty, encoding="utf-8")
    said = "Aucune instance : data/gouvernance.yaml n’en décrit pas.\n"
    assert lancer("--dossier", depot, "gouvernance") == (0, said, "")


def test_a_broken_file_is_named(depot: Path, lancer: Lancer) -> None:
    (depot / "data/gouvernance.yaml").write_text("titre: [", encoding="utf-8")
    answer = lancer("--dossier", depot, "gouvernance", "--reunions-par-an")
    assert answer.code == 1
    assert "le fichier data/gouvernance.yaml est en défaut" in answer.stderr

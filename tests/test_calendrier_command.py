"""`protocole calendrier`: when each fiche takes place, what goes out of the period, what the text does not date."""

from pathlib import Path
from typing import Any

import pytest

from answers import as_csv, as_json, as_text, asked
from conftest import CHECKOUT, Lancer, replace
from programs import ESCAPES, on_terminal


@pytest.fixture
def found(lancer: Lancer) -> Any:
    """Ask for the JSON of the time line of our own data."""
    return lambda line="": as_json(asked(lancer, f"calendrier --format json {line}"), "calendrier")


# « Quelles fiches débordent de la période 2019-2022 ? » (Q11)


def test_only_fiche_1_goes_out_of_the_period(found: Any, lancer: Lancer) -> None:
    """l. 632."""
    answer = found()
    assert answer["periode"] == {"debut": 2019, "fin": 2022}
    assert {f["numero"]: f["hors_periode"] for f in answer["fiches"] if f["hors_periode"]} == {1: [2023, 2024, 2025]}
    assert "2019 à 2025, dont 2023 à 2025 hors de la période du protocole (data/fiches/fiche-01.yaml:49)" in as_text(
        asked(lancer, "calendrier")
    )


def test_fiche_10_has_no_years_and_stands_apart(found: Any, lancer: Lancer) -> None:
    """l. 1629: words only."""
    assert [f["numero"] for f in found()["non_datees"]] == [10]
    assert as_text(asked(lancer, "calendrier")).endswith(
        "Non daté : le texte ne donne pas d’années. Fiche 10 – PRÉVENIR ET LUTTER CONTRE LES INSÉCURITÉS ET INCIVILITÉS "
        "« Réunions de préparation après le processus de validation des élus en Conseil métropolitain en 2019 pour une "
        "installation en 2020 » (data/fiches/fiche-10.yaml:150)"
    )


def test_the_years_of_the_nine_others(found: Any) -> None:
    """inventaire.md § 5.2."""
    assert {f["numero"]: (f["debut"], f["fin"]) for f in found()["fiches"]} == {
        1: (2019, 2025), 2: (2020, 2022), 3: (2019, 2021), 4: (2019, 2022), 5: (2019, 2022), 6: (2020, 2022),
        7: (2020, 2022), 8: (2020, 2022), 9: (2020, 2022),
    }  # fmt: skip


def test_two_fiches_have_phases(found: Any) -> None:
    phases = {f["numero"]: [(p["nom"], p["debut"], p["fin"]) for p in f["phases"]] for f in found()["fiches"]}
    assert {numero: said for numero, said in phases.items() if said} == {
        3: [("État des lieux", 2019, 2020), ("Mise en place d’un dispositif", 2020, 2021)],
        9: [("Phase 1", 2020, 2021), ("Phase 2", 2021, 2022)],
    }


# Further questions, answered from the source by hand


def test_what_takes_place_in_2019(found: Any) -> None:
    """l. 632, 793, 886, 996; fiche 10 remains open."""
    answer = found("--annee 2019")
    assert [f["numero"] for f in answer["fiches"]] == [1, 3, 4, 5]
    assert [f["numero"] for f in answer["non_datees"]] == [10]


def test_what_takes_place_in_2023(found: Any, lancer: Lancer) -> None:
    assert [f["numero"] for f in found("--annee 2023")["fiches"]] == [1]
    answer = as_text(asked(lancer, "calendrier --annee 2023"))
    assert answer.startswith("Période du protocole : 2019-2022. 1 fiche a lieu en 2023, hors de la période, sur 10.")
    assert "Indéterminé : le texte ne donne pas d’années, ni 2023 ni une autre." in answer


def test_nothing_takes_place_in_2030(found: Any, lancer: Lancer) -> None:
    assert found("--annee 2030")["fiches"] == []
    answer = as_text(asked(lancer, "calendrier --annee 2030"))
    assert answer.startswith(
        "Période du protocole : 2019-2022. Aucune fiche n’a lieu en 2030, hors de la période, sur 10."
    )


@pytest.mark.parametrize("annee", ["21", "deux", "20200", "²020"])
def test_what_is_no_year_is_a_fault_of_the_call(lancer: Lancer, annee: str) -> None:
    answer = asked(lancer, "calendrier --annee", annee)
    assert (answer.code, answer.stdout) == (2, "")
    assert f"« {annee} » n’est pas une année. Écrivez par exemple : --annee 2021" in answer.stderr


def test_without_a_period_no_year_is_out_of_it(depot: Path, lancer: Lancer) -> None:
    (depot / "data/protocole.yaml").write_text("format: [", encoding="utf-8")
    answer = lancer("--dossier", depot, "calendrier")
    assert answer.code == 1
    assert answer.stdout.startswith("Période du protocole non dite. 9 fiches datées sur 10.\n")
    assert "hors" not in answer.stdout


# Bars


def bars(columns: int, *arguments: str) -> list[str]:
    return ESCAPES.sub("", on_terminal("--dossier", CHECKOUT, "calendrier", *arguments, columns=columns)).splitlines()


def test_a_terminal_shows_a_bar_a_fiche(lancer: Lancer) -> None:
    drawn = bars(80)
    assert drawn[2].split() == ["2019", "2020", "2021", "2022", "2023", "2024", "2025"]
    assert drawn[3:6] == [
        "Fiche 1 – FAVORISER L’APPROPRIATION DE        ■■■■ ■■■■ ■■■■ ■■■■ □□□□ □□□□ □□□□",
        "          L’ESPACE PUBLIC PAR TOUS LES",
        "          HABITANTS",
    ]
    assert "  État des lieux                              ■■■■ ■■■■ ···· ···· ···· ···· ····" in drawn
    assert "■■■■ année de la fiche ; □□□□ année hors de la période du protocole" in drawn
    assert "Fiche 10 – PRÉVENIR ET LUTTER CONTRE LES INSÉCURITÉS ET INCIVILITÉS" in drawn
    assert "■" not in asked(lancer, "calendrier").stdout


def test_a_wide_window_is_used_and_no_title_is_cut() -> None:
    title = "Fiche 1 – FAVORISER L’APPROPRIATION DE L’ESPACE PUBLIC PAR TOUS LES HABITANTS"
    for columns in (120, 140, 220):
        drawn = bars(columns)
        assert drawn[3].partition("  ")[0] == title
        assert "…" not in "".join(drawn)
    assert len(bars(140)[3]) > 120


def test_a_word_longer_than_its_column_does_not_push_the_bars_out(depot: Path) -> None:
    replace(depot, "data/fiches/fiche-09.yaml", "nom: Phase 1", f"nom: {'long' * 30}")
    drawn = ESCAPES.sub("", on_terminal("--dossier", depot, "calendrier", columns=80)).splitlines()
    assert max(map(len, drawn)) <= 80
    assert any(line.startswith("  longlong") and "… " in line and "■■■■" in line for line in drawn)


@pytest.mark.parametrize("columns", [50, 80, 120])
def test_no_line_is_wider_than_the_window(columns: int) -> None:
    assert max(map(len, bars(columns))) <= columns


def test_a_narrow_window_gets_sentences() -> None:
    assert "■" not in "\n".join(bars(50))
    assert "■" not in "\n".join(bars(80, "--annee", "2999"))


def test_tables(lancer: Lancer) -> None:
    rows = as_csv(asked(lancer, "calendrier --format csv"))
    assert len(rows) == 14
    assert [row["hors_periode"] for row in rows if row["hors_periode"]] == ["2023 2024 2025"]
    assert (rows[-1]["numero"], rows[-1]["debut"]) == ("10", "")
    assert asked(lancer, "calendrier --format md").stdout.count("\n") == 16


def test_hostile_names_are_text(depot: Path, lancer: Lancer) -> None:
    replace(depot, "data/fiches/fiche-09.yaml", "nom: Phase 1", 'nom: "\\u202eP\\u200b"')
    drawn = on_terminal("--dossier", depot, "calendrier")
    assert "‹U+202E›P‹U+200B›" in drawn
    assert "‹U+202E›P‹U+200B›" in lancer("--dossier", depot, "calendrier").stdout

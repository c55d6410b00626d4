"""`protocole resultats`: what is expected, of which nature, and that no target is set."""

from typing import Any

import pytest

from answers import as_csv, as_json, as_text, asked
from conftest import Lancer, replace


@pytest.fixture
def found(lancer: Lancer) -> Any:
    """Ask for the JSON of some expected results of our own data."""
    return lambda line="": as_json(asked(lancer, f"resultats --format json {line}"), "resultats")


# « Quels résultats sont mesurables ? » (answered from inventaire.md § 5.5, and counted in the source by hand)

OF_NATURE = {
    "indicateur": {3: 1, 4: 4, 5: 14, 9: 3},
    "tendance": {3: 1, 7: 1, 8: 1, 10: 3},
    "qualitatif": {1: 1, 2: 2, 3: 2, 5: 4, 6: 2, 7: 1, 9: 5, 10: 1},
}


def test_no_result_has_a_target(found: Any) -> None:
    everything = found()
    assert len(everything) == 46
    assert found("--sans-cible") == everything


@pytest.mark.parametrize(("nature", "fiches"), OF_NATURE.items())
def test_each_nature_by_fiche(found: Any, nature: str, fiches: dict[int, int]) -> None:
    of_nature = [r["fiche"] for r in found() if r["nature"] == nature]
    assert {fiche: of_nature.count(fiche) for fiche in dict.fromkeys(of_nature)} == fiches


def test_the_answer_counts_by_nature_and_by_fiche(lancer: Lancer) -> None:
    answer = as_text(asked(lancer, "resultats --sans-cible"))
    assert answer.startswith(
        "46 résultats attendus sans cible chiffrée : 22 indicateurs dénombrables sans cible, 6 tendances et 18 résultats "
        "qualitatifs (10 fiches lues). "
        "Indicateurs dénombrables, sans cible : 22 – fiche 3 (1), fiche 4 (4), fiche 5 (14), fiche 9 (3) R3-3 Nombre"
    )


def test_only_one_result_has_a_year(found: Any, lancer: Lancer) -> None:
    """« à l’horizon 2022 » (l. 801)."""
    assert [(r["id"], r["echeance"]) for r in found() if r["echeance"]] == [("R3-1", 2022)]
    assert "Fiche 3, résultats (data/fiches/fiche-03.yaml:99) ; échéance : 2022" in as_text(asked(lancer, "resultats"))


def test_the_results_of_fiche_5_answer_its_six_actions(found: Any) -> None:
    results = found("--fiche 5")
    assert [(r["id"], r["action"]) for r in results if "." not in r["id"]] == [(f"R5-{n}", n) for n in range(1, 7)]
    assert [(r["id"], r["nature"], r["action"]) for r in results[:3]] == [
        ("R5-1", "indicateur", 1),
        ("R5-1.1", "indicateur", 1),
        ("R5-1.2", "qualitatif", 1),
    ]


def test_the_results_of_fiche_6(found: Any) -> None:
    """l. 1122 and 1125."""
    assert [(r["id"], r["nature"], r["texte"][:22], r["ligne"]) for r in found("--fiche 6")] == [
        ("R6-1", "qualitatif", "Présence renforcée de ", 73),
        ("R6-2", "qualitatif", "Accompagnement santé e", 77),
    ]


def test_a_target_is_one(depot: Any, lancer: Lancer) -> None:
    avant = "    nature: tendance\n"
    replace(depot, "data/fiches/fiche-10.yaml", avant, "    nature: cible\n    cible: {valeur: 12.5, unite: '%'}\n")
    answer = as_text(lancer("--dossier", depot, "resultats", "--fiche", "10"))
    assert answer.startswith(
        "4 résultats attendus : 1 cible chiffrée, 2 tendances et 1 résultat qualitatif (1 fiche lue)."
    )
    assert "Cibles chiffrées : 1 – fiche 10 (1) R10-1 Diminuer" in answer
    assert "; cible : 12,5 %" in answer
    without = as_json(lancer("--dossier", depot, "resultats", "--sans-cible", "--format", "json"), "resultats")
    assert len(without) == 45


def test_a_fiche_without_results_says_so(depot: Any, lancer: Lancer) -> None:
    (depot / "data/fiches/fiche-11.yaml").write_text("numero: 11\ntitre: Une idée\n", encoding="utf-8")
    answer = lancer("--dossier", depot, "resultats", "--fiche", "11", "--sans-cible")
    assert answer == (0, "Aucun résultat attendu sans cible chiffrée (1 fiche lue).\n", "")


def test_an_unknown_fiche_is_said(lancer: Lancer) -> None:
    expected = "protocole : la fiche 12 n’existe pas. Les fiches vont de 1 à 10.\n"
    assert asked(lancer, "resultats --fiche 12") == (1, "", expected)


def test_tables(lancer: Lancer) -> None:
    rows = as_csv(asked(lancer, "resultats --fiche 3 --format csv"))
    assert [(row["id"], row["echeance"]) for row in rows] == [
        ("R3-1", "2022"),
        ("R3-2", ""),
        ("R3-3", ""),
        ("R3-4", ""),
    ]
    first = asked(lancer, "resultats --fiche 3 --format md").stdout.splitlines()[2]
    assert first.startswith("| R3-1 | 3 | Mise en place d’un dispositif")

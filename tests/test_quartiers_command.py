"""`protocole quartiers` and `protocole quartier NOM`: the neighbourhoods, and which fiches reach them through what."""

from pathlib import Path
from typing import Any

import pytest

from answers import as_csv, as_json, as_text, asked
from conftest import Lancer, replace
from protocole_cli.language import fold


@pytest.fixture
def quartier(lancer: Lancer) -> Any:
    """Ask for the JSON of one neighbourhood of our own data."""
    return lambda *name: as_json(asked(lancer, "quartier --format json", *name), "quartier")


def means(found: dict[str, Any], numero: int) -> list[tuple[str, str]]:
    (fiche,) = [f for f in found["fiches"] if f["numero"] == numero]
    return [(way["moyen"], way["phase"]) for way in fiche["moyens"]]


# « Quels quartiers et quelles fiches pour les QVA ? » (Q12)


def test_there_are_5_qpv_and_2_qva(lancer: Lancer) -> None:
    """l. 187-194."""
    found = as_json(asked(lancer, "quartiers --format json"), "quartiers")
    assert [(q["nature"], q["nom"], q["commune"]["nom"]) for q in found] == [
        ("qpv", "Le mail", "Chenôve"),
        ("qpv", "Les Grésilles", "Dijon"),
        ("qpv", "Fontaine d’Ouche", "Dijon"),
        ("qpv", "Le Bief du moulin", "Longvic"),
        ("qpv", "Le Belvédère", "Talant"),
        ("qva", "Guynemer", "Longvic"),
        ("qva", "Le Centre-ville", "Quetigny"),
    ]


def test_all_fiches_but_fiche_2_reach_the_qva(lancer: Lancer) -> None:
    found = as_json(asked(lancer, "quartiers --format json"), "quartiers")
    assert {q["nature"]: q["fiches"] for q in found} == {"qpv": list(range(1, 11)), "qva": [1, *range(3, 11)]}
    assert as_text(asked(lancer, "quartiers")).startswith(
        "7 quartiers, dont 5 quartiers prioritaires (QPV) et 2 quartiers de veille active (QVA). Quartier Nature Commune Fiches "
        "Où Le mail QPV Chenôve 1 à 10 data/quartiers.yaml:48"
    )


def test_fiche_9_reaches_quetigny_by_its_commune_then_by_all_communes(quartier: Any, lancer: Lancer) -> None:
    """l. 1366-1368."""
    found = quartier("Le Centre-ville")
    assert means(found, 9) == [("commune", "Phase 1"), ("toutes-communes", "Phase 2")]
    assert {n for n in range(1, 11) if means(found, n) == [("nature", "")]} == {1, 3, 4, 5, 6, 7, 8, 10}
    assert "Par sa commune, Quetigny (Phase 1) puis toutes les communes (Phase 2)." in as_text(
        asked(lancer, "quartier", "Le Centre-ville")
    )


# Further questions, answered from the source by hand


def test_which_fiches_leave_guynemer_out(quartier: Any, lancer: Lancer) -> None:
    """« Quartiers prioritaires de Dijon métropole » (l. 653)."""
    found = quartier("guynemer")
    assert [(f["numero"], f["echelle"]) for f in found["fiches"] if f["correspondance"] == "non"] == [
        (2, "Quartiers prioritaires de Dijon métropole")
    ]
    answer = as_text(asked(lancer, "quartier guynemer"))
    assert answer.startswith(
        "Guynemer – quartier de veille active (QVA), Longvic (data/quartiers.yaml:69) 9 fiches l’atteignent."
    )
    assert "1 fiche ne l’atteint pas. Fiche 2 – GESTION URBAINE" in answer


def test_which_neighbourhoods_does_longvic_have(lancer: Lancer) -> None:
    found = as_json(asked(lancer, "quartiers --format json --commune longvic"), "quartiers")
    assert [q["id"] for q in found] == ["le-bief-du-moulin", "guynemer"]
    assert as_text(asked(lancer, "quartiers --commune Longvic")).startswith(
        "Longvic : 2 quartiers, dont 1 quartier prioritaire (QPV) et 1 quartier de veille active (QVA)."
    )


def test_saint_apollinaire_has_none(lancer: Lancer) -> None:
    assert as_text(asked(lancer, "quartiers --commune", "Saint Apollinaire")) == (
        "Saint-Apollinaire : aucun quartier prioritaire ni de veille active. Cette commune n’est pas du contrat de ville."
    )
    assert as_json(asked(lancer, "quartiers --format json --commune saint-apollinaire"), "quartiers") == []


def test_a_single_one_is_not_counted_twice(lancer: Lancer) -> None:
    assert as_text(asked(lancer, "quartiers --commune talant")).startswith("Talant : 1 quartier prioritaire (QPV).")


@pytest.mark.parametrize("name", ["le mail", "Le Mail", "mail", "LE-MAIL"])
def test_a_neighbourhood_by_any_name(quartier: Any, name: str) -> None:
    assert quartier(name)["id"] == "le-mail"


def test_a_fiche_that_names_neighbourhoods(depot: Path, lancer: Lancer) -> None:
    replace(depot, "data/fiches/fiche-02.yaml", "  natures: [qpv]\n", "  quartiers: [guynemer]\n")
    asking = ("--dossier", depot, "quartier")
    assert means(as_json(lancer(*asking, "guynemer", "--format", "json"), "quartier"), 2) == [("quartier", "")]
    assert "Par son nom." in as_text(lancer(*asking, "guynemer"))
    assert means(as_json(lancer(*asking, "le-mail", "--format", "json"), "quartier"), 2) == []


def test_a_scale_that_says_no_place_is_neither_yes_nor_no(depot: Path, lancer: Lancer) -> None:
    replace(depot, "data/fiches/fiche-02.yaml", "  natures: [qpv]\n", "")
    (depot / "data/fiches/fiche-11.yaml").write_text("numero: 11\ntitre: Une idée\n", encoding="utf-8")
    found = as_json(lancer("--dossier", depot, "quartier", "mail", "--format", "json"), "quartier")
    assert [f["numero"] for f in found["fiches"] if f["correspondance"] == "indetermine"] == [2, 11]
    answer = as_text(lancer("--dossier", depot, "quartier", "mail"))
    assert "2 fiches ne disent pas leurs lieux. Fiche 2 – GESTION" in answer
    assert answer.endswith("Fiche 11 – Une idée Échelle non dite (data/fiches/fiche-11.yaml:1)")
    listed = as_json(lancer("--dossier", depot, "quartiers", "--format", "json"), "quartiers")
    assert listed[0]["fiches_indeterminees"] == [2, 11]


def test_of_many_communes_some_are_named(depot: Path, lancer: Lancer) -> None:
    replace(
        depot,
        "data/quartiers.yaml",
        "communes:\n",
        "communes:\n  - {id: ahuy, nom: Ahuy, contrat_de_ville: false}\n  - {id: fenay, nom: Fénay, contrat_de_ville: false}\n",
    )
    said = lancer("--dossier", depot, "quartiers", "--commune", "beaune").stderr
    assert "Le protocole connaît Ahuy, Fénay, Dijon, " in said
    assert said.endswith("Saint-Apollinaire et 2 autres.\n")


def test_unknown_names_are_one_line(lancer: Lancer) -> None:
    answer = asked(lancer, "quartier gresille")
    assert (answer.code, answer.stdout, answer.stderr.count("\n")) == (1, "", 1)
    assert answer.stderr.startswith("protocole : aucun quartier ne s’appelle « gresille ». Vouliez-vous dire « ")
    assert "gresilles » ?" in fold(answer.stderr)
    answer = asked(lancer, "quartiers --commune beaune")
    assert (answer.code, answer.stdout) == (1, "")
    assert answer.stderr == (
        "protocole : aucune commune ne s’appelle « beaune ». Le protocole connaît Dijon, Chenôve, Longvic, Quetigny, "
        "Talant, Saint-Apollinaire, Marsannay-la-Côte et Chevigny-Saint-Sauveur.\n"
    )
    answer = asked(lancer, "quartier mal")
    assert answer.stderr == "protocole : aucun quartier ne s’appelle « mal ». Vouliez-vous dire « Le mail » ?\n"
    answer = asked(lancer, "quartier zzz")
    assert answer.stderr == "protocole : aucun quartier ne s’appelle « zzz ». Toute la liste : protocole quartiers\n"


def test_tables(lancer: Lancer) -> None:
    rows = as_csv(asked(lancer, "quartiers --format csv"))
    assert rows[5]["fiches"] == "1 3 4 5 6 7 8 9 10"
    fiches = as_csv(asked(lancer, "quartier guynemer --format csv"))
    assert [row["correspondance"] for row in fiches] == ["oui", "non", *["oui"] * 8]
    assert fiches[8]["moyens"] == "sa commune, Longvic (Phase 1) ; toutes les communes (Phase 2)"
    assert asked(lancer, "quartiers --format md").stdout.count("\n") == 9
    assert asked(lancer, "quartier guynemer --format md").stdout.count("\n") == 12

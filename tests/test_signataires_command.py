"""`protocole signataires`: who signs, in which order, in what capacity, and with what promise."""

from pathlib import Path
from typing import Any

import pytest

from answers import as_csv, as_json, as_text, asked
from conftest import Lancer, replace


@pytest.fixture
def found(lancer: Lancer) -> Any:
    """Ask for the JSON of signatories of our own data."""
    return lambda line="": as_json(asked(lancer, f"signataires --format json {line}"), "signataires")


# « Qui doit signer, dans quel ordre et en quelle qualité ? » (Q10)

PAGE = [
    "etat", "dijon-metropole", "region-bourgogne-franche-comte", "ville-de-chenove", "ville-de-dijon", "ville-de-longvic",
    "ville-de-quetigny", "ville-de-talant", "ministere-de-la-justice", "rectorat-de-dijon", "ars-bourgogne-franche-comte", "caf",
    "pole-emploi", "caisse-des-depots", "grand-dijon-habitat", "orvitis", "habellis", "cdc-habitat-social", "icf-sud-est",
]  # fmt: skip
LISTE = [*PAGE[:3], "ville-de-dijon", "ville-de-chenove", *PAGE[5:]]


def test_19_sign_in_the_order_of_the_page(found: Any) -> None:
    assert [s["acteur"]["id"] for s in found()] == PAGE
    assert [s["rang"] for s in found()] == list(range(1, 20))


def test_the_list_of_the_parties_has_dijon_before_chenove(found: Any) -> None:
    assert [s["acteur"]["id"] for s in found("--ordre liste")] == LISTE


def test_18_persons_sign_one_of_them_twice(lancer: Lancer) -> None:
    answer = as_text(asked(lancer, "signataires"))
    assert answer.startswith(
        "19 signatures, 18 personnes ; François REBSAMEN signe pour Dijon métropole et Ville de Dijon. "
        "Dans l’ordre de la page de signature : 1 Pour l'État, le Préfet de la Région Bourgogne-Franche-Comté et de la Côte-d'Or, "
        "Bernard SCHMELTZ Engagements à son nom : F1-1,"
    )


def test_each_order_has_its_own_words(lancer: Lancer) -> None:
    """« Caroline Michal » in the list (l. 74), « MICHAL » on the page (l. 1712)."""
    assert "Caroline MICHAL" in as_text(asked(lancer, "signataires"))
    liste = as_text(asked(lancer, "signataires --ordre liste"))
    assert "Caroline Michal" in liste
    assert "Dans l’ordre de la liste des parties : 1 L’État, représenté par le Préfet" in liste


def test_who_signs_for_talant_and_in_what_capacity(found: Any) -> None:
    """Answered from l. 1676-1680: eighth."""
    assert next(s for s in found() if s["acteur"]["id"] == "ville-de-talant") == {
        "rang": 8,
        "acteur": {"id": "ville-de-talant", "nom": "Ville de Talant"},
        "pour": "Pour la commune de Talant,",
        "qualite": "le Maire,",
        "nom": "Gilbert MENUT",
        "engagement": "collectif",
    }


# What the list (l. 52-84) and the page (l. 1643-1734) do not write alike (Q10)

ECARTS = (
    "nom « Caroline Michal » dans la liste, « Caroline MICHAL » sur la page",
    "partie « Caisse d’Allocations Familiales de Côte-D’Or » dans la liste, "
    "« Caisse d'allocations familiales de Côte-d'Or » sur la page",
    "partie « Caisse des dépôts et consignations de Bourgogne-Franche-Comté » dans la liste, "
    "« Caisse des dépôts de Bourgogne-Franche-Comté » sur la page",
    "partie « CDC HABITAT SOCIAL » dans la liste, « CDC Habitat social » sur la page",
    "partie « ICF Sud-Est » dans la liste, « ICF Sud-est » sur la page",
    "partie « ville de Talant » dans la liste, « commune de Talant » sur la page",
    "qualité « Procureur de la République de Dijon » dans la liste, « Procureur de la République » sur la page",
)


@pytest.mark.parametrize("ordre", ["signature", "liste"])
def test_what_list_and_page_do_not_write_alike_is_told(lancer: Lancer, ordre: str) -> None:
    _, heading, told = as_text(asked(lancer, f"signataires --ordre {ordre}")).partition(
        "Écarts entre la liste et la page de signature :"
    )
    assert heading
    assert all(ecart in told for ecart in ECARTS)
    assert len(told.split(" - ")[1:]) == 13
    for alike in ("Orvitis", "Dijon métropole", "Rectorat", "Grand Dijon Habitat", "Habellis", "Pôle emploi"):
        assert alike not in told


def test_what_is_made_alike_is_no_longer_told(depot: Path, lancer: Lancer) -> None:
    replace(depot, "data/parties.yaml", "Pour ICF Sud-est,", "Pour l’ICF Sud-Est")
    told = as_text(lancer("--dossier", depot, "signataires")).partition("Écarts entre")[2]
    assert "CDC HABITAT SOCIAL" in told
    assert "ICF" not in told


def test_a_list_in_other_words_is_not_held_against_the_page(depot: Path, lancer: Lancer) -> None:
    replace(depot, "data/parties.yaml", "ICF Sud-Est, représenté par son Président, M.", "ICF Sud-Est : M.")
    assert "ICF" not in as_text(lancer("--dossier", depot, "signataires")).partition("Écarts entre")[2]


# « Quels signataires ne s’engagent à rien en leur nom ? » (inventaire.md § 5.4)


def test_15_promise_nothing_by_name_and_in_writing(found: Any, lancer: Lancer) -> None:
    without = {s["acteur"]["id"]: s["engagement"] for s in found("--sans-engagement")}
    assert list(without) == PAGE[3:11] + PAGE[12:]
    assert [i for i, kind in without.items() if kind == "aucun"] == [
        "ministere-de-la-justice",
        "rectorat-de-dijon",
        "ars-bourgogne-franche-comte",
        "pole-emploi",
    ]
    assert [i for i, kind in without.items() if kind == "vide"] == ["caisse-des-depots"]
    assert as_text(asked(lancer, "signataires --sans-engagement")).startswith(
        "15 signataires sans engagement rédigé à leur nom, sur 19 (19 signatures, 18 personnes ;"
    )


def test_four_promise_by_name(found: Any) -> None:
    assert [s["acteur"]["id"] for s in found() if s["engagement"] == "nomme"] == [
        "etat",
        "dijon-metropole",
        "region-bourgogne-franche-comte",
        "caf",
    ]


def test_a_promise_through_a_collective_is_said_to_be_so(lancer: Lancer) -> None:
    answer = as_text(asked(lancer, "signataires --sans-engagement"))
    assert "Hamid EL HASSOUNI Engagement par un collectif seulement : F1-2 (data/parties.yaml:" in answer
    assert "Antoine BREHARD Engagement à son nom, resté en blanc : F3-4 (" in answer


def test_a_blank_promise_filled_in_is_one(depot: Path, lancer: Lancer) -> None:
    avant = '  - intitule: "Engagement de la Caisse des Dépôts :"\n'
    replace(depot, "data/fiches/fiche-03.yaml", avant, f"{avant}    texte: Un prêt\n")
    answer = lancer("--dossier", depot, "signataires", "--sans-engagement", "--format", "json")
    assert len(as_json(answer, "signataires")) == 14


def test_tables(lancer: Lancer) -> None:
    rows = as_csv(asked(lancer, "signataires --format csv"))
    assert [(row["rang"], row["nom"]) for row in rows[:2]] == [("1", "Bernard SCHMELTZ"), ("2", "François REBSAMEN")]
    assert asked(lancer, "signataires --format md").stdout.count("\n") == 21


def test_an_unknown_order_is_a_fault_of_the_call(lancer: Lancer) -> None:
    answer = asked(lancer, "signataires --ordre lste")
    assert (answer.code, answer.stdout) == (2, "")
    assert "« lste » n’est pas admis par --ordre. Vouliez-vous dire « liste » ?" in answer.stderr


def test_a_broken_list_of_parties_is_named(depot: Path, lancer: Lancer) -> None:
    (depot / "data/parties.yaml").write_text("parties: [", encoding="utf-8")
    answer = lancer("--dossier", depot, "signataires")
    assert answer.code == 1
    assert answer.stdout == "Aucun signataire : data/parties.yaml ne décrit aucune partie.\n"
    assert "le fichier data/parties.yaml est en défaut" in answer.stderr

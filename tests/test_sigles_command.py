"""`protocole sigles [SIGLE]`: what acronyms stand for."""

from pathlib import Path

import pytest

from answers import as_csv, as_json, as_text, asked
from conftest import Lancer, replace


def test_what_does_cispd_stand_for(lancer: Lancer) -> None:
    """« Conseil intercommunal de sécurité et de prévention de la délinquance (CISPD) » (l. 1330-1334)."""
    (found,) = as_json(asked(lancer, "sigles --format json CISPD"), "sigles")
    assert found["developpe"].lower() == "conseil intercommunal de sécurité et de prévention de la délinquance"


@pytest.mark.parametrize("name", ["oepre", "OEPRE", "O.E.P.R.E.", "o e p r e"])
def test_an_acronym_by_any_writing(lancer: Lancer, name: str) -> None:
    """« Ouvrir l’école aux parents pour la réussite des enfants » (l. 1191-1192)."""
    answer = as_text(asked(lancer, "sigles", name))
    assert answer.startswith("OEPRE : Ouvrir l’école aux parents pour la réussite des enfants")
    assert "(data/sigles.yaml:" in answer


def test_the_whole_glossary_is_in_alphabetical_order(lancer: Lancer) -> None:
    found = [s["sigle"] for s in as_json(asked(lancer, "sigles --format json"), "sigles")]
    assert len(found) == 74
    assert found[:3] == ["AAP", "ADIE", "ANPAA"]
    assert found == sorted(found, key=str.casefold)
    assert as_text(asked(lancer, "sigles")).startswith(
        "74 sigles, ceux dont le développement est certain. AAP Appel à projets"
    )


def test_an_unknown_acronym_is_one_line(lancer: Lancer) -> None:
    near = "protocole : le sigle « OEPR » n’est pas dans le glossaire. Vouliez-vous dire « OEPRE » ?\n"
    assert asked(lancer, "sigles OEPR") == (1, "", near)
    far = "protocole : le sigle « 123 » n’est pas dans le glossaire. Toute la liste : protocole sigles\n"
    assert asked(lancer, "sigles 123") == (1, "", far)


def test_an_acronym_with_two_meanings_gives_both(depot: Path, lancer: Lancer) -> None:
    replace(
        depot,
        "data/sigles.yaml",
        "sigles:\n",
        "sigles:\n  - sigle: C.A.F.\n    developpe: Commission d’accueil des familles\n",
    )
    found = as_json(lancer("--dossier", depot, "sigles", "caf", "--format", "json"), "sigles")
    assert [s["sigle"] for s in found] == ["C.A.F.", "CAF"]


def test_an_empty_glossary_says_so(depot: Path, lancer: Lancer) -> None:
    (depot / "data/sigles.yaml").write_text("sigles: []\n", encoding="utf-8")
    assert lancer("--dossier", depot, "sigles") == (0, "Le glossaire (data/sigles.yaml) est vide.\n", "")


def test_tables(lancer: Lancer) -> None:
    assert as_csv(asked(lancer, "sigles --format csv"))[0]["developpe"] == "Appel à projets"
    assert asked(lancer, "sigles --format md").stdout.splitlines()[2].startswith("| AAP | Appel à projets |")


def test_a_broken_glossary_is_named(depot: Path, lancer: Lancer) -> None:
    (depot / "data/sigles.yaml").write_text("sigles: [", encoding="utf-8")
    answer = lancer("--dossier", depot, "sigles", "CAF")
    assert answer.code == 1
    assert "le fichier data/sigles.yaml est en défaut" in answer.stderr
    assert "le sigle « CAF » n’est pas dans le glossaire." in answer.stderr

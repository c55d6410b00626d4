"""What counts as a use of what the data declare: a field that refers to it, or a text that names it."""

import shutil
from pathlib import Path

import pytest

from conftest import CHECKOUT, replace
from protocole_cli.validation.check import validate
from protocole_cli.validation.rules import identifiant_inutilise

ACTEURS = "data/acteurs.yaml"
QUARTIERS = "data/quartiers.yaml"
FICHE = "data/fiches/fiche-01.yaml"


@pytest.fixture
def petit(tmp_path: Path) -> Path:
    """A copy of the small repository of the examples, with an actor, a commune and a neighbourhood that nothing uses."""
    racine = tmp_path / "depot"
    shutil.copytree(CHECKOUT / "tests/exemples", racine)
    replace(racine, ACTEURS, "acteurs:\n", "acteurs:\n  - {id: cci, nom: Chambre de commerce, sigle: CCI}\n")
    replace(racine, QUARTIERS, "communes:\n", "communes:\n  - {id: orsac, nom: Orsac, contrat_de_ville: false}\n")
    replace(
        racine, QUARTIERS, "quartiers:\n", "quartiers:\n  - {id: le-pre, nom: Le Pré, nature: qva, commune: brissac}\n"
    )
    return racine


def told(racine: Path) -> set[str]:
    """Return the identifiers that are said to be unused."""
    diagnostics = validate(racine, (identifiant_inutilise.REGLE,)).diagnostics
    return {d.message.split("« ")[1].split(" »")[0] for d in diagnostics if d.regle == "identifiant-inutilise"}


def test_what_nothing_uses_is_told(petit: Path) -> None:
    assert told(petit) == {"cci", "orsac", "le-pre"}


@pytest.mark.parametrize(
    ("fichier", "avant", "apres", "used"),
    [
        (FICHE, "acteurs: [etat, ville-de-valmont]", "acteurs: [etat, ville-de-valmont, cci]", "cci"),
        (FICHE, "public: Les habitants", "public: Les adhérents de la CCI et les habitants", "cci"),
        (FICHE, "public: Les habitants", "public: Les membres de la chambre de Commerce, les habitants", "cci"),
        ("data/gouvernance.yaml", "{texte: 1 fois / an,", "{texte: 1 fois / an à la CCI,", "cci"),
        (ACTEURS, "nature: etat}", "nature: etat, releve_de: cci}", "cci"),
        (ACTEURS, "nature: etat}", "nature: etat, membres: [cci]}", "cci"),
        (QUARTIERS, "nom: Orsac,", "nom: Orsac, acteur: cci,", "cci"),
        (FICHE, "public: Les habitants", "public: Les habitants d’Orsac", "orsac"),
        (FICHE, "quartiers: [les-tilleuls]", "communes: [orsac]", "orsac"),
        (QUARTIERS, "contrat_de_ville: false", "contrat_de_ville: true", "orsac"),
        (QUARTIERS, "id: les-tilleuls, nom: Les Tilleuls, nature: qpv, commune: valmont", "id: les-tilleuls, nom: Les Tilleuls, nature: qpv, commune: orsac", "orsac"),
        (FICHE, "quartiers: [les-tilleuls]", "quartiers: [les-tilleuls, le-pre]", "le-pre"),
        (FICHE, "quartiers: [les-tilleuls]", "communes: [brissac]", "le-pre"),
        (FICHE, "quartiers: [les-tilleuls]", "toutes_communes: true", "le-pre"),
        (FICHE, "natures: [qpv]", "natures: [qpv, qva]", "le-pre"),
        (FICHE, "titre: Aider", "titre: Le pré, aider", "le-pre"),
    ],
)  # fmt: skip
def test_what_something_uses_is_not_told(petit: Path, fichier: str, avant: str, apres: str, used: str) -> None:
    replace(petit, fichier, avant, apres)
    assert told(petit) == {"cci", "orsac", "le-pre"} - {used}


def test_a_word_in_another_word_or_an_acronym_in_small_letters_is_no_use(petit: Path) -> None:
    replace(petit, FICHE, "public: Les habitants", "public: Les CCIE, un cci, Orsacq et les habitants")
    assert told(petit) == {"cci", "orsac", "le-pre"}


def test_nothing_is_told_while_a_use_may_be_in_what_is_not_read(petit: Path) -> None:
    replace(petit, FICHE, "numero: 1\n", "numero: 1\ninconnue: 1\n")
    assert told(petit) == set()
    (petit / FICHE).unlink()
    assert told(petit) == set()


@pytest.mark.parametrize(
    ("fichier", "avant", "apres", "left"),
    [
        (FICHE, "acteurs: [etat, ville-de-valmont]", "acteurs: [etat, ville-de-valmont, ccis]", {"orsac", "le-pre"}),
        (FICHE, "quartiers: [les-tilleuls]", "quartiers: [les-pres]", {"cci"}),
    ],
)
def test_nothing_is_told_beside_a_reference_that_leads_nowhere(
    petit: Path, fichier: str, avant: str, apres: str, left: set[str]
) -> None:
    replace(petit, fichier, avant, apres)
    assert told(petit) == left

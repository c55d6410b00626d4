"""`validate --sans`, `--seulement`, `--avec`: which rules are held, and what is said of it."""

from pathlib import Path

import pytest
from msgspec import structs

from conftest import CHECKOUT, Lancer, replace
from protocole_cli.validation import selection
from protocole_cli.validation.check import validate
from protocole_cli.validation.rules import BY_DEFAULT, RULES
from protocole_cli.validation.selection import chosen

FICHE = "data/fiches/fiche-03.yaml"


@pytest.fixture
def told(lancer: Lancer) -> "Told":
    return Told(lancer)


class Told:
    """The names of the rules that `validate` tells of, on our data as it stands."""

    def __init__(self, lancer: Lancer) -> None:
        self.lancer = lancer

    def __call__(self, *arguments: str) -> set[str]:
        answer = self.lancer("validate", "--dossier", CHECKOUT, *arguments)
        assert answer.code == 0
        return {line.partition("[")[2].partition("]")[0] for line in answer.stdout.splitlines()}


def test_a_rule_left_out_is_silent_and_the_others_are_not(told: Told) -> None:
    assert told("--sans", "engagement-vide") == told() - {"engagement-vide"}
    assert told("--sans", "engagement-vide", "--sans", "engagement-sans-auteur") == (
        told() - {"engagement-vide", "engagement-sans-auteur"}
    )


def test_only_the_rules_asked_for_are_held(told: Told) -> None:
    assert told("--seulement", "engagement-vide") == {"engagement-vide"}
    assert told("--seulement", "engagement-vide", "--seulement", "engagement-sans-auteur") == {
        "engagement-vide",
        "engagement-sans-auteur",
    }
    assert told("--seulement", "acteur-inconnu") == set()


def test_both_together_hold_the_ones_less_the_others(told: Told) -> None:
    both = ("--seulement", "engagement-vide", "--seulement", "engagement-sans-auteur")
    assert told(*both, "--sans", "engagement-vide") == {"engagement-sans-auteur"}


def test_names_are_forgiving(told: Told) -> None:
    assert told("--seulement", "Engagement_Vide") == {"engagement-vide"}
    assert told("--seulement", "engagement-v") == {"engagement-vide"}


def test_what_is_chosen_does_not_depend_on_the_order() -> None:
    first, second, third = BY_DEFAULT[-3:]
    assert chosen((third, first), (), (second,)) == chosen((first, third)) == (first, third)
    assert chosen() == BY_DEFAULT


def test_a_rule_on_demand_is_held_only_when_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    on_demand = structs.replace(BY_DEFAULT[-1], nom="sur-demande", par_defaut=False)
    monkeypatch.setattr(selection, "RULES", (*BY_DEFAULT, on_demand))
    assert chosen() == BY_DEFAULT
    assert chosen(avec=[on_demand]) == (*BY_DEFAULT, on_demand)
    assert chosen(seulement=[on_demand]) == (on_demand,)
    assert chosen(seulement=[BY_DEFAULT[0]], avec=[on_demand]) == (BY_DEFAULT[0], on_demand)


def test_what_keeps_a_file_from_being_read_is_told_whatever_is_asked_for(depot: Path, lancer: Lancer) -> None:
    replace(depot, FICHE, "public: |\n", "publics: |\n")
    code, stdout, _ = lancer("validate", "--dossier", depot, "--seulement", "acteur-inconnu")
    assert code == 1
    assert "[cle-inconnue]" in stdout


def test_the_summary_says_that_not_all_rules_were_held(lancer: Lancer) -> None:
    def summary(*arguments: str) -> str:
        return lancer("validate", "--dossier", CHECKOUT, *arguments).stderr

    assert summary("--seulement", "acteur-inconnu") == (
        "Tout est en ordre pour les règles choisies : 16 fichiers, aucune erreur, aucun avertissement.\n"
    )
    assert summary("--seulement", "engagement-vide") == (
        "Aucune erreur, 1 avertissement dans 16 fichiers pour les règles choisies.\n"
    )
    assert "règles choisies" not in summary("--avec", "engagement-vide")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--sans", "engagement-vid-e"], "--sans : la règle « engagement-vid-e » n’existe pas. Vouliez-vous dire « engagement-vide »"),
        (["--seulement", "zzz"], "--seulement : la règle « zzz » n’existe pas. Toutes les règles : protocole regles"),
        (["--avec", "cle"], "--avec : la règle « cle » n’existe pas. Vouliez-vous dire « cle-en-double », « cle-inconnue »"),
        (["--sans", ""], "--sans : la règle «  » n’existe pas. Toutes les règles : protocole regles"),
        (["--sans", "cle-inconnue"], "--sans : la règle « cle-inconnue » ne peut pas être écartée, elle est vérifiée dans tous les cas."),
        (["--sans", "rubriques", "--seulement", "rubriques"], "--sans écarte toutes les règles choisies : il n’en reste aucune."),
    ],
)  # fmt: skip
def test_a_choice_that_cannot_be_is_a_fault_of_the_call(lancer: Lancer, arguments: list[str], said: str) -> None:
    code, stdout, stderr = lancer("validate", "--dossier", CHECKOUT, *arguments)
    assert (code, stdout) == (2, "")
    assert stderr.startswith(f"protocole : {said}")
    assert stderr.endswith("\nAide : protocole validate --help\n")


def test_a_report_knows_whether_all_usual_rules_were_held() -> None:
    assert not validate(CHECKOUT).partiel
    assert not validate(CHECKOUT, RULES).partiel
    assert validate(CHECKOUT, BY_DEFAULT[:-1]).partiel

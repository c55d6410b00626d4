"""Warnings that the parties accept: no longer shown, always counted, and held to account (mauvaises-entrees/admission-*)."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Lancer, replace

ADMISSIONS = "data/avertissements-admis.yaml"
FICHE = "data/fiches/fiche-03.yaml"
FICHE_8 = "data/fiches/fiche-08.yaml"
BLANC = "Engagement de la Caisse des Dépôts :"

Admettre = Callable[..., None]


@pytest.fixture
def admettre(depot: Path) -> Admettre:
    """Write one more admission into the copy of our data."""

    def write(mots: str, regle: str = "engagement-vide", fichier: str = FICHE) -> None:
        chemin = depot / ADMISSIONS
        before = chemin.read_text(encoding="utf-8") if chemin.exists() else "avertissements:\n"
        chemin.write_text(
            f"{before}  - regle: {regle}\n    fichier: {fichier}\n    mots: {json.dumps(mots, ensure_ascii=False)}\n"
            "    raison: Le montant sera fixé plus tard.\n    accepte_par: Comité de pilotage\n    date: 2019-10-04\n",
            encoding="utf-8",
        )

    return write


def test_an_admitted_warning_is_counted_and_not_shown(depot: Path, lancer: Lancer, admettre: Admettre) -> None:
    before = lancer("validate", "--dossier", depot).stdout.splitlines()
    admettre(BLANC)
    code, stdout, stderr = lancer("validate", "--dossier", depot)
    assert code == 0
    assert stdout.splitlines() == [line for line in before if "[engagement-vide]" not in line]
    assert stderr == "Aucune erreur, 19 avertissements, 1 avertissement admis dans 17 fichiers.\n"


def test_json_counts_them(depot: Path, lancer: Lancer, admettre: Admettre) -> None:
    admettre(BLANC)
    answer = json.loads(lancer("validate", "--dossier", depot, "--format", "json").stdout)
    assert answer["resume"] == {"erreurs": 0, "avertissements": 19, "admis": 1, "fichiers": 17}
    assert "engagement-vide" not in {d["regle"] for d in answer["diagnostics"]}


def test_strict_lets_them_pass(depot: Path, lancer: Lancer, admettre: Admettre) -> None:
    only = ("validate", "--dossier", depot, "--strict", "--seulement", "engagement-vide")
    assert lancer(*only).code == 1
    admettre(BLANC)
    assert lancer(*only) == (
        0,
        "",
        "Tout est en ordre pour les règles choisies : 17 fichiers, aucune erreur, aucun avertissement, 1 avertissement admis.\n",
    )


def test_a_file_given_counts_its_own(depot: Path, lancer: Lancer, admettre: Admettre) -> None:
    admettre(BLANC)
    said = "Aucune erreur, 3 avertissements, 1 avertissement admis dans 1 fichier.\n"
    assert lancer("validate", "--dossier", depot, FICHE).stderr == said
    assert "admis" not in lancer("validate", "--dossier", depot, FICHE_8).stderr


@pytest.mark.parametrize(
    "mots",
    [
        BLANC,
        "Caisse des Dépôts",
        "CAISSE DES DEPOTS",
        "engagement de la caisse des depots",
        "Engagement  de la Caisse",
        "caisse-des-depots",
    ],
)
def test_words_designate_an_entry_whatever_their_case_accents_and_punctuation(
    depot: Path, lancer: Lancer, admettre: Admettre, mots: str
) -> None:
    admettre(mots)
    assert "[engagement-vide]" not in lancer("validate", "--dossier", depot).stdout


@pytest.mark.parametrize("mots", ["Caisse", "Dépôts"])
def test_a_word_is_enough_where_no_other_warned_entry_has_it(
    depot: Path, lancer: Lancer, admettre: Admettre, mots: str
) -> None:
    admettre(mots)
    assert lancer("validate", "--dossier", depot).stderr.startswith(
        "Aucune erreur, 19 avertissements, 1 avertissement admis"
    )


@pytest.mark.parametrize("mots", ["Cais", "Engagement de l’État", "Dépôts Caisse"])
def test_other_words_designate_nothing(depot: Path, lancer: Lancer, admettre: Admettre, mots: str) -> None:
    admettre(mots)
    stdout = lancer("validate", "--dossier", depot).stdout
    assert "[engagement-vide]" in stdout
    assert f"{ADMISSIONS}:4:11: avertissement [admission-sans-objet]" in stdout


@pytest.mark.parametrize(
    ("avant", "apres"),
    [
        ("numero: 3\n", "# Une remarque\n\nnumero: 3\n"),
        ("engagements:\n", "engagements:\n  - acteurs: [etat]\n    texte: Aider (État)\n"),
        (f'  - intitule: "{BLANC}"\n', f"  - intitule: '{BLANC}'\n"),
    ],
    ids=["lines above", "an entry before", "other quotation marks"],
)
def test_an_entry_that_moves_stays_admitted(
    depot: Path, lancer: Lancer, admettre: Admettre, avant: str, apres: str
) -> None:
    admettre(BLANC)
    replace(depot, FICHE, avant, apres)
    assert "1 avertissement admis" in lancer("validate", "--dossier", depot).stderr


def test_an_entry_is_admitted_for_one_rule_in_one_file(depot: Path, lancer: Lancer, admettre: Admettre) -> None:
    admettre("Réunir ces réseaux", "engagement-sans-auteur", FICHE_8)
    code, stdout, stderr = lancer("validate", "--dossier", depot)
    assert (code, stdout.count("[engagement-sans-auteur]"), stdout.count(FICHE_8)) == (0, 6, 2)
    assert "1 avertissement admis" in stderr


def test_entries_that_say_the_same_are_admitted_together(depot: Path, lancer: Lancer, admettre: Admettre) -> None:
    line = "  - texte: Réunir ces réseaux, les animer\n"
    replace(depot, FICHE_8, line, line * 2)
    admettre("Réunir ces réseaux", "engagement-sans-auteur", FICHE_8)
    answer = lancer("validate", "--dossier", depot, "--seulement", "engagement-sans-auteur")
    assert answer.code == 0
    assert "2 avertissements admis" in answer.stderr


def test_a_word_that_a_warning_cites_is_admitted_alone(depot: Path, lancer: Lancer, admettre: Admettre) -> None:
    """An entry may have many acronyms: to admit one of them is not to admit those that come later."""
    replace(
        depot,
        FICHE,
        "texte: Les quartiers prioritaires et",
        "texte: Le PNRQAD et le FOOBAR, les quartiers prioritaires et",
    )
    only = ("validate", "--dossier", depot, "--seulement", "sigle-inconnu", FICHE)
    admettre("Le PNRQAD et", "sigle-inconnu")
    assert "« FOOBAR »" in lancer(*only).stdout
    assert "« PNRQAD »" not in lancer(*only).stdout
    admettre("quartiers prioritaires et", "sigle-inconnu")
    assert (
        "recopiez-en les nouveaux mots, dont ceux que cite l’avertissement."
        in lancer("validate", "--dossier", depot).stdout
    )


def test_a_warning_that_is_mended_leaves_its_admission_without_object(
    depot: Path, lancer: Lancer, admettre: Admettre
) -> None:
    admettre(BLANC)
    replace(depot, FICHE, f'  - intitule: "{BLANC}"\n', f'  - intitule: "{BLANC}"\n    texte: prêter aux créateurs\n')
    code, stdout, _ = lancer("validate", "--dossier", depot, "--strict", ADMISSIONS)
    assert code == 1
    assert "avertissement [admission-sans-objet]" in stdout


def test_an_admission_of_a_rule_that_is_not_held_is_not_judged(depot: Path, lancer: Lancer, admettre: Admettre) -> None:
    admettre(BLANC)
    assert lancer("validate", "--dossier", depot, "--strict", "--seulement", "acteur-inconnu").code == 0
    assert "admission" not in lancer("validate", "--dossier", depot, "--sans", "engagement-vide").stdout


def test_an_admission_about_what_cannot_be_read_is_not_judged(depot: Path, lancer: Lancer, admettre: Admettre) -> None:
    admettre(BLANC)
    replace(depot, FICHE, "public: |\n", "publics: |\n")
    assert "[admission-sans-objet]" not in lancer("validate", "--dossier", depot).stdout


def test_a_refused_admission_admits_nothing(depot: Path, lancer: Lancer, admettre: Admettre) -> None:
    admettre("du", "engagement-sans-auteur", "data/fiches/fiche-10.yaml")
    code, stdout, _ = lancer("validate", "--dossier", depot)
    assert code == 1
    assert stdout.count("[engagement-sans-auteur]") == 7
    assert stdout.count("[admission-impossible]") == 1


def test_the_file_may_be_empty_of_admissions_and_a_fiche_is_read_without_it(depot: Path, lancer: Lancer) -> None:
    (depot / ADMISSIONS).write_text("avertissements: []\n", encoding="utf-8")
    assert lancer("validate", "--dossier", depot).stderr == "Aucune erreur, 20 avertissements dans 17 fichiers.\n"
    (depot / ADMISSIONS).write_text("avertissements: [", encoding="utf-8")
    assert lancer("--dossier", depot, "fiche", "3").code == 0
    assert lancer("validate", "--dossier", depot).code == 1


def test_a_broken_admission_leaves_the_others(depot: Path, lancer: Lancer, admettre: Admettre) -> None:
    admettre(BLANC)
    with (depot / ADMISSIONS).open("a", encoding="utf-8") as file:
        file.write("  - regle: engagement-vide\n")
    code, stdout, stderr = lancer("validate", "--dossier", depot)
    assert code == 1
    assert "[cle-manquante]" in stdout
    assert "1 avertissement admis" in stderr


def test_admissions_are_no_part_of_the_document(depot: Path, lancer: Lancer, admettre: Admettre) -> None:
    before = lancer("--dossier", depot, "export", "--format", "md", "-o", "-").stdout
    admettre(BLANC)
    assert lancer("--dossier", depot, "export", "--format", "md", "-o", "-").stdout == before

"""`protocole comparer [AVANT] [APRÈS]`: what changed since a version, in the words of those who sign."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from answers import as_csv, as_json, as_text
from conftest import CHECKOUT, Lancer, Reponse, replace
from programs import PROTOCOLE, committed, git
from protocole_cli.loading.repository import load
from protocole_cli.validation.schema import explain
from protocole_cli.versions.comparison import compare
from test_fingerprints import FACTS, NO_CHANGE, WORDS, protocole_of, rewrite, what_changes

SANS_VERSION_SIGNEE = (
    "protocole : pas de version signée enregistrée. Le jour où le texte est signé, étiquetez-le : "
    "git tag signe-AAAA-MM-JJ ; d’ici là, nommez la version à comparer : protocole comparer NOM\n"
)
Comparer = Callable[..., Reponse]


@pytest.fixture
def signe(depot: Path) -> Path:
    """Our data, committed and tagged as signed."""
    committed(depot)
    git(depot, "tag", "signe-2020-03-01")
    return depot


@pytest.fixture
def comparer(lancer: Lancer, depot: Path) -> Comparer:
    return lambda *arguments: lancer("--dossier", depot, "comparer", *arguments)


def lines(answer: Reponse) -> list[str]:
    """Return the lines of an answer after the sentence that sums it up, those of one change put together."""
    assert answer.code == 0
    return [" ".join(part.split()) for part in answer.stdout.split("\n\n")[1:]]


# « Qu’est-ce qui a changé depuis la version signée ? »


def test_nothing_was_signed_where_git_is_not_used(comparer: Comparer) -> None:
    assert comparer() == (1, "", SANS_VERSION_SIGNEE)


def test_nothing_was_signed_while_no_tag_says_so(depot: Path, comparer: Comparer) -> None:
    """The date of the text was left blank (l. 1641): no version of it is known to be signed."""
    committed(depot)
    git(depot, "tag", "relecture")
    assert comparer() == (1, "", SANS_VERSION_SIGNEE)


def test_nothing_has_changed_yet(signe: Path, comparer: Comparer) -> None:
    commit = git(signe, "rev-parse", "HEAD")
    assert as_text(comparer()) == (
        f"Rien n’a changé depuis la version signée « signe-2020-03-01 » ({commit[:10]}, 1er mars 2020)."
    )


def test_three_changes_are_three_sentences(signe: Path, comparer: Comparer) -> None:
    replace(
        signe,
        "data/fiches/fiche-03.yaml",
        "    acteurs: [caisse-des-depots]\ncalendrier",
        "    acteurs: [caisse-des-depots]\n    texte: Apporter 50 000 € au lancement\n    montant: 50000\ncalendrier",
    )
    replace(signe, "data/fiches/fiche-02.yaml", "texte: 2020-2022", "texte: 2020-2023")
    replace(signe, "data/fiches/fiche-02.yaml", "fin: 2022", "fin: 2023")
    for _ in range(3):
        replace(signe, "data/parties.yaml", "José ALMEIDA", "Claude MARTIN")
    answer = comparer()
    assert " ".join(answer.stdout.split()).startswith("3 changements depuis la version signée « signe-2020-03-01 »")
    assert "Le texte que signent les parties a changé." in " ".join(answer.stdout.split())
    assert lines(answer) == [
        "Partie « Ville de Longvic » : représentant, nom : « José ALMEIDA » devient « Claude MARTIN » ; dans la liste : texte "
        "modifié ; dans la signature, nom : « José ALMEIDA » devient « Claude MARTIN » (data/parties.yaml:79) "
        "avant : « … Longvic, représentée par son Maire, M. José ALMEIDA, » "
        "après : « … Longvic, représentée par son Maire, M. Claude MARTIN, »",
        "Fiche 2, calendrier : « 2020-2022 » devient « 2020-2023 » ; fin : 2022 devient 2023 (data/fiches/fiche-02.yaml:39)",
        "Fiche 3, engagement F3-4 (Caisse des dépôts et consignations de Bourgogne-Franche-Comté) : texte ajouté ; montant en "
        "euros : 50000 (n’était pas dit) (data/fiches/fiche-03.yaml:87) après : « Apporter 50 000 € au lancement »",
    ]


@pytest.mark.parametrize("change", NO_CHANGE.values(), ids=NO_CHANGE)
def test_the_form_of_the_files_is_no_change(signe: Path, comparer: Comparer, change: Callable[[str], str]) -> None:
    rewrite(signe, change)
    assert as_text(comparer()).startswith("Rien n’a changé")


# Each kind of change


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("data/protocole.yaml", "debut: 2019,", "debut: 2020,"), "Période : début : 2019 devient 2020 (à côté du texte signé) (data/protocole.yaml:6)"),
        (("data/protocole.yaml", "libelle: Constats", "libelle: Les constats"), "Libellé de la rubrique « Constats » : libellé : « Constats » devient « Les constats » (data/protocole.yaml:437)"),
        (("data/protocole.yaml", "dates: [2014-02-21]", "dates: [2014-02-22]"), "Visa 1 : dates : 2014-02-21 devient 2014-02-22 (à côté du texte signé) (data/protocole.yaml:14)"),
        (("data/acteurs.yaml", "    sigle: CAF\n", ""), "Organisme « Caisse d’allocations familiales de Côte-d’Or » : sigle : « CAF » (n’est plus dit) (à côté du texte signé) (data/acteurs.yaml:49)"),
        (("data/quartiers.yaml", "contrat_de_ville: true", "contrat_de_ville: false"), "Commune « Dijon » : dans le contrat de ville : oui devient non (à côté du texte signé) (data/quartiers.yaml:3)"),
        (("data/gouvernance.yaml", "{min: 12, max: 12}", "{min: 10, max: 12}"), "Instance « Maîtrise d’ouvrage et urbaine et sociale (MOUS) », réunion 1 : par an, au moins : 12 devient 10 (à côté du texte signé)"),
        (("data/fiches/fiche-05.yaml", "Renforcer l’accès", "Faciliter l’accès"), "Fiche 5, objectif général : texte modifié (data/fiches/fiche-05.yaml:2) avant : « Renforcer l’accès à l’emploi des populations les … » après : « Faciliter l’accès à l’emploi des populations les … »"),
        (("data/fiches/fiche-05.yaml", "acteurs: [entreprises]", "acteurs: [etat]"), "(à côté du texte signé)"),
        (("data/fiches/fiche-09.yaml", "phase-2, debut: 2021", "phase-2, debut: 2020"), "Fiche 9, calendrier, phase « Phase 2 » : début : 2021 devient 2020 (à côté du texte signé)"),
        (("data/fiches/fiche-10.yaml", "nature: tendance", "nature: qualitatif"), "Fiche 10, résultat R10-"),
        (("data/fiches/fiche-10.yaml", "    - Le SPIP\n", ""), "Fiche 10, partenaires : texte modifié"),
    ],
)  # fmt: skip
def test_a_change_is_told_where_it_is(signe: Path, comparer: Comparer, change: tuple[str, str, str], said: str) -> None:
    replace(signe, *change)
    (told,) = lines(comparer())
    assert said in told


def test_facts_alone_leave_the_signed_text_as_it_is(signe: Path, comparer: Comparer) -> None:
    replace(signe, "data/fiches/fiche-05.yaml", "  fin: 2022", "  fin: 2021")
    assert "Le texte que signent les parties est le même : seuls ont changé des faits notés à côté." in as_text(
        comparer()
    )


def test_a_fiche_that_came_and_one_that_went(signe: Path, comparer: Comparer) -> None:
    (signe / "data/fiches/fiche-10.yaml").unlink()
    shutil.copy(signe / "data/fiches/fiche-02.yaml", signe / "data/fiches/fiche-11.yaml")
    replace(signe, "data/fiches/fiche-11.yaml", "numero: 2", "numero: 11")
    assert lines(comparer()) == [
        "Fiche 11 : ajout (data/fiches/fiche-11.yaml:2) « GESTION URBAINE ET SOCIALE DE PROXIMITÉ »",
        "Fiche 10 : retrait (data/fiches/fiche-10.yaml:2) « PRÉVENIR ET LUTTER CONTRE LES INSÉCURITÉS ET INCIVILITÉS »",
    ]


def test_an_engagement_put_before_others_changes_none_of_them(signe: Path, comparer: Comparer) -> None:
    replace(
        signe,
        "data/fiches/fiche-07.yaml",
        "engagements:\n",
        "engagements:\n  - acteurs: [caf]\n    texte: Ouvrir une permanence (CAF)\n",
    )
    (change,) = lines(comparer())
    assert change.startswith("Fiche 7, engagement F7-1 (CAF) : ajout (data/fiches/fiche-07.yaml:")
    assert change.endswith("« Ouvrir une permanence (CAF) »")


def test_an_engagement_rewritten_is_one_change(signe: Path, comparer: Comparer) -> None:
    replace(signe, "data/fiches/fiche-07.yaml", "information des porteurs", "information chaque année des porteurs")
    (change,) = lines(comparer())
    assert "Fiche 7, engagement F7-3 (CAF) : texte modifié" in change
    assert "après : « Co-financement des CLAS et information chaque année des porteurs de projets CLAS" in change


def test_a_visa_moved_is_told_as_moved(signe: Path, comparer: Comparer) -> None:
    fichier = signe / "data/protocole.yaml"
    text = fichier.read_text(encoding="utf-8")
    start = text.index("  - texte: |", text.index("visas:"))
    second = text.index("  - texte: |", start + 1)
    third = text.index("  - texte: |", second + 1)
    fichier.write_text(text[:start] + text[second:third] + text[start:second] + text[third:], encoding="utf-8")
    (change,) = lines(comparer())
    assert change.startswith("Visa ")
    assert ": déplacement (data/protocole.yaml:" in change


# Held against the fingerprints


@pytest.mark.parametrize(("fichier", "avant", "apres"), [*FACTS.values(), *WORDS.values()], ids=[*FACTS, *WORDS])
def test_every_change_of_a_fingerprint_is_told(depot: Path, fichier: str, avant: str, apres: str) -> None:
    replace(depot, fichier, avant, apres)
    found = compare(load(CHECKOUT, explain), load(depot, explain))
    assert found.changements
    changed = what_changes(protocole_of(CHECKOUT), protocole_of(depot))
    assert found.texte_change is ("texte" in changed)
    assert found.texte_change is any(not change.fait for change in found.changements)


# Versions


def test_two_versions_are_compared_by_any_name(signe: Path, comparer: Comparer) -> None:
    first = git(signe, "rev-parse", "HEAD")
    replace(signe, "data/fiches/fiche-02.yaml", "texte: 2020-2022", "texte: 2020-2023")
    committed(signe, "2021-05-04T12:00:00 +0000")
    replace(signe, "data/fiches/fiche-02.yaml", "texte: 2020-2023", "texte: 2020-2024")
    said = as_text(comparer(first[:12], "HEAD"))
    assert said.startswith(
        f"1 changement depuis la version « {first[:12]} » ({first[:10]}, 1er mars 2020) jusqu’à la version « HEAD » ("
    )
    assert "« 2020-2022 » devient « 2020-2023 »" in said
    assert "« 2020-2022 » devient « 2020-2024 »" in as_text(comparer())
    assert "« 2020-2023 » devient « 2020-2024 »" in as_text(comparer("HEAD"))
    assert "« 2020-2023 » devient « 2020-2022 »" in as_text(comparer("HEAD", "HEAD~1"))


def test_the_last_signed_version_is_taken(signe: Path, comparer: Comparer) -> None:
    replace(signe, "data/fiches/fiche-02.yaml", "texte: 2020-2022", "texte: 2020-2023")
    committed(signe, "2021-05-04T12:00:00 +0000")
    git(signe, "tag", "-m", "Avenant 1", "signe-avenant-1", date="2021-05-04T13:00:00 +0000")
    assert as_text(comparer()).startswith("Rien n’a changé depuis la version signée « signe-avenant-1 »")


def test_a_version_signed_elsewhere_is_not_ours(signe: Path, comparer: Comparer) -> None:
    git(signe, "checkout", "-q", "-b", "autre")
    replace(signe, "data/fiches/fiche-02.yaml", "texte: 2020-2022", "texte: 2020-2023")
    committed(signe, "2021-05-04T12:00:00 +0000")
    git(signe, "tag", "signe-2021-05-04")
    git(signe, "checkout", "-q", "-")
    assert "« signe-2020-03-01 »" in as_text(comparer())


@pytest.mark.parametrize("nom", ["v1", "HEAD~9", "HEAD:data", "--output=x", "$(touch x)", "\x1b[31m"])
def test_an_unknown_version_is_one_line(signe: Path, lancer: Lancer, nom: str) -> None:
    answer = lancer("--dossier", signe, "comparer", "--", nom)
    assert answer.code == 1
    assert answer.stdout == ""
    shown = nom.replace("\x1b", "␛")
    assert answer.stderr.startswith(
        f"protocole : git ne connaît pas de version « {shown} » de ce protocole. Donnez une étiquette"
    )
    assert answer.stderr.count("\n") == 1
    assert git(signe, "status", "--porcelain") == ""


def test_the_root_may_stand_below_the_top_of_the_work_tree(signe: Path, lancer: Lancer, tmp_path: Path) -> None:
    above = tmp_path / "territoires"
    shutil.copytree(signe / "data", above / "dijon/data")
    shutil.copytree(signe / "data", above / "data")
    replace(above, "data/fiches/fiche-02.yaml", "texte: 2020-2022", "texte: 2020-2029")
    committed(above)
    replace(above / "dijon", "data/fiches/fiche-02.yaml", "texte: 2020-2022", "texte: 2020-2023")
    assert "« 2020-2022 » devient « 2020-2023 »" in as_text(lancer("--dossier", above / "dijon", "comparer", "HEAD"))


def test_nothing_is_written_in_the_repository(signe: Path, comparer: Comparer) -> None:
    before = sorted(signe.rglob("*"))
    comparer("HEAD", "HEAD")
    assert sorted(signe.rglob("*")) == before
    assert git(signe, "status", "--porcelain") == ""


# Files at fault


def test_a_broken_file_is_not_taken_for_one_that_went(signe: Path, comparer: Comparer) -> None:
    replace(signe, "data/fiches/fiche-03.yaml", "numero: 3\n", "numero: 3\ninconnue: 1\n")
    replace(signe, "data/fiches/fiche-02.yaml", "texte: 2020-2022", "texte: 2020-2023")
    answer = comparer()
    assert answer.code == 1
    assert answer.stderr == (
        "protocole : le fichier data/fiches/fiche-03.yaml est en défaut ; ce qui s’y trouve n’est pas comparé. "
        "Voyez : protocole validate\n"
    )
    assert "Fiche 3" not in answer.stdout
    assert "Fiche 2, calendrier" in answer.stdout


def test_a_version_with_a_broken_file_is_told(signe: Path, comparer: Comparer) -> None:
    replace(signe, "data/acteurs.yaml", "acteurs:\n", "acteurs: 1\nautres:\n")
    committed(signe, "2021-05-04T12:00:00 +0000")
    git(signe, "checkout", "-q", "signe-2020-03-01", "--", "data")
    answer = comparer("HEAD")
    assert answer.code == 1
    assert answer.stderr == (
        "protocole : le fichier data/acteurs.yaml est en défaut dans la version « HEAD » ; ce qui s’y trouve n’est pas comparé.\n"
    )
    assert answer.stdout.startswith("Rien n’a changé")


def test_a_link_in_a_version_leads_nowhere(signe: Path, comparer: Comparer, tmp_path: Path) -> None:
    """What it leads to is no part of the version, and may be a file of the machine."""
    secret = tmp_path / "secret.yaml"
    secret.write_text("numero: 2\ntitre: Un secret\n", encoding="utf-8")
    (signe / "data/fiches/fiche-02.yaml").unlink()
    (signe / "data/fiches/fiche-02.yaml").symlink_to(secret)
    committed(signe, "2021-05-04T12:00:00 +0000")
    answer = comparer("signe-2020-03-01", "HEAD")
    assert answer.code == 0
    assert "secret" not in answer.stdout
    assert "Fiche 2 : retrait" in answer.stdout


def test_a_file_too_large_is_told_as_elsewhere(signe: Path, comparer: Comparer) -> None:
    (signe / "data/fiches/fiche-02.yaml").write_text(f"numero: 2\ntitre: {'a' * 2_000_000}\n", encoding="utf-8")
    committed(signe, "2021-05-04T12:00:00 +0000")
    assert (
        "data/fiches/fiche-02.yaml est en défaut dans la version « HEAD »"
        in comparer("signe-2020-03-01", "HEAD").stderr
    )


# Formats


def test_json_says_what_changed_key_by_key(signe: Path, comparer: Comparer) -> None:
    line = replace(signe, "data/fiches/fiche-02.yaml", "texte: 2020-2022", "texte: 2020-2023")
    found = as_json(comparer("--format", "json"), "comparer")
    commit = git(signe, "rev-parse", "HEAD")
    assert found["avant"] == {"nom": "signe-2020-03-01", "commit": commit, "date": "2020-03-01"}
    assert (found["apres"], found["signee"], found["texte_change"]) == (None, True, True)
    assert found["changements"] == [
        {
            "lieu": "Fiche 2, calendrier",
            "fiche": 2,
            "nature": "modification",
            "dans_le_texte": True,
            "champs": [{"cle": "texte", "avant": "2020-2022", "apres": "2020-2023"}],
            "fichier": "data/fiches/fiche-02.yaml",
            "ligne": line,
        }
    ]


def test_an_entry_that_was_given_one_more_part_is_told_part_by_part(signe: Path, comparer: Comparer) -> None:
    replace(
        signe,
        "data/parties.yaml",
        "  - acteur: etat\n",
        "  - acteur: etat\n    habilitation: {nature: délibération, date: 2019-06-27}\n",
    )
    (change,) = as_json(comparer("--format", "json"), "comparer")["changements"]
    assert change["champs"] == [
        {"cle": "habilitation.nature", "avant": None, "apres": "délibération"},
        {"cle": "habilitation.date", "avant": None, "apres": "2019-06-27"},
    ]
    assert change["dans_le_texte"] is False


def test_csv_has_a_row_a_value(signe: Path, comparer: Comparer) -> None:
    replace(signe, "data/fiches/fiche-02.yaml", "texte: 2020-2022", "texte: 2020-2023")
    replace(signe, "data/fiches/fiche-02.yaml", "fin: 2022", "fin: 2023")
    assert [
        (row["lieu"], row["champ"], row["avant"], row["apres"], row["dans_le_texte"])
        for row in as_csv(comparer("--format", "csv"))
    ] == [
        ("Fiche 2, calendrier", "texte", "2020-2022", "2020-2023", "oui"),
        ("Fiche 2, calendrier", "fin", "2022", "2023", "non"),
    ]


def test_markdown_is_a_table(signe: Path, comparer: Comparer) -> None:
    replace(signe, "data/fiches/fiche-02.yaml", "fin: 2022", "fin: 2023")
    head, _, row = as_lines(comparer("--format", "md"))
    assert head == "| Lieu | Nature | Champ | Avant | Après | Dans le texte signé | Fichier | Ligne |"
    assert row == "| Fiche 2, calendrier | modification | fin | 2022 | 2023 | non | data/fiches/fiche-02.yaml | 39 |"


def as_lines(answer: Reponse) -> list[str]:
    assert answer.code == 0
    return answer.stdout.splitlines()


def test_without_git_the_program_still_ends_well(signe: Path, tmp_path: Path) -> None:
    answer = subprocess.run(
        [*PROTOCOLE, "--dossier", str(signe), "comparer"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env=os.environ | {"PATH": str(tmp_path)},
    )
    assert (answer.returncode, answer.stdout, answer.stderr) == (1, "", SANS_VERSION_SIGNEE)

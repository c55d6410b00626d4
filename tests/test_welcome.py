"""`protocole` alone: where you are, how it stands, what next."""

import shutil
from pathlib import Path

import pytest

from conftest import CHECKOUT, Lancer, replace
from programs import committed, on_terminal


def test_it_says_where_one_is_and_what_next(depot: Path, lancer: Lancer) -> None:
    committed(depot, date="2020-01-01T12:00:00 +0000")
    code, stdout, stderr = lancer("--dossier", depot)
    assert (code, stderr) == (0, "")
    where = "\n".join(stdout.splitlines()[1:]).partition("\n\n")[0]
    assert " ".join(where.split()) == f"Dijon métropole ; {depot} (version du 1er janvier 2020)"
    assert stdout.startswith("PROTOCOLE D’ENGAGEMENTS RÉCIPROQUES ET RENFORCÉS 2019 - 2022\n")
    assert stdout[stdout.index("10 fiches") :] == (
        """\
10 fiches, 19 parties, 25 engagements.
   1  FAVORISER L’APPROPRIATION DE L’ESPACE PUBLIC PAR TOUS LES HABITANTS
   2  GESTION URBAINE ET SOCIALE DE PROXIMITÉ
   3  SOUTENIR LA CRÉATION ET LA REPRISE D’ENTREPRISE OU D’ACTIVITÉS
   4  DÉVELOPPER L’ACCÈS ET LA FORMATION AU NUMÉRIQUE POUR TOUS
   5  RENFORCER LA MOBILISATION DES MESURES DE LA POLITIQUE DE L’EMPLOI POUR
      MIEUX RÉPONDRE AUX BESOINS DES HABITANTS DES QUARTIERS PRIORITAIRES ET DE
      VEILLE
   6  FAVORISER L’ACCÈS À LA SANTÉ DES HABITANTS DES QUARTIERS PRIORITAIRES
   7  ACCOMPAGNER ET SOUTENIR LES PARENTS DANS LE PARCOURS SCOLAIRE DE LEURS
      ENFANTS PAR DES FORMATIONS SUR LES ENJEUX ET ORGANISATION DU SYSTÈME
      SCOLAIRE
   8  FAVORISER LE DÉVELOPPEMENT DE RÉSEAUX D’ACTEURS LOCAUX POUR PRÉVENIR LE
      DÉCROCHAGE SCOLAIRE
   9  CONSEIL INTERCOMMUNAL DE SÉCURITÉ ET DE PRÉVENTION DE LA DÉLINQUANCE
      (CISPD) : APPROFONDISSEMENT DU DIAGNOSTIC
  10  PRÉVENIR ET LUTTER CONTRE LES INSÉCURITÉS ET INCIVILITÉS

Aucune erreur, 20 avertissements dans 16 fichiers.

Et maintenant :
- protocole fiche 1 : lire une fiche
- protocole acteur etat : savoir ce que porte et promet un organisme
- protocole validate : voir les 20 avertissements

Toutes les commandes : protocole --help
"""
    )


def test_errors_come_first(depot: Path, lancer: Lancer) -> None:
    replace(depot, "data/fiches/fiche-07.yaml", "acteurs: [caf]", "acteurs: [caff]")
    code, stdout, _ = lancer("--dossier", depot)
    assert code == 1
    assert "1 erreur, 20 avertissements dans 16 fichiers." in stdout
    assert (
        "- protocole validate : voir chaque erreur, où elle est et comment y remédier\n- protocole fiches : " in stdout
    )


def test_a_file_that_cannot_be_read_is_named(depot: Path, lancer: Lancer) -> None:
    (depot / "data/fiches/fiche-07.yaml").write_text("numero: [", encoding="utf-8")
    code, stdout, stderr = lancer("--dossier", depot)
    assert code == 1
    assert "\n9 fiches, " in stdout
    assert stderr == (
        "protocole : le fichier data/fiches/fiche-07.yaml est en défaut ; la réponse peut être incomplète. "
        "Voyez : protocole validate\n"
    )


@pytest.mark.parametrize("kept", [2, 1, 0])
def test_what_next_follows_the_data(tmp_path: Path, lancer: Lancer, kept: int) -> None:
    """A protocole of some fiches with one warning, or of no fiche at all."""
    racine = tmp_path / "depot"
    shutil.copytree(CHECKOUT / "tests/exemples", racine)
    (racine / "data/avertissements-admis.yaml").unlink()
    for file in sorted((racine / "data/fiches").iterdir())[kept:]:
        file.unlink()
    stdout = lancer("--dossier", racine).stdout
    if kept == 2:
        assert "2 fiches, 4 parties, 2 engagements.\n  1  Aider à créer" in stdout
        assert "- protocole validate : voir l’avertissement" in stdout
    elif kept:
        assert "1 fiche, 4 parties, 1 engagement.\n  1  Aider à créer" in stdout
    else:
        assert "0 fiche, 4 parties, 0 engagement.\n\nTout est en ordre : 6 fichiers" in stdout
        assert "- protocole export : produire le document à signer" in stdout


def test_many_fiches_are_counted_only(depot: Path, lancer: Lancer) -> None:
    for numero in range(11, 22):
        (depot / f"data/fiches/fiche-{numero}.yaml").write_text(f"numero: {numero}\ntitre: A\n", encoding="utf-8")
    stdout = lancer("--dossier", depot).stdout
    assert "\n21 fiches, 19 parties, 25 engagements.\n\n" in stdout


def test_where_there_is_no_protocole_it_says_so_and_helps(
    tmp_path: Path, lancer: Lancer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, stdout, stderr = lancer()
    assert (code, stderr) == (0, "")
    said, _, helped = stdout.partition("\n\n")
    assert " ".join(said.split()).startswith(f"Aucun protocole dans {tmp_path}")
    assert helped.startswith("Utilisation : protocole [OPTIONS] COMMANDE …")


def test_a_wrong_folder_is_a_fault_of_the_call(tmp_path: Path, lancer: Lancer, monkeypatch: pytest.MonkeyPatch) -> None:
    assert lancer("--dossier", tmp_path).code == 2
    monkeypatch.setenv("PROTOCOLE_DOSSIER", str(tmp_path))
    assert lancer().code == 2


def test_hostile_titles_are_text(depot: Path, lancer: Lancer) -> None:
    replace(depot, "data/protocole.yaml", "titre: PROTOCOLE", 'titre: "\u202eX\u202c" # ')
    replace(depot, "data/fiches/fiche-02.yaml", "titre: GESTION", 'titre: "\u202eX [red]" # ')
    stdout = lancer("--dossier", depot).stdout
    assert "‹U+202E›X‹U+202C›" in stdout
    assert "  2  ‹U+202E›X [red]" in stdout


def test_it_fits_the_window(depot: Path) -> None:
    lines = on_terminal("--dossier", depot, columns=50).splitlines()
    assert [line for line in lines if len(line) > 50 and str(depot) not in line] == []

"""A repository of which something is missing or at fault: each fault is told once, and makes no second one elsewhere."""

import shutil
from pathlib import Path

import pytest

from conftest import Lancer, replace
from protocole_cli.loading.layout import BASE
from protocole_cli.rendering.report_formats import texte
from protocole_cli.validation.check import validate

MANQUE = "fichier-illisible] Ce fichier manque. Créez-le, ou reprenez-le d’une version précédente."


@pytest.fixture
def ajoutees(depot: Path) -> "Ajoutees":
    return Ajoutees(depot)


class Ajoutees:
    """The lines that validate adds, from now on, to those of the data as it stands."""

    def __init__(self, depot: Path) -> None:
        self.depot = depot
        self.before = set(self.lines())

    def lines(self) -> list[str]:
        return texte(validate(self.depot)).split("\n")[:-1]

    def __call__(self) -> list[str]:
        return [line for line in self.lines() if line not in self.before]


# Files that are missing


@pytest.mark.parametrize("kind", BASE)
def test_a_missing_base_file_is_told_once(depot: Path, ajoutees: Ajoutees, kind: str) -> None:
    (depot / "data" / f"{kind}.yaml").unlink()
    assert ajoutees() == [f"data/{kind}.yaml:1:1: erreur [{MANQUE}"]


def test_without_protocole_yaml_there_is_no_protocole_for_the_command(depot: Path, lancer: Lancer) -> None:
    (depot / "data" / "protocole.yaml").unlink()
    code, stdout, stderr = lancer("validate", "--dossier", depot)
    assert (code, stdout) == (2, "")
    assert stderr == (
        f"protocole : Le dossier {depot}, indiqué par l’option --dossier, ne contient pas de protocole : "
        "il y faudrait un fichier data/protocole.yaml.\n"
    )


def test_all_base_files_missing_are_all_told(depot: Path, ajoutees: Ajoutees) -> None:
    for kind in BASE:
        (depot / "data" / f"{kind}.yaml").unlink()
    assert ajoutees() == [f"data/{kind}.yaml:1:1: erreur [{MANQUE}" for kind in sorted(BASE)]


def test_a_missing_fiche_leaves_a_gap(depot: Path, ajoutees: Ajoutees) -> None:
    (depot / "data/fiches/fiche-05.yaml").unlink()
    assert ajoutees() == [
        "data/fiches/fiche-05.yaml:1:1: erreur [numeros-continus] La fiche 5 manque : les fiches se suivent de 1 à 10. "
        "Ajoutez le fichier data/fiches/fiche-05.yaml, ou renumérotez les fiches suivantes."
    ]


def test_a_fiche_with_another_file_name_is_told_once(depot: Path, ajoutees: Ajoutees) -> None:
    (depot / "data/fiches/fiche-05.yaml").rename(depot / "data/fiches/fiche-005.yaml")
    assert ajoutees() == [
        "data/fiches/fiche-005.yaml:2:9: erreur [nom-de-fichier] Ce fichier contient la fiche 5, ce que son nom ne dit "
        "pas. Renommez-le fiche-05.yaml, ou corrigez le numéro."
    ]


def test_two_fiches_that_changed_places(depot: Path, ajoutees: Ajoutees) -> None:
    fiches = depot / "data" / "fiches"
    (fiches / "fiche-05.yaml").rename(fiches / "provisoire")
    (fiches / "fiche-06.yaml").rename(fiches / "fiche-05.yaml")
    (fiches / "provisoire").rename(fiches / "fiche-06.yaml")
    assert [line for line in ajoutees() if "erreur" in line] == [
        "data/fiches/fiche-05.yaml:2:9: erreur [nom-de-fichier] Ce fichier contient la fiche 6, ce que son nom ne dit "
        "pas. Corrigez le numéro ; le nom fiche-06.yaml est déjà pris.",
        "data/fiches/fiche-06.yaml:2:9: erreur [nom-de-fichier] Ce fichier contient la fiche 5, ce que son nom ne dit "
        "pas. Corrigez le numéro ; le nom fiche-05.yaml est déjà pris.",
    ]


def test_a_protocole_without_any_fiche_is_not_in_order(depot: Path, lancer: Lancer) -> None:
    """The folder was lost, or never added to git."""
    shutil.rmtree(depot / "data" / "fiches")
    code, stdout, _ = lancer("validate", "--dossier", depot)
    assert code == 1
    assert stdout.startswith("data/fiches:1:1: erreur [")


# Files that are broken

BROKEN = {
    "syntax": b"titre: [\n",
    "empty": b"",
    "text": "À écrire\n".encode(),
    "list": b"- id: a\n",
    "null": b"---\n",
    "another key": b"cle: valeur\n",
    "Latin-1": b"\xe9: a\n",
}


@pytest.mark.parametrize("fault", BROKEN)
@pytest.mark.parametrize("kind", BASE)
def test_a_broken_base_file_makes_no_fault_elsewhere(depot: Path, ajoutees: Ajoutees, kind: str, fault: str) -> None:
    (depot / f"data/{kind}.yaml").write_bytes(BROKEN[fault])
    found = ajoutees()
    assert found
    assert [line for line in found if not line.startswith(f"data/{kind}.yaml:")] == []


@pytest.mark.parametrize("kind", ["acteurs", "parties", "quartiers", "gouvernance", "sigles"])
@pytest.mark.parametrize("value", ["", " ~", " texte", " {a: b}"])
def test_a_base_file_whose_list_is_none_makes_no_fault_elsewhere(
    depot: Path, ajoutees: Ajoutees, kind: str, value: str
) -> None:
    key = {"quartiers": "communes", "gouvernance": "instances"}.get(kind, kind)
    replace(depot, f"data/{kind}.yaml", f"{key}:\n", f"{key}:{value}\nancien:\n")
    found = ajoutees()
    assert found
    assert [line for line in found if not line.startswith(f"data/{kind}.yaml:")] == []


def test_a_misspelt_list_is_told_once(depot: Path, ajoutees: Ajoutees) -> None:
    line = replace(depot, "data/acteurs.yaml", "acteurs:\n", "acteur:\n")
    assert ajoutees() == [
        f"data/acteurs.yaml:{line}:1: erreur [cle-inconnue] La clé « acteur » n’existe pas ici. "
        "Vouliez-vous dire « acteurs » ?"
    ]


# One entry at fault in a large file: its own line, and no other

ENTRIES = [
    # An actor at fault is still there for those who refer to it
    ("acteurs", "    sigle: CAF\n", "    sigl: CAF\n", 5, "[cle-inconnue] La clé « sigl » n’existe pas ici. Vouliez-vous dire « sigle » ?"),
    ("acteurs", "    nom: Orvitis\n", "    noms: Orvitis\n", 5, "[cle-inconnue] La clé « noms » n’existe pas ici. Vouliez-vous dire « nom » ?"),
    ("acteurs", "    nom: Orvitis\n", "    nom:\n", 9, "[valeur-vide] « nom » est vide. Écrivez la valeur ; si rien n’oblige à la donner, vous pouvez aussi supprimer la ligne."),
    ("acteurs", "nom: Orvitis\n", "nom: 2019\n", 10, '[type-de-valeur] « nom » attend un texte, et non le nombre 2019. Pour en faire un texte, mettez-le entre guillemets : "2019".'),
    ("acteurs", "nom: Orvitis\n", "Nom: Orvitis\n", 5, "[cle-inconnue] La clé « Nom » n’existe pas ici. Vouliez-vous dire « nom » ?"),
    ("acteurs", "  - id: caf\n", "  - idd: caf\n", 5, "[cle-inconnue] La clé « idd » n’existe pas ici. Vouliez-vous dire « id » ?"),
    ("acteurs", "  - id: caf\n", "  - id: CAF\n", 9, "[forme-de-valeur] « id » n’a pas la forme voulue : « CAF ». Écrivez par exemple caf. Un nom court en minuscules sans accents, les mots séparés par des tirets : caisse-des-depots."),
    ("acteurs", "  - id: caf\n", "  - id: 21\n", 9, '[type-de-valeur] « id » attend un texte, et non le nombre 21. Pour en faire un texte, mettez-le entre guillemets : "21".'),
    ("acteurs", "    releve_de: ministere-de-la-justice\n", "    releve_de: ministere-de-justice\n", 16, "[acteur-inconnu] L’acteur « ministere-de-justice » n’est pas dans acteurs.yaml. Vouliez-vous dire « ministere-de-la-justice » ?"),
    ("acteurs", "membres: [ville-de-dijon, ", "membres: [ville-de-dijo, ", 15, "[acteur-inconnu] L’acteur « ville-de-dijo » n’est pas dans acteurs.yaml. Vouliez-vous dire « ville-de-dijon », « ville-de-longvic » ou « ville-de-chenove » ?"),
    ("acteurs", "membres: [ville-de-dijon, ", "membres: [communes, ville-de-dijon, ", 15, "[acteur-en-boucle] L’acteur « Communes du contrat de ville » a pour membre « Communes du contrat de ville », dont il est lui-même membre, directement ou non. Retirez l’un des deux des membres de l’autre."),
    ("acteurs", "    membres: [grand-dijon-habitat, ", "    releve_de: bailleurs\n    membres: [grand-dijon-habitat, ", 16, "[acteur-en-boucle] L’acteur « Bailleurs » relève de « Bailleurs », qui relève déjà de lui, directement ou non. Corrigez « releve_de » de l’un des deux, ou supprimez cette clé."),
    # A name that two have; « CDC Habitat » beside « CDC » is none
    ("acteurs", "    alias: [CDC Habitat]\n", "    alias: [Cdc]\n", 13, "[nom-ambigu] « Cdc » désigne déjà « Caisse des dépôts et consignations de Bourgogne-Franche-Comté », à la ligne 57. Gardez ce nom à un seul des deux, ou réunissez-les si c’est le même."),
    ("quartiers", "    alias: [Saint Apollinaire]\n", "    alias: [LONGVIC]\n", 13, "[nom-ambigu] « LONGVIC » désigne déjà « Longvic », à la ligne 13. Gardez ce nom à un seul des deux, ou réunissez-les si c’est le même."),
    # A party at fault keeps its ranks
    ("parties", "      civilite: Mme\n", "      civilité: Mme\n", 7, "[cle-inconnue] La clé « civilité » n’existe pas ici. Vouliez-vous dire « civilite » ?"),
    ("parties", "      rang: 12\n", '      rang: "12"\n', 13, "[type-de-valeur] « rang » attend un nombre entier, et non le texte « 12 ». Écrivez rang: 12, sans guillemets ni zéro devant."),
    ("parties", "  - acteur: caf\n", "  - acteur: cafe\n", 13, "[acteur-inconnu] L’acteur « cafe » n’est pas dans acteurs.yaml. Vouliez-vous dire « caf » ?"),
    # An article, a rubrique, a period at fault
    ("protocole", "        instance: mous\n", "        instances: mous\n", 9, "[cle-inconnue] La clé « instances » n’existe pas ici. Vouliez-vous dire « instance » ?"),
    ("protocole", "        instance: mous\n", "        instance: moux\n", 19, "[instance-inconnue] L’instance « moux » n’est pas dans gouvernance.yaml. Vouliez-vous dire « mous » ?"),
    ("protocole", '  et: "Et :"\n', "  et_avant: anru\n", 13, "[partie-inconnue] « anru », devant qui se place « Et : », n’est pas une partie. Nommez une des parties de parties.yaml, ou supprimez la clé."),
    ("protocole", "{cle: public, libelle: ", "{cle: public, libellé: ", 19, "[cle-inconnue] La clé « libellé » n’existe pas ici. Vouliez-vous dire « libelle » ?"),
    ("protocole", "periode: {debut: 2019, fin: 2022}", "periode: {debut: 2022, fin: 2019}", 29, "[ordre-des-annees] La fin (2019) est avant le début (2022). Corrigez l’une des deux années, ou échangez-les."),
    ("protocole", "periode: {debut: 2019, fin: 2022}", "periode: 2019-2022", 10, "[type-de-valeur] « periode » attend des clés et leurs valeurs, et non le texte « 2019-2022 ». Allez à la ligne, et écrivez sous la clé « debut: » et « fin: », en retrait de deux espaces."),
    ("protocole", "format: 1\n", "format: 2\n", 9, "[valeur-inconnue] « format » vaut 1, et non 2. Écrivez 1 ; si vos données sont d’un format plus récent, mettez le programme à jour."),
    ("protocole", "[2014-02-21]", "[21/02/2014]", 13, '[forme-de-valeur] « dates », entrée 1, n’a pas la forme voulue : « 21/02/2014 ». Une date : 2019-03-15, 2019-03 ou "2019", selon ce que le texte dit.'),
    ("protocole", '["2018"]', "[2018]", 13, '[type-de-valeur] « dates », entrée 1, attend un texte, et non le nombre 2018. Pour en faire un texte, mettez-le entre guillemets : "2018".'),
    ("protocole", '["2018"]', '["２０１８"]', 13, '[forme-de-valeur] « dates », entrée 1, n’a pas la forme voulue : « ２０１８ ». Une date : 2019-03-15, 2019-03 ou "2019", selon ce que le texte dit.'),
    ("protocole", "[2014-02-21]", "[2014-02-31]", 13, "[date-impossible] Le 2014-02-31 n’existe dans aucun calendrier. Vérifiez le jour et le mois : une date s’écrit année-mois-jour."),
    # Places
    ("quartiers", 'code_insee: "21231"', "code_insee: 21231", 17, '[type-de-valeur] « code_insee » attend un texte, et non le nombre 21231. Pour en faire un texte, mettez-le entre guillemets : "21231".'),
    ("quartiers", 'code_insee: "21231"', 'code_insee: "２１２３１"', 17, '[forme-de-valeur] « code_insee » n’a pas la forme voulue : « ２１２３１ ». Le code officiel géographique, entre guillemets : "21231".'),
    ("quartiers", "  - id: chenove\n", "  - id: Chenôve\n", 9, "[forme-de-valeur] « id » n’a pas la forme voulue : « Chenôve ». Écrivez par exemple chenove. Un nom court en minuscules sans accents, les mots séparés par des tirets : caisse-des-depots."),
    ("quartiers", "    commune: chenove\n", "    commune: chenoves\n", 14, "[territoire-inconnu] La commune « chenoves » n’est pas dans quartiers.yaml. Vouliez-vous dire « chenove » ?"),
    # Bodies
    ("gouvernance", "{id: etat, nom: ÉTAT}", "{idd: etat, nom: ÉTAT}", 6, "[cle-inconnue] La clé « idd » n’existe pas ici. Vouliez-vous dire « id » ?"),
    ("gouvernance", "  - id: mous\n", "  - id: MOUS\n", 9, "[forme-de-valeur] « id » n’a pas la forme voulue : « MOUS ». Écrivez par exemple mous. Un nom court en minuscules sans accents, les mots séparés par des tirets : caisse-des-depots."),
    ("gouvernance", "fleche: false", "flèche: false", 13, "[cle-inconnue] La clé « flèche » n’existe pas ici. Vouliez-vous dire « fleche » ?"),
    ("gouvernance", "mois: [10]", "mois: [octobre]", 16, "[type-de-valeur] « mois », entrée 1, attend un nombre entier, et non le texte « octobre ». Écrivez le numéro du mois : 10."),
    ("gouvernance", "{min: 1, max: 2}", "{min: 2, max: 1}", 17, "[ordre-des-annees] Le nombre de réunions va de 2 à 1 : il va à l’envers. Mettez le plus petit nombre dans « min », le plus grand dans « max »."),
    ("gouvernance", "{min: 1, max: 2}", "1 à 2", 17, "[type-de-valeur] « par_an » attend des clés et leurs valeurs, et non le texte « 1 à 2 ». Allez à la ligne, et écrivez sous la clé « min: » et « max: », en retrait de deux espaces."),
    ("sigles", "  - sigle: ADIE\n", "  - sigle: AAP\n", 12, "[identifiant-en-double] Le sigle « AAP » est déjà pris, à la ligne 4. Donnez-en un autre, ou réunissez les deux entrées."),
]  # fmt: skip


def test_a_date_that_does_not_exist_is_told_of_an_act_too(depot: Path, ajoutees: Ajoutees) -> None:
    ligne = replace(
        depot,
        "data/parties.yaml",
        "  - acteur: caf\n",
        "  - acteur: caf\n    habilitation: {nature: Arrêté, date: 2019-02-29}\n",
    )
    assert (
        f"data/parties.yaml:{ligne + 1}:42: erreur [date-impossible] Le 2019-02-29 n’existe dans aucun calendrier. "
        in "".join(ajoutees())
    )


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: f"{e[0]}-{e[2].strip()[:40]}")
def test_an_entry_at_fault_is_told_in_this_line_and_no_other(
    depot: Path, ajoutees: Ajoutees, entry: tuple[str, str, str, int, str]
) -> None:
    kind, avant, apres, colonne, message = entry
    ligne = replace(depot, f"data/{kind}.yaml", avant, apres)
    assert ajoutees() == [f"data/{kind}.yaml:{ligne}:{colonne}: erreur {message}"]


def test_an_actor_under_a_new_name_is_told_where_the_old_one_is_used(depot: Path, ajoutees: Ajoutees) -> None:
    replace(depot, "data/acteurs.yaml", "  - id: splaad\n", "  - id: splaade\n")
    (line,) = ajoutees()
    assert line.startswith("data/fiches/fiche-01.yaml:")
    assert "L’acteur « splaad » n’est pas dans acteurs.yaml. Vouliez-vous dire « splaade » ?" in line


def test_a_rubrique_that_is_no_longer_listed_is_told_at_every_fiche(depot: Path, ajoutees: Ajoutees) -> None:
    replace(depot, "data/protocole.yaml", "  - {cle: public, libelle: Public concerné}\n", "")
    found = ajoutees()
    assert len(found) == 10
    assert all(
        "[rubriques] La rubrique « public » n’est pas dans la liste de protocole.yaml : elle ne serait pas imprimée. "
        "Ajoutez-la aux « rubriques » de protocole.yaml, à sa place et avec son libellé." in line
        for line in found
    )


def test_two_parties_of_one_rank_and_the_rank_that_is_left_over(depot: Path, ajoutees: Ajoutees) -> None:
    line = replace(depot, "data/parties.yaml", "      rang: 19\n", "      rang: 18\n")
    found = ajoutees()
    assert [
        f"{line}:13: erreur [numero-en-double] Le rang de liste 18 existe aussi ici" in entry for entry in found
    ] == [
        False,
        True,
    ]


def test_articles_without_a_gap(depot: Path, ajoutees: Ajoutees) -> None:
    line = replace(
        depot, "data/protocole.yaml", "  - numero: 5\n    titre: La resp", "  - numero: 6\n    titre: La resp"
    )
    assert ajoutees() == [
        f"data/protocole.yaml:{line}:13: erreur [numeros-continus] L’article 5 manque avant celui-ci. "
        "Ajoutez-le, ou renumérotez."
    ]


# What is sound is still looked at


def test_a_broken_fiche_hides_no_fault_of_another(depot: Path, ajoutees: Ajoutees) -> None:
    (depot / "data/fiches/fiche-03.yaml").write_text("titre: [\n", encoding="utf-8")
    replace(depot, "data/fiches/fiche-04.yaml", "[ecoles-du-numerique,", "[ecole-du-numerique,")
    assert [line.split(":")[0] for line in ajoutees() if "erreur" in line] == [
        "data/fiches/fiche-03.yaml",
        "data/fiches/fiche-04.yaml",
    ]


def test_a_broken_fiche_leaves_no_gap_in_the_numbers(depot: Path, ajoutees: Ajoutees) -> None:
    (depot / "data/fiches/fiche-03.yaml").write_text("titre: [\n", encoding="utf-8")
    assert len(ajoutees()) == 1


def test_a_broken_file_of_actors_hides_no_unknown_neighbourhood(depot: Path, ajoutees: Ajoutees) -> None:
    (depot / "data/acteurs.yaml").write_text("acteurs: [\n", encoding="utf-8")
    replace(depot, "data/quartiers.yaml", "    commune: chenove\n", "    commune: chenoves\n")
    assert [line.split(":")[0] for line in ajoutees()] == ["data/acteurs.yaml", "data/quartiers.yaml"]


def test_an_actor_at_fault_hides_no_unknown_actor(depot: Path, ajoutees: Ajoutees) -> None:
    replace(depot, "data/acteurs.yaml", "    sigle: CAF\n", "    sigl: CAF\n")
    replace(depot, "data/fiches/fiche-07.yaml", "acteurs: [caf]", "acteurs: [capf]")
    assert [line.split(" ")[2] for line in ajoutees()] == ["[cle-inconnue]", "[acteur-inconnu]"]

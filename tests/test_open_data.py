"""`protocole export --format csv` and `--format json`: the protocole as tables to stack, and as one file with its schema."""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema_rs
import msgspec
import pytest
from jsonschema import Draft202012Validator

from conftest import CHECKOUT, Lancer, Reponse, replace
from programs import committed, piped
from protocole_cli.loading.layout import BASE, base_file
from protocole_cli.model.corps import CORPS_ABSENT, Periode
from protocole_cli.model.protocole import Protocole
from protocole_cli.rendering.open_data.columns import Column
from protocole_cli.rendering.open_data.identity import IDENTITY, KEY, identifier
from protocole_cli.rendering.open_data.tables import TABLES
from protocole_cli.validation.check import validate

Exporter = Callable[..., Reponse]
Tables = dict[str, list[dict[str, str]]]
EXEMPLES = CHECKOUT / "tests" / "exemples"
FILES = {"datapackage.json", *(f"{table.nom}.csv" for table in TABLES)}


@pytest.fixture
def exporter(depot: Path, lancer: Lancer, monkeypatch: pytest.MonkeyPatch) -> Exporter:
    """Run `protocole export` in the copy of our data."""
    monkeypatch.chdir(depot)
    return lambda *arguments: lancer("export", *arguments)


def read(folder: Path) -> Tables:
    """Return the rows of all tables of a folder by the names of their columns."""
    return {
        file.stem: list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8")), strict=True))
        for file in sorted(folder.glob("*.csv"))
    }


@pytest.fixture
def tables(exporter: Exporter) -> Tables:
    """Give the tables of our data."""
    assert exporter("--format", "csv").code == 0
    return read(Path("build/donnees"))


def where(rows: list[dict[str, str]], **cells: str) -> list[dict[str, str]]:
    return [row for row in rows if cells.items() <= row.items()]


# Where it goes


def test_tables_go_into_a_folder_of_their_own(depot: Path, exporter: Exporter) -> None:
    said = "Données écrites : build/donnees (14 tables, que décrit datapackage.json)\n"
    assert exporter("--format", "csv") == (0, "", said)
    assert {file.name for file in (depot / "build/donnees").iterdir()} == FILES


@pytest.mark.parametrize("target", ["ici", "nouveau", "nouveau/", "a/b"])
def test_tables_go_into_the_folder_that_is_given(depot: Path, exporter: Exporter, target: str) -> None:
    (depot / "ici").mkdir()
    assert exporter("--format", "csv", "-o", target).code == 0
    assert {file.name for file in (depot / target).iterdir()} == FILES
    assert not (depot / "build").exists()


@pytest.mark.parametrize("target", ["-", "tables.csv", "data/protocole.yaml", "fichier"])
def test_tables_do_not_go_into_a_file(depot: Path, exporter: Exporter, target: str) -> None:
    (depot / "fichier").touch()
    before = (depot / "data/protocole.yaml").read_bytes()
    answer = exporter("--format", "csv", "-o", target)
    assert (answer.code, answer.stdout) == (2, "")
    assert "Le format csv donne plusieurs tables : donnez à -o un dossier, par exemple donnees/" in answer.stderr
    assert (depot / "data/protocole.yaml").read_bytes() == before


def test_the_whole_model_goes_into_one_file_with_its_schema_beside_it(depot: Path, exporter: Exporter) -> None:
    said = "Données écrites : {0}.json\nSchéma écrit : {0}.schema.json\n"
    assert exporter("--format", "json") == (0, "", said.format("build/protocole"))
    assert exporter("--format", "json", "-o", "dijon.json") == (0, "", said.format("dijon"))
    assert (depot / "dijon.json").read_bytes() == (depot / "build/protocole.json").read_bytes()
    assert (depot / "dijon.schema.json").read_bytes() == (depot / "build/protocole.schema.json").read_bytes()


def test_standard_output_takes_the_whole_model_alone(depot: Path, exporter: Exporter) -> None:
    answer = exporter("--format", "json", "-o", "-")
    assert (answer.code, answer.stderr) == (0, "")
    assert set(json.loads(answer.stdout)) == {"identite", *BASE, "communes", "fiches"}
    assert not (depot / "build").exists()


def test_document_and_data_go_into_one_folder(depot: Path, exporter: Exporter) -> None:
    answer = exporter("--format", "csv", "--format", "md", "--format", "json", "-o", "tout/")
    assert answer.code == 0
    names = {file.name for file in (depot / "tout").iterdir()}
    assert names == {*FILES, "protocole.md", "protocole.json", "protocole.schema.json"}


def test_a_folder_that_cannot_be_made_is_said(depot: Path, exporter: Exporter) -> None:
    (depot / "build").write_text("", encoding="utf-8")
    answer = exporter("--format", "csv")
    assert (answer.code, answer.stdout) == (1, "")
    assert "ne peut pas être écrit : un dossier ou un fichier de ce nom est en travers." in answer.stderr


# What the tables say (our own data, the answers of the source)


def test_every_table_has_the_rows_of_its_kind(tables: Tables) -> None:
    assert {name: len(tables[name]) for name in ("protocoles", "fiches", "engagements", "resultats", "instances")} == {
        "protocoles": 1,
        "fiches": 10,
        "engagements": 25,
        "resultats": 46,
        "instances": 10,
    }
    assert len(where(tables["acteurs"], partie="true")) == 19


def test_the_protocole_is_known_by_its_territory_its_years_and_its_data(tables: Tables) -> None:
    (row,) = tables["protocoles"]
    assert (row["protocole"], row["territoire"], row["debut"], row["fin"]) == (
        "dijon-metropole-2019-2022",
        "Dijon métropole",
        "2019",
        "2022",
    )
    assert row["version"] == f"v{row['empreinte_donnees'][:12]}"
    assert (row["commit"], row["date"], row["modifiee"], row["projet"]) == ("", "", "false", "false")


def test_every_row_says_of_which_protocole_and_version_it_is(tables: Tables) -> None:
    (about,) = tables["protocoles"]
    key = tuple(about[column.nom] for column in KEY)
    assert {tuple(row[c.nom] for c in KEY) for rows in tables.values() for row in rows} == {key}


def test_who_carries_a_fiche_and_who_takes_part(tables: Tables) -> None:
    """« Etat, métropole et Conseil Régional »."""
    rows = where(tables["fiches_acteurs"], fiche="5", role="porteur")
    assert [row["acteur"] for row in rows] == ["etat", "dijon-metropole", "region-bourgogne-franche-comte"]


def test_a_promise_left_blank_is_one(tables: Tables) -> None:
    (blank,) = where(tables["engagements"], vide="true")
    assert (blank["id"], blank["intitule"], blank["texte"], blank["attribution"]) == (
        "F3-4",
        "Engagement de la Caisse des Dépôts :",
        "",
        "nommee",
    )
    assert [row["acteur"] for row in where(tables["engagements_acteurs"], engagement="F3-4")] == ["caisse-des-depots"]


def test_what_the_text_does_not_say_is_an_empty_cell(tables: Tables) -> None:
    (tenth,) = where(tables["fiches"], fiche="10")
    assert (tenth["debut"], tenth["fin"]) == ("", "")
    assert where(tables["resultats"], echeance="2022") == where(tables["resultats"], id="R3-1")
    assert {row["cible"] for row in tables["resultats"]} == {""}


def test_a_detail_names_the_result_that_it_makes_precise(tables: Tables) -> None:
    assert [row["id"] for row in where(tables["resultats"], precise="R5-1")] == ["R5-1.1", "R5-1.2"]


def test_a_quartier_is_reached_by_a_phase(tables: Tables) -> None:
    """Fiche 9: five communes first, then all of them."""
    assert {(row["moyen"], row["phase"]) for row in where(tables["fiches_quartiers"], fiche="9")} == {
        ("commune", "Phase 1"),
        ("toutes-communes", "Phase 2"),
    }


def test_a_code_is_text(depot: Path, exporter: Exporter) -> None:
    replace(depot, "data/quartiers.yaml", 'code_insee: "21231"', 'code_insee: "01231"')
    exporter("--format", "csv")
    assert where(read(depot / "build/donnees")["communes"], id="dijon")[0]["code_insee"] == "01231"


def test_amounts_and_targets_are_numbers(depot: Path, exporter: Exporter) -> None:
    replace(depot, "data/fiches/fiche-07.yaml", "  - acteurs: [caf]\n", "  - acteurs: [caf]\n    montant: 10000\n")
    cible = "    nature: cible\n    cible: {valeur: -12.5, unite: '%'}\n"
    replace(depot, "data/fiches/fiche-10.yaml", "    nature: tendance\n", cible)
    assert exporter("--format", "csv").code == 0
    found = read(depot / "build/donnees")
    assert {row["montant"] for row in found["engagements"]} == {"", "10000"}
    assert [row["unite"] for row in where(found["resultats"], cible="-12.5")] == ["%"]


# What describes the tables


def fits(column: Column, cell: str) -> bool:
    """Tell whether a cell is what its column promises."""
    if not cell:
        return not column.requis
    if column.valeurs:
        return cell in column.valeurs
    shape = {
        "integer": r"-?\d+",
        "number": r"-?\d+(\.\d+)?",
        "boolean": "true|false",
        "date": r"\d{4}-\d\d-\d\d",
        "string": r"[^\n]+",
    }
    return bool(re.fullmatch(shape[column.type], cell))


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.nom)
def test_every_cell_is_what_its_column_promises(tables: Tables, table: Any) -> None:
    rows = tables[table.nom]
    assert rows
    assert list(rows[0]) == [column.nom for column in (*KEY, *table.colonnes)]
    for column in (*KEY, *table.colonnes):
        assert [row[column.nom] for row in rows if not fits(column, row[column.nom])] == []


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.nom)
def test_rows_are_told_apart_by_their_key_and_refer_to_rows_that_exist(tables: Tables, table: Any) -> None:
    rows = tables[table.nom]
    keys = Counter(tuple(row[name] for name in table.cle) for row in rows)
    assert not table.cle or max(keys.values()) == 1
    for reference in table.references:
        known = {row[reference.cle] for row in tables[reference.table]}
        assert {row[reference.colonne] for row in rows} - {""} <= known


def test_the_descriptor_names_the_version_and_each_file(depot: Path, exporter: Exporter) -> None:
    commit = committed(depot)
    exporter("--format", "csv")
    described = json.loads((depot / "build/donnees/datapackage.json").read_text(encoding="utf-8"))
    assert (described["name"], described["commit"], described["date"]) == (
        "dijon-metropole-2019-2022",
        commit,
        "2020-03-01",
    )
    assert described["title"] == "PROTOCOLE D’ENGAGEMENTS RÉCIPROQUES ET RENFORCÉS 2019 - 2022"
    sizes = {file.name: file.stat().st_size for file in (depot / "build/donnees").glob("*.csv")}
    assert {resource["path"]: resource["bytes"] for resource in described["resources"]} == sizes


# Several protocoles, several versions


def test_a_corrected_fact_makes_another_version_of_the_same_protocole(depot: Path, exporter: Exporter) -> None:
    exporter("--format", "csv", "-o", "avant/")
    replace(depot, "data/quartiers.yaml", 'code_insee: "21231"', 'code_insee: "21232"')
    exporter("--format", "csv", "-o", "apres/")
    (before,), (after,) = (read(depot / folder)["protocoles"] for folder in ("avant", "apres"))
    assert before["protocole"] == after["protocole"]
    assert before["empreinte_texte"] == after["empreinte_texte"]
    assert before["version"] != after["version"]


@pytest.mark.parametrize(
    ("territoire", "years", "expected"),
    [
        ("L’Haÿ-les-Roses", (2024, 2030), "l-hay-les-roses-2024-2030"),
        ("Сен-Дени", (2024, 2030), "2024-2030"),
        ("Valmont", None, "valmont"),
        ("", None, "protocole"),
    ],
)
def test_an_identifier_is_ascii(territoire: str, years: tuple[int, int] | None, expected: str) -> None:
    periode = Periode(debut=years[0], fin=years[1]) if years else None
    corps = msgspec.structs.replace(CORPS_ABSENT, territoire=territoire, periode=periode)
    assert identifier(Protocole(corps=corps)) == expected


# Untrusted data, errors, projects


@pytest.mark.parametrize("formula", ["=1+1", "+33", "-1", "@A1"])
def test_a_formula_is_only_text(depot: Path, exporter: Exporter, formula: str) -> None:
    first = (depot / "data/fiches/fiche-01.yaml").read_text(encoding="utf-8")
    first = re.sub("(?m)^titre: .*$", f'titre: "{formula}"', first)
    (depot / "data/fiches/fiche-01.yaml").write_text(first, encoding="utf-8")
    assert exporter("--format", "csv").code == 0
    (row,) = where(read(depot / "build/donnees")["fiches"], fiche="1")
    assert row["titre"] == f"'{formula}"


def test_a_sign_that_acts_on_a_terminal_is_shown(depot: Path, exporter: Exporter) -> None:
    replace(depot, "data/fiches/fiche-05.yaml", "Renforcer l’accès", "\u202eRenforcer l’accès")
    assert exporter("--format", "csv", "--format", "json").code == 0
    (row,) = where(read(depot / "build/donnees")["fiches"], fiche="5")
    assert row["objectif_general"].startswith("‹U+202E›Renforcer")
    model = (depot / "build/protocole.json").read_text(encoding="utf-8")
    assert '"\\u202eRenforcer l’accès' in model
    assert "\u202e" not in model


def break_data(depot: Path) -> None:
    replace(depot, "data/fiches/fiche-05.yaml", "acteurs: [etat, ", "acteurs: [inconnu, ")


@pytest.mark.parametrize("forme", ["csv", "json"])
def test_data_with_errors_is_refused(depot: Path, exporter: Exporter, forme: str) -> None:
    break_data(depot)
    answer = exporter("--format", forme)
    assert (answer.code, answer.stdout) == (1, "")
    assert re.match(r"data/fiches/fiche-05\.yaml:\d+:\d+: erreur \[acteur-inconnu\] ", answer.stderr)
    assert answer.stderr.endswith(
        "Les données ne sont pas exportées : corrigez les erreurs, "
        "ou demandez-les telles quelles, marquées comme projet, avec l’option --projet\n"
    )
    assert not (depot / "build").exists()


def test_a_project_is_marked_in_every_row(depot: Path, exporter: Exporter) -> None:
    break_data(depot)
    answer = exporter("--format", "csv", "--format", "json", "--projet")
    assert answer.code == 0
    assert answer.stderr.endswith("ce projet n’est pas à signer.\n")
    assert {row["projet"] for rows in read(depot / "build/donnees").values() for row in rows} == {"true"}
    described = json.loads((depot / "build/donnees/datapackage.json").read_text(encoding="utf-8"))
    assert (described["projet"], described["title"][:24]) == (True, "PROJET – ne pas signer :")
    model = json.loads((depot / "build/protocole.json").read_text(encoding="utf-8"))
    assert model["identite"]["projet"] is True


def test_same_data_same_bytes(depot: Path) -> None:
    committed(depot)
    surroundings = (
        {"PYTHONHASHSEED": "1", "LC_ALL": "C", "TZ": "Pacific/Kiritimati", "COLUMNS": "20"},
        {"PYTHONHASHSEED": "2", "LC_ALL": "fr_FR.ISO-8859-1", "TZ": "Etc/GMT+12"},
    )
    written = []
    for rank, environment in enumerate(surroundings):
        folder = depot.parent / str(rank)
        ask = ("--dossier", depot, "export", "--format", "csv", "--format", "json", "-o", f"{folder}/")
        assert piped(*ask, **environment).returncode == 0
        written.append({file.name: file.read_bytes() for file in folder.iterdir()})
    assert written[0] == written[1]


# The whole model


def model_and_schema(folder: Path) -> tuple[Any, Any]:
    """Return the whole model and its schema, which both checkers say it follows."""
    model, schema = (
        json.loads((folder / f"protocole{end}").read_text(encoding="utf-8")) for end in (".json", ".schema.json")
    )
    Draft202012Validator.check_schema(schema)
    assert [error.message for error in Draft202012Validator(schema).iter_errors(model)] == []
    assert jsonschema_rs.Draft202012Validator(schema).is_valid(model)
    return model, schema


@pytest.mark.parametrize("racine", [CHECKOUT, EXEMPLES], ids=["our data", "the examples"])
def test_the_whole_model_is_there(racine: Path, lancer: Lancer, tmp_path: Path) -> None:
    """Read again, it is the model that the data files give, place for place."""
    assert lancer("--dossier", racine, "export", "--format", "json", "-o", f"{tmp_path}/").code == 0
    model, _ = model_and_schema(tmp_path)
    del model["identite"]
    again = msgspec.convert({"corps": model.pop("protocole"), **model}, Protocole)
    assert again == validate(racine, fiches=True).loaded.protocole


def test_what_identifies_the_protocole_is_in_the_file(depot: Path, exporter: Exporter) -> None:
    commit = committed(depot)
    exporter("--format", "json")
    identity = model_and_schema(depot / "build")[0]["identite"]
    assert list(identity) == [column.nom for column in IDENTITY]
    assert (identity["protocole"], identity["debut"], identity["commit"], identity["date"], identity["modifiee"]) == (
        "dijon-metropole-2019-2022",
        2019,
        commit,
        "2020-03-01",
        False,
    )


@pytest.mark.parametrize("racine", [CHECKOUT, EXEMPLES], ids=["our data", "the examples"])
def test_the_schema_refuses_what_is_not_of_the_model(racine: Path, lancer: Lancer, tmp_path: Path) -> None:
    lancer("--dossier", racine, "export", "--format", "json", "-o", f"{tmp_path}/")
    model, schema = model_and_schema(tmp_path)
    parts = (
        model["identite"],
        model["protocole"]["periode"],
        model["gouvernance"]["instances"][0],
        model["acteurs"][0],
        model["communes"][0],
        model["quartiers"][0],
        model["sigles"][0],
        model["parties"][0]["signature"],
        model["fiches"][0]["engagements"][0],
    )
    for part in parts:
        part["inconnue"] = 1
        assert not Draft202012Validator(schema).is_valid(model)
        assert not jsonschema_rs.Draft202012Validator(schema).is_valid(model)
        del part["inconnue"]


@pytest.mark.parametrize("kind", BASE)
def test_a_project_without_one_of_its_files_follows_the_schema(kind: str, depot: Path, exporter: Exporter) -> None:
    (depot / base_file(kind)).write_text("]", encoding="utf-8")
    assert exporter("--format", "json", "--format", "csv", "--projet").code == 0
    model, _ = model_and_schema(depot / "build")
    assert not model.get(kind)
    assert {file.name for file in (depot / "build/donnees").iterdir()} == FILES


# The documentation


def _in_words(columns: tuple[Column, ...]) -> str:
    """Return the lines of docs/formats.md that describe some columns."""
    types = {
        "string": "texte",
        "integer": "entier",
        "number": "nombre",
        "boolean": "true ou false",
        "date": "date",
    }
    lines = ["| colonne | type | sens |", "| --- | --- | --- |"]
    for column in columns:
        values = f" {', '.join(f'`{value}`' for value in column.valeurs)}." if column.valeurs else ""
        optional = "" if column.requis else " ou vide"
        lines.append(f"| `{column.nom}` | {types[column.type]}{optional} | {column.description}{values} |")
    return "".join(f"{line}\n" for line in lines)


def test_every_column_is_documented() -> None:
    section = (CHECKOUT / "docs" / "formats.md").read_text(encoding="utf-8").partition("\n## Données ouvertes\n")[2]
    heading, *described = re.split("(?m)^#### ", section.partition("\n### Plusieurs protocoles à la fois\n")[0])
    assert f"\n\n{_in_words(KEY)}\n" in heading
    assert [part.rstrip("\n") for part in described] == [
        f"{table.nom}\n\n{table.description}\n\n{_in_words(table.colonnes)}".rstrip("\n") for table in TABLES
    ]


def test_what_has_a_value_by_default_has_it_in_json(lancer: Lancer, tmp_path: Path) -> None:
    """A reader of one file need not know what is meant where nothing is written."""
    assert lancer("--dossier", CHECKOUT, "export", "--format", "json", "-o", tmp_path / "p.json").code == 0
    model = json.loads((tmp_path / "p.json").read_text(encoding="utf-8"))
    fiche = json.loads(lancer("--dossier", CHECKOUT, "fiche", "7", "--format", "json").stdout)
    for engagements in (model["fiches"][6]["engagements"], fiche["engagements"]):
        assert [engagement["forme"] for engagement in engagements] == ["puce"] * 3
    reunions = [reunion for instance in model["gouvernance"]["instances"] for reunion in instance["reunions"]]
    assert {reunion["unite"] for reunion in reunions} == {"instance", "groupe", "indeterminee"}

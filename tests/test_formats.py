"""Every JSON answer follows a schema of docs/formats/, and docs/formats.md names it."""

import json
import sys
from typing import Any

import pytest

from answers import as_json, asked
from conftest import CHECKOUT, Lancer
from protocole_cli.cli.commands import NAMES

FOLDER = CHECKOUT / "docs" / "formats"
ANSWERS = {
    **{f"fiche {numero}": "fiche" for numero in range(1, 11)},
    "fiche 5 --rubrique calendrier": "fiche",
    "fiche 10 --rubrique dispositifs": "fiche",
    "fiches --annee 2021 --acteur caf": "fiches",
    "acteur caf": "acteur",
    "acteurs": "acteurs",
    "engagements": "engagements",
    "resultats": "resultats",
    "gouvernance": "gouvernance",
    "gouvernance --mois octobre": "gouvernance-mois",
    "gouvernance --reunions-par-an": "gouvernance-par-an",
    "instances": "instances",
    "instance comite-de-pilotage": "instance",
    "signataires": "signataires",
    "calendrier": "calendrier",
    "quartiers": "quartiers",
    "quartier guynemer": "quartier",
    "chercher emploi": "chercher",
    "sigles": "sigles",
    "validate": "validate",
    "regles": "regles",
    "regles numeros-continus": "regle",
}
"""Calls, and the schema that each answer follows."""
OF_A_HISTORY = frozenset({"comparer"})
"""The command that asks git, which its own tests give a history; its schema has its name."""
SCHEMAS = sorted({*ANSWERS.values(), *OF_A_HISTORY})


def schema_of_the_answer_fiche() -> dict[str, Any]:
    """Return the schema of the data of a fiche, where references come with their names, and the file is told."""
    data = json.loads((CHECKOUT / "schemas" / "fiche.schema.json").read_text(encoding="utf-8"))
    answer: dict[str, Any] = _with_names(data)
    answer["title"] = "Fiche"
    answer["description"] = (
        "Ce que répond « protocole fiche N --format json » : les clés du fichier de la fiche, sans celles qui sont vides. Avec "
        "--rubrique, cette rubrique seule."
    )
    answer["properties"]["fichier"] = {"description": "Le fichier, depuis la racine du protocole.", "type": "string"}
    answer["required"].append("fichier")
    answer["$defs"]["nomme"] = {
        "description": "Un acteur, une commune ou un quartier.",
        "type": "object",
        "required": ["id", "nom"],
        "additionalProperties": False,
        "properties": {
            "id": {"description": "Son identifiant.", "type": "string"},
            "nom": {"description": "Son nom.", "type": "string"},
        },
    }
    return answer


def _with_names(described: Any, key: str = "") -> Any:
    if isinstance(described, dict):
        found = {k: _with_names(v, k) for k, v in described.items()}
        return found | {"items": {"$ref": "#/$defs/nomme"}} if key in ("acteurs", "communes", "quartiers") else found
    return [_with_names(item) for item in described] if isinstance(described, list) else described


def _undescribed(schema: Any, path: str = "") -> list[str]:
    if not isinstance(schema, dict):
        return []
    own = [f"{path}/{key}" for key, of in schema.get("properties", {}).items() if not {"description", "$ref"} & set(of)]
    return own + [
        missing
        for key, below in schema.items()
        if isinstance(below, dict)
        for missing in _undescribed(below, f"{path}/{key}")
    ]


@pytest.mark.parametrize("call", ANSWERS)
def test_the_answer_follows_its_schema(lancer: Lancer, call: str) -> None:
    assert as_json(asked(lancer, f"{call} --format json"), ANSWERS[call])


def test_every_command_that_offers_json_is_here(lancer: Lancer) -> None:
    offering = {
        name for name in NAMES
        if "json" in lancer(name, "--help").stdout.partition("--format FORME")[2].partition("\n  -")[0]
    }  # fmt: skip
    asked_here = {call.split(maxsplit=1)[0] for call in ANSWERS}
    assert offering - {"export"} == asked_here | OF_A_HISTORY  # export writes its schema beside


def test_every_schema_is_in_use_and_named_in_the_document() -> None:
    document = (CHECKOUT / "docs" / "formats.md").read_text(encoding="utf-8")
    assert sorted(path.name.removesuffix(".schema.json") for path in FOLDER.iterdir()) == SCHEMAS
    assert [name for name in SCHEMAS if f"(formats/{name}.schema.json)" not in document] == []


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_says_what_each_key_is(name: str) -> None:
    schema = json.loads((FOLDER / f"{name}.schema.json").read_text(encoding="utf-8"))
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["title"]
    assert schema["description"].startswith("Ce que répond « protocole ")
    assert _undescribed(schema) == []


def test_the_schema_of_a_fiche_is_that_of_its_data() -> None:
    """After a change of schemas/fiche.schema.json: `python tests/test_formats.py > docs/formats/fiche.schema.json`."""
    assert json.loads((FOLDER / "fiche.schema.json").read_text(encoding="utf-8")) == schema_of_the_answer_fiche()


if __name__ == "__main__":
    sys.stdout.write(json.dumps(schema_of_the_answer_fiche(), ensure_ascii=False, indent=2) + "\n")

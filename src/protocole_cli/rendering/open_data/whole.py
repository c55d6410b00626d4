"""The whole model as one JSON file, and the JSON Schema that describes it."""

from typing import Any

from protocole_cli.model.corps import CORPS_ABSENT, Corps
from protocole_cli.model.gouvernance import GOUVERNANCE_ABSENTE, Gouvernance
from protocole_cli.rendering.neutral import json_text
from protocole_cli.rendering.open_data.columns import Column, Source
from protocole_cli.rendering.open_data.identity import IDENTITY
from protocole_cli.rendering.plain import plain
from protocole_cli.validation.schema import schema

LISTS = {
    "acteurs": ("acteurs", "acteurs"),
    "parties": ("parties", "parties"),
    "communes": ("quartiers", "communes"),
    "quartiers": ("quartiers", "quartiers"),
    "sigles": ("sigles", "sigles"),
}
"""The collections of the model: which kind of file has each, under which key."""


def whole_json(source: Source) -> str:
    """Return one JSON object: what identifies the protocole, then the model, by the keys of the data files.

    What the text does not say is left out. So are the two parts that are no list where their file cannot be read.
    """
    protocole = source.protocole
    return json_text(
        {
            "identite": source.identite,
            **({} if protocole.corps == CORPS_ABSENT else {"protocole": _whole("protocole", protocole.corps)}),
            **(
                {}
                if protocole.gouvernance == GOUVERNANCE_ABSENTE
                else {"gouvernance": _whole("gouvernance", protocole.gouvernance)}
            ),
            **{name: plain(getattr(protocole, name)) for name in (*LISTS, "fiches")},
        }
    )


def _whole(kind: str, part: Corps | Gouvernance) -> dict[str, Any]:
    """Return a file that is one object; a key that it must have stays, be it an empty list."""
    kept = plain(part)
    return {**{key: plain(getattr(part, key)) for key in schema(kind)["required"]}, **kept}


def whole_schema() -> str:
    """Return the JSON Schema of `whole_json`: each part is held by the schema of its data file, carried along unchanged."""
    kinds = ("protocole", "gouvernance", "fiche", *dict.fromkeys(kind for kind, _ in LISTS.values()))
    return json_text(
        {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "Le protocole entier",
            "description": "Ce qu’écrit « protocole export --format json » : ce qui identifie le protocole, puis ses données, "
            "sous les clés des fichiers de données. Ce que le texte ne dit pas est absent.",
            "type": "object",
            "required": ["identite", *LISTS, "fiches"],
            "additionalProperties": False,
            "properties": {
                "identite": {
                    "description": "Ce qui identifie le protocole et la version de ses données.",
                    "type": "object",
                    "required": [column.nom for column in IDENTITY],
                    "additionalProperties": False,
                    "properties": {column.nom: _property(column) for column in IDENTITY},
                },
                "protocole": {"$ref": _id("protocole")},
                "gouvernance": {"$ref": _id("gouvernance")},
                **{name: _list(f"{_id(kind)}#/properties/{key}/items") for name, (kind, key) in LISTS.items()},
                "fiches": _list(_id("fiche")),
            },
            "$defs": {kind: {"$id": _id(kind), **schema(kind)} for kind in kinds},
        }
    )


def _id(kind: str) -> str:
    return f"{kind}.schema.json"


def _list(reference: str) -> dict[str, Any]:
    return {"type": "array", "items": {"$ref": reference}}


def _property(column: Column) -> dict[str, Any]:
    known = {"date": {"type": "string", "format": "date"}}.get(column.type, {"type": column.type})
    return {**known, **({} if column.requis else {"type": [known["type"], "null"]}), "description": column.description}

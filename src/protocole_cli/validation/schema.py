"""The schemas, and the words for what does not follow them.

The types of the model say yes or no, as the schemas would (`model/formes.py`; a test holds that both ask the same);
only what they refuse is held against its schema, which knows why. The schemas are the program's own; a copy in the
repository serves editors only.
"""

import os
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Any

from protocole_cli.loading.datafile import ShapeFault
from protocole_cli.resources import read_resource, resource_folder

if TYPE_CHECKING:
    from protocole_cli.loading.canonical import Order

_END = ".schema.json"


@cache
def schema(kind: str) -> dict[str, Any]:
    """Return the program's JSON Schema of a kind of file."""
    import json

    loaded: dict[str, Any] = json.loads(read_resource("schemas", f"{kind}{_END}"))
    return loaded


@cache
def key_order(kind: str) -> "Order":
    """Return the order of the keys of a kind of file: that in which its schema describes them."""
    return _order(schema(kind), schema(kind)["$defs"])


def _order(described: dict[str, Any], definitions: dict[str, Any]) -> "Order":
    if "$ref" in described:
        described = definitions[described["$ref"].removeprefix("#/$defs/")]
    if "items" in described:
        return _order(described["items"], definitions)
    return {key: _order(below, definitions) for key, below in described.get("properties", {}).items()}


@cache
def titles() -> dict[str, str]:
    """Return what people call each key of the data files: its title in the schemas."""
    found: dict[str, str] = {}
    names = sorted(name for name in os.listdir(resource_folder("schemas")) if name.endswith(_END))
    for name in names:
        described = schema(name.removesuffix(_END))
        for node in (described, *described["$defs"].values()):
            for key, below in node.get("properties", {}).items():
                found.setdefault(key, below["title"])
    return found


def explain(kind: str, data: Any) -> Iterable[ShapeFault]:
    """Say in French all of the data that does not follow the schema of its kind."""
    from protocole_cli.validation.wording import explain as in_words

    return in_words(schema(kind), data)

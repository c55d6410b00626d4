"""The shape of the data: a quick yes or no, and the words for a no.

The schemas are the program's own; a copy in the repository serves editors only.
"""

from collections.abc import Callable, Iterable
from functools import cache
from typing import TYPE_CHECKING, Any

from protocole_cli.loading.datafile import ShapeFault
from protocole_cli.resources import resource_folder

if TYPE_CHECKING:
    from protocole_cli.loading.canonical import Order


@cache
def schema(kind: str) -> dict[str, Any]:
    """Return the program's JSON Schema of a kind of file."""
    import json

    path = resource_folder("schemas") / f"{kind}.schema.json"
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
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


class SchemaGuard:
    """The guard of `validate`: every file is held against its schema."""

    def accepts(self, kind: str, data: Any) -> bool:
        """Tell whether the data follows the schema of its kind."""
        return _checker(kind)(data)

    def explain(self, kind: str, data: Any) -> Iterable[ShapeFault]:
        """Say in French all that does not follow the schema."""
        from protocole_cli.validation.wording import explain

        return explain(schema(kind), data)


class TypeGuard(SchemaGuard):
    """The guard of the reading commands: the types of the model are enough to show what is there."""

    def accepts(self, kind: str, data: Any) -> bool:  # noqa: ARG002 (the building of the objects decides)
        """Leave the answer to the building of the objects."""
        return True


@cache
def _checker(kind: str) -> Callable[[Any], bool]:
    try:
        from jsonschema_rs import Draft202012Validator
    except ImportError:  # no wheel for this platform
        return plain_checker(kind)
    return Draft202012Validator(schema(kind)).is_valid


def plain_checker(kind: str) -> Callable[[Any], bool]:
    """Return the slower check of the same schemas, for platforms without jsonschema-rs."""
    from protocole_cli.validation.wording import SlowValidator

    checker: Callable[[Any], bool] = SlowValidator(schema(kind)).is_valid
    return checker

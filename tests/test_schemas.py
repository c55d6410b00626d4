"""The schemas are strict, explained in French, one shape a key, and the same as the model."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from msgspec import NODEFAULT, inspect

from conftest import CHECKOUT
from protocole_cli.loading.build import KINDS, build
from protocole_cli.loading.layout import BASE, FACULTATIFS, numero_du_nom
from protocole_cli.loading.strict_yaml import Document, Refuse, parse
from protocole_cli.model.fiche import RUBRIQUES
from protocole_cli.validation.schema import explain, schema
from protocole_cli.validation.wording import Validator

DIALECT = "https://json-schema.org/draft/2020-12/schema"
DONNEES = sorted((CHECKOUT / "data").rglob("*.yaml"))
CAS = Path(__file__).parent / "mauvaises-entrees"
MAUVAISES_ENTREES = sorted(CAS.rglob("*.yaml"))


def nodes(node: Any, way: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every subschema with the way to it; a mapping of names to subschemas is none itself."""
    yield way, node
    for key in ("properties", "$defs"):
        for name, child in node.get(key, {}).items():
            yield from nodes(child, f"{way}/{key}/{name}")
    if "items" in node:
        yield from nodes(node["items"], f"{way}/items")


def resolve(kind: str, node: dict[str, Any]) -> dict[str, Any]:
    """Return a subschema with what it refers to merged in."""
    if "$ref" not in node:
        return node
    target: dict[str, Any] = schema(kind)["$defs"][node["$ref"].removeprefix("#/$defs/")]
    return {**resolve(kind, target), **{k: v for k, v in node.items() if k != "$ref"}}


ALL_NODES = [pytest.param(kind, node, id=f"{kind}{way}") for kind in KINDS for way, node in nodes(schema(kind))]
PROPERTIES = [
    pytest.param(name, prop, id=f"{kind}{way}/{name}")
    for kind in KINDS
    for way, node in nodes(schema(kind))
    for name, prop in node.get("properties", {}).items()
]


def kind_of(path: Path) -> str:
    """Return the kind of a data file, by its name."""
    return path.stem if path.stem in (*BASE, *FACULTATIFS) else "fiche"


def test_there_is_one_schema_a_kind_of_file() -> None:
    names = {path.name for path in (CHECKOUT / "schemas").iterdir()}
    assert names == {f"{kind}.schema.json" for kind in KINDS}


@pytest.mark.parametrize("kind", KINDS)
def test_is_valid_by_the_2020_12_dialect(kind: str) -> None:
    assert schema(kind)["$schema"] == DIALECT
    Draft202012Validator.check_schema(schema(kind))


@pytest.mark.parametrize(("kind", "node"), ALL_NODES)
def test_has_one_shape_a_key(kind: str, node: dict[str, Any]) -> None:
    """A choice of shapes hides the true cause of an error."""
    assert not {"oneOf", "anyOf", "allOf", "not", "if", "then", "else", "patternProperties", "prefixItems"} & set(node)
    whole = resolve(kind, node)
    assert isinstance(whole.get("type", ""), str)
    assert "type" in whole or "enum" in whole or "const" in whole


@pytest.mark.parametrize(("kind", "node"), ALL_NODES)
def test_an_object_admits_no_other_key_and_a_list_says_what_it_holds(kind: str, node: dict[str, Any]) -> None:
    whole = resolve(kind, node)
    if whole.get("type") == "object":
        assert whole["additionalProperties"] is False
        assert whole["properties"]
        assert set(whole.get("required", [])) <= set(whole["properties"])
    if whole.get("type") == "array":
        assert whole["items"]


@pytest.mark.parametrize("kind", KINDS)
def test_no_reference_leaves_the_file(kind: str) -> None:
    text = json.dumps(schema(kind))
    assert set(re.findall(r'"\$ref": "([^"]*)"', text)) <= {f"#/$defs/{name}" for name in schema(kind)["$defs"]}
    assert "$dynamicRef" not in text
    assert "$id" not in text


@pytest.mark.parametrize("kind", KINDS)
def test_no_definition_is_left_unused(kind: str) -> None:
    text = json.dumps(schema(kind))
    assert [name for name in schema(kind)["$defs"] if f'"#/$defs/{name}"' not in text] == []


@pytest.mark.parametrize(("name", "prop"), PROPERTIES)
def test_a_property_is_named_in_ascii_and_explained_in_french(name: str, prop: dict[str, Any]) -> None:
    assert re.fullmatch(r"[a-z][a-z_]*", name)
    assert re.match(r"[A-ZÀÂÉÈÊÎÔ]", prop["title"])
    assert not prop["title"].endswith(".")
    assert prop["description"].endswith((".", "»", '"', "…"))
    assert "'" not in prop["title"] + prop["description"], "the apostrophe is ’"
    assert prop["description"] != prop["title"]


@pytest.mark.parametrize(("kind", "node"), ALL_NODES)
def test_patterns_use_only_what_all_engines_read_alike(kind: str, node: dict[str, Any]) -> None:
    r"""`\d` is ten digits to one engine and hundreds to another: write [0-9]."""
    del kind
    assert not re.search(r"\\[dDwWbB]", node.get("pattern", ""))


# Schema and model


def pairs(kind: str, node: dict[str, Any], model: inspect.Type, way: str) -> Iterator[tuple[str, Any, inspect.Type]]:
    """Yield each subschema of a kind of file beside the type of the model that it describes."""
    whole = resolve(kind, node)
    if isinstance(model, inspect.UnionType):
        (model,) = (t for t in model.types if not isinstance(t, inspect.NoneType))
    yield way, whole, model
    if whole.get("type") == "object":
        assert isinstance(model, inspect.StructType), way
        fields = {field.name: field.type for field in model.fields}
        for name, prop in whole["properties"].items():
            if name in fields:
                yield from pairs(kind, prop, fields[name], f"{way}/{name}")
    elif whole.get("type") == "array":
        assert isinstance(model, inspect.VarTupleType), way
        yield from pairs(kind, whole["items"], model.item_type, f"{way}[]")


PAIRS = [
    pytest.param(way, whole, model, id=way)
    for kind, struct in KINDS.items()
    for way, whole, model in pairs(kind, schema(kind), inspect.type_info(struct), kind)
]


@pytest.mark.parametrize(("way", "whole", "model"), PAIRS)
def test_schema_and_model_have_the_same_keys(way: str, whole: dict[str, Any], model: inspect.Type) -> None:
    if not isinstance(model, inspect.StructType):
        assert whole.get("type") != "object", way
        return
    fields = {field.name: field for field in model.fields if field.name != "position"}
    assert list(whole["properties"]) != []
    assert set(whole["properties"]) == set(fields)
    without_default = {n for n, f in fields.items() if f.default is NODEFAULT and f.default_factory is NODEFAULT}
    assert without_default == set(whole.get("required", []))
    assert model.cls.__struct_config__.forbid_unknown_fields


@pytest.mark.parametrize(("way", "whole", "model"), PAIRS)
def test_schema_and_model_have_the_same_types(way: str, whole: dict[str, Any], model: inspect.Type) -> None:
    del way
    if "enum" in whole:
        assert isinstance(model, (inspect.LiteralType, inspect.StrType))
        if isinstance(model, inspect.LiteralType):
            assert set(whole["enum"]) == set(model.values)
    elif "const" in whole:
        assert model == inspect.LiteralType((whole["const"],))
    else:
        expected = {
            "string": inspect.StrType,
            "integer": inspect.IntType,
            "number": inspect.FloatType,
            "boolean": inspect.BoolType,
            "array": inspect.VarTupleType,
            "object": inspect.StructType,
        }[whole["type"]]
        assert isinstance(model, expected)


BOUNDS = {"pattern": "pattern", "maxLength": "max_length", "minItems": "min_length", "minimum": "ge", "maximum": "le"}
"""What a schema calls a bound → what msgspec calls it."""


@pytest.mark.parametrize(("way", "whole", "model"), PAIRS)
def test_schema_and_model_set_the_same_bounds(way: str, whole: dict[str, Any], model: inspect.Type) -> None:
    """The types of the model say yes or no, the schema says why: where one asked more, a file would vanish or slip by."""
    asked = {BOUNDS[word]: wanted for word, wanted in whole.items() if word in BOUNDS}
    if "pattern" in asked:
        asked["pattern"] = asked["pattern"].replace("$", r"$(?!\n)")  # `$` is the end, not before a last line break
    names = {*BOUNDS.values(), "gt", "lt", "multiple_of", "min_length"}
    assert asked == {name: held for name in names if (held := getattr(model, name, None)) is not None}, way
    assert set(whole) <= {
        *("title", "description", "examples", "$schema", "$defs", "type", "properties", "required"),
        *("additionalProperties", "items", "uniqueItems", "enum", "const", *BOUNDS),
    }, "no other word of JSON Schema is held by the types"


@pytest.mark.parametrize(("way", "whole", "model"), PAIRS)
def test_schema_and_model_want_the_same_lists_without_repeats(
    way: str, whole: dict[str, Any], model: inspect.Type
) -> None:
    if isinstance(model, inspect.StructType):
        whole_of = {
            name: resolve(way.partition("/")[0].partition("[")[0], prop) for name, prop in whole["properties"].items()
        }
        unique = {name for name, prop in whole_of.items() if prop.get("uniqueItems")}
        assert unique == set(getattr(model.cls, "SANS_DOUBLON", ())), way


@pytest.mark.parametrize("kind", KINDS)
def test_no_key_is_called_as_the_place_of_an_entry(kind: str) -> None:
    assert not [way for way, node in nodes(schema(kind)) if "position" in node.get("properties", {})]


@pytest.mark.parametrize(("way", "whole", "model"), PAIRS)
def test_facts_of_the_model_are_keys_of_its_data(way: str, whole: dict[str, Any], model: inspect.Type) -> None:
    """A fact named by mistake would silently leave the fingerprint of the text."""
    del way
    if isinstance(model, inspect.StructType):
        facts: frozenset[str] = getattr(model.cls, "FAITS", frozenset())
        assert facts <= set(whole["properties"])
        assert "texte" not in facts


def test_the_rubriques_are_the_same_wherever_they_are_listed() -> None:
    definitions = schema("fiche")["$defs"]
    assert tuple(definitions["libelles"]["properties"]) == RUBRIQUES
    assert tuple(definitions["autre_rubrique"]["properties"]["apres"]["enum"]) == RUBRIQUES
    assert tuple(schema("protocole")["$defs"]["rubrique"]["properties"]["cle"]["enum"]) == RUBRIQUES
    assert [key for key in schema("fiche")["properties"] if key in RUBRIQUES] == list(RUBRIQUES)


# The types of the model decide, the schemas explain


def accepted(kind: str, document: Document) -> bool:
    """Return whether a document has the shape of its kind, which types and schema must say alike."""
    by_schema = bool(Validator(schema(kind)).is_valid(document.data))
    assert by_schema is not bool(list(explain(kind, document.data))), "else a file would vanish without a word"
    by_types = build(kind, document) is not None
    assert by_types is by_schema
    return by_types


def parsed(path: Path) -> Document | None:
    """Return what a file says, `None` where it is no YAML that is read."""
    try:
        return parse(path.name, path.read_bytes())
    except Refuse:
        return None


@pytest.mark.parametrize("path", DONNEES, ids=lambda p: p.name)
def test_our_data_is_accepted(path: Path) -> None:
    document = parsed(path)
    assert document is not None
    assert accepted(kind_of(path), document)


@pytest.mark.parametrize("path", MAUVAISES_ENTREES, ids=lambda p: p.relative_to(CAS).parts[0])
def test_every_bad_input_is_accepted_by_both_or_explained(path: Path) -> None:
    document = parsed(path)
    if document is not None:
        accepted(kind_of(path), document)


def mappings(data: Any) -> Iterator[tuple[dict[str, Any], int, int]]:
    """Yield all mappings in some data, as a document lists them."""
    if isinstance(data, dict):
        yield data, 1, 1
    for below in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from mappings(below)


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("fiche", {"numero": 3, "titre": "\u00a0"}),
        ("fiche", {"numero": 3, "titre": "\u200b"}),
        ("fiche", {"numero": 3, "titre": "\u180e"}),
        ("fiche", {"numero": 3, "titre": "\u2028"}),
        ("fiche", {"numero": 3, "titre": "Créer\n"}),
        ("fiche", {"numero": 3, "titre": "Créer\u2028son"}),
        ("fiche", {"numero": True, "titre": "Créer"}),
        ("fiche", {"numero": 10**30, "titre": "Créer"}),
        ("fiche", {"numero": 3, "titre": "Créer", "porteurs": {"texte": "CAF", "acteurs": ["caf\n"]}}),
        ("fiche", {"numero": 3, "titre": "Créer", "porteurs": {"texte": "CAF", "acteurs": ["é" * 80]}}),
        ("fiche", {"numero": 3, "titre": "Créer", "public": None}),
        ("fiche", {"numero": 3, "titre": "Créer", "calendrier": {"texte": "En 2020", "debut": None}}),
        ("fiche", {"numero": 3, "titre": "Créer", "position": ["data/fiches/fiche-03.yaml", 1, 1]}),
        ("fiche", {"numero": 3, "titre": "Créer", "engagements": []}),
        ("fiche", {"numero": 3, "titre": "Créer", "engagements": [{}]}),
        ("fiche", {"numero": 3, "titre": "Créer", "porteurs": {"texte": "CAF", "acteurs": ["caf", "caf"]}}),
        ("fiche", {"numero": 3, "titre": "Créer", "porteurs": {"texte": "CAF", "acteurs": ["caf", None]}}),
        ("fiche", {"numero": 0, "titre": "Créer"}),
        ("fiche", {"numero": "3", "titre": "Créer"}),
        ("fiche", {"numero": 3, "titre": "Créer", "public": ""}),
        ("fiche", {"numero": 3, "titre": "Créer", "resultats": [{"texte": "Un", "nature": "autre"}]}),
        ("fiche", {"numero": 3, "titre": "Créer", "echelle": {"texte": "Ici", "toutes_communes": 1}}),
        ("fiche", {"numero": 3, "titre": "Créer", "engagements": [{"montant": -1}]}),
        ("fiche", {"numero": 3, "titre": "Créer", "engagements": [{"montant": True}]}),
        ("fiche", ["numero", "titre"]),
        ("protocole", {"format": True, "titre": "Un titre"}),
        ("gouvernance", {"titre": "Schéma"}),
        ("parties", {"parties": []}),
        ("fiche", {"numero": 3, "titre": "Créer", "engagements": [{"montant": 0.1}]}),
        ("fiche", {"numero": 3, "titre": "Créer", "engagements": [{"montant": 10**17}]}),
        ("quartiers", {"communes": [{"id": "a", "nom": "A", "contrat_de_ville": True, "code_insee": "２１２３１"}], "quartiers": []}),
        ("quartiers", {"communes": [{"id": "a", "nom": "A", "contrat_de_ville": True, "code_insee": "٢١٢٣١"}], "quartiers": []}),
    ],
)  # fmt: skip
def test_what_is_on_the_edge_is_accepted_by_both_or_explained(kind: str, data: Any) -> None:
    accepted(kind, Document("essai.yaml", b"", data, tuple(mappings(data))))


# What editors see


@pytest.mark.parametrize("path", DONNEES, ids=lambda p: p.name)
def test_a_data_file_names_its_schema_in_its_first_line(path: Path) -> None:
    first = path.read_text(encoding="utf-8").split("\n", 1)[0]
    named = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
    assert named is not None
    assert (path.parent / named[1]).resolve() == CHECKOUT / "schemas" / f"{kind_of(path)}.schema.json"
    assert (path.parent / named[1]).is_file()


def test_every_file_of_the_data_is_of_a_known_kind() -> None:
    strange = [
        p
        for p in DONNEES
        if p.stem not in BASE and not (p.parent.name == "fiches" and numero_du_nom(p.name) is not None)
    ]
    assert strange == []
    assert {kind_of(path) for path in DONNEES} == set(KINDS) - set(FACULTATIFS)

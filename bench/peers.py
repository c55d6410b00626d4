"""Turn a corpus of ours into what the programs that we are measured against read.

    python bench/peers.py yamale DESTINATION              our schema of a fiche in the language of yamale
    python bench/peers.py doorstop CORPUS DESTINATION     a git work tree with one item a fiche

check-jsonschema reads our schema and our files as they are; yamale too reads our files.

Standard library and PyYAML.
"""

import json
import subprocess
import sys
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml

SCHEMA = Path(__file__).resolve().parent.parent / "schemas" / "fiche.schema.json"
ITEMS = "fiches"
DOORSTOP_SETTINGS = "settings:\n  digits: 5\n  itemformat: yaml\n  prefix: FIC\n  sep: ''\n"
GIT_IDENTITY = ("-c", "user.name=mesure", "-c", "user.email=mesure@example.org", "-c", "commit.gpgsign=false")


def yamale_schema() -> str:
    """Return our schema of a fiche in the language of yamale: the same keys, types, choices, patterns and bounds.

    It has no word for entries that must differ from each other.
    """
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    definitions: dict[str, Any] = schema["$defs"]
    parts = [_yamale_keys(schema, definitions, 0)]
    for name, definition in definitions.items():
        if definition.get("type") == "object":
            parts.append(f"{name}:\n{_yamale_keys(definition, definitions, 2)}")
    return f"{parts[0]}---\n{''.join(parts[1:])}"


def _yamale_keys(schema: dict[str, Any], definitions: dict[str, Any], indent: int) -> str:
    required = schema.get("required", ())
    lines = []
    for key, value in schema["properties"].items():
        name, arguments = _yamale_type(value, definitions)
        if key not in required:
            arguments = [*arguments, "required=False"]
        lines.append(f"{' ' * indent}{key}: {name}({', '.join(arguments)})\n")
    return "".join(lines)


def _yamale_type(schema: dict[str, Any], definitions: dict[str, Any]) -> tuple[str, list[str]]:
    """Return the name of a validator of yamale and its arguments."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        if definitions[name].get("type") == "object":
            return "include", [repr(name)]
        return _yamale_type(definitions[name], definitions)
    if "enum" in schema:
        return "enum", [repr(choice) for choice in schema["enum"]]
    kind = schema["type"]
    if kind == "array":
        name, arguments = _yamale_type(schema["items"], definitions)
        return "list", [f"{name}({', '.join(arguments)})"]
    if kind == "string":
        pattern = schema.get("pattern", "")
        return ("regex", [repr(pattern)]) if pattern.startswith("^") else ("str", ["min=1"])
    if kind == "boolean":
        return "bool", []
    bounds = [f"{short}={schema[word]}" for word, short in (("minimum", "min"), ("maximum", "max")) if word in schema]
    return "int" if kind == "integer" else "num", bounds


def write_doorstop(corpus: Path, destination: Path) -> None:
    """Write a git work tree of doorstop with one item a fiche that holds its text, as doorstop itself writes it."""
    items = destination / ITEMS
    items.mkdir(parents=True)
    (items / ".doorstop.yml").write_text(DOORSTOP_SETTINGS, encoding="utf-8")
    for path in sorted((corpus / "data" / "fiches").iterdir()):
        fiche = yaml.load(path.read_bytes(), yaml.CSafeLoader)
        numero = fiche["numero"]
        (items / f"FIC{numero:05}.yml").write_text(_item(numero, fiche), encoding="utf-8")
    for command in (("init", "-q"), ("add", "-A"), (*GIT_IDENTITY, "commit", "-qm", "Les fiches")):
        subprocess.run(["git", *command], cwd=destination, check=True)


def _item(numero: int, fiche: dict[str, Any]) -> str:
    """Return the file of an item, reviewed: doorstop would else write it anew when it first reads it."""
    uid = f"FIC{numero:05}"
    text = "\n\n".join(_paragraphs(fiche))
    review = urlsafe_b64encode(sha256(f"{uid}{text}".encode()).digest()).decode()
    lines = "".join(f"  {line}\n" if line else "\n" for line in text.split("\n"))
    return (
        "active: true\nderived: false\n"
        f"header: |\n  {fiche['titre']}\n"
        f"level: {numero}.1\nlinks: []\nnormative: true\nref: ''\n"
        f"reviewed: {review}\n"
        f"text: |\n{lines}"
    )


def _paragraphs(fiche: dict[str, Any]) -> Iterator[str]:
    """Yield the words of a fiche, as Markdown."""
    for key, value in fiche.items():
        if key in {"numero", "titre", "libelles"}:
            continue
        yield f"**{key.replace('_', ' ').capitalize()}**"
        if isinstance(value, list):
            yield "\n".join(f"- {' '.join(' '.join(_words(entry)).split())}" for entry in value)
        else:
            yield from _words(value)


def _words(value: Any) -> Iterator[str]:
    """Yield the words of a value, without what stands beside them for queries."""
    if isinstance(value, str):
        yield value.strip("\n")
        return
    for key in ("nom", "intitule", "texte"):
        if key in value:
            yield value[key].strip("\n")
    for detail in value.get("details", ()):
        yield from _words(detail)


def main() -> None:
    """Write what the arguments ask for."""
    match sys.argv[1:]:
        case ["yamale", destination]:
            Path(destination).write_text(yamale_schema(), encoding="utf-8")
        case ["doorstop", corpus, destination]:
            write_doorstop(Path(corpus), Path(destination))
        case _:
            print("Utilisation : peers.py yamale FICHIER, ou peers.py doorstop CORPUS DOSSIER", file=sys.stderr)
            sys.exit(2)


if __name__ == "__main__":
    main()

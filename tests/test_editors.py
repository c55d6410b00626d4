"""What editors make of our files: the settings of VS Code, and the server behind its YAML extension."""

import json
import re
import shutil
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest

from conftest import CHECKOUT, replace
from language_server import complaints

FICHE = "data/fiches/fiche-03.yaml"
SETTINGS: dict[str, Any] = json.loads((CHECKOUT / ".vscode" / "settings.json").read_text(encoding="utf-8"))
FILES = sorted(path.relative_to(CHECKOUT).as_posix() for path in (CHECKOUT / "data").rglob("*.yaml"))


@pytest.mark.parametrize("fichier", FILES)
def test_the_settings_and_the_first_line_name_the_same_schema(fichier: str) -> None:
    mapped = [schema for schema, pattern in SETTINGS["yaml.schemas"].items() if fnmatch(f"/{fichier}", pattern)]
    first_line = (CHECKOUT / fichier).read_text(encoding="utf-8").partition("\n")[0]
    named = re.fullmatch(r"# yaml-language-server: \$schema=(.+)", first_line)
    assert named
    assert [(CHECKOUT / schema).resolve() for schema in mapped] == [(CHECKOUT / fichier / ".." / named[1]).resolve()]


def test_every_schema_is_mapped() -> None:
    mapped = {Path(schema).name for schema in SETTINGS["yaml.schemas"]}
    assert mapped == {path.name for path in (CHECKOUT / "schemas").glob("*.schema.json")}


def test_the_settings_let_nothing_rewrite_the_text() -> None:
    assert SETTINGS["yaml.format.enable"] is False
    assert SETTINGS["[yaml]"]["editor.formatOnSave"] is False
    assert "files.trimTrailingWhitespace" not in SETTINGS
    assert (SETTINGS["files.encoding"], SETTINGS["files.eol"]) == ("utf8", "\n")


@pytest.fixture
def depot_with_schemas(depot: Path) -> Path:
    shutil.copytree(CHECKOUT / "schemas", depot / "schemas")
    return depot


def asked(depot: Path, fichier: str, settings: dict[str, Any]) -> list[tuple[int, str]]:
    program = shutil.which("yaml-language-server")
    assert program is not None, "yaml-language-server is not installed"
    return complaints(program, depot, depot / fichier, settings)


def without_first_line(depot: Path, fichier: str) -> None:
    chemin = depot / fichier
    chemin.write_text(chemin.read_text(encoding="utf-8").partition("\n")[2], encoding="utf-8")


@pytest.mark.outils
@pytest.mark.parametrize("fichier", [FICHE, *(f for f in FILES if "/fiches/" not in f)])
def test_the_language_server_accepts_our_files(depot_with_schemas: Path, fichier: str) -> None:
    assert asked(depot_with_schemas, fichier, {}) == []
    without_first_line(depot_with_schemas, fichier)
    assert asked(depot_with_schemas, fichier, SETTINGS) == []


@pytest.mark.outils
def test_the_language_server_finds_the_schema_by_the_first_line(depot_with_schemas: Path) -> None:
    ligne = replace(depot_with_schemas, FICHE, "public: |\n", "publics: |\n")
    ((found, said),) = asked(depot_with_schemas, FICHE, {})
    assert found == ligne
    assert "publics" in said


@pytest.mark.outils
def test_the_language_server_finds_the_schema_by_the_settings(depot_with_schemas: Path) -> None:
    replace(depot_with_schemas, FICHE, "acteurs: [caisse-des-depots]", "acteur: [caisse-des-depots]")
    without_first_line(depot_with_schemas, FICHE)
    assert asked(depot_with_schemas, FICHE, {}) == [], "without settings it knows no schema"
    ((_, said),) = asked(depot_with_schemas, FICHE, SETTINGS)
    assert "acteur" in said

"""What the documents say is true: the README's examples, the glossary, the links."""

import json
import re
import shutil
from importlib import import_module
from pathlib import Path

import pytest

from protocole_cli.cli.commands import COMMANDS
from protocole_cli.rendering.report_formats import FORMATS

CHECKOUT = Path(__file__).resolve().parent.parent
DOCUMENTS = [CHECKOUT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")]
EXAMPLES = [
    example
    for document in (CHECKOUT / "README.md", CHECKOUT / "docs" / "formats.md")
    for example in re.findall(r"```console\n\$ protocole (.+)\n([^`]*)```", document.read_text(encoding="utf-8"))
]


def _properties(schema: object) -> set[str]:
    if isinstance(schema, dict):
        own = set(schema.get("properties", {}))
        return own.union(*(_properties(value) for value in schema.values())) if schema else own
    if isinstance(schema, list):
        return set().union(*(_properties(item) for item in schema))
    return set()


@pytest.mark.parametrize(("arguments", "expected"), EXAMPLES, ids=[arguments for arguments, _ in EXAMPLES])
def test_documents_show_what_the_program_answers(
    arguments: str, expected: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """`(…)` stands for any words, a line `[…]` for the rest."""
    from protocole_cli.cli.run import run

    shutil.copytree(CHECKOUT / "data", tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    assert run(arguments.split()) == 0
    out, err = capfd.readouterr()
    shown = expected.strip("\n").removesuffix("[…]").rstrip("\n")
    pattern = re.escape(shown).replace(re.escape("(…)"), r"\(.+\)")
    assert re.match(pattern, out + err)


def test_readme_names_its_two_commands_for_the_machine() -> None:
    """.ci/run reads the commands from under these marks."""
    readme = (CHECKOUT / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"<!-- commande : (\w+) -->\n```sh\n.+\n```\n", readme) == ["document", "tests"]


def test_every_format_of_a_report_is_documented() -> None:
    document = (CHECKOUT / "docs" / "formats.md").read_text(encoding="utf-8")
    diagnostics = document.partition("\n## Réponses\n")[0]
    assert re.findall(r"^\| `(\w+)` \|", diagnostics, re.MULTILINE) == list(FORMATS)


def test_every_key_of_the_data_is_in_the_glossary() -> None:
    schemas = [json.loads(path.read_text(encoding="utf-8")) for path in (CHECKOUT / "schemas").glob("*.json")]
    glossary = (CHECKOUT / "docs" / "glossaire.md").read_text(encoding="utf-8")
    assert sorted(set().union(*map(_properties, schemas))) == re.findall(r"^\| `(\w+)` \|", glossary, re.MULTILINE)


def test_every_command_has_help_and_its_first_line_is_in_that_of_the_program() -> None:
    for commands in COMMANDS.values():
        for name, summary in commands.items():
            function = getattr(import_module(f"protocole_cli.cli.{name}"), name)
            assert function.__doc__.splitlines()[0] == summary


@pytest.mark.parametrize(
    "document", [*DOCUMENTS, *sorted((CHECKOUT / "docs").glob("*.md"))], ids=lambda path: path.name
)
def test_links_between_documents_lead_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", document.read_text(encoding="utf-8")):
        assert (document.parent / target).exists(), target

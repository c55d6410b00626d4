"""An actor that leads back to itself, at whatever distance, is told once a loop; ways that only meet are none."""

import re
import shutil
from pathlib import Path

import pytest

from conftest import CHECKOUT, replace
from protocole_cli.validation.check import validate
from protocole_cli.validation.rules import acteur_en_boucle


@pytest.mark.parametrize(
    ("entries", "told"),
    [
        ("{id: a, nom: A, releve_de: b} {id: b, nom: B, releve_de: c} {id: c, nom: C}", []),
        ("{id: a, nom: A, releve_de: b} {id: b, nom: B, releve_de: c} {id: c, nom: C, releve_de: a}", ["C « A »"]),
        ("{id: a, nom: A, releve_de: b} {id: b, nom: B, releve_de: b}", ["B « B »"]),
        ("{id: a, nom: A, membres: [b, c]} {id: b, nom: B, membres: [c]} {id: c, nom: C}", []),
        ("{id: a, nom: A, membres: [b, c]} {id: b, nom: B, membres: [d]} {id: c, nom: C, membres: [d]} {id: d, nom: D}", []),
        ("{id: a, nom: A, membres: [b]} {id: b, nom: B, membres: [c, a]} {id: c, nom: C, membres: [b]}", ["B « A »", "C « B »"]),
        ("{id: a, nom: A, membres: [b]} {id: b, nom: B, releve_de: a}", []),
        ("{id: a, nom: A, membres: [inconnu]} {id: b, nom: B, releve_de: inconnu}", []),
    ],
)  # fmt: skip
def test_loops(tmp_path: Path, entries: str, told: list[str]) -> None:
    racine = tmp_path / "depot"
    shutil.copytree(CHECKOUT / "tests/exemples", racine)
    lines = "".join(f"  - {entry}}}\n" for entry in entries.split("}") if entry.strip())
    replace(racine, "data/acteurs.yaml", "acteurs:\n", f"acteurs:\n{lines.replace('-  {', '- {')}")
    found = [d for d in validate(racine, (acteur_en_boucle.REGLE,)).diagnostics if d.regle == "acteur-en-boucle"]
    quoted = [re.findall(r"« (\w) »", d.message) for d in found]
    assert [f"{start} « {end} »" for start, end in quoted] == told

"""Every rule explains itself: its sentences, an example that follows it, one that breaks it and nothing else."""

import ast
import re
import shutil
from pathlib import Path

import pytest

from conftest import CHECKOUT
from protocole_cli.diagnostics import Diagnostic, Severite
from protocole_cli.validation.check import validate
from protocole_cli.validation.rules import RULES, forme, lecture
from protocole_cli.validation.rules.regle import Exemple, Regle

EXEMPLES = Path(__file__).parent / "exemples"
ACCOMPAGNEMENT = {"trop-de-fautes": {"cle-manquante"}}
"""Rules that cannot be broken alone, with those that are broken beside them."""

LECTURE = (*lecture.REGLES, *forme.REGLES)

chaque_regle = pytest.mark.parametrize("regle", RULES, ids=[rule.nom for rule in RULES])


def dit(exemple: Exemple, racine: Path) -> tuple[Diagnostic, ...]:
    """Return what `validate` says of the small sound repository with an example in it."""
    shutil.copytree(EXEMPLES, racine)
    chemin = racine / exemple.fichier
    if exemple.texte is None:
        chemin.unlink()
    else:
        chemin.parent.mkdir(exist_ok=True)
        before = chemin.read_text(encoding="utf-8") if chemin.exists() else ""
        chemin.write_bytes(_merged(before, exemple.texte).encode("utf-8", "surrogateescape"))
    return validate(racine, RULES).diagnostics


def _merged(fichier: str, lignes: str) -> str:
    """Return a file in which the lines of an example take the place of those of the same keys."""
    keys = re.findall(r"^([^\s#-][^:\n]*):", lignes, re.MULTILINE)
    if not keys:
        return lignes
    blocs = re.findall(r"^\S.*\n(?:[ -].*\n)*", fichier, re.MULTILINE)
    return "".join(bloc for bloc in blocs if bloc.partition(":")[0] not in keys) + lignes


def test_the_small_repository_of_the_examples_is_sound() -> None:
    assert validate(EXEMPLES, RULES).diagnostics == ()


@chaque_regle
def test_the_sound_example_of_a_rule_raises_no_remark(regle: Regle, tmp_path: Path) -> None:
    assert dit(regle.juste, tmp_path / "depot") == ()


@chaque_regle
def test_the_bad_example_of_a_rule_breaks_that_rule_and_no_other(regle: Regle, tmp_path: Path) -> None:
    found = dit(regle.fautif, tmp_path / "depot")
    assert {d.regle for d in found} - ACCOMPAGNEMENT.get(regle.nom, set()) == {regle.nom}
    assert {d.severite for d in found if d.regle == regle.nom} == {regle.severite}


@chaque_regle
def test_a_rule_is_explained_in_sentences(regle: Regle) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", regle.nom)
    assert re.fullmatch(r"[A-ZÀÉÊ][^.]*(?:\.yaml[^.]*)*\.", regle.demande), "one sentence"
    assert re.fullmatch(r"[A-ZÀÉÊ«].*\.", regle.raison)
    assert "'" not in regle.demande + regle.raison, "the apostrophe is ’"


def test_rules_have_names_of_their_own() -> None:
    names = [rule.nom for rule in RULES]
    assert len(names) == len(set(names))


def test_what_the_reading_of_the_files_holds_cannot_be_less_than_an_error() -> None:
    assert {rule.severite for rule in LECTURE} == {Severite.ERREUR}


NOM_DE_REGLE = {"Fault": 2, "ShapeFault": 1, "error": 1}
"""What makes a fault where files are read → the rank of the argument that is the name of the rule."""


def test_every_name_that_the_reading_of_the_files_gives_to_a_fault_is_that_of_a_rule() -> None:
    sources = [*CHECKOUT.glob("src/protocole_cli/loading/*.py"), *CHECKOUT.glob("src/protocole_cli/validation/*.py")]
    calls = [
        node
        for source in sources
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in NOM_DE_REGLE
    ]
    names = [call.args[NOM_DE_REGLE[call.func.id]] for call in calls if isinstance(call.func, ast.Name)]
    given = {name.value for name in names if isinstance(name, ast.Constant)}
    assert given == {rule.nom for rule in LECTURE}

"""What `--help` says, and what is said where an argument is missing: French that a civil servant reads with ease."""

import re

import pytest

from conftest import CHECKOUT, Lancer
from protocole_cli.cli.commands import COMMANDS, NAMES

HELD = re.compile(r"\s*[:;?!»]|.*«\s*$")
"""A line that begins, or ends, where French never breaks one."""
VALUES = {
    "--acteur": "NOM", "--annee": "ANNÉE", "--avec": "RÈGLE", "--commune": "NOM", "--depuis": "RAPPORT", "--dossier": "CHEMIN",
    "--fiche": "N", "--format": "FORME", "--mois": "MOIS", "--ordre": "ORDRE", "--partenaire": "NOM", "--porteur": "NOM",
    "--quartier": "NOM", "--rubrique": "NOM", "--sans": "RÈGLE", "--seulement": "RÈGLE", "--sortie": "CHEMIN", "--texte": "MOTS",
}  # fmt: skip
"""What each option takes, wherever it stands."""


@pytest.mark.parametrize("name", ["", *NAMES])
def test_the_help_fits_the_window_and_breaks_its_lines_as_french_does(lancer: Lancer, name: str) -> None:
    answer = lancer(*name.split(), "--help")
    assert (answer.code, answer.stderr) == (0, "")
    lines = answer.stdout.splitlines()
    assert [line for line in lines if len(line) > 80 or HELD.match(line) or "\u00a0" in line] == []
    assert re.search(r"[{}]|\.\.\.|required|default|Show|Usage", answer.stdout) is None


@pytest.mark.parametrize("name", NAMES)
def test_an_option_takes_the_same_in_every_command(lancer: Lancer, name: str) -> None:
    options = lancer(name, "--help").stdout.partition("\nOptions :\n")[2]
    found = dict(re.findall(r"^  (?:-o, )?(--[a-z-]+) (?! )(\S+)", options, re.MULTILINE))
    assert found == {option: VALUES[option] for option in found}


def test_each_command_has_one_line_in_the_help_of_the_program(lancer: Lancer) -> None:
    told = lancer("--help").stdout
    for heading, commands in COMMANDS.items():
        width = max(map(len, commands))
        lines = "\n".join(f"  {name:{width}}  {summary}" for name, summary in commands.items())
        assert f"\n{heading} :\n{lines}\n" in told


@pytest.mark.parametrize(
    ("name", "missing"),
    [
        ("fiche", "N : le numéro de la fiche."),
        ("acteur", "NOM : un organisme, par son nom, son sigle ou son identifiant."),
        ("quartier", "NOM : un quartier, par son nom ou son identifiant."),
        ("instance", "NOM : une instance, par son nom ou son identifiant."),
        ("chercher", "MOTS : des mots ; entre guillemets, une suite de mots."),
        ("completion", "SHELL : bash, zsh ou fish."),
    ],
)
def test_a_missing_argument_is_asked_for(lancer: Lancer, name: str, missing: str) -> None:
    assert lancer(name) == (2, "", f"protocole : Il manque {missing}\nAide : protocole {name} --help\n")


@pytest.mark.parametrize(
    ("call", "option", "takes"),
    [
        *[(name, "--commune", "NOM") for name in ("fiches", "quartiers")],
        *[("fiches", option, "NOM") for option in ("--quartier", "--porteur", "--partenaire", "--acteur")],
        *[(name, "--annee", "ANNÉE") for name in ("fiches", "calendrier")],
        ("fiches", "--texte", "MOTS"),
        ("engagements", "--acteur", "NOM"),
        *[(name, "--fiche", "N") for name in ("engagements", "resultats")],
        ("gouvernance", "--mois", "MOIS"),
        ("fiche 3", "--rubrique", "NOM"),
    ],
)
@pytest.mark.parametrize("empty", ["", " ", "\u00a0"])
def test_an_empty_option_is_not_taken_for_none(lancer: Lancer, call: str, option: str, takes: str, empty: str) -> None:
    """Of a variable that is not set, a script must not get the answer for everything."""
    said = f"protocole : {option} est vide : donnez une valeur ({takes}), ou n’écrivez pas {option}.\n"
    help_line = f"Aide : protocole {call.split(maxsplit=1)[0]} --help\n"
    assert lancer("--dossier", CHECKOUT, *call.split(), option, empty) == (2, "", said + help_line)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (
            "acteur pole emploi",
            'Ceci est de trop : emploi. Mettez entre guillemets un nom de plusieurs mots : protocole acteur "pole emploi"',
        ),
        (
            "fiches --commune marsannay la côte --annee 2021",
            "Ceci est de trop : la côte. Mettez entre guillemets un nom de plusieurs mots : "
            'protocole fiches --commune "marsannay la côte"',
        ),
        (
            "acteur caf $(ls) (x)",
            "Ceci est de trop : $(ls) (x). Mettez entre guillemets un nom de plusieurs mots.",
        ),
        ("fiche 1 2", "Ceci est de trop : 2."),
        ("quartiers dijon", "Ceci est de trop : dijon."),
        ("fiches --commune dijon --porteur caf 38", "Ceci est de trop : 38."),
    ],
)
def test_words_too_many_are_named_and_quotation_marks_suggested(lancer: Lancer, call: str, said: str) -> None:
    help_line = f"Aide : protocole {call.split(maxsplit=1)[0]} --help\n"
    assert lancer(*call.split()) == (2, "", f"protocole : {said}\n{help_line}")


def test_words_too_many_do_not_reach_the_terminal(lancer: Lancer) -> None:
    answer = lancer("acteur", "caf", "\x1b[31m\u202e")
    assert answer.code == 2
    assert "\x1b" not in answer.stderr
    assert "\u202e" not in answer.stderr


def test_an_empty_argument_is_not_taken_for_none(lancer: Lancer) -> None:
    answer = lancer("--dossier", CHECKOUT, "sigles", "")
    assert (answer.code, answer.stdout) == (2, "")
    assert answer.stderr.startswith("protocole : SIGLE est vide : donnez une valeur, ou n’écrivez pas SIGLE.\n")

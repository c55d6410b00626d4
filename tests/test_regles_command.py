"""`protocole regles`: the rules for a reader, a pipe and a program; the page that is made of them."""

import json
import re

import pytest
from markdown_it import MarkdownIt

from conftest import CHECKOUT, Lancer
from programs import on_terminal, piped
from protocole_cli.rendering.regle_formats import EXPLICATIONS, LISTES
from protocole_cli.validation.rules import RULES


def test_each_rule_is_a_line_on_a_pipe_and_the_columns_are_aligned(lancer: Lancer) -> None:
    code, stdout, stderr = lancer("regles")
    assert (code, stderr) == (0, "")
    rows = [line for line in stdout.splitlines() if line.startswith("  ")]
    assert sorted(row.split()[:2] for row in rows) == sorted([rule.nom, rule.severite.value] for rule in RULES)
    assert {row.split(maxsplit=2)[2] for row in rows} == {rule.demande for rule in RULES}
    assert len({row.index(row.split(maxsplit=2)[2]) for row in rows}) == 1
    assert "\u00a0" not in stdout, "else grep would not find « cible »"


def test_headings_tell_what_is_held_when(lancer: Lancer) -> None:
    headings = [line for line in lancer("regles").stdout.splitlines() if line.endswith(" :")]
    assert headings[0] == "Vérifiées d’ordinaire :"
    assert headings[-1] == "Toujours vérifiées :"


@pytest.mark.parametrize("columns", [60, 80, 120])
@pytest.mark.parametrize("arguments", [(), ("prose-admise",), ("cible-et-nature",), ("mots-et-acteurs",)])
def test_a_terminal_gets_lines_of_its_width_and_whole_words(arguments: tuple[str, ...], columns: int) -> None:
    sent = on_terminal("regles", *arguments, columns=columns)
    assert max(map(len, sent.splitlines())) <= (min(columns, 100) if arguments else columns)
    words = set(re.findall(r"\S+", sent.replace("\u00a0", " ").replace("\u202f", " ")))
    assert words <= set(re.findall(r"\S+", piped("regles", *arguments).stdout.decode()))
    assert not re.search(r"^ *[:;»?!]", sent, re.MULTILINE), "no mark begins a line"


def test_one_rule_is_explained(lancer: Lancer) -> None:
    code, stdout, stderr = lancer("regles", "engagement-vide")
    assert (code, stderr) == (0, "")
    assert stdout == (
        "engagement-vide (avertissement)\n\n"
        "Un engagement dit ce qui est promis.\n\n"
        "Un intitulé sans texte montre qu’une promesse était attendue et qu’elle est restée en blanc.\n\n"
        "Juste, dans data/fiches/fiche-01.yaml :\n\n"
        "    engagements:\n"
        '      - intitule: "Engagement de l’État :"\n'
        "        acteurs: [etat]\n"
        "        texte: financer la moitié du lieu d’accueil\n\n"
        "Fautif, dans data/fiches/fiche-01.yaml :\n\n"
        "    engagements:\n"
        '      - intitule: "Engagement de l’État :"\n'
        "        acteurs: [etat]\n\n"
        "Pour l’écarter le temps d’une vérification :\n"
        "    protocole validate --sans engagement-vide\n"
        "Pour admettre un avertissement, avec sa raison, voyez :\n"
        "    protocole regles admission-sans-objet\n"
    )


@pytest.mark.parametrize(
    ("nom", "last"),
    [
        ("acteur-inconnu", "    protocole validate --sans acteur-inconnu"),
        ("cle-inconnue", "Elle est vérifiée dans tous les cas : --sans ne peut pas l’écarter."),
    ],
)
def test_an_error_cannot_be_admitted_and_some_rules_cannot_be_left_out(lancer: Lancer, nom: str, last: str) -> None:
    assert lancer("regles", nom).stdout.splitlines()[-1] == last


def test_what_would_not_be_seen_in_an_example_is_shown_by_a_sign(lancer: Lancer) -> None:
    assert "    ⇥texte: " in lancer("regles", "tabulation").stdout
    assert "    titre: \ufffdcouter les habitants\n" in lancer("regles", "encodage").stdout
    assert "Fautif : le fichier data/sigles.yaml manque.\n" in lancer("regles", "fichier-illisible").stdout


@pytest.mark.parametrize(
    "given", ["engagement-vide", "Engagement-Vide", "engagement_vide", "engagement vide", "engagement-v"]
)
def test_a_rule_is_found_however_its_name_is_written(lancer: Lancer, given: str) -> None:
    assert lancer("regles", given).stdout.startswith("engagement-vide (")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("engagement-vid-e", "Vouliez-vous dire « engagement-vide »"),
        ("cle", "Vouliez-vous dire « cle-en-double », « cle-inconnue » ou « cle-manquante » ?"),
        ("zzz", "Toutes les règles : protocole regles"),
        ("\x1b[31m", "la règle « ␛[31m » n’existe pas."),
    ],
)
def test_an_unknown_rule_is_one_line_with_the_nearest(lancer: Lancer, given: str, said: str) -> None:
    code, stdout, stderr = lancer("regles", given)
    assert (code, stdout) == (1, "")
    assert stderr.startswith("protocole : la règle « ")
    assert said in stderr
    assert stderr.count("\n") == 1


def test_an_unknown_format_is_a_fault_of_the_call(lancer: Lancer) -> None:
    code, stdout, stderr = lancer("regles", "--format", "jsn")
    assert (code, stdout) == (2, "")
    assert "Vouliez-vous dire « json » ?" in stderr


def test_a_list_and_an_explanation_have_the_same_formats() -> None:
    assert list(LISTES) == list(EXPLICATIONS)


def test_json_says_all_of_every_rule(lancer: Lancer) -> None:
    data = json.loads(lancer("regles", "--format", "json").stdout)
    assert [rule["nom"] for rule in data] == [rule.nom for rule in RULES]
    assert list(data[0]) == ["nom", "severite", "demande", "raison", "juste", "fautif", "toujours", "par_defaut"]
    alone = json.loads(lancer("regles", "tabulation", "--format", "json").stdout)
    assert alone in data
    assert alone["fautif"] == {"fichier": "data/fiches/fiche-01.yaml", "texte": "calendrier:\n\ttexte: 2024-2027\n"}


def test_it_needs_no_protocole(lancer: Lancer, tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(str(tmp_path))
    assert lancer("regles").code == 0


# The page


def test_the_page_is_made_of_the_rules(lancer: Lancer) -> None:
    page = (CHECKOUT / "docs/regles.md").read_text(encoding="utf-8")
    assert page == lancer("regles", "--format", "md").stdout, (
        "renouvelez la page : protocole regles --format md > docs/regles.md"
    )


def test_the_page_is_markdown_whose_every_rule_has_a_section_with_two_examples() -> None:
    page = (CHECKOUT / "docs/regles.md").read_text(encoding="utf-8")
    tokens = MarkdownIt("commonmark").parse(page)
    headings = [tokens[rank + 1].content for rank, token in enumerate(tokens) if token.type == "heading_open"]
    assert headings[-len(RULES) :] == [rule.nom for rule in RULES]
    absent = sum(example.texte is None for rule in RULES for example in (rule.juste, rule.fautif))
    assert sum(token.type == "fence" for token in tokens) == 1 + 2 * len(RULES) - absent
    linked = re.findall(r"\]\(#([a-z-]+)\)", page)
    assert sorted(linked) == sorted(rule.nom for rule in RULES)

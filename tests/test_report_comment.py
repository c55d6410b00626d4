"""The comment under a request for change: what a mayor’s office reads, and what cannot be smuggled into it."""

import json
import re
from html import unescape
from pathlib import Path

import cmarkgfm
import pytest
from hypothesis import given

from conftest import CHECKOUT, Lancer, replace
from markdown_texts import markdown, plenty
from protocole_cli.rendering.forge_markdown import forge_text
from protocole_cli.rendering.neutral import one_line

FICHE = "data/fiches/fiche-03.yaml"
FICHE_8 = "data/fiches/fiche-08.yaml"
MARK = "<!-- protocole : commentaire -->"
FIX = "- Ouvrez chaque fichier cité à la ligne indiquée, corrigez, enregistrez : la vérification recommence d’elle-même, et ce message est mis à jour."
READ_AGAIN = "- Un point d’attention n’empêche pas d’accepter la modification. Relisez la ligne citée : corrigez-la, ou laissez-la si le texte est bien celui que vous voulez."
NOTHING = "Rien de plus : relisez le document, puis acceptez la modification."


class Demande:
    """A request for change: a repository, and the report of what it was before."""

    def __init__(self, depot: Path, lancer: Lancer) -> None:
        self.depot, self.lancer = depot, lancer
        self.avant = depot.parent / "avant.json"
        self.remember()

    def remember(self) -> None:
        self.avant.write_text(self.lancer("validate", "--dossier", self.depot, "--format", "json").stdout, "utf-8")

    def comment(self) -> str:
        answer = self.lancer("validate", "--dossier", self.depot, "--format", "commentaire", "--depuis", self.avant)
        assert answer.stderr == ""
        assert answer.code == ("### À corriger" in answer.stdout)
        return answer.stdout

    def misspell(self) -> int:
        return replace(self.depot, FICHE, "public: |\n", "publics: |\n")


@pytest.fixture
def demande(depot: Path, lancer: Lancer) -> Demande:
    return Demande(depot, lancer)


def test_where_nothing_is_new(demande: Demande) -> None:
    replace(demande.depot, FICHE_8, "numero: 8\n", "# Relue en comité\n\nnumero: 8\n")
    assert demande.comment() == (
        f"{MARK}\n\n"
        "## Vérification du protocole\n\n"
        "**La modification peut être acceptée : aucune erreur, aucun nouveau point d’attention.**\n\n"
        "20 points d’attention étaient déjà là avant cette modification.\n\n"
        "### Que faire\n\n"
        f"{NOTHING}\n"
    )


def test_an_error(demande: Demande) -> None:
    ligne = demande.misspell()
    assert demande.comment() == (
        f"{MARK}\n\n"
        "## Vérification du protocole\n\n"
        "**La modification ne peut pas être acceptée en l’état : 1 erreur à corriger.**\n\n"
        "### À corriger\n\n"
        f"- **{FICHE}**, ligne {ligne} : La clé « publics » n’existe pas ici. Vouliez-vous dire « public » ?\n\n"
        "16 points d’attention étaient déjà là avant cette modification.\n\n"
        "### Que faire\n\n"
        f"{FIX}\n"
    )


def test_a_new_point_of_attention(demande: Demande) -> None:
    ligne = replace(demande.depot, FICHE_8, "  - texte: Réunir", "  - texte: Financer les réseaux\n  - texte: Réunir")
    assert demande.comment() == (
        f"{MARK}\n\n"
        "## Vérification du protocole\n\n"
        "**La modification peut être acceptée : aucune erreur, 1 nouveau point d’attention.**\n\n"
        "### Nouveaux points d’attention\n\n"
        f"- **{FICHE_8}**, ligne {ligne} : L’engagement F8-1 n’est attribué à personne. Nommez dans le texte celui qui "
        "s’engage, et ajoutez-le aux « acteurs » de l’engagement.\n\n"
        "20 points d’attention étaient déjà là avant cette modification.\n\n"
        "### Que faire\n\n"
        f"{READ_AGAIN}\n"
    )


def test_what_a_change_mends_is_said(demande: Demande) -> None:
    replace(demande.depot, FICHE_8, "  - texte: Réunir ces", "  - acteurs: [etat]\n    texte: Réunir (État) ces")
    assert (
        "\n\n19 points d’attention étaient déjà là avant cette modification. Elle règle 1 point d’attention.\n\n"
        in demande.comment()
    )
    demande.misspell()
    demande.remember()
    replace(demande.depot, FICHE, "publics: |\n", "public: |\n")
    assert "étaient déjà là avant cette modification. Elle règle 1 erreur.\n\n" in demande.comment()


def test_what_the_parties_admit_is_counted_and_not_mended(demande: Demande) -> None:
    (demande.depot / "data/avertissements-admis.yaml").write_text(
        f"avertissements:\n  - regle: engagement-vide\n    fichier: {FICHE}\n    mots: 'Engagement de la Caisse des Dépôts :'\n"
        "    raison: Le montant sera fixé plus tard.\n    accepte_par: Comité de pilotage\n    date: 2019-10-04\n",
        "utf-8",
    )
    assert (
        "\n\n19 points d’attention étaient déjà là avant cette modification. "
        "1 point d’attention est admis par les parties.\n\n"
    ) in demande.comment()


def test_an_error_does_not_mend_what_it_hides(demande: Demande) -> None:
    (demande.depot / "data/fiches/fiche-10.yaml").write_text("numero: [", "utf-8")
    comment = demande.comment()
    assert "17 points d’attention étaient déjà là" in comment
    assert "règle" not in comment


def test_an_error_of_before_is_not_laid_at_the_door_of_the_change(demande: Demande) -> None:
    demande.misspell()
    demande.remember()
    comment = demande.comment()
    assert "**Le protocole contient 1 erreur, mais elle était déjà là avant cette modification.**" in comment
    assert "1 erreur était déjà là avant cette modification. 16 points d’attention étaient déjà là" in comment
    replace(demande.depot, FICHE_8, "public: |\n", "publics: |\n")
    comment = demande.comment()
    assert "**La modification ne peut pas être acceptée en l’état : 2 erreurs à corriger.**" in comment
    assert "1 erreur était déjà là avant cette modification." in comment


def test_an_error_that_was_a_warning_is_new(demande: Demande) -> None:
    demande.misspell()
    report = demande.lancer("validate", "--dossier", demande.depot, "--format", "json").stdout
    demande.avant.write_text(report.replace('"erreur"', '"avertissement"'), "utf-8")
    assert "ne peut pas être acceptée en l’état : 1 erreur" in demande.comment()


def test_without_anything_to_compare_with_all_is_listed(depot: Path, lancer: Lancer) -> None:
    code, comment, _ = lancer("validate", "--dossier", depot, "--format", "commentaire")
    assert code == 0
    assert "**La modification peut être acceptée : aucune erreur, 20 points d’attention.**" in comment
    assert comment.count("\n- **data/") == 20
    assert "ouveau" not in comment
    assert "déjà là" not in comment
    alone = lancer("validate", "--dossier", depot, "--format", "commentaire", "data/sigles.yaml").stdout
    assert "**La modification peut être acceptée : aucune erreur, aucun point d’attention.**" in alone


def test_a_long_list_is_cut(depot: Path, lancer: Lancer) -> None:
    keys = "".join(f"cle_{n}: x\n" for n in range(50))
    replace(depot, FICHE, "numero: 3\n", f"numero: 3\n{keys}")
    comment = lancer("validate", "--dossier", depot, "--format", "commentaire").stdout
    assert "50 erreurs à corriger" in comment
    assert comment.count("n’existe pas ici") == 20
    assert "\n- … et 30 de plus, dans le détail de la vérification.\n" in comment


def test_a_long_message_is_cut(depot: Path, lancer: Lancer) -> None:
    replace(depot, FICHE, "acteurs: [caisse-des-depots]", f"acteurs: [{'a' * 60}-{'-'.join(['bcd'] * 200)}]")
    comment = lancer("validate", "--dossier", depot, "--format", "commentaire").stdout
    assert max(map(len, comment.splitlines())) < 600


def test_the_comment_is_the_markdown_that_it_seems(demande: Demande) -> None:
    demande.misspell()
    replace(demande.depot, FICHE_8, "  - texte: Réunir", "  - texte: Financer les réseaux\n  - texte: Réunir")
    html = cmarkgfm.github_flavored_markdown_to_html(demande.comment())
    assert re.findall(r"<h\d>(.+)</h\d>", html) == [
        "Vérification du protocole", "À corriger", "Nouveaux points d’attention", "Que faire",
    ]  # fmt: skip
    assert html.count("<li>") == 4
    assert html.count("<strong>") == 3


# What may not happen in a comment


def shown(text: str) -> str:
    """Return the text that GitHub's own reader makes of a text of the data; there is no element in it."""
    html = cmarkgfm.github_flavored_markdown_to_html(f"- **f**, ligne 1 : {forge_text(text)}\n")
    inside = re.fullmatch(r"<ul>\n<li><strong>f</strong>, ligne 1 : ?(.*)</li>\n</ul>\n", html, re.DOTALL)
    assert inside, html
    assert "<" not in inside[1], html
    return unescape(inside[1])


REFERENCES = {
    "a person": r"(?<!\w)@\w",
    "a number": r"(?<!\w)[#!&%~$^]\w",
    "a quoted label": r"[~%]\"",
    "a request elsewhere": r"\w[#!]\d",
    "an old number": r"(?i)\bGH-\d",
    "a commit": r"\b[0-9a-f]{7,40}\b",
    "an address": r"(?i)\w://|\bwww\.\w",
    "a mail": r"\w@\w",
    "a picture": r":[\w+-]+:",
    "a typed reference": r"[\[*](?:vulnerability|epic|issue|iteration|work_item|cadence|contact|feature_flag):",
    "a project": r"[\w/-]+>",
}
"""What GitHub and GitLab make links of in the text nodes of a comment, as their documentation lists it."""
TRIALS = (
    "@prefecture", "voir @org/equipe", "#12", "org/projet#12", "org/projet!12", "!34", "&7", "%3", '~"à faire"', "~bug", "$5", "^alert#1",
    "GH-12", "gh-12", "a1b2c3d4e5f6", "0123456789abcdef0123456789abcdef01234567", "org/projet@a1b2c3d", "https://exemple.org/a",
    "http://x.y", "ftp://x.y", "www.exemple.org", "moi@exemple.org", "mailto:moi@exemple.org", ":smile:", ":+1:", "[vulnerability:12]",
    "*iteration:12", "[issue:org/projet/1]", "org/projet>", "[x](https://exemple.org)", "![x](https://exemple.org/a.png)", "<https://x.y>",
    "<img src=x onerror=alert(1)>", "<!-- protocole : commentaire -->", "<details>", "`@code`", "**gras**", "/close", "- [ ] à faire",
    "| a | b |\n| - | - |", "[^1]", "&lt;b&gt;", "&#64;tous", "\\@tous", "@\\tous", "https\\://x.y",
)  # fmt: skip


@pytest.mark.parametrize("text", TRIALS)
def test_text_of_the_data_calls_nobody_and_links_nowhere(text: str) -> None:
    seen = shown(text)
    assert {what: found for what, pattern in REFERENCES.items() if (found := re.findall(pattern, seen))} == {}


@pytest.mark.parametrize("text", TRIALS)
def test_text_of_the_data_is_seen_as_it_is(text: str) -> None:
    assert shown(text).replace("\u200b", "") == one_line(text)


@plenty
@given(markdown)
def test_no_text_becomes_an_element(text: str) -> None:
    shown(text)


def test_hostile_data_is_text_in_the_comment(demande: Demande) -> None:
    evil = "<b>[@maire](https://x.y) #1"
    replace(demande.depot, FICHE_8, "acteurs: [etat, collectivites]", f"acteurs: [etat, '{evil}']")
    (demande.depot / "data/fiches/`@tous` <b>.txt").write_text("", "utf-8")
    comment = demande.comment()
    html = cmarkgfm.github_flavored_markdown_to_html(comment)
    assert set(re.findall(r"</?(\w+)", html)) == {"h2", "h3", "p", "strong", "ul", "li"}
    assert not re.search(r"@\w|#\d", html)
    assert "`@tous` <b>.txt" in unescape(html).replace("\u200b", "")


# The earlier report


FAULTY = {
    "absent": (None, "ce fichier n’existe pas."),
    "empty": ("", "ce n’est pas un rapport de « protocole validate --format json »."),
    "no JSON": ("rien", "ce n’est pas un rapport de « protocole validate --format json »."),
    "another JSON": ("[1]", "ce n’est pas un rapport de « protocole validate --format json »."),
    "without fingerprints": (
        json.dumps({"diagnostics": [{"severite": "erreur"}]}),
        "ce n’est pas un rapport de « protocole validate --format json ».",
    ),
}


@pytest.mark.parametrize(("content", "said"), FAULTY.values(), ids=FAULTY)
def test_a_report_that_is_none_is_a_fault_of_the_call(
    tmp_path: Path, lancer: Lancer, content: str | None, said: str
) -> None:
    file = tmp_path / "avant.json"
    if content is not None:
        file.write_text(content, "utf-8")
    assert lancer("validate", "--dossier", CHECKOUT, "--format", "commentaire", "--depuis", file) == (
        2,
        "",
        f"protocole : « {file} », donné à --depuis : {said}\nAide : protocole validate --help\n",
    )


def test_a_folder_is_no_report(tmp_path: Path, lancer: Lancer) -> None:
    for file, said in {
        tmp_path: "c’est un dossier, et non un fichier.",
        Path(__file__) / "avant.json": "ce fichier n’existe pas.",
    }.items():
        answer = lancer("validate", "--dossier", CHECKOUT, "--format", "commentaire", "--depuis", file)
        assert answer.code == 2
        assert answer.stderr.startswith(f"protocole : « {file} », donné à --depuis : {said}\n")


def test_github_annotates_errors_and_what_is_new(demande: Demande) -> None:
    """GitHub shows the first ten warnings of a step: those that everybody knows would hide the new one."""
    ask = ("validate", "--dossier", demande.depot, "--format", "github")
    assert demande.lancer(*ask, "--depuis", demande.avant).stdout == ""
    replace(demande.depot, FICHE_8, "numero: 8\n", "# Relue en comité\n\nnumero: 8\n")
    replace(demande.depot, FICHE_8, "  - texte: Réunir", "  - texte: Financer\n  - texte: Réunir")
    (line,) = demande.lancer(*ask, "--depuis", demande.avant).stdout.splitlines()
    assert line.startswith(f"::warning file={FICHE_8},line=")
    assert "title=engagement-sans-auteur" in line
    demande.misspell()
    demande.remember()
    assert demande.lancer(*ask, "--depuis", demande.avant).stdout.startswith(f"::error file={FICHE},")


def test_an_earlier_report_goes_with_the_comment_and_the_annotations(demande: Demande) -> None:
    for forme in ("texte", "json"):
        answer = demande.lancer("validate", "--dossier", CHECKOUT, "--format", forme, "--depuis", demande.avant)
        assert answer.code == 2
        assert f"--depuis ne va qu’avec les formats commentaire et github, et non avec « {forme} »." in answer.stderr
    answer = demande.lancer(
        "validate", "--dossier", CHECKOUT, "--format", "commentaire", "--depuis", demande.avant, FICHE
    )
    assert answer.code == 2
    assert "--depuis compare tout le protocole : ne donnez pas de fichier avec lui." in answer.stderr

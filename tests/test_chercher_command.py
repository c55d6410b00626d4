"""`protocole chercher MOTS…`: where words stand in the whole protocole."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers import as_csv, as_json, as_text, asked
from conftest import CHECKOUT, Lancer, replace
from programs import ESCAPES, on_terminal
from protocole_cli.language import fold
from protocole_cli.queries.passages import passages
from protocole_cli.queries.word_patterns import may_hold, term


@pytest.fixture
def found(lancer: Lancer) -> Any:
    """Look for words in our own data, and return the JSON."""
    return lambda *mots: as_json(asked(lancer, "chercher --format json", *mots), "chercher")


def places(hits: list[dict[str, Any]]) -> list[str]:
    return [hit["lieu"] for hit in hits]


# « Où sont impliqués les conseils citoyens ? » (Q15)


def test_where_are_the_conseils_citoyens_involved(found: Any) -> None:
    """l. 103-104, 123, 171-172, 207, 297, 449, 451-453, 467-469, 473-475; in no fiche."""
    hits = found("conseils citoyens")
    assert places(hits) == [
        "visa 8",
        "préambule",
        "article 1",
        "article 3",
        "article 3 › § 5",
        "annexe 1 › colonnes",
        "annexe 1 › Réunion des représentants des conseils citoyens",
        "annexe 1 › Journée des conseils citoyens métropolitains",
        "annexe 1 › Réunion des conseils citoyens communaux",
    ]
    assert {hit["fiche"] for hit in hits} == {None}


def test_the_fiches_say_habitants(found: Any) -> None:
    """l. 592, 612, 627, and the title of the sheet (l. 564-566)."""
    lieux = [hit["lieu"] for hit in found("habitants") if hit["fiche"] == 1]
    assert lieux == [
        "fiche 1 › titre",
        "fiche 1 › constats",
        "fiche 1 › objectif général",
        "fiche 1 › objectifs opérationnels",
        "fiche 1 › description",
        "fiche 1 › description",
        "fiche 1 › public",
        "fiche 1 › engagements › F1-2",
        "fiche 1 › résultats › R1-1",
    ]


# Further questions, answered from the source by hand


def test_where_is_pole_emploi_named(found: Any, lancer: Lancer) -> None:
    """l. 75, 289, 535, 718, 927, 957, 985, 1704."""
    hits = found("pôle emploi")
    assert [(hit["lieu"], hit["fiche"]) for hit in hits] == [
        ("parties › Pôle emploi", None),
        ("article 3 › § 4", None),
        ("annexe 1 › Groupes techniques › Développement économique, emploi, insertion", None),
        ("fiche 3 › constats", 3),
        ("fiche 5 › objectifs opérationnels", 5),
        ("fiche 5 › partenaires", 5),
        ("fiche 5 › engagements › F5-3", 5),
        ("signatures › Pôle emploi", None),
    ]
    assert as_text(asked(lancer, "chercher", "pôle emploi")).startswith(
        "8 passages contiennent « pôle emploi » : 4 dans 2 fiches, 4 hors des fiches. "
        "Parties › Pôle emploi (data/parties.yaml:196) Pôle emploi, représenté par son Directeur"
    )


def test_who_is_wresinski(found: Any) -> None:
    """A note of article 4 (l. 390)."""
    (hit,) = found("Wresinski")
    assert hit["lieu"] == "article 4 › LA LUTTE CONTRE LA PRÉCARITÉ"
    assert hit["extrait"] == "Joseph Wresinski au Conseil économique et social, en février 1987"


def test_what_does_the_state_do_against_illectronisme(found: Any) -> None:
    """Both words in one promise (l. 882-884), one of them in the words that attribute it."""
    (hit,) = found("État", "illectronisme")
    assert (hit["lieu"], hit["ligne"]) == ("fiche 4 › engagements › F4-3", 64)
    assert hit["extrait"].startswith("État : Labelliser les formations")


def test_where_is_cofinancing_promised(found: Any) -> None:
    """l. 1218, 1416, 1419; « co-financer » (l. 1386) is another word, with the same beginning."""
    promised = ["fiche 7 › engagements › F7-3", "fiche 9 › engagements › F9-1", "fiche 9 › engagements › F9-2"]
    for writing in ("co-financement", "cofinancement", "Co financement"):
        assert places(found(writing)) == promised
    assert places(found("cofinance", "--prefixe")) == [promised[0], "fiche 9 › objectifs opérationnels", *promised[1:]]


def test_words_match_whole(found: Any) -> None:
    """« CAF21 » (l. 289) is not « CAF » (l. 1201, 1220)."""
    assert places(found("CAF")) == ["fiche 7 › porteurs", "fiche 7 › engagements › F7-3"]
    assert places(found("CAF21")) == ["article 3 › § 4"]
    assert places(found("CAF", "--prefixe")) == [
        "article 3 › § 4",
        "fiche 7 › porteurs",
        "fiche 7 › engagements › F7-3",
    ]


def test_nothing_found_says_so_and_why(lancer: Lancer) -> None:
    assert as_text(asked(lancer, "chercher", "zone franche")) == (
        "Aucun passage du protocole ne contient « zone franche ». Les mots sont cherchés entiers ; --prefixe cherche aussi "
        "leurs débuts."
    )
    assert "Plusieurs mots doivent se trouver dans un même paragraphe." in as_text(
        asked(lancer, "chercher Wresinski Grésilles")
    )
    assert as_json(asked(lancer, "chercher --format json zzz"), "chercher") == []


def test_what_has_no_word_is_a_fault_of_the_call(lancer: Lancer) -> None:
    for nothing in ("…", "", "--"):
        answer = lancer("--dossier", CHECKOUT, "chercher", "--", nothing)
        assert (answer.code, answer.stdout) == (2, "")
        assert "Il n’y a pas de mot à chercher. Écrivez par exemple : protocole chercher emploi" in answer.stderr
    assert "Il manque MOTS : des mots ; entre guillemets, une suite de mots." in asked(lancer, "chercher").stderr


# Writings

SAME = {
    "case": ("PÔLE EMPLOI", "Pôle emploi"),
    "accents": ("pole emploi", "Pôle emploi"),
    "accents written apart": ("pôle emploi", "Po\u0302le emploi"),
    "hyphen for a space": ("pôle-emploi", "Pôle emploi"),
    "space for a hyphen": ("marie guite", "Marie-Guite"),
    "no hyphen": ("marieguite", "Marie-Guite"),
    "non-breaking hyphen": ("mi-parcours", "mi\u2011parcours"),
    "soft hyphen": ("parcours", "par\u00adcours"),
    "straight apostrophe": ("d'ouche", "Fontaine d’Ouche"),
    "no apostrophe": ("d ouche", "Fontaine d’Ouche"),
    "non-breaking space": ("10 000", "10\u202f000 entreprises"),
    "line break": ("pôle emploi", "de Pôle\nemploi"),
    "ligature": ("mise en oeuvre", "Mise en œuvre"),
    "no ligature": ("œuvre", "mise en oeuvre"),
    "punctuation between": ("grésilles fontaine", "les Grésilles, Fontaine"),
    "inclusive writing": ("habitant", "des habitant·e·s"),
    "emphasis": ("pôle emploi", "**Pôle** *emploi*"),
    "link": ("pôle emploi", "[Pôle](https://example.org) emploi"),
    "a sign after any space": ("25 %", "25\u202f% des logements"),
    "a sign without a space": ("25%", "25 % des logements"),
    "a sign alone": ("€", "1,9 M d’€"),
    "words after a sign": ("% des logements", "25 % des logements"),
    "an amount": ("50 000 €", "verser 50\u00a0000\u00a0€ par an"),
    "note": ("droits les", "leurs droits[^1], les partenaires\n\n[^1]: note"),
}
OTHER = {
    "a longer word": ("emploi", "emplois"),
    "a word inside another": ("pole", "métropole"),
    "another order": ("emploi pôle", "pôle emploi"),
    "two paragraphs": ("pôle emploi", "un pôle\n\nemploi"),
    "two list items": ("pôle emploi", "- un pôle\n- emploi"),
    "a figure without its sign": ("25 %", "12 à 25 ans"),
    "a figure with another sign": ("25 €", "25 % des logements"),
    "half of a figure with a sign": ("5 %", "25 %"),
    "half of a figure": ("2019", "20192"),
}


@pytest.mark.parametrize(("typed", "written"), SAME.values(), ids=SAME)
def test_writings_that_mean_the_same(typed: str, written: str) -> None:
    wanted = term(typed)
    assert wanted is not None
    assert may_hold(written, [wanted])
    assert any(wanted.pattern.search(" ".join(line.texte for line in lines)) for lines in passages(written))


@pytest.mark.parametrize(("typed", "written"), OTHER.values(), ids=OTHER)
def test_writings_that_do_not(typed: str, written: str) -> None:
    wanted = term(typed)
    assert wanted is not None
    assert not any(wanted.pattern.search(" ".join(line.texte for line in lines)) for lines in passages(written))


def test_a_percentage_is_not_an_age(found: Any) -> None:
    """« 12 à 25 ans » was an answer to « 25 % »."""
    assert places(found("25 %")) == ["fiche 10 › constats"]
    assert places(found("25")) == ["fiche 10 › constats", "fiche 10 › public"]


WORDS = st.text("%€aeocçéèêëœŒÉßﬁñΩя0129-'’·\u0301\u00ad \u00a0\u202f.*", min_size=1, max_size=12)


@given(WORDS, WORDS, WORDS)
def test_a_word_is_found_wherever_it_is_said_that_it_may_be(before: str, word: str, after: str) -> None:
    """What the quick look rules out, the patient one does not find."""
    wanted = term(word)
    text = f"{before} {word} {after}"
    if wanted is not None and wanted.pattern.search(text):
        assert may_hold(text, [wanted])


@given(st.text("abcdeéèàçœù", min_size=1, max_size=8))
def test_a_word_is_found_by_its_own_letters_folded(word: str) -> None:
    for typed in (word, word.upper(), fold(word)):
        wanted = term(typed)
        assert wanted is not None
        assert wanted.pattern.search(f"l’{word}, ")


# Places


def test_places_are_those_of_the_first_word_found(depot: Path, lancer: Lancer) -> None:
    """In texts of every form: block, folded, quoted, on one line, in braces."""
    written = {
        "constats: |\n  Un chat\n\n  gris perle\n": ("perle", 6),
        "constats: >\n  Un chat\n  gris perle\n": ("perle", 5),
        'constats: "Un chat\n  gris perle"\n': ("perle", 4),
        "constats: Un chat gris perle\n": ("perle", 3),
        "engagements:\n  - {acteurs: [caf], texte: Un chat gris perle}\n": ("perle", 4),
        "engagements:\n  - acteurs: [perle]\n    texte: |\n      Un chat\n      gris perle\n": ("perle", 7),
        "resultats:\n  - texte: gris\n    nature: qualitatif\n    details:\n      - texte: perle\n        nature: qualitatif\n": (
            "perle",
            7,
        ),
    }
    for text, (word, ligne) in written.items():
        (depot / "data/fiches/fiche-11.yaml").write_text(f"numero: 11\ntitre: Une idée\n{text}", encoding="utf-8")
        answer = lancer("--dossier", depot, "chercher", word, "--format", "json")
        (hit,) = [h for h in as_json(answer, "chercher") if h["fiche"] == 11]
        assert hit["ligne"] == ligne, text


def test_every_hit_cites_a_line_that_holds_the_word(found: Any) -> None:
    for word in ("partenaires", "emploi", "maire", "quartiers"):
        for hit in found(word):
            line = (CHECKOUT / hit["fichier"]).read_text(encoding="utf-8").splitlines()[hit["ligne"] - 1]
            assert word in fold(line), hit


def test_a_rubrique_of_its_own_and_a_title_are_looked_in(found: Any) -> None:
    assert places(found("MILDECA")) == ["fiche 10 › Dispositifs associés"]
    assert "fiche 6 › titre" in places(found("accès", "santé"))
    assert places(found("PRÉAMBULE"))[0] == "préambule"
    assert places(found("fiches actions", "annexe 2")) == ["article 4"]


def test_escapes_in_the_file_do_not_hide_a_word(depot: Path, lancer: Lancer) -> None:
    (depot / "data/fiches/fiche-11.yaml").write_text('numero: 11\ntitre: "Une b\\u00e9gonia"\n', encoding="utf-8")
    (hit,) = as_json(lancer("--dossier", depot, "chercher", "bégonia", "--format", "json"), "chercher")
    assert (hit["lieu"], hit["extrait"]) == ("fiche 11 › titre", "Une bégonia")


def test_a_long_passage_is_cut_between_words_around_what_was_found(found: Any) -> None:
    (hit,) = found("multi-récidivistes", "innovantes")
    assert hit["extrait"].startswith("…")
    assert hit["extrait"].endswith("…")
    assert "innovantes" in hit["extrait"]
    assert len(hit["extrait"]) <= 242
    whole = " ".join((CHECKOUT / hit["fichier"]).read_text(encoding="utf-8").split())
    assert f" {hit['extrait'].strip('…')} " in whole


def test_a_broken_fiche_that_cannot_hold_the_words_is_no_matter(depot: Path, lancer: Lancer) -> None:
    (depot / "data/fiches/fiche-07.yaml").write_text("numero: [CAF", encoding="utf-8")
    assert lancer("--dossier", depot, "chercher", "Wresinski").code == 0
    answer = lancer("--dossier", depot, "chercher", "CAF")
    assert answer.code == 1
    assert "le fichier data/fiches/fiche-07.yaml est en défaut" in answer.stderr


# Forms


def test_a_terminal_shows_what_was_found(lancer: Lancer) -> None:
    drawn = on_terminal("--dossier", CHECKOUT, "chercher", "pôle emploi")
    assert "\x1b[1;4mPôle emploi\x1b[0m, représenté" in drawn
    words = re.findall(r"\w+", ESCAPES.sub("", drawn))
    assert words == re.findall(r"\w+", asked(lancer, "chercher", "pôle emploi").stdout)
    assert max(map(len, (line.rstrip() for line in ESCAPES.sub("", drawn).splitlines()))) <= 80


def test_hostile_data_and_hostile_words_are_text(depot: Path, lancer: Lancer) -> None:
    replace(depot, "data/fiches/fiche-06.yaml", "Mise en œuvre du CLS", '"=CMD() [red] \u202eerbra cactus"')
    for forme in ("texte", "csv", "md", "json"):
        answer = lancer("--dossier", depot, "chercher", "cactus", "--format", forme)
        assert "\x1b" not in answer.stdout
        assert "\u202e" not in answer.stdout
        assert "erbra cactus" in answer.stdout
    drawn = ESCAPES.sub("", on_terminal("--dossier", depot, "chercher", "cactus"))
    assert "\x1b" not in drawn
    assert "[red] ‹U+202E›erbra cactus" in drawn
    assert as_text(lancer("--dossier", depot, "chercher", "\x1b[31mzut")).startswith(
        "Aucun passage du protocole ne contient « ␛[31mzut »."
    )


def test_tables(lancer: Lancer) -> None:
    rows = as_csv(asked(lancer, "chercher --format csv", "pôle emploi"))
    assert [row["fiche"] for row in rows] == ["", "", "", "3", "5", "5", "5", ""]
    assert asked(lancer, "chercher --format md Wresinski").stdout.count("\n") == 3

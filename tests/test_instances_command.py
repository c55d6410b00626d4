"""`protocole instances` and `protocole instance NOM`: each body in the words of both texts, and where they differ."""

from pathlib import Path
from typing import Any

import pytest

from answers import as_csv, as_json, as_text, asked, cited
from conftest import Lancer, replace


@pytest.fixture
def instance(lancer: Lancer) -> Any:
    """Ask for the JSON of one body of our own data."""
    return lambda name: as_json(asked(lancer, "instance --format json", name), "instance")


def ecarts(found: dict[str, Any], *sujets: str) -> list[tuple[str, list[str], list[str]]]:
    return [(e["sujet"], e["article"], e["schema"]) for e in found["ecarts"] if not sujets or e["sujet"] in sujets]


# « L’article 3 et l’annexe 1 disent-ils la même chose ? » (inventaire.md § 4.2)


def test_of_the_meetings_of_the_elected_both_say_another_frequency(instance: Any, lancer: Lancer) -> None:
    """l. 261-262, and l. 465."""
    assert ecarts(instance("Réunion des élus")) == [
        (
            "frequence",
            ["en amont du comité de pilotage et aussi souvent qu’un arbitrage doit être rendu"],
            ["4 fois / an"],
        )
    ]
    assert as_text(asked(lancer, "instance reunion-des-elus")).endswith(
        "Ce que l’article 3 et l’annexe 1 ne disent pas de même - Fréquence : l’article 3 dit « en amont du comité de pilotage "
        "et aussi souvent qu’un arbitrage doit être rendu » ; l’annexe 1 dit « 4 fois / an »."
    )


def test_only_the_annexe_says_the_month_of_the_comite_de_pilotage(instance: Any) -> None:
    """l. 269, and l. 458-459."""
    assert ecarts(instance("Comité de pilotage")) == [("mois", ["une fois par an"], ["1 fois / an en octobre"])]


def test_article_3_is_silent_on_three_frequencies(instance: Any, lancer: Lancer) -> None:
    assert ecarts(instance("comité technique"), "frequence") == [("frequence", [], ["1 fois / an"])]
    assert ecarts(instance("MOUS"), "frequence") == [
        ("frequence", [], ["½ journée une fois par mois", "tous les 2 mois"])
    ]
    assert ecarts(instance("groupes-techniques"), "frequence") == [
        ("frequence", [], ["1 fois / trimestre pour chaque groupe"])
    ]
    assert "Fréquence : l’article 3 n’en dit rien ; l’annexe 1 dit « 1 fois / an »." in as_text(
        asked(lancer, "instance", "comité technique")
    )


def test_two_groups_have_two_names(instance: Any) -> None:
    """l. 302-303, and l. 546, 550."""
    assert ecarts(instance("groupes-techniques"), "groupe") == [
        ("groupe", ["Un comité technique GUSP"], ["GUSP"]),
        (
            "groupe",
            ["Un comité technique tranquillité publique et médiation"],
            ["Tranquillité publique médiation"],
        ),
    ]


def test_the_comite_technique_has_two_compositions(instance: Any, lancer: Lancer) -> None:
    """l. 273-274, and l. 490-491."""
    found = instance("comité technique")
    here = "responsables techniques et / ou opérationnels des services des signataires du contrat de ville"
    assert ecarts(found, "composition") == [("composition", [here], ["les financeurs du contrat de ville"])]
    assert [(s["source"], s["texte"]) for s in found["composition"]] == [
        ("annexe 1", "les financeurs du contrat de ville"),
        ("article 3, § 3", here),
    ]
    assert (
        "Qui y siège - Selon l’annexe 1 : « les financeurs du contrat de ville » - Selon l’article 3, § 3 : « responsables"
    ) in as_text(asked(lancer, "instance", "comité technique"))


def test_who_sits_in_the_comite_de_pilotage(instance: Any, lancer: Lancer) -> None:
    """l. 267-270: no conseil citoyen (Q15)."""
    found = instance("comite-de-pilotage")["composition"]
    assert [(s["role"], [a["nom"] for a in s["acteurs"]], s["deduit"]) for s in found] == [
        ("presidence", ["État"], True),
        ("presidence", ["Dijon métropole"], False),
        ("membre", ["Communes du contrat de ville"], False),
    ]
    assert (
        "Selon l’article 3, § 2 : présidence : « le Préfet de la Côte-d’Or ou son représentant » (déduit : État) et"
        in (as_text(asked(lancer, "instance comite-de-pilotage")))
    )


def test_conseils_citoyens_may_be_asked_to_the_groupes_techniques(instance: Any) -> None:
    """l. 296-297."""
    assert [s["texte"] for s in instance("groupes-techniques")["composition"] if s["role"] == "associe"] == [
        "des représentants des conseils citoyens"
    ]


ALONE = [
    "Réunion des représentants des conseils citoyens",
    "Journée des conseils citoyens métropolitains",
    "Réunion des conseils citoyens communaux",
    "Comité technique État",
    "Comité de pilotage des services de l’État",
]


@pytest.mark.parametrize("name", ALONE)
def test_five_bodies_are_in_the_annexe_alone(instance: Any, lancer: Lancer, name: str) -> None:
    found = instance(name)
    assert (found["articles"], found["ecarts"]) == ([], [])
    assert "Aucun article ne la décrit : seul le schéma de l’annexe 1 en parle." in as_text(
        asked(lancer, "instance", name)
    )


def test_the_words_of_both_texts_are_there(lancer: Lancer) -> None:
    here = cited("data/gouvernance.yaml", "- id: comite-technique")
    there = cited("data/protocole.yaml", "      - numero: 3")
    answer = as_text(asked(lancer, "instance", "Comité technique"))
    assert answer.startswith(
        "Comité technique Colonne : COPILOTAGE (colonne déduite de son nom : le texte ne la dit pas) Réunions : 1 réunion par an "
        f"Annexe 1 ({here}) Comité technique Réunion : 1 fois / an - Associe les financeurs du contrat de ville "
        f"- Instance de rendu compte et de préconisations Article 3, § 3 ({there}) UN COMITÉ TECHNIQUE Il est "
        "composé des responsables techniques"
    )


@pytest.mark.parametrize("name", ["mous", "MOUS", "la MOUS", "Maîtrise d'ouvrage urbaine et sociale"])
def test_a_body_by_any_name(instance: Any, name: str) -> None:
    assert instance(name)["id"] == "mous"


def test_when_both_texts_agree_nothing_is_said(depot: Path, lancer: Lancer) -> None:
    replace(depot, "data/gouvernance.yaml", "1 fois / an en octobre", "1 fois / an")
    replace(depot, "data/gouvernance.yaml", "        mois: [10]\n", "")
    answer = lancer("--dossier", depot, "instance", "Comité de pilotage")
    assert answer.code == 0
    assert "ne disent pas de même" not in answer.stdout


def test_an_unknown_body_is_one_line(lancer: Lancer) -> None:
    expected = "protocole : aucune instance ne s’appelle « mouss ». Vouliez-vous dire « MOUS » ?\n"
    assert asked(lancer, "instance mouss") == (1, "", expected)
    unlike = "protocole : aucune instance ne s’appelle « zz ». Toute la liste : protocole instances\n"
    assert asked(lancer, "instance zz") == (1, "", unlike)
    assert "« technique » peut désigner" in asked(lancer, "instance technique").stderr


def test_the_list_names_all_ten(lancer: Lancer) -> None:
    found = as_json(asked(lancer, "instances --format json"), "instances")
    assert len(found) == 10
    assert [i["id"] for i in found if i["articles"]] == [
        "comite-de-pilotage",
        "reunion-des-elus",
        "comite-technique",
        "mous",
        "groupes-techniques",
    ]
    said = as_text(asked(lancer, "instances"))
    assert said.startswith("10 instances. Une seule : protocole instance NOM - Réunion des représentants")
    here, there = (
        cited("data/gouvernance.yaml", "- id: comite-de-pilotage"),
        cited("data/protocole.yaml", "      - numero: 2"),
    )
    assert f"COPILOTAGE ; 1 réunion par an annexe 1 ({here}) et article 3, § 2 ({there})" in said


def test_tables(lancer: Lancer) -> None:
    rows = as_csv(asked(lancer, "instances --format csv"))
    assert [(row["par_an_min"], row["par_an_max"]) for row in rows][-2:] == [("28", "28"), ("1", "2")]
    assert asked(lancer, "instances --format md").stdout.count("\n") == 12
    refused = asked(lancer, "instance mous --format csv")
    assert (refused.code, "Les choix sont « texte » ou « json »." in refused.stderr) == (2, True)


def test_what_a_section_says_of_meetings_is_in_its_words() -> None:
    """The facts quote the section; they add no word to it."""
    from conftest import CHECKOUT
    from protocole_cli.loading.repository import load
    from protocole_cli.validation.schema import explain

    articles = load(CHECKOUT, explain, kinds=("protocole",), fiches=()).protocole.corps.articles
    sections = [section for article in articles for section in article.sections]
    quoted = [(entry, section) for section in sections for entry in (*section.reunions, *section.groupes)]
    assert len(quoted) == 4
    for entry, section in quoted:
        words = getattr(entry, "texte", "") or getattr(entry, "nom", "")
        assert words in " ".join(section.texte.split())

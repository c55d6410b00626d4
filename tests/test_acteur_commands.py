"""`protocole acteurs` and `protocole acteur NOM`: all that the protocole says of an organisation."""

import re
from pathlib import Path
from typing import Any

import pytest

from answers import as_csv, as_json, as_text, asked
from conftest import CHECKOUT, Lancer, Reponse, replace
from programs import piped


def page(lancer: Lancer, *arguments: str) -> str:
    return as_text(asked(lancer, "acteur", *arguments))


def data(lancer: Lancer, *arguments: str) -> Any:
    return as_json(asked(lancer, "acteur --format json", *arguments), "acteur")


# « Quels sont les engagements de la CAF ? », and what stands beside them (Q1)


def test_the_caf(lancer: Lancer) -> None:
    assert asked(lancer, "acteur caf").stdout == (
        """\
Acteur – CAF (Caisse d’allocations familiales de Côte-d’Or)
- Nature : organisme public.
- Aussi écrit : « CAF21 » et « Caisse d’allocations familiales ».
- Identifiant : caf (data/acteurs.yaml:49).
- À son nom, le texte ne donne aucun partenariat.

Signature
- Partie au protocole, 12e dans la liste et 12e à signer
  Représentant : Mme Caroline MICHAL, Directrice (data/parties.yaml:172)

Fiches portées : 1
- Fiche 7 – ACCOMPAGNER ET SOUTENIR LES PARENTS DANS LE PARCOURS SCOLAIRE DE
  LEURS ENFANTS PAR DES FORMATIONS SUR LES ENJEUX ET ORGANISATION DU SYSTÈME
  SCOLAIRE
  « État (Éducation nationale, DDCS), CAF et communes »
  (data/fiches/fiche-07.yaml:43)

Engagements : 1
- F7-3
  Co-financement des CLAS et information des porteurs de projets CLAS via les
  comités de pilotage territoriaux (CAF)
  Fiche 7, engagements, entrée 3 (data/fiches/fiche-07.yaml:65)

Instances : 1
- MOUS élargie, sous le nom « CAF21 » (article 3, § 4)
  (data/protocole.yaml:265)
"""
    )


def test_the_caf_in_json(lancer: Lancer) -> None:
    caf = data(lancer, "caf")
    assert (caf["partie"]["rang_liste"], caf["partie"]["representant"]["nom"]) == (12, "Caroline MICHAL")
    assert [m["fiche"] for m in caf["porteur"]] == [7]
    assert caf["partenaire"] == []
    assert [e["id"] for e in caf["engagements"]] == ["F7-3"]
    (siege,) = caf["instances"]
    assert (siege["id"], siege["formation"], siege["texte"], siege["article"], siege["section"]) == (
        "mous", "MOUS élargie", "CAF21", 3, 4,
    )  # fmt: skip


# « Où sont impliqués les conseils citoyens ? » (Q15)


def test_the_citizens_councils(lancer: Lancer) -> None:
    """Three bodies of their own, and the groups may ask them to come; never the steering committee, nor a fiche."""
    councils = data(lancer, "conseils citoyens")
    assert [(i["id"], i["role"], i["article"]) for i in councils["instances"]] == [
        ("reunion-des-representants-des-conseils-citoyens", "membre", None),
        ("journee-des-conseils-citoyens", "membre", None),
        ("reunion-des-conseils-citoyens-communaux", "membre", None),
        ("groupes-techniques", "associe", 3),
    ]
    assert councils["porteur"] == councils["partenaire"] == councils["engagements"] == []
    assert (
        "Groupes techniques, peut y être associé, selon les mots « des représentants des conseils citoyens »"
        in page(lancer, "conseils-citoyens")
    )


# « Qui doit signer, dans quel ordre et en quelle qualité ? », one by one (Q10)


def test_who_signs_for_a_party(lancer: Lancer) -> None:
    """Chenôve and Dijon change places between the list (l. 59-60) and the signatures (l. 1658-1670)."""
    ranks = {}
    for name in ("Dijon", "Chenôve", "métropole"):
        partie = data(lancer, name)["partie"]
        ranks[name] = (partie["rang_liste"], partie["rang_signature"], partie["representant"]["nom"])
    assert ranks == {
        "Dijon": (4, 5, "François REBSAMEN"),
        "Chenôve": (5, 4, "Thierry FALCONNET"),
        "métropole": (2, 2, "François REBSAMEN"),
    }


# Further questions, answered from the source by hand


def seats(lancer: Lancer, *arguments: str) -> list[tuple[str, str]]:
    return [(i["formation"] or i["id"], i["voie"]) for i in data(lancer, *arguments)["instances"]]


def test_who_presides_over_the_steering_committee(lancer: Lancer) -> None:
    """The préfet, and a vice-president of the métropole (l. 267-268)."""
    said = {
        a: [i["texte"] for i in data(lancer, a)["instances"] if i["role"] == "presidence"]
        for a in ("etat", "métropole")
    }
    assert said == {
        "etat": ["le Préfet de la Côte-d’Or ou son représentant"],
        "métropole": ["la vice-Présidente de Dijon métropole en charge du logement et de la Politique de la ville"],
    }
    assert "Comité de pilotage, à la présidence, déduit de « le Préfet de la Côte-d’Or ou son représentant »" in page(
        lancer, "etat"
    )


def test_where_the_ars_sits(lancer: Lancer) -> None:
    """In the enlarged MOUS only (l. 288)."""
    assert seats(lancer, "ARS") == [("MOUS élargie", "nom")]


def test_where_a_mayor_sits(lancer: Lancer) -> None:
    """As one of the « communes »: meetings of the élus (l. 254), steering committee (l. 269), groups (l. 294), MOUS (l. 502)."""
    assert seats(lancer, "Talant") == [
        ("mous", "collectif"), ("reunion-des-elus", "collectif"), ("comite-de-pilotage", "collectif"),
        ("groupes-techniques", "collectif"),
    ]  # fmt: skip


def test_where_the_departement_sits(lancer: Lancer) -> None:
    """It may be asked to the meetings of the élus (l. 260); it takes part in fiche 5 (l. 958)."""
    departement = data(lancer, "le Département")
    assert [(i["id"], i["role"]) for i in departement["instances"]] == [("reunion-des-elus", "associe")]
    assert [m["fiche"] for m in departement["partenaire"]] == [5]
    assert departement["partie"] is None


def test_what_was_left_blank_is_no_promise(lancer: Lancer) -> None:
    cdc = page(lancer, "Caisse des Dépôts")
    assert "À son nom, le texte ne donne aucune fiche portée ni aucun engagement rédigé." in cdc
    assert "Engagements restés en blanc : 1 - F3-4 Engagement de la Caisse des Dépôts : Fiche 3, engagements" in cdc


def test_what_reaches_a_landlord(lancer: Lancer) -> None:
    """Nothing by its own name but its signature (l. 81): all the rest is « bailleurs »."""
    orvitis = data(lancer, "Orvitis")
    reached = [*orvitis["porteur"], *orvitis["partenaire"], *orvitis["engagements"]]
    assert [entry["fiche"] for entry in reached] == [1, 2, 6, 1]
    assert {(entry["voie"], entry["par"][0]["id"]) for entry in reached} == {("collectif", "bailleurs")}
    said = page(lancer, "Orvitis")
    assert "Partenariats d’un collectif dont il est membre : 3" in said
    assert (
        "Engagements d’un collectif dont il est membre : 1 - F1-2 – Communes du contrat de ville et Bailleurs, par le"
        in said
    )


def test_the_services_of_the_ministry_of_justice(lancer: Lancer) -> None:
    alone, together = data(lancer, "justice"), data(lancer, "justice", "--avec-services")
    assert alone["porteur"] == alone["partenaire"] == []
    assert [s["id"] for s in alone["services"]] == ["parquet", "spip", "pjj"]
    assert [(m["fiche"], m["voie"]) for m in [*together["porteur"], *together["partenaire"]]] == [(10, "service")] * 2
    assert "En relèvent (non comptés ici) : Parquet, SPIP et PJJ." in page(lancer, "justice")


def test_a_service_says_whose_it_is(lancer: Lancer) -> None:
    parquet = page(lancer, "parquet")
    assert "Relève de : Ministère de la justice." in parquet
    assert (
        "À son nom, le texte ne donne aucune signature, aucun partenariat, aucun engagement rédigé ni aucune instance."
        in parquet
    )


def test_a_collective_says_its_members(lancer: Lancer) -> None:
    assert "Membres : Grand Dijon Habitat, Orvitis, Habellis, CDC Habitat social et ICF Sud-Est." in page(
        lancer, "bailleurs"
    )
    assert "Membres : le texte ne dit pas qui." in page(lancer, "associations")


# The list


def test_all_actors(lancer: Lancer) -> None:
    acteurs = as_json(asked(lancer, "acteurs --format json"), "acteurs")
    assert sum(a["partie"] for a in acteurs) == 19
    by_id = {a["id"]: a for a in acteurs}
    assert (by_id["ars-bourgogne-franche-comte"]["porteur"], by_id["pole-emploi"]["partenaire"]) == ([6], [5])
    assert (by_id["caisse-des-depots"]["engagements"], by_id["caisse-des-depots"]["vides"]) == ([], ["F3-4"])
    said = as_text(asked(lancer, "acteurs"))
    assert (
        "19 parties au protocole État porte les fiches 3, 4, 5, 6, 7, 8 et 9 ; partenaire des fiches 1 et 2 ; 6 "
        in said
    )
    assert "partenaire de la fiche 3 ; 1 engagement resté en blanc (F3-4) (data/acteurs.yaml:57)" in said
    assert "Orvitis dans aucune fiche à son nom" in said
    rows = as_csv(asked(lancer, "acteurs --format csv"))
    assert len(rows) == len(acteurs)
    assert rows[0]["porteur"] == "3 ; 4 ; 5 ; 6 ; 7 ; 8 ; 9"
    assert asked(lancer, "acteurs --format md").stdout.count("\n") == len(acteurs) + 2


def test_where_there_is_no_actor(depot: Path, lancer: Lancer) -> None:
    (depot / "data/acteurs.yaml").write_text("acteurs: []\n", encoding="utf-8")
    answer = lancer("--dossier", depot, "acteurs")
    assert (answer.code, answer.stdout) == (0, "Aucun acteur : data/acteurs.yaml n’en contient pas.\n")


# Pages


@pytest.mark.parametrize("forme", ["md", "html"])
def test_a_page_says_the_same_words(lancer: Lancer, forme: str) -> None:
    printed = re.sub(r"<[^>]*>", "", asked(lancer, f"acteur caf --format {forme}").stdout)
    words = " ".join(printed.split())
    for said in (
        "Acteur – CAF (Caisse d’allocations familiales de Côte-d’Or)",
        "Partie au protocole, 12e dans la liste",
        "territoriaux (CAF)",
        "MOUS élargie, sous le nom « CAF21 » (article 3, § 4)",
    ):
        assert said in words
    assert "Édit" in words  # the stamp


def test_the_html_page_stands_alone(lancer: Lancer) -> None:
    html = asked(lancer, "acteur region --format html").stdout
    assert html.startswith("<!doctype html>")
    assert html.count("<h1>") == 1
    assert "<script" not in html
    assert 'http-equiv="Content-Security-Policy"' in html


# What cannot be answered


def test_fiches_are_carried_by_a_collective(lancer: Lancer) -> None:
    said = as_text(asked(lancer, "acteur longvic"))
    assert "Fiches portées par un collectif dont il est membre : 3" in said
    assert "Engagements d’un collectif dont il est membre : 3" in said


def test_unknown_and_ambiguous_names(lancer: Lancer) -> None:
    assert asked(lancer, "acteur capf") == Reponse(
        1, "", "protocole : aucun acteur ne s’appelle « capf ». Vouliez-vous dire « CAF » ?\n"
    )
    answer = asked(lancer, "acteur", "ville de")
    assert answer.code == 1
    assert answer.stderr.startswith("protocole : « ville de » peut désigner « Ville de Dijon » (ville-de-dijon), ")


def test_a_broken_file_is_said(depot: Path, lancer: Lancer) -> None:
    (depot / "data/gouvernance.yaml").write_text("titre: [", encoding="utf-8")
    answer = lancer("--dossier", depot, "acteur", "caf")
    assert answer.code == 1
    assert "MOUS élargie, sous le nom « CAF21 » (article 3, § 4)" in answer.stdout
    assert "le fichier data/gouvernance.yaml est en défaut ; la réponse peut être incomplète." in answer.stderr
    (depot / "data/acteurs.yaml").write_text("acteurs: [", encoding="utf-8")
    answer = lancer("--dossier", depot, "acteur", "caf")
    assert (answer.code, answer.stdout) == (1, "")
    assert "data/acteurs.yaml et data/gouvernance.yaml sont en défaut" in answer.stderr
    assert answer.stderr.splitlines()[-1] == (
        "protocole : « caf » n’a pas pu être cherché : data/acteurs.yaml ne peut pas être lu."
    )
    (depot / "data/acteurs.yaml").unlink()
    assert lancer("--dossier", depot, "acteur", "caf").stderr == answer.stderr


def test_hostile_names_are_text(depot: Path, lancer: Lancer) -> None:
    replace(depot, "data/acteurs.yaml", "nom: Orvitis", "nom: '<b>*x*</b> \u202e |'")
    for forme, shown in (
        ("texte", "<b>*x*</b> ‹U+202E› |"),
        ("md", "\\<b\\>\\*x\\*"),
        ("html", "&lt;b&gt;*x*&lt;/b&gt;"),
    ):
        answer = lancer("--dossier", depot, "acteur", "orvitis", "--format", forme)
        assert shown in answer.stdout


@pytest.mark.parametrize("line", ["acteurs", "acteur etat --avec-services", "acteur longvic"])
def test_no_line_of_a_pipe_is_wider_than_80(line: str) -> None:
    printed = piped("--dossier", CHECKOUT, *line.split()).stdout.decode()
    assert max(map(len, printed.splitlines())) <= 80

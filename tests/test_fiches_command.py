"""`protocole fiches`: which sheets concern an actor, a place, a year, some words; and what the text leaves open."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from answers import as_csv, as_json, as_text, asked
from conftest import CHECKOUT, Lancer, replace
from programs import piped

Found = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def found(lancer: Lancer) -> Found:
    """Ask for the JSON of some fiches of our own data."""
    return lambda line="", *more: as_json(asked(lancer, f"fiches --format json {line}", *more), "fiches")


def oui(fiches: list[dict[str, Any]]) -> list[int]:
    return [f["numero"] for f in fiches if f["correspondance"] == "oui"]


def indeterminees(fiches: list[dict[str, Any]]) -> dict[int, str]:
    return {f["numero"]: f["raison"] for f in fiches if f["correspondance"] == "indetermine"}


NOT_DATED = (
    "Le calendrier ne donne pas d’années : « Réunions de préparation après le processus de validation des élus en Conseil "
    "métropolitain en 2019 pour une installation en 2020 » (data/fiches/fiche-10.yaml:150)"
)


# « Quelles fiches concernent Quetigny en 2021 ? » (Q5)


def test_quetigny_in_2021(found: Found) -> None:
    fiches = found("--commune quetigny --annee 2021")
    assert oui(fiches) == [1, 3, 4, 5, 6, 7, 8, 9]  # not 2: QPV only, and Quetigny has none (l. 653)
    assert indeterminees(fiches) == {10: NOT_DATED}


def test_quetigny_in_2019(found: Found) -> None:
    fiches = found("--commune QUETIGNY --annee 2019")
    assert oui(fiches) == [1, 3, 4, 5]
    assert list(indeterminees(fiches)) == [10]


def test_the_words_that_the_answer_rests_on_are_cited(lancer: Lancer) -> None:
    answer = as_text(asked(lancer, "fiches --commune quetigny --annee 2021"))
    assert answer.startswith("8 fiches sur 10 : commune Quetigny ; année 2021. Fiche 1 – FAVORISER L’APPROPRIATION")
    assert (
        "Calendrier de mise en œuvre : « 2019-2025 (durée de la convention) » (data/fiches/fiche-01.yaml:49)" in answer
    )
    assert "À part, 1 fiche dont le texte ne permet pas de répondre : Fiche 10 – PRÉVENIR" in answer
    assert answer.endswith(NOT_DATED)


# « Quels quartiers et quelles fiches pour les QVA ? » (Q12)


@pytest.mark.parametrize("quartier", ["Guynemer", "le centre ville"])
def test_fiches_of_the_qva(found: Found, quartier: str) -> None:
    assert oui(found("--quartier", quartier)) == [1, 3, 4, 5, 6, 7, 8, 9, 10]


def test_fiches_of_the_qpv(found: Found) -> None:
    for quartier in ("le Mail", "grésilles", "Fontaine d'Ouche", "le-bief-du-moulin", "LE BELVEDERE"):
        assert oui(found("--quartier", quartier)) == list(range(1, 11))


# « Quelles fiches débordent de la période 2019-2022 ? » (Q11)


def test_what_runs_beyond_2022(found: Found) -> None:
    """Fiche 1, until 2025 (l. 632); of fiche 10 one cannot say."""
    fiches = found("--annee 2023")
    assert oui(fiches) == [1]
    assert indeterminees(fiches) == {10: NOT_DATED}
    assert oui(found("--annee 2025")) == [1]
    assert oui(found("--annee 2026")) == oui(found("--annee 2018")) == []


# Further questions, answered from the source by hand


def test_what_concerns_saint_apollinaire(found: Found) -> None:
    """Fiche 9 names it in its phase 1, 2020-2021 (l. 1363-1368, 1423): nothing in 2019, and no doubt about it."""
    assert oui(found("--commune", "Saint Apollinaire")) == [9]
    assert found("--commune saint-apollinaire --annee 2019") == []
    assert oui(found("--commune saint-apollinaire --annee 2022")) == [9]  # phase 2: all communes


def test_the_phases_that_make_a_fiche_match_are_named(lancer: Lancer) -> None:
    """Phase 1 names Saint-Apollinaire, 2020-2021; phase 2 is for all communes, 2021-2022 (l. 1363-1368, 1423)."""
    for annee, phases in (("2020", "Phase 1"), ("2021", "Phase 1 et Phase 2"), ("2022", "Phase 2")):
        said = as_text(asked(lancer, f"fiches --commune saint-apollinaire --annee {annee}"))
        assert f"Échelle d’intervention – {phases} : « Phase 1 : les communes" in said
        assert f"Calendrier de mise en œuvre – {phases} : « Phase 1 : 2020-2021" in said
    assert "Phase" not in as_text(asked(lancer, "fiches --quartier guynemer --annee 2019"))


def test_what_the_ars_carries(found: Found) -> None:
    assert oui(found("--porteur ars")) == [6]


def test_where_the_caisse_des_depots_takes_part(found: Found) -> None:
    """l. 769; neither CDC Habitat, nor the CAF."""
    assert oui(found("--partenaire", "Caisse des Dépôts")) == [3]
    assert oui(found("--partenaire cdc")) == [3]


def test_what_longvic_carries(found: Found, lancer: Lancer) -> None:
    """By its name, fiche 9 (l. 1404); as one of the « communes », fiches 1, 7 and 10 (l. 616, 1201, 1592)."""
    assert oui(found("--porteur longvic")) == [9]
    every = found("--porteur longvic --avec-collectifs")
    assert oui(every) == [1, 7, 9, 10]
    assert [bool(f["raison"]) for f in every] == [True, True, False, True]
    assert "par le collectif « Communes du contrat de ville »" in every[0]["raison"]
    apart = as_text(asked(lancer, "fiches --porteur longvic")).partition(
        "À part, 3 fiches qui ne nomment l’acteur que par"
    )[2]
    assert [n for n in (1, 7, 9, 10) if f"Fiche {n} –" in apart] == [1, 7, 10]


def test_where_orvitis_takes_part(found: Found) -> None:
    """Only as one of the « bailleurs »: l. 621, 686, 1105."""
    assert found("--partenaire orvitis") == []
    assert oui(found("--partenaire orvitis --avec-collectifs")) == [1, 2, 6]


def test_open_collectives_reach_nobody(found: Found) -> None:
    """« État et collectivités » carry fiche 8 (l. 1304): the text does not say which."""
    assert oui(found("--porteur collectivités")) == [8]
    assert 8 not in oui(found("--porteur dijon --avec-collectifs"))


def test_what_the_ministry_of_justice_carries(found: Found) -> None:
    """Nothing by its name; its prosecution service carries fiche 10, its SPIP and PJJ take part in it (l. 1592-1600)."""
    assert found("--porteur justice") == []
    (fiche,) = found("--porteur justice --avec-services")
    assert (fiche["numero"], fiche["correspondance"]) == (10, "oui")
    assert "par le service « Parquet »" in fiche["raison"]
    (fiche,) = found("--partenaire justice --avec-services")
    assert "par les services « Service pénitentiaire d’insertion et de probation » et « Protection" in fiche["raison"]


def test_all_that_concerns_the_caf(found: Found, lancer: Lancer) -> None:
    assert oui(found("--acteur caf")) == [7]
    answer = as_text(asked(lancer, "fiches --acteur caf"))
    assert (
        "Porteur du projet : « État (Éducation nationale, DDCS), CAF et communes » (data/fiches/fiche-07.yaml:43)"
        in answer
    )
    assert "Engagements des partenaires : « Co-financement des CLAS" in answer


def test_words(found: Found) -> None:
    """« rodéo » stands in no fiche, « paQte » in 5 (l. 939, 967…) and 8 (l. 1265), « main de justice » in 10 (l. 1616)."""
    assert oui(found("--texte PAQTE")) == [5, 8]
    assert oui(found("--texte", "main de justice")) == [10]
    assert oui(found("--texte", "l'abattement tfpb")) == [2]
    assert found("--texte rodéo") == []


def test_the_passage_that_says_the_words_is_cited(lancer: Lancer) -> None:
    """l. 924-927, on two lines in the source and in the data."""
    answer = as_text(asked(lancer, "fiches --texte", "mission locale pôle emploi"))
    assert "Objectifs opérationnels : « …" in answer
    assert "(Créativ’, Mission locale, Pôle Emploi,...)" in answer
    assert "(data/fiches/fiche-05.yaml:17)" in answer


def test_what_is_no_word_is_a_fault_of_the_call(lancer: Lancer) -> None:
    answer = asked(lancer, "fiches --texte …")
    assert (answer.code, answer.stdout) == (2, "")
    assert "« … » n’est pas un mot. Écrivez par exemple : --texte emploi" in answer.stderr


def test_words_are_whole_and_in_one_paragraph(found: Found) -> None:
    assert found("--texte paqt") == []
    assert (
        found("--texte", "au quotidien Les communes et les bailleurs") == []
    )  # end of one item, beginning of the next


def test_the_fiches_of_the_protocole(found: Found, lancer: Lancer) -> None:
    every = found()
    assert [f["numero"] for f in every] == list(range(1, 11))
    assert {f["numero"]: (f["debut"], f["fin"]) for f in every} == {
        1: (2019, 2025), 2: (2020, 2022), 3: (2019, 2021), 4: (2019, 2022), 5: (2019, 2022),
        6: (2020, 2022), 7: (2020, 2022), 8: (2020, 2022), 9: (2020, 2022), 10: (None, None),
    }  # fmt: skip
    assert every[1]["quartiers"] == [
        "le-mail",
        "les-gresilles",
        "fontaine-d-ouche",
        "le-bief-du-moulin",
        "le-belvedere",
    ]
    assert every[1]["communes"] == ["dijon", "chenove", "longvic", "talant"]
    assert len(every[8]["communes"]) == 8
    assert as_text(asked(lancer, "fiches")).startswith("10 fiches. Fiche 1 – ")


# Nothing, and why


def test_an_empty_answer_says_what_each_filter_would_give(lancer: Lancer) -> None:
    assert as_text(asked(lancer, "fiches --partenaire caf --annee 2021")) == (
        "Aucune des 10 fiches ne répond à la fois à : partenaire Caisse d’allocations familiales de Côte-d’Or (aucune fiche) ; "
        "année 2021 (9 fiches et 1 indéterminée)."
    )
    assert as_text(asked(lancer, "fiches --texte rodéo")) == ("Aucune des 10 fiches ne répond à : texte « rodéo ».")


def test_what_a_filter_gives_alone_counts_apart_what_an_answer_shows_apart(lancer: Lancer) -> None:
    """Fiche 10 has no years (l. 1620); Longvic carries fiche 9 by its name, 1, 7 and 10 as one of the « communes »."""
    assert as_text(asked(lancer, "fiches --annee 2019 --commune", "saint apollinaire")) == (
        "Aucune des 10 fiches ne répond à la fois à : commune Saint-Apollinaire (1 fiche) ; "
        "année 2019 (4 fiches et 1 indéterminée)."
    )
    both = "fiches --porteur longvic --texte rodéo"
    assert "porteur Ville de Longvic (1 fiche et 3 par un collectif) ; texte" in as_text(asked(lancer, both))
    assert "porteur Ville de Longvic (4 fiches) ; texte" in as_text(asked(lancer, f"{both} --avec-collectifs"))


def test_what_only_a_service_carries_is_shown_apart(lancer: Lancer) -> None:
    answer = as_text(asked(lancer, "fiches --porteur justice"))
    assert answer.startswith(
        "Aucune des 10 fiches ne répond à : porteur Ministère de la justice. À part, 1 fiche qui ne nomme l’acteur que "
        "par un service qui en relève (--avec-services en tient compte) : Fiche 10 – PRÉVENIR"
    )
    assert "par le service « Parquet » (data/fiches/fiche-10.yaml:" in answer
    assert "À part" not in as_text(asked(lancer, "fiches --porteur justice --avec-services"))


def test_certainty_is_spoken_of_only_where_something_is_open(lancer: Lancer) -> None:
    assert as_text(asked(lancer, "fiches --annee 2026")).startswith(
        "Aucune des 10 fiches ne répond à coup sûr à : année 2026. À part, 1 fiche dont le texte ne permet pas"
    )


def test_where_there_is_no_fiche_at_all(depot: Path, lancer: Lancer) -> None:
    for file in (depot / "data/fiches").iterdir():
        file.unlink()
    answer = lancer("--dossier", depot, "fiches", "--annee", "2021")
    assert answer == (0, "Aucune fiche : il n’y en a pas dans data/fiches.\n", "")


UNKNOWN = {
    "commune": ("--commune", "ahuy", "aucune commune ne s’appelle « ahuy »."),
    "commune by a slip": (
        "--commune",
        "chenôv",
        "aucune commune ne s’appelle « chenôv ». Vouliez-vous dire « Chenôve » ?",
    ),
    "porteur": ("--porteur", "regoin", "aucun acteur ne s’appelle « regoin ». Vouliez-vous dire « Région » ?"),
    "partenaire": ("--partenaire", "ville", "« ville » peut désigner « Ville de Dijon » (ville-de-dijon), "),
}


@pytest.mark.parametrize(("option", "name", "said"), UNKNOWN.values(), ids=UNKNOWN)
def test_unknown_names(lancer: Lancer, option: str, name: str, said: str) -> None:
    answer = asked(lancer, "fiches", option, name)
    assert (answer.code, answer.stdout) == (1, "")
    assert answer.stderr.startswith(f"protocole : {said}")


@pytest.mark.parametrize("annee", ["deux mille", "21", "20211", "-2021", "٢٠٢١"])
def test_what_is_no_year_is_a_fault_of_the_call(lancer: Lancer, annee: str) -> None:
    answer = asked(lancer, "fiches", f"--annee={annee}")
    assert (answer.code, answer.stdout) == (2, "")
    assert answer.stderr.startswith(
        f"protocole : « {annee} » n’est pas une année. Écrivez par exemple : --annee 2021\n"
    )


# What a fiche may leave open


def _without(depot: Path, *lines: str) -> None:
    file = depot / "data/fiches/fiche-02.yaml"
    text = file.read_text(encoding="utf-8")
    for line in lines:
        assert line in text
        text = text.replace(line, "")
    file.write_text(text, encoding="utf-8")


def test_a_fiche_that_does_not_say_who_carries_it(depot: Path, lancer: Lancer) -> None:
    _without(depot, "porteurs:\n  texte: Dijon métropole\n  acteurs: [dijon-metropole]\n")
    answer = as_json(lancer("--dossier", depot, "fiches", "--porteur", "caf", "--format", "json"), "fiches")
    assert oui(answer) == [7]
    assert indeterminees(answer) == {2: "Le texte ne dit pas qui porte la fiche (data/fiches/fiche-02.yaml:2)"}


def test_a_fiche_that_does_not_say_where(depot: Path, lancer: Lancer) -> None:
    _without(depot, "\n  natures: [qpv]")
    answer = as_json(lancer("--dossier", depot, "fiches", "--commune", "talant", "--format", "json"), "fiches")
    assert indeterminees(answer) == {
        2: "L’échelle d’intervention ne dit pas quels lieux : « Quartiers prioritaires de Dijon métropole » "
        "(data/fiches/fiche-02.yaml:12)"
    }


def test_a_phase_without_years_is_open_within_those_of_the_fiche(depot: Path, lancer: Lancer) -> None:
    replace(
        depot,
        "data/fiches/fiche-09.yaml",
        "  phases:\n    - {phase: phase-1, debut: 2020, fin: 2021}\n    - {phase: phase-2, debut: 2021, fin: 2022}",
        "  debut: 2020\n  fin: 2022",
    )
    ask = ("--dossier", depot, "fiches", "--commune", "saint-apollinaire", "--format", "json", "--annee")
    assert list(indeterminees(as_json(lancer(*ask, "2021"), "fiches"))) == [9]
    assert as_json(lancer(*ask, "2023"), "fiches") == []


# Forms


def test_csv_and_markdown(lancer: Lancer) -> None:
    rows = as_csv(asked(lancer, "fiches --format csv --commune quetigny --annee 2021"))
    assert [row["numero"] for row in rows] == ["1", "3", "4", "5", "6", "7", "8", "9", "10"]
    assert (rows[-1]["correspondance"], rows[-1]["debut"]) == ("indéterminé", "")
    assert rows[0]["porteurs"].startswith("Dijon métropole ; Communes du contrat de ville ; ")
    assert (
        asked(lancer, "fiches --format md --porteur ars").stdout.splitlines()[2].startswith("| 6 | FAVORISER L’ACCÈS")
    )


@pytest.mark.parametrize("line", ["", "--acteur etat", "--porteur longvic", "--commune quetigny --annee 2021"])
def test_no_line_of_a_pipe_is_wider_than_80(line: str) -> None:
    printed = piped("--dossier", CHECKOUT, "fiches", *line.split()).stdout.decode()
    assert max(map(len, printed.splitlines())) <= 80

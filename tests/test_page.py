"""What precedes the document in the page, what its filter asks, and its drawings."""

import re

import pytest
from msgspec.structs import replace

from conftest import CHECKOUT
from protocole_cli.loading.git import Version
from protocole_cli.loading.repository import load
from protocole_cli.model.gouvernance import GOUVERNANCE_ABSENTE, Colonne, Gouvernance, Instance, Reunion
from protocole_cli.model.protocole import Protocole
from protocole_cli.rendering.build_document import build_document
from protocole_cli.rendering.build_page import Reperes, build_reperes
from protocole_cli.rendering.html_page import html
from protocole_cli.rendering.scheme_drawing import LARGEUR, draw_scheme
from protocole_cli.validation.schema import explain


@pytest.fixture(scope="module")
def ours() -> Protocole:
    return load(CHECKOUT, explain).protocole


@pytest.fixture(scope="module")
def reperes(ours: Protocole) -> Reperes:
    return build_reperes(ours)


def test_the_facts_of_a_fiche_with_phases_say_where_and_when_together(reperes: Reperes) -> None:
    first, second = reperes.faits["fiche-9"].portees.split("|")
    assert first.startswith("commune:dijon ")
    assert "commune:saint-apollinaire" in first
    assert first.endswith(" 2020 2021")
    assert second.endswith(" 2021 2022")


def test_a_fiche_without_years_may_take_place_in_each(reperes: Reperes) -> None:
    assert reperes.faits["fiche-10"].annees == "2019? 2020? 2021? 2022? 2023? 2024? 2025?"


def test_an_action_without_a_place_may_be_anywhere(ours: Protocole) -> None:
    nowhere = replace(ours, fiches=(replace(ours.fiches[0], echelle=None, porteurs=None),))
    faits = build_reperes(nowhere).faits["fiche-1"]
    assert faits.portees.startswith("lieu? 2019 ")
    assert faits.acteurs.endswith(" acteur?")


# The ways in


def test_places_that_the_same_fiches_reach_stand_together(reperes: Reperes) -> None:
    dijon, _, longvic = reperes.communes[:3]
    assert [[lieu.nom for lieu in groupe.lieux] for groupe in dijon] == [["Dijon", "Les Grésilles", "Fontaine d’Ouche"]]
    assert [[lieu.nom for lieu in groupe.lieux] for groupe in longvic] == [
        ["Longvic", "Le Bief du moulin"],
        ["Guynemer"],
    ]
    assert 2 not in longvic[1].fiches


def test_all_who_sign_are_there_even_without_a_fiche(ours: Protocole, reperes: Reperes) -> None:
    assert {a.acteur.id for a in reperes.signataires} == {partie.acteur for partie in ours.parties}
    assert {a.acteur.id: a.fiches for a in reperes.signataires}["rectorat-de-dijon"] == ()
    assert {a.acteur.id: a.par_collectif for a in reperes.signataires}["orvitis"] == (1, 2, 6)


def test_the_conseils_citoyens_find_their_bodies(reperes: Reperes) -> None:
    assert reperes.conseils_citoyens is not None
    assert len(reperes.conseils_citoyens.instances) == 4


def test_a_territory_without_conseils_citoyens_has_no_door_for_them(ours: Protocole) -> None:
    others = tuple(a for a in ours.acteurs if a.id != "conseils-citoyens")
    assert build_reperes(replace(ours, acteurs=others)).conseils_citoyens is None


def test_the_time_line_is_drawn_in_percents(reperes: Reperes) -> None:
    calendrier = reperes.calendrier
    assert calendrier is not None
    assert [(a.nom, a.x) for a in calendrier.annees[:2]] == [("2019", "0.00%"), ("2020", "14.29%")]
    by_number = {ligne.numero: ligne for ligne in calendrier.lignes}
    assert [(b.x, b.largeur) for b in by_number[1].barres] == [("0.00%", "100.00%")]
    assert by_number[9].annees == "Phase 1 : 2020-2021 ; Phase 2 : 2021-2022"
    assert by_number[10].annees == "le texte ne donne pas d’années"
    assert by_number[10].barres == ()


def test_an_empty_protocole_has_a_page() -> None:
    nothing = Protocole()
    assert build_reperes(nothing).calendrier is None
    assert "<h1>" in "".join(html(build_document(nothing, Version(), ""), nothing, CHECKOUT))


# Links and anchors


def test_every_rubrique_leads_to_itself_so_that_it_can_be_cited(ours: Protocole) -> None:
    page = "".join(html(build_document(ours, Version(), ""), ours, CHECKOUT))
    rubriques = re.findall(r'<section id="([^"]+)" class="rubrique">\n<h5><a href="#([^"]+)">', page)
    assert len(rubriques) == page.count('class="rubrique"') > 100
    assert all(anchor == link for anchor, link in rubriques)


def test_fiches_actors_and_bodies_lead_to_each_other(reperes: Reperes) -> None:
    links = {ancre: [renvoi.ancre for renvoi in renvois] for ancre, renvois in reperes.renvois.items()}
    assert {"acteur-caf", "fiche-6", "fiche-8"} <= set(links["fiche-7"])
    assert links["article-3-2"] == ["instance-comite-de-pilotage"]
    assert links["instance-comite-de-pilotage"] == ["article-3-2"]
    assert links["fiche-1"][-1] == "fiche-2"


def test_links_inside_the_document_add_no_word_to_it(ours: Protocole) -> None:
    """Their names are in an attribute: what is copied from the page is the text that is signed."""
    page = "".join(html(build_document(ours, Version(), ""), ours, CHECKOUT))
    found = re.findall(r'<p class="renvois">(.*?)</p>', page)
    assert len(found) > 15
    assert {re.sub(r"<[^>]*>", "", renvois).strip() for renvois in found} == {""}


# The drawing of the scheme


def test_the_scheme_has_a_column_of_boxes_each(reperes: Reperes) -> None:
    schema = reperes.schema
    assert schema is not None
    assert [len(colonne.boites) for colonne in schema.colonnes] == [3, 3, 4, 4]
    assert schema.instances == 10
    for colonne in schema.colonnes:
        for above, below in zip(colonne.boites, colonne.boites[1:], strict=False):
            assert above.y + above.hauteur < below.y


def test_long_names_are_broken_between_words_and_stay_in_their_box() -> None:
    gouvernance = Gouvernance(
        titre="Schéma de la gouvernance",
        colonnes=(Colonne(id="a", nom="A"),),
        instances=(
            Instance(
                id="i",
                nom="Réunion des représentants des conseils citoyens",
                colonne="a",
                reunions=(Reunion(texte="1 fois / an"),),
            ),
        ),
    )
    schema = draw_scheme(gouvernance)
    assert schema is not None
    boite = schema.colonnes[0].boites[1]
    assert [ligne.texte for ligne in boite.lignes] == [
        "Réunion des",
        "représentants des",
        "conseils citoyens",
        "1 fois / an",
    ]
    assert all(boite.y < ligne.y < boite.y + boite.hauteur for ligne in boite.lignes)
    assert (schema.largeur, schema.hauteur) == (LARGEUR, boite.y + boite.hauteur)


def test_no_columns_no_drawing() -> None:
    assert draw_scheme(GOUVERNANCE_ABSENTE) is None

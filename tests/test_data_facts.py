"""The facts of the 2019 text, as counted by hand in its inventory, read from the model."""

from collections import Counter

import pytest

from conftest import CHECKOUT
from protocole_cli.model.fiche import RUBRIQUES, Engagement, Fiche
from protocole_cli.model.protocole import Protocole
from protocole_cli.validation.check import Report, validate


@pytest.fixture(scope="module")
def report() -> Report:
    return validate(CHECKOUT, fiches=True)


@pytest.fixture(scope="module")
def protocole(report: Report) -> Protocole:
    return report.loaded.protocole


def fiche(protocole: Protocole, numero: int) -> Fiche:
    """Return a fiche by its number."""
    return next(f for f in protocole.fiches if f.numero == numero)


def engagements(protocole: Protocole) -> dict[str, Engagement]:
    """Return all promises by the names that the inventory gives them: F3-4 is the fourth of fiche 3."""
    return {f"F{f.numero}-{n}": e for f in protocole.fiches for n, e in enumerate(f.engagements, 1)}


# The whole


def test_the_data_is_sound_and_gets_the_warnings_that_the_text_deserves(report: Report) -> None:
    assert report.erreurs == 0
    assert report.loaded.fautifs == frozenset()
    assert len(report.loaded.lus) == 16
    assert [(d.position.fichier, d.regle) for d in report.diagnostics] == [
        ("data/fiches/fiche-01.yaml", "calendrier-hors-periode"),
        ("data/fiches/fiche-02.yaml", "engagement-sans-auteur"),
        ("data/fiches/fiche-03.yaml", "sigle-inconnu"),
        ("data/fiches/fiche-03.yaml", "sigle-inconnu"),
        ("data/fiches/fiche-03.yaml", "engagement-vide"),
        ("data/fiches/fiche-03.yaml", "annees-hors-calendrier"),
        ("data/fiches/fiche-04.yaml", "sigle-inconnu"),
        ("data/fiches/fiche-06.yaml", "sigle-inconnu"),
        ("data/fiches/fiche-06.yaml", "sigle-inconnu"),
        ("data/fiches/fiche-06.yaml", "engagement-sans-auteur"),
        ("data/fiches/fiche-08.yaml", "sigle-inconnu"),
        ("data/fiches/fiche-08.yaml", "engagement-sans-auteur"),
        ("data/fiches/fiche-08.yaml", "engagement-sans-auteur"),
        ("data/fiches/fiche-09.yaml", "commune-sans-qpv"),
        ("data/fiches/fiche-10.yaml", "engagement-sans-auteur"),
        ("data/fiches/fiche-10.yaml", "engagement-sans-auteur"),
        ("data/fiches/fiche-10.yaml", "engagement-sans-auteur"),
        ("data/gouvernance.yaml", "sigle-inconnu"),
        ("data/parties.yaml", "sigle-inconnu"),
        ("data/protocole.yaml", "sigle-inconnu"),
    ]


def test_title_period_and_territory(protocole: Protocole) -> None:
    corps = protocole.corps
    assert corps.titre == "PROTOCOLE D’ENGAGEMENTS RÉCIPROQUES ET RENFORCÉS"
    assert corps.periode is not None
    assert (corps.periode.debut, corps.periode.fin) == (2019, 2022)
    assert corps.territoire == "Dijon métropole"


# Parties

LISTE = [
    ("etat", "Bernard SCHMELTZ"),
    ("dijon-metropole", "François REBSAMEN"),
    ("region-bourgogne-franche-comte", "Marie-Guite DUFAY"),
    ("ville-de-dijon", "François REBSAMEN"),
    ("ville-de-chenove", "Thierry FALCONNET"),
    ("ville-de-longvic", "José ALMEIDA"),
    ("ville-de-quetigny", "Rémi DETANG"),
    ("ville-de-talant", "Gilbert MENUT"),
    ("ministere-de-la-justice", "Eric MATHAIS"),
    ("rectorat-de-dijon", "Nathalie ALBERT-MORETTI"),
    ("ars-bourgogne-franche-comte", "Pierre PRIBILE"),
    ("caf", "Caroline MICHAL"),
    ("pole-emploi", "Jean-François LOCATELLI"),
    ("caisse-des-depots", "Antoine BREHARD"),
    ("grand-dijon-habitat", "Hamid EL HASSOUNI"),
    ("orvitis", "Xavier DUGOURD"),
    ("habellis", "Marcel ELIAS"),
    ("cdc-habitat-social", "Hervé SILBERSTEIN"),
    ("icf-sud-est", "Patrick AMICO"),
]


def test_there_are_19_parties_and_18_people(protocole: Protocole) -> None:
    assert len(protocole.parties) == 19
    assert len({p.acteur for p in protocole.parties}) == 19
    people = Counter(p.signature.nom for p in protocole.parties)
    assert len(people) == 18
    assert people["François REBSAMEN"] == 2


def test_the_order_of_the_list(protocole: Protocole) -> None:
    parties = sorted(protocole.parties, key=lambda p: p.liste.rang)
    assert [p.liste.rang for p in parties] == list(range(1, 20))
    assert [(p.acteur, p.signature.nom) for p in parties] == LISTE


def test_the_order_of_the_signatures_has_chenove_before_dijon(protocole: Protocole) -> None:
    parties = sorted(protocole.parties, key=lambda p: p.signature.rang)
    assert [p.signature.rang for p in parties] == list(range(1, 20))
    listed = [acteur for acteur, _ in LISTE]
    assert [p.acteur for p in parties] == [*listed[:3], "ville-de-chenove", "ville-de-dijon", *listed[5:]]


def test_both_wordings_of_a_party_are_kept_with_their_typos(protocole: Protocole) -> None:
    by_actor = {p.acteur: p for p in protocole.parties}
    assert "représentée son Directeur" in " ".join(by_actor["ars-bourgogne-franche-comte"].liste.texte.split())
    assert "Côte-D’Or" in by_actor["caf"].liste.texte
    assert "Caroline Michal" in " ".join(by_actor["caf"].liste.texte.split())
    assert by_actor["caf"].signature.pour == "Pour la Caisse d'allocations familiales de Côte-d'Or,"
    assert by_actor["region-bourgogne-franche-comte"].signature.pour == (
        "Pour le Conseil régional de Bourgogne-Franche-Comté,"
    )
    assert by_actor["icf-sud-est"].signature.pour == "Pour ICF Sud-est,"


def test_no_habilitation_is_known(protocole: Protocole) -> None:
    assert [p.acteur for p in protocole.parties if p.habilitation is not None] == []


# Body


def test_there_are_8_visas_with_the_dates_that_they_give(protocole: Protocole) -> None:
    assert [visa.dates for visa in protocole.corps.visas] == [
        ("2014-02-21",),
        ("2017-01-27",),
        ("2015-07-06",),
        ("2019-03-15",),
        ("2018-07-16",),
        ("2019-01-22",),
        (),
        ("2018",),
    ]
    assert all(visa.texte.startswith("VU l") for visa in protocole.corps.visas)


def test_there_are_5_articles_with_their_sections(protocole: Protocole) -> None:
    articles = protocole.corps.articles
    assert [a.numero for a in articles] == [1, 2, 3, 4, 5]
    assert [len(a.sections) for a in articles] == [0, 0, 5, 5, 0]
    assert [s.numero for s in articles[2].sections] == [1, 2, 3, 4, 5]
    assert [s.numero for s in articles[3].sections] == [None] * 5
    assert [s.titre for s in articles[3].sections] == [
        "L'EMPLOI",
        "L'ÉGALITÉ FEMMES/HOMMES",
        "LA JEUNESSE",
        "LA LUTTE CONTRE LA PRÉCARITÉ",
        "LA SÉCURITÉ ET LA PRÉVENTION DE LA DÉLINQUANCE",
    ]


def test_the_only_note_stands_at_its_call(protocole: Protocole) -> None:
    texts = [s.texte for a in protocole.corps.articles for s in a.sections]
    (noted,) = [text for text in texts if "[^" in text]
    assert 'fondamentaux"[^1]' in " ".join(noted.split())
    assert "[^1]: Joseph Wresinski au Conseil économique et social, en février 1987" in noted


def test_the_sections_of_article_3_describe_five_bodies(protocole: Protocole) -> None:
    assert [s.instance for s in protocole.corps.articles[2].sections] == [
        "reunion-des-elus",
        "comite-de-pilotage",
        "comite-technique",
        "mous",
        "groupes-techniques",
    ]


def test_the_rubriques_are_the_eleven_in_their_order(protocole: Protocole) -> None:
    assert tuple(r.cle for r in protocole.corps.rubriques) == RUBRIQUES


# Territory


def test_there_are_5_qpv_and_2_qva(protocole: Protocole) -> None:
    assert [(q.nature, q.nom, q.commune) for q in protocole.quartiers] == [
        ("qpv", "Le mail", "chenove"),
        ("qpv", "Les Grésilles", "dijon"),
        ("qpv", "Fontaine d’Ouche", "dijon"),
        ("qpv", "Le Bief du moulin", "longvic"),
        ("qpv", "Le Belvédère", "talant"),
        ("qva", "Guynemer", "longvic"),
        ("qva", "Le Centre-ville", "quetigny"),
    ]
    assert {q.code_qp for q in protocole.quartiers} == {""}, "the codes were not found: none is made up"


def test_there_are_8_communes_5_of_them_in_the_contrat_de_ville(protocole: Protocole) -> None:
    assert {c.nom: c.code_insee for c in protocole.communes if c.contrat_de_ville} == {
        "Dijon": "21231",
        "Chenôve": "21166",
        "Longvic": "21355",
        "Quetigny": "21515",
        "Talant": "21617",
    }
    assert {c.nom: c.code_insee for c in protocole.communes if not c.contrat_de_ville} == {
        "Saint-Apollinaire": "21540",
        "Marsannay-la-Côte": "21390",
        "Chevigny-Saint-Sauveur": "21171",
    }


def test_quetigny_has_no_qpv_and_so_no_part_in_fiche_2(protocole: Protocole) -> None:
    echelle = fiche(protocole, 2).echelle
    assert echelle is not None
    assert (echelle.natures, echelle.quartiers, echelle.communes, echelle.toutes_communes) == (("qpv",), (), (), False)
    assert {q.commune for q in protocole.quartiers if q.nature == "qpv"} == {"chenove", "dijon", "longvic", "talant"}


@pytest.mark.parametrize("numero", [1, 3, 4, 5, 6, 7, 8, 10])
def test_the_other_fiches_but_one_are_for_all_neighbourhoods(protocole: Protocole, numero: int) -> None:
    echelle = fiche(protocole, numero).echelle
    assert echelle is not None
    assert (echelle.natures, echelle.quartiers, echelle.communes, echelle.phases) == (("qpv", "qva"), (), (), ())


def test_fiche_9_is_for_eight_communes_then_for_all(protocole: Protocole) -> None:
    echelle = fiche(protocole, 9).echelle
    assert echelle is not None
    assert (echelle.natures, echelle.communes, echelle.toutes_communes) == ((), (), False)
    first, second = echelle.phases
    assert set(first.communes) == {c.id for c in protocole.communes}
    assert (first.toutes_communes, second.communes, second.toutes_communes) == (False, (), True)


# Governance


def test_there_are_10_bodies_11_frequencies_and_7_groups(protocole: Protocole) -> None:
    instances = protocole.gouvernance.instances
    assert len(instances) == 10
    assert sum(len(i.reunions) for i in instances) == 11
    assert [g.nom for i in instances for g in i.groupes] == [
        "Santé/CLS",
        "Éducation",
        "Rénovation urbaine",
        "Développement économique, emploi, insertion",
        "Culture",
        "GUSP",
        "Tranquillité publique médiation",
    ]


def test_there_are_21_missions_with_an_arrow_and_2_without(protocole: Protocole) -> None:
    instances = protocole.gouvernance.instances
    missions = [m for i in instances for r in i.reunions for m in r.missions]
    missions += [m for i in instances for g in i.groupes for m in g.missions]
    assert sum(m.fleche for m in missions) == 21
    assert [m.texte for m in missions if not m.fleche] == [
        "Suivi droit commun Créativ’, Pôle Emploi, Mission Locale",
        "Abbatement TFPB",
    ]


def test_the_frequencies_are_numbers(protocole: Protocole) -> None:
    assert [
        (i.id, r.par_an and (r.par_an.min, r.par_an.max), r.unite, r.mois)
        for i in protocole.gouvernance.instances
        for r in i.reunions
    ] == [
        ("reunion-des-representants-des-conseils-citoyens", (1, 1), "instance", ()),
        ("comite-de-pilotage", (1, 1), "instance", (10,)),
        ("reunion-des-elus", (4, 4), "instance", ()),
        ("journee-des-conseils-citoyens", (1, 1), "instance", ()),
        ("reunion-des-conseils-citoyens-communaux", (4, 4), "indeterminee", ()),
        ("comite-technique-etat", (6, 6), "instance", ()),
        ("comite-technique", (1, 1), "instance", ()),
        ("mous", (12, 12), "instance", ()),
        ("mous", (6, 6), "instance", ()),
        ("groupes-techniques", (4, 4), "groupe", ()),
        ("comite-de-pilotage-des-services-de-l-etat", (1, 2), "instance", ()),
    ]


def test_every_column_is_marked_as_inferred(protocole: Protocole) -> None:
    assert [i.id for i in protocole.gouvernance.instances if not i.colonne_deduite] == []
    assert [c.nom for c in protocole.gouvernance.colonnes] == [
        "ÉTAT",
        "COLLECTIVITÉS",
        "CONSEILS CITOYENS",
        "COPILOTAGE",
    ]


# Fiches


def test_there_are_10_fiches_with_all_eleven_rubriques(protocole: Protocole) -> None:
    assert [f.numero for f in protocole.fiches] == list(range(1, 11))
    assert [(f.numero, cle) for f in protocole.fiches for cle in RUBRIQUES if not getattr(f, cle)] == []


def test_only_fiche_7_words_a_label_its_own_way_and_only_fiche_10_has_a_rubrique_more(protocole: Protocole) -> None:
    own = {f.numero: cle for f in protocole.fiches for cle in RUBRIQUES if getattr(f.libelles, cle)}
    assert own == {7: "objectif_general"}
    assert fiche(protocole, 7).libelles.objectif_general == "Objectifs généraux"
    assert {
        f.numero: [(r.intitule, r.apres) for r in f.autres_rubriques] for f in protocole.fiches if f.autres_rubriques
    } == {10: [("Dispositifs associés", "partenaires")]}


def test_the_porteurs_of_each_fiche(protocole: Protocole) -> None:
    region, metropole = "region-bourgogne-franche-comte", "dijon-metropole"
    assert {f.numero: set(f.porteurs.acteurs) for f in protocole.fiches if f.porteurs} == {
        1: {metropole, "communes", "splaad"},
        2: {metropole},
        3: {metropole, "etat", region},
        4: {region, metropole, "etat"},
        5: {"etat", metropole, region},
        6: {"etat", "ars-bourgogne-franche-comte", metropole},
        7: {"etat", "education-nationale", "ddcs", "caf", "communes"},
        8: {"etat", "collectivites"},
        9: {"etat", metropole} | {c.acteur for c in protocole.communes},
        10: {"parquet", "cabinet-du-prefet", metropole, "communes"},
    }


def test_the_collectives_of_the_fiches_have_the_members_that_the_text_lets_know(protocole: Protocole) -> None:
    members = {a.id: a.membres for a in protocole.acteurs if a.nature == "collectif"}
    assert set(members["communes"]) == {c.acteur for c in protocole.communes if c.contrat_de_ville}
    assert set(members["bailleurs"]) == {acteur for acteur, _ in LISTE[-5:]}
    assert {m for name, m in members.items() if name not in {"communes", "bailleurs"}} == {()}


def test_the_years_of_each_calendar(protocole: Protocole) -> None:
    assert {f.numero: f.calendrier.bornes for f in protocole.fiches if f.calendrier} == {
        1: (2019, 2025),
        2: (2020, 2022),
        3: (2019, 2021),
        4: (2019, 2022),
        5: (2019, 2022),
        6: (2020, 2022),
        7: (2020, 2022),
        8: (2020, 2022),
        9: (2020, 2022),
        10: None,
    }


def test_two_calendars_have_phases_that_share_a_year(protocole: Protocole) -> None:
    assert {
        f.numero: [(p.debut, p.fin) for p in f.calendrier.phases]
        for f in protocole.fiches
        if f.calendrier and f.calendrier.phases
    } == {3: [(2019, 2020), (2020, 2021)], 9: [(2020, 2021), (2021, 2022)]}


# Promises

AUTEURS = {
    "F1-1": {"anru", "etat", "region-bourgogne-franche-comte", "communes"},
    "F1-2": {"communes", "bailleurs"},
    "F2-1": set(),
    "F3-1": {"etat"},
    "F3-2": {"region-bourgogne-franche-comte"},
    "F3-3": {"dijon-metropole"},
    "F3-4": {"caisse-des-depots"},
    "F4-1": {"region-bourgogne-franche-comte"},
    "F4-2": {"dijon-metropole"},
    "F4-3": {"etat"},
    "F5-1": {"etat"},
    "F5-2": {"dijon-metropole"},
    "F5-3": {"region-bourgogne-franche-comte"},
    "F5-4": {"entreprises"},
    "F6-1": set(),
    "F7-1": {"education-nationale"},
    "F7-2": {"dijon-metropole", "communes", "etat"},
    "F7-3": {"caf"},
    "F8-1": set(),
    "F8-2": set(),
    "F9-1": {"etat"},
    "F9-2": {"dijon-metropole"},
    "F10-1": set(),
    "F10-2": set(),
    "F10-3": set(),
}


def test_there_are_25_promises_and_these_are_their_authors(protocole: Protocole) -> None:
    assert [len(f.engagements) for f in protocole.fiches] == [2, 1, 4, 3, 4, 1, 3, 2, 2, 3]
    assert {name: set(e.acteurs) for name, e in engagements(protocole).items()} == AUTEURS


def test_17_have_an_author_and_words_1_no_words_7_no_author(protocole: Protocole) -> None:
    promises = engagements(protocole)
    assert sum(bool(e.acteurs and e.texte) for e in promises.values()) == 17
    assert [name for name, e in promises.items() if not e.texte] == ["F3-4"]
    assert [name for name, e in promises.items() if not e.acteurs] == [
        "F2-1", "F6-1", "F8-1", "F8-2", "F10-1", "F10-2", "F10-3",
    ]  # fmt: skip


def test_no_promise_has_an_amount_and_only_one_gives_years(protocole: Protocole) -> None:
    promises = engagements(protocole)
    assert [name for name, e in promises.items() if e.montant is not None] == []
    assert {name: (e.debut, e.fin) for name, e in promises.items() if e.debut or e.fin} == {"F3-2": (2019, 2021)}


def test_these_signatories_promise_nothing_in_their_own_name(protocole: Protocole) -> None:
    authors = {a for e in engagements(protocole).values() if e.texte for a in e.acteurs}
    assert [acteur for acteur, _ in LISTE if acteur not in authors] == [
        "ville-de-dijon",
        "ville-de-chenove",
        "ville-de-longvic",
        "ville-de-quetigny",
        "ville-de-talant",
        "ministere-de-la-justice",
        "rectorat-de-dijon",
        "ars-bourgogne-franche-comte",
        "pole-emploi",
        "caisse-des-depots",
        "grand-dijon-habitat",
        "orvitis",
        "habellis",
        "cdc-habitat-social",
        "icf-sud-est",
    ]


# Results


def test_no_result_has_a_target(protocole: Protocole) -> None:
    entries = [entry for f in protocole.fiches for entry in f.entries()]
    assert [e.texte for e in entries if e.cible is not None or e.nature == "cible"] == []


def test_the_results_of_each_fiche_by_nature(protocole: Protocole) -> None:
    assert {f.numero: dict(Counter(e.nature for e in f.entries())) for f in protocole.fiches} == {
        1: {"qualitatif": 1},
        2: {"qualitatif": 2},
        3: {"qualitatif": 2, "tendance": 1, "indicateur": 1},
        4: {"indicateur": 4},
        5: {"indicateur": 14, "qualitatif": 4},
        6: {"qualitatif": 2},
        7: {"qualitatif": 1, "tendance": 1},
        8: {"tendance": 1},
        9: {"qualitatif": 5, "indicateur": 3},
        10: {"tendance": 3, "qualitatif": 1},
    }


def test_the_six_results_of_fiche_5_answer_to_its_six_actions(protocole: Protocole) -> None:
    resultats = fiche(protocole, 5).resultats
    assert [r.action for r in resultats] == [1, 2, 3, 4, 5, 6]
    assert [len(r.details) for r in resultats] == [2] * 6
    assert len(fiche(protocole, 5).entries()) == 18


def test_only_one_result_gives_a_year(protocole: Protocole) -> None:
    dated = [(f.numero, e.echeance) for f in protocole.fiches for e in f.entries() if e.echeance is not None]
    assert dated == [(3, 2022)]


# Who sits where


def test_the_words_of_each_seat_stand_in_the_text(protocole: Protocole) -> None:
    for article in protocole.corps.articles:
        for section in article.sections:
            assert [s.texte for s in section.composition if s.texte not in " ".join(section.texte.split())] == []
    for instance in protocole.gouvernance.instances:
        said = [instance.nom, *(m.texte for r in instance.reunions for m in r.missions)]
        assert [s.texte for s in instance.composition if not any(s.texte in words for words in said)] == []


def test_who_sits_in_the_enlarged_mous(protocole: Protocole) -> None:
    """l. 287-289, in that order."""
    sections = {s.instance: s for a in protocole.corps.articles for s in a.sections}
    assert [s.acteurs for s in sections["mous"].composition if s.formation == "MOUS élargie"] == [
        ("etat",), ("prefecture",), ("ddcs",), ("ddt",), ("ud-direccte",), ("ars-bourgogne-franche-comte",), ("drac",),
        ("dsden",), ("dddfe",), ("caf",), ("region-bourgogne-franche-comte",), ("caisse-des-depots",), ("pole-emploi",),
    ]  # fmt: skip


def test_only_the_prefet_is_inferred_to_be_the_state(protocole: Protocole) -> None:
    seats = [s for a in protocole.corps.articles for section in a.sections for s in section.composition]
    assert [(s.texte, s.acteurs) for s in seats if s.deduit] == [
        ("le Préfet de la Côte-d’Or ou son représentant", ("etat",))
    ]


# What is the text's own, typos included


@pytest.mark.parametrize(
    ("numero", "words"),
    [
        (3, "Bourgogne-France-Comté"),
        (3, "SAS GUIDE -Pôle"),
        (4, "QPVQVA"),
        (4, "Clé@venir"),
        (5, "valorisation de soi…."),
        (8, "sans qualification sans formation"),
        (9, "Quetigny et Talant"),
        (9, "Nombre de réunion mise en place"),
        (9, "Chevigny- Saint-Sauveur"),
        (10, "cellules de suivi personnalisées"),
        (10, "pour lequels"),
        (10, "mise en oeuvre"),
        (10, "C.I.S.P.D."),
    ],
)
def test_the_typos_of_the_text_are_kept(numero: int, words: str) -> None:
    text = (CHECKOUT / f"data/fiches/fiche-{numero:02d}.yaml").read_text(encoding="utf-8")
    assert words in " ".join(text.split())

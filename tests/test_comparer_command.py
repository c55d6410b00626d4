"""`protocole comparer [AVANT] [APRÈS]`: what changed since a version, in the words of those who sign."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace as replace_in

from answers import as_csv, as_json, as_text
from conftest import CHECKOUT, Lancer, Reponse, replace
from programs import PROTOCOLE, committed, git
from protocole_cli.loading.files import Disk
from protocole_cli.loading.layout import fiche_file
from protocole_cli.loading.places import places_by_file
from protocole_cli.loading.repository import load
from protocole_cli.validation.schema import explain
from protocole_cli.versions.comparison import compare
from test_fingerprints import FACTS, NO_CHANGE, WORDS, protocole_of, rewrite, what_changes

MAUVAISES_ENTREES = CHECKOUT / "tests/mauvaises-entrees"
SANS_GIT = (
    "protocole : pas de version signée enregistrée : git ne donne aucune version de ce dossier. Ou il n’y est pas suivi, ou git "
    "manque, ou il refuse de le lire ; voyez ce que dit : git status\n"
)
SANS_VERSION_SIGNEE = (
    "protocole : pas de version signée enregistrée. Le jour où le texte est signé, étiquetez-le : "
    "git tag signe-AAAA-MM-JJ ; d’ici là, nommez la version à comparer : protocole comparer NOM\n"
)
Comparer = Callable[..., Reponse]


@pytest.fixture
def signe(depot: Path) -> Path:
    """Our data, committed and tagged as signed."""
    committed(depot)
    git(depot, "tag", "signe-2020-03-01")
    return depot


@pytest.fixture
def comparer(lancer: Lancer, depot: Path) -> Comparer:
    return lambda *arguments: lancer("--dossier", depot, "comparer", *arguments)


def lines(answer: Reponse) -> list[str]:
    """Return the lines of an answer after the sentence that sums it up, those of one change put together."""
    assert answer.code == 0
    return [" ".join(part.split()) for part in answer.stdout.split("\n\n")[1:]]


# « Qu’est-ce qui a changé depuis la version signée ? »


def test_nothing_was_signed_where_git_is_not_used(comparer: Comparer) -> None:
    assert comparer() == (1, "", SANS_GIT)


def test_nothing_was_signed_while_no_tag_says_so(depot: Path, comparer: Comparer) -> None:
    """The date of the text was left blank (l. 1641): no version of it is known to be signed."""
    committed(depot)
    git(depot, "tag", "relecture")
    assert comparer() == (1, "", SANS_VERSION_SIGNEE)


def test_nothing_has_changed_yet(signe: Path, comparer: Comparer) -> None:
    commit = git(signe, "rev-parse", "HEAD")
    assert as_text(comparer()) == (
        f"Rien n’a changé depuis la version signée « signe-2020-03-01 » ({commit[:10]}, commit du 1er mars 2020)."
    )


def test_three_changes_are_three_sentences(signe: Path, comparer: Comparer) -> None:
    replace(
        signe,
        "data/fiches/fiche-03.yaml",
        "    acteurs: [caisse-des-depots]\ncalendrier",
        "    acteurs: [caisse-des-depots]\n    texte: Apporter 50 000 € au lancement\n    montant: 50000\ncalendrier",
    )
    replace(signe, "data/fiches/fiche-02.yaml", "texte: 2020-2022", "texte: 2020-2023")
    replace(signe, "data/fiches/fiche-02.yaml", "fin: 2022", "fin: 2023")
    for _ in range(3):
        replace(signe, "data/parties.yaml", "José ALMEIDA", "Claude MARTIN")
    answer = comparer()
    assert " ".join(answer.stdout.split()).startswith("3 changements depuis la version signée « signe-2020-03-01 »")
    assert "Le texte que signent les parties a changé." in " ".join(answer.stdout.split())
    assert lines(answer) == [
        "Partie « Ville de Longvic » : représentant, nom : « José ALMEIDA » devient « Claude MARTIN » (à côté du texte) ; dans "
        "la liste : texte modifié ; dans la signature, nom : « José ALMEIDA » devient « Claude MARTIN » (data/parties.yaml:79) "
        "avant : « … représentée par son Maire, M. José ALMEIDA, » "
        "après : « … représentée par son Maire, M. Claude MARTIN, »",
        "Fiche 2, calendrier : « 2020-2022 » devient « 2020-2023 » ; fin : 2022 devient 2023 (à côté du texte) (data/fiches/fiche-02.yaml:39)",
        "Fiche 3, engagement F3-4 (Caisse des dépôts et consignations de Bourgogne-Franche-Comté) : texte ajouté ; montant en "
        "euros : 50 000 (n’était pas noté) (à côté du texte) (data/fiches/fiche-03.yaml:87) après : « Apporter 50 000 € au lancement »",
    ]


@pytest.mark.parametrize("change", NO_CHANGE.values(), ids=NO_CHANGE)
def test_the_form_of_the_files_is_no_change(signe: Path, comparer: Comparer, change: Callable[[str], str]) -> None:
    rewrite(signe, change)
    assert as_text(comparer()).startswith("Rien n’a changé")


# Each kind of change


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("data/protocole.yaml", "debut: 2019,", "debut: 2020,"), "Période : début : 2019 devient 2020 (à côté du texte signé) (data/protocole.yaml:6)"),
        (("data/protocole.yaml", "libelle: Constats", "libelle: Les constats"), "Libellé de la rubrique « Constats » : « Constats » devient « Les constats » (data/protocole.yaml:437)"),
        (("data/protocole.yaml", "dates: [2014-02-21]", "dates: [2014-02-22]"), "Visa 1 : dates : 21 février 2014 n’y est plus, 22 février 2014 s’y ajoute (à côté du texte signé) (data/protocole.yaml:16)"),
        (("data/acteurs.yaml", "    sigle: CAF\n", ""), "Organisme « Caisse d’allocations familiales de Côte-d’Or » : sigle : « CAF » (n’est plus noté) (à côté du texte signé) (data/acteurs.yaml:49)"),
        (("data/quartiers.yaml", "contrat_de_ville: true", "contrat_de_ville: false"), "Commune « Dijon » : dans le contrat de ville : oui devient non (à côté du texte signé) (data/quartiers.yaml:5)"),
        (("data/gouvernance.yaml", "{min: 12, max: 12}", "{min: 10, max: 12}"), "Instance « Maîtrise d’ouvrage et urbaine et sociale (MOUS) », réunion 1 : par an, au moins : 12 devient 10 (à côté du texte signé)"),
        (("data/fiches/fiche-05.yaml", "Renforcer l’accès", "Faciliter l’accès"), "Fiche 5, objectif général : texte modifié (data/fiches/fiche-05.yaml:13) avant : « Renforcer l’accès à l’emploi des populations … » après : « Faciliter l’accès à l’emploi des populations … »"),
        (("data/fiches/fiche-05.yaml", "acteurs: [entreprises]", "acteurs: [etat]"), "(à côté du texte signé)"),
        (("data/fiches/fiche-09.yaml", "phase-2, debut: 2021", "phase-2, debut: 2020"), "Fiche 9, calendrier, phase « Phase 2 » : début : 2021 devient 2020 (à côté du texte signé)"),
        (("data/fiches/fiche-10.yaml", "nature: tendance", "nature: qualitatif"), "Fiche 10, résultat R10-"),
        (("data/fiches/fiche-10.yaml", "    - Le SPIP\n", ""), "Fiche 10, partenaires : texte modifié"),
    ],
)  # fmt: skip
def test_a_change_is_told_where_it_is(signe: Path, comparer: Comparer, change: tuple[str, str, str], said: str) -> None:
    replace(signe, *change)
    (told,) = lines(comparer())
    assert said in told


def test_facts_alone_leave_the_signed_text_as_it_is(signe: Path, comparer: Comparer) -> None:
    replace(signe, "data/fiches/fiche-05.yaml", "  fin: 2022", "  fin: 2021")
    assert "Le texte que signent les parties est le même : seuls ont changé des faits notés à côté." in as_text(
        comparer()
    )


def test_a_fiche_that_came_and_one_that_went(signe: Path, comparer: Comparer) -> None:
    (signe / "data/fiches/fiche-10.yaml").unlink()
    shutil.copy(signe / "data/fiches/fiche-02.yaml", signe / "data/fiches/fiche-11.yaml")
    replace(signe, "data/fiches/fiche-11.yaml", "numero: 2", "numero: 11")
    assert lines(comparer()) == [
        "Fiche 11 : ajout (data/fiches/fiche-11.yaml:2) « GESTION URBAINE ET SOCIALE DE PROXIMITÉ »",
        "Fiche 10 : retrait (dans la version « signe-2020-03-01 », data/fiches/fiche-10.yaml:2) « PRÉVENIR ET LUTTER CONTRE LES INSÉCURITÉS ET INCIVILITÉS »",
    ]


def test_an_engagement_put_before_others_changes_none_of_them(signe: Path, comparer: Comparer) -> None:
    replace(
        signe,
        "data/fiches/fiche-07.yaml",
        "engagements:\n",
        "engagements:\n  - acteurs: [caf]\n    texte: Ouvrir une permanence (CAF)\n",
    )
    (change,) = lines(comparer())
    assert change.startswith("Fiche 7, engagement F7-1 (CAF) : ajout (data/fiches/fiche-07.yaml:")
    assert change.endswith("« Ouvrir une permanence (CAF) »")


def test_an_engagement_rewritten_is_one_change(signe: Path, comparer: Comparer) -> None:
    replace(signe, "data/fiches/fiche-07.yaml", "information des porteurs", "information chaque année des porteurs")
    (change,) = lines(comparer())
    assert "Fiche 7, engagement F7-3 (CAF) : texte modifié" in change
    assert "après : « Co-financement des CLAS et information chaque année des porteurs de projets CLAS" in change


def test_a_visa_moved_is_told_as_moved(signe: Path, comparer: Comparer) -> None:
    fichier = signe / "data/protocole.yaml"
    text = fichier.read_text(encoding="utf-8")
    start = text.index("  - texte: |", text.index("visas:"))
    second = text.index("  - texte: |", start + 1)
    third = text.index("  - texte: |", second + 1)
    fichier.write_text(text[:start] + text[second:third] + text[start:second] + text[third:], encoding="utf-8")
    (change,) = lines(comparer())
    assert change.startswith(
        "Visa 1 : déplacement (était au rang 2) (data/protocole.yaml:14) « VU la Loi relative à l’égalité"
    )


def test_an_identifier_renamed_everywhere_is_one_fact(signe: Path, comparer: Comparer) -> None:
    for fichier in (signe / "data").rglob("*.yaml"):
        text = fichier.read_text(encoding="utf-8")
        fichier.write_text(re.sub(r"\bpole-emploi\b", "france-travail", text), encoding="utf-8")
    answer = comparer()
    assert "seuls ont changé des faits notés à côté" in " ".join(answer.stdout.split())
    assert lines(answer) == [
        "Organisme « Pôle emploi » : identifiant : « pole-emploi » devient « france-travail » (à côté du texte signé) "
        "(data/acteurs.yaml:54)"
    ]


def test_a_fiche_with_another_number_is_the_same_fiche(signe: Path, comparer: Comparer) -> None:
    (signe / "data/fiches/fiche-10.yaml").rename(signe / "data/fiches/fiche-11.yaml")
    replace(signe, "data/fiches/fiche-11.yaml", "numero: 10", "numero: 11")
    (change,) = lines(comparer())
    assert change == "Fiche 11, numéro : 10 devient 11 (data/fiches/fiche-11.yaml:2)"


def renumbered(racine: Path, later: dict[int, int]) -> None:
    """Give fiches, by their numbers, other ones."""
    texts = {n: (racine / fiche_file(n)).read_text(encoding="utf-8") for n in later}
    for n in later:
        (racine / fiche_file(n)).unlink()
    for n, text in texts.items():
        other = text.replace(f"numero: {n}\n", f"numero: {later[n]}\n", 1)
        (racine / fiche_file(later[n])).write_text(other, encoding="utf-8")


def put_in(racine: Path, numero: int, source: int) -> dict[int, int]:
    """Put a fiche like another, but for its title, among those of our data; return the later numbers of those that follow."""
    later = {n: n + 1 for n in range(numero, 11)}
    renumbered(racine, later)
    shutil.copy(racine / fiche_file(source), racine / fiche_file(numero))
    replace(racine, fiche_file(numero), f"numero: {source}", f"numero: {numero}")
    replace(racine, fiche_file(numero), "titre: ", "titre: AUTREMENT ")
    return later


def said_of_numbers(later: dict[int, int]) -> list[str]:
    return [
        f"Fiche {later[n]}, numéro : {n} devient {later[n]} ({fiche_file(later[n])}:2)"
        for n in sorted(later, key=later.__getitem__)
    ]


def test_a_fiche_put_among_the_others_gives_them_another_number_and_no_more(signe: Path, comparer: Comparer) -> None:
    later = put_in(signe, 4, source=3)
    assert lines(comparer()) == [
        f"Fiche 4 : ajout ({fiche_file(4)}:2) « AUTREMENT SOUTENIR LA CRÉATION ET LA REPRISE D’ENTREPRISE OU D’ACTIVITÉS »",
        *said_of_numbers(later),
    ]


def test_a_fiche_taken_out_of_the_others_too(signe: Path, comparer: Comparer) -> None:
    (signe / fiche_file(4)).unlink()
    later = {n: n - 1 for n in range(5, 11)}
    renumbered(signe, later)
    *numbers, gone = lines(comparer())
    assert numbers == said_of_numbers(later)
    assert gone.startswith("Fiche 4 : retrait (dans la version « signe-2020-03-01 »")


def test_two_fiches_that_change_places_are_told_by_their_numbers(signe: Path, comparer: Comparer) -> None:
    later = {2: 7, 7: 2}
    renumbered(signe, later)
    assert lines(comparer()) == said_of_numbers(later)


def test_a_fiche_with_another_title_and_number_is_known_by_its_words(signe: Path, comparer: Comparer) -> None:
    later = put_in(signe, 6, source=2)
    replace(signe, fiche_file(7), "titre: ", "titre: MIEUX ")
    came, number, title, *rest = lines(comparer())
    assert came.startswith("Fiche 6 : ajout")
    assert number == f"Fiche 7, numéro : 6 devient 7 ({fiche_file(7)}:2)"
    assert title.startswith("Fiche 7, titre : ")
    assert [number, *rest] == said_of_numbers(later)


@given(st.lists(st.integers(0, 9), unique=True))
def test_fiches_are_known_whatever_is_taken_out_and_however_the_others_are_numbered(kept: list[int]) -> None:
    was = load(CHECKOUT, explain)
    fiches = tuple(replace_in(was.protocole.fiches[rank], numero=n) for n, rank in enumerate(kept, 1))
    now = replace_in(was, protocole=replace_in(was.protocole, fiches=fiches))
    told = compare(was, now, places_by_file(Disk(CHECKOUT))).changements
    assert [(change.route, change.avant, change.apres) for change in told if change.nature == "modification"] == [
        (("fiches", n, "numero"), rank + 1, n) for n, rank in enumerate(kept, 1) if n != rank + 1
    ]
    assert {change.route[1] for change in told if change.nature == "retrait"} == {*range(1, 11)} - {r + 1 for r in kept}
    assert {change.nature for change in told} <= {"modification", "retrait"}


def test_labels_that_went_are_told_where_they_were(signe: Path, comparer: Comparer) -> None:
    replace(signe, fiche_file(7), "libelles:\n  objectif_general: Objectifs généraux\n", "")
    assert lines(comparer()) == [
        f"Fiche 7, libellés propres : retrait (dans la version « signe-2020-03-01 », {fiche_file(7)}:81)"
    ]


def test_titles_that_change_places_are_told_as_titles(signe: Path, comparer: Comparer) -> None:
    titles = {n: re.search(r"(?m)^titre: .*$", (signe / fiche_file(n)).read_text(encoding="utf-8")) for n in (2, 7)}
    for n, other in ((2, titles[7]), (7, titles[2])):
        assert other
        chemin = signe / fiche_file(n)
        chemin.write_text(re.sub(r"(?m)^titre: .*$", other[0], chemin.read_text(encoding="utf-8")), encoding="utf-8")
    assert [change.partition(" : ")[0] for change in lines(comparer())] == ["Fiche 2, titre", "Fiche 7, titre"]


def test_a_fiche_half_rewritten_is_not_taken_for_a_stranger_with_its_number(signe: Path, comparer: Comparer) -> None:
    renumbered(signe, {n: n + 1 for n in range(4, 11)})
    shutil.copy(MAUVAISES_ENTREES / "fiche-courte.yaml", signe / fiche_file(4))
    replace(signe, fiche_file(4), "numero: 3", "numero: 4")
    fichier = signe / fiche_file(5)
    text = fichier.read_text(encoding="utf-8").replace("titre: ", "titre: MIEUX ", 1)
    fichier.write_text(
        re.sub(r"(?m)^constats: \|\n(?:  .*\n|\n)+", "constats: Tout a changé.\n", text), encoding="utf-8"
    )
    told = [change.partition(" : ")[0] for change in lines(comparer())]
    assert told[:4] == ["Fiche 4", "Fiche 5, numéro", "Fiche 5, titre", "Fiche 5, constats"]


def test_sections_without_numbers_are_told_as_moved(signe: Path, comparer: Comparer) -> None:
    fichier = signe / "data/protocole.yaml"
    head, tail = fichier.read_text(encoding="utf-8").split("\n  - numero: 3\n")
    article, rest = tail.split("\n  - numero: 4\n")
    before, first, second, *others = re.sub(r"(?m)^      - numero: \d\n        ", "      - ", article).split(
        "\n      - titre: "
    )
    article = "\n      - titre: ".join([before, second, first, *others])
    fichier.write_text(f"{head}\n  - numero: 3\n{article}\n  - numero: 4\n{rest}", encoding="utf-8")
    assert any("déplacement (était au rang " in change for change in lines(comparer()))


def test_a_phase_that_went_has_its_own_name_whatever_the_number_of_its_fiche(depot: Path, comparer: Comparer) -> None:
    replace(depot, fiche_file(2), "constats:", "phases:\n  - {id: phase-1, nom: Étude}\nconstats:")
    replace(depot, fiche_file(7), "constats:", "phases:\n  - {id: phase-1, nom: Travaux}\nconstats:")
    committed(depot)
    git(depot, "tag", "signe-2020-03-01")
    replace(depot, fiche_file(2), "phases:\n  - {id: phase-1, nom: Étude}\n", "")
    renumbered(depot, {2: 7, 7: 2})
    assert any(change.startswith("Fiche 7, phase « Étude » : retrait") for change in lines(comparer()))


def test_an_article_put_among_the_others_gives_them_another_number_and_no_more(signe: Path, comparer: Comparer) -> None:
    fichier = signe / "data/protocole.yaml"
    text = fichier.read_text(encoding="utf-8")
    for n in range(5, 1, -1):
        text = text.replace(f"\n  - numero: {n}\n", f"\n  - numero: {n + 1}\n")
    fichier.write_text(
        text.replace(
            "\n  - numero: 3\n", "\n  - numero: 2\n    titre: Des moyens\n    texte: Ils sont là.\n  - numero: 3\n"
        ),
        encoding="utf-8",
    )
    came, *numbers = lines(comparer())
    assert came.startswith("Article 2 : ajout")
    assert [change.partition(" (")[0] for change in numbers] == [
        f"Article {n + 1} : numéro : {n} devient {n + 1}" for n in range(2, 6)
    ]


CLUBS = """  - acteur: clubs-sportifs
    representant: {{civilite: M., nom: Jean DUPONT, qualite: Président}}
    liste: {{rang: {liste}, texte: "Les clubs sportifs, représentés par M. Jean DUPONT,"}}
    signature: {{rang: {signature}, pour: Pour les clubs sportifs, qualite: le Président, nom: Jean DUPONT}}
"""
"""One party more."""


def ranked(racine: Path, order: str, later: dict[int, int]) -> None:
    """Give the parties, by their ranks in one of their orders, other ones."""
    fichier = racine / "data/parties.yaml"
    text = fichier.read_text(encoding="utf-8")
    ranks = rf"(?<=    {order}:\n      rang: )\d+"
    fichier.write_text(re.sub(ranks, lambda rang: str(later.get(int(rang[0]), int(rang[0]))), text), encoding="utf-8")


def test_a_party_put_among_the_others_moves_none_of_them(signe: Path, comparer: Comparer) -> None:
    for order in ("liste", "signature"):
        ranked(signe, order, {n: n + 1 for n in range(3, 20)})
    replace(signe, "data/parties.yaml", "  - acteur: region", CLUBS.format(liste=3, signature=3) + "  - acteur: region")
    (change,) = lines(comparer())
    assert change.startswith("Partie « clubs-sportifs » : ajout (")


def test_ranks_with_gaps_are_other_ranks(signe: Path, comparer: Comparer) -> None:
    """Nothing moves on paper; yet the data is not the same, and neither is its fingerprint."""
    fichier = signe / "data/parties.yaml"
    text = fichier.read_text(encoding="utf-8")
    fichier.write_text(text.replace("liste:\n      rang: 19\n", "liste:\n      rang: 20\n"), encoding="utf-8")
    (change,) = lines(comparer())
    assert "rang : 19 devient 20" in change


def test_a_party_that_changes_places_is_told_with_those_that_make_way(signe: Path, comparer: Comparer) -> None:
    """The third becomes the first of the list; it signs where it did."""
    ranked(signe, "liste", {1: 2, 2: 3, 3: 1})
    told = " / ".join(lines(comparer()))
    assert told.count("dans la liste, rang : ") == 3
    assert "Partie « Région Bourgogne-Franche-Comté » : déplacement (était au rang 3)" in told
    assert "signature" not in told


def test_a_party_more_hides_none_that_moved(signe: Path, comparer: Comparer) -> None:
    """The new one signs first, and two others change places behind it, one at a rank that it had before."""
    ranked(signe, "signature", {1: 2, 2: 4, 3: 3, **{n: n + 1 for n in range(4, 20)}})
    ranked(signe, "liste", {n: n + 1 for n in range(3, 20)})
    replace(signe, "data/parties.yaml", "  - acteur: region", CLUBS.format(liste=3, signature=1) + "  - acteur: region")
    told = lines(comparer())
    assert sum("signature, rang : " in change for change in told) == 18
    assert any("Dijon métropole" in change and "rang : 2 devient 4" in change for change in told)
    assert not any("dans la liste, rang" in change for change in told)


def test_a_party_by_another_identifier_is_the_same_party(signe: Path, comparer: Comparer) -> None:
    for fichier in (signe / "data").rglob("*.yaml"):
        fichier.write_text(
            fichier.read_text(encoding="utf-8").replace("ville-de-longvic", "longvic-ville"), encoding="utf-8"
        )
    ranked(signe, "signature", {n: n + 1 for n in range(3, 20)})
    ranked(signe, "liste", {n: n + 1 for n in range(3, 20)})
    replace(signe, "data/parties.yaml", "  - acteur: region", CLUBS.format(liste=3, signature=3) + "  - acteur: region")
    told = lines(comparer())
    assert [change.partition(" (")[0] for change in told] == [
        "Organisme « Ville de Longvic » : identifiant : « ville-de-longvic » devient « longvic-ville »",
        "Partie « clubs-sportifs » : ajout",
    ]


def test_a_section_with_another_title_is_the_same_section(signe: Path, comparer: Comparer) -> None:
    replace(signe, "data/protocole.yaml", "      - numero: 5\n", "      - numero: 6\n")
    (change,) = lines(comparer())
    assert change.startswith("Article 3, § 6 : numéro : 5 devient 6 (data/protocole.yaml:")


@pytest.mark.parametrize(
    ("fichier", "avant", "apres"),
    [
        ("data/gouvernance.yaml", "colonne: copilotage", "colonne: etat"),
        ("data/fiches/fiche-10.yaml", "    forme: paragraphe\n", ""),
        ("data/parties.yaml", "rangee: 2", "rangee: 1"),
    ],
)
def test_a_fact_that_moves_words_of_the_document_is_told_as_such(
    signe: Path, comparer: Comparer, fichier: str, avant: str, apres: str
) -> None:
    replace(signe, fichier, avant, apres)
    assert "Le texte que signent les parties a les mêmes mots, mais sa disposition change." in as_text(comparer())


def test_parties_in_another_order_in_the_file_are_printed_as_before(signe: Path, comparer: Comparer) -> None:
    fichier = signe / "data/parties.yaml"
    head, *parties = fichier.read_text(encoding="utf-8").split("  - acteur: ")
    fichier.write_text("  - acteur: ".join([head, parties[1], parties[0], *parties[2:]]), encoding="utf-8")
    assert as_text(comparer()).startswith("Rien n’a changé")


def test_a_promise_taken_back_and_one_of_another_body_are_two_changes(signe: Path, comparer: Comparer) -> None:
    fichier = signe / "data/fiches/fiche-03.yaml"
    text = fichier.read_text(encoding="utf-8")
    text = text.replace("Engagement de la Caisse des Dépôts :", "Engagement de la CAF :")
    fichier.write_text(text.replace("acteurs: [caisse-des-depots]\ncal", "acteurs: [caf]\ncal"), encoding="utf-8")
    came, gone = lines(comparer())
    assert came.startswith("Fiche 3, engagement F3-4 (CAF) : ajout (data/fiches/fiche-03.yaml:87)")
    assert gone.startswith("Fiche 3, engagement F3-4 (Caisse des dépôts et consignations")
    assert ": retrait (dans la version « signe-2020-03-01 », data/fiches/fiche-03.yaml:87)" in gone


def test_the_same_body_promising_something_else_is_one_change(signe: Path, comparer: Comparer) -> None:
    replace(
        signe,
        "data/fiches/fiche-03.yaml",
        "texte: Soutien logistique et financier apporté aux acteurs de l’aide à la création d’entreprise.",
        "texte: Prêter douze locaux.",
    )
    (change,) = lines(comparer())
    assert "Fiche 3, engagement F3-3 (Dijon métropole) : texte modifié" in change


@pytest.mark.parametrize("apres", ["Renforcer\u00a0l’accès", "**Renforcer** l’accès", "Renforcer\n\n  l’accès"])
def test_words_that_stay_are_not_quoted_twice(signe: Path, comparer: Comparer, apres: str) -> None:
    replace(signe, "data/fiches/fiche-05.yaml", "Renforcer l’accès", apres)
    (change,) = lines(comparer())
    assert change == (
        "Fiche 5, objectif général : mise en forme modifiée (espaces, alinéas ou mots en relief), les mots restent "
        "(data/fiches/fiche-05.yaml:13)"
    )


def test_passages_far_apart_are_quoted_apart(signe: Path, comparer: Comparer) -> None:
    replace(signe, "data/fiches/fiche-10.yaml", "Dans chaque commune", "Dans toute commune")
    replace(signe, "data/fiches/fiche-10.yaml", "d'exécution des peines", "d'application des peines")
    (change,) = lines(comparer())
    assert change.count("avant : ") == change.count("après : ") == 2
    assert len(change) < 600


def test_a_phase_has_the_name_that_its_own_fiche_gives_it(signe: Path, comparer: Comparer) -> None:
    replace(signe, "data/fiches/fiche-10.yaml", "constats:", "phases:\n  - {id: phase-1, nom: Étude}\nconstats:")
    replace(signe, "data/fiches/fiche-09.yaml", "phase-1, debut: 2020", "phase-1, debut: 2019")
    assert any(line.startswith("Fiche 9, calendrier, phase « Phase 1 » :") for line in lines(comparer()))


def test_templates_of_the_repository_make_the_document_too(signe: Path, comparer: Comparer) -> None:
    said = "Les gabarits (templates/) ont changé aussi : le document peut ne plus dire la même chose."
    (signe / "templates").mkdir()
    (signe / "templates/fiche.md.j2").write_text("Les parties renoncent.\n", encoding="utf-8")
    assert said in as_text(comparer())
    committed(signe, "2021-05-04T12:00:00 +0000")
    assert said not in as_text(comparer("HEAD"))
    assert said in as_text(comparer("HEAD~1", "HEAD"))


def test_values_are_told_as_people_say_them(signe: Path, comparer: Comparer) -> None:
    replace(signe, "data/gouvernance.yaml", "mois: [10]", "mois: [6, 10]")
    replace(signe, "data/gouvernance.yaml", "colonne: copilotage", "colonne: etat")
    said = " ".join(lines(comparer()))
    assert "mois : juin s’y ajoute" in said
    assert "colonne : « COPILOTAGE » devient « ÉTAT »" in said
    assert "« etat »" not in said


# Held against the fingerprints


@pytest.mark.parametrize(("fichier", "avant", "apres"), [*FACTS.values(), *WORDS.values()], ids=[*FACTS, *WORDS])
def test_every_change_of_a_fingerprint_is_told(depot: Path, fichier: str, avant: str, apres: str) -> None:
    replace(depot, fichier, avant, apres)
    found = compare(load(CHECKOUT, explain), load(depot, explain), places_by_file(Disk(depot)))
    assert found.changements
    changed = what_changes(protocole_of(CHECKOUT), protocole_of(depot))
    assert found.texte_change is ("texte" in changed)
    assert found.texte_change is any(not change.fait for change in found.changements)


# Versions


def test_two_versions_are_compared_by_any_name(signe: Path, comparer: Comparer) -> None:
    first = git(signe, "rev-parse", "HEAD")
    replace(signe, "data/fiches/fiche-02.yaml", "texte: 2020-2022", "texte: 2020-2023")
    committed(signe, "2021-05-04T12:00:00 +0000")
    replace(signe, "data/fiches/fiche-02.yaml", "texte: 2020-2023", "texte: 2020-2024")
    said = as_text(comparer(first[:12], "HEAD"))
    assert said.startswith(
        f"1 changement depuis la version « {first[:12]} » ({first[:10]}, commit du 1er mars 2020) jusqu’à la version « HEAD » ("
    )
    assert "« 2020-2022 » devient « 2020-2023 »" in said
    assert "« 2020-2022 » devient « 2020-2024 »" in as_text(comparer())
    assert "« 2020-2023 » devient « 2020-2024 »" in as_text(comparer("HEAD"))
    assert "« 2020-2023 » devient « 2020-2022 »" in as_text(comparer("HEAD", "HEAD~1"))


def test_the_last_signed_version_is_taken(signe: Path, comparer: Comparer) -> None:
    replace(signe, "data/fiches/fiche-02.yaml", "texte: 2020-2022", "texte: 2020-2023")
    committed(signe, "2021-05-04T12:00:00 +0000")
    git(signe, "tag", "-m", "Avenant 1", "signe-avenant-1", date="2021-05-04T13:00:00 +0000")
    assert as_text(comparer()).startswith("Rien n’a changé depuis la version signée « signe-avenant-1 »")


def test_a_version_signed_elsewhere_is_not_ours(signe: Path, comparer: Comparer) -> None:
    git(signe, "checkout", "-q", "-b", "autre")
    replace(signe, "data/fiches/fiche-02.yaml", "texte: 2020-2022", "texte: 2020-2023")
    committed(signe, "2021-05-04T12:00:00 +0000")
    git(signe, "tag", "signe-2021-05-04")
    git(signe, "checkout", "-q", "-")
    assert "« signe-2020-03-01 »" in as_text(comparer())


def test_a_range_is_no_version(signe: Path, comparer: Comparer) -> None:
    replace(signe, "data/fiches/fiche-02.yaml", "texte: 2020-2022", "texte: 2020-2023")
    committed(signe, "2021-05-04T12:00:00 +0000")
    answer = comparer("signe-2020-03-01..HEAD")
    assert answer.code == 1
    assert "Deux versions se séparent par une espace : protocole comparer A B." in answer.stderr


@pytest.mark.parametrize("nom", ["signé-2021", "SIGNE/2021", "signe-avenant"])
def test_a_signed_version_may_be_spelt_in_several_ways(signe: Path, comparer: Comparer, nom: str) -> None:
    replace(signe, "data/fiches/fiche-02.yaml", "texte: 2020-2022", "texte: 2020-2023")
    committed(signe, "2021-05-04T12:00:00 +0000")
    git(signe, "tag", nom)
    assert f"« {nom} »" in as_text(comparer())


@pytest.mark.parametrize("nom", ["signet-a-lire", "signature", "brouillon-signe-2021"])
def test_another_word_is_no_signature(signe: Path, comparer: Comparer, nom: str) -> None:
    replace(signe, "data/fiches/fiche-02.yaml", "texte: 2020-2022", "texte: 2020-2023")
    committed(signe, "2021-05-04T12:00:00 +0000")
    git(signe, "tag", nom)
    assert "« signe-2020-03-01 »" in as_text(comparer())


def test_the_tag_is_meant_whatever_else_has_its_name(signe: Path, comparer: Comparer) -> None:
    replace(signe, "data/fiches/fiche-02.yaml", "texte: 2020-2022", "texte: 2020-2023")
    committed(signe, "2021-05-04T12:00:00 +0000")
    git(signe, "update-ref", "refs/signe-2020-03-01", "HEAD")
    git(signe, "branch", "signe-2020-03-01")
    assert "1 changement depuis la version signée « signe-2020-03-01 »" in as_text(comparer())


def test_a_signed_version_out_of_reach_is_named(signe: Path, comparer: Comparer) -> None:
    git(signe, "checkout", "-q", "--orphan", "autre")
    git(signe, "commit", "-q", "-m", "Tout", date="2021-05-04T12:00:00 +0000")
    answer = comparer()
    assert (answer.code, answer.stdout) == (1, "")
    assert answer.stderr.endswith("Pour comparer à elle : protocole comparer signe-2020-03-01\n")


# What git cannot give


def test_a_version_without_the_protocole_is_told(signe: Path, comparer: Comparer) -> None:
    git(signe, "mv", "data", "ailleurs")
    git(signe, "commit", "-q", "-m", "Ranger")
    git(signe, "mv", "ailleurs", "data")
    assert comparer("HEAD") == (
        1,
        "",
        "protocole : la version « HEAD » ne contient pas ce protocole : elle n’a pas de fichier de données à cet endroit.\n",
    )


@pytest.mark.parametrize("lost", ["HEAD:data", "HEAD:data/fiches/fiche-02.yaml", "HEAD:templates"])
def test_a_copy_without_all_objects_is_told_as_such(depot: Path, comparer: Comparer, lost: str) -> None:
    (depot / "templates").mkdir()
    (depot / "templates/fiche.md.j2").write_text("Les parties promettent.\n", encoding="utf-8")
    committed(depot)
    git(depot, "tag", "signe-2020-03-01")
    identity = git(depot, "rev-parse", lost)
    (depot / ".git/objects" / identity[:2] / identity[2:]).unlink()
    answer = comparer()
    assert (answer.code, answer.stdout) == (1, "")
    assert "git ne donne pas tout le contenu de la version « signe-2020-03-01 »" in answer.stderr


def hostile_tree(racine: Path, names: list[str], content: str) -> None:
    """Commit a tree whose folder of fiches has so many names for one content."""
    blob = git(racine, "hash-object", "-w", "--stdin", given=content)
    fiches = git(racine, "mktree", "-z", given="".join(f"100644 blob {blob}\t{name}\0" for name in names))
    data = git(racine, "mktree", given=f"040000 tree {fiches}\tfiches\n")
    top = git(racine, "mktree", given=f"040000 tree {data}\tdata\n")
    git(racine, "update-ref", "refs/heads/hostile", git(racine, "commit-tree", "-m", "Hostile", top))


def test_one_content_under_many_names_is_asked_for_once(signe: Path, comparer: Comparer) -> None:
    hostile_tree(signe, [f"fiche-{n:02d}.yaml" for n in range(1, 900)], "# " + "a" * 900_000)
    answer = comparer("hostile")
    assert answer.code == 1
    assert "dans la version « hostile »" in answer.stderr


@pytest.mark.parametrize("name", ["a" * 300 + ".yaml", "new\nline.yaml", "fiche-1.yaml\nprotocole : faux", "\\x.yaml"])
def test_strange_names_of_a_version_are_passed_over(signe: Path, comparer: Comparer, name: str) -> None:
    hostile_tree(signe, [name, "fiche-01.yaml"], "numero: 1\ntitre: Un\n")
    answer = comparer("hostile")
    assert answer.code == 1
    assert answer.stderr.count("\n") == 1
    assert "faux" not in answer.stdout + answer.stderr


@pytest.mark.parametrize("nom", ["v1", "HEAD~9", "HEAD:data", "--output=x", "$(touch x)", "\x1b[31m"])
def test_an_unknown_version_is_one_line(signe: Path, lancer: Lancer, nom: str) -> None:
    answer = lancer("--dossier", signe, "comparer", "--", nom)
    assert answer.code == 1
    assert answer.stdout == ""
    shown = nom.replace("\x1b", "␛")
    assert answer.stderr.startswith(
        f"protocole : git ne connaît pas de version « {shown} » de ce protocole. Donnez une étiquette"
    )
    assert answer.stderr.count("\n") == 1
    assert git(signe, "status", "--porcelain") == ""


def test_the_root_may_stand_below_the_top_of_the_work_tree(signe: Path, lancer: Lancer, tmp_path: Path) -> None:
    above = tmp_path / "territoires"
    shutil.copytree(signe / "data", above / "dijon/data")
    shutil.copytree(signe / "data", above / "data")
    replace(above, "data/fiches/fiche-02.yaml", "texte: 2020-2022", "texte: 2020-2029")
    committed(above)
    replace(above / "dijon", "data/fiches/fiche-02.yaml", "texte: 2020-2022", "texte: 2020-2023")
    assert "« 2020-2022 » devient « 2020-2023 »" in as_text(lancer("--dossier", above / "dijon", "comparer", "HEAD"))


def test_nothing_is_written_in_the_repository(signe: Path, comparer: Comparer) -> None:
    before = sorted(signe.rglob("*"))
    comparer("HEAD", "HEAD")
    assert sorted(signe.rglob("*")) == before
    assert git(signe, "status", "--porcelain") == ""


# Files at fault


def test_a_broken_file_is_not_taken_for_one_that_went(signe: Path, comparer: Comparer) -> None:
    replace(signe, "data/fiches/fiche-03.yaml", "numero: 3\n", "numero: 3\ninconnue: 1\n")
    replace(signe, "data/fiches/fiche-02.yaml", "texte: 2020-2022", "texte: 2020-2023")
    answer = comparer()
    assert answer.code == 1
    assert answer.stderr == (
        "protocole : le fichier data/fiches/fiche-03.yaml est en défaut ; ce qui s’y trouve n’est pas comparé. "
        "Voyez : protocole validate\n"
    )
    assert "Fiche 3" not in answer.stdout
    assert "Fiche 2, calendrier" in answer.stdout


def test_a_version_with_a_broken_file_is_told(signe: Path, comparer: Comparer) -> None:
    replace(signe, "data/acteurs.yaml", "acteurs:\n", "acteurs: 1\nautres:\n")
    committed(signe, "2021-05-04T12:00:00 +0000")
    git(signe, "checkout", "-q", "signe-2020-03-01", "--", "data")
    answer = comparer("HEAD")
    assert answer.code == 1
    assert answer.stderr == (
        "protocole : le fichier data/acteurs.yaml est en défaut dans la version « HEAD » ; ce qui s’y trouve n’est pas comparé.\n"
    )
    assert answer.stdout.startswith("Dans ce qui a pu être comparé, rien n’a changé depuis la version « HEAD »")
    assert "Non comparé : data/acteurs.yaml." in answer.stdout


def test_a_link_in_a_version_leads_nowhere(signe: Path, comparer: Comparer, tmp_path: Path) -> None:
    """What it leads to is no part of the version, and may be a file of the machine."""
    secret = tmp_path / "secret.yaml"
    secret.write_text("numero: 2\ntitre: Un secret\n", encoding="utf-8")
    (signe / "data/fiches/fiche-02.yaml").unlink()
    (signe / "data/fiches/fiche-02.yaml").symlink_to(secret)
    committed(signe, "2021-05-04T12:00:00 +0000")
    answer = comparer("signe-2020-03-01", "HEAD")
    assert answer.code == 0
    assert "secret" not in answer.stdout
    assert "Fiche 2 : retrait" in answer.stdout


def test_a_file_too_large_is_told_as_elsewhere(signe: Path, comparer: Comparer) -> None:
    (signe / "data/fiches/fiche-02.yaml").write_text(f"numero: 2\ntitre: {'a' * 2_000_000}\n", encoding="utf-8")
    committed(signe, "2021-05-04T12:00:00 +0000")
    assert (
        "data/fiches/fiche-02.yaml est en défaut dans la version « HEAD »"
        in comparer("signe-2020-03-01", "HEAD").stderr
    )


# Formats


def test_json_says_what_changed_key_by_key(signe: Path, comparer: Comparer) -> None:
    line = replace(signe, "data/fiches/fiche-02.yaml", "texte: 2020-2022", "texte: 2020-2023")
    found = as_json(comparer("--format", "json"), "comparer")
    commit = git(signe, "rev-parse", "HEAD")
    assert found["avant"] == {"nom": "signe-2020-03-01", "commit": commit, "date": "2020-03-01"}
    assert (found["apres"], found["signee"], found["texte_change"]) == (None, True, True)
    assert found["changements"] == [
        {
            "lieu": "Fiche 2, calendrier",
            "fiche": 2,
            "nature": "modification",
            "dans_le_texte": True,
            "mots": "",
            "champs": [{"cle": "texte", "avant": "2020-2022", "apres": "2020-2023", "dans_le_texte": True}],
            "fichier": "data/fiches/fiche-02.yaml",
            "ligne": line,
        }
    ]


def test_an_entry_that_was_given_one_more_part_is_told_part_by_part(signe: Path, comparer: Comparer) -> None:
    replace(
        signe,
        "data/parties.yaml",
        "  - acteur: etat\n",
        "  - acteur: etat\n    habilitation: {nature: délibération, date: 2019-06-27}\n",
    )
    (change,) = as_json(comparer("--format", "json"), "comparer")["changements"]
    assert change["champs"] == [
        {"cle": "habilitation.nature", "avant": None, "apres": "délibération", "dans_le_texte": False},
        {"cle": "habilitation.date", "avant": None, "apres": "2019-06-27", "dans_le_texte": False},
    ]
    assert change["dans_le_texte"] is False


def test_csv_has_a_row_a_value(signe: Path, comparer: Comparer) -> None:
    replace(signe, "data/fiches/fiche-02.yaml", "texte: 2020-2022", "texte: 2020-2023")
    replace(signe, "data/fiches/fiche-02.yaml", "fin: 2022", "fin: 2023")
    assert [
        (row["lieu"], row["champ"], row["avant"], row["apres"], row["dans_le_texte"])
        for row in as_csv(comparer("--format", "csv"))
    ] == [
        ("Fiche 2, calendrier", "texte", "2020-2022", "2020-2023", "oui"),
        ("Fiche 2, calendrier", "fin", "2022", "2023", "non"),
    ]


def test_markdown_is_a_table(signe: Path, comparer: Comparer) -> None:
    replace(signe, "data/fiches/fiche-02.yaml", "fin: 2022", "fin: 2023")
    head, _, row = as_lines(comparer("--format", "md"))
    assert head == "| Lieu | Nature | Champ | Avant | Après | Dans le texte signé | Fichier | Ligne |"
    assert row == "| Fiche 2, calendrier | modification | fin | 2022 | 2023 | non | data/fiches/fiche-02.yaml | 41 |"


def as_lines(answer: Reponse) -> list[str]:
    assert answer.code == 0
    return answer.stdout.splitlines()


def test_without_git_the_program_still_ends_well(signe: Path, tmp_path: Path) -> None:
    answer = subprocess.run(
        [*PROTOCOLE, "--dossier", str(signe), "comparer"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env=os.environ | {"PATH": str(tmp_path)},
    )
    assert (answer.returncode, answer.stdout, answer.stderr) == (1, "", SANS_GIT)

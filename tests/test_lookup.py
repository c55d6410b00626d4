"""Names as people give them, and the ways in which a list of actors reaches one of them."""

import pytest

from protocole_cli.model.acteurs import Acteur
from protocole_cli.model.territoire import Commune, Quartier
from protocole_cli.queries.lookup import Ambigu, Inconnu, find
from protocole_cli.queries.reach import Atteinte, atteint, liens

ACTEURS = (
    Acteur(id="etat", nom="État"),
    Acteur(id="caf", nom="Caisse d’allocations familiales", sigle="CAF", alias=("CAF21",)),
    Acteur(id="cpam", nom="Caisse primaire d’assurance maladie", sigle="CPAM"),
    Acteur(id="ville-a", nom="Ville d’A", alias=("Centre",)),
    Acteur(id="ville-b", nom="Ville de B", alias=("Centre",)),
    Acteur(id="villes", nom="Les villes", nature="collectif", membres=("ville-a", "ville-b")),
    Acteur(id="territoires", nom="Territoires", nature="collectif", membres=("villes",)),
    Acteur(id="associations", nom="Associations", nature="collectif"),
    Acteur(id="prefecture", nom="Préfecture", releve_de="etat"),
    Acteur(id="cabinet", nom="Cabinet", releve_de="prefecture"),
)


@pytest.mark.parametrize(
    ("name", "identifiant"),
    [
        ("etat", "etat"),
        ("ÉTAT", "etat"),
        ("l'état", "etat"),
        ("L’Etat", "etat"),
        ("caf 21", None),
        ("CAF21", "caf"),
        ("caisse d'allocations-familiales", "caf"),
        ("villes", "villes"),
        ("ville d a", "ville-a"),
        ("Ville_de_B", "ville-b"),
    ],
)
def test_a_name_is_forgiven_its_writing(name: str, identifiant: str | None) -> None:
    found = find(name, ACTEURS)
    assert (found.id if isinstance(found, Acteur) else None) == identifiant


def test_an_unknown_name_has_its_nearest() -> None:
    assert find("prefectur", ACTEURS) == Inconnu(("Préfecture",))
    assert find("primaire", ACTEURS) == Inconnu(("Caisse primaire d’assurance maladie",))
    assert find("ville-b-", (Acteur(id="ville-bb", nom="Commune"),)) == Inconnu(("Commune",))
    assert find("zzz", ACTEURS) == Inconnu(())
    assert find(" ’ ", ACTEURS) == Inconnu(())


def test_a_name_of_several_is_ambiguous() -> None:
    assert find("centre", ACTEURS) == Ambigu((("ville-a", "Ville d’A"), ("ville-b", "Ville de B")))
    assert find("caisse", ACTEURS) == Ambigu(
        (("caf", "Caisse d’allocations familiales"), ("cpam", "Caisse primaire d’assurance maladie"))
    )


def test_an_identifier_wins_over_a_name() -> None:
    acteurs = (Acteur(id="a", nom="B"), Acteur(id="b", nom="C"))
    assert find("b", acteurs) == acteurs[1]


def test_places_are_found_the_same_way() -> None:
    communes = (Commune(id="chenove", nom="Chenôve", contrat_de_ville=True),)
    quartiers = (Quartier(id="les-gresilles", nom="Les Grésilles", nature="qpv", commune="dijon"),)
    assert find("CHENOVE", communes) == communes[0]
    assert find("grésilles", quartiers) == quartiers[0]


def reach(identifiant: str, listed: str, *, avec_services: bool = False) -> Atteinte | None:
    acteur = next(a for a in ACTEURS if a.id == identifiant)
    return atteint(liens(acteur, ACTEURS, avec_services=avec_services), listed.split())


def test_an_actor_is_reached_by_its_own_name_first() -> None:
    assert reach("ville-a", "villes ville-a") == Atteinte("nom")


def test_a_member_is_reached_through_its_collective() -> None:
    assert reach("ville-a", "etat villes") == Atteinte("collectif", ("villes",))
    assert reach("ville-a", "territoires") == Atteinte("collectif", ("territoires",))


def test_a_collective_left_open_reaches_nobody_but_itself() -> None:
    assert reach("ville-a", "associations") is None
    assert reach("associations", "associations") == Atteinte("nom")


def test_a_collective_is_not_reached_through_its_members() -> None:
    assert reach("villes", "ville-a ville-b") is None


def test_services_count_only_where_asked() -> None:
    assert reach("etat", "cabinet") is None
    assert reach("etat", "cabinet prefecture", avec_services=True) == Atteinte("service", ("cabinet", "prefecture"))
    assert reach("cabinet", "etat", avec_services=True) is None


def test_a_circle_ends() -> None:
    acteurs = (
        Acteur(id="a", nom="A", releve_de="b", membres=("b",)),
        Acteur(id="b", nom="B", releve_de="a", membres=("a",)),
    )
    ties = liens(acteurs[0], acteurs, avec_services=True)
    assert (ties.collectifs, ties.services) == (frozenset({"b"}), frozenset({"b"}))

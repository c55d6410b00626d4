"""Whom, where and when each fiche concerns, all at once: what `protocole fiches` answers one by one."""

import pytest

from conftest import CHECKOUT
from protocole_cli.loading.repository import load
from protocole_cli.model.protocole import Protocole
from protocole_cli.position import Position
from protocole_cli.queries.concerned import concerned
from protocole_cli.queries.fiches import Filtres, find_fiches
from protocole_cli.queries.timeline import timeline
from protocole_cli.validation.schema import SchemaGuard


@pytest.fixture(scope="module")
def ours() -> Protocole:
    return load(CHECKOUT, SchemaGuard()).protocole


def _nowhere(position: Position, _key: str, _line: int, _word: str) -> Position:
    return position


def answer(protocole: Protocole, filtres: Filtres) -> dict[int, bool]:
    """Return the fiches found, and whether each passes for certain."""
    return {trouvee.fiche.numero: trouvee.sure for trouvee in find_fiches(protocole, filtres, _nowhere).trouvees}


def test_whom_a_fiche_concerns_is_what_protocole_fiches_answers(ours: Protocole) -> None:
    for acteur in ours.acteurs:
        found = {c.fiche.numero for c in concerned(ours, ()) if acteur.id in (*c.acteurs, *c.par_collectif)}
        assert found == {n for n, sure in answer(ours, Filtres(acteur=acteur)).items() if sure}, acteur.id


def test_where_a_fiche_acts_is_what_protocole_fiches_answers(ours: Protocole) -> None:
    asked = {commune: Filtres(commune=commune) for commune in ours.communes}
    for place, filtres in (asked | {quartier: Filtres(quartier=quartier) for quartier in ours.quartiers}).items():
        said = {c.fiche.numero: c.reaches(place) for c in concerned(ours, ())}
        assert {n: bool(sure) for n, sure in said.items() if sure is not False} == answer(ours, filtres), place.nom


def test_when_a_fiche_takes_place_is_what_protocole_fiches_answers(ours: Protocole) -> None:
    years = timeline(ours).annees
    for annee in years:
        found = {c.fiche.numero: True for c in concerned(ours, years) if annee in c.annees.certaines}
        found |= {c.fiche.numero: False for c in concerned(ours, years) if annee in c.annees.indeterminees}
        assert dict(sorted(found.items())) == answer(ours, Filtres(annee=annee)), annee

"""Whom, where and when each fiche concerns, all at once: what `protocole fiches` answers one by one."""

import pytest

from conftest import CHECKOUT
from protocole_cli.loading.repository import load
from protocole_cli.model.protocole import Protocole
from protocole_cli.model.territoire import Commune, Quartier
from protocole_cli.position import Position
from protocole_cli.queries.concerned import Lieux, concerned
from protocole_cli.queries.fiches import Filtres, find_fiches
from protocole_cli.queries.timeline import timeline
from protocole_cli.validation.schema import explain


@pytest.fixture(scope="module")
def ours() -> Protocole:
    return load(CHECKOUT, explain).protocole


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
    places: list[Commune | Quartier] = [*ours.communes, *ours.quartiers]
    for place in places:
        found = {c.fiche.numero: c.lieux is not None for c in concerned(ours, ()) if _reaches(c.lieux, place)}
        filtres = Filtres(commune=place) if isinstance(place, Commune) else Filtres(quartier=place)
        assert found == answer(ours, filtres), place.nom


def _reaches(lieux: Lieux | None, place: Commune | Quartier) -> bool:
    """Tell whether a fiche that acts in these places acts in one, or may."""
    return lieux is None or place.id in (lieux.communes if isinstance(place, Commune) else lieux.quartiers)


def test_when_a_fiche_takes_place_is_what_protocole_fiches_answers(ours: Protocole) -> None:
    years = timeline(ours).annees
    for annee in years:
        found = {c.fiche.numero: True for c in concerned(ours, years) if annee in c.annees.certaines}
        found |= {c.fiche.numero: False for c in concerned(ours, years) if annee in c.annees.indeterminees}
        assert dict(sorted(found.items())) == answer(ours, Filtres(annee=annee)), annee

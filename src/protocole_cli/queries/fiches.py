"""Which fiches concern an actor, a place, a year or some words; and of which the text does not say whether they do."""

from itertools import chain

from msgspec import Struct
from msgspec.structs import replace

from protocole_cli.loading.parts import in_parts
from protocole_cli.model.acteurs import Acteur
from protocole_cli.model.fiche import Fiche
from protocole_cli.model.protocole import Protocole
from protocole_cli.model.territoire import Commune, Quartier
from protocole_cli.position import Position
from protocole_cli.queries.dated_places import dated_places
from protocole_cli.queries.places import Lieu, lieu_of_commune, lieu_of_quartier, reached
from protocole_cli.queries.reach import Atteinte, Liens, atteint, liens
from protocole_cli.queries.search import Hit, PlaceOf, Query, search_fiches

FILTRES = ("porteur", "partenaire", "acteur", "quartier", "commune", "annee", "texte")
"""The filters, in the order in which an answer names them."""


class Filtres(Struct, frozen=True):
    """What to keep; all that is asked for must hold. The services of an actor count as it `avec_services`."""

    porteur: Acteur | None = None
    partenaire: Acteur | None = None
    acteur: Acteur | None = None
    quartier: Quartier | None = None
    commune: Commune | None = None
    annee: int | None = None
    texte: Query | None = None
    avec_services: bool = False


class Preuve(Struct, frozen=True):
    """What a rubrique, or the title, says of a filter: its words, empty where the fiche lacks it, and where they stand.

    `sure` is false where they do not say whether the filter holds. `atteinte` tells how an actor is reached, `phases`
    the names of the only phases for which a place, or a year, holds.
    """

    rubrique: str
    mots: str
    position: Position
    sure: bool = True
    atteinte: Atteinte | None = None
    phases: tuple[str, ...] = ()


class FicheTrouvee(Struct, frozen=True):
    """A fiche that passes the filters, or of which the text does not say whether it does, and why.

    `quartiers` and `communes` are the identifiers of all places that its scale reaches.
    """

    fiche: Fiche
    preuves: tuple[Preuve, ...]
    quartiers: tuple[str, ...]
    communes: tuple[str, ...]

    @property
    def sure(self) -> bool:
        """Whether the fiche passes the filters for certain."""
        return all(preuve.sure for preuve in self.preuves)

    @property
    def collective(self) -> bool:
        """Whether an actor asked for is reached only through a collective."""
        return any(preuve.atteinte and preuve.atteinte.voie == "collectif" for preuve in self.preuves)


class FichesTrouvees(Struct, frozen=True):
    """The fiches found, by number, under which filters, and of how many in all.

    `par_services` are those that pass, or may, only where the services of an actor count as it. `separement` has,
    where several filters leave nothing, what each of them would keep alone.
    """

    filtres: Filtres
    trouvees: tuple[FicheTrouvee, ...]
    total: int
    par_services: tuple[FicheTrouvee, ...] = ()
    separement: tuple[tuple[FicheTrouvee, ...], ...] = ()


def find_fiches(protocole: Protocole, filtres: Filtres, place_of: PlaceOf) -> FichesTrouvees:
    """Return the fiches that pass all filters, or may; `place_of` gives the places of words."""
    trouvees = _passing(protocole, filtres, place_of)
    alone = () if trouvees else _each_alone(protocole, filtres, place_of)
    apart = _by_services(protocole, filtres, place_of, {found.fiche.numero for found in trouvees})
    return FichesTrouvees(filtres, trouvees, len(protocole.fiches), apart, alone)


def _passing(protocole: Protocole, filtres: Filtres, place_of: PlaceOf) -> tuple[FicheTrouvee, ...]:
    wanted = _Wanted(protocole, filtres, place_of)
    every = (
        {quartier.id: lieu_of_quartier(quartier) for quartier in protocole.quartiers},
        {commune.id: lieu_of_commune(commune, protocole.quartiers) for commune in protocole.communes},
    )
    trouvees = []
    for fiche in protocole.fiches:
        preuves = _preuves(fiche, wanted)
        if preuves is not None:
            quartiers, communes = (reached(fiche.echelle, places) for places in every)
            trouvees.append(FicheTrouvee(fiche, preuves, quartiers, communes))
    return tuple(trouvees)


def _by_services(
    protocole: Protocole, filtres: Filtres, place_of: PlaceOf, known: set[int]
) -> tuple[FicheTrouvee, ...]:
    asked = {acteur.id for acteur in (filtres.porteur, filtres.partenaire, filtres.acteur) if acteur}
    if filtres.avec_services or not any(acteur.releve_de in asked for acteur in protocole.acteurs):
        return ()
    every = _passing(protocole, replace(filtres, avec_services=True), place_of)
    return tuple(found for found in every if found.fiche.numero not in known)


def _each_alone(protocole: Protocole, filtres: Filtres, place_of: PlaceOf) -> tuple[tuple[FicheTrouvee, ...], ...]:
    asked = {key: value for key in FILTRES if (value := getattr(filtres, key)) is not None}
    if len(asked) < 2:
        return ()
    alone = (Filtres(**{key: value, "avec_services": filtres.avec_services}) for key, value in asked.items())
    return tuple(_passing(protocole, one, place_of) for one in alone)


class _Wanted:
    """The filters, made ready to be asked of many fiches."""

    def __init__(self, protocole: Protocole, filtres: Filtres, place_of: PlaceOf) -> None:
        def ties(acteur: Acteur | None) -> Liens | None:
            return liens(acteur, protocole.acteurs, avec_services=filtres.avec_services) if acteur else None

        self.porteur, self.partenaire, self.acteur = map(ties, (filtres.porteur, filtres.partenaire, filtres.acteur))
        self.lieux: tuple[Lieu, ...] = (
            *((lieu_of_quartier(filtres.quartier),) if filtres.quartier else ()),
            *((lieu_of_commune(filtres.commune, protocole.quartiers),) if filtres.commune else ()),
        )
        self.annee = filtres.annee
        self.hits = _first_hits(protocole, filtres.texte, place_of) if filtres.texte else None


def _first_hits(protocole: Protocole, texte: Query, place_of: PlaceOf) -> dict[int, Hit]:
    """Return, by fiche, the first passage that says some words."""
    first: dict[int, Hit] = {}
    found = in_parts(lambda some: search_fiches(some, texte, place_of), protocole.fiches, list[Hit])
    for hit in chain.from_iterable(found):
        if hit.fiche is not None:
            first.setdefault(hit.fiche, hit)
    return first


def _preuves(fiche: Fiche, wanted: _Wanted) -> tuple[Preuve, ...] | None:
    """Return what each filter asked for rests on, or `None` where one of them does not hold."""
    answers: list[tuple[Preuve, ...] | None] = []
    if wanted.porteur:
        answers.append(_named(fiche, "porteurs", wanted.porteur))
    if wanted.partenaire:
        answers.append(_named(fiche, "partenaires", wanted.partenaire))
    if wanted.acteur:
        answers.append(_anywhere(fiche, wanted.acteur))
    if wanted.lieux or wanted.annee is not None:
        answers.append(_where_and_when(fiche, wanted.lieux, wanted.annee))
    if wanted.hits is not None:
        hit = wanted.hits.get(fiche.numero)
        answers.append((Preuve(" › ".join(hit.lieu[1:]), hit.extrait, hit.position),) if hit else None)
    found: list[Preuve] = []
    for answer in answers:
        if answer is None:
            return None
        found += answer
    return tuple(found)


def _named(fiche: Fiche, cle: str, ties: Liens) -> tuple[Preuve, ...] | None:
    organismes = fiche.porteurs if cle == "porteurs" else fiche.partenaires
    if organismes is None or not organismes.acteurs:
        return (_preuve(fiche, cle, sure=False),)
    atteinte = atteint(ties, organismes.acteurs)
    return (_preuve(fiche, cle, atteinte=atteinte),) if atteinte else None


def _anywhere(fiche: Fiche, ties: Liens) -> tuple[Preuve, ...] | None:
    """Return where an actor carries, takes part or promises; by its own name where it is named anywhere."""
    found = [*(_named(fiche, "porteurs", ties) or ()), *(_named(fiche, "partenaires", ties) or ())]
    for engagement in fiche.engagements:
        if atteinte := atteint(ties, engagement.acteurs):
            mots = " ".join(part for part in (engagement.intitule, engagement.texte) if part)
            found.append(Preuve("engagements", mots, engagement.position, atteinte=atteinte))
    reached = [preuve for preuve in found if preuve.atteinte]
    direct = [preuve for preuve in reached if preuve.atteinte and preuve.atteinte.voie != "collectif"]
    return tuple(direct or reached or found) or None


def _where_and_when(fiche: Fiche, lieux: tuple[Lieu, ...], annee: int | None) -> tuple[Preuve, ...] | None:
    possible = [p for p in dated_places(fiche, lieux, annee) if p.where is not False and p.when is not False]
    if not possible:
        return None
    certain = [p for p in possible if p.where and p.when]
    matching = [p.phase for p in certain or possible]
    names = {phase.id: phase.nom for phase in fiche.phases}
    phases = tuple(names.get(phase, phase) for phase in dict.fromkeys(matching)) if all(matching) else ()
    found = []
    if lieux:
        sure = bool(certain) or all(p.where for p in possible)
        found.append(replace(_preuve(fiche, "echelle", sure=sure), phases=phases))
    if annee is not None:
        sure = bool(certain) or all(p.when for p in possible)
        found.append(replace(_preuve(fiche, "calendrier", sure=sure), phases=phases))
    return tuple(found)


def _preuve(fiche: Fiche, cle: str, *, sure: bool = True, atteinte: Atteinte | None = None) -> Preuve:
    value = getattr(fiche, cle)
    position = fiche.position if value is None or isinstance(value, str) else value.position
    return Preuve(cle, fiche.words(cle), position, sure, atteinte)

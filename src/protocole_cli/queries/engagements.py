"""Who promises what: the entries of *Engagements des partenaires*, filtered."""

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from protocole_cli.model.acteurs import Acteur
from protocole_cli.model.fiche import Engagement, Fiche
from protocole_cli.model.protocole import Protocole
from protocole_cli.position import Position
from protocole_cli.queries.names import Directory
from protocole_cli.queries.reach import Atteinte, Liens, atteint, liens

Attribution = Literal["nommee", "collective", "aucune"]


class Filtres(Struct, frozen=True):
    """What to keep; all that is asked for must hold.

    `acteur` is the only author wanted, its services counting as it `avec_services`. `sans_acteur` keeps promises without an
    author, `vides` those left blank, `hors_parties` those whose authors are all no party, `montants` those with an amount.
    """

    acteur: Acteur | None = None
    avec_services: bool = False
    sans_acteur: bool = False
    vides: bool = False
    hors_parties: bool = False
    montants: bool = False


class EngagementTrouve(Struct, frozen=True):
    """A promise and where it stands.

    `id` is for people (« F7-3 », the third promise of fiche 7), no identity: it changes when an entry is inserted above.
    `attribution` is `nommee` where an actor is named, `collective` where only collectives are; with one author wanted it is
    the attribution to that author, and `atteinte` says by which way.
    """

    id: str
    fiche: int
    titre_fiche: str
    rang: int
    acteurs: tuple[Acteur, ...]
    attribution: Attribution
    engagement: Engagement
    atteinte: Atteinte | None = None

    @property
    def position(self) -> Position:
        """Where the entry stands."""
        return self.engagement.position

    @property
    def vide(self) -> bool:
        """Whether the promise was left blank."""
        return not self.engagement.texte.strip()


class Engagements(Struct, frozen=True):
    """The promises kept, in the order of the document, under which filters, and of how many in all."""

    filtres: Filtres
    trouves: tuple[EngagementTrouve, ...]
    total: int


def find_engagements(protocole: Protocole, filtres: Filtres) -> Engagements:
    """Return the promises that pass all filters."""
    ties = None
    if filtres.acteur:
        ties = liens(filtres.acteur, protocole.acteurs, avec_services=filtres.avec_services)
    parties = _parties(protocole) if filtres.hors_parties else frozenset[str]()
    directory = Directory(protocole)
    trouves = [
        found
        for fiche in protocole.fiches
        for found in _of_fiche(fiche, directory, ties)
        if (ties is None or found.atteinte) and _kept(found, filtres, parties)
    ]
    return Engagements(filtres, tuple(trouves), sum(len(fiche.engagements) for fiche in protocole.fiches))


def _of_fiche(fiche: Fiche, directory: Directory, ties: Liens | None) -> Iterator[EngagementTrouve]:
    for rang, engagement in enumerate(fiche.engagements, 1):
        acteurs = directory.acteurs(engagement.acteurs)
        atteinte = atteint(ties, engagement.acteurs) if ties else None
        yield EngagementTrouve(
            id=fiche.engagement_id(rang),
            fiche=fiche.numero,
            titre_fiche=fiche.titre,
            rang=rang,
            acteurs=acteurs,
            attribution=_attribution(acteurs, atteinte),
            engagement=engagement,
            atteinte=atteinte,
        )


def _attribution(acteurs: tuple[Acteur, ...], atteinte: Atteinte | None) -> Attribution:
    if not acteurs:
        return "aucune"
    collective = atteinte.voie == "collectif" if atteinte else all(acteur.collectif for acteur in acteurs)
    return "collective" if collective else "nommee"


def _kept(found: EngagementTrouve, filtres: Filtres, parties: frozenset[str]) -> bool:
    authors = {acteur.id for acteur in found.acteurs}
    return (
        not (filtres.sans_acteur and authors)
        and not (filtres.vides and not found.vide)
        and not (filtres.hors_parties and (not authors or authors & parties))
        and not (filtres.montants and found.engagement.montant is None)
    )


def _parties(protocole: Protocole) -> frozenset[str]:
    """Return the parties, and the collectives of which one is a member."""
    parties = {partie.acteur for partie in protocole.parties}
    return frozenset(parties | {a.id for a in protocole.acteurs if parties.intersection(a.membres)})

"""Who signs, in which order and in what capacity, and what each of them promises."""

from collections import Counter
from typing import Literal

from msgspec import Struct

from protocole_cli.model.acteurs import Acteur, Partie
from protocole_cli.model.protocole import Protocole
from protocole_cli.queries.engagements import EngagementTrouve, Filtres, find_engagements
from protocole_cli.queries.list_and_page import EcartDeSignature, list_against_page
from protocole_cli.queries.names import Directory
from protocole_cli.queries.reach import Atteinte, Liens, atteint, liens

Ordre = Literal["signature", "liste"]
ORDRES: dict[str, Ordre] = {"signature": "signature", "liste": "liste"}
"""The orders by the names that a call gives them."""
Promesse = Literal["nomme", "collectif", "vide", "aucun"]
PROMESSES: tuple[Promesse, ...] = ("nomme", "collectif", "vide", "aucun")
"""What a signatory may have promised, the firmest first: by name and in writing, through a collective, by name and left
blank, nothing."""


class Signatory(Struct, frozen=True):
    """A party at its rank in the order asked for; the firmest of its promises, and all those that are as firm.

    `ecarts` is what the list of the parties and the signature page do not write alike of it.
    """

    rang: int
    acteur: Acteur
    partie: Partie
    promesse: Promesse
    engagements: tuple[EngagementTrouve, ...]
    ecarts: tuple[EcartDeSignature, ...]


class Signatories(Struct, frozen=True):
    """The parties kept, of how many signed by how many persons, and who signs for several of them: name → parties.

    With `sans_engagement`, only parties without a written promise by their own name were kept.
    """

    ordre: Ordre
    sans_engagement: bool
    trouves: tuple[Signatory, ...]
    total: int
    personnes: int
    plusieurs_fois: tuple[tuple[str, tuple[Acteur, ...]], ...]


def signatories(protocole: Protocole, ordre: Ordre, *, sans_engagement: bool = False) -> Signatories:
    """Return the parties in the order of the signature page or of the list of the parties.

    With `sans_engagement` only those without a promise made by their own name and written.
    """
    parties = sorted(protocole.parties, key=lambda p: _rang(p, ordre))
    directory = Directory(protocole)
    acteurs = {partie.acteur: directory.acteurs((partie.acteur,))[0] for partie in parties}
    promises = find_engagements(protocole, Filtres()).trouves
    found = [
        _signatory(
            _rang(partie, ordre),
            partie,
            acteurs[partie.acteur],
            liens(acteurs[partie.acteur], protocole.acteurs),
            promises,
        )
        for partie in parties
    ]
    times = Counter(partie.representant.nom for partie in parties)
    return Signatories(
        ordre,
        sans_engagement,
        tuple(s for s in found if not (sans_engagement and s.promesse == "nomme")),
        len(parties),
        len(times),
        tuple(
            (nom, tuple(acteurs[p.acteur] for p in parties if p.representant.nom == nom))
            for nom, number in times.items()
            if number > 1
        ),
    )


def _rang(partie: Partie, ordre: Ordre) -> int:
    return partie.liste.rang if ordre == "liste" else partie.signature.rang


def _signatory(
    rang: int, partie: Partie, acteur: Acteur, ties: Liens, promises: tuple[EngagementTrouve, ...]
) -> Signatory:
    kinds: dict[Promesse, list[EngagementTrouve]] = {promesse: [] for promesse in PROMESSES}
    for found in promises:
        if atteinte := atteint(ties, found.engagement.acteurs):
            kinds[_promesse(found, atteinte)].append(found)
    firmest: Promesse = next((promesse for promesse in PROMESSES if kinds[promesse]), "aucun")
    return Signatory(rang, acteur, partie, firmest, tuple(kinds[firmest]), list_against_page(partie))


def _promesse(found: EngagementTrouve, atteinte: Atteinte) -> Promesse:
    if found.vide:
        return "vide"
    return "collectif" if atteinte.voie == "collectif" else "nomme"

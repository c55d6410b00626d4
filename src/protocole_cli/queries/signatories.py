"""Who signs, in which order and in what capacity, and what each of them promises."""

from collections import Counter
from typing import Literal

from msgspec import Struct

from protocole_cli.model.acteurs import Acteur, Partie
from protocole_cli.model.protocole import Protocole
from protocole_cli.queries.engagements import EngagementTrouve, Filtres, find_engagements
from protocole_cli.queries.names import Directory

Ordre = Literal["signature", "liste"]
Promesse = Literal["nomme", "collectif", "vide", "aucun"]
PROMESSES: tuple[Promesse, ...] = ("nomme", "collectif", "vide", "aucun")
"""What a signatory may have promised, the firmest first: by name and in writing, through a collective, by name and left
blank, nothing."""


class Signatory(Struct, frozen=True):
    """A party at its rank in the order asked for; the firmest of its promises, and all those that are as firm."""

    rang: int
    acteur: Acteur
    partie: Partie
    promesse: Promesse
    engagements: tuple[EngagementTrouve, ...]


class Signatories(Struct, frozen=True):
    """The parties kept, how many there are in all, and who signs for several of them: name → parties."""

    ordre: Ordre
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
    found = [_signatory(protocole, partie, acteurs[partie.acteur], ordre) for partie in parties]
    times = Counter(partie.representant.nom for partie in parties)
    return Signatories(
        ordre,
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


def _signatory(protocole: Protocole, partie: Partie, acteur: Acteur, ordre: Ordre) -> Signatory:
    found = find_engagements(protocole, Filtres(acteur=acteur)).trouves
    kinds = {promesse: tuple(e for e in found if _promesse(e) == promesse) for promesse in PROMESSES}
    firmest = next((promesse for promesse in PROMESSES if kinds[promesse]), "aucun")
    return Signatory(_rang(partie, ordre), acteur, partie, firmest, kinds[firmest])


def _promesse(found: EngagementTrouve) -> Promesse:
    if found.vide:
        return "vide"
    return "collectif" if found.attribution == "collective" else "nomme"

"""What the page holds beside the document: ways in for those who look for their neighbourhood or their organisation.

None of it is in the signed text: it stands anchors it, in links, in attributes and in drawings.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from protocole_cli.language import fold
from protocole_cli.model.acteurs import Acteur
from protocole_cli.model.protocole import Protocole
from protocole_cli.queries.concerned import Annees, Concerned, Lieux, concerned
from protocole_cli.queries.lookup import find
from protocole_cli.queries.names import Directory
from protocole_cli.queries.reach import membres
from protocole_cli.queries.timeline import DatedFiche, Timeline, timeline
from protocole_cli.rendering.build_document import fiche_anchor, instance_anchor, part_anchor
from protocole_cli.rendering.scheme_drawing import Schema, draw_scheme
from protocole_cli.rendering.typography import typographie

CONSEILS_CITOYENS = "conseils citoyens"
"""What the law of 21 February 2014 calls those who speak for the inhabitants: every *contrat de ville* has some."""
MOST_YEARS_NAMED = 8
UNSAID = "?"
"""After a year, or for any place or actor: the text does not say."""


class Lieu(Struct, frozen=True):
    """A commune or a neighbourhood by its identifier; `nature` is that of a neighbourhood."""

    genre: Literal["commune", "quartier"]
    id: str
    nom: str
    nature: str = ""


class Renvoi(Struct, frozen=True):
    """A link to an anchor of the page, and what it is called."""

    ancre: str
    nom: str


class LieuxRepere(Struct, frozen=True):
    """Places that the same fiches reach, or may: a commune and its neighbourhoods, or some of them; numbers of fiches."""

    lieux: tuple[Lieu, ...]
    fiches: tuple[int, ...]
    indeterminees: tuple[int, ...]


class ActeurRepere(Struct, frozen=True):
    """An actor, the numbers of the fiches that name it or a collective of its, and the bodies that it sits in."""

    acteur: Acteur
    partie: bool
    fiches: tuple[int, ...]
    par_collectif: tuple[int, ...]
    instances: tuple[Renvoi, ...]


class Barre(Struct, frozen=True):
    """A bar of the time line, in percents of its width."""

    x: str
    largeur: str


class LigneCalendrier(Struct, frozen=True):
    """A row of the time line: a fiche, its years in words, its bars (those of its phases, where it has dated ones)."""

    numero: int
    titre: str
    annees: str
    barres: tuple[Barre, ...]


class Graduation(Struct, frozen=True):
    """The name of a year, and where it stands along the time line."""

    nom: str
    x: str


class Calendrier(Struct, frozen=True):
    """The time line: the years along it, the period of the protocole, a row for each fiche."""

    annees: tuple[Graduation, ...]
    periode: Barre | None
    lignes: tuple[LigneCalendrier, ...]


class Faits(Struct, frozen=True):
    """What the filter asks of a fiche, in words of an attribute: `UNSAID` marks what the text does not say.

    `portees` says where and when together, for the whole or phase by phase, between bars.
    """

    acteurs: str
    annees: str
    portees: str


class Reperes(Struct, frozen=True):
    """The ways into a page. `faits` are by the anchor of a fiche, `renvois` by that of the section where they stand."""

    communes: tuple[tuple[LieuxRepere, ...], ...]
    signataires: tuple[ActeurRepere, ...]
    autres: tuple[ActeurRepere, ...]
    conseils_citoyens: ActeurRepere | None
    calendrier: Calendrier | None
    annees: tuple[int, ...]
    schema: Schema | None
    faits: Mapping[str, Faits]
    renvois: Mapping[str, tuple[Renvoi, ...]]


def build_reperes(protocole: Protocole) -> Reperes:
    """Return the ways into the page of a protocole."""
    line = timeline(protocole)
    fiches = concerned(protocole, line.annees)
    acteurs = _acteurs(protocole, fiches)
    conseils = find(CONSEILS_CITOYENS, protocole.acteurs)
    return Reperes(
        communes=_communes(protocole, fiches),
        signataires=tuple(a for a in acteurs if a.partie),
        autres=tuple(a for a in acteurs if not a.partie),
        conseils_citoyens=next((a for a in acteurs if a.acteur is conseils), None),
        calendrier=_calendrier(protocole, line),
        annees=tuple(line.annees),
        schema=draw_scheme(protocole.gouvernance),
        faits={fiche_anchor(c.fiche.numero): _faits(c) for c in fiches},
        renvois=dict(_renvois(protocole, fiches, {a.acteur.id for a in acteurs})),
    )


def _communes(protocole: Protocole, fiches: tuple[Concerned, ...]) -> tuple[tuple[LieuxRepere, ...], ...]:
    """Return for each commune what reaches it and its neighbourhoods, those that the same fiches reach together."""
    reached: dict[tuple[str, str], list[int]] = {}
    unsaid: list[int] = []
    for c in fiches:
        if c.lieux is None:
            unsaid.append(c.fiche.numero)
        else:
            for genre, identifiants in (("commune", c.lieux.communes), ("quartier", c.lieux.quartiers)):
                for identifiant in identifiants:
                    reached.setdefault((genre, identifiant), []).append(c.fiche.numero)
    communes = []
    for commune in protocole.communes:
        lieux = [Lieu("commune", commune.id, commune.nom)]
        lieux += [
            Lieu("quartier", q.id, q.nom, q.nature.upper()) for q in protocole.quartiers if q.commune == commune.id
        ]
        together: dict[tuple[int, ...], list[Lieu]] = {}
        for lieu in lieux:
            together.setdefault(tuple(reached.get((lieu.genre, lieu.id), ())), []).append(lieu)
        communes.append(tuple(LieuxRepere(tuple(same), n, tuple(unsaid)) for n, same in together.items()))
    return tuple(communes)


def _acteurs(protocole: Protocole, fiches: tuple[Concerned, ...]) -> tuple[ActeurRepere, ...]:
    """Return the actors that sign, sit in a body or are in a fiche, in alphabetical order."""
    named: dict[str, list[int]] = {}
    through: dict[str, list[int]] = {}
    for c in fiches:
        for identifiants, found in ((c.acteurs, named), (c.par_collectif, through)):
            for identifiant in identifiants:
                found.setdefault(identifiant, []).append(c.fiche.numero)
    seats = _seats(protocole)
    parties = {partie.acteur for partie in protocole.parties}
    return tuple(
        ActeurRepere(
            acteur,
            acteur.id in parties,
            tuple(named.get(acteur.id, ())),
            tuple(through.get(acteur.id, ())),
            tuple(seats.get(acteur.id, {}).values()),
        )
        for acteur in sorted(protocole.acteurs, key=lambda a: fold(a.nom_court))
        if {acteur.id} & (parties | named.keys() | through.keys() | seats.keys())
    )


def _seats(protocole: Protocole) -> dict[str, dict[str, Renvoi]]:
    """Return the bodies that each actor sits in, by the scheme or by an article, its collectives' seats being its own."""
    stands_for = membres(protocole.acteurs)
    sections = [s for article in protocole.corps.articles for s in article.sections]
    seats: dict[str, dict[str, Renvoi]] = {}
    for instance in protocole.gouvernance.instances:
        sieges = (*instance.composition, *(x for s in sections if s.instance == instance.id for x in s.composition))
        for acteur in dict.fromkeys(a for siege in sieges for a in siege.acteurs):
            for seated in (acteur, *sorted(stands_for.get(acteur, ()))):
                seats.setdefault(seated, {})[instance.id] = Renvoi(
                    instance_anchor(instance.id), typographie(instance.nom)
                )
    return seats


def _calendrier(protocole: Protocole, line: Timeline) -> Calendrier | None:
    if not line.annees:
        return None
    dated = {d.fiche.numero: d for d in line.datees}
    periode = line.periode
    return Calendrier(
        tuple(Graduation(str(annee), _barre(annee, annee, line).x) for annee in line.annees[:: _step(line)]),
        _barre(periode.debut, periode.fin, line) if periode else None,
        tuple(_ligne(f.numero, f.titre, dated.get(f.numero), line) for f in protocole.fiches),
    )


def _step(line: Timeline) -> int:
    """Return of how many years one is named."""
    return -(-len(line.annees) // MOST_YEARS_NAMED)


def _ligne(numero: int, titre: str, dated: DatedFiche | None, line: Timeline) -> LigneCalendrier:
    if dated is None:
        return LigneCalendrier(numero, titre, "le texte ne donne pas d’années", ())
    bars = dated.phases or (dated.bar,)
    said = " ; ".join(f"{f'{bar.nom} : ' if bar.nom else ''}{_span(bar.debut, bar.fin)}" for bar in bars)
    return LigneCalendrier(numero, titre, said, tuple(_barre(bar.debut, bar.fin, line) for bar in bars))


def _span(debut: int, fin: int) -> str:
    return f"{debut}" if debut == fin else f"{debut}-{fin}"


def _barre(debut: int, fin: int, line: Timeline) -> Barre:
    year = 100 / len(line.annees)
    return Barre(f"{(debut - line.annees[0]) * year:.2f}%", f"{(fin - debut + 1) * year:.2f}%")


def _faits(c: Concerned) -> Faits:
    portees = (" ".join((*_places(p.lieux), _years(p.annees))) for p in c.portees)
    return Faits(
        " ".join((*c.acteurs, *c.par_collectif, *(() if c.acteurs_dits else (f"acteur{UNSAID}",)))),
        _years(c.annees),
        "|".join(portees),
    )


@lru_cache(maxsize=1 << 10)
def _places(lieux: Lieux | None) -> tuple[str, ...]:
    if lieux is None:
        return (f"lieu{UNSAID}",)
    return (*(f"commune:{commune}" for commune in lieux.communes), *(f"quartier:{q}" for q in lieux.quartiers))


def _years(annees: Annees) -> str:
    return " ".join((*map(str, annees.certaines), *(f"{annee}{UNSAID}" for annee in annees.indeterminees)))


def _renvois(
    protocole: Protocole, fiches: tuple[Concerned, ...], shown: Iterable[str]
) -> Iterator[tuple[str, tuple[Renvoi, ...]]]:
    """Yield the links of a fiche to its actors, and those between what an article and the scheme say of a body."""
    directory = Directory(protocole)
    known = {acteur: Renvoi(f"acteur-{acteur}", directory.acteur_court(acteur)) for acteur in shown}
    anchors = ("", *(fiche_anchor(c.fiche.numero) for c in fiches), "")
    for rank, c in enumerate(fiches):
        around = ((anchors[rank], "Fiche précédente"), (anchors[rank + 2], "Fiche suivante"))
        yield (
            anchors[rank + 1],
            (
                *(known[acteur] for acteur in c.acteurs if acteur in known),
                *(Renvoi(ancre, nom) for ancre, nom in around if ancre),
            ),
        )
    instances = {instance.id for instance in protocole.gouvernance.instances}
    backwards: dict[str, list[Renvoi]] = {}
    for article in protocole.corps.articles:
        for rank, section in enumerate(article.sections, 1):
            if section.instance in instances:
                here, there = part_anchor(article.numero, section.numero, rank), instance_anchor(section.instance)
                yield here, (Renvoi(there, "Dans le schéma"),)
                backwards.setdefault(there, []).append(Renvoi(here, f"À l’article {article.numero}"))
    yield from ((ancre, tuple(renvois)) for ancre, renvois in backwards.items())

"""The bodies of the governance as both texts describe them: the scheme of the annexe, and the articles."""

from collections.abc import Iterable, Iterator
from typing import Literal

from msgspec import Struct

from protocole_cli.language import fold
from protocole_cli.model.acteurs import Acteur
from protocole_cli.model.corps import ReunionDite, Section
from protocole_cli.model.gouvernance import Instance, Reunion, Siege
from protocole_cli.model.protocole import Protocole
from protocole_cli.queries.meetings import InstanceMeetings, meetings
from protocole_cli.queries.names import Directory

Sujet = Literal["frequence", "mois", "groupe", "composition"]


class Mention(Struct, frozen=True):
    """A section that describes a body, and the number of its article."""

    article: int
    section: Section


class Ecart(Struct, frozen=True):
    """What the two texts do not say alike: the words of the article, then those of the scheme; none where one is silent."""

    sujet: Sujet
    article: tuple[str, ...]
    schema: tuple[str, ...]


class Seat(Struct, frozen=True):
    """Who sits in a body by some words, the actors that these mean, and the section that says it, `None` for the scheme."""

    siege: Siege
    acteurs: tuple[Acteur, ...]
    mention: Mention | None


class DescribedInstance(Struct, frozen=True):
    """A body: its meetings, column and seats, the sections that describe it, and where they and the scheme differ."""

    instance: Instance
    colonne: str
    meetings: InstanceMeetings
    seats: tuple[Seat, ...]
    mentions: tuple[Mention, ...]
    ecarts: tuple[Ecart, ...]


def described_instances(protocole: Protocole) -> tuple[DescribedInstance, ...]:
    """Return all bodies, in the order of gouvernance.yaml."""
    columns = {colonne.id: colonne.nom for colonne in protocole.gouvernance.colonnes}
    mentions = _mentions(protocole)
    directory = Directory(protocole)
    return tuple(
        DescribedInstance(
            instance,
            columns.get(instance.colonne, instance.colonne),
            meetings(instance),
            tuple(_seats(instance, mentions.get(instance.id, ()), directory)),
            tuple(mentions.get(instance.id, ())),
            tuple(e for mention in mentions.get(instance.id, ()) for e in _ecarts(mention.section, instance)),
        )
        for instance in protocole.gouvernance.instances
    )


def _seats(instance: Instance, mentions: Iterable[Mention], directory: Directory) -> Iterator[Seat]:
    said = [(siege, None) for siege in instance.composition]
    for siege, mention in (*said, *((siege, m) for m in mentions for siege in m.section.composition)):
        yield Seat(siege, directory.acteurs(siege.acteurs), mention)


def _mentions(protocole: Protocole) -> dict[str, list[Mention]]:
    found: dict[str, list[Mention]] = {}
    for article in protocole.corps.articles:
        for section in article.sections:
            if section.instance:
                found.setdefault(section.instance, []).append(Mention(article.numero, section))
    return found


def _ecarts(section: Section, instance: Instance) -> Iterator[Ecart]:
    said, drawn = section.reunions, instance.reunions
    here, there = tuple(r.texte for r in said), tuple(r.texte for r in drawn)
    if _numbers(said) != _numbers(drawn):
        yield Ecart("frequence", here, there)
    elif _months(said) != _months(drawn):
        yield Ecart("mois", here, there)
    sit, seated = (tuple(siege.texte for siege in part.composition) for part in (section, instance))
    if sit and seated and {fold(words) for words in sit} != {fold(words) for words in seated}:
        yield Ecart("composition", sit, seated)
    names = {groupe.id: groupe.nom for groupe in instance.groupes}
    for groupe in section.groupes:
        if fold(groupe.nom) != fold(names.get(groupe.id, "")):
            yield Ecart("groupe", (groupe.nom,), (names[groupe.id],) if groupe.id in names else ())


def _numbers(reunions: Iterable[Reunion | ReunionDite]) -> list[tuple[int, int] | None]:
    return sorted(((r.par_an.min, r.par_an.max) if r.par_an else None for r in reunions), key=lambda n: n or (-1, -1))


def _months(reunions: Iterable[Reunion | ReunionDite]) -> set[int]:
    return {month for reunion in reunions for month in reunion.mois}

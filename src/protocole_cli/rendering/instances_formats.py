"""The formats of the answers on the bodies of the governance, all of them and a single one: functions from values to text.

The tables `FORMATS` and `FORMATS_UNE` give both the choices of `--format` and what each does.
"""

from collections.abc import Callable
from itertools import groupby
from typing import Any

from protocole_cli.language import count, enumeration
from protocole_cli.queries.instances import DescribedInstance, Ecart, Mention, Seat, Sujet
from protocole_cli.rendering.citing import cite, named_json, part_name, place_json
from protocole_cli.rendering.gouvernance_formats import instance_lines, range_json, scheme_json
from protocole_cli.rendering.meeting_words import meetings_a_year, precision
from protocole_cli.rendering.neutral import json_text, visible
from protocole_cli.rendering.tables import Table, colonnes, table_formats
from protocole_cli.rendering.wrapping import item, unwrapped, wrap, wrap_prose

Described = tuple[DescribedInstance, ...]
_SUJETS: dict[Sujet, str] = {
    "frequence": "Fréquence",
    "mois": "Mois",
    "groupe": "Nom d’un groupe",
    "composition": "Composition",
}
_ROLES = {"presidence": "présidence", "membre": "", "associe": "peuvent être associés"}

# All of them


def texte(instances: Described, width: int) -> str:
    """Return each body with its column, its meetings, and where it is described."""
    if not instances:
        return "Aucune instance : data/gouvernance.yaml n’en décrit pas.\n"
    lines = [line for found in instances for line in _short(found, width)]
    sentence = f"{count(len(instances), 'instance', 'instances')}. Une seule : protocole instance NOM"
    return visible("\n".join([*wrap(sentence, width), "", *lines]) + "\n")


def _short(found: DescribedInstance, width: int) -> list[str]:
    instance = found.instance
    meetings = [meetings_a_year(found.meetings.par_an), *([p] if (p := precision(found.meetings)) else [])]
    where = [f"annexe 1 ({cite(instance.position)})", *(_section(m) for m in found.mentions)]
    said = [f"{instance.nom} ({instance.id})", f"{found.colonne} ; {' : '.join(meetings)}", enumeration(where)]
    return item("- ", said, width)


def _section(mention: Mention) -> str:
    return f"{_part(mention)} ({cite(mention.section.position)})"


def _part(mention: Mention) -> str:
    return part_name(mention.article, mention.section.numero, mention.section.titre)


def json(instances: Described, _width: int) -> str:
    """Return a JSON list, an object a body."""
    return json_text([_json(found) for found in instances])


def _json(found: DescribedInstance) -> dict[str, Any]:
    return {
        "id": found.instance.id,
        "nom": found.instance.nom,
        "par_an": range_json(found.meetings.par_an),
        "precision": precision(found.meetings),
        **scheme_json(found.instance),
        "articles": [
            {
                "article": mention.article,
                "section": mention.section.numero,
                "titre": mention.section.titre,
                "texte": unwrapped(mention.section.texte),
                **place_json(mention.section.position),
            }
            for mention in found.mentions
        ],
        "composition": [
            {
                "source": seat_source(seat),
                "texte": seat.siege.texte,
                "acteurs": named_json(seat.acteurs),
                "formation": seat.siege.formation,
                "role": seat.siege.role,
                "deduit": seat.siege.deduit,
                **place_json(seat.siege.position),
            }
            for seat in found.seats
        ],
        "ecarts": [{"sujet": e.sujet, "article": list(e.article), "schema": list(e.schema)} for e in found.ecarts],
    }


def table(instances: Described) -> Table:
    """Return a row a body."""
    titles = {
        "id": "Identifiant",
        "nom": "Instance",
        "colonne": "Colonne",
        "par_an_min": "Par an, au moins",
        "par_an_max": "Par an, au plus",
        "precision": "Précision",
        "articles": "Articles",
        "fichier": "Fichier",
        "ligne": "Ligne",
    }
    rows = []
    for found in instances:
        par_an, position = found.meetings.par_an, found.instance.position
        rows.append(
            (
                found.instance.id,
                found.instance.nom,
                found.colonne,
                str(par_an.min) if par_an else "",
                str(par_an.max) if par_an else "",
                precision(found.meetings),
                " ; ".join(_section(mention) for mention in found.mentions),
                position.fichier,
                str(position.ligne),
            )
        )
    return Table(colonnes(titles), tuple(rows))


FORMATS = table_formats(texte, json, table)

# A single one


def texte_une(found: DescribedInstance, width: int) -> str:
    """Return a body as the scheme and the articles word it, and where both differ."""
    parts = [_head(found, width), _scheme(found, width)]
    parts += [_mention(mention, width) for mention in found.mentions]
    if not found.mentions:
        parts.append("\n".join(wrap("Aucun article ne la décrit : seul le schéma de l’annexe 1 en parle.", width)))
    if found.seats:
        parts.append("\n".join(_seats(found, width)))
    if found.ecarts:
        parts.append(_differences(found, width))
    return visible("\n\n".join(parts) + "\n")


def _head(found: DescribedInstance, width: int) -> str:
    deduced = " (colonne déduite de son nom : le texte ne la dit pas)" if found.instance.colonne_deduite else ""
    lines = wrap(found.instance.nom, width)
    lines += wrap(f"Colonne : {found.colonne}{deduced}", width)
    number = meetings_a_year(found.meetings.par_an)
    detail = precision(found.meetings)
    return "\n".join([*lines, *wrap(f"Réunions : {number}{f' : {detail}' if detail else ''}", width)])


def _scheme(found: DescribedInstance, width: int) -> str:
    heading = wrap(f"Annexe 1 ({cite(found.instance.position)})", width)
    body = instance_lines(found.instance, width)
    return "\n".join([*heading, *wrap(found.instance.nom, width, "  "), *body])


def _mention(mention: Mention, width: int) -> str:
    place = _section(mention)
    heading = wrap(f"A{place[1:]}", width)
    titre = wrap(mention.section.titre, width, "  ") if mention.section.numero else []
    return "\n".join([*heading, *titre, *wrap_prose(mention.section.texte.strip("\n"), width, "    ")])


def _seats(found: DescribedInstance, width: int) -> list[str]:
    lines = ["Qui y siège"]
    for source, seats in groupby(found.seats, key=seat_source):
        said = [
            f"{head}{enumeration([_quoted(seat) for seat in inner])}" for head, inner in groupby(seats, key=_seat_head)
        ]
        lines += wrap(f"Selon l’{source} : {' ; '.join(said)}", width, "  - ", "    ")
    return lines


def seat_source(seat: Seat) -> str:
    """Return which text says a seat: « annexe 1 », or the article and its section."""
    return _part(seat.mention) if seat.mention else "annexe 1"


def _seat_head(seat: Seat) -> str:
    formation = f"{seat.siege.formation}, " if seat.siege.formation else ""
    role = _ROLES[seat.siege.role]
    return f"{formation}{role} : " if role else formation.replace(", ", " : ")


def _quoted(seat: Seat) -> str:
    names = enumeration([acteur.nom for acteur in seat.acteurs])
    return f"« {seat.siege.texte} »{f' (déduit : {names})' if seat.siege.deduit else ''}"


def _differences(found: DescribedInstance, width: int) -> str:
    article = f"l’article {found.mentions[0].article}" if len(found.mentions) == 1 else "les articles"
    lines = wrap(f"Ce que {article} et l’annexe 1 ne disent pas de même", width)
    for ecart in found.ecarts:
        lines += wrap(_difference(ecart, article), width, "  - ", "    ")
    return "\n".join(lines)


def _difference(ecart: Ecart, article: str) -> str:
    here, there = (enumeration([f"« {words} »" for words in said]) for said in (ecart.article, ecart.schema))
    verb = "disent" if article.startswith("les") else "dit"
    if not here:
        return f"{_SUJETS[ecart.sujet]} : {article} n’en {verb} rien ; l’annexe 1 dit {there}."
    if not there:
        return f"{_SUJETS[ecart.sujet]} : {article} {verb} {here} ; l’annexe 1 n’en dit rien."
    return f"{_SUJETS[ecart.sujet]} : {article} {verb} {here} ; l’annexe 1 dit {there}."


def json_une(found: DescribedInstance, _width: int) -> str:
    """Return one JSON object."""
    return json_text(_json(found))


FORMATS_UNE: dict[str, Callable[[DescribedInstance, int], str]] = {"texte": texte_une, "json": json_une}

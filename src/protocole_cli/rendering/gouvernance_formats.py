"""The formats of the scheme of the governance, and of its meetings a year or in a month: functions from values to text.

The tables `FORMATS`, `FORMATS_PAR_AN` and `FORMATS_MOIS` give both the choices of `--format` and what each does.
"""

from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import Any

from msgspec import Struct

from protocole_cli.language import MOIS
from protocole_cli.model.gouvernance import Gouvernance, Instance, Mission, ParAn
from protocole_cli.queries.meetings import InstanceMeetings, MonthlyMeeting, Presence, meetings, total
from protocole_cli.rendering.build_document import DISPOSITION_RECONSTITUEE
from protocole_cli.rendering.citing import cite, place_json
from protocole_cli.rendering.meeting_words import meetings_a_year, precision, span, total_precision
from protocole_cli.rendering.neutral import json_text, visible
from protocole_cli.rendering.tables import Table, colonnes, table_formats
from protocole_cli.rendering.wrapping import item, wrap

NARROWEST_COLUMN = 28
"""Narrower columns, side by side, are hard to read."""
_GAP = "   "

# The scheme


def texte(gouvernance: Gouvernance, width: int) -> str:
    """Return the scheme column after column, each body with its meetings, groups and missions."""
    columns = ["\n".join(_column(nom, found, width)) for nom, found in _columns(gouvernance)]
    return visible("\n\n".join(["\n".join(_head(gouvernance, width)), *columns]) + "\n")


def terminal(gouvernance: Gouvernance, width: int) -> str:
    """Return the scheme with its columns side by side where the window is wide enough for them."""
    columns = _columns(gouvernance)
    each = (width - len(_GAP) * (len(columns) - 1)) // len(columns) if columns else 0
    if each < NARROWEST_COLUMN:
        return texte(gouvernance, width)
    drawn = [[visible(line) for line in _column(nom, found, each)] for nom, found in columns]
    rows = [_GAP.join(line.ljust(each) for line in row).rstrip() for row in zip_longest(*drawn, fillvalue="")]
    return "\n".join([*map(visible, _head(gouvernance, width)), "", *rows]) + "\n"


def _head(gouvernance: Gouvernance, width: int) -> list[str]:
    if not gouvernance.instances:
        return ["Aucune instance : data/gouvernance.yaml n’en décrit pas."]
    lines = wrap(f"Annexe 1 – {gouvernance.titre} ({cite(gouvernance.position)})", width)
    if any(instance.colonne_deduite for instance in gouvernance.instances):
        lines += wrap(DISPOSITION_RECONSTITUEE, width)
    return lines


def _columns(gouvernance: Gouvernance) -> list[tuple[str, list[Instance]]]:
    """Return the columns that hold something, in their order; bodies of a column that is not described come last."""
    names = {colonne.id: colonne.nom for colonne in gouvernance.colonnes}
    for instance in gouvernance.instances:
        names.setdefault(instance.colonne, instance.colonne)
    found = [(nom, [i for i in gouvernance.instances if i.colonne == key]) for key, nom in names.items()]
    return [(nom, instances) for nom, instances in found if instances]


def _column(nom: str, instances: Iterable[Instance], width: int) -> list[str]:
    lines = wrap(nom, width)
    for instance in instances:
        lines += ["", *wrap(instance.nom, width, "  "), *instance_lines(instance, width)]
    return lines


def instance_lines(instance: Instance, width: int) -> list[str]:
    """Return what the scheme says of a body, under its name."""
    lines = []
    for reunion in instance.reunions:
        lines += wrap(f"Réunion : {reunion.texte}", width, "    ")
        lines += _missions(reunion.missions, width, "      ")
    for groupe in instance.groupes:
        lines += wrap(f"Groupe : {groupe.nom}", width, "    ")
        lines += _missions(groupe.missions, width, "      ")
    return lines


def _missions(missions: Iterable[Mission], width: int, margin: str) -> list[str]:
    return [line for mission in missions for line in wrap(mission.texte, width, f"{margin}- ", f"{margin}  ")]


def json(gouvernance: Gouvernance, _width: int) -> str:
    """Return one JSON object: the columns, the bodies as the scheme describes them, and their meetings a year."""
    counted = tuple(map(meetings, gouvernance.instances))
    return json_text(
        {
            "titre": gouvernance.titre,
            "colonnes": [{"id": c.id, "nom": c.nom} for c in gouvernance.colonnes],
            "instances": [{**_counted_json(c), **scheme_json(c.instance)} for c in counted],
            "total": total_json(counted),
        }
    )


def total_json(counted: tuple[InstanceMeetings, ...]) -> dict[str, Any]:
    """Return the meetings a year of several bodies together as JSON, and what that leaves open."""
    sums = total(counted)
    return {"min": sums.min, "max": sums.max, "precision": total_precision(counted)}


def scheme_json(instance: Instance) -> dict[str, Any]:
    """Return what the scheme says of a body, as JSON."""
    return {
        "colonne": instance.colonne,
        "colonne_deduite": instance.colonne_deduite,
        "reunions": [
            {
                "texte": reunion.texte,
                "par_an": range_json(reunion.par_an),
                "unite": reunion.unite,
                "mois": list(reunion.mois),
                "missions": [mission.texte for mission in reunion.missions],
            }
            for reunion in instance.reunions
        ],
        "groupes": [
            {"id": groupe.id, "nom": groupe.nom, "missions": [mission.texte for mission in groupe.missions]}
            for groupe in instance.groupes
        ],
        **place_json(instance.position),
    }


def range_json(par_an: ParAn | None) -> dict[str, int] | None:
    """Return a number a year as JSON."""
    return {"min": par_an.min, "max": par_an.max} if par_an else None


def table(gouvernance: Gouvernance) -> Table:
    """Return a row a rhythm of meetings; a body of which none is said has one all the same."""
    columns = {colonne.id: colonne.nom for colonne in gouvernance.colonnes}
    rows: list[tuple[str, ...]] = []
    for instance in gouvernance.instances:
        common = (instance.id, instance.nom, columns.get(instance.colonne, instance.colonne))
        place = (instance.position.fichier, str(instance.position.ligne))
        for reunion in instance.reunions:
            numbers = (str(reunion.par_an.min), str(reunion.par_an.max)) if reunion.par_an else ("", "")
            months = " ".join(map(str, reunion.mois))
            rows.append((*common, reunion.texte, *numbers, reunion.unite, months, *place))
        if not instance.reunions:
            rows.append((*common, "", "", "", "", "", *place))
    titles = {
        "id": "Identifiant",
        "nom": "Instance",
        "colonne": "Colonne",
        "reunion": "Réunion",
        "par_an_min": "Par an, au moins",
        "par_an_max": "Par an, au plus",
        "unite": "Unité",
        "mois": "Mois",
        "fichier": "Fichier",
        "ligne": "Ligne",
    }
    return Table(colonnes(titles), tuple(rows))


FORMATS = table_formats(texte, json, table)

# Meetings a year

Counted = tuple[InstanceMeetings, ...]


def texte_par_an(counted: Counted, width: int) -> str:
    """Return the meetings of each body, what that number leaves open, and their sum."""
    lines = [line for c in counted for line in _counted_lines(c, width)]
    return visible("\n".join([*wrap(_total(counted), width), "", *lines]) + "\n")


def _total(counted: Counted) -> str:
    if not counted:
        return "Aucune réunion : data/gouvernance.yaml ne décrit aucune instance."
    left_open = total_precision(counted)
    return f"En tout, {meetings_a_year(total(counted))}{f' ; {left_open}' if left_open else ''}."


def _counted_lines(counted: InstanceMeetings, width: int) -> list[str]:
    number = span(counted.par_an) if counted.par_an else "?"
    said = [counted.instance.nom]
    if detail := precision(counted):
        said.append(detail[:1].upper() + detail[1:])
    place = f"({cite(counted.instance.position)})"
    one = len(counted.rhythms) == 1 and counted.par_an is not None
    said.append(f"Le texte dit « {counted.rhythms[0].reunion.texte} » {place}" if one else place)
    return item(f"{number:>6}  ", said, width)


def json_par_an(counted: Counted, _width: int) -> str:
    """Return one JSON object: the meetings a year of each body, and in all."""
    return json_text(
        {
            "instances": [{**_counted_json(c), **place_json(c.instance.position)} for c in counted],
            "total": total_json(counted),
        }
    )


def _counted_json(counted: InstanceMeetings) -> dict[str, Any]:
    return {
        "id": counted.instance.id,
        "nom": counted.instance.nom,
        "par_an": range_json(counted.par_an),
        "precision": precision(counted),
    }


def table_par_an(counted: Counted) -> Table:
    """Return a row a body."""
    titles = {
        "id": "Identifiant",
        "nom": "Instance",
        "par_an_min": "Par an, au moins",
        "par_an_max": "Par an, au plus",
        "precision": "Précision",
        "fichier": "Fichier",
        "ligne": "Ligne",
    }
    rows = tuple(
        (
            c.instance.id,
            c.instance.nom,
            str(c.par_an.min) if c.par_an else "",
            str(c.par_an.max) if c.par_an else "",
            precision(c),
            c.instance.position.fichier,
            str(c.instance.position.ligne),
        )
        for c in counted
    )
    return Table(colonnes(titles), rows)


FORMATS_PAR_AN = table_formats(texte_par_an, json_par_an, table_par_an)

# Meetings in a month


class MonthView(Struct, frozen=True):
    """A month, from 1 to 12, and the meetings that fall or may fall in it."""

    mois: int
    trouvees: tuple[MonthlyMeeting, ...]

    @property
    def en(self) -> str:
        """« en octobre »."""
        return f"en {MOIS[self.mois - 1]}"


def texte_mois(view: MonthView, width: int) -> str:
    """Return what the text fixes in the month; apart, what meets every month, and what may fall in it."""
    kinds: dict[Presence, list[MonthlyMeeting]] = {"fixe": [], "chaque-mois": [], "possible": []}
    for found in view.trouvees:
        kinds[found.presence].append(found)
    parts = [_fixed(view, kinds["fixe"], width)]
    if kinds["chaque-mois"]:
        parts.append(_group(f"Chaque mois, donc aussi {view.en} :", kinds["chaque-mois"], width))
    if kinds["possible"]:
        heading = f"Le texte ne fixe pas de mois : peuvent avoir lieu {view.en}, ou non :"
        parts.append(_group(heading, kinds["possible"], width))
    return visible("\n\n".join(parts) + "\n")


def _fixed(view: MonthView, found: Sequence[MonthlyMeeting], width: int) -> str:
    if not found:
        return "\n".join(wrap(f"Le texte ne fixe aucune réunion {view.en}.", width))
    one = len(found) == 1
    number = "Une réunion est fixée" if one else f"{len(found)} réunions sont fixées"
    return _group(f"{number} {view.en} par le texte :", found, width)


def _group(heading: str, found: Sequence[MonthlyMeeting], width: int) -> str:
    lines = wrap(heading, width)
    for meeting in found:
        said = f"{meeting.instance.nom} : « {meeting.reunion.texte} » ({cite(meeting.reunion.position)})"
        lines += wrap(said, width, "  - ", "    ")
    return "\n".join(lines)


def json_mois(view: MonthView, _width: int) -> str:
    """Return one JSON object: the month, and its meetings with whether they are fixed, monthly or possible."""
    return json_text(
        {
            "mois": view.mois,
            "reunions": [
                {
                    "instance": {"id": m.instance.id, "nom": m.instance.nom},
                    "texte": m.reunion.texte,
                    "presence": m.presence,
                    **place_json(m.reunion.position),
                }
                for m in view.trouvees
            ],
        }
    )


def table_mois(view: MonthView) -> Table:
    """Return a row a meeting."""
    titles = {
        "id": "Identifiant",
        "nom": "Instance",
        "reunion": "Réunion",
        "presence": "Présence",
        "fichier": "Fichier",
        "ligne": "Ligne",
    }
    rows = tuple(
        (
            m.instance.id,
            m.instance.nom,
            m.reunion.texte,
            m.presence,
            m.reunion.position.fichier,
            str(m.reunion.position.ligne),
        )
        for m in view.trouvees
    )
    return Table(colonnes(titles), rows)


FORMATS_MOIS = table_formats(texte_mois, json_mois, table_mois)

"""The formats of the time line: functions from values to text; printing is elsewhere.

The one table `FORMATS` gives both the choices of `--format` and what each does.
"""

from typing import Any

from msgspec import Struct

from protocole_cli.language import count, ranges
from protocole_cli.model.fiche import Fiche
from protocole_cli.position import Position
from protocole_cli.queries.timeline import Bar, DatedFiche, Timeline
from protocole_cli.rendering.citing import cite, place_json, quote
from protocole_cli.rendering.neutral import json_text, one_line, visible
from protocole_cli.rendering.tables import Table, colonnes, table_formats
from protocole_cli.rendering.wrapping import item, unwrapped, wrap

_INSIDE, _OUTSIDE, _NEVER = "■■■■", "□□□□", "····"
"""A year of a fiche, one of them out of the period of the protocole, and a year that is none of its."""
_SHORTEST_LABEL = 24
"""Where less is left for the titles, no bars are drawn."""


class TimelineView(Struct, frozen=True):
    """A time line, the only year wanted, if any, and how many fiches were read."""

    timeline: Timeline
    annee: int | None
    fiches_lues: int


def texte(view: TimelineView, width: int) -> str:
    """Return the years of each fiche and of its phases as sentences, those out of the period said; the undated ones apart."""
    lines = [line for dated in view.timeline.datees for line in _said(dated, width)]
    return _with_head_and_undated(view, "\n".join(lines), width)


def terminal(view: TimelineView, width: int) -> str:
    """Return a bar a fiche and a phase, year beside year, where the window is wide enough for them."""
    years = view.timeline.annees
    room = width - (len(_INSIDE) + 1) * len(years)
    if room < _SHORTEST_LABEL or not view.timeline.datees:
        return texte(view, width)
    labelled = [
        (wrap(one_line(nom), room, mark), bar) for dated in view.timeline.datees for mark, nom, bar in _bars(dated)
    ]
    label = min(room, max(len(line) for lines, _ in labelled for line in lines))
    lines = [" " * label + "".join(f" {year}" for year in years)]
    for names, bar in labelled:
        lines += _beside(names, bar, view.timeline, label)
    legend = f"{_INSIDE} année de la fiche"
    if any(dated.hors_periode for dated in view.timeline.datees):
        legend += f" ; {_OUTSIDE} année hors de la période du protocole"
    return _with_head_and_undated(view, "\n".join([*lines, "", *wrap(legend, width)]), width)


def _bars(dated: DatedFiche) -> list[tuple[str, str, Bar]]:
    """Return the bar of a fiche, then those of its phases, each after the mark and the name to put beside it."""
    fiche = dated.fiche
    return [(f"Fiche {fiche.numero} – ", fiche.titre, dated.bar), *(("  ", p.nom, p) for p in dated.phases)]


def _beside(names: list[str], bar: Bar, timeline: Timeline, label: int) -> list[str]:
    """Return the lines of a name, the bar beside the first; a word longer than the column is cut."""
    first, *others = [line if len(line) <= label else f"{line[: label - 1]}…" for line in names]
    return [first.ljust(label) + "".join(f" {_year(year, bar, timeline)}" for year in timeline.annees), *others]


def _year(year: int, bar: Bar, timeline: Timeline) -> str:
    if not bar.holds(year):
        return _NEVER
    periode = timeline.periode
    return _INSIDE if periode is None or periode.debut <= year <= periode.fin else _OUTSIDE


def _with_head_and_undated(view: TimelineView, body: str, width: int) -> str:
    parts = ["\n".join(wrap(_sentence(view), width)), *([body] if body else [])]
    undated = view.timeline.non_datees
    if undated:
        heading = "Non daté : le texte ne donne pas d’années."
        if view.annee is not None:
            heading = f"Indéterminé : le texte ne donne pas d’années, ni {view.annee} ni une autre."
        lines = [line for fiche in undated for line in _undated(fiche, width)]
        parts.append("\n".join([*wrap(heading, width), *lines]))
    return visible("\n\n".join(parts) + "\n")


def _sentence(view: TimelineView) -> str:
    timeline = view.timeline
    periode = f"{timeline.periode.debut}-{timeline.periode.fin}" if timeline.periode else ""
    said = f"Période du protocole : {periode}. " if periode else "Période du protocole non dite. "
    number = len(timeline.datees)
    if not view.fiches_lues:
        return "Aucune fiche : il n’y en a pas dans data/fiches."
    if view.annee is None:
        return f"{said}{count(number, 'fiche datée', 'fiches datées')} sur {view.fiches_lues}."
    outside = timeline.periode and not timeline.periode.debut <= view.annee <= timeline.periode.fin
    where = f"en {view.annee}{', hors de la période' if outside else ''}"
    found = f"{count(number, 'fiche a lieu', 'fiches ont lieu')}" if number else "Aucune fiche n’a lieu"
    return f"{said}{found} {where}, sur {view.fiches_lues}."


def _said(dated: DatedFiche, width: int) -> list[str]:
    years = _years(dated.bar)
    if dated.hors_periode:
        years += f", dont {ranges(dated.hors_periode)} hors de la période du protocole"
    lines = [f"{dated.fiche.numero} – {dated.fiche.titre}", f"{years} ({cite(_position(dated.fiche))})"]
    lines += [f"{phase.nom} : {_years(phase)}" for phase in dated.phases]
    return item("Fiche ", lines, width)


def _years(bar: Bar) -> str:
    return f"{bar.debut}" if bar.debut == bar.fin else f"{bar.debut} à {bar.fin}"


def _undated(fiche: Fiche, width: int) -> list[str]:
    words = quote(fiche.calendrier.texte) if fiche.calendrier else "Aucun calendrier"
    return item("Fiche ", [f"{fiche.numero} – {fiche.titre}", f"{words} ({cite(_position(fiche))})"], width)


def _position(fiche: Fiche) -> Position:
    return fiche.calendrier.position if fiche.calendrier else fiche.position


def json(view: TimelineView, _width: int) -> str:
    """Return one JSON object: the period, the dated fiches with their phases, and the others."""
    timeline = view.timeline
    return json_text(
        {
            "periode": _bar_json(Bar(timeline.periode.debut, timeline.periode.fin)) if timeline.periode else None,
            "annee": view.annee,
            "fiches": [
                {
                    **_fiche_json(dated.fiche),
                    **_bar_json(dated.bar),
                    "phases": [{"nom": phase.nom, **_bar_json(phase)} for phase in dated.phases],
                    "hors_periode": list(dated.hors_periode),
                }
                for dated in timeline.datees
            ],
            "non_datees": [_fiche_json(fiche) for fiche in timeline.non_datees],
        }
    )


def _bar_json(bar: Bar) -> dict[str, int]:
    return {"debut": bar.debut, "fin": bar.fin}


def _fiche_json(fiche: Fiche) -> dict[str, Any]:
    return {
        "numero": fiche.numero,
        "titre": fiche.titre,
        "texte": unwrapped(fiche.words("calendrier")),
        **place_json(_position(fiche)),
    }


def table(view: TimelineView) -> Table:
    """Return a row a fiche and a phase; an undated fiche has no years."""
    titles = {
        "numero": "Fiche",
        "titre": "Titre",
        "phase": "Phase",
        "debut": "Début",
        "fin": "Fin",
        "hors_periode": "Hors période",
        "fichier": "Fichier",
        "ligne": "Ligne",
    }
    rows: list[tuple[str, ...]] = []
    for dated in view.timeline.datees:
        out = " ".join(map(str, dated.hors_periode))
        rows.append(_row(dated.fiche, "", str(dated.bar.debut), str(dated.bar.fin), out))
        rows += [_row(dated.fiche, phase.nom, str(phase.debut), str(phase.fin), "") for phase in dated.phases]
    rows += [_row(fiche, "", "", "", "") for fiche in view.timeline.non_datees]
    return Table(colonnes(titles), tuple(rows))


def _row(fiche: Fiche, *years: str) -> tuple[str, ...]:
    position = _position(fiche)
    return (str(fiche.numero), fiche.titre, *years, position.fichier, str(position.ligne))


FORMATS = table_formats(texte, json, table)

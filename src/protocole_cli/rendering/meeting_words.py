"""How often a body meets, in words: the same in all answers on the governance."""

from collections.abc import Sequence

from protocole_cli.language import count, enumeration
from protocole_cli.model.gouvernance import ParAn
from protocole_cli.queries.meetings import InstanceMeetings, Rhythm

NOT_SAID = "nombre par an non indiqué"
"""Whether the words give none, or nobody put theirs down, cannot be told."""


def span(par_an: ParAn) -> str:
    """Return « 4 », or « 1 à 2 »."""
    return str(par_an.min) if par_an.min == par_an.max else f"{par_an.min} à {par_an.max}"


def meetings_a_year(par_an: ParAn | None) -> str:
    """Return « 1 réunion par an », or that no number is given."""
    if par_an is None:
        return NOT_SAID
    return f"{span(par_an)} {'réunion' if par_an.max < 2 else 'réunions'} par an"


def precision(meetings: InstanceMeetings) -> str:
    """Return what the number of a body leaves open or adds up; empty where it is plain."""
    several = len(meetings.rhythms) > 1
    parts = [said for r in meetings.rhythms if (r.par_an or not several) and (said := _precision(r))]
    if several:
        sums = [span(r.par_an) if r.par_an else NOT_SAID for r in meetings.rhythms]
        quoted = [f"{number} (« {r.reunion.texte} »)" for number, r in zip(sums, meetings.rhythms, strict=True)]
        parts.insert(0, enumeration(quoted))
    return " ; ".join(parts)


def total_precision(counted: Sequence[InstanceMeetings]) -> str:
    """Return what the sum of several bodies leaves open or out; empty where it is plain."""
    rhythms = [(f"« {c.instance.nom} »", rhythm) for c in counted for rhythm in c.rhythms]
    each = [nom for nom, r in rhythms if r.par_an and r.reunion.unite == "indeterminee"]
    groups = [nom for nom, r in rhythms if r.par_an and r.reunion.unite == "groupe" and not r.groupes]
    uncounted = [f"{nom} (« {r.reunion.texte} »)" for nom, r in rhythms if r.par_an is None]
    silent = [f"« {c.instance.nom} »" for c in counted if not c.rhythms]
    parts = (
        (each, "davantage si le nombre dit pour {} vaut pour chacun"),
        (groups, "davantage selon le nombre de groupes, que le texte ne dit pas : {}"),
        (uncounted, "sans compter {}, dont le nombre par an n’est pas indiqué"),
        (silent, "sans compter {}, dont aucune réunion n’est dite"),
    )
    return " ; ".join(said.replace("{}", enumeration(list(dict.fromkeys(found)))) for found, said in parts if found)


def _precision(rhythm: Rhythm) -> str:
    par_an, unite = rhythm.reunion.par_an, rhythm.reunion.unite
    if par_an is None:
        return f"{NOT_SAID} (« {rhythm.reunion.texte} »)"
    if unite == "groupe":
        if not rhythm.groupes:
            return f"{span(par_an)} pour chaque groupe, dont le texte ne dit pas le nombre"
        return f"{count(rhythm.groupes, 'groupe', 'groupes')}, {span(par_an)} pour chacun"
    if unite == "indeterminee":
        return f"le texte ne dit pas si {span(par_an)} par an vaut pour l’ensemble ou pour chacun"
    return ""

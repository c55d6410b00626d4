"""How often a body meets, in words: the same in all answers on the governance."""

from protocole_cli.language import count, enumeration
from protocole_cli.model.gouvernance import ParAn
from protocole_cli.queries.meetings import InstanceMeetings, Rhythm

NOT_SAID = "nombre non dit par le texte"


def span(par_an: ParAn) -> str:
    """Return « 4 », or « 1 à 2 »."""
    return str(par_an.min) if par_an.min == par_an.max else f"{par_an.min} à {par_an.max}"


def meetings_a_year(par_an: ParAn | None) -> str:
    """Return « 1 réunion par an », or that the text gives no number."""
    if par_an is None:
        return NOT_SAID
    return f"{span(par_an)} {'réunion' if par_an.max < 2 else 'réunions'} par an"


def precision(meetings: InstanceMeetings) -> str:
    """Return what the number of a body leaves open or adds up; empty where it is plain."""
    parts = [said for rhythm in meetings.rhythms if (said := _precision(rhythm))]
    if len(meetings.rhythms) > 1:
        sums = [span(r.par_an) if r.par_an else NOT_SAID for r in meetings.rhythms]
        quoted = [f"{number} (« {r.reunion.texte} »)" for number, r in zip(sums, meetings.rhythms, strict=True)]
        parts.insert(0, enumeration(quoted))
    return " ; ".join(parts)


def _precision(rhythm: Rhythm) -> str:
    par_an, unite = rhythm.reunion.par_an, rhythm.reunion.unite
    if par_an is None:
        return ""
    if unite == "groupe":
        if not rhythm.groupes:
            return f"{span(par_an)} pour chaque groupe, dont le texte ne dit pas le nombre"
        return f"{count(rhythm.groupes, 'groupe', 'groupes')}, {span(par_an)} pour chacun"
    if unite == "indeterminee":
        return f"le texte ne dit pas si {span(par_an)} par an vaut pour l’ensemble ou pour chacun"
    return ""

"""The years that a calendar, a promise or a result gives as facts are in its words, and none of its words goes beyond them."""

import re
from collections.abc import Iterator
from functools import lru_cache

from protocole_cli.diagnostics import Severite
from protocole_cli.loading.loaded import Loaded
from protocole_cli.model.fiche import Calendrier, Detail, Fiche, Resultat
from protocole_cli.position import Position, Route
from protocole_cli.validation.rules.finding import Finding
from protocole_cli.validation.rules.regle import FICHE, Exemple, Regle

_YEAR = r"(?<!\d)(?:19|20)\d\d(?!\d)"


def check_fiches(loaded: Loaded) -> Iterator[Finding]:
    """Yield a finding for each year that the words do not give, or give beyond the calendar; no fact, no claim."""
    for fiche in loaded.protocole.fiches:
        calendrier = fiche.calendrier
        if calendrier and (calendrier.phases or (calendrier.debut, calendrier.fin) != _years(calendrier.texte)):
            yield from _of_calendar(calendrier)
        yield from _of_entries(fiche)


def _of_calendar(calendrier: Calendrier) -> Iterator[Finding]:
    words = calendrier.texte
    unsaid = [*_unsaid(words, calendrier.position, calendrier.debut, calendrier.fin)]
    for phase in calendrier.phases:
        unsaid += _unsaid(words, phase.position, phase.debut, phase.fin)
    yield from unsaid or _beyond(calendrier)


def _beyond(calendrier: Calendrier) -> Iterator[Finding]:
    if calendrier.bornes is None:
        return
    debut, fin = calendrier.bornes
    for year in _years(calendrier.texte) if debut <= fin else ():
        if not debut <= year <= fin:
            yield Finding(
                calendrier.position,
                f"Le texte du calendrier nomme {year}, hors des années données ({debut}-{fin}).",
                "Corrigez « debut » et « fin », ou le texte s’il se trompe.",
                ("texte",),
            )


def _of_entries(fiche: Fiche) -> Iterator[Finding]:
    for engagement in fiche.engagements:
        if engagement.debut is not None or engagement.fin is not None:
            words = f"{engagement.intitule} {engagement.texte}"
            yield from _unsaid(words, engagement.position, engagement.debut, engagement.fin)
    for resultat in fiche.resultats:
        if resultat.echeance is not None or resultat.details:
            yield from _of_result(resultat)


def _of_result(resultat: Resultat) -> Iterator[Finding]:
    entries: tuple[Resultat | Detail, ...] = (resultat, *resultat.details)
    for entry in entries:
        if entry.echeance is not None and not _is_said(entry.echeance, " ".join([one.texte for one in entries])):
            yield _finding(entry.position, entry.echeance, ("echeance",))


def _unsaid(words: str, position: Position, debut: int | None, fin: int | None) -> Iterator[Finding]:
    if debut is not None and fin is not None and fin < debut:
        return  # which is said elsewhere
    if debut is not None and not _is_said(debut, words):
        yield _finding(position, debut, ("debut",))
    if fin is not None and not _is_said(fin, words):
        yield _finding(position, fin, ("fin",))


def _is_said(year: int, words: str) -> bool:
    """Tell whether a year is in some words, be it short: 2019-22, 2019/22."""
    return year in _years(words) or f"-{year % 100:02d}" in words or f"/{year % 100:02d}" in words


@lru_cache(maxsize=256)
def _years(words: str) -> tuple[int, ...]:
    """Return the years that some words name, in order; kept, as calendars often have the same."""
    return tuple(sorted(set(map(int, re.findall(_YEAR, words)))))


def _finding(position: Position, year: int, route: Route) -> Finding:
    return Finding(
        position,
        f"« {route[0]} » dit {year}, une année que le texte ne donne pas.",
        f"Corrigez l’année, ou retirez « {route[0]} » si le texte ne la dit pas.",
        route,
    )


REGLE = Regle(
    nom="mots-et-annees",
    severite=Severite.AVERTISSEMENT,
    demande="Les années d’un calendrier, d’un engagement ou d’un résultat sont celles que dit son texte.",
    raison="Les recherches se font sur « debut », « fin » et « echeance », les parties signent le texte : les deux doivent dire la "
    "même chose. Une année que le texte ne donne pas a été devinée.",
    juste=Exemple(
        FICHE,
        """
        calendrier:
          texte: 2024-2027
          debut: 2024
          fin: 2027
        """,
    ),
    fautif=Exemple(
        FICHE,
        """
        calendrier:
          texte: 2024-2027
          debut: 2024
          fin: 2026
        """,
    ),
    check_fiches=check_fiches,
)

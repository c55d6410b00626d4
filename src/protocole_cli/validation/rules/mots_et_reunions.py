"""The rhythm and the months of meetings are those that their words give."""

import re
from collections.abc import Iterator

from protocole_cli.diagnostics import Severite
from protocole_cli.language import MOIS, cited, enumeration, fold
from protocole_cli.loading.loaded import Loaded
from protocole_cli.model.corps import ReunionDite
from protocole_cli.model.gouvernance import Reunion
from protocole_cli.validation.rules.finding import Finding
from protocole_cli.validation.rules.regle import Exemple, Regle

_NUMBERS = {
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "dix": 10, "douze": 12,
}  # fmt: skip
_A_YEAR = {"an": 1, "annee": 1, "semestre": 2, "trimestre": 4, "mois": 12}
_NUMBER = rf"(\d{{1,3}}|{'|'.join(_NUMBERS)})"
_FOIS = rf"\b{_NUMBER}(?: ?(?:a|ou|-) ?{_NUMBER})? fois ?(?:/|par|chaque) ?({'|'.join(_A_YEAR)})\b"
"""« 1 fois / an », « 1 à 2 fois/an », « une fois par trimestre »."""
_TOUS_LES = rf"\btous les {_NUMBER} mois\b"


def check(loaded: Loaded) -> Iterator[Finding]:
    """Yield a finding for each rhythm whose words, where they are plain, give another number or other months than its fields."""
    protocole = loaded.protocole
    for instance in protocole.gouvernance.instances:
        for reunion in instance.reunions:
            yield from _of(reunion)
    for article in protocole.corps.articles:
        for section in article.sections:
            for dite in section.reunions:
                yield from _of(dite)


def _of(reunion: Reunion | ReunionDite) -> Iterator[Finding]:
    words = fold(reunion.texte)
    said, given = _rhythm(words), reunion.par_an and (reunion.par_an.min, reunion.par_an.max)
    if said and given and given[0] <= given[1] and said != given:
        yield Finding(
            reunion.position,
            f"« {cited(reunion.texte)} » fait {_shown(said)} par an, et « par_an » dit {_shown(given)}.",
            "Accordez le nombre et les mots.",
            ("par_an",),
        )
    months = tuple(rank for rank, name in enumerate(MOIS, 1) if re.search(rf"\b{fold(name)}\b", words))
    if set(months) != set(reunion.mois):
        named = enumeration([MOIS[rank - 1] for rank in months]) or "aucun mois"
        yield Finding(
            reunion.position,
            f"« {cited(reunion.texte)} » nomme {named}, et « mois » dit {enumeration([MOIS[rank - 1] for rank in reunion.mois]) or 'autre chose'}.",
            f"Écrivez mois: [{', '.join(map(str, months))}], ou accordez les mots."
            if months
            else "Retirez « mois », ou nommez-les.",
            ("mois",) if reunion.mois else ("texte",),
        )


def _rhythm(words: str) -> tuple[int, int] | None:
    """Return how many times a year some words give, at least and at most; `None` where they are not plain."""
    times = re.findall(_FOIS, words)
    if len(times) == 1:
        least, most, unit = times[0]
        return _number(least) * _A_YEAR[unit], _number(most or least) * _A_YEAR[unit]
    every = re.findall(_TOUS_LES, words)
    if not times and len(every) == 1 and _number(every[0]) and 12 % _number(every[0]) == 0:
        return (12 // _number(every[0]),) * 2
    return None


def _number(written: str) -> int:
    return int(written) if written.isdigit() else _NUMBERS[written]


def _shown(times: tuple[int, int]) -> str:
    return f"{times[0]} fois" if times[0] == times[1] else f"{times[0]} à {times[1]} fois"


REGLE = Regle(
    nom="mots-et-reunions",
    severite=Severite.AVERTISSEMENT,
    demande="Le rythme et les mois d’une réunion sont ceux que disent ses mots.",
    raison="« Combien de réunions par an ? » se calcule sur « par_an », les parties signent les mots : les deux doivent dire la même "
    "chose. Des mots que le programme ne sait pas compter ne sont pas jugés.",
    juste=Exemple(
        "data/gouvernance.yaml",
        """
        instances:
          - id: comite-de-pilotage
            nom: Comité de pilotage
            colonne: copilotage
            reunions:
              - {texte: 1 fois / an en octobre, par_an: {min: 1, max: 1}, mois: [10]}
        """,
    ),
    fautif=Exemple(
        "data/gouvernance.yaml",
        """
        instances:
          - id: comite-de-pilotage
            nom: Comité de pilotage
            colonne: copilotage
            reunions:
              - {texte: 1 fois / trimestre, par_an: {min: 1, max: 1}}
        """,
    ),
    check=check,
)

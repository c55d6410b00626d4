"""The amount of an engagement is one that its words name."""

import re
from collections.abc import Iterator
from functools import cache

from protocole_cli.diagnostics import Severite
from protocole_cli.loading.loaded import Loaded
from protocole_cli.model.fiche import Engagement
from protocole_cli.validation.rules.finding import Finding
from protocole_cli.validation.rules.regle import FICHE, Exemple, Regle

_IN_LETTERS = (
    "deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingts?|trente|quarante|"
    "cinquante|soixante|cents?|mille|millions?|milliards?"
)


@cache
def _search() -> re.Pattern[str]:
    """Return what finds « 50 000 € », « 12 k€ », « 1,9 M d’€ », « 2,5 millions d’euros », « dix mille euros »."""
    return re.compile(
        r"(?:\d[\d\s.,]{0,24}(?:k|M|Mds?|mille|milliers?|millions?|milliards?)?"
        rf"|\b(?:{_IN_LETTERS}))\s*(?:d['’]\s*)?(?:€|euros?\b)",
        re.IGNORECASE,
    )


def check_fiches(loaded: Loaded) -> Iterator[Finding]:
    """Yield a finding for each engagement that gives an amount in euros in its words or in `montant`, and not in both.

    Whether it is the same amount is not compared: words may give several, or one a year.
    """
    for fiche in loaded.protocole.fiches:
        for engagement in fiche.engagements:
            said = _amount(engagement)
            if said and engagement.montant is None:
                yield Finding(
                    engagement.position,
                    f"Le texte donne un montant (« {said} »), mais « montant » manque.",
                    _aide(said),
                )
            elif engagement.montant is not None and not said:
                yield Finding(
                    engagement.position,
                    "« montant » est rempli, mais le texte ne donne aucun montant en euros.",
                    "Dites-le dans le texte, ou retirez « montant ».",
                    ("montant",),
                )


def _aide(said: str) -> str:
    """Return how to write an amount that the words give, which are a number where it is written in digits alone."""
    digits = re.sub(r"\s|€|euros?", "", said, flags=re.IGNORECASE)
    if digits.isdecimal() and len(digits) < _LONGEST:
        return f"Ajoutez montant: {int(digits)} (des euros, en chiffres seuls)."
    return "Ajoutez « montant: » suivi du nombre d’euros, en chiffres seuls et sans espace."


_LONGEST = 15
"""More digits are no amount."""


def _amount(engagement: Engagement) -> str:
    """Return the first amount in euros that the words give, on one line; empty where there is none."""
    words = f"{engagement.intitule} {engagement.texte}"
    if "€" not in words and b"euro" not in words.encode().lower():  # of bytes, as no other letter becomes one of these
        return ""
    found = _search().search(words)
    return " ".join(found.group().split()) if found else ""


REGLE = Regle(
    nom="mots-et-montants",
    severite=Severite.AVERTISSEMENT,
    demande="Un engagement dont le texte donne un montant en euros remplit « montant », et lui seul.",
    raison="« protocole engagements --montants » lit « montant », les parties signent le texte : une somme promise dans "
    "le texte seul échapperait au bilan.",
    juste=Exemple(
        FICHE,
        """
        engagements:
          - intitule: "Engagement de l’État :"
            acteurs: [etat]
            texte: verser 50 000 € pour le lieu d’accueil
            montant: 50000
        """,
    ),
    fautif=Exemple(
        FICHE,
        """
        engagements:
          - intitule: "Engagement de l’État :"
            acteurs: [etat]
            texte: verser 50 000 € pour le lieu d’accueil
        """,
    ),
    check_fiches=check_fiches,
)

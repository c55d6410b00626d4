"""Acronyms and what they stand for."""

from protocole_cli.language import words
from protocole_cli.model.protocole import Sigle


def sorted_sigles(sigles: tuple[Sigle, ...]) -> tuple[Sigle, ...]:
    """Return acronyms in alphabetical order, whatever their case and accents."""
    return tuple(sorted(sigles, key=lambda sigle: (bare(sigle.sigle), sigle.sigle)))


def find_sigles(name: str, sigles: tuple[Sigle, ...]) -> tuple[Sigle, ...]:
    """Return the acronyms that a name means; case, accents, points and spaces are forgiven: « C.I.S.P.D. » is « CISPD »."""
    wanted = bare(name)
    return tuple(sigle for sigle in sigles if wanted and bare(sigle.sigle) == wanted)


def bare(name: str) -> str:
    """Return the letters and figures of an acronym, folded."""
    return words(name).replace(" ", "")

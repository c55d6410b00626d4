"""Signs that word processors put in place of those that YAML knows: bullets, curly quotes, no-break spaces."""

import re

Sentences = tuple[str, str]
"""A cause and a way out."""

PUCES = "•◦▪▫‣⁃●○■□·►➢➤✓✔\uf0a7\uf0b7\uf0d8\uf0fc"
TIRETS = "–—−"
"""Signs that a word processor puts before the items of a list: some are nothing else, some a dash between words too."""
_PUCE = rf"\s*([{PUCES}]|[{TIRETS}](?=\s))"
_PUCE_ET_CLE = rf"{_PUCE}\s*[a-z_]+\s*:"
_COURBES = {"“": "”", "„": "”", "‘": "’", "«": "»", "‹": "›"}
_COURBE_OUVERTE = rf"(?::|-|\[|,)\s+([{''.join(_COURBES)}])|\[([{''.join(_COURBES)}])"
_INSECABLE = r"^[\s-]*[a-z_]+:([\u00a0\u202f])"
"""Patterns that are compiled where there is a fault to explain, and no sooner."""
INSECABLES = "\u00a0\u202f\u2007\u2009\u200a\u3000"


def puce(text: str) -> str:
    """Return the bullet with which a text begins, if it does."""
    found = re.match(_PUCE, text)
    return found[1] if found else ""


def instead_of_puce(sign: str) -> Sentences:
    """Return what to say of a bullet where YAML wants a list."""
    return (
        f"La ligne commence par {shown(sign)}, que YAML prend pour du texte : il n’y voit pas une liste.",
        "Remplacez ce signe par un tiret ordinaire et une espace : « - ».",
    )


def tab_after_puce(sign: str) -> Sentences:
    """Return what to say of a tab that follows a bullet."""
    return (
        f"Il y a ici une tabulation, après {shown(sign)} : YAML n’y voit pas une liste.",
        "Remplacez les deux par un tiret ordinaire et une espace : « - ».",
    )


def shown(sign: str) -> str:
    """Return how a message shows a sign."""
    return "une puce" if sign >= _PRIVATE else f"« {sign} »"


_PRIVATE = "\ue000"
"""From here on a sign has a form in the font of its program alone."""


def between_quotes(text: str) -> str:
    """Return the text that stands between curly quotes, or nothing where it does not."""
    text = text.strip()
    inner = text[1:-1].strip()
    quoted = len(text) > 2 and _COURBES.get(text[0]) == text[-1]
    return inner if quoted else ""


def kind_of_quotes(sign: str) -> str:
    """Return what the quotes are called of which this is the first."""
    return "les guillemets français" if sign in "«‹" else "les guillemets courbes"


def on_line(line: str) -> tuple[int, Sentences] | None:
    """Return the column, from 1, of a pasted sign that YAML stumbles over, and what to say of it."""
    if found := re.match(_PUCE, line):
        return found.start(1) + 1, instead_of_puce(found[1])
    if found := re.match(_INSECABLE, line):
        return found.start(1) + 1, (
            "Après « : », il y a ici une espace insécable : YAML y attend une espace ordinaire.",
            "Remplacez-la par une espace ordinaire.",
        )
    if found := re.search(_COURBE_OUVERTE, line):
        rank = found.lastindex or 1
        sign = found[rank]
        return found.start(rank) + 1, (
            f"Pour YAML, {kind_of_quotes(sign)} n’en sont pas : le texte qui suit n’est pas protégé.",
            f'Mettez tout le texte entre guillemets droits : "{"« … »" if sign == "«" else "…"}".',
        )
    return None


def before_key(line: str) -> tuple[int, Sentences] | None:
    """Return the same for a bullet that stands before a key, and puts the lines below out of line."""
    return on_line(line) if re.match(_PUCE_ET_CLE, line) else None

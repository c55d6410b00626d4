"""The root of a protocole: the nearest folder upwards that holds data/protocole.yaml."""

import os
from collections.abc import Iterator

VARIABLE = "PROTOCOLE_DOSSIER"
REPERE = os.path.join("data", "protocole.yaml")


class SansProtocole(Exception):
    """There is no protocole where one was looked for; says where, and what to do, in French."""


def find_root(dossier: str | os.PathLike[str] | None = None) -> str:
    """Return the root of the protocole, an absolute path.

    It is `dossier` where given, else the folder that the environment variable `PROTOCOLE_DOSSIER` names,
    else the nearest folder from the current one upwards that holds data/protocole.yaml. Raises
    `SansProtocole` where that leads nowhere.
    """
    try:
        ici = os.getcwd()
    except OSError:
        raise SansProtocole("Le dossier où vous êtes n’existe plus. Placez-vous dans celui du protocole.") from None
    if dossier is not None:
        return _asked_for(dossier, "l’option --dossier")
    if variable := os.environ.get(VARIABLE):
        return _asked_for(variable, f"la variable {VARIABLE}")
    for candidate in _upwards(ici):
        if _holds_a_protocole(candidate):
            return candidate
    raise SansProtocole(
        f"Aucun protocole dans {ici}, ni dans les dossiers au-dessus : il y faudrait un fichier data/protocole.yaml. "
        "Placez-vous dans le dossier du protocole, ou indiquez-le : protocole --dossier CHEMIN …"
    )


def _upwards(dossier: str) -> Iterator[str]:
    """Yield a folder and those above it, the nearest first."""
    yield dossier
    while (above := os.path.dirname(dossier)) != dossier:
        dossier = above
        yield dossier


def _holds_a_protocole(dossier: str) -> bool:
    return os.path.lexists(os.path.join(dossier, REPERE))


def _asked_for(dossier: str | os.PathLike[str], origine: str) -> str:
    racine = os.path.abspath(dossier)
    if _holds_a_protocole(racine):
        return racine
    if not os.path.isdir(racine):
        what = "est un fichier, et non un dossier" if os.path.exists(racine) else "n’existe pas"
        raise SansProtocole(f"Le dossier {racine}, indiqué par {origine}, {what}.")
    raise SansProtocole(
        f"Le dossier {racine}, indiqué par {origine}, ne contient pas de protocole : "
        "il y faudrait un fichier data/protocole.yaml."
    )

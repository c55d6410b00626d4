"""The diagnostics of an earlier state of the data, from the JSON that was made of them then."""

import msgspec
from msgspec import Struct

from protocole_cli.diagnostics import Severite
from protocole_cli.loading.files import Chemin

Earlier = dict[str, Severite]
"""Fingerprint → severity."""


class NonLu(Exception):
    """An earlier report that cannot be read; says why, in French."""


class _Said(Struct):
    empreinte: str
    severite: Severite


class _Report(Struct):
    diagnostics: tuple[_Said, ...]


def read_earlier(chemin: Chemin) -> Earlier:
    """Return what a file that `protocole validate --format json` wrote says; raises `NonLu`."""
    try:
        with open(chemin, "rb") as written:
            report = msgspec.json.decode(written.read(), type=_Report)
    except OSError as error:
        raise NonLu(_reason(error)) from None
    except msgspec.DecodeError:
        raise NonLu("ce n’est pas un rapport de « protocole validate --format json ».") from None
    return {said.empreinte: said.severite for said in report.diagnostics}


def _reason(error: OSError) -> str:
    if isinstance(error, (FileNotFoundError, NotADirectoryError)):
        return "ce fichier n’existe pas."
    if isinstance(error, IsADirectoryError):
        return "c’est un dossier, et non un fichier."
    if isinstance(error, PermissionError):
        return "l’accès est refusé."
    return f"le fichier ne peut pas être lu : le système répond « {error.strerror or error} »."

"""The canonical form of a data file, held against what the file said before."""

from typing import Any

from protocole_cli.diagnostics import Diagnostic
from protocole_cli.loading.canonical import Order, canonical
from protocole_cli.loading.datafile import DataFile, Explain, data_file
from protocole_cli.loading.strict_yaml import decode
from protocole_cli.versions.fingerprints import empreinte_donnees, empreinte_texte


class Fautif(Exception):
    """A file that is left alone, as it cannot be read for sure; says why."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        """Keep the reasons."""
        super().__init__(diagnostics)
        self.diagnostics = diagnostics


class AutreSens(Exception):
    """A canonical form that would not say what the file says: a fault of the program."""


def normalise(fichier: str, raw: bytes, kind: str, explain: Explain, order: Order) -> str:
    """Return the canonical form of a file of this kind and content.

    Raises `Fautif` for a file with faults of syntax or shape, and `AutreSens` should the object that the file describes, or
    one of its fingerprints, not stay the same.
    """
    before = data_file(fichier, raw, kind, explain)
    if before.diagnostics:
        raise Fautif(before.diagnostics)
    text = canonical(decode(raw), order)
    apres = text.encode()
    if apres != raw and _sens(data_file(fichier, apres, kind, explain)) != _sens(before):
        raise AutreSens(fichier)
    return text


def _sens(read: DataFile) -> tuple[Any, ...]:
    """Return what a file says: its object and both fingerprints of it; nothing where it has none."""
    objet = read.objet
    return () if objet is None else (objet, empreinte_texte(objet), empreinte_donnees(objet))

"""Plain data → frozen objects of the model, each with its place."""

from typing import Any

import msgspec

from protocole_cli.loading.strict_yaml import Document
from protocole_cli.model.acteurs import Acteurs, Parties
from protocole_cli.model.admissions import AvertissementsAdmis
from protocole_cli.model.corps import Corps, Rubriques
from protocole_cli.model.entree import Entree
from protocole_cli.model.fiche import Fiche
from protocole_cli.model.gouvernance import Gouvernance
from protocole_cli.model.protocole import Glossaire
from protocole_cli.model.territoire import Territoire

KINDS: dict[str, type[Entree]] = {
    "protocole": Corps,
    "acteurs": Acteurs,
    "parties": Parties,
    "quartiers": Territoire,
    "gouvernance": Gouvernance,
    "sigles": Glossaire,
    "avertissements-admis": AvertissementsAdmis,
    "fiche": Fiche,
}
"""The kinds of data files: the name of the schema, and the type of what the file holds."""
EXTRAITS: dict[str, type[Entree]] = {"rubriques": Rubriques}
"""What can be read without the rest of its file: the key under which it stands, and the type of that part."""


def build(kind: str, document: Document) -> Any | None:
    """Return the object that a document of this kind, or an excerpt, describes, or `None` where its shape forbids it.

    An empty value is no value of any key, and a place no key of any file. The data is left as it was only where there is no object;
    else every mapping of it is marked with its place.
    """
    fichier, mappings = document.fichier, document.mappings
    for mapping, _, _ in mappings:
        if "position" in mapping or None in mapping.values():
            return None
    for mapping, ligne, colonne in mappings:
        mapping["position"] = (fichier, ligne, colonne)
    try:
        return msgspec.convert(document.data, EXTRAITS.get(kind) or KINDS[kind])
    except msgspec.ValidationError:
        for mapping, _, _ in mappings:
            del mapping["position"]
        return None

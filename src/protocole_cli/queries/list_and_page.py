"""What the list of the parties and the signature page do not write alike."""

import re
from typing import Literal

from msgspec import Struct

from protocole_cli.model.acteurs import Partie

Sujet = Literal["partie", "qualite", "nom"]

_REPRESENTED = re.compile(r",? représentée?s? (?:par )?")
_FIXED = re.compile(r"^(?:pour )?(?:l['’]|(?:la|le|les|son|sa|leurs?) )?", re.IGNORECASE)
_CIVILITE = re.compile(r"^(?:MM?\.|Mmes?) ")
"""The words before a party, a capacity or a name, which change with the sentence that they stand in."""


class EcartDeSignature(Struct, frozen=True):
    """One thing that is not written alike: what it is, and both ways of writing it, without the words that introduce them."""

    sujet: Sujet
    liste: str
    signature: str


def list_against_page(partie: Partie) -> tuple[EcartDeSignature, ...]:
    """Return what the list and the signature of a party do not write alike: the party, the capacity, the name.

    Case counts, kinds of apostrophe, spaces and the sign at the end do not. Empty where the list is worded in another way than
    « …, représenté par …, M. … »: there is nothing to hold against each other then.
    """
    listed, *represented = _REPRESENTED.split(_plain(partie.liste.texte), maxsplit=1)
    qualite, comma, nom = "".join(represented).rpartition(", ")
    if not comma:
        return ()
    signature = partie.signature
    pairs: tuple[tuple[Sujet, str, str], ...] = (
        ("partie", _bare(listed), _bare(signature.pour)),
        ("qualite", _bare(qualite), _bare(signature.qualite)),
        ("nom", _CIVILITE.sub("", nom), _plain(signature.nom)),
    )
    return tuple(
        EcartDeSignature(sujet, liste, page)
        for sujet, liste, page in pairs
        if liste.replace("’", "'") != page.replace("’", "'")
    )


def _plain(text: str) -> str:
    return " ".join(text.split()).rstrip(" ,;.")


def _bare(text: str) -> str:
    return _FIXED.sub("", _plain(text), count=1)

"""Two fingerprints of a protocole: of the words that the parties sign, and of words and facts.

Each is the SHA-256 of a canonical JSON. Neither depends on comments, on the order of keys or on where lines are broken in
the YAML; where a value stands never counts.
"""

import hashlib
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from protocole_cli.loading.prose import parse_prose
from protocole_cli.model.entree import Entree
from protocole_cli.model.fiche import Fiche
from protocole_cli.model.protocole import Protocole

ABSENT: tuple[object, ...] = (None, "", ())
"""The values of what is not said."""


def empreinte_texte(objet: Protocole | Entree) -> str:
    """Return the fingerprint of the words that the parties sign, of a protocole or a part of it, in hexadecimal."""
    return _sha256(_projection(objet, words_only=True))


def fiche_words(fiches: Iterable[Fiche]) -> bytes:
    """Return what some fiches add to the fingerprint of the text, so that several processes can prepare it."""
    return _canonical([_projection(fiche, words_only=True) for fiche in fiches])[1:-1]


def empreinte_of_parts(protocole: Protocole) -> Callable[[Iterable[bytes]], str]:
    """Return what gives the fingerprint of the text of a protocole from what its fiches add to it, some of them after others."""
    rest = _projection(replace(protocole, fiches=()), words_only=True)
    before, fiches, after = _canonical(rest | {"fiches": []}).partition(b'"fiches":[')  # in a text, quotes are escaped

    def empreinte(parts: Iterable[bytes]) -> str:
        digest = hashlib.sha256(before + fiches)
        for rank, part in enumerate(parts):
            digest.update(b"," if rank else b"")
            digest.update(part)
        digest.update(after)
        return digest.hexdigest()

    return empreinte if protocole.fiches else lambda _: _sha256(rest)


def empreinte_donnees(objet: Protocole | Entree) -> str:
    """Return the fingerprint of all the data, words and facts, of a protocole or a part of it, in hexadecimal."""
    return _sha256(_projection(objet, words_only=False))


def _sha256(value: Any) -> str:
    return hashlib.sha256(_canonical(value)).hexdigest()


def _canonical(value: Any) -> bytes:
    return msgspec.json.encode(value, order="sorted")


def _projection(value: Any, *, words_only: bool) -> Any:
    """Return plain data: of an object its attributes that count, of a text its prose without line breaks."""
    if isinstance(value, str):
        return canonical_text(value)
    if isinstance(value, tuple):
        return [_projection(item, words_only=words_only) for item in value]
    if isinstance(value, Struct):
        return {
            name: _projection(part, words_only=words_only)
            for name in _counting(type(value), words_only=words_only)
            if (part := getattr(value, name)) not in ABSENT
        }
    return value


@cache
def _counting(kind: type[Struct], *, words_only: bool) -> tuple[str, ...]:
    facts: frozenset[str] = getattr(kind, "FAITS", frozenset()) if words_only else frozenset()
    skipped = facts | {"position"} if issubclass(kind, Entree) else facts
    return tuple(name for name in kind.__struct_fields__ if name not in skipped)


def canonical_text(text: str) -> str:
    """Return what a text says, however its lines are broken: the tree of its prose; of a word, the word."""
    word = text.rstrip("\n")
    return msgspec.json.encode(parse_prose(text)).decode() if " " in word or "\n" in word else word

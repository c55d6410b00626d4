"""Two fingerprints of a protocole: of the words that the parties sign, and of words and facts.

Each is the SHA-256 of a canonical JSON. Neither depends on comments, on the order of keys or on where lines are broken in
the YAML; where a value stands never counts.
"""

import hashlib
from collections.abc import Iterable
from typing import Any

import msgspec
from msgspec import Struct

from protocole_cli.loading.prose import parse_prose
from protocole_cli.model.entree import Entree
from protocole_cli.model.protocole import Protocole


def empreinte_texte(protocole: Protocole) -> str:
    """Return the fingerprint of the words that the parties sign, in hexadecimal."""
    return _sha256(_projection(protocole, words_only=True))


def empreinte_donnees(protocole: Protocole) -> str:
    """Return the fingerprint of all the data, words and facts, in hexadecimal."""
    return _sha256(_projection(protocole, words_only=False))


def _sha256(value: Any) -> str:
    return hashlib.sha256(msgspec.json.encode(value, order="sorted")).hexdigest()


def _projection(value: Any, *, words_only: bool) -> Any:
    """Return plain data: of an object its attributes that count, of a text its prose without line breaks."""
    if isinstance(value, Struct):
        return {
            name: _projection(part, words_only=words_only)
            for name in _counting(value, words_only=words_only)
            if (part := getattr(value, name)) not in (None, "", ())
        }
    if isinstance(value, tuple):
        return [_projection(item, words_only=words_only) for item in value]
    if isinstance(value, str):
        return _canonical(value)
    return value


def _counting(value: Struct, *, words_only: bool) -> Iterable[str]:
    facts: frozenset[str] = getattr(type(value), "FAITS", frozenset()) if words_only else frozenset()
    skipped = facts | {"position"} if isinstance(value, Entree) else facts
    return (name for name in value.__struct_fields__ if name not in skipped)


def _canonical(text: str) -> str:
    """Return what a text says, however its lines are broken: the tree of its prose; of a word, the word."""
    return msgspec.json.encode(parse_prose(text)).decode() if " " in text or "\n" in text else text

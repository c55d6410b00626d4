"""The tokens: the colours, sizes and faces that all forms of the document share.

A repository's own file wins over the program's, token by token: a territory writes only those that it changes.
"""

import json
import re
import tomllib
from typing import Any

from protocole_cli.language import enumeration
from protocole_cli.rendering.faults import GabaritFautif
from protocole_cli.resources import read_resource

JETONS = "jetons.toml"

Jetons = dict[str, dict[str, Any]]
"""Part → token → value: a colour, a number of points, a face or several."""


def read_jetons(source: str) -> Jetons:
    """Return the tokens of a file, those that it lacks as the program has them; raises `GabaritFautif` for a bad one."""
    own_source = read_resource("templates", JETONS)
    own: Jetons = tomllib.loads(own_source)
    if source == own_source:
        return own
    try:
        theirs = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        line = int(found[1]) if (found := re.search(r"at line (\d+)", str(error))) else 1
        raise _fault(line, 'cette ligne ne se lit pas ; écrivez par exemple : accent = "#1f4e79"') from error
    for part, values in theirs.items():
        if part not in own or not isinstance(values, dict):
            parts = enumeration([f"[{known}]" for known in own])
            raise _fault(
                _line(source, part), f"« {part} » n’est pas une partie de ce fichier ; écrivez sous {parts} les jetons."
            )
        for name in values:
            if name not in own[part]:
                known = enumeration([f"« {token} »" for token in own[part]])
                raise _fault(_line(source, name), f"« {name} » n’est pas un jeton de [{part}], qui a {known}.")
    return {part: values | theirs.get(part, {}) for part, values in own.items()}


def jetons_file(jetons: Jetons) -> str:
    """Return the tokens as a file that says them all."""
    return "".join(
        f"[{part}]\n" + "".join(f"{name} = {json.dumps(value, default=str)}\n" for name, value in values.items())
        for part, values in jetons.items()
    )


def _line(source: str, word: str) -> int:
    """Return the first line that begins with a word, marks of a part and quotes left aside."""
    lines = enumerate(source.split("\n"), 1)
    return next((rank for rank, line in lines if line.lstrip(" \t[\"'").startswith(word)), 1)


def _fault(line: int, message: str) -> GabaritFautif:
    return GabaritFautif(f"templates/{JETONS}:{line}:1: {message}")

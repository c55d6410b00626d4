"""Answers of the commands, held against what docs/formats.md promises of them."""

import csv
import io
import json
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator

from conftest import CHECKOUT, Lancer, Reponse


@cache
def _promised(name: str) -> Draft202012Validator:
    schema = json.loads((CHECKOUT / "docs" / "formats" / f"{name}.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def as_text(answer: Reponse) -> str:
    """Return an answer that is whole, with its lines put together."""
    assert (answer.code, answer.stderr) == (0, "")
    return " ".join(answer.stdout.split())


def cited(fichier: str, words: str) -> str:
    """Return how an answer cites the first line of a data file of ours that ends with some words."""
    lines = (CHECKOUT / fichier).read_text(encoding="utf-8").splitlines()
    return f"{fichier}:{next(rank for rank, line in enumerate(lines, 1) if line.endswith(words))}"


def as_json(answer: Reponse, name: str) -> Any:
    """Return the JSON of an answer that is whole and follows the schema `name`."""
    assert (answer.code, answer.stderr) == (0, "")
    data = json.loads(answer.stdout)
    _promised(name).validate(data)
    return data


def as_csv(answer: Reponse) -> list[dict[str, str]]:
    """Return the rows of an answer in CSV by the keys of its header."""
    assert (answer.code, answer.stderr) == (0, "")
    return list(csv.DictReader(io.StringIO(answer.stdout)))


def asked(lancer: Lancer, line: str, *more: str) -> Reponse:
    """Ask our own data: the words of `line`, then arguments that hold spaces."""
    return lancer("--dossier", CHECKOUT, *line.split(), *more)

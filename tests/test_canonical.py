"""The canonical form of a text: its keys in order, all that is written there still there, word for word."""

import json
import random
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import CHECKOUT
from protocole_cli.loading.canonical import Order, canonical
from protocole_cli.loading.places import Places
from protocole_cli.loading.repository import data_files
from protocole_cli.loading.strict_yaml import parse
from protocole_cli.position import Route
from protocole_cli.validation.schema import key_order

ORDER: Order = {"id": {}, "nom": {}, "texte": {}, "liste": {"id": {}, "nom": {}, "liste": {"id": {}, "nom": {}}}}
FILES = data_files(CHECKOUT)
CHANCE = st.builds(random.Random, st.integers(0))


def text_of(fichier: str) -> str:
    return (CHECKOUT / fichier).read_text(encoding="utf-8")


def data_of(text: str) -> Any:
    return parse("essai.yaml", text.encode()).data


# What it does, case by case

MOVED = {
    "keys take the order of the schema": (
        "nom: B\nid: a\n",
        "id: a\nnom: B\n",
    ),
    "a key takes with it all that is below it": (
        "liste:\n  - id: x\n    nom: X\n  - id: y\nid: a\n",
        "id: a\nliste:\n  - id: x\n    nom: X\n  - id: y\n",
    ),
    "at every depth": (
        "liste:\n  - liste:\n      - nom: Z\n        id: z\n    nom: X\n    id: x\n",
        "liste:\n  - id: x\n    nom: X\n    liste:\n      - id: z\n        nom: Z\n",
    ),
    "the dash stays where it is": (
        "liste:\n- nom: X\n  id: x\n-  nom: Y\n   id: y\n-\n  nom: Z\n  id: z\n",
        "liste:\n- id: x\n  nom: X\n-  id: y\n   nom: Y\n-\n  id: z\n  nom: Z\n",
    ),
    "between braces too": (
        "liste:\n  - {nom: 'X, y',  id: x}  # un\n  - {liste: [{nom: \"}\", id: z}], id: é}\n",
        "liste:\n  - {id: x,  nom: 'X, y'}  # un\n  - {id: é, liste: [{id: z, nom: \"}\"}]}\n",
    ),
    "an entry after a line in braces": (
        "liste: {nom: X, id: x}\nid: a\n",
        "id: a\nliste: {id: x, nom: X}\n",
    ),
    "a remark goes with the entry below it": (
        "# Du nom.\n# Encore.\nnom: B\n# De l’identifiant.\nid: a\n",
        "# De l’identifiant.\nid: a\n# Du nom.\n# Encore.\nnom: B\n",
    ),
    "at its depth": (
        "liste:\n  # Du nom.\n  nom: X\n  # De l’identifiant.\n  id: x\n",
        "liste:\n  # De l’identifiant.\n  id: x\n  # Du nom.\n  nom: X\n",
    ),
    "a remark at the end of a line goes with the line": (
        "nom: B  # du nom\nid: a  # de l’identifiant\n",
        "id: a  # de l’identifiant\nnom: B  # du nom\n",
    ),
    "a remark deeper than the keys goes with the entry above": (
        "liste:\n  - id: x\n  # - id: y\n\n  # - id: z\nid: a\n",
        "id: a\nliste:\n  - id: x\n  # - id: y\n\n  # - id: z\n",
    ),
    "a remark on what becomes the first key of a list entry goes above the dash": (
        "liste:\n  # De l’entrée.\n  - nom: X\n    # De l’identifiant.\n\n    # Encore.\n    id: x\n",
        "liste:\n  # De l’entrée.\n  # De l’identifiant.\n\n  # Encore.\n  - id: x\n    nom: X\n",
    ),
    "a remark on the last entry of a list is not of the next key": (
        "liste:\n  - nom: X\n    id: x\n    # Fin de X.\n  # Fin de la liste.\nid: a\n",
        "id: a\nliste:\n  - id: x\n    nom: X\n    # Fin de X.\n  # Fin de la liste.\n",
    ),
    "the name of the schema stays at the head": (
        "# yaml-language-server: $schema=x\n# Du nom.\nnom: B\nid: a\n",
        "# yaml-language-server: $schema=x\nid: a\n# Du nom.\nnom: B\n",
    ),
    "what a blank line sets apart stays at the head": (
        "# De tout le fichier.\n\n# Du nom.\nnom: B\nid: a\n",
        "# De tout le fichier.\n\nid: a\n# Du nom.\nnom: B\n",
    ),
    "as does a remark deeper than the first key, which a text above it would take in": (
        "  # Du nom ?\nnom: B\ntexte: |\n  Un.\nid: a\n",
        "  # Du nom ?\nid: a\nnom: B\ntexte: |\n  Un.\n",
    ),
    "what stands at the end stays at the end": (
        "nom: B\nid: a\n\n# Fin.\n",
        "id: a\nnom: B\n\n# Fin.\n",
    ),
    "blank lines stay between the same ranks": (
        "texte: C\n\nnom: B\n\n\n# De l’identifiant.\nid: a\n",
        "# De l’identifiant.\nid: a\n\nnom: B\n\n\ntexte: C\n",
    ),
    "a marker of the document's start or end stays": (
        "# Avant.\n---\nnom: B\nid: a\n...\n",
        "# Avant.\n---\nid: a\nnom: B\n...\n",
    ),
    "a block text moves as it is, its own sharp signs and blank lines inside": (
        "texte: |\n  # Un titre  \n\n  ## Une fin\n\nid: a\n",
        "id: a\n\ntexte: |\n  # Un titre  \n\n  ## Une fin\n",
    ),
    "the blank lines at the end of a text that keeps them move with it": (
        "texte: |+\n  Un.\n\n\nid: a\n",
        "id: a\ntexte: |+\n  Un.\n\n\n",
    ),
    "a text over several lines moves as it is": (
        "texte: 'Un  \n# deux  \n\n  trois'\nnom: Un\n  deux\nid: a\n",
        "id: a\nnom: Un\n  deux\ntexte: 'Un  \n# deux  \n\n  trois'\n",
    ),
    "an anchor that nothing refers to moves with its entry": (
        "nom: &b B\n&a id: a\n",
        "&a id: a\nnom: &b B\n",
    ),
    "a key that the order does not know comes last": (
        "autre: 1\nnom: B\nencore: 2\n",
        "nom: B\nautre: 1\nencore: 2\n",
    ),
    "spaces at the ends of lines go": (
        "id: a  \nliste:   \n  - id: x \n    # une remarque \n  \n  - id: y\n",
        "id: a\nliste:\n  - id: x\n    # une remarque\n\n  - id: y\n",
    ),
    "those inside a text over several lines, not quoted, go": (
        "nom: Un  \n  deux  \n",
        "nom: Un\n  deux\n",
    ),
    "a no-break space is a part of the words": (
        "nom: B\u00a0 \nid: a\n",
        "id: a\nnom: B\u00a0\n",
    ),
    "those after the head of a block text go, those in it stay": (
        "texte: |  \n  Un.  \n    \n  Deux. \nnom: >-  \n  Un. \n",
        "nom: >-\n  Un. \ntexte: |\n  Un.  \n    \n  Deux. \n",
    ),
    "a space before the end of a line between quotes stays": (
        'nom: "Un\\  \n  deux"  \n',
        'nom: "Un\\  \n  deux"\n',
    ),
    "line ends of Windows, and of old, become ours": (
        "nom: B\r\nid: a\r\ntexte: |\r\n  Un.\r\n\r\n  Deux.\r",
        "id: a\nnom: B\ntexte: |\n  Un.\n\n  Deux.\n",
    ),
    "the last line ends": (
        "id: a",
        "id: a\n",
    ),
    "and no blank line follows it": (
        "id: a\n\n  \n\n",
        "id: a\n",
    ),
    "the last line of a block text ends too, wherever it goes": (
        "texte: |\n  Un.\nliste:\n  - texte: |\n      Deux.",
        "texte: |\n  Un.\nliste:\n  - texte: |\n      Deux.\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("before", "after"), MOVED.values(), ids=MOVED)
def test_what_changes(before: str, after: str) -> None:
    assert canonical(before, ORDER) == after
    assert data_of(after) == data_of(before)
    assert canonical(after, ORDER) == after


KEPT = {
    "indentation and kinds of quotes": "id:   'a'\nliste:\n    -   id: \"x\"\n        nom: >\n             X\n",
    "the order of a list": "liste:\n  - id: y\n  - id: x\n",
    "braces over several lines": "liste: {nom: X, # un\n  id: x}\n",
    "keys marked by a question mark": "? nom\n: B\n? id\n: a\n",
    "all keys where an alias must follow its anchor": "nom: &b B\nid: *b\nliste: {nom: X, id: x}\n",
    "blank lines between entries, however many": "id: a\n\n\n\nnom: B\n",
    "empty braces": "liste: {}\n",
}


@pytest.mark.parametrize("text", KEPT.values(), ids=KEPT)
def test_what_stays(text: str) -> None:
    assert canonical(text, ORDER) == text


# On our data


@pytest.mark.parametrize("fichier", FILES)
def test_our_data_is_in_canonical_form(fichier: str) -> None:
    assert canonical(text_of(fichier), key_order(FILES[fichier])) == text_of(fichier)


def shuffled(order: Order, chance: random.Random) -> Order:
    keys = chance.sample(list(order), len(order))
    return {key: shuffled(order[key], chance) for key in keys}


@pytest.mark.parametrize("fichier", FILES)
@settings(max_examples=10)
@given(chance=CHANCE)
def test_our_data_put_in_any_order_comes_back_byte_for_byte(fichier: str, chance: random.Random) -> None:
    order = key_order(FILES[fichier])
    other = canonical(text_of(fichier), shuffled(order, chance))
    assert data_of(other) == data_of(text_of(fichier))
    assert canonical(other, order) == text_of(fichier)


# Whatever the order, the remarks and the blank lines


class Writer:
    """Writes data as YAML, its keys in any order, with remarks and blank lines anywhere; knows what each remark is on."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.remarks: dict[str, Route] = {}

    def file(self, data: dict[str, Any]) -> str:
        return "\n".join(["# Le fichier.", "", *self.mapping(data, (), ""), ""])

    def mapping(self, data: dict[str, Any], route: Route, margin: str) -> Iterator[str]:
        for key in self.chance.sample(list(data), len(data)):
            yield from self.above((*route, key), margin)
            yield from self.value(
                f"{margin}{key}:", data[key], (*route, key), margin + self.chance.choice(["  ", "   "])
            )

    def value(self, head: str, value: Any, route: Route, margin: str) -> Iterator[str]:
        if isinstance(value, dict) and self.chance.random() < 0.7:
            yield head
            yield from self.mapping(value, route, margin)
        elif isinstance(value, list) and value:
            yield head
            for rank, item in enumerate(value):
                yield from self.above((*route, rank), margin)
                yield from self.item(item, (*route, rank), margin)
        elif isinstance(value, str) and value.endswith("\n"):
            yield f"{head} |"
            yield from (line and margin + line for line in value.removesuffix("\n").split("\n"))
        else:
            yield f"{head} {self.braces(value)}{self.chance.choice(['', '', '  # au bout'])}"

    def item(self, item: Any, route: Route, margin: str) -> Iterator[str]:
        if not isinstance(item, dict):
            yield f"{margin}- {self.braces(item)}"
            return
        first, *others = self.chance.sample(list(item), len(item))
        below = margin + "  "
        yield from self.value(f"{margin}- {first}:", item[first], (*route, first), below + "  ")
        for key in others:
            yield from self.above((*route, key), below)
            yield from self.value(f"{below}{key}:", item[key], (*route, key), below + "  ")

    def braces(self, value: Any) -> str:
        if isinstance(value, dict):
            keys = self.chance.sample(list(value), len(value))
            return f"{{{', '.join(f'{key}: {self.braces(value[key])}' for key in keys)}}}"
        if isinstance(value, list):
            return f"[{', '.join(map(self.braces, value))}]"
        return json.dumps(value, ensure_ascii=False)

    def above(self, route: Route, margin: str) -> Iterator[str]:
        if self.chance.random() < 0.2:
            yield ""
        if self.chance.random() < 0.4:
            self.remarks[name := f"# {len(self.remarks)}."] = route
            yield f"{margin}{name}"


def keys_in_order(data: Any, order: Order) -> bool:
    if isinstance(data, list):
        return all(keys_in_order(item, order) for item in data)
    if not isinstance(data, dict):
        return True
    return list(data) == [key for key in order if key in data] and all(
        keys_in_order(data[key], order[key]) for key in data
    )


def described_below(text: str, remark: str) -> int:
    """Return the number, from 1, of the first line below a remark that is neither another nor blank."""
    lines = text.split("\n")
    start = next(number for number, line in enumerate(lines) if line.strip() == remark)
    return next(n for n in range(start, len(lines)) if lines[n].strip() and not lines[n].lstrip().startswith("#")) + 1


@given(fichier=st.sampled_from(sorted(FILES)), chance=CHANCE)
def test_all_keys_are_put_in_order_and_all_remarks_stay_on_their_entries(fichier: str, chance: random.Random) -> None:
    data, order, writer = data_of(text_of(fichier)), key_order(FILES[fichier]), Writer(chance)
    before = writer.file(data)
    assert data_of(before) == data
    after = canonical(before, order)
    assert data_of(after) == data
    assert keys_in_order(data_of(after), order)
    places = Places(after.encode())
    assert {remark: described_below(after, remark) for remark in writer.remarks} == {
        remark: places.of(route, key=True)[0] for remark, route in writer.remarks.items()
    }
    assert after.startswith("# Le fichier.\n\n")
    assert sorted(after.replace(" ", "")) == sorted(before.replace(" ", "")), (
        "nothing is lost, and nothing written anew"
    )
    assert canonical(after, order) == after

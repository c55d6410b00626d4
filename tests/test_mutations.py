"""Our own data made wrong at any place: always told of; and any file whatever: never a breakdown, never an endless list."""

import contextlib
import copy
import io
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import CHECKOUT
from protocole_cli.cli import run as program
from protocole_cli.diagnostics import Diagnostic, Severite
from protocole_cli.loading.layout import FAUTES_MAX
from protocole_cli.loading.repository import data_files
from protocole_cli.loading.strict_yaml import parse
from protocole_cli.loading.yaml_faults import MOST
from protocole_cli.position import Route
from protocole_cli.rendering.report_formats import FORMATS
from protocole_cli.validation.check import validate
from protocole_cli.validation.schema import explain, schema

SOME = settings(max_examples=40)


class Place(NamedTuple):
    """A value of our data: the file, the way to it, the value, and what the schema says of it."""

    fichier: str
    route: Route
    value: Any
    schema: dict[str, Any]


KINDS = data_files(CHECKOUT)
RAW = {fichier: (CHECKOUT / fichier).read_bytes() for fichier in KINDS}
DATA = {fichier: parse(fichier, raw).data for fichier, raw in RAW.items()}


def places(fichier: str, node: dict[str, Any], value: Any, route: Route = ()) -> Iterator[Place]:
    """Yield a value and all those below it."""
    if "$ref" in node:
        target = schema(KINDS[fichier])["$defs"][node["$ref"].removeprefix("#/$defs/")]
        node = target | {k: v for k, v in node.items() if k != "$ref"}
    yield Place(fichier, route, value, node)
    if isinstance(value, dict):
        for key, child in value.items():
            yield from places(fichier, node["properties"][key], child, (*route, key))
    elif isinstance(value, list):
        for rank, child in enumerate(value):
            yield from places(fichier, node["items"], child, (*route, rank))


PLACES = [place for fichier, kind in KINDS.items() for place in places(fichier, schema(kind), DATA[fichier])]


class Repository:
    """A copy of our data, of which one file at a time is another."""

    def __init__(self, racine: Path) -> None:
        """Copy the data."""
        self.racine = racine
        shutil.copytree(CHECKOUT / "data", racine / "data")

    @contextlib.contextmanager
    def holding(self, fichier: str, content: Any) -> Iterator[Path]:
        """Have this in place of a file for a while: bytes, a text, or data to be written as YAML."""
        if not isinstance(content, str | bytes):
            content = yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
        raw = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
        chemin = self.racine / fichier
        chemin.write_bytes(raw)
        try:
            yield self.racine
        finally:
            if fichier in RAW:
                chemin.write_bytes(RAW[fichier])
            else:
                chemin.unlink()

    def told(self, fichier: str, content: Any) -> list[Diagnostic]:
        """Return what `validate` says of this in place of a file."""
        with self.holding(fichier, content) as racine:
            return list(validate(racine).diagnostics)

    def errors(self, fichier: str, content: Any) -> set[str]:
        """Return the names of the errors that it says of that file."""
        return {
            d.regle
            for d in self.told(fichier, content)
            if d.severite is Severite.ERREUR and d.position.fichier == fichier
        }


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    return Repository(tmp_path_factory.mktemp("mutations") / "depot")


def changed(place: Place, change: Callable[[Any, Any], None]) -> Any:
    """Return the data of the file of a place, after `change` of what holds the value there: given that, and the last step."""
    data = copy.deepcopy(DATA[place.fichier])
    holder = data
    for step in place.route[:-1]:
        holder = holder[step]
    change(holder, place.route[-1])
    return data


def put(value: Any) -> Callable[[Any, Any], None]:
    """Return the change that puts another value there."""

    def change(holder: Any, step: Any) -> None:
        holder[step] = value

    return change


def delete(holder: Any, step: Any) -> None:
    del holder[step]


def rename(new: str) -> Callable[[Any, Any], None]:
    """Return the change of a key that leaves the order of the keys."""

    def change(holder: dict[str, Any], step: str) -> None:
        entries = list(holder.items())
        holder.clear()
        holder.update((new if key == step else key, value) for key, value in entries)

    return change


def named(places: Sequence[Place]) -> st.SearchStrategy[Place]:
    """Return a strategy that draws one of the places, of which there must be some."""
    assert places
    return st.sampled_from(places)


# What is wrong is told


@pytest.mark.parametrize("fichier", KINDS)
def test_data_written_in_another_way_is_as_sound_as_ours(repository: Repository, fichier: str) -> None:
    """Else the tests below could not fail."""
    assert repository.errors(fichier, DATA[fichier]) == set()


BY_ROUTE = {(place.fichier, place.route): place for place in PLACES}
REQUIRED = [
    place
    for place in PLACES
    if place.route and place.route[-1] in BY_ROUTE[place.fichier, place.route[:-1]].schema.get("required", ())
]


@SOME
@given(place=named(REQUIRED))
def test_a_key_that_is_missing(repository: Repository, place: Place) -> None:
    assert "cle-manquante" in repository.errors(place.fichier, changed(place, delete))


MISSPELLINGS: list[Callable[[str], str]] = [
    lambda key: key[:-1],
    lambda key: key + key[-1],
    lambda key: key[1:] + key[0],
    lambda key: key.replace("e", "é", 1),
    lambda key: key.capitalize(),
    lambda key: f"{key}_",
    lambda key: key + "\u200b",
    lambda key: f"\u00a0{key}",
]
KNOWN_KEYS = {step for place in PLACES for step in place.route}
KEYS = [place for place in PLACES if place.route and isinstance(place.route[-1], str)]


@SOME
@given(place=named(KEYS), misspell=st.sampled_from(MISSPELLINGS))
def test_a_key_that_is_misspelt(repository: Repository, place: Place, misspell: Callable[[str], str]) -> None:
    key = str(place.route[-1])
    if (wrong := misspell(key)) and wrong not in KNOWN_KEYS:
        assert "cle-inconnue" in repository.errors(place.fichier, changed(place, rename(wrong)))


OTHER_TYPES = ["un texte", "", 7, 7.5, True, None, [], ["a"], [[1]], {}, {"a": 1}]
JSON_TYPES = {"string": str, "integer": int, "number": (int, float), "boolean": bool, "array": list, "object": dict}


def of_type(value: object, wanted: str) -> bool:
    """Tell whether a value is of a type of JSON Schema."""
    return isinstance(value, JSON_TYPES[wanted]) and (wanted == "boolean" or not isinstance(value, bool))  # type: ignore[arg-type]


@SOME
@given(
    place=named([place for place in PLACES if place.route and "type" in place.schema]),
    value=st.sampled_from(OTHER_TYPES),
)
def test_a_value_of_another_type(repository: Repository, place: Place, value: Any) -> None:
    if not of_type(value, place.schema["type"]):
        assert repository.errors(place.fichier, changed(place, put(value)))


SHAPES = {(KINDS[p.fichier], *(s for s in p.route if isinstance(s, str)), len(p.route)): p for p in PLACES if p.route}
"""Of each kind of place, one."""


@pytest.mark.parametrize("kind", sorted(set(KINDS.values())))
def test_each_kind_of_place_with_each_wrong_type_has_words(kind: str) -> None:
    for place in (place for (of_kind, *_), place in SHAPES.items() if of_kind == kind and "type" in place.schema):
        for value in OTHER_TYPES:
            if not of_type(value, place.schema["type"]):
                faults = list(explain(kind, changed(place, put(value))))
                assert faults, place.route
                assert all(fault.message and fault.aide for fault in faults)


@SOME
@given(
    place=named([place for place in PLACES if "enum" in place.schema]), value=st.sampled_from(["autre", "", 7, None])
)
def test_a_value_that_is_not_among_the_possible_ones(repository: Repository, place: Place, value: Any) -> None:
    assert repository.errors(place.fichier, changed(place, put(value)))


REFERENCES = {"acteurs", "acteur", "releve_de", "membres", "communes", "commune", "quartiers", "instance", "colonne", "phase", "cle", "regle"}  # fmt: skip


def reference(place: Place) -> bool:
    """Tell whether a value is the identifier of something that stands elsewhere."""
    steps = [step for step in place.route if isinstance(step, str)]
    return isinstance(place.value, str) and bool(steps) and steps[-1] in REFERENCES


@SOME
@given(
    place=named([place for place in PLACES if reference(place)]), wrong=st.from_regex(r"[a-z]{3,9}-zz", fullmatch=True)
)
def test_a_reference_that_leads_nowhere(repository: Repository, place: Place, wrong: str) -> None:
    assert repository.errors(place.fichier, changed(place, put(wrong)))


OWN = {(liste, "id") for liste in ("acteurs", "communes", "quartiers", "colonnes", "instances", "phases")} | {
    ("articles", "numero"),
    ("parties", "acteur"),
    ("parties", "rang"),
    ("rubriques", "cle"),
    ("sigles", "sigle"),
}
"""The lists of which each entry has something of its own."""


def other_of_the_same(place: Place) -> list[Any]:
    """Return the values of the same key in the other entries of the same list."""
    before = [r for r, step in enumerate(place.route) if isinstance(step, int)]
    if not before:
        return []
    rank = before[-1]
    return [
        p.value
        for p in PLACES
        if p.fichier == place.fichier
        and len(p.route) == len(place.route)
        and p.route[:rank] == place.route[:rank]
        and p.route[rank + 1 :] == place.route[rank + 1 :]
        and p.route != place.route
    ]


REPEATED = [
    (place, others)
    for place in PLACES
    if place.route and (*place.route[:1], place.route[-1]) in OWN and (others := other_of_the_same(place))
]


@SOME
@given(drawn=st.sampled_from(REPEATED), data=st.data())
def test_a_number_or_a_name_given_twice(
    repository: Repository, drawn: tuple[Place, list[Any]], data: st.DataObject
) -> None:
    place, others = drawn
    wrong = data.draw(st.sampled_from(others))
    assert repository.errors(place.fichier, changed(place, put(wrong)))


FICHES = [fichier for fichier, kind in KINDS.items() if kind == "fiche"]


@SOME
@given(fichier=st.sampled_from(FICHES), autre=st.integers(1, 12))
def test_a_fiche_with_the_number_of_another(repository: Repository, fichier: str, autre: int) -> None:
    if autre != DATA[fichier]["numero"]:
        found = repository.errors(fichier, DATA[fichier] | {"numero": autre})
        assert "nom-de-fichier" in found
        assert ("numero-en-double" in found) == (autre <= len(FICHES))


FIRST_KEYS = [
    (fichier, ligne, colonne)
    for fichier, raw in RAW.items()
    for _, ligne, colonne in parse(fichier, raw).mappings
    if re.match(rf"[ -]{{{colonne - 1}}}[a-z]", raw.decode().split("\n")[ligne - 1])
]


@SOME
@given(place=st.sampled_from(FIRST_KEYS))
def test_a_key_that_is_written_twice(repository: Repository, place: tuple[str, int, int]) -> None:
    fichier, ligne, colonne = place
    lines = RAW[fichier].decode().split("\n")
    line = lines[ligne - 1]
    key = line[colonne - 1 :].partition(":")[0]
    lines[ligne - 1 : ligne] = [f"{line[: colonne - 1]}{key}: doublon", " " * (colonne - 1) + line[colonne - 1 :]]
    assert repository.errors(fichier, "\n".join(lines)) == {"cle-en-double"}


# What is strange breaks nothing

SIGNS = st.text(
    st.sampled_from("ab :-#&*!?|>[]{},\"'\\%@`~<=\n\té’\u00a0\u200b\u202e\u2028\ufeff\0•“<")
    | st.characters(exclude_categories=["Cs"]),
    max_size=8,
)


@st.composite
def spoilt(draw: st.DrawFn, fichiers: Sequence[str] = tuple(KINDS)) -> tuple[str, str]:
    """Draw a file of ours with some passages replaced, left out, moved or repeated, and where it may end early."""
    fichier = draw(st.sampled_from(fichiers))
    text = RAW[fichier].decode()
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.sampled_from([0, 0, 1, 2, 20, 300])))
        moved = draw(st.sampled_from(["", text[start:end]]))
        text = text[:start] + draw(SIGNS) + moved + text[end:]
        if moved and draw(st.booleans()):
            to = draw(st.integers(0, len(text)))
            text = text[:to] + moved + text[to:]
    return fichier, text[: draw(st.sampled_from([len(text), len(text), len(text) // 2]))]


def assert_told_well(told: Sequence[Diagnostic], fichier: str, text: str) -> None:
    """Assert that all of it can be shown, that its places are in the file, and that there is no more than can be read."""
    of_file = [d for d in told if d.position.fichier == fichier]
    assert all(1 <= d.position.ligne <= text.count("\n") + 1 and d.position.colonne >= 1 for d in of_file)
    assert all(d.message and d.aide for d in of_file)
    read = [d for d in of_file if d.severite is Severite.ERREUR]
    assert len(read) <= FAUTES_MAX + 3 * MOST


@settings(max_examples=100)
@given(spoilt())
def test_a_spoilt_file_is_told_well(repository: Repository, drawn: tuple[str, str]) -> None:
    fichier, text = drawn
    assert_told_well(repository.told(fichier, text), fichier, text)


@settings(max_examples=25)
@given(spoilt())
def test_whatever_the_file_no_command_breaks_down(repository: Repository, drawn: tuple[str, str]) -> None:
    fichier, text = drawn
    number = (re.findall(r"fiche-(\d+)", fichier) or ["3"])[0]
    commands = [["validate", "--format", forme] for forme in FORMATS]
    commands += [["fiche", number], ["fiche", number, "--format", "html"], ["fiche", number, "--format", "json"]]
    commands += [["export", "--projet", "--format", forme, "-o", "-"] for forme in ("md", "html")]
    with repository.holding(fichier, text) as racine:
        for command in commands:
            said = io.StringIO()
            with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(said):
                code = program.run(["--dossier", str(racine), *command])
            assert code in (0, 1), said.getvalue()
            assert "Traceback" not in said.getvalue()


WORDS = st.sampled_from([*{str(step) for place in PLACES for step in place.route}, *OTHER_TYPES[:2]]) | SIGNS
ANYTHING = st.recursive(
    WORDS | st.integers() | st.floats() | st.booleans() | st.none() | st.dates(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=6),
    max_leaves=25,
)


@settings(max_examples=80)
@given(fichier=st.sampled_from(list(KINDS)), content=ANYTHING)
def test_a_file_of_anything_is_told_well_and_is_no_sound_one(
    repository: Repository, fichier: str, content: Any
) -> None:
    text = yaml.safe_dump(content, allow_unicode=True)
    told = repository.told(fichier, text)
    assert_told_well(told, fichier, text)
    assert any(d.severite is Severite.ERREUR and d.position.fichier == fichier for d in told)


@settings(max_examples=80)
@given(fichier=st.sampled_from(list(KINDS)), raw=st.binary(max_size=300))
def test_a_file_of_any_bytes_is_told_well_and_is_no_sound_one(repository: Repository, fichier: str, raw: bytes) -> None:
    told = repository.told(fichier, raw)
    assert_told_well(told, fichier, raw.decode("utf-8", "replace"))
    assert any(d.severite is Severite.ERREUR and d.position.fichier == fichier for d in told)


@settings(max_examples=60)
@given(place=named([place for place in PLACES if place.route]), value=ANYTHING)
def test_a_value_of_anything_is_told_well(repository: Repository, place: Place, value: Any) -> None:
    text = yaml.safe_dump(changed(place, put(value)), allow_unicode=True, sort_keys=False)
    assert_told_well(repository.told(place.fichier, text), place.fichier, text)

"""YAML as people mean it: bytes → plain data, with the place of every value, or the reasons why not.

PyYAML's C parser composes the nodes; a resolver of our own types the plain scalars as YAML 1.2 does, so
that `no` stays « no », `2019-07-06` a date as written, `075` and `12:30` the text that they are.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, ClassVar

from msgspec import Struct
from yaml._yaml import CParser
from yaml.error import MarkedYAMLError, YAMLError
from yaml.events import CollectionEndEvent, CollectionStartEvent
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from protocole_cli.loading import yaml_faults as faults
from protocole_cli.loading.yaml_faults import Fault

PROFONDEUR_MAX = 50
"""How deep collections may stand in each other; the data needs six."""
VALEURS_MAX = 50_000
"""How many values a file may hold once its aliases are followed."""

Route = tuple[str | int, ...]

_STR = "tag:yaml.org,2002:str"
_MAP = "tag:yaml.org,2002:map"
_SEQ = "tag:yaml.org,2002:seq"
_PLAIN = "plain"
_INT = re.compile(r"[-+]?(?:0|[1-9][0-9]*)\Z").match
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|(?:0|[1-9][0-9]*)\.[0-9]*)(?:[eE][-+]?[0-9]+)?\Z").match
_NUMERIC_START = frozenset("0123456789+-.")
_WORDS = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}
_LONGEST_WORD = max(map(len, _WORDS))
_MAY_BE_DEEP = re.compile(r"^[ ?:-]{60}", re.MULTILINE).search
_ALLOWED_BYTES = bytes(b for b in range(256) if b in (9, 10, 13) or (b >= 32 and b != 127))
_C1 = re.compile(rb"\xc2[\x80-\x84\x86-\x9f]").search


@cache
def _control() -> re.Pattern[str]:
    """Return what finds the characters that have no place in a text; seldom needed, and dear to compile."""
    return re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")


class Document(Struct, frozen=True):
    """A parsed file: its bytes, its plain data, and its mappings with the line and column (from 1) of each."""

    fichier: str
    raw: bytes
    data: Any
    mappings: tuple[tuple[dict[str, Any], int, int], ...]


class Refuse(Exception):
    """A file that is no YAML that can be trusted; holds all the reasons found."""

    def __init__(self, found: list[Fault]) -> None:
        """Keep the faults."""
        super().__init__(found)
        self.faults = tuple(found)


class _Parser(CParser):
    """The C parser with a resolver that leaves plain scalars to `_typed`."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}

    def descend_resolver(self, current_node: Node, current_index: object) -> None:
        """Do nothing: tags do not depend on paths."""

    def ascend_resolver(self) -> None:
        """Do nothing: tags do not depend on paths."""

    def resolve(self, kind: type[Node], _value: object, implicit: Any) -> str:
        """Return the tag of a node that has none of its own."""
        if kind is ScalarNode:
            return _PLAIN if implicit[0] else _STR
        return _MAP if kind is MappingNode else _SEQ


def parse(fichier: str, raw: bytes) -> Document:
    """Return the data of a file with its places.

    Raises `Refuse` with every reason that can be told at once: not UTF-8, tabs, control characters, the
    marks of an unfinished merge, broken syntax, several documents, too deep, exploding or endless aliases,
    tags, duplicate keys, texts that YAML would have cut.
    """
    text = decode(raw)
    node = _compose(text)
    if node is None:
        raise Refuse([faults.vide()])
    found = list(_swallowed(node, text)) if b" #" in raw else []
    mappings: list[tuple[dict[str, Any], int, int]] = []
    convert = _converter(mappings, found)
    data = convert(node)
    if b"\\" in raw:
        found += _escaped_controls(node)
    if found:
        raise Refuse(found)
    return Document(fichier, raw, data, tuple(mappings))


def decode(raw: bytes) -> str:
    """Return the text of a file; raises `Refuse` where it is no plain UTF-8 text."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refuse([faults.encodage(raw, error)]) from None
    if text[:1] == "\ufeff":
        text = text[1:]
    if b"<<<<<<< " in raw or b">>>>>>> " in raw:
        conflits = faults.conflits(text)
        if conflits:
            raise Refuse(conflits)
    if raw.translate(None, _ALLOWED_BYTES) or _C1(raw) or raw.rfind(b"\xef\xbb\xbf") > 0:
        controls = [faults.controle(text, m.start()) for m in _control().finditer(text)]
        if controls:
            raise Refuse(controls[:20])
    if b"\t" in raw:
        raise Refuse(faults.tabulations(text))
    return text


class Places:
    """The places of all values of a file; `raw` must be what `parse` accepted.

    A route leads by keys and indices; where the way ends early, so does the answer. With `key`, the answer is the place of
    the last key itself, not of its value. Lines and columns count from 1.
    """

    def __init__(self, raw: bytes) -> None:
        """Read the file once for all questions."""
        self._root = _compose(decode(raw))
        self._entries: dict[tuple[int, int], Node] = {}

    def of(self, route: Route, *, key: bool = False) -> tuple[int, int]:
        """Return the place of what `route` leads to from the top of the file."""
        return _follow(self._root, route, key=key)

    def inside(self, ligne: int, colonne: int, route: Route) -> tuple[int, int]:
        """Return the place of what `route` leads to from the entry that begins at `ligne`:`colonne`."""
        if not self._entries:
            self._entries = {_place(n): n for n in _walk(self._root) if isinstance(n, MappingNode)}
        return _follow(self._entries.get((ligne, colonne), self._root), route, key=False)


def _follow(node: Node | None, route: Route, *, key: bool) -> tuple[int, int]:
    place = _place(node) if node is not None else (1, 1)
    for rank, step in enumerate(route):
        last = rank == len(route) - 1
        if isinstance(node, MappingNode):
            pair = next(((k, v) for k, v in node.value if k.value == step), None)
            if pair is None:
                return place
            node = pair[1]
            place = _place(pair[0]) if (last and key) or _is_empty(node) else _place(node)
        elif isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            place = _place(node)
        else:
            return place
    return place


def _is_empty(node: Node) -> bool:
    return isinstance(node, ScalarNode) and node.value == "" and node.style is None


def _place(node: Node) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1


def _walk(root: Node | None) -> Iterator[Node]:
    stack = [root] if root is not None else []
    while stack:
        node = stack.pop()
        yield node
        if isinstance(node, MappingNode):
            for k, v in node.value:
                stack += (k, v)
        elif isinstance(node, SequenceNode):
            stack += node.value


def _compose(text: str) -> Node | None:
    try:
        if _MAY_BE_DEEP(text) or text.count("[") + text.count("{") > PROFONDEUR_MAX:
            _refuse_depth(text)
        node: Node | None = _Parser(text).get_single_node()
    except MarkedYAMLError as error:
        raise Refuse([faults.syntaxe(error, text)]) from None
    except YAMLError as error:
        raise Refuse([faults.syntaxe_sans_lieu(str(error))]) from None
    if node is not None and "*" in text and "&" in text:
        _refuse_explosion(node)
    return node


def _refuse_depth(text: str) -> None:
    parser = _Parser(text)
    depth = 0
    while parser.check_event():
        event = parser.get_event()
        if isinstance(event, CollectionStartEvent):
            depth += 1
            if depth > PROFONDEUR_MAX:
                mark: Any = event.start_mark
                raise Refuse([faults.profondeur(mark.line + 1, mark.column + 1, PROFONDEUR_MAX)])
        elif isinstance(event, CollectionEndEvent):
            depth -= 1


def _refuse_explosion(root: Node) -> None:
    """Refuse aliases that lead back to themselves, or that would unfold into too many values."""
    sizes: dict[int, int] = {}
    open_nodes: set[int] = set()

    def size(node: Node) -> int:
        identity = id(node)
        if identity in open_nodes:
            raise Refuse([faults.alias_sans_fin(*_place(node))])
        if identity not in sizes:
            open_nodes.add(identity)
            if isinstance(node, MappingNode):
                sizes[identity] = 1 + sum(1 + size(v) for _, v in node.value)
            elif isinstance(node, SequenceNode):
                sizes[identity] = 1 + sum(map(size, node.value))
            else:
                sizes[identity] = 1
            open_nodes.discard(identity)
            if sizes[identity] > VALEURS_MAX:
                raise Refuse([faults.alias_explosif(*_place(node), VALEURS_MAX)])
        return sizes[identity]

    size(root)


def _typed(value: str) -> Any:
    """Return what a plain scalar means in YAML 1.2, leading zeros and bases left as text."""
    if value[:1] in _NUMERIC_START and value:
        if _INT(value):
            return int(value) if len(value) < 19 else value
        if _FLOAT(value):
            return float(value)
        return value
    if len(value) <= _LONGEST_WORD and value in _WORDS:
        return _WORDS[value]
    return value


def _converter(mappings: list[tuple[dict[str, Any], int, int]], found: list[Fault]) -> Callable[[Node], Any]:
    def convert(node: Node) -> Any:
        kind = node.__class__
        if kind is ScalarNode:
            tag = node.tag
            if tag is _PLAIN:
                return _typed(node.value)
            if tag != _STR:
                found.append(faults.balise(*_place(node), tag))
            return node.value
        if node.tag not in (_SEQ, _MAP):
            found.append(faults.balise(*_place(node), node.tag))
        if kind is SequenceNode:
            return [convert(item) for item in node.value]
        data: dict[str, Any] = {}
        mark = node.start_mark
        mappings.append((data, mark.line + 1, mark.column + 1))
        for key_node, value_node in node.value:
            key = key_node.value
            if key_node.__class__ is not ScalarNode:
                found.append(faults.cle_composee(*_place(key_node)))
                continue
            if key in data:
                first = next(k for k, _ in node.value if k.value == key)
                found.append(faults.cle_en_double(*_place(key_node), key, _place(first)[0]))
                continue
            data[key] = convert(value_node)
        return data

    return convert


def _swallowed(root: Node, text: str) -> Iterator[Fault]:
    """Find plain texts that ` #` cuts short.

    A remark after a value stays possible, set off as yamllint asks: two spaces before the `#`, one after.
    """
    for node in _walk(root):
        if node.__class__ is not ScalarNode or node.tag is not _PLAIN or not node.value:
            continue
        end = node.end_mark.index
        rest = text[end : text.find("\n", end) if "\n" in text[end:] else len(text)]
        if not rest.lstrip(" ").startswith("#") or not rest.startswith(" "):
            continue
        if rest.startswith("  ") and rest.lstrip(" ")[1:2] in (" ", ""):
            continue
        yield faults.coupe(*_place(node), node.value, rest.strip())


def _escaped_controls(root: Node) -> Iterator[Fault]:
    for node in _walk(root):
        if node.__class__ is ScalarNode and (hit := _control().search(node.value)):
            yield faults.controle_echappe(*_place(node), hit.group())

"""YAML as people mean it: bytes → plain data, with the place of every value, or the reasons why not.

PyYAML's C parser composes the nodes; a resolver of our own types the plain scalars as YAML 1.2 does, so
that `no` stays « no », `2019-07-06` a date as written, `075` and `12:30` the text that they are.
"""

import contextlib
import operator
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import chain, islice
from typing import Any, ClassVar

from msgspec import Struct
from yaml._yaml import CParser
from yaml.error import MarkedYAMLError, YAMLError
from yaml.events import CollectionEndEvent, CollectionStartEvent, Event, ScalarEvent
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from protocole_cli.loading import deceptive
from protocole_cli.loading import yaml_faults as faults
from protocole_cli.loading.deceptive import Suspect
from protocole_cli.loading.source import with_plain_ends
from protocole_cli.loading.yaml_faults import Fault
from protocole_cli.position import Position

PROFONDEUR_MAX = 50
"""How deep collections may stand in each other; the data needs six."""
BEYOND_NUMBERS = 1e15
"""From here on decimals are not exact, and no sum of public money is so large: such a scalar stays text."""
VALEURS_MAX = 50_000
"""How many values a file may hold once its aliases are followed."""
SIGNES_PAR_VALEUR = 200
"""A long text counts for more than one value: aliases may repeat it too."""

_STR = "tag:yaml.org,2002:str"
_MAP = "tag:yaml.org,2002:map"
_SEQ = "tag:yaml.org,2002:seq"
_PLAIN = "plain"
_OWN_TAGS = {ScalarNode: (_STR,), SequenceNode: (_SEQ, _MAP), MappingNode: (_SEQ, _MAP)}
"""The tags that change nothing where they are written out."""
_BOM = b"\xef\xbb\xbf"
_INT = re.compile(r"[-+]?(?:0|[1-9][0-9]*)\Z").match
_FLOAT = r"[-+]?(?:\.[0-9]+|(?:0|[1-9][0-9]*)\.[0-9]*)(?:[eE][-+]?[0-9]+)?"
"""A pattern that is compiled where a text begins as a number and is no whole one, and no sooner."""
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
_LONGEST_NUMBER = 24
"""A longer scalar is text, whatever it looks like."""
_LONGEST_WORD = max(map(len, _WORDS))
_FLAT = re.compile(rb"""\[[^][{}"'#]*\]|\{[^][{}"'#]*\}""").sub
"""A collection between brackets that holds no other, and no sign that would make text of a bracket: one level, wherever it stands."""
_LONG = 20_000
"""A text so long, in characters, might nest collections deeper on one line than the stack of the C parser is."""
_ALLOWED_BYTES = bytes(b for b in range(256) if b in (9, 10, 13) or (b >= 32 and b != 127))
_FREQUENT_BYTES = bytes(b for b in _ALLOWED_BYTES if b < 128 and b not in b"\t<>=[{")
"""What files are full of, and nothing that is refused is made of: no conflict mark, no hidden character, no nest of brackets."""
_TAB = re.compile("[\t\r]").search
_C1 = re.compile(rb"\xc2[\x80-\x9f]").search


@cache
def _control() -> re.Pattern[str]:
    """Return what finds the characters that have no place in a text; seldom needed, and dear to compile."""
    return re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


class Document(Struct, frozen=True):
    """A parsed file: its bytes, its plain data, its mappings with the line and column (from 1) of each, what deceives in it."""

    fichier: str
    raw: bytes
    data: Any
    mappings: tuple[tuple[dict[str, Any], int, int], ...]
    suspects: tuple[Suspect, ...] = ()


class Refuse(Exception):
    """A file that is no YAML that can be trusted; holds all the reasons found, and what it says where it could be read as YAML."""

    def __init__(self, found: list[Fault], document: Document | None = None) -> None:
        """Keep the faults."""
        super().__init__(found)
        self.faults = tuple(found)
        self.document = document


class _Parser(CParser):
    """The C parser with a resolver that leaves plain scalars to `_typed`."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}

    # Tags do not depend on paths: these are called at every node, and do nothing at the least cost.
    descend_resolver = operator.is_
    ascend_resolver = bool

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
    if not raw.endswith(b"\n"):  # a block text ends with its line, whether or not the file does
        raw += b"\n"
    seldom = _seldom(raw)
    text = _decode(raw, seldom)
    node = _compose(text, text if raw.startswith(_BOM) else raw, seldom)
    if node is None:
        raise Refuse([faults.vide()])
    found = list(_swallowed(node, text)) if _remark_after_something(text) else []
    mappings: list[tuple[dict[str, Any], int, int]] = []
    data = _convert(node, mappings, found)
    if data is None and not found:
        raise Refuse([faults.vide()])
    if b"\\" in raw:
        found += _escaped_controls(node)
    if found:
        raise Refuse(found, Document(fichier, raw, data, tuple(mappings)))
    suspects = _suspects(fichier, text, node) if b"\\" in raw or deceptive.may_deceive(seldom) else ()
    return Document(fichier, raw, data, tuple(mappings), suspects)


def decode(raw: bytes) -> str:
    """Return the text of a file; raises `Refuse` where it is no plain UTF-8 text."""
    return _decode(raw, _seldom(raw))


def _seldom(raw: bytes) -> bytes:
    """Return the bytes of a file but for the most frequent ones: few enough to be searched for many things, again and again."""
    return raw.translate(None, _FREQUENT_BYTES)


def _decode(raw: bytes, seldom: bytes) -> str:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refuse([faults.utf_16(raw) or faults.encodage(raw, error)]) from None
    if text[:1] == "\ufeff":
        text = text[1:]
    if b"<<<<<<<" in seldom or b">>>>>>>" in seldom or b"=======" in seldom:
        conflits = faults.conflits(with_plain_ends(text))
        if conflits:
            raise Refuse(conflits)
    if (
        seldom.translate(None, _ALLOWED_BYTES)
        or (b"\xc2" in seldom and _C1(seldom))
        or "\u2028" in text
        or "\u2029" in text
        or "\ufeff" in text
    ):
        wide = faults.utf_16(raw)
        controls = [wide] if wide else _controls(text)
        if controls:
            raise Refuse(controls)
    if b"\t" in seldom:
        raise Refuse(faults.tabulations(with_plain_ends(text)))
    return text


def _controls(text: str) -> list[Fault]:
    plain = with_plain_ends(text)
    return faults.controles(plain, _control().finditer(plain))


def is_empty(node: Node) -> bool:
    """Tell whether a node is a value that was left out."""
    return isinstance(node, ScalarNode) and node.value == "" and not node.style


def place(node: Node | Event) -> tuple[int, int]:
    """Return the line and column of a node or event, from 1."""
    mark: Any = node.start_mark
    return mark.line + 1, mark.column + 1


def walk(root: Node | None) -> Iterator[Node]:
    """Yield a node and all below it, in no order."""
    stack = [root] if root is not None else []
    while stack:
        node = stack.pop()
        yield node
        if isinstance(node, MappingNode):
            for k, v in node.value:
                stack += (k, v)
        elif isinstance(node, SequenceNode):
            stack += node.value


def compose(text: str) -> Node | None:
    """Return the nodes of a text, or `None` where it has none; raises `Refuse`."""
    return _compose(text, text, _seldom(text.encode()))


def _compose(text: str, written: str | bytes, seldom: bytes) -> Node | None:
    """Return the same of a text as it is written: of bytes, which the parser reads faster, if they have no mark at their head."""
    try:
        if _may_be_deep(text, seldom):
            _refuse_depth(text)
        node: Node | None = _Parser(written).get_single_node()
    except MarkedYAMLError as error:
        raise Refuse([faults.syntaxe(error, with_plain_ends(text), _last_quoted(text))]) from None
    except YAMLError:
        controls = _controls(text)
        raise Refuse(controls or [faults.illisible()]) from None
    if node is not None and "*" in text and "&" in text:
        _refuse_explosion(node)
    return node


def _last_quoted(text: str) -> tuple[int, int] | None:
    """Return where the last text between quotes begins that the parser could read before it gave up."""
    parser, found = _Parser(text), None
    with contextlib.suppress(YAMLError):
        while parser.check_event():
            event = parser.get_event()
            if isinstance(event, ScalarEvent) and event.style in ("'", '"'):
                found = place(event)
    return found


def _may_be_deep(text: str, seldom: bytes) -> bool:
    """Tell whether collections could stand deep in each other: by brackets, by marks on one line, or by indentation.

    A column of indentation may hold two levels, a mapping and a list. Half of the levels may be made by brackets, in the others.
    """
    half = PROFONDEUR_MAX // 2
    return (
        (_opened(seldom) >= half and _opened(_FLAT(b"", text.encode())) >= half - 1)
        or " " * (2 * PROFONDEUR_MAX // 5) in text
        or "- " * (PROFONDEUR_MAX // 5) in text
        or (len(text) > _LONG and max(map(len, text.split("\n"))) > _LONG)
    )


def _opened(raw: bytes) -> int:
    return raw.count(b"[") + raw.count(b"{")


def _refuse_depth(text: str) -> None:
    """Refuse collections that stand too deep in each other.

    The parser looks ahead, and may give up at a level of its own before it tells of those on the way: what stands before
    that place is then read alone.
    """
    try:
        _refuse_told_depth(text)
    except MarkedYAMLError as error:
        with contextlib.suppress(YAMLError):
            _refuse_told_depth(text[: error.problem_mark.index if error.problem_mark else 0])
        raise


def _refuse_told_depth(text: str) -> None:
    parser = _Parser(text)
    depth = 0
    while parser.check_event():
        event = parser.get_event()
        if isinstance(event, CollectionStartEvent):
            depth += 1
            if depth > PROFONDEUR_MAX:
                raise Refuse([faults.profondeur(*place(event), PROFONDEUR_MAX)])
        elif isinstance(event, CollectionEndEvent):
            depth -= 1


def _refuse_explosion(root: Node) -> None:
    """Refuse aliases that lead back to themselves, or that would unfold into too many values or too long a text."""
    sizes: dict[int, int] = {}
    open_nodes: set[int] = set()

    def size(node: Node) -> int:
        identity = id(node)
        if identity in open_nodes:
            raise Refuse([faults.alias_sans_fin(*place(node))])
        if identity not in sizes:
            open_nodes.add(identity)
            if isinstance(node, MappingNode):
                sizes[identity] = 1 + sum(size(k) + size(v) for k, v in node.value)
            elif isinstance(node, SequenceNode):
                sizes[identity] = 1 + sum(map(size, node.value))
            else:
                sizes[identity] = 1 + len(node.value) // SIGNES_PAR_VALEUR
            open_nodes.discard(identity)
            if sizes[identity] > VALEURS_MAX:
                raise Refuse([faults.alias_explosif(*place(node), VALEURS_MAX)])
        return sizes[identity]

    size(root)


@lru_cache(maxsize=1024)
def _typed(value: str) -> Any:
    """Return what a plain scalar means in YAML 1.2, leading zeros and bases left as text.

    Kept, as the same identifiers, natures and years come back from fiche to fiche.
    """
    if len(value) > _LONGEST_NUMBER:
        return value
    if value[:1] in _NUMERIC_START and value:
        if _INT(value):
            return int(value) if len(value) < 19 else value
        if re.fullmatch(_FLOAT, value):
            number = float(value)
            if abs(number) >= BEYOND_NUMBERS:
                return value
            return int(number) if number.is_integer() else number  # 3.0 is the number 3
        return value
    if len(value) <= _LONGEST_WORD and value in _WORDS:
        return _WORDS[value]
    return value


def _convert(node: Node, mappings: list[tuple[dict[str, Any], int, int]], found: list[Fault]) -> Any:
    """Return the data of a node; notes each mapping with its place, and what is at fault.

    No closure over itself: such a cycle would keep the data of every file until the end.
    """
    tag = node.tag
    if tag is _PLAIN:
        return _typed(node.value)
    kind = node.__class__
    if tag is not _STR and tag is not _MAP and tag is not _SEQ and tag not in _OWN_TAGS[kind]:
        found.append(faults.balise(*place(node), tag))
    if kind is ScalarNode:
        return node.value
    if kind is SequenceNode:
        return [_typed(item.value) if item.tag is _PLAIN else _convert(item, mappings, found) for item in node.value]
    data: dict[str, Any] = {}
    mark = node.start_mark
    mappings.append((data, mark.line + 1, mark.column + 1))
    for key_node, value_node in node.value:
        key, tag = key_node.value, value_node.tag
        if (key_node.tag is not _PLAIN or key in data) and (fault := _key_fault(key_node, node, data)):
            found.append(fault)
        elif tag is _PLAIN:
            data[key] = _typed(value_node.value)
        elif tag is _STR:
            data[key] = value_node.value
        else:
            data[key] = _convert(value_node, mappings, found)
    return data


def _key_fault(key: Node, mapping: Node, data: dict[str, Any]) -> Fault | None:
    if key.__class__ is not ScalarNode:
        return faults.cle_composee(*place(key))
    if key.tag is not _PLAIN and key.tag != _STR:
        return faults.balise(*place(key), key.tag)
    if key.value in data:
        first = next(k for k, _ in mapping.value if k.value == key.value)
        return faults.cle_en_double(*place(key), key.value, place(first)[0])
    return None


def _swallowed(root: Node, text: str) -> Iterator[Fault]:
    """Find plain texts that ` #` cuts short.

    A remark after a value stays possible, set off as yamllint asks: two spaces before the `#`, one after.
    """
    for node in walk(root):
        if isinstance(node, MappingNode):
            for key_node, value_node in node.value:
                remark = _rest_of_line(value_node, text).lstrip(" ") if is_empty(value_node) else ""
                if remark.startswith("#") and remark[1:2] not in (" ", ""):
                    yield faults.avale(*place(value_node), str(key_node.value), remark)
        elif isinstance(node, ScalarNode) and node.tag is _PLAIN and node.value:
            rest = _rest_of_line(node, text)
            remark = rest.lstrip(" ")
            set_off = rest.startswith("  ") and remark[1:2] in (" ", "")
            if rest.startswith(" ") and remark.startswith("#") and not set_off:
                yield faults.coupe(*place(node), node.value, remark.rstrip())


def _remark_after_something(text: str) -> bool:
    """Tell whether some ` #` has anything but blanks before it on its line."""
    index = text.find("#")
    while index >= 0:
        if text[index - 1 : index] == " " and text[text.rfind("\n", 0, index) + 1 : index].strip():
            return True
        index = text.find("#", index + 1)
    return False


def _rest_of_line(node: Node, text: str) -> str:
    end = node.end_mark.index
    stop = text.find("\n", end)
    return text[end : stop if stop >= 0 else len(text)]


def _escaped_controls(root: Node) -> Iterator[Fault]:
    for node in walk(root):
        if node.__class__ is ScalarNode and (hit := _control().search(node.value) or _TAB(node.value)):
            yield faults.controle_echappe(*place(node), hit.group())


def _suspects(fichier: str, text: str, root: Node) -> tuple[Suspect, ...]:
    """Return what deceives in a file, the first ones of it: as it is, or written as an escape sequence, which its text does not show."""
    escaped = (
        Suspect(Position(fichier, *place(node)), signe, mot, forme)
        for node in walk(root)
        if isinstance(node, ScalarNode) and node.style == '"'
        for _, signe, mot, forme in deceptive.deceptions(node.value)
        if signe not in text
    )
    return tuple(islice(chain(deceptive.suspects(fichier, with_plain_ends(text)), escaped), faults.MOST))

"""A data file in canonical form: the same words and facts, its keys in one order, its lines ending alike.

Whole lines move, as they were typed, so that quotes, indentation and the line breaks of texts stay; a library that writes
YAML anew (ruamel.yaml) keeps most of that, not all, and takes many times as long. A remark goes with the entry below it, or,
where it is indented deeper than the key, with the entry above. What a blank line sets apart at the head of a mapping stays
there, as does what stands at its end; blank lines stay between the same ranks. Left in the order in which they were
written: keys in braces that go over several lines, keys marked by `?`, and all keys of a file with aliases, which must
follow their anchors.
"""

from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from typing import TypeVar

from msgspec import Struct
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from protocole_cli.loading.source import with_plain_ends
from protocole_cli.loading.strict_yaml import compose, walk

Order = dict[str, "Order"]
"""The keys of a mapping in their order, each with the order of those below it; that of a list is that of its entries."""

T = TypeVar("T")

_MODELINE = "# yaml-language-server:"


def canonical(text: str, order: Order) -> str:
    """Return the canonical form of a text that `strict_yaml.decode` returned and `strict_yaml.parse` accepts."""
    lines = with_plain_ends(text).removesuffix("\n").split("\n")
    root = compose("\n".join(lines) + "\n")
    _trim(lines, root)
    if not _has_aliases(root):
        # Where entries stand is asked before any moves; inner mappings go first, within the lines that they have.
        found = [(mapping, _entries(mapping, lines), list(keys)) for mapping, keys in _mappings(root, order)]
        for mapping, entries, keys in found:
            if mapping.flow_style:
                _arrange_in_braces(mapping, keys, lines)
            else:
                _arrange(entries, keys, lines)
    return "\n".join(lines) + "\n"


def _trim(lines: list[str], root: Node | None) -> None:
    """Take the spaces off the ends of lines, and blank lines off the end of the file, but for those of a text."""
    kept = {number for node in walk(root) for number in _inside(node, lines)}
    lines[:] = [line if number in kept else line.rstrip(" ") for number, line in enumerate(lines)]
    while len(lines) > 1 and not lines[-1] and len(lines) - 1 not in kept:
        lines.pop()


def _inside(node: Node, lines: list[str]) -> range:
    """Return the numbers of the lines whose end is inside a text: one between quotes, or a block."""
    if _is_block_text(node):
        return range(node.start_mark.line + 1, _end(node, lines))
    quoted = isinstance(node, ScalarNode) and node.style
    return range(node.start_mark.line, node.end_mark.line) if quoted else range(0)


def _is_block_text(node: Node) -> bool:
    return isinstance(node, ScalarNode) and node.style in ("|", ">")


def _end(node: Node, lines: list[str]) -> int:
    """Return the number of the line after the last one of a value; blank lines that add nothing to a text are not its."""
    if isinstance(node, MappingNode) and not node.flow_style:
        return _end(node.value[-1][1], lines)
    if isinstance(node, SequenceNode) and not node.flow_style:
        return _end(node.value[-1], lines)
    if not _is_block_text(node):
        return node.end_mark.line + 1
    end = min(node.end_mark.line, len(lines))
    ends_in_blank_lines = node.value.endswith("\n\n") or not node.value.strip("\n")
    while not ends_in_blank_lines and not lines[end - 1]:
        end -= 1
    return end


def _has_aliases(root: Node | None) -> bool:
    nodes = [id(node) for node in walk(root)]
    return len(set(nodes)) < len(nodes)


def _mappings(node: Node | None, order: Order) -> Iterator[tuple[MappingNode, Order]]:
    """Yield the mappings with the order of their keys, inner ones before those that they stand in."""
    if isinstance(node, SequenceNode):
        for item in node.value:
            yield from _mappings(item, order)
    elif isinstance(node, MappingNode):
        for key, value in node.value:
            yield from _mappings(value, order.get(key.value, {}))
        yield node, order


class _Entry(Struct, frozen=True):
    """What moves with a key of a block mapping: the lines from `head` to before `end`; the key stands on `line`."""

    cle: str
    head: int
    line: int
    end: int
    column: int


def _entries(mapping: MappingNode, lines: list[str]) -> list[_Entry]:
    """Return the entries of a block mapping where they stand; none where a key has more before it than a dash."""
    if mapping.flow_style or not _begin_lines([key for key, _ in mapping.value], lines):
        return []
    entries = []
    column = mapping.value[0][0].start_mark.column
    head = _remarks_above(mapping.value[0][0].start_mark.line, column, lines)
    for key, value in mapping.value:
        end, after = _border(_end(value, lines), column, lines)
        entries.append(_Entry(key.value, head, key.start_mark.line, end, column))
        head = after
    return entries


def _begin_lines(keys: list[Node], lines: list[str]) -> bool:
    before = [lines[key.start_mark.line][: key.start_mark.column] for key in keys]
    return not before[0].strip(" -") and not "".join(before[1:]).strip()


def _remarks_above(line: int, column: int, lines: list[str]) -> int:
    """Return where the remarks right above a first key begin; those above a dash are not its own, but the list's.

    None that is deeper than the key: a block text that came before it would take it in.
    """
    if lines[line][:column].strip():
        return line
    while line > 0 and _is_remark(lines[line - 1]) and _depth(lines[line - 1]) <= column:
        line -= 1
    return line


def _is_remark(line: str) -> bool:
    return line.lstrip(" ").startswith("#") and not line.startswith(_MODELINE)


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _border(end: int, column: int, lines: list[str]) -> tuple[int, int]:
    """Return where an entry ends whose value ends before line `end`, and where, past blank lines, the next one begins."""
    for number in range(end, len(lines)):
        if lines[number] and _depth(lines[number]) <= column:
            return end, number
        if lines[number]:
            end = number + 1
    return end, len(lines)


def _arrange(entries: list[_Entry], keys: list[str], lines: list[str]) -> None:
    """Put the entries of a block mapping in order, the dash that may stand before the first one in its place."""
    wanted = _ordered(entries, [entry.cle for entry in entries], keys)
    if wanted == entries:
        return
    old, new, column = entries[0], wanted[0], entries[0].column
    dash = lines[old.line][:column]
    lines[old.line] = " " * column + lines[old.line][column:]
    lines[new.line] = dash + lines[new.line][column:]
    if dash.strip():  # remarks go above it
        margin = dash.partition("-")[0]
        above = slice(new.head, new.line)
        lines[above] = [line and margin + line.lstrip(" ") for line in lines[above]]
    blocks = [lines[entry.head : entry.end] for entry in wanted]
    gaps = [lines[one.end : other.head] for one, other in pairwise(entries)]
    lines[old.head : entries[-1].end] = chain.from_iterable(_interleaved(blocks, gaps))


def _arrange_in_braces(mapping: MappingNode, keys: list[str], lines: list[str]) -> None:
    """Put the entries of a mapping in braces in order, where it stands on one line."""
    number = mapping.start_mark.line
    if not mapping.value or mapping.end_mark.line != number:
        return
    line = lines[number]
    spans = [(key.start_mark.column, value.end_mark.column) for key, value in mapping.value]
    wanted = _ordered([line[a:b] for a, b in spans], [key.value for key, _ in mapping.value], keys)
    gaps = [line[one[1] : other[0]] for one, other in pairwise(spans)]
    lines[number] = line[: spans[0][0]] + "".join(_interleaved(wanted, gaps)) + line[spans[-1][1] :]


def _ordered(things: Sequence[T], names: Sequence[str], keys: list[str]) -> list[T]:
    """Return things in the order that their names have among the keys, those of no known name last."""
    ranks = [keys.index(name) if name in keys else len(keys) for name in names]
    return [things[rank] for rank in sorted(range(len(things)), key=ranks.__getitem__)]


def _interleaved(blocks: Sequence[T], gaps: Sequence[T]) -> Iterator[T]:
    """Yield the blocks, a gap after each but the last."""
    yield blocks[0]
    for gap, block in zip(gaps, blocks[1:], strict=True):
        yield gap
        yield block

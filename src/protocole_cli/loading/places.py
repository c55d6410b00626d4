"""From the way to a value to the line and column where it stands."""

from collections.abc import Callable, Iterator

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from protocole_cli.loading.files import Tree
from protocole_cli.loading.source import find_word, with_plain_ends
from protocole_cli.loading.strict_yaml import compose, decode, place, walk
from protocole_cli.position import Route

Place = tuple[int, int]


class Places:
    """The places of all values of a file; `raw` must be what `strict_yaml.parse` accepted.

    A route leads by keys and indices; where the way ends early, so does the answer. Lines and columns count from 1.
    """

    def __init__(self, raw: bytes) -> None:
        """Read the file once for all questions."""
        self._text = with_plain_ends(decode(raw))
        self._lines = self._text.split("\n")
        self._root = compose(self._text)
        self._entries: dict[Place, Node] = {}

    def of(self, route: Route, *, key: bool = False) -> Place:
        """Return the place of what `route` leads to from the top of the file; with `key`, of its last key itself."""
        return _follow(self._root, route, key=key)[1]

    def written(self, route: Route) -> str:
        """Return the scalar that `route` leads to from the top of the file, as it is written there."""
        node, _ = _follow(self._root, route)
        return str(node.value) if isinstance(node, ScalarNode) else ""

    def inside(self, entry: Place, route: Route) -> Place:
        """Return the place of what `route` leads to from the entry that begins at `entry`."""
        return _follow(self._entry(entry), route)[1]

    def in_text(self, entry: Place, route: Route, line: int, words: str) -> Place:
        """Return the place of `words` in a text, of which they are on line `line`, from 0; that line, or the text, without them."""
        node, found = _follow(self._entry(entry), route)
        if not isinstance(node, ScalarNode):
            return found
        head = node.start_mark.line
        if node.style == "|":  # each line of the text is one of the file
            rank = head + 1 + line
            return rank + 1, find_word(self._lines[rank], words) + 1 or 1
        start, end = node.start_mark.index, node.end_mark.index
        within = self._text.find("\n", start) if node.style == ">" else start
        index = find_word(self._text, words, within, end)
        if index < 0:
            return found
        return head + 1 + self._text.count("\n", start, index), index - self._text.rfind("\n", 0, index)

    def texts(self, entry: Place, route: Route) -> tuple[str, ...]:
        """Return all texts in the entry that begins at `entry`; where that is the file, in the first step of `route`."""
        node = self._entry(entry)
        if node is self._root and route:
            node = _follow(node, route[:1])[0]
        return tuple(_texts(node))

    def _entry(self, entry: Place) -> Node | None:
        if not self._entries:
            self._entries = {place(n): n for n in walk(self._root) if isinstance(n, MappingNode)}
        return self._entries.get(entry, self._root)


def places_by_file(tree: Tree) -> Callable[[str], Places]:
    """Return what gives the places of a file, keeping those of the last one: findings come file by file."""
    last: dict[str, Places] = {}

    def places(fichier: str) -> Places:
        if fichier not in last:
            last.clear()
            last[fichier] = Places(tree.read(fichier))
        return last[fichier]

    return places


def _follow(node: Node | None, route: Route, *, key: bool = False) -> tuple[Node | None, Place]:
    found = place(node) if node is not None else (1, 1)
    for rank, step in enumerate(route):
        last = rank == len(route) - 1
        if isinstance(node, MappingNode):
            pair = next(((k, v) for k, v in node.value if k.value == step), None)
            if pair is None:
                break
            node = pair[1]
            found = place(pair[0]) if last and key else place(node)
        elif isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            found = place(node)
        else:
            break
    return node, found


def _texts(node: Node | None) -> Iterator[str]:
    """Yield the scalar values below a node, keys left out."""
    if isinstance(node, ScalarNode):
        yield node.value
    elif isinstance(node, SequenceNode):
        for element in node.value:
            yield from _texts(element)
    elif isinstance(node, MappingNode):
        for _, value in node.value:
            yield from _texts(value)

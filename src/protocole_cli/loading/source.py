"""The lines of a data file as people see them in an editor, whatever is wrong with the file."""

from collections.abc import Callable

from protocole_cli.loading.files import Chemin, Illisible, read_bytes


def source_lines(racine: Chemin, fichier: str) -> tuple[str, ...]:
    """Return the lines of a file, without their ends; none where it cannot be read.

    Lines and columns count as in `Position`: a mark of the order of bytes at the head is left out. What is no UTF-8
    is shown by U+FFFD.
    """
    try:
        raw = read_bytes(racine, fichier)
    except Illisible:
        return ()
    return tuple(with_plain_ends(raw.decode("utf-8", "replace").removeprefix("\ufeff")).split("\n"))


def with_plain_ends(text: str) -> str:
    """Return a text whose lines all end with a line feed: in YAML a carriage return ends one too, before a line feed or alone."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def source_by_file(racine: Chemin) -> Callable[[str], tuple[str, ...]]:
    """Return what gives the lines of a file, keeping those of the last one: diagnostics and answers come file by file."""
    last: dict[str, tuple[str, ...]] = {}

    def lines(fichier: str) -> tuple[str, ...]:
        if fichier not in last:
            last.clear()
            last[fichier] = source_lines(racine, fichier)
        return last[fichier]

    return lines


def find_word(text: str, word: str, start: int = 0, end: int | None = None) -> int:
    """Return where a word stands in a part of a text, by itself if it does so somewhere; -1 where it is not there."""
    first = at = text.find(word, start, end)
    while at >= 0 and (text[at - 1 : at].isalnum() or text[at + len(word) : at + len(word) + 1].isalnum()):
        at = text.find(word, at + 1, end)
    return at if at >= 0 else first

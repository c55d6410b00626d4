"""How much of the source text an exported document carries, section by section.

The measure: the share of a section's runs of four words that stand in the export too. A run never crosses a blank line or
a bullet of the source, so that the order of blocks is free; case, typography, markup and bullets do not count.
"""

import html
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

SOURCE = Path(__file__).parent / "source" / "protocole-2019-2022.txt"
RUN = 4

SECTIONS = {
    "parties et visas": 42, "préambule": 107, "article 1": 158, "article 2": 181, "article 3": 197, "article 4": 305,
    "article 5": 426, "annexe 1": 445, "fiche 1": 561, "fiche 2": 638, "fiche 3": 703, "fiche 4": 805, "fiche 5": 900,
    "fiche 6": 1031, "fiche 7": 1126, "fiche 8": 1234, "fiche 9": 1330, "fiche 10": 1447, "signatures": 1641,
}  # fmt: skip
"""The first line of each section in the source; the cover and its table of contents are left out."""
ARTEFACTS = {"MarieGuite": "Marie-Guite", "à ’ordre": "à l’ordre"}
"""What the extraction broke inside of words (docs/transcription.md)."""

_PAGE = re.compile(r"^\s*P\. \d+\s*$", re.MULTILINE)
_BLOCK = re.compile(r"\n\s*\n|[•▶▷→·]|\f|^\s*-\s*|^\s*\d+[.-]\s", re.MULTILINE)

Gram = tuple[str, ...]


class Fidelity(NamedTuple):
    """The share of each section and of the whole that the export carries, and the share of it that is not in the source."""

    sections: dict[str, float]
    whole: float
    added: float


def words(text: str) -> list[str]:
    """Return the words of a text in lower case, free of markup and typography."""
    text = unicodedata.normalize("NFC", text)
    text = re.sub(r"<(style|script|head|svg)\b.*?</\1>", " ", text, flags=re.DOTALL | re.IGNORECASE)
    text = re.sub(r"<br\s*/?>|</(p|li|td|th|tr|h\d|div|dt|dd|section)>", "\n", text, flags=re.IGNORECASE)
    text = html.unescape(re.sub(r"<[a-zA-Z/!][^>]*>", "", text))
    text = re.sub(r"\]\([^)]*\)", "]", text).replace("\u00ad", "").replace("\\", "")
    return re.findall(r"[^\W_]+", text.lower())


def source_sections() -> dict[str, str]:
    """Return the source cut into its sections, artefacts inside of words mended."""
    lines = SOURCE.read_text(encoding="utf-8").split("\n")
    ends = [*list(SECTIONS.values())[1:], len(lines) + 1]
    cut = {
        name: _PAGE.sub("", "\n".join(lines[start - 1 : end - 1]))
        for (name, start), end in zip(SECTIONS.items(), ends, strict=True)
    }
    for wrong, right in ARTEFACTS.items():
        cut = {name: text.replace(wrong, right) for name, text in cut.items()}
    return cut


def measure(export: str) -> Fidelity:
    """Return how much of the source an export in Markdown, HTML or plain text carries."""
    exported = words(export)
    have = {gram for length in range(1, RUN + 1) for gram in _grams(exported, length)}
    wanted = {name: list(_wanted(text)) for name, text in source_sections().items()}
    found = {name: sum(gram in have for gram in grams) for name, grams in wanted.items()}
    known = {gram for text in source_sections().values() for gram in _grams(_flat(text))}
    return Fidelity(
        {name: found[name] / len(wanted[name]) for name in wanted},
        sum(found.values()) / sum(map(len, wanted.values())),
        1 - sum(gram in known for gram in _grams(exported)) / len(_grams(exported)),
    )


def _flat(text: str) -> list[str]:
    return [word for block in _BLOCK.split(text) if block for word in words(block)]


def _wanted(text: str) -> Iterator[Gram]:
    for block in _BLOCK.split(text):
        if block and (tokens := words(block)):
            yield from _grams(tokens)


def _grams(tokens: list[str], length: int = RUN) -> list[Gram]:
    """Return the runs of so many words, or the whole where it is shorter."""
    return [tuple(tokens[i : i + length]) for i in range(max(1, len(tokens) - length + 1))]

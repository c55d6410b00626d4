"""Write a valid repository of N fiches, each a variation of one of ours.

    python bench/corpus.py N DOSSIER

DOSSIER gets copies of our data/*.yaml, and fiches data/fiches/fiche-01.yaml … with a number, a title, a description,
promises and results of their own: each names the sector of its fiche, so that no two are in the same words. Where it leaves good prose, the entries of a list, or the sentences of a paragraph, begin at another one. Ours are
edited as text, so that the files keep the hand of a person: block texts, wrapped lines, a remark now and
then. The same arguments give the same bytes, and the fiche of a number is the same in a corpus of any size.

Standard library only.
"""

import argparse
import random
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

Part = TypeVar("Part")

OURS = Path(__file__).resolve().parent.parent / "data"
MARQUE = ".corpus-de-mesure"
"""The file by which a folder is known to be a corpus, which may be written again."""
PLUS_GRAND = 10_000
WIDTH = 100

ORDER = (4, 2, 3, 1, 5, 6, 7, 8, 9, 10)
"""Which of ours the fiches 1 to 10 vary, and so on by tens: ours, but those with most warnings late, so that a corpus of
ten fiches or more has no more of them a fiche than ours."""

VARIED = frozenset(
    {
        "constats",
        "objectif_general",
        "objectifs_operationnels",
        "description",
        "public",
        "autres_rubriques",
    }
)
"""The rubriques whose words no typed field repeats in their order."""
ENTRIES = frozenset({"engagements", "resultats"})
"""The rubriques that are a list of entries."""
BOUND = ("forme: suite", "forme: numero")
"""What an entry says that must keep its place in the list."""

REMARKS = (
    ("\nengagements:\n", "\nengagements:\n  # À relire avec les partenaires du secteur\n"),
    ("\ncalendrier:\n", "\n# Les années sont celles de la réunion de secteur\ncalendrier:\n"),
)
"""A line, and what it becomes with a remark."""
REMARKED = 0.1

_BLOCK = re.compile(r"( *)(- )?([a-z_]+): \|$").match
_TOP = re.compile(r"([a-z_]+):").match
_HEAD = re.compile(r'\A(# yaml-language-server: .*\n)numero: \d+\n(titre: "?)(.*?)("?\n)').match
_ITEM = re.compile(r" *(?:- |\d+\. )").match
_SENTENCES = re.compile(r"(?<=[.!?…]) (?=[A-ZÀ-ÖØ-Þ])").split
_WHOLE = re.compile(r"[A-ZÀ-ÖØ-Þ].*[.!?…]\Z").match
_OWN = re.compile(r"^(?:description: \|\n  (?:- |1\. |## )?|(?:  - |    )texte: (?:\|\n +)?)", re.MULTILINE)
"""Where the description, the promises and the results begin."""
_MARKUP = re.compile(r"(?:[-+*=>#|]|\d+[.)])").match
"""How a word begins that Markdown could take for more than a word at the beginning of a line."""


class Impossible(Exception):
    """The corpus cannot be written; says why, in French."""


@dataclass(frozen=True)
class Model:
    """A fiche of ours, cut into what stays (a text) and what varies (the texts to choose from)."""

    first_line: str
    before_title: str
    title: str
    after_title: str
    pieces: tuple[tuple[str, ...], ...]

    def fiche(self, numero: int) -> str:
        """Return the text of the variation that bears this number."""
        chance = random.Random(numero)
        text = "".join(piece[int(chance.random() * len(piece))] for piece in self.pieces)
        if chance.random() < REMARKED:
            text = text.replace(*REMARKS[int(chance.random() * len(REMARKS))], 1)
        text = _OWN.sub(rf"\g<0>Secteur {numero} – ", text)
        title = f"{self.title} – SECTEUR {numero}"
        return f"{self.first_line}numero: {numero}\n{self.before_title}{title}{self.after_title}{text}"


def model(text: str) -> Model:
    """Cut a fiche of ours into a model."""
    head = _HEAD(text)
    if head is None:
        raise Impossible("Une de nos fiches ne commence pas par la ligne de son schéma, « numero » et « titre ».")
    return Model(head[1], head[2], head[3], head[4], tuple(_pieces(text[head.end() :].splitlines())))


def _pieces(lines: list[str]) -> Iterator[tuple[str, ...]]:
    """Yield the texts to choose from, one only where nothing varies, for each passage of a fiche."""
    rubrique = ""
    rank = 0
    while rank < len(lines):
        line = lines[rank]
        rank += 1
        yield (f"{line}\n",)
        if top := _TOP(line):
            rubrique = top[1]
        if top and rubrique in ENTRIES:
            column = 0
        elif (block := _BLOCK(line)) and rubrique in VARIED:
            column = len(block[1]) + len(block[2] or "")
        else:
            continue
        end = rank
        while end < len(lines) and (not lines[end] or _indent(lines[end]) > column):
            end += 1
        if rubrique in ENTRIES:
            yield _entries(lines[rank:end])
        else:
            yield from map(_variations, _passages(lines[rank:end]))
        rank = end


def _passages(lines: list[str]) -> Iterator[list[str]]:
    """Yield the lines between empty lines, and the empty lines."""
    passage: list[str] = []
    for line in lines:
        if line:
            passage.append(line)
            continue
        if passage:
            yield passage
        yield [line]
        passage = []
    if passage:
        yield passage


def _entries(lines: list[str]) -> tuple[str, ...]:
    """Return a list of entries begun at each in turn."""
    if any(bound in line for bound in BOUND for line in lines):
        return _unchanged(lines)
    return tuple(_joined(turned) for turned in _turns(_items(lines)))


def _variations(lines: list[str]) -> tuple[str, ...]:
    """Return what a passage may become: its items or its sentences, begun at each in turn."""
    if not lines[0] or lines[0].lstrip().startswith("#"):
        return _unchanged(lines)
    if not _ITEM(lines[0]):
        return _sentences(lines)
    items = _items(lines)
    if len(items) > 1 and all(item[0].lstrip().startswith("- ") for item in items) and _end_alike(items):
        return tuple(_joined(turned) for turned in _turns(items))
    return _unchanged(lines)


def _items(lines: list[str]) -> list[list[str]]:
    """Return the lines of each item of the outermost list."""
    items: list[list[str]] = []
    outermost = _indent(lines[0])
    for line in lines:
        if _indent(line) == outermost:
            items.append([])
        items[-1].append(line)
    return items


def _end_alike(items: list[list[str]]) -> bool:
    """Tell whether any item can be the last: all end with the same sign, or all with a word."""
    return len({last if (last := item[-1][-1]) in ".,;:…" else "" for item in items}) == 1


def _sentences(lines: list[str]) -> tuple[str, ...]:
    """Return a paragraph begun at each of its sentences, if all of them are whole."""
    margin = " " * _indent(lines[0])
    words = " ".join(line.strip() for line in lines)
    sentences = _SENTENCES(words)
    if len(sentences) == 1 or not all(_whole(sentence) for sentence in sentences):
        return _unchanged(lines)
    return tuple(_wrapped(" ".join(turned), margin) for turned in _turns(sentences))


def _whole(sentence: str) -> bool:
    return bool(_WHOLE(sentence)) and sentence.count("(") == sentence.count(")") and sentence.count('"') % 2 == 0


def _wrapped(text: str, margin: str) -> str:
    """Return the text in lines of at most `WIDTH`, none of which begins like Markdown's own signs."""
    words: list[str] = []
    for word in text.split(" "):
        if words and _MARKUP(word):
            words[-1] += f" {word}"
        else:
            words.append(word)
    lines = [margin + words[0]]
    for word in words[1:]:
        if len(lines[-1]) + 1 + len(word) <= WIDTH:
            lines[-1] += f" {word}"
        else:
            lines.append(margin + word)
    return "".join(f"{line}\n" for line in lines)


def _unchanged(lines: list[str]) -> tuple[str, ...]:
    return (_joined([lines]),)


def _joined(items: list[list[str]]) -> str:
    return "".join(f"{line}\n" for item in items for line in item)


def _turns(parts: list[Part]) -> Iterator[list[Part]]:
    for rank in range(len(parts)):
        yield parts[rank:] + parts[:rank]


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def write_corpus(count: int, dossier: Path) -> int:
    """Write the repository and return the number of bytes of its fiches."""
    fiches = dossier / "data" / "fiches"
    _make_room(dossier)
    fiches.mkdir(parents=True, exist_ok=True)
    (dossier / MARQUE).write_text("Écrit par bench/corpus.py, et récrit par lui.\n", encoding="utf-8")
    for base in sorted(OURS.glob("*.yaml")):
        (dossier / "data" / base.name).write_bytes(base.read_bytes())
    models = [model((OURS / "fiches" / f"fiche-{n:02d}.yaml").read_text(encoding="utf-8")) for n in ORDER]
    size = 0
    for numero in range(1, count + 1):
        raw = models[(numero - 1) % len(models)].fiche(numero).encode()
        (fiches / f"fiche-{numero:02d}.yaml").write_bytes(raw)
        size += len(raw)
    return size


def _make_room(dossier: Path) -> None:
    """Empty a former corpus of its fiches; refuse a folder that holds anything else."""
    if not dossier.exists() or (dossier.is_dir() and not any(dossier.iterdir())):
        return
    if not (dossier / MARQUE).is_file():
        raise Impossible(f"« {dossier} » existe et n’est pas un corpus de mesure : donnez un dossier nouveau ou vide.")
    for former in (dossier / "data" / "fiches").glob("fiche-*.yaml"):
        former.unlink()


def main() -> None:
    """Read the arguments, write the corpus, say its size."""
    parser = argparse.ArgumentParser(
        description="Écrire un protocole valide de N fiches, variées à partir des nôtres, pour mesurer des coûts."
    )
    parser.add_argument("nombre", metavar="N", type=int, help="le nombre de fiches, de 1 à 10 000")
    parser.add_argument("dossier", metavar="DOSSIER", type=Path, help="où l’écrire : un dossier nouveau ou vide")
    arguments = parser.parse_args()
    if not 1 <= arguments.nombre <= PLUS_GRAND:
        parser.error("N va de 1 à 10 000.")
    try:
        size = write_corpus(arguments.nombre, arguments.dossier)
    except (Impossible, OSError) as error:
        print(f"Le corpus n’a pas été écrit. {error}", file=sys.stderr)
        sys.exit(2)
    print(f"{arguments.nombre} fiches, {size} octets, {size // arguments.nombre} par fiche : {arguments.dossier}")


if __name__ == "__main__":
    main()

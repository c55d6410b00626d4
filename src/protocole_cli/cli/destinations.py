"""Where an export goes: a file, a folder of files, or standard output."""

import os
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import typer

from protocole_cli.loading.layout import DOSSIER_DONNEES

if TYPE_CHECKING:
    from protocole_cli.rendering.writing import Content

Targets = dict[str, Path | None]
"""Where each format goes, a folder for tables; `None` is standard output."""

STDOUT = "-"
TABLES = "csv"
"""The format that is several files."""
NO_TEXT = {"pdf": "Un PDF", "docx": "Un fichier Word"}
"""The formats that no terminal shows."""


class Output(NamedTuple):
    """What is to be written, to standard output where `target` is `None`, and the message that it is; no message if empty."""

    target: Path | None
    content: "Content"
    said: str = ""


def destinations(racine: Path, formes: list[str], sortie: str, possible: Collection[str]) -> Targets:
    """Return where each format goes, of those that are possible: each is the extension of its file.

    A place that a format cannot go to, or that is among the data, is a fault of the call.
    """
    targets = _targets(racine, formes, sortie, possible)
    data = os.path.realpath(racine / DOSSIER_DONNEES)
    for target in targets.values():
        if target and Path(os.path.realpath(target)).is_relative_to(data):
            raise typer.BadParameter(
                f"« {sortie} » est parmi les données du protocole, que l’export n’écrase pas : donnez un autre emplacement à -o."
            )
    return targets


def _targets(racine: Path, formes: list[str], sortie: str, possible: Collection[str]) -> Targets:
    from protocole_cli.cli.output import on_terminal

    if not sortie:
        build = racine / "build"
        return {forme: build / "donnees" if forme == TABLES else build / f"protocole.{forme}" for forme in formes}
    chemin = Path(sortie)
    folder = os.path.isdir(sortie) or sortie.endswith(("/", "\\"))
    if folder:
        return {forme: chemin if forme == TABLES else chemin / f"protocole.{forme}" for forme in formes}
    if len(formes) > 1:
        raise typer.BadParameter("Deux formats ne peuvent pas aller dans un seul fichier : donnez un dossier à -o.")
    if formes == [TABLES] and (sortie == STDOUT or chemin.suffix or os.path.exists(sortie)):
        raise typer.BadParameter("Le format csv donne plusieurs tables : donnez à -o un dossier, par exemple donnees/")
    if sortie == STDOUT and formes[0] in NO_TEXT and on_terminal():
        raise typer.BadParameter(f"{NO_TEXT[formes[0]]} ne se lit pas dans un terminal : donnez un fichier à -o.")
    _refuse_other_extension(chemin, formes[0], possible)
    return dict.fromkeys(formes, None if sortie == STDOUT else chemin)


def _refuse_other_extension(chemin: Path, forme: str, possible: Collection[str]) -> None:
    """Refuse a file whose name says another format than the one that it would hold: a reader would not know how to open it."""
    said = chemin.suffix.removeprefix(".").lower()
    if said in possible and said != forme:
        raise typer.BadParameter(
            f"« {chemin} » dit le format {said}, et recevrait du {forme} : ajoutez --format {said}, ou donnez à -o un nom en .{forme}"
        )


def document_output(target: Path | None, content: "Content") -> Output:
    """Return a document, to be written or printed."""
    return Output(target, content, f"Document écrit : {_shown(target)}" if target else "")


def tables_outputs(folder: Path, files: Mapping[str, str]) -> list[Output]:
    """Return the files of a folder of tables; the last of them, which describes the others, tells that all are written."""
    *tables, (descriptor, description) = files.items()
    said = f"Données écrites : {_shown(folder)} ({len(tables)} tables, que décrit {descriptor})"
    return [*(Output(folder / name, text) for name, text in tables), Output(folder / descriptor, description, said)]


def model_outputs(target: Path | None, model: str, schema: str) -> list[Output]:
    """Return the file of the whole model, and beside it that of its schema; on standard output the model alone."""
    if target is None:
        return [Output(None, model)]
    beside = target.with_name(f"{target.stem}.schema.json")
    return [
        Output(target, model, f"Données écrites : {_shown(target)}"),
        Output(beside, schema, f"Schéma écrit : {_shown(beside)}"),
    ]


def deliver(output: Output) -> None:
    """Write, or print."""
    from protocole_cli.cli.output import answer, answer_bytes, tell
    from protocole_cli.rendering.writing import write_whole

    if output.target is not None:
        write_whole(output.target, output.content)
    elif isinstance(output.content, bytes):
        answer_bytes(output.content)
    else:
        answer(output.content if isinstance(output.content, str) else "".join(output.content))
    if output.said:
        tell(output.said)


def _shown(target: Path) -> str:
    """Return the path as people like to read it: relative where it is below the current folder."""
    try:
        return str(target.relative_to(Path.cwd()))
    except ValueError:
        return str(target)

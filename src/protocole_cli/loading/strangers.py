"""Files beside the data files, whose names say that they should be among them."""

import os
import re
from collections.abc import Iterator

from protocole_cli.diagnostics import Diagnostic
from protocole_cli.language import enumeration, nearest
from protocole_cli.loading.datafile import error
from protocole_cli.loading.files import Chemin, Illisible, folder_names
from protocole_cli.loading.layout import BASE, DOSSIER_DONNEES, DOSSIER_FICHES, FACULTATIFS, base_file, numero_du_nom
from protocole_cli.position import Position

_YAML = re.compile(r"\.ya?ml", re.IGNORECASE).search
"""A name that says YAML, be it of a copy: acteurs.yml, acteurs.yaml~, acteurs.yaml.txt."""
_YAML_END = re.compile(r"\.ya?ml.*\Z", re.IGNORECASE | re.DOTALL).sub


def strange_files(racine: Chemin) -> tuple[Diagnostic, ...]:
    """Return an error for each file beside the base files whose name says that it should be one of them, and for YAML in other folders."""
    try:
        names = folder_names(racine, DOSSIER_DONNEES)
    except Illisible:  # what is missing is told file by file
        return ()
    return (*_beside(racine, names), *_in_other_folders(racine, names))


def _beside(racine: Chemin, names: tuple[str, ...]) -> Iterator[Diagnostic]:
    known = [base_file(kind).rpartition("/")[2] for kind in (*BASE, *FACULTATIFS)]
    return (
        error(
            Position(f"{DOSSIER_DONNEES}/{name}"),
            "fichier-inattendu",
            "Ce fichier n’est pas lu : son nom n’est pas celui d’un fichier de données.",
            _way_out(name, known, names),
        )
        for name in names
        if name not in known
        and not name.startswith(".")
        and (_YAML(name) or name.casefold() in (*BASE, *FACULTATIFS))
        and not os.path.isdir(os.path.join(racine, DOSSIER_DONNEES, name))
    )


def _in_other_folders(racine: Chemin, names: tuple[str, ...]) -> Iterator[Diagnostic]:
    """Yield an error for each folder where someone may have put data that nobody reads."""
    for name in names:
        dossier = f"{DOSSIER_DONNEES}/{name}"
        if dossier == DOSSIER_FICHES or name.startswith(".") or not os.path.isdir(os.path.join(racine, dossier)):
            continue
        try:
            inside = [one for one in folder_names(racine, dossier) if _YAML(one)]
        except Illisible:
            continue
        if inside:
            yield error(
                Position(f"{dossier}/{inside[0]}"),
                "fichier-inattendu",
                f"Ce fichier n’est pas lu : le dossier {dossier} n’est pas celui des fiches.",
                f"Rangez les fiches dans {DOSSIER_FICHES}, et le reste hors de {DOSSIER_DONNEES}.",
            )


def _way_out(name: str, known: list[str], there: tuple[str, ...]) -> str:
    if numero_du_nom(name) is not None:
        return f"Rangez-le dans {DOSSIER_FICHES}."
    near = nearest(_YAML_END("", name), [_YAML_END("", one) for one in known], 1)
    if not near:
        return f"Rangez-le ailleurs ; les fichiers lus ici sont {enumeration(known)}."
    meant = f"{near[0]}.yaml"
    if meant in there:
        return f"Il y a déjà un fichier {meant} : réunissez les deux, ou rangez celui-ci ailleurs."
    return f"Nommez-le {meant}, ou rangez-le ailleurs."

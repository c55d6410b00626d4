"""Files of a repository, read with caution: whatever stands at a path, the answer is bytes or a reason."""

import contextlib
import os
import stat
from functools import cache
from typing import Protocol

from msgspec import Struct

Chemin = str | os.PathLike[str]
"""The path of a folder or a file, as text or as a `Path`. What `fiche` and `validate` need does without pathlib itself: to load it
takes a twentieth of their time."""
TEMPLATES = "templates"
"""The folder of what gives a document its form: it must not read anything else."""
TAILLE_MAX = 1024 * 1024
"""The largest file that is read, in bytes: about two hundred times an ordinary fiche."""


class Illisible(Exception):
    """A file that cannot be read; says why and what to do, in French."""

    def __init__(self, message: str, aide: str) -> None:
        """Keep the cause and the way out."""
        super().__init__(message)
        self.message = message
        self.aide = aide


class Absent(Illisible):
    """A file that is not there at all."""


class Tree(Protocol):
    """Where the files of a repository are read: on disk, or as a commit has them."""

    def read(self, fichier: str) -> bytes:
        """Return the content of a file, by its path from the root; raises `Illisible`."""

    def names(self, dossier: str) -> tuple[str, ...]:
        """Return the names that stand in a folder, sorted; raises `Illisible`."""


class Disk(Struct, frozen=True):
    """The files as they are on disk, below the root."""

    racine: Chemin

    def read(self, fichier: str) -> bytes:
        """Return the content of a file; raises `Illisible`."""
        return read_bytes(self.racine, fichier)

    def names(self, dossier: str) -> tuple[str, ...]:
        """Return the names that stand in a folder, sorted; raises `Illisible`."""
        return folder_names(self.racine, dossier)


def read_bytes(racine: Chemin, fichier: str) -> bytes:
    """Return the content of `fichier`, a path relative to `racine`.

    Raises `Illisible` for what is missing (then `Absent`), no ordinary file, forbidden or larger than `TAILLE_MAX`, and where
    links lead elsewhere: a repository that someone else wrote must not make anyone print what else is on the machine, be it
    beside the data, as .git/config. Never waits on a pipe or a device.
    """
    dossier, _, nom = fichier.rpartition("/")
    place = _place_inside(os.fspath(racine), dossier)
    if place is None:
        raise _dehors(fichier)
    chemin = f"{place}{nom}"
    try:
        descriptor = os.open(chemin, _FLAGS | _NO_LINK)
    except OSError as error:
        descriptor = _open_link(racine, fichier, error)
    try:
        state = os.fstat(descriptor)
        _refuse_odd_files(state)
        return _read_all(descriptor, state.st_size)
    except OSError as error:
        raise _illisible(chemin, error) from None
    finally:
        os.close(descriptor)


_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)


def _read_all(descriptor: int, taille: int) -> bytes:
    """Return the whole content; where it has the size that was told, that is its end."""
    content = os.read(descriptor, taille + 1)
    while len(content) != taille and (more := os.read(descriptor, TAILLE_MAX)):
        content += more
    return content


def _refuse_odd_files(state: os.stat_result) -> None:
    if not stat.S_ISREG(state.st_mode):
        raise _pas_un_fichier(state.st_mode)
    if state.st_size > TAILLE_MAX:
        raise too_large(state.st_size)


def too_large(size: int) -> Illisible:
    """Return why a file of so many bytes is not read."""
    taille = f"{size / 1024 / 1024:.1f}".replace(".", ",")
    return Illisible(
        f"Ce fichier est trop grand : {taille} Mio, pour 1 Mio au plus.",
        "Gardez ici le seul texte du protocole ; une fiche tient d’ordinaire en quelques kilo-octets.",
    )


def folder_names(racine: Chemin, dossier: str) -> tuple[str, ...]:
    """Return the names that stand in a folder of the repository, sorted; raises `Illisible`."""
    try:
        return tuple(sorted(os.listdir(os.path.join(racine, dossier))))
    except FileNotFoundError:
        raise Illisible("Ce dossier manque.", f"Créez le dossier {dossier}, avec une fiche par fichier.") from None
    except NotADirectoryError:
        raise Illisible(
            "C’est un fichier, et non un dossier.",
            f"Renommez-le, puis créez le dossier {dossier} avec une fiche par fichier.",
        ) from None
    except OSError as error:
        denied = isinstance(error, PermissionError)
        raison = "l’accès est refusé" if denied else f"le système répond « {error.strerror or error} »"
        raise Illisible(
            f"Ce dossier ne peut pas être lu : {raison}.",
            "Rendez-le lisible, puis recommencez.",
        ) from None


@cache
def _place_inside(racine: str, dossier: str) -> str | None:
    """Return the way to what stands in a folder of the repository; `None` where links lead elsewhere."""
    chemin = os.path.join(racine, dossier, "")
    return chemin if stays_inside(racine, dossier) else None


def stays_inside(racine: Chemin, chemin: str) -> bool:
    """Tell whether a path of a repository leads nowhere else, its links followed.

    A template is in the folder of the templates; data may be anywhere in the repository, but not where names begin with a point.
    """
    root = os.path.join(os.path.realpath(racine), "")
    place = os.path.join(os.path.realpath(os.path.join(racine, chemin)), "")
    if not place.startswith(root):
        return False
    steps = place.removeprefix(root).split(os.sep)
    return steps[0] == TEMPLATES if _is_template(chemin) else not any(step.startswith(".") for step in steps)


def _is_template(chemin: str) -> bool:
    return chemin.partition("/")[0] == TEMPLATES


def _open_link(racine: Chemin, fichier: str, error: OSError) -> int:
    """Open what a link leads to, where it stays inside; `error` is why the path itself was not opened."""
    chemin = os.path.join(racine, fichier)
    if not os.path.islink(chemin):
        raise _illisible(chemin, error)
    try:
        cible = os.path.realpath(chemin, strict=True)
    except OSError:
        raise Illisible(
            "Ce lien ne mène à aucun fichier.", "Remplacez-le par le fichier lui-même, ou supprimez-le."
        ) from None
    if not stays_inside(racine, fichier):
        raise _dehors(fichier)
    try:
        return os.open(cible, _FLAGS)
    except OSError as reason:
        raise _illisible(cible, reason) from None


def _dehors(fichier: str) -> Illisible:
    return Illisible(
        f"Ce lien mène hors du dossier {TEMPLATES if _is_template(fichier) else 'du protocole'}.",
        "Remplacez-le par le fichier lui-même : rien n’est lu ailleurs.",
    )


def _illisible(chemin: str, error: OSError) -> Illisible:
    if isinstance(error, (FileNotFoundError, NotADirectoryError)):
        return Absent("Ce fichier manque.", "Créez-le, ou reprenez-le d’une version précédente.")
    with contextlib.suppress(OSError):
        mode = os.stat(chemin).st_mode
        if not stat.S_ISREG(mode):
            return _pas_un_fichier(mode)
    if isinstance(error, PermissionError):
        return Illisible("Ce fichier ne peut pas être lu : l’accès est refusé.", "Rendez-le lisible, puis recommencez.")
    return Illisible(
        f"Ce fichier ne peut pas être lu : le système répond « {error.strerror or error} ».",
        "Vérifiez le disque et le nom du fichier.",
    )


def _pas_un_fichier(mode: int) -> Illisible:
    if stat.S_ISDIR(mode):
        return Illisible(
            "C’est un dossier, et non un fichier.", "Renommez ou supprimez ce dossier, puis créez le fichier YAML."
        )
    return Illisible("Ce n’est pas un fichier ordinaire.", "Remplacez-le par un fichier YAML.")

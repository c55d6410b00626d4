"""Files written whole or not at all."""

import contextlib
import errno
import os
import tempfile
from pathlib import Path


class NonEcrit(Exception):
    """A file that could not be written; says which and why, in French. What stood there before still does."""


def write_whole(chemin: Path, content: str | bytes) -> None:
    """Put `content` at `chemin`, creating its folder: beside it first, then in its place at one stroke.

    Raises `NonEcrit`. Interrupted at any moment, what stood there before is untouched.
    """
    try:
        chemin.parent.mkdir(parents=True, exist_ok=True)
        if chemin.is_dir():
            raise IsADirectoryError(21, "C’est un dossier")
        _replace(chemin, content.encode() if isinstance(content, str) else content)
    except OSError as error:
        raise NonEcrit(f"{chemin} ne peut pas être écrit : {_reason(error)}") from error


def _replace(chemin: Path, content: bytes) -> None:
    target = Path(os.path.realpath(chemin))
    if target.exists() and not os.access(target, os.W_OK):  # to replace it would need the permission of its folder only
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    descriptor, temporary = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent)
    try:
        with os.fdopen(descriptor, "wb") as handle:
            handle.write(content)
            handle.flush()
            os.fsync(handle.fileno())
        os.chmod(temporary, _mode(target))
        os.replace(temporary, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise


def _mode(target: Path) -> int:
    """Return the permissions of the file that is replaced, or those that a new file gets."""
    with contextlib.suppress(OSError):
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _reason(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "l’accès est refusé."
    if isinstance(error, (IsADirectoryError, NotADirectoryError, FileExistsError)):
        return "un dossier ou un fichier de ce nom est en travers."
    if error.errno == 28:  # ENOSPC
        return "le disque est plein."
    if error.errno == 30:  # EROFS
        return "le disque est en lecture seule."
    return f"le système répond « {error.strerror or error} »."

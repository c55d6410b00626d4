"""Files written whole or not at all."""

import contextlib
import errno
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from protocole_cli.rendering.faults import NonEcrit

Content = str | bytes | list[str]
"""What a file holds: a text, bytes, or the pieces of a text that is long to put together."""


def write_whole(chemin: Path, content: Content) -> None:
    """Put `content` at `chemin`, creating its folder: beside it first, then in its place at one stroke.

    Raises `NonEcrit`. Interrupted at any moment, what stood there before is untouched. A device or a pipe is written to
    and stays what it is.
    """
    try:
        chemin.parent.mkdir(parents=True, exist_ok=True)
        if chemin.is_dir():
            raise IsADirectoryError(21, "C’est un dossier")
        pieces = content if isinstance(content, list) else [content]
        raw = (piece.encode() if isinstance(piece, str) else piece for piece in pieces)
        if chemin.exists() and not chemin.is_file():
            chemin.write_bytes(b"".join(raw))
        else:
            _replace(chemin, raw)
    except OSError as error:
        raise NonEcrit(f"{chemin} ne peut pas être écrit : {_reason(error)}") from error


def _replace(chemin: Path, pieces: Iterable[bytes]) -> None:
    target = Path(os.path.realpath(chemin))
    if target.exists() and not os.access(target, os.W_OK):  # to replace it would need the permission of its folder only
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    descriptor, temporary = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent)
    try:
        with os.fdopen(descriptor, "wb") as handle:
            handle.writelines(pieces)
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

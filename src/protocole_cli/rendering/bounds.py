"""What a repository's templates may take of time, memory and length: held by a child process with limits of the system.

No list of what may be large in a template language could be complete.
"""

import signal
from collections.abc import Callable
from typing import NoReturn

from protocole_cli.loading.child import POSSIBLE, Child
from protocole_cli.rendering.faults import GabaritFautif

SECONDES_MAX = 60
"""The processor's time that they may take: ten times what a protocole of ten thousand fiches does."""
MEMOIRE_MAX = 3 * 1024**3
"""The memory, in bytes, of the process that fills them in, this program's own included."""
TAILLE_MAX = 200_000_000
"""The length, in bytes, of what they make: three times such a protocole."""
DEMESURE = "Cherchez-y une boucle ou une répétition démesurée."
_ARRETE = f"templates:1:1: un gabarit de ce dossier a été arrêté. {DEMESURE}"
_MADE, _FAULT = b"+", b"-"


class TropLong(Exception):
    """The time is over."""


def bounded(make: Callable[[], bytes]) -> bytes:
    """Return what `make` gives, made within the limits where the system can hold them.

    Raises `GabaritFautif`: the one that `make` raises, or one of our own where it was stopped.
    """
    if not POSSIBLE:
        return make()
    with Child(lambda: _outcome(make)) as child:
        answer = child.result()
    if answer is None:
        raise GabaritFautif(_ARRETE)
    if answer[:1] == _FAULT:
        raise GabaritFautif(answer[1:].decode())
    return answer[1:]


def _outcome(make: Callable[[], bytes]) -> bytes:
    """Return in the child what is made, or why there is nothing."""
    _set_limits()
    try:
        content = make()
    except GabaritFautif as fault:
        return _FAULT + str(fault).encode()
    except (MemoryError, TropLong):
        return _FAULT + _ARRETE.encode()
    except Exception as error:  # noqa: BLE001 (a repository's template is a program: it may fail in any way)
        name = type(error).__name__
        return _FAULT + f"templates:1:1: un gabarit de ce dossier ne peut pas être employé ({name}).".encode()
    if len(content) > TAILLE_MAX:
        return _FAULT + f"templates:1:1: les gabarits de ce dossier produisent un trop long texte. {DEMESURE}".encode()
    return _MADE + content


def _set_limits() -> None:
    import resource

    signal.signal(signal.SIGXCPU, _stop)  # and a second later, for what does not listen to signals, the end
    for kind, told, killed in (
        (resource.RLIMIT_CPU, SECONDES_MAX, SECONDES_MAX + 1),
        (resource.RLIMIT_AS, MEMOIRE_MAX, MEMOIRE_MAX),
    ):
        _, hard = resource.getrlimit(kind)
        most = killed if hard == resource.RLIM_INFINITY else min(killed, hard)
        resource.setrlimit(kind, (min(told, most), most))


def _stop(*_: object) -> NoReturn:
    raise TropLong

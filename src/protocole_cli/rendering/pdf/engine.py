"""typst, kept within bounds: it sees templates and values as files in memory, and reaches neither disk nor network.

The values are JSON beside the template, so that no text of theirs is ever read as markup.
"""

import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

import msgspec
import typst
from msgspec import Struct

from protocole_cli.loading.child import POSSIBLE, Child
from protocole_cli.loading.files import TEMPLATES, Chemin, stays_inside
from protocole_cli.rendering.bounds import bounded
from protocole_cli.rendering.faults import GabaritFautif
from protocole_cli.rendering.jetons import JETONS, jetons_file, read_jetons
from protocole_cli.rendering.templates import repository_files
from protocole_cli.resources import resource_folder

NORMES = ["a-3a", "ua-1"]
GABARIT = "document.typ"
POLICES = "polices"
_NOWHERE = "/dev/null/paquets"
_NO_ANSWER = "http://127.0.0.1:9"
_PROXIES = ("http_proxy", "https_proxy", "all_proxy")
_PLACE = re.compile(r"┌─ (?:.*/)?([^/\n]+):(\d+):(\d+)")
_WITHOUT_FONT = re.compile(r'the (?:text|PDF contains the codepoint) ?`"((?:[^"\\]|\\.)*)"`')
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")


class SansPolice(Exception):
    """Signs that no font can print; `signes` are they, in the order of the document."""

    def __init__(self, signes: tuple[str, ...]) -> None:
        """Keep the signs."""
        super().__init__(", ".join(signes))
        self.signes = signes


def compile_pdf(values: Mapping[str, bytes], main: str, racine: Chemin, instant: int) -> bytes:
    """Return the PDF that the program `main` makes of the templates and of `values`, files by name.

    A repository's templates win over the program's, file by file. `instant` is what the engine takes for the present.
    Raises `GabaritFautif` and `SansPolice`.
    """
    theirs = repository_files(racine)

    texts = _texts(theirs)
    if JETONS in texts:
        texts[JETONS] = jetons_file(read_jetons(texts[JETONS].decode())).encode()

    def ask() -> bytes:
        theirs_too = theirs and stays_inside(racine, f"{TEMPLATES}/{POLICES}")
        fonts = [os.path.join(racine, TEMPLATES, POLICES)] if theirs_too else []
        return msgspec.msgpack.encode(_ask({**texts, **values, "main.typ": main.encode()}, fonts, instant))

    answer = msgspec.msgpack.decode(bounded(ask) if theirs else _apart(ask), type=_Reponse)
    if not answer.pdf:
        raise _said(answer, trusted=not theirs)
    for message, diagnostic in answer.avertissements:
        if face := re.match("unknown font family: (.+)", message):
            raise GabaritFautif(f"{_place(diagnostic)}: la police « {face[1]} » n’existe pas.")
    return answer.pdf


def _texts(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files that are texts, which are all that the engine takes from memory; fonts it reads from their folder.

    Raises `GabaritFautif` for one of its own programs or tokens that is none: the program's would serve without a word.
    """
    found = {}
    for name, content in files.items():
        try:
            content.decode()
        except UnicodeDecodeError:
            if name.endswith((".typ", ".toml")):
                raise GabaritFautif(f"templates/{name}:1:1: ce gabarit n’est pas enregistré en UTF-8.") from None
        else:
            found[name] = content
    return found


class _Reponse(Struct, frozen=True):
    """What the engine made, or why it did not; a warning is its message and the place."""

    pdf: bytes = b""
    message: str = ""
    diagnostic: str = ""
    avertissements: tuple[tuple[str, str], ...] = ()


def _apart(ask: Callable[[], bytes]) -> bytes:
    """Return the answer of a copy of this process: one that has run the engine can be copied no more, its threads stay behind."""
    if not POSSIBLE:
        return ask()
    with Child(ask) as child:
        answer = child.result()
    if answer is None:
        raise RuntimeError("typst : the engine was stopped")
    return answer


def _ask(files: dict[str, bytes], fonts: list[str], instant: int) -> _Reponse:
    own = resource_folder(TEMPLATES)
    try:
        with _without_network():
            pdf, warnings = typst.compile_with_warnings(  # type: ignore[call-overload]  # its types forget files by name
                files,
                root=own,
                font_paths=[folder for folder in (os.path.join(own, POLICES), *fonts) if os.path.isdir(folder)],
                ignore_system_fonts=True,
                format="pdf",
                pdf_standards=NORMES,
                timestamp=instant,
                package_path=_NOWHERE,
                package_cache_path=_NOWHERE,
            )
    except typst.TypstError as error:
        return _Reponse(message=error.message, diagnostic=error.diagnostic)
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # the engine broke down, which is no Exception
            return _Reponse(message=_PANIC)
        raise
    return _Reponse(bytes(pdf), avertissements=tuple((w.message, w.diagnostic) for w in warnings))


_PANIC = "the engine broke down"


@contextmanager
def _without_network() -> Iterator[None]:
    """Send what the engine would fetch to where nobody answers: it has no setting to refuse packages."""
    names = [*_PROXIES, *map(str.upper, _PROXIES), "no_proxy", "NO_PROXY"]
    before = {name: os.environ.get(name) for name in names}
    os.environ.update(dict.fromkeys(names[:-2], _NO_ANSWER))
    os.environ.update({"no_proxy": "", "NO_PROXY": ""})
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _said(answer: _Reponse, *, trusted: bool) -> Exception:
    """Return what to raise where the engine has made nothing."""
    signs = [_ESCAPE.sub(lambda m: chr(int(m[1], 16)), found) for found in _WITHOUT_FONT.findall(answer.diagnostic)]
    if signs:
        return SansPolice(tuple(dict.fromkeys(signs)))
    if trusted:
        return RuntimeError(f"typst : {answer.message} {answer.diagnostic}")
    return GabaritFautif(f"{_place(answer.diagnostic)}: {_reason(answer.message)}")


def _place(diagnostic: str) -> str:
    found = _PLACE.search(diagnostic)
    name, line, column = found.groups() if found else (GABARIT, "1", "0")
    return f"templates/{name}:{line}:{int(column) + 1}"


_REASONS = (
    (r"escape the project root", "le gabarit demande un fichier hors du dossier templates."),
    (
        r"file not found",
        "le gabarit demande un fichier qui n’existe pas dans le dossier templates, ou qui n’est pas un texte "
        "(pour une image, prenez un fichier SVG).",
    ),
    (r"package|download", "le gabarit demande un paquet : les paquets et le réseau sont refusés."),
    (r"unknown variable: (.+)", "le gabarit emploie un nom qui n’existe pas : « {} »."),
    (r'does not contain key "(.+)"', "le gabarit emploie un nom qui n’existe pas : « {} »."),
    (r"utf-8", "le gabarit n’est pas enregistré en UTF-8."),
    (
        r"expected|unclosed|unexpected|unterminated",
        "le gabarit est mal écrit : il manque un signe, ou un signe est de trop.",
    ),
    (r"infinite|always true|depth exceeded", "le gabarit est sans fin."),
    (r"the engine broke down", "le gabarit met le moteur en panne."),
    (r"PDF/(?:A|UA)", "le gabarit donne un document que les normes PDF/A et PDF/UA refusent."),
)


def _reason(message: str) -> str:
    """Say in French what is wrong with a template; the engine's own words are English."""
    for pattern, french in _REASONS:
        if found := re.search(pattern, message):
            return french.format(*found.groups())
    return "le gabarit ne peut pas être composé."

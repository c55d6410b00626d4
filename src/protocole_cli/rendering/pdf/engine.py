"""typst, kept within bounds: it sees templates and values as files in memory, and reaches neither disk nor network.

The values are JSON beside the template, so that no text of theirs is ever read as markup.
"""

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import typst

from protocole_cli.rendering.templates import GabaritFautif, repository_files
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


def compile_pdf(values: Mapping[str, bytes], main: str, racine: Path, instant: int) -> bytes:
    """Return the PDF that the program `main` makes of the templates and of `values`, files by name.

    A repository's templates win over the program's, file by file. `instant` is what the engine takes for the present.
    Raises `GabaritFautif` and `SansPolice`.
    """
    own = resource_folder("templates")
    theirs = repository_files(racine)
    fonts = [own / POLICES, *([racine / "templates" / POLICES] if theirs else [])]
    try:
        with _without_network():
            pdf, warnings = typst.compile_with_warnings(  # type: ignore[call-overload]  # its types forget files by name
                {**theirs, **values, "main.typ": main.encode()},
                root=own,
                font_paths=[str(folder) for folder in fonts if folder.is_dir()],
                ignore_system_fonts=True,
                format="pdf",
                pdf_standards=NORMES,
                timestamp=instant,
                package_path=_NOWHERE,
                package_cache_path=_NOWHERE,
            )
    except typst.TypstError as error:
        raise _said(error, trusted=not theirs) from error
    except BaseException as error:
        if theirs and type(error).__name__ == "PanicException":  # the engine broke down, which is no Exception
            raise GabaritFautif(f"templates/{GABARIT}:1:1: le gabarit met le moteur en panne.") from error
        raise
    for warning in warnings:
        if face := re.match("unknown font family: (.+)", warning.message):
            raise GabaritFautif(f"{_place(warning.diagnostic)}: la police « {face[1]} » n’existe pas.")
    return bytes(pdf)


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


def _said(error: typst.TypstError, *, trusted: bool) -> Exception:
    """Return what to raise of a fault of the engine."""
    signs = [_ESCAPE.sub(lambda m: chr(int(m[1], 16)), found) for found in _WITHOUT_FONT.findall(error.diagnostic)]
    if signs:
        return SansPolice(tuple(dict.fromkeys(signs)))
    if trusted:
        return error
    return GabaritFautif(f"{_place(error.diagnostic)}: {_reason(error)}")


def _place(diagnostic: str) -> str:
    found = _PLACE.search(diagnostic)
    name, line, column = found.groups() if found else (GABARIT, "1", "0")
    return f"templates/{name}:{line}:{int(column) + 1}"


_REASONS = (
    (r"package|download", "le gabarit demande un paquet : les paquets et le réseau sont refusés."),
    (r"escape the project root", "le gabarit demande un fichier hors du dossier templates."),
    (r"file not found", "le gabarit demande un fichier qui n’existe pas dans le dossier templates."),
    (r"unknown variable: (.+)", "le gabarit emploie un nom qui n’existe pas : « {} »."),
    (r'does not contain key "(.+)"', "le gabarit emploie un nom qui n’existe pas : « {} »."),
    (r"utf-8", "le gabarit n’est pas enregistré en UTF-8."),
    (
        r"expected|unclosed|unexpected|unterminated",
        "le gabarit est mal écrit : il manque un signe, ou un signe est de trop.",
    ),
    (r"infinite|always true|depth exceeded", "le gabarit est sans fin."),
    (r"PDF/(?:A|UA)", "le gabarit donne un document que les normes PDF/A et PDF/UA refusent."),
)


def _reason(error: typst.TypstError) -> str:
    """Say in French what is wrong with a template; the engine's own words are English."""
    for pattern, french in _REASONS:
        if found := re.search(pattern, error.message):
            return french.format(*found.groups())
    return "le gabarit ne peut pas être composé."

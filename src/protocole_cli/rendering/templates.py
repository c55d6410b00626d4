"""Jinja templates: the program's own, each of which a repository may replace by one of the same name.

A repository's templates are untrusted: they run in Jinja's sandbox, with text escaped, and read nothing outside their folder. The
program's own need no sandbox, which takes half of the time of a large document.
"""

import os
import re
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, ChoiceLoader, Environment, FileSystemLoader, StrictUndefined, TemplateNotFound
from jinja2.exceptions import SecurityError, TemplateSyntaxError, UndefinedError
from jinja2.loaders import split_template_path
from jinja2.sandbox import ImmutableSandboxedEnvironment

from protocole_cli.resources import resource_folder

JETONS = "jetons.toml"
"""The colours and faces that the templates of all forms share, `jetons` in those of Jinja."""


class GabaritFautif(Exception):
    """A template that cannot be used; says which, where and why, in French."""


class _InsideOnly(FileSystemLoader):
    """Templates of one folder, none of them a link that leads out of it."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """Return a template's source, as the base class does."""
        folder = Path(self.searchpath[0])
        inside = folder.joinpath(*split_template_path(template))  # refuses « .. » as a template that is not there
        _refuse_link_outside(inside, folder, f"templates/{template}")
        return super().get_source(environment, template)


def render_template(
    racine: Path, name: str, values: Mapping[str, Any], filters: Mapping[str, Callable[..., Any]]
) -> str:
    """Return a template filled in, HTML ones with every text escaped; raises `GabaritFautif` for a bad one."""
    own, theirs = resource_folder("templates"), repository_folder(racine)
    loaders: list[BaseLoader] = [_InsideOnly(theirs)] if theirs else []
    kind = ImmutableSandboxedEnvironment if theirs else Environment
    is_page = ".html" in name
    environment = kind(
        loader=ChoiceLoader([*loaders, FileSystemLoader(own)]),
        autoescape=is_page,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(filters)
    try:
        return environment.get_template(name).render(values, jetons=_jetons(environment) if is_page else None)
    except GabaritFautif:
        raise
    except Exception as error:  # a repository's template is a program: it may fail in any way
        if not theirs:
            raise
        raise GabaritFautif(f"{_place(error, name)}: {_reason(error)}") from error


def repository_folder(racine: Path) -> Path | None:
    """Return the folder of a repository's own templates, if it has one that is not the program's."""
    theirs = racine / "templates"
    if not os.path.lexists(theirs) or theirs.resolve() == resource_folder("templates").resolve():
        return None
    _refuse_link_outside(theirs, racine, "templates")
    return theirs


def repository_files(racine: Path) -> dict[str, bytes]:
    """Return the ordinary files of a repository's own templates by their paths below that folder, none from elsewhere."""
    theirs = repository_folder(racine)
    if theirs is None:
        return {}
    found: dict[str, bytes] = {}
    for folder, _, names in os.walk(theirs):
        for name in names:
            chemin = Path(folder, name)
            inside = chemin.relative_to(racine).as_posix()
            _refuse_link_outside(chemin, racine, inside)
            if not chemin.is_file():
                continue
            try:
                found[inside.removeprefix("templates/")] = chemin.read_bytes()
            except OSError as error:
                raise GabaritFautif(f"{inside}:1:1: ce fichier ne peut pas être lu.") from error
    return found


def _jetons(environment: Environment) -> dict[str, Any]:
    source, _, _ = environment.loader.get_source(environment, JETONS)  # type: ignore[union-attr]  # it has a loader
    try:
        return tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        line = found[1] if (found := re.search(r"at line (\d+)", str(error))) else 1
        raise GabaritFautif(
            f'templates/{JETONS}:{line}:1: cette ligne ne se lit pas ; écrivez par exemple : accent = "#1f4e79"'
        ) from error


def _refuse_link_outside(chemin: Path, folder: Path, shown: str) -> None:
    if os.path.lexists(chemin) and not chemin.resolve().is_relative_to(folder.resolve()):
        raise GabaritFautif(
            f"{shown}:1:1: ce lien mène hors du dossier du protocole ; remplacez-le par le fichier lui-même."
        )


def _reason(error: Exception) -> str:
    """Say in French what is wrong with a template; Jinja's own words are English."""
    quoted = re.findall(r"'([^']*)'", str(error))
    if isinstance(error, TemplateNotFound):
        return f"le gabarit « {error.name} », demandé ici, n’existe pas."
    if isinstance(error, TemplateSyntaxError):
        return "le gabarit est mal écrit : une balise {% … %} ou {{ … }} est incomplète, mal fermée ou inconnue."
    if isinstance(error, UndefinedError):
        return f"le gabarit emploie un nom qui n’existe pas : « {quoted[-1] if quoted else '?'} »."
    if isinstance(error, SecurityError):
        return f"le gabarit demande une chose interdite{f' : « {quoted[0]} »' if quoted else ''}."
    if isinstance(error, UnicodeDecodeError):
        return "le gabarit n’est pas enregistré en UTF-8."
    return f"le gabarit ne peut pas être rempli ({type(error).__name__})."


def _place(error: Exception, name: str) -> str:
    """Return where in which template it happened: the innermost one that was being filled in."""
    if isinstance(error, TemplateSyntaxError):
        return f"templates/{error.name or name}:{error.lineno}:1"
    found, trace = f"templates/{name}:1:1", error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        if code.co_filename.endswith(".j2"):
            found = f"templates/{Path(code.co_filename).name}:{trace.tb_lineno}:1"
        trace = trace.tb_next
    return found

"""Jinja templates: the program's own, each of which a repository may replace by one of the same name.

A repository's templates are untrusted: they run in Jinja's sandbox, with text escaped, and read nothing outside their folder. The
program's own need no sandbox, which takes half of the time of a large document.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, ChoiceLoader, Environment, FileSystemLoader, StrictUndefined, TemplateNotFound
from jinja2.exceptions import SecurityError, TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from protocole_cli.resources import resource_folder


class GabaritFautif(Exception):
    """A template that cannot be used; says which, where and why, in French."""


class _InsideOnly(FileSystemLoader):
    """Templates of one folder; a link that leads out of it is as good as absent."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """Return a template's source, as the base class does."""
        folder = Path(self.searchpath[0]).resolve()
        if not (folder / template).resolve().is_relative_to(folder):
            raise TemplateNotFound(template)
        return super().get_source(environment, template)


def render_template(
    racine: Path, name: str, values: Mapping[str, Any], filters: Mapping[str, Callable[..., Any]]
) -> str:
    """Return a template filled in, HTML ones with every text escaped; raises `GabaritFautif` for a bad one."""
    own, theirs = resource_folder("templates"), racine / "templates"
    trusted = not theirs.exists() or theirs.resolve() == own.resolve()
    loaders: list[BaseLoader] = [FileSystemLoader(own)] if trusted else [_InsideOnly(theirs), FileSystemLoader(own)]
    kind = Environment if trusted else ImmutableSandboxedEnvironment
    environment = kind(
        loader=ChoiceLoader(loaders),
        autoescape=".html" in name,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(filters)
    try:
        return environment.get_template(name).render(values)
    except (TemplateError, RecursionError, TypeError, ValueError, OSError) as error:
        raise GabaritFautif(_reason(error, name)) from error


def _reason(error: Exception, name: str) -> str:
    line = error.lineno if isinstance(error, TemplateSyntaxError) else _last_template_line(error)
    where = f"templates/{getattr(error, 'name', None) or name}:{line or 1}:1"
    if isinstance(error, TemplateSyntaxError):
        return f"{where}: le gabarit est mal écrit ({error.message})."
    if isinstance(error, TemplateNotFound):
        return f"{where}: le gabarit « {error.name} » n’existe pas."
    if isinstance(error, UndefinedError):
        return f"{where}: le gabarit emploie un nom qui n’existe pas ({error.message})."
    if isinstance(error, SecurityError):
        return f"{where}: le gabarit demande une chose interdite ({error.message})."
    return f"{where}: le gabarit ne peut pas être rempli ({error})."


def _last_template_line(error: Exception) -> int | None:
    line, trace = None, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename.endswith((".j2", "<template>")):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line

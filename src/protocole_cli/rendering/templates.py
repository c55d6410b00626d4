"""Jinja templates: the program's own, each of which a repository may replace by one of the same name.

A repository's templates are untrusted: they run in Jinja's sandbox, with text escaped, in a child process of bounded time and
memory, and read nothing outside their folder. The program's own need none of that, which takes half of the time of a large document.
"""

import os
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, ChoiceLoader, Environment, FileSystemLoader, StrictUndefined, TemplateNotFound
from jinja2.exceptions import SecurityError, TemplateSyntaxError, UndefinedError
from jinja2.loaders import split_template_path
from jinja2.sandbox import ImmutableSandboxedEnvironment

from protocole_cli.loading.files import TEMPLATES, Absent, Chemin, Illisible, read_bytes, stays_inside
from protocole_cli.rendering.bounds import DEMESURE, SECONDES_MAX, TropLong, bounded
from protocole_cli.rendering.faults import GabaritFautif
from protocole_cli.rendering.jetons import JETONS, Jetons, read_jetons
from protocole_cli.resources import resource_folder

FICHIERS_MAX = 50 * 1024**2
"""How much a repository\'s own templates and fonts may hold together, in bytes."""


class _Theirs(BaseLoader):
    """The templates of a repository, read with the caution that its data is."""

    def __init__(self, racine: Chemin) -> None:
        """Remember where they are."""
        self._racine = racine

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:  # noqa: ARG002
        """Return a template's source, its path, and that it stays as it is."""
        fichier = "/".join((TEMPLATES, *split_template_path(template)))  # « .. » is a template that is not there
        chemin = os.path.join(self._racine, fichier)
        try:
            return read_bytes(self._racine, fichier).decode(), chemin, lambda: True
        except Absent:
            raise TemplateNotFound(template) from None
        except Illisible as reason:
            raise GabaritFautif(f"{fichier}:1:1: {reason.message} {_AUTREMENT}") from None
        except UnicodeDecodeError:
            raise GabaritFautif(f"{fichier}:1:1: ce gabarit n’est pas enregistré en UTF-8. {_AUTREMENT}") from None


_AUTREMENT = "Corrigez-le, ou supprimez-le : celui du programme servira."


Filters = Mapping[str, Callable[..., Any]]


def render_template(racine: Chemin, name: str, values: Mapping[str, Any], filters: Filters) -> str:
    """Return a template filled in, HTML and XML ones with every text escaped; raises `GabaritFautif` for a bad one."""
    return "".join(template_pieces(racine, name, values, filters))


def template_pieces(racine: Chemin, name: str, values: Mapping[str, Any], filters: Filters) -> list[str]:
    """Return the same in pieces, which take as long to put together as to write where they hold millions of characters."""
    has_markup = ".html" in name or ".xml" in name

    def fill(environment: Environment) -> list[str]:
        environment.filters.update(filters)
        jetons = _jetons(environment) if has_markup else None
        return list(environment.get_template(name).generate(values, jetons=jetons))

    def fill_theirs() -> bytes:
        loader = ChoiceLoader([_Theirs(racine), FileSystemLoader(resource_folder(TEMPLATES))])
        try:
            environment = ImmutableSandboxedEnvironment(loader=loader, autoescape=has_markup, **_FORM)
            return "".join(fill(environment)).encode()
        except GabaritFautif:
            raise
        except UnicodeEncodeError:
            place = "templates:1:1"
            raise GabaritFautif(f"{place}: un gabarit de ce dossier produit un caractère qui n’existe pas.") from None
        except Exception as error:  # a repository's template is a program: it may fail in any way
            raise GabaritFautif(f"{_place(error, name)}: {_reason(error)}") from error

    if repository_folder(racine) is None:
        return fill(_own(has_markup=has_markup))
    return [bounded(fill_theirs).decode()]


def make_ready(racine: Chemin, names: Iterable[str], filters: Filters) -> None:
    """Compile templates of a page where they are the program's own, so that filling them in begins at once."""
    if repository_folder(racine) is None:
        environment = _own(has_markup=True)
        environment.filters.update(filters)
        for name in names:
            environment.get_template(name)


@cache
def _own(*, has_markup: bool) -> Environment:
    """Return the environment of the program's own templates, which keeps what it has compiled."""
    loader = FileSystemLoader(resource_folder(TEMPLATES))
    return Environment(loader=loader, autoescape=has_markup, **_FORM)  # noqa: S701 (only pages and XML have markup)


_FORM: dict[str, Any] = {
    "undefined": StrictUndefined,
    "trim_blocks": True,
    "lstrip_blocks": True,
    "keep_trailing_newline": True,
}


def repository_folder(racine: Chemin) -> Path | None:
    """Return the folder of a repository's own templates, if it has one that is not the program's."""
    theirs = Path(racine, TEMPLATES)
    if not os.path.lexists(theirs) or theirs.resolve() == Path(resource_folder(TEMPLATES)).resolve():
        return None
    _refuse_link_outside(racine, TEMPLATES)
    return theirs


def repository_files(racine: Chemin) -> dict[str, bytes]:
    """Return the ordinary files of a repository's own templates by their paths below that folder, none from elsewhere."""
    theirs = repository_folder(racine)
    if theirs is None:
        return {}
    found: dict[str, bytes] = {}
    total = 0
    for folder, _, names in os.walk(theirs):
        for name in names:
            chemin = Path(folder, name)
            inside = chemin.relative_to(racine).as_posix()
            _refuse_link_outside(racine, inside)
            if not chemin.is_file():
                continue
            total += chemin.stat().st_size
            if total > FICHIERS_MAX:
                raise GabaritFautif(
                    f"{inside}:1:1: les fichiers de ce dossier dépassent {FICHIERS_MAX // 1024**2} Mio."
                )
            try:
                found[inside.removeprefix("templates/")] = chemin.read_bytes()
            except OSError as error:
                raise GabaritFautif(f"{inside}:1:1: ce fichier ne peut pas être lu.") from error
    return found


def _jetons(environment: Environment) -> Jetons:
    source, _, _ = environment.loader.get_source(environment, JETONS)  # type: ignore[union-attr]  # it has a loader
    return read_jetons(source)


def _refuse_link_outside(racine: Chemin, shown: str) -> None:
    if os.path.lexists(os.path.join(racine, shown)) and not stays_inside(racine, shown):
        raise GabaritFautif(
            f"{shown}:1:1: ce lien mène hors du dossier templates ; remplacez-le par le fichier lui-même."
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
    if isinstance(error, TropLong):
        return f"après {SECONDES_MAX} secondes de calcul, le gabarit n’était pas rempli. {DEMESURE}"
    if isinstance(error, (MemoryError, OverflowError)):
        return f"le gabarit demande trop de mémoire ou une trop longue boucle. {DEMESURE}"
    if isinstance(error, RecursionError):
        return "le gabarit s’appelle lui-même sans fin."
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

"""The many sections of a large document, given their form by two processes."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack

from jinja2.exceptions import SecurityError
from jinja2.runtime import Macro

from protocole_cli.loading.parts import shared
from protocole_cli.rendering.document import Section


def in_lots(begun: ExitStack, sections: Sequence[Section], macro: Macro) -> Iterator[str]:
    """Return what a macro of the templates makes of the sections, one after another, in lots.

    Another process begins with them at once, and is at work until they are asked for, or `begun` ends.
    A macro escapes what it is given: as text that needs no more of it, lots of millions of characters would be copied twice over.
    Only a macro is called: what else a repository's template might hand over has not been looked at by the sandbox.
    """
    if not isinstance(macro, Macro):
        raise SecurityError("par_lots")
    work = shared(lambda some: "\n".join([str(macro(section)) for section in some]), sections, str)
    return _asked_for(begun.enter_context(work))


def _asked_for(results: Callable[[], list[str]]) -> Iterator[str]:
    yield from results()

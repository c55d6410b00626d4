"""The many sections of a large document, given their form by two processes."""

from collections.abc import Iterator, Sequence

from jinja2.exceptions import SecurityError
from jinja2.runtime import Macro

from protocole_cli.loading.halves import shared
from protocole_cli.rendering.document import Section


def in_lots(sections: Sequence[Section], macro: Macro) -> Iterator[str]:
    """Return what a macro of the templates makes of the sections, one after another, in lots that another process begins at once.

    A macro escapes what it is given: as text that needs no more of it, lots of millions of characters would be copied twice over.
    Only a macro is called: what else a repository's template might hand over has not been looked at by the sandbox.
    """
    if not isinstance(macro, Macro):
        raise SecurityError("par_lots")
    lots = _lots(sections, macro)
    next(lots)
    return lots


def _lots(sections: Sequence[Section], macro: Macro) -> Iterator[str]:
    """Yield nothing as soon as the work has begun, then the lots."""
    with shared(lambda some: "\n".join([str(macro(section)) for section in some]), sections, str) as results:
        yield ""
        yield from results()

"""The many sections of a large document, given their form by two processes."""

from collections.abc import Sequence

from jinja2.exceptions import SecurityError
from jinja2.runtime import Macro

from protocole_cli.loading.halves import in_parts
from protocole_cli.rendering.document import Section


def in_lots(sections: Sequence[Section], macro: Macro) -> list[str]:
    """Return what a macro of the templates makes of the sections, one after another, in one lot or two.

    A macro escapes what it is given: as text that needs no more of it, lots of millions of characters would be copied twice over.
    Only a macro is called: what else a repository's template might hand over has not been looked at by the sandbox.
    """
    if not isinstance(macro, Macro):
        raise SecurityError("par_lots")
    return in_parts(lambda some: "\n".join([str(macro(section)) for section in some]), sections, str)

"""`protocole comparer [AVANT] [APRÈS]`."""

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from protocole_cli.cli.options import Dossier, FormeTableau, choice, root

if TYPE_CHECKING:
    from protocole_cli.loading.git import Revision
    from protocole_cli.loading.loaded import Loaded

SIGNEE = "signe"
"""How the name of the tag of a signed version begins."""


def comparer(
    ctx: typer.Context,
    avant: Annotated[
        str,
        typer.Argument(
            metavar="[AVANT]",
            help="Une version : étiquette, branche ou numéro de commit. Par défaut, la dernière version signée.",
            show_default=False,
        ),
    ] = "",
    apres: Annotated[
        str,
        typer.Argument(
            metavar="[APRÈS]", help="Une autre version. Par défaut, les fichiers tels qu’ils sont.", show_default=False
        ),
    ] = "",
    forme: FormeTableau = "texte",
    dossier: Dossier = None,
) -> int:
    """Dire ce qui a changé depuis une version, signée ou non.

    Fiche par fiche, entrée par entrée : ce qui s’ajoute, se retire, change ou se déplace, et si le texte que signent les parties
    a changé. L’ordre des clés, les remarques et les retours à la ligne ne comptent pas.

    Une version signée est une étiquette git dont le nom commence par « signe » : git tag signe-2024-03-15
    """
    from protocole_cli.cli.output import answer, columns
    from protocole_cli.loading.revision import at_revision
    from protocole_cli.rendering.comparaison_formats import FORMATS, Comparaison, names
    from protocole_cli.validation.schema import titles
    from protocole_cli.versions.comparison import compare

    choice(forme, list(FORMATS), "--format")
    racine = root(ctx, dossier)
    earlier = _revision(racine, avant)
    later = _revision(racine, apres) if apres else None
    with ExitStack() as stack:
        old = _read(stack.enter_context(at_revision(racine, earlier)), earlier)
        new = _read(stack.enter_context(at_revision(racine, later)) if later else racine, later)
        found = compare(old, new)
    answer(
        FORMATS[forme](
            Comparaison(earlier, later, not avant, found, titles(), names(old.protocole, new.protocole)), columns()
        )
    )
    return 1 if old.fautifs | new.fautifs else 0


def _revision(racine: Path, nom: str) -> "Revision":
    """Return what a name means, the last signed version where it is empty; raises `SansReponse` where there is none."""
    from protocole_cli.cli.output import SansReponse
    from protocole_cli.loading.git import find_revision, last_tag

    signed = nom or last_tag(racine, SIGNEE)
    if not signed:
        raise SansReponse(
            "pas de version signée enregistrée. Le jour où le texte est signé, étiquetez-le : git tag signe-AAAA-MM-JJ ; d’ici là, "
            "nommez la version à comparer : protocole comparer NOM"
        )
    found = find_revision(racine, signed)
    if found is None:
        raise SansReponse(
            f"git ne connaît pas de version « {signed} » de ce protocole. Donnez une étiquette, une branche ou un numéro de "
            "commit ; git tag et git log les montrent."
        )
    return found


def _read(racine: Path, revision: "Revision | None") -> "Loaded":
    """Return a state of the data, and tell which of its files cannot be compared."""
    from protocole_cli.cli.reading import read, told_incomplete
    from protocole_cli.loading.layout import BASE

    loaded = read(racine, BASE)
    where = f"dans la version « {revision.nom} »" if revision else ""
    told_incomplete(loaded, "ce qui s’y trouve n’est pas comparé", where)
    return loaded

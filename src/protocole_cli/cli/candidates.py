"""What may stand in place of an argument, or as the value of an option: each candidate with what it means.

Typer asks for them when the Tab key does. They come from the files that hold them and from no other, and no fault of
the data keeps the sound ones from being offered.
"""

from collections.abc import Callable
from pathlib import Path

import typer

Candidates = list[tuple[str, str]]

MOST_TITLED = 100
"""So many fiches are told apart by their titles; of more, nobody reads the list."""


def acteurs(ctx: typer.Context) -> Candidates:
    """Return the organisations."""
    return _entries(ctx, "acteurs")


def communes(ctx: typer.Context) -> Candidates:
    """Return the communes."""
    return _entries(ctx, "communes")


def quartiers(ctx: typer.Context) -> Candidates:
    """Return the neighbourhoods."""
    return _entries(ctx, "quartiers")


def instances(ctx: typer.Context) -> Candidates:
    """Return the bodies of the governance."""
    return _entries(ctx, "instances")


def fiches(ctx: typer.Context, incomplete: str) -> Candidates:
    """Return the numbers of the fiches that begin as what was typed, with their titles."""
    from protocole_cli.loading.glance import fiche_title
    from protocole_cli.loading.layout import fiche_numbers

    racine = _racine(ctx)
    numbers = [numero for numero in fiche_numbers(racine) if str(numero).startswith(incomplete)]
    titled = len(numbers) <= MOST_TITLED
    return [(str(numero), fiche_title(racine, numero) if titled else "") for numero in numbers]


def rubriques(ctx: typer.Context) -> Candidates:
    """Return the rubriques of the fiche that the call names, or of all where it names none that can be read."""
    from protocole_cli.cli.options import fiche_number
    from protocole_cli.language import words
    from protocole_cli.loading.glance import fiche_rubriques, rubrique_names

    racine = _racine(ctx)
    common = rubrique_names(racine)
    typed = ctx.params.get("numero")
    keys, others = fiche_rubriques(racine, fiche_number(typed)) if typed else (frozenset(), ())
    found = [(cle, libelle) for cle, libelle in common.items() if not keys or cle in keys]
    return found + [(words(intitule).replace(" ", "-"), intitule) for intitule in others]


def regles() -> Candidates:
    """Return the rules, with what each asks."""
    from protocole_cli.validation.rules import RULES

    return [(regle.nom, regle.demande) for regle in RULES]


def mois() -> Candidates:
    """Return the months."""
    from protocole_cli.language import MOIS, fold

    return [(fold(nom), nom) for nom in MOIS]


def among(*values: str) -> Callable[[], list[str]]:
    """Return what offers these values."""
    return lambda: list(values)


def _entries(ctx: typer.Context, collection: str) -> Candidates:
    from protocole_cli.loading.glance import entry_names

    return list(entry_names(_racine(ctx), collection).items())


def _racine(ctx: typer.Context) -> Path:
    """Return the root that the call would find; a shell does not put its home folder in place of « ~ » before asking."""
    from protocole_cli.loading.root import find_root

    asked = ctx.params.get("dossier") or (ctx.parent.params.get("dossier") if ctx.parent else None)
    return Path(find_root(Path(asked).expanduser() if asked else None))

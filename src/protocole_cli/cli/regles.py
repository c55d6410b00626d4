"""`protocole regles [NOM]`."""

from typing import Annotated

import typer

from protocole_cli.cli import candidates
from protocole_cli.cli.options import choice, format_option


def regles(
    nom: Annotated[
        str,
        typer.Argument(
            metavar="[NOM]",
            help="Le nom d’une règle, à expliquer.",
            show_default=False,
            autocompletion=candidates.regles,
        ),
    ] = "",
    forme: Annotated[str, format_option("texte", "json", "md")] = "texte",
) -> int:
    """Dire les règles que vérifie validate, ou en expliquer une.

    Le nom d’une règle est entre crochets dans chaque ligne de « protocole validate ». L’explication dit ce qu’elle demande, pourquoi, et
    donne un exemple juste et un exemple fautif.
    """
    import shutil

    from protocole_cli.cli.output import answer, on_terminal, tell
    from protocole_cli.rendering.regle_formats import EXPLICATIONS, LISTES
    from protocole_cli.validation.rules import RULES
    from protocole_cli.validation.selection import find_rule, nearest_rules

    choice(forme, list(LISTES), "--format")
    width = shutil.get_terminal_size().columns if on_terminal() else None
    if not nom:
        answer(LISTES[forme](RULES, width))
        return 0
    regle = find_rule(nom)
    if regle is None:
        tell(f"protocole : la règle « {nom} » n’existe pas. {nearest_rules(nom)}")
        return 1
    answer(EXPLICATIONS[forme](regle, width))
    return 0

"""`protocole completion SHELL`."""

from typing import Annotated

import typer

from protocole_cli.cli.candidates import among
from protocole_cli.cli.completing import SHELLS
from protocole_cli.cli.options import choice


def completion(
    shell: Annotated[
        str,
        typer.Argument(metavar="SHELL", help="bash, zsh ou fish.", show_default=False, autocompletion=among(*SHELLS)),
    ],
) -> int:
    """Compléter les commandes par la touche Tab.

    Écrit le script qu’il faut à l’interpréteur de commandes. Pour le charger à chaque ouverture d’une fenêtre, ajoutez une ligne :

    \b
    bash, dans ~/.bashrc                   eval "$(protocole completion bash)"
    zsh, dans ~/.zshrc                     eval "$(protocole completion zsh)"
    fish, dans ~/.config/fish/config.fish  protocole completion fish | source

    La touche Tab propose alors les commandes, les options, les numéros des fiches, les organismes, les lieux, les instances,
    les rubriques et les règles. Rien n’est modifié sur votre machine.
    """  # noqa: D301 (the one backslash asks that the next lines be left as they are)
    from protocole_cli.cli.output import answer
    from protocole_cli.resources import read_resource

    choice(shell, list(SHELLS), "SHELL")
    answer(read_resource("shells", f"protocole.{shell}"))
    return 0

"""What a command line asks for, as a value."""

from importlib import import_module
from typing import Any, NamedTuple


class Call(NamedTuple):
    """The name of a command, and the arguments of `run` in the module of that name in `running`: plain values only."""

    commande: str
    arguments: dict[str, Any]

    def carry_out(self) -> int:
        """Do what is asked for, and return the exit code."""
        return int(running(self.commande).run(**self.arguments))


def running(commande: str) -> Any:
    """Return the module that holds what a command does, loaded with all that it needs."""
    return import_module(f"protocole_cli.cli.running.{commande}")

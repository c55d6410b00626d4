"""Help and complaints of the command line in French: typer writes them in English."""

from collections.abc import Sequence
from typing import Any, ClassVar

from typer._click import Command, Context, HelpFormatter
from typer._click.exceptions import (
    BadOptionUsage,
    BadParameter,
    ClickException,
    MissingParameter,
    NoSuchOption,
    UsageError,
)
from typer.core import TyperCommand, TyperGroup

INDENT = 2


class FrenchCommand(TyperCommand):
    """A command whose `--help` is in French."""

    def get_help_option(self, ctx: Context) -> Any:
        """Return the option `--help`, explained in French."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "Afficher cette aide."
        return option

    def format_help(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write the usage, the text of the help, the arguments and the options."""
        _write_head(self, ctx, formatter)
        _write_parameters(self, ctx, formatter)


class FrenchGroup(TyperGroup):
    """The program itself: its commands under headings that say what people want to do."""

    headings: ClassVar[dict[str, Sequence[str]]] = {}

    def get_help_option(self, ctx: Context) -> Any:
        """Return the option `--help`, explained in French."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "Afficher cette aide."
        return option

    def format_help(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write the usage, the text of the help, the commands by heading, and the options."""
        _write_head(self, ctx, formatter)
        for heading, names in self.headings.items():
            rows = [(name, self.commands[name].get_short_help_str(200)) for name in names]
            _write_section(formatter, heading, rows)
        _write_parameters(self, ctx, formatter)

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, Command | None, list[str]]:
        """Return the command that the arguments name; an unknown one is said in French."""
        if args and not args[0].startswith("-") and args[0] not in self.commands:
            from protocole_cli.language import vouliez_vous_dire

            near = vouliez_vous_dire(args[0], self.commands, "Toutes les commandes : protocole --help")
            raise UsageError(f"La commande « {args[0]} » n’existe pas. {near}", ctx)
        return super().resolve_command(ctx, args)


def _write_head(command: Command, ctx: Context, formatter: HelpFormatter) -> None:
    pieces = command.collect_usage_pieces(ctx)
    formatter.write_usage(ctx.command_path, " ".join(pieces), prefix="Utilisation : ")
    formatter.write("\n")
    formatter.current_indent = INDENT
    formatter.write_text((command.help or "").strip())
    formatter.current_indent = 0


def _write_parameters(command: Command, ctx: Context, formatter: HelpFormatter) -> None:
    records = [(p.param_type_name, p.get_help_record(ctx)) for p in command.get_params(ctx)]
    _write_section(formatter, "Arguments", [r for kind, r in records if r and kind == "argument"])
    _write_section(formatter, "Options", [r for kind, r in records if r and kind == "option"])


def _write_section(formatter: HelpFormatter, heading: str, rows: Sequence[tuple[str, str]]) -> None:
    if rows:
        formatter.write(f"\n{heading} :\n")
        formatter.current_indent = INDENT
        formatter.write_dl(rows)
        formatter.current_indent = 0


def complaint(error: ClickException) -> str:
    """Return what is wrong with a call, as a French sentence."""
    if isinstance(error, NoSuchOption):
        near = f" Vouliez-vous dire « {min(error.possibilities)} » ?" if error.possibilities else ""
        return f"L’option « {error.option_name} » n’existe pas.{near}"
    if isinstance(error, MissingParameter):
        name = error.param.make_metavar(ctx=error.ctx) if error.param and error.ctx else "un argument"
        return f"Il manque {name}."
    if isinstance(error, BadOptionUsage):
        if "does not take" in error.message:
            return f"L’option « {error.option_name} » ne prend pas de valeur."
        return f"L’option « {error.option_name} » attend une valeur."
    if isinstance(error, BadParameter):
        return error.message
    if error.message.startswith("Got unexpected extra argument"):
        return f"Il y a un argument de trop : {error.message.partition('(')[2].rstrip(')')}."
    return error.message


def help_hint(error: ClickException) -> str:
    """Return how to get the help of the command that was called."""
    ctx = error.ctx if isinstance(error, UsageError) else None
    return f"Aide : {ctx.command_path if ctx else 'protocole'} --help"

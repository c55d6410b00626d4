"""Help and complaints of the command line in French: typer writes them in English."""

import re
from collections.abc import Sequence
from importlib import import_module
from typing import Any

from typer import Typer
from typer._click import Command, Context, HelpFormatter
from typer._click.exceptions import (
    BadOptionUsage,
    BadParameter,
    ClickException,
    MissingParameter,
    NoSuchOption,
    UsageError,
)
from typer._click.shell_completion import CompletionItem
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from protocole_cli.cli.commands import COMMANDS, NAMES
from protocole_cli.cli.options import refuse_empty
from protocole_cli.cli.output import AppelFautif, answer

INDENT = 2


class _FrenchHelp(Command):
    """Help in French: what `--help` is for, and lines that never begin with « : »."""

    def get_help(self, ctx: Context) -> str:
        """Return the help; spaces that hold a line together while it is laid out become plain ones."""
        from protocole_cli.rendering.typography import FINE, INSECABLE

        return super().get_help(ctx).replace(INSECABLE, " ").replace(FINE, " ")

    def get_help_option(self, ctx: Context) -> Any:
        """Return the option `--help`, explained in French, which answers as the commands do."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "Afficher cette aide."
            option.callback = _show_help
        return option


def _show_help(ctx: Context, _option: object, wanted: bool) -> None:  # noqa: FBT001 (typer calls it so)
    if wanted and not ctx.resilient_parsing:
        answer(ctx.get_help() + "\n")
        ctx.exit()


class FrenchCommand(_FrenchHelp, TyperCommand):
    """A command whose `--help` is in French."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Parse the arguments, none of them empty; a complaint remembers which command it is about."""
        try:
            rest = super().parse_args(ctx, args)
            if not ctx.resilient_parsing:
                refuse_empty(ctx)
        except UsageError as error:
            error.ctx = error.ctx or ctx
            raise
        return rest

    def invoke(self, ctx: Context) -> Any:
        """Carry out the command; what it cannot be asked for is a fault of the call."""
        try:
            return super().invoke(ctx)
        except AppelFautif as error:
            raise BadParameter(str(error), ctx) from None

    def shell_complete(self, ctx: Context, incomplete: str) -> list[CompletionItem]:
        """Return the options that begin so; all, where no argument is left to be given."""
        return super().shell_complete(ctx, incomplete or "-")

    def format_help(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write the usage, the text of the help, the arguments and the options."""
        _write_head(self, ctx, formatter)
        _write_parameters(self, ctx, formatter)


class FrenchGroup(_FrenchHelp, TyperGroup):
    """The program itself: its commands under headings, each loaded when it is called."""

    def list_commands(self, _ctx: Context) -> list[str]:
        """Return the names of the commands."""
        return list(NAMES)

    def get_command(self, _ctx: Context, cmd_name: str) -> Command | None:
        """Return the command of that name, from the module of that name, if there is one."""
        if cmd_name not in NAMES:
            return None
        function = getattr(import_module(f"protocole_cli.cli.{cmd_name}"), cmd_name)
        alone = Typer(add_completion=False, rich_markup_mode=None)
        alone.command(cmd_name, cls=FrenchCommand, options_metavar="[OPTIONS]")(function)
        return get_command(alone)

    def format_help(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write the usage, the text of the help, the commands by heading, and the options."""
        _write_head(self, ctx, formatter)
        for heading, commands in COMMANDS.items():
            _write_section(formatter, heading, list(commands.items()))
        _write_parameters(self, ctx, formatter)

    def shell_complete(self, ctx: Context, incomplete: str) -> list[CompletionItem]:
        """Return the commands that begin so, none of them loaded, or the options of the program."""
        commands = (pair for under in COMMANDS.values() for pair in under.items())
        found = [CompletionItem(name, help=summary) for name, summary in commands if name.startswith(incomplete)]
        return found or Command.shell_complete(self, ctx, incomplete)

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, Command | None, list[str]]:
        """Return the command that the arguments name; an unknown one is said in French."""
        if args and not args[0].startswith("-") and args[0] not in NAMES:
            from protocole_cli.language import vouliez_vous_dire

            near = vouliez_vous_dire(args[0], NAMES, "Toutes les commandes : protocole --help")
            raise UsageError(f"La commande « {args[0]} » n’existe pas. {near}", ctx)
        return super().resolve_command(ctx, args)


def _write_head(command: Command, ctx: Context, formatter: HelpFormatter) -> None:
    from protocole_cli.rendering.typography import typographie

    pieces = command.collect_usage_pieces(ctx)
    usage = " ".join(piece.strip("{}") for piece in pieces)  # typer's mark of what may not be left out
    formatter.write_usage(ctx.command_path, usage, prefix="Utilisation : ")
    formatter.write("\n")
    formatter.current_indent = INDENT
    formatter.write_text(typographie((command.help or "").strip()))
    formatter.current_indent = 0


def _write_parameters(command: Command, ctx: Context, formatter: HelpFormatter) -> None:
    records = [(p.param_type_name, p.get_help_record(ctx)) for p in command.get_params(ctx)]
    arguments = [r for kind, r in records if r and kind == "argument"]
    # The usage shows which arguments may be left out, by brackets: no need to say it again, in English.
    _write_section(
        formatter, "Arguments", [(name, said.removesuffix("[required]").rstrip()) for name, said in arguments]
    )
    _write_section(formatter, "Options", [r for kind, r in records if r and kind == "option"])


def _write_section(formatter: HelpFormatter, heading: str, rows: Sequence[tuple[str, str]]) -> None:
    if rows:
        from protocole_cli.rendering.typography import typographie

        formatter.write(f"\n{heading} :\n")
        formatter.current_indent = INDENT
        formatter.write_dl([(name, typographie(said)) for name, said in rows])
        formatter.current_indent = 0


def complaint(error: ClickException) -> str:
    """Return what is wrong with a call, as a French sentence."""
    if isinstance(error, NoSuchOption):
        from protocole_cli.language import vouliez_vous_dire

        near = vouliez_vous_dire(error.option_name, error.possibilities or (), most=1)
        return f"L’option « {error.option_name} » n’existe pas. {near}".rstrip()
    if isinstance(error, MissingParameter):
        return _missing(error.param)
    if isinstance(error, BadOptionUsage):
        if "does not take" in error.message:
            return f"L’option « {error.option_name} » ne prend pas de valeur."
        return f"L’option « {error.option_name} » attend une valeur."
    if isinstance(error, BadParameter):
        return error.message
    if error.message.startswith("Got unexpected extra argument"):
        return _too_many(error)
    return error.message


def _too_many(error: ClickException) -> str:
    """Return what is too much, and how to write a name of several words where one was given without quotation marks."""
    rest = error.message.partition(" (")[2].removesuffix(")")
    ctx = error.ctx if isinstance(error, UsageError) else None
    known = (
        [(p, ctx.params.get(p.name or "")) for p in ctx.command.params if p.make_metavar(ctx) == "NOM"] if ctx else []
    )
    given = [(parameter, value) for parameter, value in known if value]
    if not ctx or len(given) != 1:
        return f"Ceci est de trop : {rest}."
    parameter, begun = given[0]
    option = [parameter.opts[0]] if parameter.param_type_name == "option" else []
    name = f"{begun} {rest}"
    # Other words, a shell might not leave as they are between these quotation marks.
    example = (
        " ".join(["", ":", ctx.command_path, *option, f'"{name}"']) if re.fullmatch(r"[\w’'.,() -]+", name) else "."
    )
    return f"Ceci est de trop : {rest}. Mettez entre guillemets un nom de plusieurs mots{example}"


def _missing(argument: Any) -> str:
    """Return what is missing, by the name and the words that the help has for it."""
    said = argument.help
    return f"Il manque {argument.metavar.rstrip('…')} : {said[:1].lower()}{said[1:]}"


def help_hint(error: ClickException) -> str:
    """Return how to get the help of the command that was called."""
    ctx = error.ctx if isinstance(error, UsageError) else None
    return f"Aide : {ctx.command_path if ctx else 'protocole'} --help"

"""The other side of the Tab key: a shell asks what may come next, and gets one candidate a line.

The scripts of `protocole completion` call the program with the environment variable `_PROTOCOLE_COMPLETE`, which names the shell, and
the words typed so far as its arguments, the last one up to the cursor. No data ever becomes a candidate that a shell might
take for anything but a word; what it means, shown beside it by zsh and fish, is one line without controls.
"""

import re
from collections.abc import Callable

from typer._click import Command, Parameter
from typer._click.shell_completion import _resolve_context, _resolve_incomplete, split_arg_string
from typer.core import TyperOption

from protocole_cli.language import fold, opening
from protocole_cli.rendering.neutral import one_line

A_PATH = "/\n"
"""The answer that leaves it to the shell: what comes next is a file or a folder."""
PATHS = {"CHEMIN", "[FICHIER…]", "RAPPORT"}
"""How the help calls what is a file or a folder."""
LONGEST = 70
"""What a candidate means, in characters: shells cut what does not fit beside it."""
_WORD = re.compile(r"-{0,2}\w[\w-]*")
"""What no shell takes for anything but a word."""


def _bash(value: str, _meaning: str) -> str:
    return value


def _zsh(value: str, meaning: str) -> str:
    meant = meaning.replace("\\", "\\\\")
    return f"{value}:{meant}" if meaning else value


def _fish(value: str, meaning: str) -> str:
    return f"{value}\t{meaning}"


SHELLS: dict[str, Callable[[str, str], str]] = {"bash": _bash, "zsh": _zsh, "fish": _fish}
"""How each shell is told a candidate and what it means."""


def completions(program: Command, shell: str, typed: list[str]) -> str:
    """Return the candidates for the last of the words typed, one a line; none where anything is amiss."""
    try:
        return _completions(program, shell, typed)
    except Exception:  # noqa: BLE001 (who is typing wants no message, whatever happens)
        return ""


def _completions(program: Command, shell: str, typed: list[str]) -> str:
    form = SHELLS[shell]
    *words, last = (_unquoted(word) for word in typed) if shell == "bash" else (*typed[:-1], _unquoted(typed[-1]))
    args = [
        word for word in words if word != "="
    ]  # bash takes it for a word of its own, and puts a candidate after it…
    name, equals, _ = last.partition("=")
    joined = name + equals if equals and name.startswith("-") else ""  # … the others put one in place of « --option=… »
    ctx = _resolve_context(program, {}, "protocole", args)
    wanted, incomplete = _resolve_incomplete(ctx, args, last)
    if isinstance(wanted, TyperOption):  # without a value, it keeps typer from reading what stands before it
        ctx = _resolve_context(program, {}, "protocole", args[:-1])
    elif joined:
        return ""
    if isinstance(wanted, Parameter) and wanted.make_metavar(ctx) in PATHS:
        return A_PATH
    items = wanted.shell_complete(ctx, fold(incomplete))
    return "".join(
        f"{form(joined + item.value, one_line(opening(item.help or '', LONGEST)))}\n"
        for item in items
        if _WORD.fullmatch(item.value)
    )


def _unquoted(word: str) -> str:
    """Return what a word means that is still being typed, quotes and all."""
    return "".join(split_arg_string(word))

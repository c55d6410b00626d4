"""The entry of the program."""

import contextlib
import gc
import os
import sys


def main() -> None:
    """Run the command line and leave with its exit code."""
    # A short life without reference cycles: the collector would only walk over the data again and again.
    gc.disable()
    try:
        from protocole_cli.cli.run import run

        code = run(sys.argv[1:])
    except KeyboardInterrupt:  # before the program was ready to be interrupted, or once more while it told so
        code = _interrupted()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, OSError, ValueError):
            stream.flush()
    # No file is open and no thread runs: to take all objects apart one by one would cost a fifth of a short command.
    os._exit(code)


def _interrupted() -> int:
    with contextlib.suppress(AttributeError, OSError, ValueError):
        sys.stderr.write("Interrompu.\n")
    return 130


if __name__ == "__main__":
    main()

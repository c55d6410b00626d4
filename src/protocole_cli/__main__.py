"""The entry of the program."""

import contextlib
import gc
import os
import sys


def main() -> None:
    """Run the command line and leave with its exit code."""
    # A short life without reference cycles: the collector would only walk over the data again and again.
    gc.disable()
    from protocole_cli.cli.app import run

    code = run(sys.argv[1:])
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, OSError, ValueError):
            stream.flush()
    # No file is open and no thread runs: to take all objects apart one by one would cost a fifth of a short command.
    os._exit(code)


if __name__ == "__main__":
    main()

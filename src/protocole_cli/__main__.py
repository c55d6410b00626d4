"""The entry of the program."""

import gc
import sys


def main() -> None:
    """Run the command line and leave with its exit code."""
    # A short life without reference cycles: the collector would only walk over the data again and again.
    gc.disable()
    from protocole_cli.cli.app import run

    code = run(sys.argv[1:])
    gc.freeze()  # nor need it walk over all that on the way out
    sys.exit(code)


if __name__ == "__main__":
    main()

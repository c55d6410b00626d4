"""The command line: each command parses, calls, prints and returns its exit code."""

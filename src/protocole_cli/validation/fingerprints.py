"""What a diagnostic is known by from one state of the data to the next: a fingerprint that no moving line changes."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from protocole_cli.diagnostics import Diagnostic
from protocole_cli.loading.files import Chemin
from protocole_cli.loading.source import source_by_file

_OPENS_A_BLOCK = re.compile(r"[:|>][-+0-9]*$")
_NUMBERS_OUTSIDE_QUOTES = re.compile(r"(«[^»]*»)|\d+")


def fingerprints(racine: Chemin, diagnostics: Iterable[Diagnostic]) -> tuple[str, ...]:
    """Return the fingerprint of each diagnostic of a repository, in hexadecimal, in their order.

    It is the SHA-256 of the rule, the file, the words of the message and what is written at the place; among equals
    the rank tells them apart. Lines, columns and the numbers that a message counts (« F3-4 », « ligne 12 ») are no
    part of it. The diagnostics must be in order, and all those of a file and a rule.
    """
    source = source_by_file(racine)
    met: Counter[str] = Counter()
    found = []
    for d in diagnostics:
        written = _written_at(source(d.position.fichier), d.position.ligne)
        words = _NUMBERS_OUTSIDE_QUOTES.sub(r"\1", d.message)
        alike = f"{d.regle}\0{d.position.fichier}\0{words}\0{written}"
        found.append(hashlib.sha256(f"{alike}\0{met[alike]}".encode(errors="surrogatepass")).hexdigest())
        met[alike] += 1
    return tuple(found)


def fingerprinted(racine: Chemin, diagnostics: Sequence[Diagnostic]) -> Iterator[tuple[Diagnostic, str]]:
    """Yield each diagnostic of a repository with its fingerprint, in their order: see `fingerprints`."""
    return zip(diagnostics, fingerprints(racine, diagnostics), strict=True)


def _written_at(lines: Sequence[str], ligne: int) -> str:
    """Return the words of a line, and those of the next one where it only opens a block."""
    below = [" ".join(line.split()) for line in lines[ligne - 1 : ligne + 1]]
    wanted = below if below and _OPENS_A_BLOCK.search(below[0]) else below[:1]
    return "\n".join(wanted)

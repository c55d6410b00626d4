"""A rule as a value: what it asks, why, an example that follows it, one that does not, and what finds that out."""

from collections.abc import Callable, Iterator
from textwrap import dedent

from msgspec import Struct

from protocole_cli.diagnostics import Severite
from protocole_cli.loading.loaded import Loaded
from protocole_cli.validation.rules.finding import Finding

FICHE = "data/fiches/fiche-01.yaml"
"""The fiche that most examples are about."""

Check = Callable[[Loaded], Iterator[Finding]]


class Exemple(Struct, frozen=True):
    """Some lines of a data file, to be read in place of the lines of the same keys of the examples' small repository.

    Lines without a key, or of a file that this repository has not, are the whole file; where `texte` is `None` the file is not there.
    """

    fichier: str
    texte: str | None


class Regle(Struct, frozen=True, kw_only=True):
    """A rule: its name, how grave it is to break it, and its explanation to those who write the data.

    `demande` is a sentence, `raison` one to three. `check` yields the findings; a rule without one is held elsewhere, by
    the reading of the files or where admissions are applied, whatever is asked for. Where `par_defaut` is false the rule is held only when asked for.
    """

    nom: str
    severite: Severite
    demande: str
    raison: str
    juste: Exemple
    fautif: Exemple
    check: Check | None = None
    par_defaut: bool = True

    @property
    def toujours(self) -> bool:
        """Whether the rule is held whatever is asked for."""
        return self.check is None


def exemple(fichier: str, texte: str) -> Exemple:
    """Return an example from lines that are indented as the code around them."""
    return Exemple(fichier, dedent(texte).lstrip("\n"))

"""A rule as a value: what it asks, why, an example that follows it, one that does not, and what finds that out."""

from collections.abc import Callable, Iterator
from typing import Any

from msgspec import Struct

from protocole_cli.diagnostics import Severite
from protocole_cli.loading.loaded import Loaded
from protocole_cli.validation.rules.finding import Finding

FICHE = "data/fiches/fiche-01.yaml"
"""The fiche that most examples are about."""

Check = Callable[[Loaded], Iterator[Finding]]


class Across(Struct, frozen=True):
    """What holds fiches against each other, which may be read in several parts.

    `gather` takes from some of them what is to be compared, a value of the type `kind`, which msgspec can send; `judge`
    yields the findings from the repository, which then has no fiches, and what was gathered, in the order of the fiches.
    """

    kind: Any
    gather: Callable[[Loaded], Any]
    judge: Callable[[Loaded, list[Any]], Iterator[Finding]]


class Exemple(Struct, frozen=True):
    """Some lines of a data file, to be read in place of the lines of the same keys of the examples' small repository.

    Lines without a key, or of a file that this repository has not, are the whole file. `lignes` may be indented as the code around
    them; where they are `None` the file is not there.
    """

    fichier: str
    lignes: str | None

    @property
    def texte(self) -> str | None:
        """The lines as they stand in the file: made only where they are shown, which `validate` does not."""
        from textwrap import dedent

        return None if self.lignes is None else dedent(self.lignes).lstrip("\n")


class Regle(Struct, frozen=True, kw_only=True):
    """A rule: its name, how grave it is to break it, and its explanation to those who write the data.

    `demande` is a sentence, `raison` one to three. What yields the findings sees no more than it needs, so that fiches can
    be read and judged in parts: `check` is given a repository without its fiches, `check_fiches` one with some of them, each
    to be judged for itself, and `across` compares them. A rule without any of the three is held elsewhere, by the reading of
    the files or where admissions are applied, whatever is asked for. Where `par_defaut` is false the rule is held only when asked for.
    `des_restes` tells that what it finds in what is sound of a fiche is true whatever is missing.
    """

    nom: str
    severite: Severite
    demande: str
    raison: str
    juste: Exemple
    fautif: Exemple
    check: Check | None = None
    check_fiches: Check | None = None
    across: Across | None = None
    par_defaut: bool = True
    des_restes: bool = False

    @property
    def toujours(self) -> bool:
        """Whether the rule is held whatever is asked for."""
        return not (self.check or self.check_fiches or self.across)

"""What a repository holds, as the rules and the questions see it."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from protocole_cli.diagnostics import Diagnostic
from protocole_cli.loading.deceptive import Suspect
from protocole_cli.model.admissions import AvertissementAdmis
from protocole_cli.model.fiche import Fiche
from protocole_cli.model.protocole import Protocole

T = TypeVar("T")


class FicheFile(Struct, frozen=True):
    """A file of a fiche: the number that its name gives, and the one inside (`None` if unreadable)."""

    fichier: str
    numero_du_nom: int
    numero: int | None


class FichesRead(Struct, frozen=True):
    """What was read of the files of some fiches: plain values, which another process can send."""

    fichiers: tuple[FicheFile, ...]
    fiches: tuple[Fiche, ...]
    restes: tuple[Fiche, ...]
    diagnostics: tuple[Diagnostic, ...]
    suspects: tuple[Suspect, ...]


class Loaded(Struct, frozen=True, eq=False, dict=True):
    """What a repository holds, or a part of it: all but the fiches, or all and some of these.

    `protocole` is its sound part. `identifiants` names, for each collection of `COLLECTIONS`, all that can be
    referred to, entries at fault included, so that one fault does not make a second one elsewhere; a collection
    of which that is not known for sure is absent. `lus` are the files that are looked at, `fautifs` those
    of them of which something is missing from `protocole`, `suspects` the characters in them that deceive. `restes` are what is
    sound of the fiches at fault, which are no part of the protocole. `copies_de_schemas`
    are the schemas that the repository brings along for editors, by name, where all of it is read. What is `kept` goes with it.
    """

    protocole: Protocole
    diagnostics: tuple[Diagnostic, ...] = ()
    identifiants: dict[str, frozenset[str]] = {}
    fichiers_fiches: tuple[FicheFile, ...] = ()
    avertissements_admis: tuple[AvertissementAdmis, ...] = ()
    lus: tuple[str, ...] = ()
    fautifs: frozenset[str] = frozenset()
    suspects: tuple[Suspect, ...] = ()
    restes: tuple[Fiche, ...] = ()
    copies_de_schemas: dict[str, bytes] = {}

    def with_fiches(self, *parts: FichesRead) -> "Loaded":
        """Return this with what was read of fiches, in the order of their files."""
        fiches = tuple(fiche for part in parts for fiche in part.fiches)
        diagnostics = tuple(diagnostic for part in parts for diagnostic in part.diagnostics)
        return replace(
            self,
            protocole=replace(self.protocole, fiches=fiches),
            diagnostics=self.diagnostics + diagnostics,
            fichiers_fiches=tuple(file for part in parts for file in part.fichiers),
            fautifs=self.fautifs | {diagnostic.position.fichier for diagnostic in diagnostics},
            suspects=(*self.suspects, *(suspect for part in parts for suspect in part.suspects)),
            restes=tuple(reste for part in parts for reste in part.restes),
        )

    def by_number(self) -> "Loaded":
        """Return this with its fiches by their numbers, which may not be those of their files."""
        fiches = sorted(self.protocole.fiches, key=lambda fiche: (fiche.numero, fiche.position.fichier))
        return replace(self, protocole=replace(self.protocole, fiches=tuple(fiches)))


def kept(work: Callable[[Loaded], T]) -> Callable[[Loaded], T]:
    """Return `work`, done once for the same data, since several rules ask for it; the answer is kept as long as the data, no longer."""
    name = f"{work.__module__}.{work.__qualname__}"

    @wraps(work)
    def answer(loaded: Loaded) -> T:
        answers = loaded.__dict__
        if name not in answers:
            answers[name] = work(loaded)
        known: T = answers[name]
        return known

    return answer

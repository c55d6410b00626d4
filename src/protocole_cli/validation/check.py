"""A whole repository held against the schemas and the rules."""

from collections.abc import Callable, Iterable
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from protocole_cli.diagnostics import Diagnostic, Severite, ordered
from protocole_cli.loading.files import Illisible
from protocole_cli.loading.places import Places
from protocole_cli.loading.repository import Loaded, load, places_by_file
from protocole_cli.loading.strict_yaml import Refuse
from protocole_cli.position import Position
from protocole_cli.validation.rules import BY_DEFAULT
from protocole_cli.validation.rules.finding import Finding
from protocole_cli.validation.rules.regle import Regle
from protocole_cli.validation.schema import SchemaGuard


class Report(Struct, frozen=True):
    """What a validation found: the sound part of the repository, and the diagnostics in order.

    `fichiers` are the files that they are about; `erreurs_ailleurs` counts the errors of the others.
    """

    loaded: Loaded
    diagnostics: tuple[Diagnostic, ...]
    fichiers: tuple[str, ...] = ()
    erreurs_ailleurs: int = 0

    @property
    def erreurs(self) -> int:
        """How many errors there are."""
        return sum(d.severite is Severite.ERREUR for d in self.diagnostics)

    @property
    def avertissements(self) -> int:
        """How many warnings there are."""
        return len(self.diagnostics) - self.erreurs

    def restricted_to(self, fichiers: Iterable[str]) -> "Report":
        """Return the report of some files only; how many errors the others have is still known."""
        wanted = tuple(dict.fromkeys(fichiers))
        part = Report(self.loaded, tuple(d for d in self.diagnostics if d.position.fichier in wanted), wanted)
        return replace(part, erreurs_ailleurs=self.erreurs - part.erreurs)


def validate(racine: Path, rules: tuple[Regle, ...] = BY_DEFAULT) -> Report:
    """Read a repository and hold it against its schemas and rules; writes nothing."""
    loaded = load(racine, SchemaGuard())
    places = places_by_file(racine)
    found = list(loaded.diagnostics)
    for rule in rules:
        for finding in rule.check(loaded) if rule.check else ():
            position = _placed(finding, places)
            found.append(Diagnostic(position, rule.severite, rule.nom, finding.message, finding.aide))
    return Report(loaded, ordered(found), loaded.lus)


def _placed(finding: Finding, places: Callable[[str], Places]) -> Position:
    """Return where a finding is; the file is read again only where the place is inside an entry."""
    position = finding.position
    if not finding.route:
        return position
    entry = (position.ligne, position.colonne)
    try:
        of_file = places(position.fichier)
    except (Illisible, Refuse):  # the file has changed meanwhile
        return position
    if finding.words:
        return Position(position.fichier, *of_file.in_text(entry, finding.route, finding.line, finding.words))
    return Position(position.fichier, *of_file.inside(entry, finding.route))

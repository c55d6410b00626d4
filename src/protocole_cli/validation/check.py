"""A whole repository held against the schemas and the rules."""

import os
from collections.abc import Collection, Iterable, Iterator, Sequence

from msgspec import Struct, msgpack
from msgspec.structs import replace

from protocole_cli.diagnostics import Diagnostic, Severite, ordered
from protocole_cli.loading.files import Chemin, Disk, Illisible
from protocole_cli.loading.layout import base_file
from protocole_cli.loading.loaded import Loaded
from protocole_cli.loading.places import places_by_file
from protocole_cli.loading.repository import load_asking
from protocole_cli.loading.strict_yaml import Refuse
from protocole_cli.loading.word_places import WordPlaces
from protocole_cli.position import Position
from protocole_cli.validation.admissions import Told, admitted
from protocole_cli.validation.earlier import Earlier
from protocole_cli.validation.rules import BY_DEFAULT, REFUSING
from protocole_cli.validation.rules.finding import Finding
from protocole_cli.validation.rules.regle import Regle
from protocole_cli.validation.schema import explain


class Report(Struct, frozen=True):
    """What a validation found: the sound part of the repository, its fiches where they were kept, and the diagnostics in order.

    `admis` are the warnings that the parties accept, and that are not among the diagnostics. `fichiers` are the files that
    they are about; `erreurs_ailleurs` counts the errors of the others. `partiel` tells that some of the usual rules were left out.
    `racine` is where the files stand: some formats show what is written there. `avant` is what was said of an earlier state,
    where the two are compared.
    """

    loaded: Loaded
    diagnostics: tuple[Diagnostic, ...]
    fichiers: tuple[str, ...] = ()
    erreurs_ailleurs: int = 0
    admis: tuple[Diagnostic, ...] = ()
    partiel: bool = False
    racine: Chemin = "."
    avant: Earlier | None = None

    @property
    def erreurs(self) -> int:
        """How many errors there are."""
        return sum(d.severite is Severite.ERREUR for d in self.diagnostics)

    @property
    def avertissements(self) -> int:
        """How many warnings there are."""
        return len(self.diagnostics) - self.erreurs

    def compared_to(self, avant: Earlier | None) -> "Report":
        """Return the report with what was said of an earlier state."""
        return replace(self, avant=avant)

    def restricted_to(self, fichiers: Iterable[str]) -> "Report":
        """Return the report of some files only; how many errors the others have is still known."""
        wanted = tuple(dict.fromkeys(fichiers))
        shown = _of(self.diagnostics, wanted)
        part = replace(self, diagnostics=shown, admis=_of(self.admis, wanted), fichiers=wanted)
        return replace(part, erreurs_ailleurs=self.erreurs - part.erreurs)


class _Examined(Struct, frozen=True):
    """What rules found in some fiches, and what others gathered to compare fiches, as msgpack, by the name of the rule."""

    told: tuple[tuple[str, Finding], ...]
    gathered: dict[str, bytes]


def validate(racine: Chemin, rules: tuple[Regle, ...] = BY_DEFAULT, *, fiches: bool = False) -> Report:
    """Read a repository and hold it against its schemas and rules; writes nothing.

    Fiches are read, judged and forgotten in parts; with `fiches`, they are kept for who needs them besides.
    """
    loaded, parts = load_asking(racine, explain, lambda part: _examine(part, rules), _Examined, keep=fiches)
    told = [*_told_of_fiches(rules, parts), *_told_of_all(rules, parts, loaded)]
    where = _Where(racine)
    admis, remarks = admitted(loaded, rules, told, where.texts)
    said = [one for rank, one in enumerate(told) if rank not in admis]
    return Report(
        loaded,
        ordered([*loaded.diagnostics, *(_diagnostic(one, where) for one in (*said, *remarks))]),
        loaded.lus,
        admis=ordered([_diagnostic(told[rank], where) for rank in sorted(admis)]),
        partiel=not {rule.nom for rule in BY_DEFAULT} <= {rule.nom for rule in rules},
        racine=racine,
    )


def find_errors(racine: Chemin) -> Report:
    """Read a repository, its fiches kept, and look for errors; for warnings too where there is one to be told with them.

    Where warnings are admitted all rules are held: what an admission designates may be an error.
    """
    if not os.path.lexists(os.path.join(racine, base_file("avertissements-admis"))):
        report = validate(racine, REFUSING, fiches=True)
        if not report.erreurs:
            return report
    return validate(racine, fiches=True)


def _examine(part: Loaded, rules: Iterable[Regle]) -> _Examined:
    """Let each rule say what it finds in some fiches, and what is true of the rest of those at fault."""
    told = [(rule.nom, finding) for rule in rules if rule.check_fiches for finding in rule.check_fiches(part)]
    if part.restes:
        restes = replace(part, protocole=replace(part.protocole, fiches=part.restes), restes=())
        held = [(rule.nom, rule.check_fiches) for rule in rules if rule.des_restes and rule.check_fiches]
        told += [(nom, finding) for nom, check_fiches in held for finding in check_fiches(restes)]
    return _Examined(
        tuple(told),
        {rule.nom: msgpack.encode(rule.across.gather(part)) for rule in rules if rule.across},
    )


def _told_of_fiches(rules: Iterable[Regle], parts: Iterable[_Examined]) -> Iterator[Told]:
    by_name = {rule.nom: rule for rule in rules}
    for part in parts:
        for nom, finding in part.told:
            yield Told(by_name[nom], finding)


def _told_of_all(rules: Iterable[Regle], parts: Sequence[_Examined], loaded: Loaded) -> Iterator[Told]:
    """Yield what rules find where all fiches have been read, and are not needed any more."""
    without = replace(loaded, protocole=replace(loaded.protocole, fiches=()))
    for rule in rules:
        for finding in rule.check(without) if rule.check else ():
            yield Told(rule, finding)
        if rule.across:
            gathered = [msgpack.decode(part.gathered[rule.nom], type=rule.across.kind) for part in parts]
            for finding in rule.across.judge(without, gathered):
                yield Told(rule, finding)


def _diagnostic(told: Told, where: "_Where") -> Diagnostic:
    rule, finding = told.regle, told.finding
    return Diagnostic(where.is_at(finding), rule.severite, rule.nom, finding.message, finding.aide)


def _of(diagnostics: Iterable[Diagnostic], fichiers: Collection[str]) -> tuple[Diagnostic, ...]:
    return tuple(d for d in diagnostics if d.position.fichier in fichiers)


class _Where:
    """Where findings are in the files of a repository: these are read again only where the place is inside an entry."""

    def __init__(self, racine: Chemin) -> None:
        self._places = places_by_file(Disk(racine))
        self._place_of_word = WordPlaces(racine).of

    def texts(self, finding: Finding) -> tuple[str, ...]:
        """Return all texts in the entry of a finding."""
        position = finding.position
        try:
            return self._places(position.fichier).texts((position.ligne, position.colonne), finding.route)
        except (Illisible, Refuse):  # the file has changed meanwhile
            return ()

    def is_at(self, finding: Finding) -> Position:
        """Return the place of a finding."""
        position, route = finding.position, finding.route
        if not route:
            return position
        if finding.words:
            word = self._place_of_word(position, str(route[0]), finding.line, finding.words)
            if word.key != position.key:  # else its text is not plain to see in the lines
                return word
        try:
            of_file = self._places(position.fichier)
        except (Illisible, Refuse):  # the file has changed meanwhile
            return position
        entry = (position.ligne, position.colonne)
        if finding.words:
            return Position(position.fichier, *of_file.in_text(entry, route, finding.line, finding.words))
        return Position(position.fichier, *of_file.inside(entry, route))

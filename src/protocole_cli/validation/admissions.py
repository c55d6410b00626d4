"""Warnings that the parties accept: which of the findings they are, and what is wrong with the admissions themselves."""

import re
from collections.abc import Callable, Collection, Iterable, Sequence

from msgspec import Struct

from protocole_cli.diagnostics import Severite
from protocole_cli.language import fold, vouliez_vous_dire
from protocole_cli.loading.loaded import Loaded
from protocole_cli.model.admissions import AvertissementAdmis
from protocole_cli.validation.rules import RULES
from protocole_cli.validation.rules.admission import ADMISSION_IMPOSSIBLE, ADMISSION_SANS_OBJET
from protocole_cli.validation.rules.finding import Finding
from protocole_cli.validation.rules.regle import Regle

_WORD = re.compile(r"\w+")


class Told(Struct, frozen=True):
    """Something that a rule found."""

    regle: Regle
    finding: Finding


def admitted(
    loaded: Loaded, rules: Iterable[Regle], told: Sequence[Told], texts: Callable[[Finding], tuple[str, ...]]
) -> tuple[frozenset[int], tuple[Told, ...]]:
    """Return the ranks in `told` of the warnings that are admitted, and what is to be told of the admissions.

    `rules` are those that were held: an admission of another one is not judged. `texts` gives all texts in the entry
    of a finding. An admission that finds nothing is not told of while some file cannot be read.
    """
    held = {rule.nom for rule in rules}
    warned = _Warned(told, texts)
    ranks: set[int] = set()
    remarks = []
    for admission in sorted(loaded.avertissements_admis, key=lambda a: a.fichier):  # one file is read at a time
        refused = _refused(admission)
        meant = {} if refused else warned.meant_by(admission)
        entries = len(set(meant.values()))
        if refused:
            remarks.append(Told(ADMISSION_IMPOSSIBLE, refused))
        elif entries > 1:
            remarks.append(Told(ADMISSION_IMPOSSIBLE, _vague(admission, entries)))
        elif entries == 0 and admission.regle in held and not loaded.fautifs:
            remarks.append(
                Told(ADMISSION_SANS_OBJET, _without_object(admission, loaded.lus, cites=warned.cites(admission)))
            )
        ranks.update(meant if entries == 1 else ())
    return frozenset(ranks), tuple(remarks)


class _Warned:
    """What the rules found, to be looked up by admissions."""

    def __init__(self, told: Sequence[Told], texts: Callable[[Finding], tuple[str, ...]]) -> None:
        self._told, self._texts = told, texts
        self._ranks: dict[tuple[str, str], list[int]] = {}
        for rank, one in enumerate(told):
            self._ranks.setdefault((one.regle.nom, one.finding.position.fichier), []).append(rank)
        self._said: dict[int, tuple[str, ...]] = {}

    def meant_by(self, admission: AvertissementAdmis) -> dict[int, tuple[str, ...]]:
        """Return the ranks of the findings that an admission designates, each with the words of its entry.

        One that is about words of a text (an acronym) is meant where the admission holds these: else it would also admit those
        that nobody has seen.
        """
        wanted = _plain(admission.mots)
        ranks = self._ranks.get((admission.regle, admission.fichier), ()) if wanted.strip() else ()
        about = {rank: self._told[rank].finding.words for rank in ranks}
        said = {rank: self._words(rank) for rank, words in about.items() if not words or _plain(words) in wanted}
        return {rank: words for rank, words in said.items() if any(wanted in text for text in words)}

    def cites(self, admission: AvertissementAdmis) -> bool:
        """Tell whether what the rule of an admission finds in its file is about words that it cites."""
        return any(self._told[rank].finding.words for rank in self._ranks.get((admission.regle, admission.fichier), ()))

    def _words(self, rank: int) -> tuple[str, ...]:
        if rank not in self._said:
            self._said[rank] = tuple(map(_plain, self._texts(self._told[rank].finding)))
        return self._said[rank]


def _plain(text: str) -> str:
    """Return the words of a text between spaces, without case, accents or punctuation."""
    return f" {' '.join(_WORD.findall(fold(text)))} "


def _refused(admission: AvertissementAdmis) -> Finding | None:
    """Return why an admission cannot be, whatever the rules find."""
    rule = next((rule for rule in RULES if rule.nom == admission.regle), None)
    if rule is None:
        warnings = [rule.nom for rule in RULES if rule.severite is Severite.AVERTISSEMENT]
        return Finding(
            admission.position,
            f"La règle « {admission.regle} » n’existe pas.",
            vouliez_vous_dire(
                admission.regle, warnings, "Recopiez le nom qui est entre crochets dans l’avertissement."
            ),
            ("regle",),
        )
    if rule.severite is Severite.ERREUR:
        return Finding(
            admission.position,
            f"Ce que dit la règle « {rule.nom} » est une erreur, qui ne s’admet pas.",
            "Corrigez l’erreur, et retirez cette inscription.",
            ("regle",),
        )
    if rule.toujours:
        return Finding(
            admission.position,
            f"Ce que dit la règle « {rule.nom} » ne s’admet pas.",
            "Retirez cette inscription, et celle dont parle l’avertissement.",
            ("regle",),
        )
    return None


def _vague(admission: AvertissementAdmis, entries: int) -> Finding:
    return Finding(
        admission.position,
        f"Les mots « {admission.mots} » désignent {entries} entrées averties, et non une seule.",
        "Recopiez davantage de mots de l’entrée, et faites une inscription par entrée.",
        ("mots",),
    )


def _without_object(admission: AvertissementAdmis, lus: Collection[str], *, cites: bool) -> Finding:
    if admission.fichier not in lus:
        return Finding(
            admission.position,
            f"Le fichier « {admission.fichier} » n’est pas parmi les données.",
            "Écrivez le chemin du fichier averti, comme data/fiches/fiche-03.yaml, ou retirez cette inscription.",
            ("fichier",),
        )
    return Finding(
        admission.position,
        f"Aucun avertissement « {admission.regle} » de {admission.fichier} ne porte sur une entrée qui contient "
        f"« {admission.mots} ».",
        "Si le défaut est corrigé, retirez cette inscription ; si l’entrée a changé, recopiez-en les nouveaux mots"
        f"{', dont ceux que cite l’avertissement' if cites else ''}.",
        ("mots",),
    )

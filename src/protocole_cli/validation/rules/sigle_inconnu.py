"""An acronym that a text uses is explained: in sigles.yaml, or as the acronym of an actor."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial
from itertools import accumulate

from msgspec import Struct
from msgspec.structs import replace

from protocole_cli.diagnostics import Severite
from protocole_cli.language import cited
from protocole_cli.loading.layout import base_file
from protocole_cli.loading.loaded import Loaded
from protocole_cli.model.acteurs import Acteur, Partie
from protocole_cli.model.fiche import Fiche
from protocole_cli.model.protocole import Sigle
from protocole_cli.validation.rules.finding import Finding
from protocole_cli.validation.rules.regle import FICHE, Across, Exemple, Regle
from protocole_cli.validation.texts import EMPTY_LINE, Passage, passages_of_body, passages_of_fiche, words_by_fiche

_AIDE = (
    "Ajoutez-le à sigles.yaml quand son développement est certain ; si ce n’est pas un sigle, écrivez-le en minuscules."
)
_CAPITALS = re.compile(
    r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ0-9](?<!\w..)[A-ZÀ-ÖØ-Þ0-9]*(?:[ -][A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ0-9]*|['’][A-ZÀ-ÖØ-Þ]+)*(?![^\W_])"
)
"""Words in capitals, those that stand side by side taken together."""
_BETWEEN = re.compile("[ '’]").split
_PERSON = re.compile(r"\b(?:MM?\.|Mmes?|Mlles?|Me|Dr|Pr)(?:\s+[A-ZÀ-ÖØ-Þ][\w.’'-]*)*\s*\Z").search
"""What stands before the name of a person, which is often in capitals."""
_BEFORE = 80
"""How many characters before a word are looked at for it."""
_HEADING = 3
"""From so many words in capitals on, it is a heading and no acronym."""
_NUMERAL = re.compile(r"[IVX]+|[A-ZÀ-ÖØ-Þ]\d+").fullmatch
"""XIX, and L2211 as laws number their articles."""
_FORMULA = frozenset({"VU", "CONSIDÉRANT"})
"""The words in capitals with which a legal text begins its reasons."""


class _Uses(Struct, frozen=True):
    """Words in capitals of some texts, side by side, that the glossary does not explain: how often they stand there, and where first.

    A finding says where, without a message. `personnes` are the names of persons in capitals, whole and word by word.
    """

    times: dict[str, int]
    first: dict[str, Finding]
    personnes: frozenset[str]


def _gather(loaded: Loaded) -> _Uses:
    """Return what the fiches use; a title in capitals is left out."""
    return _uses(
        loaded,
        (
            (whole[len(fiche.titre) + len(EMPTY_LINE) if fiche.titre.isupper() else 0 :], partial(_texts_of, fiche))
            for fiche, whole in zip(loaded.protocole.fiches, words_by_fiche(loaded), strict=True)
        ),
    )


def _judge(loaded: Loaded, gathered: list[_Uses]) -> Iterator[Finding]:
    """Yield a finding for each acronym that is not explained, at its first use, with the number of its uses."""
    if loaded.fautifs & {base_file("sigles"), base_file("acteurs")}:
        return
    body = _without_headings(passages_of_body(loaded.protocole))
    all_uses = [_uses(loaded, [(EMPTY_LINE.join(texte for _, _, texte in body), lambda: body)]), *gathered]
    protocole = loaded.protocole
    persons = {name for uses in all_uses for name in uses.personnes}
    known = _Known(protocole.sigles, protocole.acteurs, protocole.parties, persons)
    times: Counter[str] = Counter()
    first: dict[str, Finding] = {}
    for uses in all_uses:
        for words, finding in uses.first.items():
            for sigle in known.unknown(words):
                times[sigle] += uses.times[words]
                first.setdefault(sigle, replace(finding, words=sigle))
    for sigle, finding in first.items():
        message = f"« {cited(sigle)} » s’écrit comme un sigle, et n’est pas au glossaire (employé {times[sigle]} fois)."
        yield replace(finding, message=message)


def _uses(loaded: Loaded, groups: Iterable[tuple[str, Callable[[], list[Passage]]]]) -> _Uses:
    """Return the uses in groups of texts that are scanned at once, each with what gives these texts."""
    known = _known_before(loaded.protocole.sigles, loaded.protocole.acteurs, loaded.protocole.parties)
    times: Counter[str] = Counter()
    first: dict[str, Finding] = {}
    personnes: set[str] = set()
    for whole, passages_of_whole in groups:
        place: Callable[[int], Finding] | None = None
        for met in _CAPITALS.finditer(whole):
            words = met[0]
            if words in known.explained or not known.unknown(words):
                continue
            start = met.start()
            if _PERSON(whole[max(0, start - _BEFORE) : start].rpartition(EMPTY_LINE)[2]):
                personnes.update((words, *_BETWEEN(words)))
                continue
            times[words] += 1
            if words not in first:
                place = place or _places(passages_of_whole())
                first[words] = place(start)
    return _Uses(dict(times), first, frozenset(personnes))


def _places(passages: list[Passage]) -> Callable[[int], Finding]:
    """Return what gives a finding at what stands so far into some texts that are read as one."""
    starts = list(accumulate((len(texte) + len(EMPTY_LINE) for _, _, texte in passages), initial=0))

    def place(start: int) -> Finding:
        rank = bisect_right(starts, start) - 1
        entree, route, texte = passages[rank]
        return Finding(entree.position, "", _AIDE, route, texte.count("\n", 0, start - starts[rank]))

    return place


def _texts_of(fiche: Fiche) -> list[Passage]:
    return _without_headings(passages_of_fiche(fiche))


def _without_headings(passages: Iterable[Passage]) -> list[Passage]:
    return [passage for passage in passages if not (passage[1] == ("titre",) and passage[2].isupper())]


class _Known:
    """What is known of words in capitals: the same few come back from fiche to fiche, most of them `explained`."""

    def __init__(
        self,
        sigles: Iterable[Sigle],
        acteurs: Iterable[Acteur],
        parties: Iterable[Partie],
        personnes: Iterable[str] = (),
    ) -> None:
        self._explained = {sigle.sigle for sigle in sigles} | {acteur.sigle for acteur in acteurs}
        self._explained.update(personnes)
        for partie in parties:
            self._explained.update(partie.representant.nom.split(), partie.signature.nom.split())
        self._read: dict[str, list[str]] = {}
        self.explained: set[str] = set()

    def unknown(self, words: str) -> list[str]:
        """Return the acronyms that are not explained among words in capitals that stand side by side."""
        known = self._read.get(words)
        if known is None:
            known = self._read[words] = self._find(words)
            if not known:
                self.explained.add(words)
        return known

    def _find(self, words: str) -> list[str]:
        apart = _BETWEEN(words)
        if len(apart) >= _HEADING or self._is_explained(words):
            return []
        unknown = [word for word in apart if not self._is_explained(word)]
        return [words] if unknown == apart else unknown

    def _is_explained(self, word: str) -> bool:
        if word in self._explained or len(word) == 1 or word in _FORMULA or _NUMERAL(word):
            return True
        return word.rstrip("0123456789") in self._explained or (
            "-" in word and all(part in self._explained for part in word.split("-"))
        )


@lru_cache(maxsize=1)
def _known_before(sigles: tuple[Sigle, ...], acteurs: tuple[Acteur, ...], parties: tuple[Partie, ...]) -> _Known:
    """Return what is known before the texts name persons; kept, as fiches are judged a few at a time."""
    return _Known(sigles, acteurs, parties)


REGLE = Regle(
    nom="sigle-inconnu",
    severite=Severite.AVERTISSEMENT,
    demande="Tout sigle employé est expliqué, dans sigles.yaml ou comme sigle d’un acteur.",
    raison="Un habitant, ou un élu nouveau, ne connaît pas les sigles de l’administration. Un mot en capitales "
    "qui n’est pas un sigle se fait passer pour tel.",
    juste=Exemple(
        FICHE,
        """
        public: Les familles que suit la CAF
        """,
    ),
    fautif=Exemple(
        FICHE,
        """
        public: Les familles que suit le PRE
        """,
    ),
    across=Across(_Uses, _gather, _judge),
)

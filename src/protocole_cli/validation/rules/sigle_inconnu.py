"""An acronym that a text uses is explained: in sigles.yaml, or as the acronym of an actor."""

import re
from bisect import bisect_right
from collections import ChainMap, Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import accumulate

from msgspec import Struct
from msgspec.structs import replace

from protocole_cli.diagnostics import Severite
from protocole_cli.language import cited
from protocole_cli.loading.layout import base_file
from protocole_cli.loading.loaded import Loaded
from protocole_cli.model.fiche import Fiche
from protocole_cli.model.protocole import Protocole
from protocole_cli.validation.rules.finding import Finding
from protocole_cli.validation.rules.regle import FICHE, Across, Regle, exemple
from protocole_cli.validation.texts import EMPTY_LINE, Passage, passages_of_body, passages_of_fiche, words_by_fiche

_AIDE = (
    "Ajoutez-le à sigles.yaml quand son développement est certain ; si ce n’est pas un sigle, écrivez-le en minuscules."
)
_CAPITALS = re.compile(
    r"[A-ZÀ-ÖØ-Þ](?<!\w.)[A-ZÀ-ÖØ-Þ0-9]+(?:[ -][A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ0-9]*|['’][A-ZÀ-ÖØ-Þ]+)*(?![^\W_])"
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
    """The acronyms of some texts that are not explained: how often each is used, a finding without a message at its first use.

    `personnes` are the names of persons in capitals, which look like acronyms.
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
    personnes = {name for uses in all_uses for name in uses.personnes}
    times: Counter[str] = Counter()
    for uses in all_uses:
        times.update(uses.times)
    for sigle, finding in ChainMap(*(uses.first for uses in all_uses)).items():
        if not personnes.issuperset(_BETWEEN(sigle)):
            message = (
                f"« {cited(sigle)} » s’écrit comme un sigle, et n’est pas au glossaire (employé {times[sigle]} fois)."
            )
            yield replace(finding, message=message)


def _uses(loaded: Loaded, groups: Iterable[tuple[str, Callable[[], list[Passage]]]]) -> _Uses:
    """Return the uses in groups of texts that are scanned at once, each with what gives these texts."""
    known = _Known(loaded.protocole)
    times: Counter[str] = Counter()
    first: dict[str, Finding] = {}
    for whole, passages_of_whole in groups:
        met = _CAPITALS.findall(whole)
        if known.explained.issuperset(met):
            continue
        found = [sigle for words in met for sigle in known.unknown(words)]
        if not first.keys() >= set(found):
            passages = passages_of_whole()
            starts = list(accumulate((len(texte) + len(EMPTY_LINE) for _, _, texte in passages), initial=0))
            for sigle, start in known.met_in(whole):
                if sigle not in first:
                    rank = bisect_right(starts, start) - 1
                    entree, route, texte = passages[rank]
                    line = texte.count("\n", 0, start - starts[rank])
                    first[sigle] = Finding(entree.position, "", _AIDE, route, line, sigle)
        times.update(found)
    return _Uses(dict(times), first, frozenset(known.personnes))


def _texts_of(fiche: Fiche) -> list[Passage]:
    return _without_headings(passages_of_fiche(fiche))


def _without_headings(passages: Iterable[Passage]) -> list[Passage]:
    return [passage for passage in passages if not (passage[1] == ("titre",) and passage[2].isupper())]


class _Known:
    """What is known of words in capitals: the same few come back from fiche to fiche, most of them `explained`."""

    def __init__(self, protocole: Protocole) -> None:
        self._explained = {sigle.sigle for sigle in protocole.sigles} | {acteur.sigle for acteur in protocole.acteurs}
        for partie in protocole.parties:
            self._explained.update(partie.representant.nom.split(), partie.signature.nom.split())
        self._read: dict[str, list[str]] = {}
        self.explained: set[str] = set()
        self.personnes: set[str] = set()

    def unknown(self, words: str) -> list[str]:
        """Return the acronyms that are not explained among words in capitals that stand side by side."""
        known = self._read.get(words)
        if known is None:
            known = self._read[words] = self._find(words)
            if not known:
                self.explained.add(words)
        return known

    def met_in(self, text: str) -> Iterator[tuple[str, int]]:
        """Yield the acronyms that are not explained and where they begin; note the names of persons on the way."""
        for words in _CAPITALS.finditer(text):
            for sigle in self.unknown(words[0]):
                if _PERSON(text[max(0, words.start() - _BEFORE) : words.start()]):
                    self.personnes.add(sigle)
                else:
                    yield sigle, words.start()

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


REGLE = Regle(
    nom="sigle-inconnu",
    severite=Severite.AVERTISSEMENT,
    demande="Tout sigle employé est expliqué, dans sigles.yaml ou comme sigle d’un acteur.",
    raison="Un habitant, ou un élu nouveau, ne connaît pas les sigles de l’administration. Un mot en capitales "
    "qui n’est pas un sigle se fait passer pour tel.",
    juste=exemple(
        FICHE,
        """
        public: Les familles que suit la CAF
        """,
    ),
    fautif=exemple(
        FICHE,
        """
        public: Les familles que suit le PRE
        """,
    ),
    across=Across(_Uses, _gather, _judge),
)

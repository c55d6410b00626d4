"""An acronym that a text uses is explained: in sigles.yaml, or as the acronym of an actor."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import accumulate

from msgspec.structs import replace

from protocole_cli.diagnostics import Severite
from protocole_cli.language import cited
from protocole_cli.loading.layout import base_file
from protocole_cli.loading.loaded import Loaded
from protocole_cli.model.fiche import Fiche
from protocole_cli.model.protocole import Protocole
from protocole_cli.validation.rules.finding import Finding
from protocole_cli.validation.rules.regle import FICHE, Regle, exemple
from protocole_cli.validation.texts import EMPTY_LINE, Passage, passages_of_body, passages_of_fiche, words_by_fiche

_AIDE = (
    "Ajoutez-le à sigles.yaml quand son développement est certain ; si ce n’est pas un sigle, écrivez-le en minuscules."
)
_CAPITALS = re.compile(
    r"[A-ZÀ-ÖØ-Þ](?<!\w.)[A-ZÀ-ÖØ-Þ0-9]+(?:[ -][A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ0-9]*|['’][A-ZÀ-ÖØ-Þ]+)*(?![^\W_])"
)
"""Words in capitals, those that stand side by side taken together."""
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


def check(loaded: Loaded) -> Iterator[Finding]:
    """Yield a finding for each acronym that is not explained, at its first use, with the number of its uses."""
    if loaded.fautifs & {base_file("sigles"), base_file("acteurs")}:
        return
    known = _Known(loaded.protocole)
    uses: Counter[str] = Counter()
    first: dict[str, Finding] = {}
    for whole, passages_of_whole in _groups(loaded):
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
        uses.update(found)
    for sigle, finding in first.items():
        message = f"« {cited(sigle)} » s’écrit comme un sigle, et n’est pas au glossaire (employé {uses[sigle]} fois)."
        yield replace(finding, message=message)


def _groups(loaded: Loaded) -> Iterator[tuple[str, Callable[[], list[Passage]]]]:
    """Yield the words that are scanned at once, without titles in capitals, and what gives the texts that they are."""
    body = _without_headings(passages_of_body(loaded.protocole))
    yield EMPTY_LINE.join(texte for _, _, texte in body), lambda: body
    for fiche, whole in zip(loaded.protocole.fiches, words_by_fiche(loaded), strict=True):
        heading = len(fiche.titre) + len(EMPTY_LINE) if fiche.titre.isupper() else 0
        yield whole[heading:], partial(_texts_of, fiche)


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

    def unknown(self, words: str) -> list[str]:
        """Return the acronyms that are not explained among words in capitals that stand side by side."""
        known = self._read.get(words)
        if known is None:
            known = self._read[words] = self._find(words)
            if not known:
                self.explained.add(words)
        return known

    def met_in(self, text: str) -> Iterator[tuple[str, int]]:
        """Yield the acronyms that are not explained and where they begin; learn the names of persons on the way."""
        for words in _CAPITALS.finditer(text):
            for sigle in self.unknown(words[0]):
                if _PERSON(text[max(0, words.start() - _BEFORE) : words.start()]):
                    self._explained.add(sigle)
                    self._read.clear()
                else:
                    yield sigle, words.start()

    def _find(self, words: str) -> list[str]:
        apart = re.split("[ '’]", words)
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
    check=check,
)

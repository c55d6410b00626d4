"""Two fiches, or two promises, do not say the same in the same words."""

from collections.abc import Iterator
from itertools import chain

from msgspec import Struct

from protocole_cli.diagnostics import Severite
from protocole_cli.loading.loaded import Loaded
from protocole_cli.model.fiche import Engagement, engagement_id
from protocole_cli.position import Position
from protocole_cli.validation.rules.finding import Finding
from protocole_cli.validation.rules.regle import FICHE, Across, Exemple, Regle


class _Promise(Struct, frozen=True, array_like=True):
    """A promise: where it is in the file of its fiche, and a hash of its authors and words, 0 where it was left blank."""

    ligne: int
    colonne: int
    mots: int


class _Said(Struct, frozen=True, array_like=True):
    """What a fiche says that no other should: its title, a hash of its description, 0 where it has none, and its promises."""

    position: Position
    numero: int
    titre: str
    description: int
    promises: tuple[_Promise, ...]


def _gather(loaded: Loaded) -> list[_Said]:
    return [
        _Said(
            fiche.position,
            fiche.numero,
            fiche.titre.casefold(),
            _hash(fiche.description),
            tuple([_promise(engagement) for engagement in fiche.engagements]),
        )
        for fiche in loaded.protocole.fiches
    ]


def _promise(engagement: Engagement) -> _Promise:
    words = _hash(engagement.texte)
    return _Promise(
        engagement.position.ligne, engagement.position.colonne, hash((engagement.acteurs, words)) if words else 0
    )


def _judge(_loaded: Loaded, gathered: list[list[_Said]]) -> Iterator[Finding]:
    """Yield a finding for each fiche with the title or the description of one before, and for each promise made twice.

    A promise is the same where the same authors make it in the same words, whatever the fiche. The promises of a fiche
    that is a copy are not told one by one.
    """
    titles: dict[str, _Said] = {}
    descriptions: dict[int, _Said] = {}
    promises: dict[int, tuple[int, int]] = {}
    for fiche in chain.from_iterable(gathered):
        titled = titles.setdefault(fiche.titre, fiche)
        if titled is not fiche and titled.numero != fiche.numero:  # else both are told of by their number
            yield Finding(
                fiche.position,
                f"La fiche {fiche.numero} a le même titre que la fiche {titled.numero}.",
                "Donnez-lui le sien, ou réunissez les deux fiches.",
                ("titre",),
            )
        described = descriptions.setdefault(fiche.description, fiche) if fiche.description else fiche
        if described is not fiche:
            if described.numero != fiche.numero:
                yield Finding(
                    fiche.position,
                    f"La fiche {fiche.numero} a la même description que la fiche {described.numero}, mot pour mot.",
                    "Écrivez ce que celle-ci a de propre, ou réunissez les deux fiches.",
                    ("description",),
                )
            continue
        for rank, promise in enumerate(fiche.promises, 1):
            this = fiche.numero, rank
            first = promises.setdefault(promise.mots, this)
            if first != this and promise.mots:
                yield Finding(
                    Position(fiche.position.fichier, promise.ligne, promise.colonne),
                    f"L’engagement {engagement_id(*this)} reprend mot pour mot l’engagement {engagement_id(*first)}, des mêmes auteurs.",
                    "Dites en quoi ils diffèrent (lieu, année, montant…), ou n’en gardez qu’un.",
                    ("texte",),
                )


def _hash(text: str) -> int:
    """Return what stands for a text however its lines are broken: the same for the same words, 0 for no word."""
    return hash(text.encode().translate(None, b" \n"))


REGLE = Regle(
    nom="mots-en-double",
    severite=Severite.AVERTISSEMENT,
    demande="Deux fiches, ou deux engagements des mêmes auteurs, ne disent pas la même chose dans les mêmes mots.",
    raison="C’est d’ordinaire la trace d’une copie que l’on n’a pas fini d’adapter. Deux promesses identiques ne "
    "se distinguent pas non plus dans un bilan.",
    juste=Exemple(
        FICHE,
        """
        titre: Aider à reprendre une entreprise
        """,
    ),
    fautif=Exemple(
        FICHE,
        """
        titre: Accompagner les parents
        """,
    ),
    across=Across(list[_Said], _gather, _judge),
)

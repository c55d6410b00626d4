"""Two fiches, articles or ranks never bear the same number."""

from collections.abc import Iterable, Iterator
from itertools import chain

from protocole_cli.diagnostics import Severite
from protocole_cli.loading.loaded import Loaded
from protocole_cli.position import Position
from protocole_cli.validation.rules.finding import Finding
from protocole_cli.validation.rules.regle import Across, Exemple, Regle

Numbered = tuple[Position, int]
"""Where something stands, and its number."""


def check(loaded: Loaded) -> Iterator[Finding]:
    """Yield a finding for each article, section or rank whose number another one has; both are named."""
    protocole = loaded.protocole
    yield from _shared(((a.position, a.numero) for a in protocole.corps.articles), "L’article")
    for article in protocole.corps.articles:
        numbered = ((s.position, s.numero) for s in article.sections if s.numero is not None)
        yield from _shared(numbered, "La section")
    yield from _shared(((p.liste.position, p.liste.rang) for p in protocole.parties), "Le rang de liste", "rang")
    signing = ((p.signature.position, p.signature.rang) for p in protocole.parties)
    yield from _shared(signing, "Le rang de signature", "rang")


def _numbers(loaded: Loaded) -> list[Numbered]:
    """Return where each fiche is, and its number."""
    return [(fiche.position, fiche.numero) for fiche in loaded.protocole.fiches]


def _of_fiches(_loaded: Loaded, gathered: list[list[Numbered]]) -> Iterator[Finding]:
    """Yield a finding for each fiche whose number another one has."""
    return _shared(chain.from_iterable(gathered), "La fiche")


def _shared(entries: Iterable[Numbered], what: str, key: str = "numero") -> Iterator[Finding]:
    seen: dict[int, list[Position]] = {}
    for position, numero in entries:
        seen.setdefault(numero, []).append(position)
    for numero, same in seen.items():
        for position in same if len(same) > 1 else ():
            where = ", ".join(f"{other.fichier}:{other.ligne}" for other in same if other is not position)
            yield Finding(
                position,
                f"{what} {numero} existe aussi ici : {where}.",
                "Donnez à l’une des deux le premier numéro libre.",
                (key,),
            )


REGLE = Regle(
    nom="numero-en-double",
    severite=Severite.ERREUR,
    demande="Un numéro ne désigne qu’une fiche, qu’un article, qu’un rang.",
    raison="Deux fiches du même numéro viennent souvent de deux personnes qui ont ajouté chacune la leur. Le "
    "document, lui, ne peut citer qu’une « fiche 3 ».",
    juste=Exemple(
        "data/protocole.yaml",
        """
        articles:
          - {numero: 1, titre: Objet}
          - {numero: 2, titre: Gouvernance}
        """,
    ),
    fautif=Exemple(
        "data/protocole.yaml",
        """
        articles:
          - {numero: 1, titre: Objet}
          - {numero: 1, titre: Gouvernance}
        """,
    ),
    check=check,
    across=Across(list[Numbered], _numbers, _of_fiches),
)

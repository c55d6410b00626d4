"""Numbers run from 1 without a gap."""

from collections.abc import Iterator, Mapping

from protocole_cli.diagnostics import Severite
from protocole_cli.loading.layout import base_file, fiche_file
from protocole_cli.loading.loaded import Loaded
from protocole_cli.model.entree import Entree
from protocole_cli.position import Position
from protocole_cli.validation.rules.finding import Finding
from protocole_cli.validation.rules.regle import Exemple, Regle


def check(loaded: Loaded) -> Iterator[Finding]:
    """Yield a finding for each number that is missing between 1 and the greatest."""
    protocole = loaded.protocole
    files = loaded.fichiers_fiches
    fiches = {n for f in files for n in (f.numero_du_nom, f.numero) if n is not None}
    # A number that name and content disagree on is said elsewhere; it makes no gap before it.
    last = max((f.numero_du_nom for f in files if f.numero in (None, f.numero_du_nom)), default=0)
    for numero in _missing({n for n in fiches if n <= last}):
        yield Finding(
            Position(fiche_file(numero)),
            f"La fiche {numero} manque : les fiches se suivent de 1 à {last}.",
            f"Ajoutez le fichier {fiche_file(numero)}, ou renumérotez les fiches suivantes.",
        )
    if base_file("protocole") not in loaded.fautifs:
        yield from _gaps(
            {a.numero: (a, "numero") for a in protocole.corps.articles}, "L’article {} manque avant celui-ci."
        )
    if base_file("parties") not in loaded.fautifs:
        sentence = "Le rang {} n’est donné à aucune partie."
        yield from _gaps({p.liste.rang: (p.liste, "rang") for p in protocole.parties}, sentence)
        yield from _gaps({p.signature.rang: (p.signature, "rang") for p in protocole.parties}, sentence)


def _gaps(numbered: Mapping[int, tuple[Entree, str]], sentence: str) -> Iterator[Finding]:
    """Yield a finding for each missing number, at the entry that follows the gap."""
    for numero in _missing(set(numbered)):
        entree, key = numbered[min(n for n in numbered if n > numero)]
        yield Finding(entree.position, sentence.format(numero), "Ajoutez-le, ou renumérotez.", (key,))


def _missing(numbers: set[int]) -> list[int]:
    """Return the numbers missing from 1 on, those of a gap wider than a hundred left out."""
    missing: list[int] = []
    previous = 0
    for numero in sorted(numbers):
        missing += range(previous + 1, min(numero, previous + 101))
        previous = numero
    return missing


REGLE = Regle(
    nom="numeros-continus",
    severite=Severite.ERREUR,
    demande="Les numéros se suivent à partir de 1.",
    raison="Un numéro sauté fait croire au lecteur qu’une fiche ou un article manque au document, ou signale "
    "qu’il y manque vraiment.",
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
          - {numero: 3, titre: Gouvernance}
        """,
    ),
    check=check,
)

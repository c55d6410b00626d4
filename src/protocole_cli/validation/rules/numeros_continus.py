"""Numbers run from 1 without a gap."""

from collections.abc import Iterator

from protocole_cli.diagnostics import Severite
from protocole_cli.loading.repository import Loaded, fiche_file
from protocole_cli.position import Position
from protocole_cli.validation.rules.finding import Finding

NOM = "numeros-continus"
SEVERITE = Severite.ERREUR


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
    articles = {a.numero: a for a in protocole.corps.articles}
    for numero in _missing(set(articles)):
        after = articles[min(n for n in articles if n > numero)]
        yield Finding(
            after.position, f"L’article {numero} manque avant celui-ci.", "Ajoutez-le, ou renumérotez.", ("numero",)
        )
    for ranks, what in (
        ({p.liste.rang: p.liste for p in protocole.parties}, "de liste"),
        ({p.signature.rang: p.signature for p in protocole.parties}, "de signature"),
    ):
        for rang in _missing(set(ranks)):
            after_rank = ranks[min(n for n in ranks if n > rang)]
            yield Finding(
                after_rank.position,
                f"Le rang {what} {rang} n’est donné à aucune partie.",
                f"Les rangs se suivent de 1 à {len(ranks)}, une partie par rang.",
                ("rang",),
            )


def _missing(numbers: set[int]) -> list[int]:
    """Return the numbers missing from 1 on, those of a gap wider than a hundred left out."""
    missing: list[int] = []
    previous = 0
    for numero in sorted(numbers):
        missing += range(previous + 1, min(numero, previous + 101))
        previous = numero
    return missing

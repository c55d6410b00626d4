"""A date is a day that exists."""

from collections.abc import Iterator
from datetime import date

from protocole_cli.diagnostics import Severite
from protocole_cli.loading.loaded import Loaded
from protocole_cli.model.entree import Entree
from protocole_cli.position import Route
from protocole_cli.validation.rules.finding import Finding
from protocole_cli.validation.rules.regle import Exemple, Regle


def check(loaded: Loaded) -> Iterator[Finding]:
    """Yield a finding for each whole date that is on no calendar."""
    for entree, route, jour in _dates(loaded):
        if len(jour) == len("2019-03-15") and not _exists(jour):
            yield Finding(
                entree.position,
                f"Le {jour} n’existe dans aucun calendrier.",
                "Vérifiez le jour et le mois : une date s’écrit année-mois-jour.",
                route,
            )


def _dates(loaded: Loaded) -> Iterator[tuple[Entree, Route, str]]:
    for visa in loaded.protocole.corps.visas:
        for rank, jour in enumerate(visa.dates):
            yield visa, ("dates", rank), jour
    for partie in loaded.protocole.parties:
        if partie.habilitation:
            yield partie.habilitation, ("date",), partie.habilitation.date
    for admis in loaded.avertissements_admis:
        yield admis, ("date",), admis.date


def _exists(jour: str) -> bool:
    try:
        date.fromisoformat(jour)
    except ValueError:
        return False
    return True


REGLE = Regle(
    nom="date-impossible",
    severite=Severite.ERREUR,
    demande="Une date est celle d’un jour qui existe.",
    raison="Un 31 février est une faute de frappe : le document citerait une loi ou une délibération d’un jour qui n’a pas eu lieu.",
    juste=Exemple(
        "data/protocole.yaml",
        """
        visas:
          - texte: Vu la loi du 21 février 2014 de programmation pour la ville,
            dates: [2014-02-21]
        """,
    ),
    fautif=Exemple(
        "data/protocole.yaml",
        """
        visas:
          - texte: Vu la loi du 21 février 2014 de programmation pour la ville,
            dates: [2014-02-31]
        """,
    ),
    check=check,
)

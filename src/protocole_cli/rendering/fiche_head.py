"""The four lines that come before a fiche."""

from protocole_cli.language import count, enumeration, opening
from protocole_cli.loading.git import Version
from protocole_cli.model.fiche import Fiche, NatureResultat
from protocole_cli.queries.fiche_summary import FicheSummary, Promise, summarise
from protocole_cli.queries.names import Directory
from protocole_cli.rendering.french_dates import date_longue

PROMISE_LENGTH = 60
_NATURES: dict[NatureResultat, tuple[str, str]] = {
    "cible": ("chiffré", "chiffrés"),
    "indicateur": ("dénombrable", "dénombrables"),
    "tendance": ("tendance", "tendances"),
    "qualitatif": ("qualitatif", "qualitatifs"),
}


def fiche_head(fiche: Fiche, version: Version, names: Directory) -> tuple[str, str, str, str]:
    """Return title and version; porteurs and calendar; who promises what; the expected results."""
    summary = summarise(fiche)
    return (
        f"Fiche {fiche.numero} – {fiche.titre} ({dated(version)})",
        f"{_porteurs(summary, names)} ; {_calendar(summary)}",
        _promises(summary, names),
        _results(summary),
    )


def dated(version: Version) -> str:
    """Return « version du 1er mars 2026, modifiée depuis »."""
    date = "version non datée" if version.instant is None else f"version du {date_longue(version.instant)}"
    return f"{date}{', modifiée depuis' if version.modifiee else ''}"


def _porteurs(summary: FicheSummary, names: Directory) -> str:
    if not summary.porteurs:
        return "Porteur non dit par le texte"
    return f"Portée par {enumeration(names.acteurs_courts(summary.porteurs))}"


def _calendar(summary: FicheSummary) -> str:
    return f"{summary.bornes[0]}-{summary.bornes[1]}" if summary.bornes else "années non dites par le texte"


def _promises(summary: FicheSummary, names: Directory) -> str:
    if not summary.promises:
        return "Aucun engagement"
    said = " ; ".join(_promise(promise, names) for promise in summary.promises)
    return f"{count(len(summary.promises), 'engagement', 'engagements')} : {said}"


def _promise(promise: Promise, names: Directory) -> str:
    who = enumeration(names.acteurs_courts(promise.acteurs)) or "sans auteur nommé"
    return f"{who} ({opening(promise.texte, PROMISE_LENGTH) or 'resté en blanc'})"


def _results(summary: FicheSummary) -> str:
    if not summary.total:
        return "Aucun résultat attendu"
    natures = ", ".join(count(number, *_NATURES[nature]) for nature, number in summary.resultats.items())
    cibles = summary.resultats.get("cible", 0)
    targets = count(cibles, "cible", "cibles") if cibles else "aucune cible"
    return f"Résultats attendus : {count(summary.total, 'indicateur', 'indicateurs')}, {targets} ({natures})"

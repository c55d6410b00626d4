"""The formats of the answer to « what results are expected »: functions from values to text; printing is elsewhere.

The one table `FORMATS` gives both the choices of `--format` and what each does.
"""

from msgspec import Struct

from protocole_cli.language import count, enumeration
from protocole_cli.model.fiche import NatureResultat
from protocole_cli.queries.results import ExpectedResult, by_nature
from protocole_cli.rendering.citing import cite, place_json
from protocole_cli.rendering.neutral import json_text, visible
from protocole_cli.rendering.tables import Table, colonnes, table_formats
from protocole_cli.rendering.wrapping import item, unwrapped, wrap

_NATURES: dict[NatureResultat, tuple[str, str, str]] = {
    "cible": ("Cibles chiffrées", "cible chiffrée", "cibles chiffrées"),
    "indicateur": (
        "Indicateurs dénombrables, sans cible",
        "indicateur dénombrable sans cible",
        "indicateurs dénombrables sans cible",
    ),
    "tendance": ("Tendances", "tendance", "tendances"),
    "qualitatif": ("Résultats qualitatifs", "résultat qualitatif", "résultats qualitatifs"),
}
"""How each nature is said as a heading, of one result and of several."""


class ResultsView(Struct, frozen=True):
    """The results found, of how many fiches that were read, and whether only those without a target were wanted."""

    trouves: tuple[ExpectedResult, ...]
    fiches_lues: int
    sans_cible: bool = False


def texte(view: ResultsView, width: int) -> str:
    """Return how many results there are of each nature, then each under its nature, with its place."""
    parts = ["\n".join(wrap(_sentence(view), width))]
    for nature, fiches in by_nature(view.trouves).items():
        counts = ", ".join(f"fiche {fiche} ({number})" for fiche, number in fiches.items())
        lines = wrap(f"{_NATURES[nature][0]} : {sum(fiches.values())} – {counts}", width)
        lines += [line for r in view.trouves if r.nature == nature for line in _entry(r, width)]
        parts.append("\n".join(lines))
    return visible("\n\n".join(parts) + "\n")


def _sentence(view: ResultsView) -> str:
    read = count(view.fiches_lues, "fiche lue", "fiches lues")
    without = " sans cible chiffrée" if view.sans_cible else ""
    if not view.trouves:
        return f"Aucun résultat attendu{without} ({read})."
    natures = by_nature(view.trouves)
    said = [count(sum(fiches.values()), *_NATURES[nature][1:]) for nature, fiches in natures.items()]
    none = "" if "cible" in natures or view.sans_cible else " ; aucune cible chiffrée"
    total = count(len(view.trouves), "résultat attendu", "résultats attendus")
    return f"{total}{without} : {enumeration(said)}{none} ({read})."


def _entry(result: ExpectedResult, width: int) -> list[str]:
    details = []
    if result.cible:
        details.append(f"cible : {result.cible.valeur:g} {result.cible.unite}".rstrip().replace(".", ","))
    if result.echeance:
        details.append(f"échéance : {result.echeance}")
    if result.action and not result.precise:
        details.append(f"répond à l’action {result.action}")
    place = f"Fiche {result.fiche}, résultats ({cite(result.position)})"
    return item(f"  {result.id}  ", [result.texte.strip(), " ; ".join([place, *details])], width)


def json(view: ResultsView, _width: int) -> str:
    """Return a JSON list, an object a result or detail."""
    return json_text(
        [
            {
                "id": r.id,
                "fiche": r.fiche,
                "texte": unwrapped(r.texte),
                "nature": r.nature,
                "action": r.action,
                "echeance": r.echeance,
                **place_json(r.position),
            }
            for r in view.trouves
        ]
    )


_COLONNES = colonnes(
    {
        "id": "N°",
        "fiche": "Fiche",
        "texte": "Résultat attendu",
        "nature": "Nature",
        "action": "Action",
        "echeance": "Échéance",
        "fichier": "Fichier",
        "ligne": "Ligne",
    }
)


def table(view: ResultsView) -> Table:
    """Return a row a result or detail."""
    return Table(
        _COLONNES,
        tuple(
            (
                r.id,
                str(r.fiche),
                unwrapped(r.texte),
                r.nature,
                str(r.action or ""),
                str(r.echeance or ""),
                r.position.fichier,
                str(r.position.ligne),
            )
            for r in view.trouves
        ),
    )


FORMATS = table_formats(texte, json, table)

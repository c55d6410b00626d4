"""The formats of the answers on neighbourhoods, all of them and a single one: functions from values to text.

The tables `FORMATS` and `FORMATS_UN` give both the choices of `--format` and what each does.
"""

from typing import Any

from msgspec import Struct

from protocole_cli.language import count, enumeration, ranges
from protocole_cli.model.fiche import Fiche, NatureQuartier
from protocole_cli.model.territoire import Commune, Quartier
from protocole_cli.position import Position
from protocole_cli.queries.places import Moyen, QuartierReach, ReachingFiche, Way
from protocole_cli.rendering.citing import cite, place_json
from protocole_cli.rendering.neutral import json_text, visible
from protocole_cli.rendering.tables import Table, colonnes, table_formats, table_text
from protocole_cli.rendering.wrapping import item, unwrapped, wrap

_NATURES: dict[NatureQuartier, tuple[str, str, str]] = {
    "qpv": ("QPV", "quartier prioritaire", "quartiers prioritaires"),
    "qva": ("QVA", "quartier de veille active", "quartiers de veille active"),
}
"""How each nature is said for short, of one neighbourhood and of several."""


class QuartiersView(Struct, frozen=True):
    """The neighbourhoods found, the commune that they were wanted of, if any, and all communes by identifier."""

    trouves: tuple[QuartierReach, ...]
    communes: dict[str, Commune]
    commune: Commune | None = None

    def nom_commune(self, quartier: Quartier) -> str:
        """Return the name of the commune of a neighbourhood."""
        known = self.communes.get(quartier.commune)
        return known.nom if known else quartier.commune


# All of them


def texte(view: QuartiersView, width: int) -> str:
    """Return how many there are of each nature, then each with its commune and the fiches that reach it."""
    sentence = "\n".join(wrap(_sentence(view), width))
    if not view.trouves:
        return visible(f"{sentence}\n")
    return visible(f"{sentence}\n\n{table_text(_short_table(view), width)}")


def _sentence(view: QuartiersView) -> str:
    where = f"{view.commune.nom} : " if view.commune else ""
    if not view.trouves:
        outside = view.commune is not None and not view.commune.contrat_de_ville
        why = " Cette commune n’est pas du contrat de ville." if outside else ""
        return f"{where}{'aucun' if where else 'Aucun'} quartier prioritaire ni de veille active.{why}"
    natures = [r.quartier.nature for r in view.trouves]
    said = [
        f"{count(natures.count(nature), one, several)} ({short})"
        for nature, (short, one, several) in _NATURES.items()
        if nature in natures
    ]
    whole = "" if len(natures) == 1 else f"{len(natures)} quartiers, dont "
    return f"{where}{whole}{enumeration(said)}."


def _short_table(view: QuartiersView) -> Table:
    return Table(
        colonnes({"nom": "Quartier", "nature": "Nature", "commune": "Commune", "fiches": "Fiches", "lieu": "Où"}),
        tuple(
            (
                r.quartier.nom,
                _NATURES[r.quartier.nature][0],
                view.nom_commune(r.quartier),
                ranges(r.numeros),
                cite(r.quartier.position),
            )
            for r in view.trouves
        ),
    )


def json(view: QuartiersView, _width: int) -> str:
    """Return a JSON list, an object a neighbourhood."""
    return json_text(
        [
            {
                **_quartier_json(view, r.quartier),
                "fiches": list(r.numeros),
                "fiches_indeterminees": [fiche.numero for fiche in r.indeterminees],
                **place_json(r.quartier.position),
            }
            for r in view.trouves
        ]
    )


def _quartier_json(view: QuartiersView, quartier: Quartier) -> dict[str, object]:
    return {
        "id": quartier.id,
        "nom": quartier.nom,
        "nature": quartier.nature,
        "commune": {"id": quartier.commune, "nom": view.nom_commune(quartier)},
        "code_qp": quartier.code_qp,
    }


def table(view: QuartiersView) -> Table:
    """Return a row a neighbourhood."""
    return Table(
        colonnes(
            {
                "id": "Identifiant",
                "nom": "Quartier",
                "nature": "Nature",
                "commune": "Commune",
                "code_qp": "Code",
                "fiches": "Fiches",
                "fiches_indeterminees": "Fiches indéterminées",
                "fichier": "Fichier",
                "ligne": "Ligne",
            }
        ),
        tuple(
            (
                r.quartier.id,
                r.quartier.nom,
                _NATURES[r.quartier.nature][0],
                view.nom_commune(r.quartier),
                r.quartier.code_qp,
                " ".join(map(str, r.numeros)),
                " ".join(str(fiche.numero) for fiche in r.indeterminees),
                r.quartier.position.fichier,
                str(r.quartier.position.ligne),
            )
            for r in view.trouves
        ),
    )


FORMATS = table_formats(texte, json, table)


# A single one


def texte_un(view: QuartiersView, width: int) -> str:
    """Return what a neighbourhood is, the fiches that reach it and through what, and those that do not."""
    (found,) = view.trouves
    quartier = found.quartier
    code = f", {quartier.code_qp}" if quartier.code_qp else ""
    short, one, _ = _NATURES[quartier.nature]
    head = f"{quartier.nom} – {one} ({short}{code}), {view.nom_commune(quartier)} ({cite(quartier.position)})"
    parts = ["\n".join(wrap(head, width))]
    reached = (
        count(len(found.oui), "fiche l’atteint", "fiches l’atteignent") if found.oui else "Aucune fiche ne l’atteint"
    )
    parts.append("\n".join([f"{reached}.", *(line for r in found.oui for line in _reaching(view, quartier, r, width))]))
    for fiches, one_such, several in (
        (found.non, "fiche ne l’atteint pas", "fiches ne l’atteignent pas"),
        (found.indeterminees, "fiche ne dit pas ses lieux", "fiches ne disent pas leurs lieux"),
    ):
        if fiches:
            lines = [line for fiche in fiches for line in _fiche(fiche, [], width)]
            parts.append("\n".join([f"{count(len(fiches), one_such, several)}.", *lines]))
    return visible("\n\n".join(parts) + "\n")


def _reaching(view: QuartiersView, quartier: Quartier, reaching: ReachingFiche, width: int) -> list[str]:
    ways = [_way(view, quartier, way) for way in reaching.ways]
    return _fiche(reaching.fiche, [f"Par {enumeration(ways, 'puis')}."], width)


def _way(view: QuartiersView, quartier: Quartier, way: Way) -> str:
    said: dict[Moyen, str] = {
        "nature": f"les {_NATURES[quartier.nature][2]}",
        "quartier": "son nom",
        "commune": f"sa commune, {view.nom_commune(quartier)}",
        "toutes-communes": "toutes les communes",
    }
    return f"{said[way.moyen]} ({way.phase})" if way.phase else said[way.moyen]


def _fiche(fiche: Fiche, ways: list[str], width: int) -> list[str]:
    words = " ".join(fiche.echelle.texte.split()) if fiche.echelle else ""
    scale = f"Échelle : « {words} »" if words else "Échelle non dite"
    lines = [f"{fiche.numero} – {fiche.titre}", *ways, f"{scale} ({cite(_scale_position(fiche))})"]
    return item("  Fiche ", lines, width)


def _scale_position(fiche: Fiche) -> Position:
    return fiche.echelle.position if fiche.echelle else fiche.position


def json_un(view: QuartiersView, _width: int) -> str:
    """Return one JSON object: the neighbourhood, and every fiche with whether and how it reaches it."""
    (found,) = view.trouves
    return json_text(
        {
            **_quartier_json(view, found.quartier),
            "fiches": [_reach_json(*row) for row in _rows(found)],
            **place_json(found.quartier.position),
        }
    )


def _rows(found: QuartierReach) -> list[tuple[Fiche, str, tuple[Way, ...]]]:
    rows: list[tuple[Fiche, str, tuple[Way, ...]]] = [(r.fiche, "oui", r.ways) for r in found.oui]
    rows += [(fiche, "non", ()) for fiche in found.non]
    rows += [(fiche, "indetermine", ()) for fiche in found.indeterminees]
    return sorted(rows, key=lambda row: row[0].numero)


def _reach_json(fiche: Fiche, correspondance: str, ways: tuple[Way, ...]) -> dict[str, Any]:
    return {
        "numero": fiche.numero,
        "titre": fiche.titre,
        "correspondance": correspondance,
        "moyens": [{"moyen": way.moyen, "phase": way.phase} for way in ways],
        "echelle": unwrapped(fiche.echelle.texte) if fiche.echelle else "",
        **place_json(_scale_position(fiche)),
    }


def table_un(view: QuartiersView) -> Table:
    """Return a row a fiche."""
    (found,) = view.trouves
    return Table(
        colonnes(
            {
                "numero": "Fiche",
                "titre": "Titre",
                "correspondance": "Atteint",
                "moyens": "Par",
                "echelle": "Échelle",
                "fichier": "Fichier",
                "ligne": "Ligne",
            }
        ),
        tuple(
            (
                str(fiche.numero),
                fiche.titre,
                correspondance,
                " ; ".join(_way(view, found.quartier, way) for way in ways),
                unwrapped(fiche.echelle.texte) if fiche.echelle else "",
                _scale_position(fiche).fichier,
                str(_scale_position(fiche).ligne),
            )
            for fiche, correspondance, ways in _rows(found)
        ),
    )


FORMATS_UN = table_formats(texte_un, json_un, table_un)

"""The formats of the list of actors: functions from values to text; printing is elsewhere.

The one table `FORMATS` gives both the choices of `--format` and what each does.
"""

from collections.abc import Iterable

from protocole_cli.language import count, enumeration
from protocole_cli.queries.acteurs import Resume
from protocole_cli.rendering.citing import cite, full_name, place_json
from protocole_cli.rendering.neutral import json_text, visible
from protocole_cli.rendering.tables import Colonne, Table, table_formats
from protocole_cli.rendering.wrapping import item, wrap

Acteurs = tuple[Resume, ...]


def texte(acteurs: Acteurs, width: int) -> str:
    """Return the actors by kind: the parties, the collectives, the services, the others; what each does, and its place."""
    groups = {
        "partie au protocole|parties au protocole": [r for r in acteurs if r.partie],
        "collectif|collectifs": [r for r in acteurs if not r.partie and r.acteur.collectif],
        "service d’un autre acteur|services d’un autre acteur": [
            r for r in acteurs if not (r.partie or r.acteur.collectif) and r.acteur.releve_de
        ],
        "autre acteur|autres acteurs": [
            r for r in acteurs if not (r.partie or r.acteur.collectif or r.acteur.releve_de)
        ],
    }
    if not acteurs:
        return "Aucun acteur : data/acteurs.yaml n’en contient pas.\n"
    total = f"{count(len(acteurs), 'acteur', 'acteurs')} ; ce que chacun fait à son nom."
    parts = ["\n".join(wrap(total, width))]
    for nouns, found in groups.items():
        if found:
            parts.append("\n".join([count(len(found), *nouns.split("|")), *_lines(found, width)]))
    return visible("\n\n".join(parts) + "\n")


def _lines(found: Iterable[Resume], width: int) -> list[str]:
    return [
        line
        for resume in found
        for line in item("  ", [full_name(resume.acteur), f"  {_does(resume)} ({cite(resume.acteur.position)})"], width)
    ]


def _does(resume: Resume) -> str:
    said = []
    if resume.porteur:
        said.append(f"porte {_fiches(resume.porteur, 'la fiche', 'les fiches')}")
    if resume.partenaire:
        said.append(f"partenaire {_fiches(resume.partenaire, 'de la fiche', 'des fiches')}")
    if resume.engagements:
        said.append(f"{count(len(resume.engagements), 'engagement', 'engagements')} ({', '.join(resume.engagements)})")
    if resume.vides:
        said.append(
            f"{count(len(resume.vides), 'engagement resté', 'engagements restés')} en blanc ({', '.join(resume.vides)})"
        )
    return " ; ".join(said) or "dans aucune fiche à son nom"


def _fiches(numeros: tuple[int, ...], one: str, several: str) -> str:
    return f"{one if len(numeros) == 1 else several} {enumeration([str(n) for n in numeros])}"


def json(acteurs: Acteurs, _width: int) -> str:
    """Return a JSON list, an object an actor."""
    return json_text(
        [
            {
                "id": r.acteur.id,
                "nom": r.acteur.nom,
                "sigle": r.acteur.sigle,
                "alias": r.acteur.alias,
                "nature": r.acteur.nature,
                "partie": r.partie,
                "releve_de": r.acteur.releve_de or None,
                "membres": r.acteur.membres,
                "porteur": r.porteur,
                "partenaire": r.partenaire,
                "engagements": r.engagements,
                "vides": r.vides,
                **place_json(r.acteur.position),
            }
            for r in acteurs
        ]
    )


_COLONNES = tuple(
    Colonne(cle, titre)
    for cle, titre in {
        "id": "Identifiant",
        "nom": "Nom",
        "sigle": "Sigle",
        "nature": "Nature",
        "partie": "Partie",
        "releve_de": "Relève de",
        "membres": "Membres",
        "porteur": "Porte",
        "partenaire": "Partenaire de",
        "engagements": "Engagements",
        "vides": "Restés en blanc",
        "fichier": "Fichier",
        "ligne": "Ligne",
    }.items()
)


def table(acteurs: Acteurs) -> Table:
    """Return a row an actor; several values in a cell are separated by « ; »."""
    return Table(
        _COLONNES,
        tuple(
            (
                r.acteur.id,
                r.acteur.nom,
                r.acteur.sigle,
                r.acteur.nature or "",
                "oui" if r.partie else "non",
                r.acteur.releve_de,
                " ; ".join(r.acteur.membres),
                " ; ".join(map(str, r.porteur)),
                " ; ".join(map(str, r.partenaire)),
                " ; ".join(r.engagements),
                " ; ".join(r.vides),
                r.acteur.position.fichier,
                str(r.acteur.position.ligne),
            )
            for r in acteurs
        ),
    )


FORMATS = table_formats(texte, json, table)

"""The formats of the answer to « who signs »: functions from values to text; printing is elsewhere.

The one table `FORMATS` gives both the choices of `--format` and what each does.
"""

from protocole_cli.language import count, enumeration
from protocole_cli.queries.list_and_page import Sujet
from protocole_cli.queries.signatories import Ordre, Promesse, Signatories, Signatory
from protocole_cli.rendering.citing import cite
from protocole_cli.rendering.neutral import json_text, visible
from protocole_cli.rendering.tables import Table, colonnes, table_formats
from protocole_cli.rendering.wrapping import item, wrap

_PROMESSES: dict[Promesse, tuple[str, str]] = {
    "nomme": ("Engagement à son nom", "Engagements à son nom"),
    "collectif": ("Engagement par un collectif seulement", "Engagements par un collectif seulement"),
    "vide": ("Engagement à son nom, resté en blanc", "Engagements à son nom, restés en blanc"),
    "aucun": ("Aucun engagement", "Aucun engagement"),
}
_ORDRES: dict[Ordre, str] = {
    "signature": "Dans l’ordre de la page de signature",
    "liste": "Dans l’ordre de la liste des parties",
}

_SUJETS: dict[Sujet, str] = {"partie": "partie", "qualite": "qualité", "nom": "nom"}


def texte(found: Signatories, width: int) -> str:
    """Return how many sign, who signs for several parties, each in the words of the order asked for, what differs in the other."""
    parts = ["\n".join(wrap(_sentence(found), width))]
    if found.trouves:
        lines = [f"{_ORDRES[found.ordre]} :"]
        lines += [line for signatory in found.trouves for line in _signatory(signatory, found.ordre, width)]
        parts.append("\n".join(lines))
    ecarts = [line for signatory in found.trouves for line in _ecarts(signatory, width)]
    if ecarts and not found.sans_engagement:
        parts.append("\n".join(["Écarts entre la liste et la page de signature :", *ecarts]))
    return visible("\n\n".join(parts) + "\n")


def _sentence(found: Signatories) -> str:
    if not found.total:
        return "Aucun signataire : data/parties.yaml ne décrit aucune partie."
    said = f"{count(found.total, 'signature', 'signatures')}, {count(found.personnes, 'personne', 'personnes')}"
    for nom, acteurs in found.plusieurs_fois:
        said += f" ; {nom} signe pour {enumeration([acteur.nom for acteur in acteurs])}"
    if not found.sans_engagement:
        return f"{said}."
    if not found.trouves:
        return f"Chaque signataire a un engagement rédigé à son nom ({said})."
    one, several = "signataire sans engagement rédigé à son nom", "signataires sans engagement rédigé à leur nom"
    return f"{count(len(found.trouves), one, several)}, sur {found.total} ({said})."


def _signatory(signatory: Signatory, ordre: Ordre, width: int) -> list[str]:
    partie = signatory.partie
    position = partie.liste.position if ordre == "liste" else partie.signature.position
    said = " ".join(_words(signatory, ordre).split())
    ids = [found.id for found in signatory.engagements]
    promise = _PROMESSES[signatory.promesse][len(ids) > 1]
    lines = [said, f"{promise} : {', '.join(ids)}" if ids else promise, f"({cite(position)})"]
    return item(f"{signatory.rang:>3}  ", lines, width)


def _ecarts(signatory: Signatory, width: int) -> list[str]:
    if not signatory.ecarts:
        return []
    said = [f"{_SUJETS[e.sujet]} « {e.liste} » dans la liste, « {e.signature} » sur la page" for e in signatory.ecarts]
    place = cite(signatory.partie.liste.position)
    return wrap(f"{signatory.acteur.nom} : {' ; '.join(said)} ({place})", width, "  - ", "    ")


def _words(signatory: Signatory, ordre: Ordre) -> str:
    partie = signatory.partie
    if ordre == "liste":
        return partie.liste.texte
    return f"{partie.signature.pour} {partie.signature.qualite} {partie.signature.nom}"


def json(found: Signatories, _width: int) -> str:
    """Return a JSON list, an object a signatory."""
    return json_text(
        [
            {
                "rang": s.rang,
                "acteur": {"id": s.acteur.id, "nom": s.acteur.nom},
                "pour": s.partie.signature.pour,
                "qualite": s.partie.signature.qualite,
                "nom": s.partie.signature.nom,
                "engagement": s.promesse,
            }
            for s in found.trouves
        ]
    )


def table(found: Signatories) -> Table:
    """Return a row a signatory."""
    titles = {
        "rang": "Rang",
        "acteur": "Partie",
        "pour": "Pour",
        "qualite": "Qualité",
        "nom": "Nom",
        "engagement": "Engagement",
        "fichier": "Fichier",
        "ligne": "Ligne",
    }
    rows = tuple(
        (
            str(s.rang),
            s.acteur.nom,
            s.partie.signature.pour,
            s.partie.signature.qualite,
            s.partie.signature.nom,
            s.promesse,
            s.partie.signature.position.fichier,
            str(s.partie.signature.position.ligne),
        )
        for s in found.trouves
    )
    return Table(colonnes(titles), rows)


FORMATS = table_formats(texte, json, table)

"""The formats of the answer to « who promises what »: functions from values to text; printing is elsewhere.

The one table `FORMATS` gives both the choices of `--format` and what each does.
"""

from itertools import groupby

from protocole_cli.language import count, enumeration
from protocole_cli.queries.engagements import Engagements, EngagementTrouve, Filtres
from protocole_cli.queries.reach import Voie
from protocole_cli.rendering.citing import cite, full_name, named_json, names, place_json, through
from protocole_cli.rendering.neutral import json_text, visible
from protocole_cli.rendering.tables import Table, colonnes, table_formats, table_markdown
from protocole_cli.rendering.wrapping import item, unwrapped, wrap

_VOIES: dict[Voie, tuple[str, str]] = {
    "nom": ("à son nom", "À son nom"),
    "service": ("par un service qui en relève", "Par un service qui en relève"),
    "collectif": ("par un collectif", "Par un collectif dont cet acteur est membre"),
}
"""How each way is said in a sentence, and as a heading."""
_ATTRIBUTIONS: dict[str, str] = {"nommee": "nommée"}
"""What people read, where it is not what programs read."""


def texte(answer: Engagements, width: int) -> str:
    """Return what was found in a sentence, then each promise with its authors and its place."""
    parts = ["\n".join(wrap(_sentence(answer), width))]
    if answer.filtres.acteur:
        for voie, (_, heading) in _VOIES.items():
            kept = [found for found in answer.trouves if found.atteinte and found.atteinte.voie == voie]
            if kept:
                parts += [heading, *_by_fiche(kept, answer.filtres, width)]
    else:
        parts += _by_fiche(answer.trouves, answer.filtres, width)
    return visible("\n\n".join(parts) + "\n")


def _by_fiche(
    found: "tuple[EngagementTrouve, ...] | list[EngagementTrouve]", filtres: Filtres, width: int
) -> list[str]:
    parts = []
    for (numero, titre), entries in groupby(found, key=lambda e: (e.fiche, e.titre_fiche)):
        lines = [line for entry in entries for line in _entry(entry, filtres, width)]
        parts.append("\n".join([*wrap(f"Fiche {numero} – {titre}", width), *lines]))
    return parts


def _entry(found: EngagementTrouve, filtres: Filtres, width: int) -> list[str]:
    who = names(found.acteurs) or "sans auteur nommé"
    paragraphs = [f"{who} : {found.engagement.texte.strip() or 'resté en blanc'}"]
    if by := through(found.atteinte, found.acteurs):
        paragraphs.append(f"{by[0].upper()}{by[1:]}")
    if filtres.hors_parties:
        paragraphs += [f"{acteur.nom_court} : {acteur.note}" for acteur in found.acteurs if acteur.note]
    paragraphs.append(f"Fiche {found.fiche}, engagements, entrée {found.rang} ({cite(found.position)})")
    return item(f"  {found.id}  ", paragraphs, width)


def _sentence(answer: Engagements) -> str:
    number, filtres = len(answer.trouves), answer.filtres
    read = count(answer.total, "engagement lu", "engagements lus")
    conditions = _conditions(filtres, several=number > 1)
    unread = (
        "" if number or not filtres.montants else " Seul « montant » est lu, et non les sommes dites dans le texte."
    )
    if filtres.acteur and not number:
        return (
            f"{full_name(filtres.acteur)} : aucun engagement{conditions}, ni à son nom, ni par un collectif "
            f"dont le texte le dit membre ({read}).{unread}"
        )
    if filtres.acteur:
        return f"{full_name(filtres.acteur)} : {_by_way(answer)}{conditions} ({read})."
    if conditions:
        return f"{count(number, 'engagement', 'engagements') if number else 'Aucun engagement'}{conditions} ({read}).{unread}"
    return _overview(answer)


def _by_way(answer: Engagements) -> str:
    said: list[str] = []
    for voie, (words, _) in _VOIES.items():
        number = sum(1 for found in answer.trouves if found.atteinte and found.atteinte.voie == voie)
        if number:
            said.append(f"{number if said else count(number, 'engagement', 'engagements')} {words}")
    return enumeration(said)


def _conditions(filtres: Filtres, *, several: bool) -> str:
    wanted = (
        (filtres.sans_acteur, "sans auteur nommé", "sans auteur nommé"),
        (filtres.vides, "resté en blanc", "restés en blanc"),
        (filtres.hors_parties, "d’un auteur qui n’est pas partie", "d’auteurs qui ne sont pas parties"),
        (filtres.montants, "avec un montant", "avec un montant"),
    )
    said = [many if several else one for asked, one, many in wanted if asked]
    return f" {enumeration(said)}" if said else ""


def _overview(answer: Engagements) -> str:
    if not answer.trouves:
        return "Aucun engagement : les fiches lues n’en contiennent pas."
    without = sum(1 for found in answer.trouves if not found.acteurs)
    blank = sum(1 for found in answer.trouves if found.acteurs and found.vide)
    written = len(answer.trouves) - without - blank
    said = [count(written, "attribué et rédigé", "attribués et rédigés")]
    if blank:
        said.append(count(blank, "attribué et resté en blanc", "attribués et restés en blanc"))
    if without:
        said.append(f"{without} sans auteur nommé")
    return f"{count(len(answer.trouves), 'engagement', 'engagements')} : {enumeration(said)}."


def json(answer: Engagements, _width: int) -> str:
    """Return a JSON list, an object a promise."""
    return json_text(
        [
            {
                "id": found.id,
                "fiche": found.fiche,
                "acteurs": named_json(found.acteurs),
                "attribution": found.attribution,
                "texte": unwrapped(found.engagement.texte),
                **place_json(found.position),
            }
            for found in answer.trouves
        ]
    )


_COLONNES = colonnes(
    {
        "id": "N°",
        "fiche": "Fiche",
        "acteurs": "Acteurs",
        "attribution": "Attribution",
        "texte": "Engagement",
        "fichier": "Fichier",
        "ligne": "Ligne",
    }
)


def table(answer: Engagements) -> Table:
    """Return a row a promise, its attribution in the word of the JSON."""
    return _table(answer, {})


def markdown(answer: Engagements, _width: int) -> str:
    """Return the same as a Markdown table, its attribution in the word that people read."""
    return table_markdown(_table(answer, _ATTRIBUTIONS))


def _table(answer: Engagements, attributions: dict[str, str]) -> Table:
    return Table(
        _COLONNES,
        tuple(
            (
                found.id,
                str(found.fiche),
                " ; ".join(acteur.nom for acteur in found.acteurs),
                attributions.get(found.attribution, found.attribution),
                unwrapped(found.engagement.texte),
                found.position.fichier,
                str(found.position.ligne),
            )
            for found in answer.trouves
        ),
    )


FORMATS = table_formats(texte, json, table) | {"md": markdown}

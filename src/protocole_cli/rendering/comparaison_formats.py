"""The formats of what changed between two versions: functions from values to text; printing is elsewhere.

The one table `FORMATS` gives both the choices of `--format` and what each does.
"""

from datetime import UTC, datetime
from typing import Any

from msgspec import Struct

from protocole_cli.language import count, enumeration
from protocole_cli.loading.git import Revision
from protocole_cli.rendering.change_words import (
    MOST_PASSAGES,
    WHOLE,
    Names,
    excerpts,
    happened,
    is_shown_apart,
    own_words,
    place,
    value,
)
from protocole_cli.rendering.citing import cite, place_json
from protocole_cli.rendering.french_dates import date_longue
from protocole_cli.rendering.neutral import json_text, visible
from protocole_cli.rendering.tables import Table, colonnes, table_formats
from protocole_cli.rendering.wrapping import item, wrap
from protocole_cli.versions.comparison import Champ, Changement, Comparison
from protocole_cli.versions.fingerprints import ABSENT

_OF_THE_LAYOUT = frozenset({"colonne", "et_avant", "forme", "rangee"})
"""The facts that move words of the document, or give them another form."""


class Comparaison(Struct, frozen=True):
    """What changed from a version to another, the files themselves where `apres` is `None`, and the names of it all.

    `signee` tells that the earlier one is the last that was signed, `gabarits` that the templates of the repository, which may
    say something too, are not the same.
    """

    avant: Revision
    apres: Revision | None
    signee: bool
    gabarits: bool
    trouvee: Comparison
    names: Names


def texte(found: Comparaison, width: int) -> str:
    """Return how much changed, whether the signed text did, then each change with its words before and after."""
    parts = ["\n".join(wrap(_sentence(found), width))]
    parts += ["\n".join(_lines(change, found, width)) for change in found.trouvee.changements]
    return visible("\n\n".join(parts) + "\n")


def _sentence(found: Comparaison) -> str:
    changes, missing = found.trouvee.changements, found.trouvee.non_compares
    since = f"depuis {_version(found.avant, signed=found.signee)}"
    until = f" jusqu’à {_version(found.apres, signed=False)}" if found.apres else ""
    if changes:
        said = f"{count(len(changes), 'changement', 'changements')} {since}{until}. {_of_the_text(found)}"
    else:
        said = f"{'Dans ce qui a pu être comparé, rien' if missing else 'Rien'} n’a changé {since}{until}."
    if missing:
        said += f" Non comparé : {enumeration(missing)}."
    if found.gabarits:
        said += " Les gabarits (templates/) ont changé aussi : le document peut ne plus dire la même chose."
    return said


def _of_the_text(found: Comparaison) -> str:
    changes = found.trouvee.changements
    where = "Dans ce qui a pu être comparé, le texte" if found.trouvee.non_compares else "Le texte"
    if found.trouvee.texte_change:
        return f"{where} que signent les parties a changé."
    laid_out = {champ.cles[-1] for change in changes for champ in change.champs if champ.cles}
    if laid_out & _OF_THE_LAYOUT:
        return f"{where} que signent les parties a les mêmes mots, mais sa disposition change."
    return f"{where} que signent les parties est le même : seuls ont changé des faits notés à côté."


def _version(revision: Revision, *, signed: bool) -> str:
    what = "la version signée" if signed else "la version"
    return f"{what} « {revision.nom} » ({revision.commit[:10]}, commit du {date_longue(revision.instant)})"


def _lines(change: Changement, found: Comparaison, width: int) -> list[str]:
    beside = " (à côté du texte signé)" if change.fait else ""
    where = f"dans la version « {found.avant.nom} », " if change.nature == "retrait" and not change.champs else ""
    said = f"{place(change, found.names)} : {happened(change, found.names)}{beside} ({where}{cite(change.position)})"
    lines = wrap(said, width)
    if words := " ".join(own_words(change).split()):
        lines += item("  ", [f"« {words} »"], width)
    for champ in change.champs:
        if is_shown_apart(champ):
            lines += _excerpts(champ, width)
    return lines


def _excerpts(champ: Champ, width: int) -> list[str]:
    passages = excerpts(champ.avant or "", champ.apres or "")
    lines: list[str] = []
    for avant, apres in passages[:MOST_PASSAGES]:
        lines += item("  avant : ", [avant], width) if avant else []
        lines += item("  après : ", [apres], width) if apres else []
    if len(passages) > MOST_PASSAGES:
        more = len(passages) - MOST_PASSAGES
        lines.append(f"  et {count(more, 'autre passage', 'autres passages')} de ce texte")
    return lines


def json(found: Comparaison, _width: int) -> str:
    """Return a JSON object: the two versions, whether the signed text changed, and the changes."""
    return json_text(
        {
            "avant": _revision_json(found.avant),
            "apres": _revision_json(found.apres) if found.apres else None,
            "signee": found.signee,
            "texte_change": None if found.trouvee.non_compares else found.trouvee.texte_change,
            "gabarits_changes": found.gabarits,
            "non_compares": list(found.trouvee.non_compares),
            "changements": [
                {
                    "lieu": place(change, found.names),
                    "fiche": change.route[1] if change.route[0] == "fiches" else None,
                    "nature": change.nature,
                    "dans_le_texte": not change.fait,
                    "mots": own_words(change),
                    "champs": [
                        {
                            "cle": ".".join(champ.cles),
                            "avant": None if champ.avant in ABSENT else champ.avant,
                            "apres": None if champ.apres in ABSENT else champ.apres,
                            "dans_le_texte": not champ.fait,
                        }
                        for champ in change.champs
                    ],
                    **place_json(change.position),
                }
                for change in found.trouvee.changements
            ],
        }
    )


def _revision_json(revision: Revision) -> dict[str, str]:
    day = datetime.fromtimestamp(revision.instant, UTC).date()
    return {"nom": revision.nom, "commit": revision.commit, "date": day.isoformat()}


_COLONNES = colonnes(
    {
        "lieu": "Lieu",
        "nature": "Nature",
        "champ": "Champ",
        "avant": "Avant",
        "apres": "Après",
        "dans_le_texte": "Dans le texte signé",
        "fichier": "Fichier",
        "ligne": "Ligne",
    }
)


def table(found: Comparaison) -> Table:
    """Return a row a value that changed, one for an entry that came, went or moved as a whole, with its words."""
    rows: list[tuple[str, ...]] = []
    for change in found.trouvee.changements:
        where = (place(change, found.names), WHOLE[change.nature])
        file = (change.position.fichier, str(change.position.ligne))
        words = " ".join(own_words(change).split())
        if not change.champs:
            before = words if change.nature in ("retrait", "deplacement") else ""
            after = words if change.nature in ("ajout", "deplacement") else ""
            rows.append((*where, "", before, after, "non" if change.fait else "oui", *file))
        for champ in change.champs:
            label = ", ".join(map(found.names.key, champ.cles))
            values = (_cell(champ, given, found.names) for given in (champ.avant, champ.apres))
            rows.append((*where, label, *values, "non" if champ.fait else "oui", *file))
    return Table(_COLONNES, tuple(rows))


def _cell(champ: Champ, given: Any, names: Names) -> str:
    said = value(champ, given, names)
    return " ".join(said[2:-2].split()) if isinstance(given, str) and given else said


FORMATS = table_formats(texte, json, table)

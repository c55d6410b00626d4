"""The formats of what changed between two versions: functions from values to text; printing is elsewhere.

The one table `FORMATS` gives both the choices of `--format` and what each does.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from protocole_cli.language import count, enumeration
from protocole_cli.loading.git import Revision
from protocole_cli.model.fiche import Engagement
from protocole_cli.model.protocole import Protocole
from protocole_cli.queries.texts import RUBRIQUES
from protocole_cli.rendering.citing import cite, place_json, quote
from protocole_cli.rendering.french_dates import date_longue
from protocole_cli.rendering.neutral import json_text, visible
from protocole_cli.rendering.tables import Table, colonnes, table_formats
from protocole_cli.rendering.wrapping import item, wrap
from protocole_cli.versions.comparison import Champ, Changement, Comparison, Nature

LONG = 60
"""A longer text is shown under the line that names it."""
AROUND = 6
"""So many words are shown on each side of what changed in a text."""
_ABSENT: tuple[object, ...] = (None, "", ())
_WHOLE: dict[Nature, str] = {"ajout": "ajout", "retrait": "retrait", "deplacement": "déplacement"}
_OF_A_TEXT: dict[Nature, str] = {"ajout": "texte ajouté", "retrait": "texte retiré", "modification": "texte modifié"}
_NOUNS = {
    "visas": "visa",
    "articles": "article",
    "sections": "partie",
    "fiches": "fiche",
    "engagements": "engagement",
    "resultats": "résultat",
    "details": "détail",
    "acteurs": "organisme",
    "parties": "partie",
    "communes": "commune",
    "quartiers": "quartier",
    "sigles": "sigle",
    "colonnes": "colonne",
    "instances": "instance",
    "groupes": "groupe",
    "missions": "mission",
    "reunions": "réunion",
    "composition": "siège",
    "phases": "phase",
    "autres_rubriques": "rubrique",
    "rubriques": "libellé de la rubrique",
}
"""What one entry of a list is called, by the key of the list."""
_RUBRIQUES: Mapping[str, str] = {str(key): nom for key, nom in RUBRIQUES.items()}
_OPENINGS = frozenset({"corps", "gouvernance"})
"""The keys that say nothing to people: where the files stand."""


class Comparaison(Struct, frozen=True):
    """What changed from a version to another, the files themselves where `apres` is `None`.

    `signee` tells that the earlier one is the last that was signed. `titres` are what people call each key, and `noms` what they call what an identifier of a list names.
    """

    avant: Revision
    apres: Revision | None
    signee: bool
    trouvee: Comparison
    titres: Mapping[str, str]
    noms: Mapping[tuple[str, str], str]


def texte(found: Comparaison, width: int) -> str:
    """Return how much changed, whether the signed text did, then each change with its words before and after."""
    parts = ["\n".join(wrap(_sentence(found), width))]
    parts += ["\n".join(_lines(change, found, width)) for change in found.trouvee.changements]
    return visible("\n\n".join(parts) + "\n")


def _sentence(found: Comparaison) -> str:
    since = f"depuis {_version(found.avant, signed=found.signee)}"
    until = f" jusqu’à {_version(found.apres, signed=False)}" if found.apres else ""
    if not found.trouvee.changements:
        return f"Rien n’a changé {since}{until}."
    changed = f"{count(len(found.trouvee.changements), 'changement', 'changements')} {since}{until}."
    if found.trouvee.texte_change:
        return f"{changed} Le texte que signent les parties a changé."
    return f"{changed} Le texte que signent les parties est le même : seuls ont changé des faits notés à côté."


def _version(revision: Revision, *, signed: bool) -> str:
    what = "la version signée" if signed else "la version"
    return f"{what} « {revision.nom} » ({revision.commit[:10]}, {date_longue(revision.instant)})"


def _lines(change: Changement, found: Comparaison, width: int) -> list[str]:
    beside = " (à côté du texte signé)" if change.fait else ""
    lines = wrap(f"{_place(change, found)} : {_said(change, found)}{beside} ({cite(change.position)})", width)
    if change.nature in ("ajout", "retrait") and not change.champs:
        lines += item("  ", [quote(_own_words(change.apres or change.avant))], width)
    for champ in change.champs:
        if _is_shown_apart(champ):
            avant, apres = excerpts(champ.avant or "", champ.apres or "")
            lines += item("  avant : ", [avant], width) if avant else []
            lines += item("  après : ", [apres], width) if apres else []
    return lines


def _own_words(entry: object) -> str:
    """Return the words by which one recognises an entry that came or went."""
    names = ("titre", "nom", "intitule", "texte", "developpe", "libelle", "acteur", "phase")
    return " ".join(value for name in names if isinstance(value := getattr(entry, name, None), str) and value)


def _place(change: Changement, found: Comparaison) -> str:
    said = ", ".join(_steps(change, found))
    return f"{said[:1].upper()}{said[1:]}"


def _steps(change: Changement, found: Comparaison) -> Iterator[str]:
    """Yield what each step of the way to a change is called."""
    route = change.route
    rank = 0
    while rank < len(route):
        key = str(route[rank])
        entry = route[rank + 1] if rank + 1 < len(route) else None
        if key in _OPENINGS:
            rank += 1
        elif key == "sections" and isinstance(entry, int):
            yield f"§ {entry}"
            rank += 2
        elif key in _NOUNS and entry is not None and key != "rubriques":
            yield f"{_NOUNS[key]} {_called(key, entry, change, rank, found)}"
            rank += 2
        elif key == "rubriques" and entry is not None:
            yield f"{_NOUNS[key]} « {found.titres.get(str(entry), str(entry))} »"
            rank += 2
        else:
            yield _RUBRIQUES.get(key) or _title(key, found)
            rank += 1


def _called(key: str, entry: str | int, change: Changement, rank: int, found: Comparaison) -> str:
    """Return what an entry is called: by its name, by the number that people know it by, or by its rank."""
    numero = change.route[1] if change.route[0] == "fiches" else 0
    if key == "engagements":
        authors = [found.noms.get(("acteurs", a), a) for a in _authors(change.apres) or _authors(change.avant)]
        return f"F{numero}-{entry}{f' ({enumeration(authors)})' if authors else ''}"
    if key == "resultats":
        return f"R{numero}-{entry}"
    if key == "details":
        return f"R{numero}-{change.route[rank - 1]}.{entry}"
    if isinstance(entry, int):
        return str(entry)
    return f"« {found.noms.get((key, entry), entry)} »"


def _authors(entry: object) -> tuple[str, ...]:
    return entry.acteurs if isinstance(entry, Engagement) else ()


def _said(change: Changement, found: Comparaison) -> str:
    """Return what happened to an entry, value by value."""
    if not change.champs:
        return _WHOLE[change.nature]
    return " ; ".join(_of_value(champ, found) for champ in change.champs)


def _of_value(champ: Champ, found: Comparaison) -> str:
    keys = champ.cles[:-1] if _is_text(champ) else champ.cles
    label = ", ".join(_title(key, found) for key in keys)
    return f"{label} : {_what_became(champ, found)}" if label else _what_became(champ, found)


def _what_became(champ: Champ, found: Comparaison) -> str:
    if _is_shown_apart(champ):
        return _OF_A_TEXT[_nature(champ)]
    before, after = _value(champ, champ.avant, found), _value(champ, champ.apres, found)
    if before and after:
        return f"{before} devient {after}"
    return f"{after} (n’était pas dit)" if after else f"{before} (n’est plus dit)"


def _nature(champ: Champ) -> Nature:
    if champ.avant in _ABSENT:
        return "ajout"
    return "retrait" if champ.apres in _ABSENT else "modification"


def _is_text(champ: Champ) -> bool:
    """Tell whether a value is the words of its entry, which need no other name."""
    return champ.cles[-1:] == ("texte",)


def _is_shown_apart(champ: Champ) -> bool:
    """Tell whether a value is a text that one reads under the line that names it: a long one, or words that came or went."""
    texts = [value for value in (champ.avant, champ.apres) if isinstance(value, str) and value]
    came_or_went = len(texts) == 1 and (_is_text(champ) or not champ.cles)
    return came_or_went or any(len(text) > LONG or "\n" in text.strip("\n") for text in texts)


def _title(key: str, found: Comparaison) -> str:
    title = found.titres.get(key, key.replace("_", " "))
    return f"{title[:1].lower()}{title[1:]}"


def _value(champ: Champ, value: Any, found: Comparaison) -> str:
    """Return a value as people write it, empty where it is absent."""
    if value in _ABSENT:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, tuple):
        return enumeration([_name(champ, one, found) for one in value])
    if isinstance(value, str):
        return f"« {_name(champ, value, found)} »"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _name(champ: Champ, value: Any, found: Comparaison) -> str:
    key = champ.cles[-1] if champ.cles else ""
    kinds = {"acteur": "acteurs", "membres": "acteurs", "releve_de": "acteurs", "commune": "communes"}
    return found.noms.get((kinds.get(key, key), str(value)), str(value))


def excerpts(avant: str, apres: str) -> tuple[str, str]:
    """Return what differs of two texts, each with a few of the words around, which are the same; empty for no text."""
    before, after = avant.split(), apres.split()
    same = next(
        (n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), min(len(before), len(after))
    )
    rest = min(len(before), len(after)) - same
    ends = zip(reversed(before), reversed(after), strict=False)
    same_end = min(rest, next((n for n, (a, b) in enumerate(ends) if a != b), rest))
    return _excerpt(before, same, same_end), _excerpt(after, same, same_end)


def _excerpt(said: list[str], same: int, same_end: int) -> str:
    start, end = max(0, same - AROUND), min(len(said), len(said) - same_end + AROUND)
    if not said:
        return ""
    return f"« {'… ' if start else ''}{' '.join(said[start:end])}{' …' if end < len(said) else ''} »"


def json(found: Comparaison, _width: int) -> str:
    """Return a JSON object: the two versions, whether the signed text changed, and the changes."""
    return json_text(
        {
            "avant": _revision_json(found.avant),
            "apres": _revision_json(found.apres) if found.apres else None,
            "signee": found.signee,
            "texte_change": found.trouvee.texte_change,
            "changements": [
                {
                    "lieu": _place(change, found),
                    "fiche": change.route[1] if change.route[0] == "fiches" else None,
                    "nature": change.nature,
                    "dans_le_texte": not change.fait,
                    "champs": [
                        {
                            "cle": ".".join(champ.cles),
                            "avant": None if champ.avant in _ABSENT else champ.avant,
                            "apres": None if champ.apres in _ABSENT else champ.apres,
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
    return {"nom": revision.nom, "commit": revision.commit, "date": date_iso(revision.instant)}


def date_iso(instant: int) -> str:
    """Return the day of an instant, in UTC, as ISO 8601 writes it."""
    from datetime import UTC, datetime

    return datetime.fromtimestamp(instant, UTC).date().isoformat()


def table(found: Comparaison) -> Table:
    """Return a row a value that changed, one for an entry that came, went or moved as a whole."""
    titles = {
        "lieu": "Lieu",
        "nature": "Nature",
        "champ": "Champ",
        "avant": "Avant",
        "apres": "Après",
        "dans_le_texte": "Dans le texte signé",
        "fichier": "Fichier",
        "ligne": "Ligne",
    }
    rows = [
        (
            _place(change, found),
            _NATURES[change.nature],
            ".".join(champ.cles) if champ else "",
            _cell(champ, champ.avant, found) if champ else "",
            _cell(champ, champ.apres, found) if champ else "",
            "non" if (champ.fait if champ else change.fait) else "oui",
            change.position.fichier,
            str(change.position.ligne),
        )
        for change in found.trouvee.changements
        for champ in (change.champs or (None,))
    ]
    return Table(colonnes(titles), tuple(rows))


_NATURES: dict[Nature, str] = {**_WHOLE, "modification": "modification"}


def _cell(champ: Champ, value: Any, found: Comparaison) -> str:
    return " ".join(value.split()) if isinstance(value, str) else _value(champ, value, found)


FORMATS = table_formats(texte, json, table)


def names(*protocoles: Protocole) -> dict[tuple[str, str], str]:
    """Return what people call what an identifier of a list names, the later protocole deciding."""
    found: dict[tuple[str, str], str] = {}
    for protocole in protocoles:
        found |= {("acteurs", a.id): a.nom_court for a in protocole.acteurs}
        found |= {("parties", a.id): a.nom_court for a in protocole.acteurs}
        found |= {("communes", c.id): c.nom for c in protocole.communes}
        found |= {("quartiers", q.id): q.nom for q in protocole.quartiers}
        found |= {("colonnes", c.id): c.nom for c in protocole.gouvernance.colonnes}
        found |= {("instances", i.id): i.nom for i in protocole.gouvernance.instances}
        found |= {("groupes", g.id): g.nom for i in protocole.gouvernance.instances for g in i.groupes}
        found |= {("phases", p.id): p.nom for f in protocole.fiches for p in f.phases}
    return found

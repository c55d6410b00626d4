"""The formats of the glossary: functions from values to text; printing is elsewhere.

The one table `FORMATS` gives both the choices of `--format` and what each does.
"""

from protocole_cli.language import count
from protocole_cli.model.protocole import Sigle
from protocole_cli.rendering.citing import cite, place_json
from protocole_cli.rendering.neutral import json_text, visible
from protocole_cli.rendering.tables import Table, colonnes, table_formats
from protocole_cli.rendering.wrapping import item, wrap

Sigles = tuple[Sigle, ...]


def texte(sigles: Sigles, width: int) -> str:
    """Return each acronym with what it stands for; of a single one also where that is known from."""
    if len(sigles) == 1:
        return visible("\n".join(_whole(sigles[0], width)) + "\n")
    if not sigles:
        return "Le glossaire (data/sigles.yaml) est vide.\n"
    margin = max(len(sigle.sigle) for sigle in sigles) + 2
    lines = [line for s in sigles for line in item(s.sigle.ljust(margin), _said(s), width)]
    sentence = f"{count(len(sigles), 'sigle', 'sigles')}, ceux dont le développement est certain."
    return visible("\n".join([*wrap(sentence, width), "", *lines]) + "\n")


def _said(sigle: Sigle) -> list[str]:
    return [sigle.developpe, sigle.note] if sigle.note else [sigle.developpe]


def _whole(sigle: Sigle, width: int) -> list[str]:
    lines = wrap(f"{sigle.sigle} : {sigle.developpe}", width)
    if sigle.note:
        lines += wrap(sigle.note, width, "  ")
    source = f"Source : {sigle.source} " if sigle.source else ""
    return lines + wrap(f"{source}({cite(sigle.position)})", width, "  ")


def json(sigles: Sigles, _width: int) -> str:
    """Return a JSON list, an object an acronym."""
    return json_text(
        [
            {
                "sigle": s.sigle,
                "developpe": s.developpe,
                "source": s.source,
                "note": s.note,
                **place_json(s.position),
            }
            for s in sigles
        ]
    )


_COLONNES = colonnes(
    {
        "sigle": "Sigle",
        "developpe": "Développement",
        "source": "Source",
        "note": "Note",
        "fichier": "Fichier",
        "ligne": "Ligne",
    }
)


def table(sigles: Sigles) -> Table:
    """Return a row an acronym."""
    return Table(
        _COLONNES,
        tuple((s.sigle, s.developpe, s.source, s.note, s.position.fichier, str(s.position.ligne)) for s in sigles),
    )


FORMATS = table_formats(texte, json, table)

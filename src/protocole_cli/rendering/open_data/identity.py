"""What tells a protocole, and a version of it, from all others: rows of several can then stand in one table."""

from datetime import UTC, datetime

from protocole_cli.language import words
from protocole_cli.loading.git import Version
from protocole_cli.model.protocole import Protocole
from protocole_cli.rendering.open_data.columns import Column, Source
from protocole_cli.versions.fingerprints import empreinte_donnees, empreinte_texte

KEY = (
    Column("protocole", "L’identifiant du protocole : son territoire et sa période."),
    Column("version", "La version de ses données : « v » et le début de leur empreinte."),
    Column(
        "projet", "true pour un projet, qui n’est pas à signer et dont les données peuvent être fautives.", "boolean"
    ),
)
"""The columns that every table begins with."""
ABOUT = (
    Column("titre", "Le titre du protocole.", requis=False),
    Column("sous_titre", "Son sous-titre.", requis=False),
    Column("territoire", "Le territoire.", requis=False),
    Column("debut", "La première année du protocole.", "integer", requis=False),
    Column("fin", "La dernière année du protocole.", "integer", requis=False),
    Column("commit", "L’enregistrement de git dont viennent les données, vide sans git.", requis=False),
    Column("date", "Le jour de cet enregistrement, en temps universel.", "date", requis=False),
    Column("modifiee", "true quand les fichiers diffèrent de cet enregistrement.", "boolean"),
    Column("empreinte_texte", "L’empreinte SHA-256 des mots que signent les parties."),
    Column("empreinte_donnees", "L’empreinte SHA-256 des mots et des faits."),
)
"""What is said beside of a protocole as a whole."""
IDENTITY = (*KEY, *ABOUT)
"""All that identifies a protocole at a version."""
_PREFIX = 12
"""So many digits of a fingerprint tell the versions of one protocole apart."""


def source(protocole: Protocole, version: Version, *, projet: bool) -> Source:
    """Return a protocole with what identifies it at a version."""
    corps, empreinte = protocole.corps, empreinte_donnees(protocole)
    return Source(
        protocole,
        {
            "protocole": identifier(protocole),
            # A letter first: digits alone, or with one « e » among them, are a number to spreadsheets and databases.
            "version": f"v{empreinte[:_PREFIX]}",
            "projet": projet,
            "titre": corps.titre or None,
            "sous_titre": corps.sous_titre or None,
            "territoire": corps.territoire or None,
            "debut": corps.periode.debut if corps.periode else None,
            "fin": corps.periode.fin if corps.periode else None,
            "commit": version.commit or None,
            "date": None
            if version.instant is None
            else datetime.fromtimestamp(version.instant, UTC).date().isoformat(),
            "modifiee": version.modifiee,
            "empreinte_texte": empreinte_texte(protocole),
            "empreinte_donnees": empreinte,
        },
    )


def identifier(protocole: Protocole) -> str:
    """Return the territory and the years of a protocole in small ASCII letters, digits and hyphens."""
    corps = protocole.corps
    years = f"{corps.periode.debut} {corps.periode.fin}" if corps.periode else ""
    named = words(f"{corps.territoire} {years}").encode("ascii", "ignore").decode()
    return "-".join(named.split()) or "protocole"

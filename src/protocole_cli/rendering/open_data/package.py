"""The tables as CSV files, and the Frictionless Data Package that describes them, datapackage.json."""

import hashlib
from collections.abc import Mapping
from typing import Any

from protocole_cli.rendering.neutral import json_text, visible
from protocole_cli.rendering.open_data.columns import Column, OpenTable, Source
from protocole_cli.rendering.open_data.identity import KEY
from protocole_cli.rendering.open_data.tables import TABLES
from protocole_cli.rendering.tables import csv_text

DESCRIPTOR = "datapackage.json"


def package_files(source: Source) -> dict[str, str]:
    """Return the files by name: a CSV file a table, and last the descriptor, which holds the fingerprint of each."""
    files = {f"{table.nom}.csv": table_text(table, source) for table in TABLES}
    return {**files, DESCRIPTOR: json_text(_descriptor(source, files))}


def table_text(table: OpenTable, source: Source) -> str:
    """Return one table as CSV, the columns that identify the protocole first."""
    key = [source.identite[column.nom] for column in KEY]
    names = [column.nom for column in table.colonnes]
    rows = ([*key, *(row[name] for name in names)] for row in table.rows(source))
    return csv_text([*(column.nom for column in KEY), *names], rows)


def _descriptor(source: Source, files: Mapping[str, str]) -> dict[str, Any]:
    about = source.identite
    heading = " ".join(str(about[name]) for name in ("titre", "sous_titre") if about[name])
    return {
        "name": about["protocole"],
        "title": visible(f"{'PROJET – ne pas signer : ' if about['projet'] else ''}{heading or about['protocole']}"),
        **{name: value for name, value in about.items() if name not in ("titre", "sous_titre") and value is not None},
        "resources": [_resource(table, files[f"{table.nom}.csv"].encode()) for table in TABLES],
    }


def _resource(table: OpenTable, content: bytes) -> dict[str, Any]:
    return {
        "name": table.nom,
        "path": f"{table.nom}.csv",
        "title": table.titre,
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": {
            "fields": [_field(column) for column in (*KEY, *table.colonnes)],
            **({"primaryKey": list(table.cle)} if table.cle else {}),
            "foreignKeys": [
                {
                    "fields": [reference.colonne],
                    # A table that refers to itself says so by an empty name.
                    "reference": {
                        "resource": "" if reference.table == table.nom else reference.table,
                        "fields": [reference.cle],
                    },
                }
                for reference in table.references
            ],
        },
    }


def _field(column: Column) -> dict[str, Any]:
    constraints = {
        **({"required": True} if column.requis else {}),
        **({"enum": list(column.valeurs)} if column.valeurs else {}),
    }
    return {
        "name": column.nom,
        "type": column.type,
        "description": column.description,
        **({"constraints": constraints} if constraints else {}),
    }

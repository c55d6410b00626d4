"""A fiche as JSON: the keys of the data, references with their names."""

from typing import Any

from protocole_cli.model.fiche import Fiche
from protocole_cli.queries.names import Directory
from protocole_cli.rendering.neutral import json_text
from protocole_cli.rendering.plain import plain


def fiche_json(fiche: Fiche, names: Directory, only: str = "") -> str:
    """Return one JSON object; with `only`, the number, the title and that key alone."""
    data = _named(plain(fiche), names)
    data["fichier"] = fiche.position.fichier
    if only:
        only = only if only in data else "autres_rubriques"
        data = {key: data[key] for key in ("numero", "titre", only, "fichier") if key in data}
    return json_text(data)


def _named(value: Any, names: Directory, key: str = "") -> Any:
    """Return plain data with each reference as `{"id", "nom"}`."""
    if isinstance(value, dict):
        kept = {k: _named(v, names, k) for k, v in value.items()}
        return {k: v for k, v in kept.items() if v != {} and not (k == "toutes_communes" and not v)}
    if isinstance(value, list):
        lookup = {"acteurs": names.acteur, "communes": names.commune, "quartiers": names.quartier}.get(key)
        if lookup:
            return [{"id": identifiant, "nom": lookup(identifiant)} for identifiant in value]
        return [_named(item, names) for item in value]
    return value

"""Schema errors put into French: what is wrong, where, and the way out; no word of JSON Schema."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from jsonschema import Draft202012Validator, ValidationError
from jsonschema.validators import extend
from msgspec import Struct

from protocole_cli.language import MOIS, enumeration, fold, nearest, opening, vouliez_vous_dire, words
from protocole_cli.loading.datafile import ShapeFault
from protocole_cli.loading.pasted import INSECABLES, between_quotes, instead_of_puce, kind_of_quotes, puce
from protocole_cli.position import Route

_TYPES = {
    "string": "un texte",
    "integer": "un nombre entier",
    "number": "un nombre",
    "boolean": "true ou false",
    "array": "une liste",
    "object": "des clés et leurs valeurs",
}


def explain(schema: dict[str, Any], data: Any) -> Iterable[ShapeFault]:
    """Yield a fault for each way in which the data departs from the schema, the true cause only."""
    for error in Validator(schema).iter_errors(data):
        yield from _faults(error)


def _pattern(_validator: Any, pattern: str, instance: Any, _schema: Any) -> Iterator[ValidationError]:
    """Hold a text against a pattern as JSON Schema means it: `$` is the end, not before a last line break."""
    if isinstance(instance, str) and not re.search(pattern.replace("$", r"\Z"), instance):
        yield ValidationError("pattern")


Validator: Any = extend(Draft202012Validator, {"pattern": _pattern})  # type: ignore[no-untyped-call]
"""jsonschema's validator, which gives the reasons."""


class Broken(Struct, frozen=True):
    """A requirement that some data breaks: which, what it wants, of what value, under which schema."""

    requirement: str
    wanted: Any
    instance: Any
    schema: dict[str, Any]
    message: str


def _faults(error: ValidationError) -> Iterator[ShapeFault]:
    under = error.schema if isinstance(error.schema, dict) else {}
    broken = Broken(str(error.validator), error.validator_value, error.instance, under, error.message)
    yield from _WORDINGS.get(broken.requirement, _other)(broken, tuple(error.absolute_path))


def _name(route: Route) -> str:
    """Name the value that a route leads to: « acteurs », « engagements », entrée 2."""
    keys = [step for step in route if isinstance(step, str)]
    if not keys:
        return "Le fichier"
    if isinstance(route[-1], int):
        return f"« {keys[-1]} », entrée {route[-1] + 1},"
    return f"« {keys[-1]} »"


def _unknown_keys(error: Broken, route: Route) -> Iterator[ShapeFault]:
    possible = list(error.schema.get("properties", {}))
    for key in error.instance:
        if key in possible:
            continue
        if odd := _pasted_key(key):
            yield ShapeFault((*route, key), "cle-inconnue", *odd, key=True)
            continue
        if _is_prose(key, possible):
            yield ShapeFault(
                (*route, key),
                "texte-devenu-cle",
                f"Le texte « {opening(key, 40)} » est suivi de « : » et d’une espace : YAML en fait une clé.",
                _aide_texte(key, error.instance[key], possible),
                key=True,
            )
            continue
        free = [p for p in possible if p not in error.instance]
        yield ShapeFault(
            (*route, key),
            "cle-inconnue",
            f"La clé « {opening(key, 40)} » n’existe pas ici.",
            vouliez_vous_dire(
                key.strip().replace(" ", "_"),
                possible,
                f"Les clés possibles ici sont : {enumeration(free or possible)}.",
            ),
            key=True,
        )


def _pasted_key(key: str) -> tuple[str, str] | None:
    """Return what to say of a key with a bullet before it, or a space about it that YAML takes for a letter."""
    if sign := puce(key):
        return instead_of_puce(sign)
    plain = key.strip(INSECABLES)
    if plain != key:
        return (
            f"La clé « {opening(plain, 40)} » touche une espace insécable, que YAML prend pour une lettre.",
            "Remplacez-la par une espace ordinaire, ou supprimez-la.",
        )
    return None


def _is_prose(key: str, possible: Iterable[str]) -> bool:
    """Tell words of the text that became a key from a key that is written in another way."""
    written = fold(key.strip()).replace(" ", "_").replace("-", "_")
    return (" " in key.strip() or key[:1].isupper()) and written not in possible


def _aide_texte(key: str, value: Any, possible: list[str]) -> str:
    whole = f"{key} : {value}" if isinstance(value, str) else f"{key} : …"
    inner = between_quotes(whole)
    field = next((name for name in ("texte", "nom", "titre") if name in possible), "")
    quotes = "guillemets droits" if inner else "guillemets"
    return f'Mettez tout le texte entre {quotes} : {field + ": " if field else ""}"{opening(inner or whole, 60)}".'


def _missing_keys(error: Broken, route: Route) -> Iterator[ShapeFault]:
    missing = [key for key in error.wanted if key not in error.instance]
    # jsonschema says one error a missing key, each with the same list: answer for the one it names.
    key = next((k for k in missing if error.message.startswith(repr(k))), missing[0])
    properties = error.schema.get("properties", {})
    strangers = [k for k in error.instance if k not in properties]
    if any(_is_prose(k, properties) or key in nearest(k, properties) for k in strangers):
        return  # the key is there, misspelt, or its words became keys: that is the cause, and said elsewhere
    title = properties.get(key, {}).get("title", key)
    where = f"de {_name(route)}" if route else "de ce fichier"
    meaning = f" ({title[:1].lower()}{title[1:]})" if fold(title) != fold(key) else ""
    yield ShapeFault(
        route,
        "cle-manquante",
        f"La clé « {key} » {where} manque.",
        f"Ajoutez-la : {key}: …{meaning}.",
    )


def _wrong_type(error: Broken, route: Route) -> Iterator[ShapeFault]:
    wanted, value = error.wanted, error.instance
    name = _name(route)
    if value is None:
        yield ShapeFault(route, "valeur-vide", f"{name} est vide.", _AIDE_VIDE)
    elif wanted == "string" and isinstance(value, dict) and len(value) == 1 and None not in value.values():
        key = next(iter(value))
        yield ShapeFault(
            route,
            "texte-devenu-cle",
            f"Le texte « {opening(key, 40)} » est suivi de « : » et d’une espace : YAML en fait une clé.",
            _aide_texte(key, value[key], []),
        )
    else:
        yield ShapeFault(
            route,
            "type-de-valeur",
            f"{name} attend {_TYPES[wanted]}, et non {_described(value)}.",
            _aide_type(error, route),
            cite=_cited(value) if wanted == "string" else "",
        )


_AIDE_VIDE = "Écrivez la valeur ; si rien n’oblige à la donner, vous pouvez aussi supprimer la ligne."


def _described(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return f"le nombre {value}"
    if isinstance(value, str):
        return f"le texte « {opening(value, 40)} »"
    return "une liste" if isinstance(value, list) else "des clés et leurs valeurs"


def _cited(value: Any) -> str:
    """Return how a number, or true or false, is cited; nothing for what is none."""
    if isinstance(value, (list, dict)):
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _wanted_keys(error: Broken) -> list[str]:
    """Return the keys to begin with: those that must be there, or the words."""
    return error.schema.get("required") or ["texte"]


def _aide_nombre(wanted: str, key: str, text: str) -> str:
    """Return how YAML wants a number that people wrote in their own way; nothing where there is no telling."""
    folded = [fold(month) for month in MOIS]
    if key == "mois" and fold(text.strip()) in folded:
        return f"Écrivez le numéro du mois : {folded.index(fold(text.strip())) + 1}."
    if len(text) <= _LONGEST_NUMBER and text.strip().isdecimal() and wanted == "integer":
        return f"Écrivez {key}: {int(text)}, sans guillemets ni zéro devant."
    plain = _NOT_DIGITS.sub("", between_quotes(text) or text).replace(",", ".")
    if len(plain) > _LONGEST_NUMBER or not _NUMBER.fullmatch(plain) or (wanted == "integer" and "." in plain):
        return ""
    return f"Écrivez {key}: {plain} (des chiffres seuls : ni espace, ni virgule, ni unité, ni guillemets)."


_NOT_DIGITS = re.compile(r"\s|€|\beuros?\b|%")
_NUMBER = re.compile(r"(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_LONGEST_NUMBER = 15


def _first_puce(value: Any) -> str:
    """Return the bullet with which a text, or the first key of a mapping, begins."""
    first = next(iter(value), "") if isinstance(value, dict) else value
    return puce(first) if isinstance(first, str) else ""


def _aide_type(error: Broken, route: Route) -> str:
    wanted, value = str(error.wanted), error.instance
    key = next((step for step in reversed(route) if isinstance(step, str)), "")
    if wanted == "string" and (shown := _cited(value)):
        return f'Pour en faire un texte, mettez-le entre guillemets : "{shown}".'
    if wanted in ("integer", "number") and isinstance(value, str) and (aide := _aide_nombre(wanted, key, value)):
        return aide
    if wanted == "array" and (sign := _first_puce(value)):
        return instead_of_puce(sign)[1]
    if wanted == "array":
        shown = opening(str(value), 40) if isinstance(value, (str, int)) else "…"
        return f"Écrivez {key}: [{shown}], ou une ligne « - … » par élément."
    if wanted == "object" and not route:
        return "Comparez avec un fichier voisin : chaque ligne y commence par une clé et « : »."
    if wanted == "object" and isinstance(route[-1], int):
        first = _wanted_keys(error)[0]
        shown = opening(str(value), 40) if isinstance(value, (str, int)) else "…"
        return f"Écrivez « - {first}: {shown} », puis les autres clés à la ligne, alignées sur « {first} »."
    if wanted == "object":
        wanted_keys = enumeration([f"« {k}: »" for k in _wanted_keys(error)])
        return f"Allez à la ligne, et écrivez sous la clé {wanted_keys}, en retrait de deux espaces."
    if wanted == "string":
        return "Écrivez un texte ; s’il contient « : », mettez-le entre guillemets."
    if wanted == "boolean":
        return "Écrivez true (oui) ou false (non)."
    return f"Écrivez {_TYPES[wanted]}."


def _not_in_list(error: Broken, route: Route) -> Iterator[ShapeFault]:
    possible = [str(v) for v in error.wanted]
    listed = enumeration([f"« {p} »" for p in possible], "ou")
    near = vouliez_vous_dire(str(error.instance), possible) if isinstance(error.instance, str) else ""
    yield ShapeFault(
        route,
        "valeur-inconnue",
        f"{_name(route)} n’admet pas {_described(error.instance)}.",
        f"{near} Les valeurs possibles sont {listed}.".strip(),
    )


def _not_the_constant(error: Broken, route: Route) -> Iterator[ShapeFault]:
    yield ShapeFault(
        route,
        "valeur-inconnue",
        f"{_name(route)} vaut {error.wanted}, et non {_described(error.instance).removeprefix('le nombre ')}.",
        f"Écrivez {error.wanted} ; si vos données sont d’un format plus récent, mettez le programme à jour.",
    )


def _wrong_pattern(error: Broken, route: Route) -> Iterator[ShapeFault]:
    value, pattern, name = error.instance, str(error.wanted), _name(route)
    if not value.strip():
        yield ShapeFault(route, "valeur-vide", f"{name} est vide.", _AIDE_VIDE)
    elif pattern.startswith("^[^\\n"):
        yield ShapeFault(
            route,
            "une-seule-ligne",
            f"{name} doit tenir sur une ligne.",
            "Réunissez les lignes, ou écrivez « >- » au lieu de « | ».",
        )
    else:
        inner = between_quotes(value)
        yield ShapeFault(
            route,
            "forme-de-valeur",
            f"{name} n’a pas la forme voulue : « {opening(value, 40)} ».",
            f"Pour YAML, {kind_of_quotes(value[0])} n’en sont pas : écrivez {opening(inner, 40)} sans guillemets."
            if inner
            else f"{_as_identifier(value, pattern)}{error.schema.get('description', '')}",
        )


def _as_identifier(value: str, pattern: str) -> str:
    """Return the suggestion of an identifier for a name that stands where one is wanted, and a space; nothing elsewhere."""
    meant = words(value).replace(" ", "-")
    return f"Écrivez par exemple {meant}. " if pattern.startswith("^[a-z0-9]+") and re.search(pattern, meant) else ""


def _too_small(error: Broken, route: Route) -> Iterator[ShapeFault]:
    yield ShapeFault(
        route,
        "valeur-hors-bornes",
        f"{_name(route)} vaut {error.instance}, ce qui est trop petit.",
        f"Le plus petit nombre possible est {error.wanted}.",
    )


def _too_large(error: Broken, route: Route) -> Iterator[ShapeFault]:
    yield ShapeFault(
        route,
        "valeur-hors-bornes",
        f"{_name(route)} vaut {error.instance}, ce qui est trop grand.",
        f"Le plus grand nombre possible est {error.wanted}.",
    )


def _too_long(error: Broken, route: Route) -> Iterator[ShapeFault]:
    yield ShapeFault(
        route,
        "valeur-hors-bornes",
        f"{_name(route)} est trop long : {len(error.instance)} caractères.",
        f"Raccourcissez-le à {error.wanted} caractères au plus.",
    )


def _repeated(error: Broken, route: Route) -> Iterator[ShapeFault]:
    seen: list[Any] = []
    for rank, value in enumerate(error.instance):
        if value in seen:
            yield ShapeFault(
                (*route, rank),
                "valeur-en-double",
                f"« {opening(str(value), 40)} » est déjà dans la liste.",
                "Supprimez cette répétition.",
            )
        seen.append(value)


def _empty_list(_error: Broken, route: Route) -> Iterator[ShapeFault]:
    yield ShapeFault(route, "valeur-vide", f"{_name(route)} est une liste vide.", "Ajoutez au moins un élément.")


def _other(error: Broken, route: Route) -> Iterator[ShapeFault]:
    yield ShapeFault(
        route, "forme-de-valeur", f"{_name(route)} n’a pas la forme voulue.", str(error.schema.get("description", ""))
    )


_WORDINGS = {
    "additionalProperties": _unknown_keys,
    "required": _missing_keys,
    "type": _wrong_type,
    "enum": _not_in_list,
    "const": _not_the_constant,
    "pattern": _wrong_pattern,
    "minimum": _too_small,
    "maximum": _too_large,
    "maxLength": _too_long,
    "uniqueItems": _repeated,
    "minItems": _empty_list,
}

"""Which rules are held: found by the names that people give them, chosen from all."""

from collections.abc import Collection

from protocole_cli.language import enumeration, fold, vouliez_vous_dire
from protocole_cli.validation.rules import BY_DEFAULT, RULES
from protocole_cli.validation.rules.regle import Regle


def find_rule(name: str) -> Regle | None:
    """Return the rule of that name, or the only one whose name begins so; case, accents and kinds of dash are ignored."""
    wanted = _plain(name)
    exact = next((rule for rule in RULES if rule.nom == wanted), None)
    begun = _begun(wanted)
    return exact or (begun[0] if len(begun) == 1 else None)


def nearest_rules(name: str) -> str:
    """Return the sentence that helps who gave a name that no rule has."""
    begun = [f"« {rule.nom} »" for rule in _begun(_plain(name))]
    if begun:
        return f"Vouliez-vous dire {enumeration(begun, 'ou')} ?"
    return vouliez_vous_dire(_plain(name), [rule.nom for rule in RULES], "Toutes les règles : protocole regles")


def _plain(name: str) -> str:
    return "-".join(fold(name).replace("_", " ").replace("-", " ").split())


def _begun(wanted: str) -> list[Regle]:
    return [rule for rule in RULES if wanted and rule.nom.startswith(wanted)]


def chosen(
    seulement: Collection[Regle] = (), avec: Collection[Regle] = (), sans: Collection[Regle] = ()
) -> tuple[Regle, ...]:
    """Return the rules to hold: those of `seulement`, else the usual ones; those of `avec` besides; none of `sans`."""
    wanted = {rule.nom for rule in (*(seulement or BY_DEFAULT), *avec)} - {rule.nom for rule in sans}
    return tuple(rule for rule in RULES if rule.nom in wanted)

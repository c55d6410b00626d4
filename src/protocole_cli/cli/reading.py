"""What the commands that answer questions share: reading the data, finding what is named, saying what is missing."""

import os
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from protocole_cli.cli.output import AppelFautif, SansReponse, tell
from protocole_cli.loading.files import Chemin
from protocole_cli.loading.repository import load

if TYPE_CHECKING:
    from protocole_cli.loading.datafile import ShapeFault, Wanted
    from protocole_cli.loading.loaded import Loaded
    from protocole_cli.model.fiche import Fiche
    from protocole_cli.queries.lookup import Nomme


class Noun(Struct, frozen=True):
    """How a message says that there is none, the kind of base file that has them all, the command that lists them, if any."""

    none: str
    kind: str
    command: str = ""


NOUNS = {
    "acteur": Noun("aucun acteur", "acteurs", "protocole acteurs"),
    "commune": Noun("aucune commune", "quartiers"),
    "quartier": Noun("aucun quartier", "quartiers", "protocole quartiers"),
    "instance": Noun("aucune instance", "gouvernance", "protocole instances"),
}
"""What is looked for by name."""


def read(
    racine: Chemin,
    kinds: Iterable[str] = (),
    fiches: Iterable[int] | None = None,
    wanted: "Wanted | None" = None,
) -> "Loaded":
    """Return what a question needs of the data.

    That is the base files `kinds`, and the fiches of these numbers, all by default, whose files are `wanted`.
    """
    return load(racine, _explain, kinds=kinds, fiches=fiches, wanted=wanted)


def _explain(kind: str, data: Any) -> "Iterable[ShapeFault]":
    from protocole_cli.validation.schema import explain

    return explain(kind, data)


def named(name: str, entries: "Sequence[Nomme]", noun: str, loaded: "Loaded") -> "Nomme":
    """Return the entry that a name means; raises `SansReponse` where none does, or several do."""
    from protocole_cli.language import MOST_NAMED, enumeration
    from protocole_cli.loading.layout import base_file
    from protocole_cli.queries.lookup import Ambigu, Inconnu, find

    found = find(name, entries)
    if isinstance(found, Ambigu):
        told_incomplete(loaded)
        listed = [f"« {nom} » ({identifiant})" for identifiant, nom in found.candidats[:MOST_NAMED]]
        more = "…" if len(found.candidats) > MOST_NAMED else ""
        raise SansReponse(f"« {name} » peut désigner {enumeration(listed, 'ou')}{more}. Précisez lequel.")
    if isinstance(found, Inconnu):
        told_incomplete(loaded)
        fichier = base_file(NOUNS[noun].kind)
        if not entries and fichier in loaded.fautifs:
            raise SansReponse(f"« {name} » n’a pas pu être cherché : {fichier} ne peut pas être lu.")
        listed = [f"« {proche} »" for proche in found.proches]
        near = f" Vouliez-vous dire {enumeration(listed, 'ou')} ?" if listed else _whole_list(entries, NOUNS[noun])
        raise SansReponse(f"{NOUNS[noun].none} ne s’appelle « {name} ».{near}")
    return found


def _whole_list(entries: "Sequence[Nomme]", noun: Noun) -> str:
    """Return where all names are, or the names themselves where no command lists them."""
    from protocole_cli.language import enumeration_of_most

    if noun.command:
        return f" Toute la liste : {noun.command}"
    names = [entry.nom for entry in entries]
    return f" Le protocole connaît {enumeration_of_most(names)}." if names else ""


def only_fiche(racine: Chemin, numero: int, loaded: "Loaded") -> "Fiche":
    """Return the one fiche that was read; raises `SansReponse` where it does not exist or cannot be read."""
    from protocole_cli.loading.layout import fiche_file, fiche_numbers

    found = next(iter(loaded.protocole.fiches), None)
    if found is not None:
        return found
    numbers = fiche_numbers(racine)
    if numero not in numbers:
        raise SansReponse(f"la fiche {numero} n’existe pas. {_existing(numbers)}")
    from protocole_cli.rendering.report_formats import diagnostic_lines

    fichier = fiche_file(numero)
    tell(diagnostic_lines(d for d in loaded.diagnostics if d.position.fichier == fichier).rstrip("\n"))
    raise SansReponse(f"la fiche {numero} ne peut pas être lue ; corrigez d’abord {fichier}.")


def _existing(numbers: tuple[int, ...]) -> str:
    if not numbers:
        return "Il n’y a aucune fiche dans data/fiches."
    if numbers == tuple(range(numbers[0], numbers[-1] + 1)) and len(numbers) > 2:
        return f"Les fiches vont de {numbers[0]} à {numbers[-1]}."
    from protocole_cli.language import enumeration

    listed = [str(n) for n in numbers[:30]]
    return f"Il y a les fiches {enumeration(listed)}{'…' if len(numbers) > 30 else ''}."


def told_incomplete(loaded: "Loaded", for_it: str = "la réponse peut être incomplète", where: str = "") -> int:
    """Tell which files could not be read, if any, and what comes of it; return the exit code of the answer.

    `where` says in which version they are, where it is not the present one.
    """
    from protocole_cli.language import enumeration_of_most

    broken = sorted(loaded.fautifs)
    if not broken:
        return 0
    one = len(broken) == 1
    tell(
        f"protocole : {'le fichier' if one else 'les fichiers'} {enumeration_of_most(broken)} {'est' if one else 'sont'} en défaut"
        f"{f' {where}' if where else ''} ; {for_it}.{'' if where else ' Voyez : protocole validate'}"
    )
    return 1


def in_repository(racine: Chemin, fichiers: Sequence[str], connus: Collection[str]) -> list[str]:
    """Return the files as paths from the root; one that is not among those known is a fault of the call: raises `AppelFautif`."""
    found = []
    for fichier in fichiers:
        candidates = [
            os.path.relpath(os.path.abspath(fichier), racine),
            os.path.relpath(os.path.realpath(fichier), os.path.realpath(racine)),
            os.path.normpath(fichier),
        ]
        known = next((c for c in (c.replace(os.sep, "/") for c in candidates) if c in connus), None)
        if known is None:
            raise AppelFautif(
                f"« {fichier} » n’est pas un fichier de données de ce protocole ({racine}). "
                "Donnez par exemple data/fiches/fiche-03.yaml, ou aucun fichier pour les prendre tous."
            )
        found.append(known)
    return found

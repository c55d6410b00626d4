"""`protocole normaliser`."""

from collections import Counter
from enum import Enum, auto
from itertools import takewhile
from pathlib import Path
from typing import Annotated

import typer

from protocole_cli.cli.options import Dossier, root


class Etat(Enum):
    """What became of a file: nothing was to be done; put in form, or to be; left alone, for a reason that was told."""

    EN_FORME = auto()
    CHANGE = auto()
    LAISSE = auto()


def normaliser(
    ctx: typer.Context,
    fichiers: Annotated[
        list[str] | None,
        typer.Argument(metavar="[FICHIER…]", help="Ne mettre en forme que ces fichiers.", show_default=False),
    ] = None,
    verifie: Annotated[  # noqa: FBT002 (typer makes it a flag)
        bool,
        typer.Option(
            "--verifie", help="Ne rien écrire, et échouer si un fichier n’est pas en forme.", show_default=False
        ),
    ] = False,
    dossier: Dossier = None,
) -> int:
    """Mettre les fichiers en forme, sans changer ce qu’ils disent.

    Les clés prennent l’ordre des schémas, chacune avec les remarques (#) qui la précèdent ; les espaces en fin de ligne et
    les fins de ligne de Windows disparaissent. Les textes restent tels quels, guillemets et retours à la ligne compris. Un
    fichier en défaut n’est pas touché.
    """
    from protocole_cli.cli.output import tell
    from protocole_cli.cli.reading import in_repository
    from protocole_cli.loading.repository import data_files

    racine = root(ctx, dossier)
    connus = data_files(racine)
    wanted = in_repository(racine, fichiers, connus) if fichiers else connus
    etats = Counter(_treat(racine, fichier, connus[fichier], verifie=verifie) for fichier in dict.fromkeys(wanted))
    tell(_summary(etats, verifie=verifie))
    return 1 if etats[Etat.LAISSE] or (verifie and etats[Etat.CHANGE]) else 0


def _treat(racine: Path, fichier: str, kind: str, *, verifie: bool) -> Etat:
    """Put a file in form, or only look, and say what was done."""
    from protocole_cli.cli.output import answer, tell
    from protocole_cli.loading.datafile import illisible
    from protocole_cli.loading.files import Illisible, read_bytes
    from protocole_cli.rendering.faults import NonEcrit
    from protocole_cli.rendering.report_formats import diagnostic_lines
    from protocole_cli.rendering.writing import write_whole
    from protocole_cli.validation.schema import explain, key_order
    from protocole_cli.versions.normalisation import Fautif, normalise

    again = f"protocole normaliser {fichier}"
    try:
        raw = read_bytes(racine, fichier)
        text = normalise(fichier, raw, kind, explain, key_order(kind))
        if text.encode() == raw:
            return Etat.EN_FORME
        if verifie:
            ligne = _first_difference(raw, text.encode())
            answer(f"{fichier}:{ligne}:1: Ce fichier n’est pas en forme à partir d’ici. Lancez : {again}\n")
            return Etat.CHANGE
        if read_bytes(racine, fichier) != raw:
            tell(f"protocole : {fichier} vient d’être modifié par ailleurs ; il n’est pas touché. Relancez : {again}")
            return Etat.LAISSE
        write_whole(racine / fichier, text)
    except Illisible as reason:
        tell(diagnostic_lines([illisible(fichier, reason)]).rstrip("\n"))
        return Etat.LAISSE
    except Fautif as faults:
        tell(diagnostic_lines(faults.diagnostics).rstrip("\n"))
        return Etat.LAISSE
    except NonEcrit as error:
        tell(f"protocole : {error} Le fichier est resté tel quel. Remédiez-y, puis relancez : {again}")
        return Etat.LAISSE
    answer(f"{fichier} : mis en forme\n")
    return Etat.CHANGE


def _first_difference(avant: bytes, apres: bytes) -> int:
    """Return the first line, from 1, that is not the same."""
    pairs = zip(avant.splitlines(keepends=True), apres.splitlines(keepends=True), strict=False)
    return 1 + sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _summary(etats: "Counter[Etat]", *, verifie: bool) -> str:
    from protocole_cli.language import count

    changes, laisses, total = etats[Etat.CHANGE], etats[Etat.LAISSE], etats.total()
    sentences = []
    if changes and verifie:
        sentences.append(f"{count(changes, 'fichier', 'fichiers')} à mettre en forme sur {total}.")
    elif changes:
        sentences.append(
            f"{count(changes, 'fichier mis', 'fichiers mis')} en forme sur {total} ; le sens n’a pas changé."
        )
    elif total > laisses:
        sentences.append(f"Rien à mettre en forme dans {count(total - laisses, 'fichier', 'fichiers')}.")
    if laisses:
        sentences.append(
            f"{count(laisses, 'fichier laissé tel quel', 'fichiers laissés tels quels')}, pour la raison dite."
        )
    return " ".join(sentences)

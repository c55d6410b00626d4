"""What begins does not end before."""

from collections.abc import Iterator
from itertools import chain

from protocole_cli.diagnostics import Severite
from protocole_cli.loading.loaded import Loaded
from protocole_cli.model.fiche import Fiche
from protocole_cli.position import Position
from protocole_cli.validation.rules.finding import Finding
from protocole_cli.validation.rules.regle import FICHE, Exemple, Regle


def check(loaded: Loaded) -> Iterator[Finding]:
    """Yield a finding where the period, or a number of meetings, runs backwards."""
    periode = loaded.protocole.corps.periode
    if periode and periode.fin < periode.debut:
        yield _backwards(periode.position, periode.debut, periode.fin)
    for instance in loaded.protocole.gouvernance.instances:
        for reunion in instance.reunions:
            par_an = reunion.par_an
            if par_an and par_an.max < par_an.min:
                yield Finding(
                    par_an.position,
                    f"Le nombre de réunions va de {par_an.min} à {par_an.max} : il va à l’envers.",
                    "Mettez le plus petit nombre dans « min », le plus grand dans « max ».",
                )


def check_fiches(loaded: Loaded) -> Iterator[Finding]:
    """Yield a finding for each pair of years of a fiche that runs backwards or has one end only."""
    return chain.from_iterable(map(_of_fiche, loaded.protocole.fiches))


def _of_fiche(fiche: Fiche) -> Iterator[Finding]:
    calendrier = fiche.calendrier
    if calendrier:
        yield from _years(calendrier.position, calendrier.debut, calendrier.fin)
        for phase in calendrier.phases:
            yield from _years(phase.position, phase.debut, phase.fin)
    for engagement in fiche.engagements:
        yield from _years(engagement.position, engagement.debut, engagement.fin)


def _years(position: Position, debut: int | None, fin: int | None) -> Iterator[Finding]:
    if debut is None or fin is None:
        if debut is not fin:
            given, absent = ("debut", "fin") if fin is None else ("fin", "debut")
            yield Finding(
                position,
                f"« {given} » est donné sans « {absent} » : on ne sait pas quelles années cela couvre.",
                f"Ajoutez « {absent} », ou retirez « {given} » si le texte ne donne qu’une des deux années.",
                (given,),
            )
    elif fin < debut:
        yield _backwards(position, debut, fin)


def _backwards(position: Position, debut: int, fin: int) -> Finding:
    return Finding(
        position,
        f"La fin ({fin}) est avant le début ({debut}).",
        "Corrigez l’une des deux années, ou échangez-les.",
        ("fin",),
    )


REGLE = Regle(
    nom="ordre-des-annees",
    severite=Severite.ERREUR,
    demande="Ce qui commence ne finit pas avant, et une année de début va avec une année de fin.",
    raison="Des années à l’envers sont une faute de frappe. Une seule des deux ne permet pas de répondre à « "
    "cette action a-t-elle lieu en 2026 ? ».",
    juste=Exemple(
        FICHE,
        """
        calendrier:
          texte: 2024-2027
          debut: 2024
          fin: 2027
        """,
    ),
    fautif=Exemple(
        FICHE,
        """
        calendrier:
          texte: 2024-2027
          debut: 2027
          fin: 2024
        """,
    ),
    check=check,
    check_fiches=check_fiches,
    des_restes=True,
)

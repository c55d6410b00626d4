"""A fiche has the rubriques that protocole.yaml lists, and no other: what is not listed would not be printed."""

from collections.abc import Iterator
from operator import attrgetter

from protocole_cli.diagnostics import Severite
from protocole_cli.loading.layout import base_file
from protocole_cli.loading.loaded import Loaded
from protocole_cli.model.fiche import RUBRIQUES
from protocole_cli.validation.rules.finding import Finding
from protocole_cli.validation.rules.regle import FICHE, Exemple, Regle

_VALUES = attrgetter(*RUBRIQUES)
"""Gives what a fiche has of each rubrique, in their order."""


def check_fiches(loaded: Loaded) -> Iterator[Finding]:
    """Yield a finding for each rubrique that a fiche lacks, or has without a place in the document."""
    listed = {r.cle: r.libelle for r in loaded.protocole.corps.rubriques}
    if not listed or base_file("protocole") in loaded.fautifs:
        return
    wanted = [cle in listed for cle in RUBRIQUES]
    for fiche in loaded.protocole.fiches:
        has = list(map(bool, _VALUES(fiche)))
        for cle, present in zip(RUBRIQUES, has, strict=True) if has != wanted else ():
            if present and cle not in listed:
                yield Finding(
                    fiche.position,
                    f"La rubrique « {cle} » n’est pas dans la liste de protocole.yaml : elle ne serait pas imprimée.",
                    "Ajoutez-la aux « rubriques » de protocole.yaml, à sa place et avec son libellé.",
                    (cle,),
                )
            elif cle in listed and not present:
                yield Finding(
                    fiche.position,
                    f"La rubrique « {cle} » ({listed[cle]}) manque à la fiche {fiche.numero}.",
                    f"Ajoutez la clé « {cle} » à la fiche.",
                    (cle,),
                )
        for autre in fiche.autres_rubriques:
            if autre.apres not in listed:
                yield Finding(
                    autre.position,
                    f"La rubrique « {autre.apres} », qu’elle doit suivre, n’est pas dans la liste de protocole.yaml.",
                    "Choisissez une des rubriques de cette liste.",
                    ("apres",),
                )


REGLE = Regle(
    nom="rubriques",
    severite=Severite.ERREUR,
    demande="Une fiche a les rubriques que liste protocole.yaml, toutes et elles seules.",
    raison="Cette liste donne l’ordre et les libellés du document. Une rubrique qui n’y est pas ne serait pas "
    "imprimée ; une rubrique qui manque laisse une fiche incomplète à signer.",
    juste=Exemple(
        FICHE,
        """
        # protocole.yaml liste la rubrique « description ».
        description: Ouvrir un lieu d’accueil.
        """,
    ),
    fautif=Exemple(
        FICHE,
        """
        # protocole.yaml ne liste pas de rubrique « objectifs_operationnels ».
        objectifs_operationnels: Ouvrir un lieu d’accueil.
        """,
    ),
    check_fiches=check_fiches,
)

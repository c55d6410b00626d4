"""Every commune and neighbourhood that is referred to stands in quartiers.yaml."""

from collections.abc import Iterator

from protocole_cli.diagnostics import Severite
from protocole_cli.loading.loaded import Loaded
from protocole_cli.model.fiche import Echelle, EchellePhase
from protocole_cli.validation.rules.finding import Finding
from protocole_cli.validation.rules.regle import FICHE, Exemple, Regle
from protocole_cli.validation.suggesting import Suggesting


def check(loaded: Loaded) -> Iterator[Finding]:
    """Yield a finding for each neighbourhood in a commune that no entry of quartiers.yaml has."""
    communes = loaded.identifiants.get("communes")
    suggesting = Suggesting("Ajoutez-la aux communes de quartiers.yaml.")
    for quartier in loaded.protocole.quartiers:
        if communes is not None and quartier.commune not in communes:
            yield Finding(
                quartier.position,
                f"La commune « {quartier.commune} » n’est pas dans quartiers.yaml.",
                suggesting.aide(quartier.commune, communes, quartier.position.fichier),
                ("commune",),
            )


def check_fiches(loaded: Loaded) -> Iterator[Finding]:
    """Yield a finding for each commune or neighbourhood of a scale that no entry of quartiers.yaml has."""
    communes, quartiers = loaded.identifiants.get("communes"), loaded.identifiants.get("quartiers")
    if communes is None or quartiers is None:
        return
    suggesting = Suggesting("Corrigez l’identifiant, ou ajoutez-le à quartiers.yaml.")
    for fiche in loaded.protocole.fiches:
        if fiche.echelle:
            yield from _unknown(fiche.echelle, communes, quartiers, suggesting)
            for phase in fiche.echelle.phases:
                yield from _unknown(phase, communes, quartiers, suggesting)


def _unknown(
    part: Echelle | EchellePhase, communes: frozenset[str], quartiers: frozenset[str], suggesting: Suggesting
) -> Iterator[Finding]:
    for key, named, known, what in (
        ("communes", part.communes, communes, "La commune"),
        ("quartiers", part.quartiers, quartiers, "Le quartier"),
    ):
        for rank, identifiant in enumerate(named):
            if identifiant not in known:
                yield Finding(
                    part.position,
                    f"{what} « {identifiant} » n’est pas dans quartiers.yaml.",
                    suggesting.aide(identifiant, known, part.position.fichier),
                    (key, rank),
                )


REGLE = Regle(
    nom="territoire-inconnu",
    severite=Severite.ERREUR,
    demande="Toute commune et tout quartier désigné figure dans quartiers.yaml.",
    raison="Les fiches désignent les territoires par leur identifiant. S’il est faux, « quelles fiches "
    "concernent ce quartier ? » oublierait cette fiche.",
    juste=Exemple(
        FICHE,
        """
        echelle:
          texte: Le quartier prioritaire des Tilleuls
          quartiers: [les-tilleuls]
        """,
    ),
    fautif=Exemple(
        FICHE,
        """
        echelle:
          texte: Le quartier prioritaire des Tilleuls
          quartiers: [les-tileuls]
        """,
    ),
    check=check,
    check_fiches=check_fiches,
    des_restes=True,
)

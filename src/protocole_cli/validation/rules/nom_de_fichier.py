"""The number in the name of a file is the number inside."""

from collections.abc import Iterator

from protocole_cli.diagnostics import Severite
from protocole_cli.loading.layout import fiche_file
from protocole_cli.loading.loaded import Loaded
from protocole_cli.position import Position
from protocole_cli.validation.rules.finding import Finding
from protocole_cli.validation.rules.regle import Exemple, Regle


def check(loaded: Loaded) -> Iterator[Finding]:
    """Yield a finding for each file of a fiche whose name has a zero too many; what it holds is not known."""
    unread = [file for file in loaded.fichiers_fiches if file.numero is None]
    existing = frozenset(loaded.lus) if unread else frozenset()
    for file in unread:
        expected = fiche_file(file.numero_du_nom)
        if file.fichier != expected:
            name = expected.rpartition("/")[2]
            yield Finding(
                Position(file.fichier),
                "Le numéro de ce nom de fichier a un zéro de trop.",
                f"Donnez-lui le premier numéro libre ; le nom {name} est déjà pris."
                if expected in existing
                else f"Renommez-le {name}.",
            )


def check_fiches(loaded: Loaded) -> Iterator[Finding]:
    """Yield a finding for each fiche whose file is not named after its number."""
    misnamed = [fiche for fiche in loaded.protocole.fiches if fiche.position.fichier != fiche_file(fiche.numero)]
    existing = frozenset(loaded.lus) if misnamed else frozenset()
    for fiche in misnamed:
        expected = fiche_file(fiche.numero)
        name = expected.rpartition("/")[2]
        yield Finding(
            fiche.position,
            f"Ce fichier contient la fiche {fiche.numero}, ce que son nom ne dit pas.",
            f"Corrigez le numéro ; le nom {name} est déjà pris."
            if expected in existing
            else f"Renommez-le {name}, ou corrigez le numéro.",
            ("numero",),
        )


REGLE = Regle(
    nom="nom-de-fichier",
    severite=Severite.ERREUR,
    demande="Le numéro dans le nom du fichier est celui de la fiche.",
    raison="On ouvre fiche-02.yaml pour lire la fiche 2 : un autre numéro dedans tromperait tout le monde.",
    juste=Exemple(
        "data/fiches/fiche-02.yaml",
        "numero: 2\n",
    ),
    fautif=Exemple(
        "data/fiches/fiche-02.yaml",
        "numero: 3\n",
    ),
    check=check,
    check_fiches=check_fiches,
    des_restes=True,
)

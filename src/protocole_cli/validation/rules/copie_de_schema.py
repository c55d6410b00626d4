"""A repository's copies of the schemas say what the program's own say: editors use the one, validate the other."""

from collections.abc import Iterator

from protocole_cli.diagnostics import Severite
from protocole_cli.loading.layout import DOSSIER_SCHEMAS
from protocole_cli.loading.loaded import Loaded
from protocole_cli.position import Position
from protocole_cli.resources import read_resource
from protocole_cli.validation.rules.finding import Finding
from protocole_cli.validation.rules.regle import Exemple, Regle


def check(loaded: Loaded) -> Iterator[Finding]:
    """Yield a finding for each copy that says something else."""
    for name, copie in loaded.copies_de_schemas.items():
        own = _own(name)
        if own is not None and not _same(copie, own):
            yield Finding(
                Position(f"{DOSSIER_SCHEMAS}/{name}"),
                "Ce fichier, qui aide les éditeurs de texte, n’est pas celui du programme : ils ne diraient pas la même chose "
                "que « protocole validate », qui n’emploie que le sien.",
                "Remplacez-le par celui de votre version du programme, ou supprimez-le.",
            )


def _own(name: str) -> str | None:
    """Return the program's schema of this name, `None` where it has none."""
    try:
        return read_resource("schemas", name)
    except FileNotFoundError:
        return None


def _same(copie: bytes, own: str) -> bool:
    """Tell whether two schemas say the same; how their lines are laid out does not count."""
    if copie == own.encode():
        return True
    import json

    try:
        return bool(json.loads(copie) == json.loads(own))
    except (ValueError, RecursionError):
        return False


REGLE = Regle(
    nom="copie-de-schema",
    severite=Severite.AVERTISSEMENT,
    demande="Les schémas du dossier schemas sont ceux du programme.",
    raison="Ils n’aident que les éditeurs de texte : la vérification emploie toujours ceux du programme. "
    "Une copie changée ou ancienne admettrait à l’écran ce qui est refusé ensuite.",
    juste=Exemple("schemas/notes.json", "{}\n"),
    fautif=Exemple("schemas/fiche.schema.json", "{}\n"),
    check=check,
)

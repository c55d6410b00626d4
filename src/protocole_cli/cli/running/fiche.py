"""What `protocole fiche` does."""

from protocole_cli.cli.output import SansReponse, answer, on_terminal, tell
from protocole_cli.cli.reading import only_fiche, read, told_incomplete
from protocole_cli.loading.git import FileVersionQuery
from protocole_cli.loading.layout import fiche_file
from protocole_cli.loading.loaded import Loaded
from protocole_cli.model.fiche import Fiche
from protocole_cli.queries.rubriques import find_rubrique, rubrique_labels
from protocole_cli.rendering.fiche_formats import FORMATS, FicheView, terminal

_KINDS = {"json": ("rubriques", "acteurs", "quartiers"), "html": ("protocole", "acteurs", "sigles")}
"""What a form needs other than the labels of the rubriques and the names of the actors."""


def run(*, racine: str, numero: int, rubrique: str, forme: str) -> int:
    """Print a fiche of the repository at `racine` in a form, or one of its rubriques; return the exit code."""
    with FileVersionQuery(racine, fiche_file(numero)) as query:  # git answers while the fiche is read
        loaded = read(racine, _KINDS.get(forme, ("rubriques", "acteurs")), (numero,))
        found = only_fiche(racine, numero, loaded)
        only = _key(rubrique, numero, found, loaded)
        view = FicheView(found, loaded.protocole, query.answer(), racine, only)
    form = terminal if forme == "texte" and on_terminal() else FORMATS[forme]
    answer(form(view))
    if found.numero != numero:
        tell(
            f"protocole : le fichier {fiche_file(numero)} contient la fiche {found.numero}, ce que son nom ne dit pas."
        )
        return 1
    return told_incomplete(loaded, f"la fiche {found.numero} peut être montrée incomplète")


def _key(rubrique: str, numero: int, fiche: Fiche, loaded: Loaded) -> str:
    """Return the key of the rubrique that is asked for, empty where none is; raises `SansReponse` where the fiche lacks it."""
    if not rubrique:
        return ""
    labels = rubrique_labels(fiche, loaded.protocole.corps.rubriques)
    if key := find_rubrique(rubrique, labels):
        return key
    raise SansReponse(f"la fiche {numero} n’a pas de rubrique « {rubrique} ». {_rubriques(rubrique, labels)}")


def _rubriques(rubrique: str, labels: dict[str, str]) -> str:
    from protocole_cli.language import enumeration, vouliez_vous_dire

    names = [key if not key.startswith("autre_") else label for key, label in labels.items()]
    return vouliez_vous_dire(rubrique, [*names, *labels.values()], f"Elle a {enumeration(names)}.")

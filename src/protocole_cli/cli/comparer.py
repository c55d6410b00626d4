"""`protocole comparer [AVANT] [APRÈS]`."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from protocole_cli.cli.options import Dossier, FormeTableau, choice, root

if TYPE_CHECKING:
    from protocole_cli.loading.files import Tree
    from protocole_cli.loading.git import Revision
    from protocole_cli.loading.loaded import Loaded


def comparer(
    ctx: typer.Context,
    avant: Annotated[
        str,
        typer.Argument(
            metavar="[AVANT]",
            help="Une version : étiquette, branche ou numéro de commit. Par défaut, la dernière version signée.",
            show_default=False,
        ),
    ] = "",
    apres: Annotated[
        str,
        typer.Argument(
            metavar="[APRÈS]", help="Une autre version. Par défaut, les fichiers tels qu’ils sont.", show_default=False
        ),
    ] = "",
    forme: FormeTableau = "texte",
    dossier: Dossier = None,
) -> int:
    """Dire ce qui a changé depuis une version, signée ou non.

    Fiche par fiche, entrée par entrée : ce qui s’ajoute, se retire, change ou se déplace, et si le texte que signent les parties
    a changé. L’ordre des clés, les remarques et les retours à la ligne ne comptent pas.

    Une version signée est une étiquette git dont le nom commence par « signe- » ou « signé- » : git tag signe-2024-03-15
    """
    from protocole_cli.cli.output import answer, columns
    from protocole_cli.loading.files import Disk
    from protocole_cli.loading.places import places_by_file
    from protocole_cli.rendering.change_words import names
    from protocole_cli.rendering.comparaison_formats import FORMATS, Comparaison
    from protocole_cli.validation.schema import titles
    from protocole_cli.versions.comparison import compare

    choice(forme, list(FORMATS), "--format")
    racine = root(ctx, dossier)
    earlier = _revision(racine, avant) if avant else _signed(racine)
    later = _revision(racine, apres) if apres else None
    old = _read(_tree(racine, earlier), earlier)
    tree = _tree(racine, later) if later else Disk(racine)
    new = _read(tree, later)
    found = Comparaison(
        earlier,
        later,
        not avant,
        _templates_changed(racine, earlier, later),
        compare(old, new, places_by_file(tree)),
        names(titles(), old.protocole, new.protocole),
    )
    answer(FORMATS[forme](found, columns()))
    return 1 if found.trouvee.non_compares else 0


def _signed(racine: Path) -> "Revision":
    """Return the last signed version; raises `SansReponse` where none is known."""
    from protocole_cli.cli.output import SansReponse
    from protocole_cli.language import fold
    from protocole_cli.loading.git import Revision, find_revision, tags

    def of_signed(*, merged: bool) -> str | None:
        return next((nom for nom in tags(racine, merged=merged) if fold(nom).startswith(("signe-", "signe/"))), None)

    nom = of_signed(merged=True)
    found = find_revision(racine, f"refs/tags/{nom}") if nom else None
    if nom and found:
        return Revision(nom, found.commit, found.instant)
    none = "pas de version signée enregistrée"
    if find_revision(racine, "HEAD") is None:
        raise SansReponse(
            f"{none} : git ne donne aucune version de ce dossier. Ou il n’y est pas suivi, ou git manque, ou il refuse de le lire ; "
            "voyez ce que dit : git status"
        )
    if elsewhere := of_signed(merged=False):
        raise SansReponse(
            f"{none} dans l’histoire de l’état présent. L’étiquette « {elsewhere} » est sur une autre branche, ou l’histoire est "
            f"incomplète ici (git fetch --unshallow). Pour comparer à elle : protocole comparer {elsewhere}"
        )
    raise SansReponse(
        f"{none}. Le jour où le texte est signé, étiquetez-le : git tag signe-AAAA-MM-JJ ; d’ici là, "
        "nommez la version à comparer : protocole comparer NOM"
    )


def _revision(racine: Path, nom: str) -> "Revision":
    """Return what a name means; raises `SansReponse` where it means no version."""
    from protocole_cli.cli.output import SansReponse
    from protocole_cli.loading.git import find_revision

    found = find_revision(racine, nom)
    if found is None:
        two = " Deux versions se séparent par une espace : protocole comparer A B." if ".." in nom else ""
        raise SansReponse(
            f"git ne connaît pas de version « {nom} » de ce protocole.{two} Donnez une étiquette, une branche ou un numéro de "
            "commit ; git tag et git log les montrent."
        )
    return found


def _tree(racine: Path, revision: "Revision") -> "Tree":
    """Return the data files of a version; raises `SansReponse` where it has none, or git does not give them."""
    from protocole_cli.cli.output import SansReponse
    from protocole_cli.loading.revision import committed

    with _asking_git_for(revision):
        tree = committed(racine, revision)
    if not tree.fichiers:
        raise SansReponse(
            f"la version « {revision.nom} » ne contient pas ce protocole : elle n’a pas de fichier de données à cet endroit."
        )
    return tree


@contextmanager
def _asking_git_for(revision: "Revision") -> Iterator[None]:
    """Raise `SansReponse` where git does not give what a version holds."""
    from protocole_cli.cli.output import SansReponse
    from protocole_cli.loading.git import SansContenu

    try:
        yield
    except SansContenu:
        raise SansReponse(
            f"git ne donne pas tout le contenu de la version « {revision.nom} » : la copie est incomplète, abîmée ou démesurée. "
            "Essayez git fetch, ou un clone entier."
        ) from None


def _templates_changed(racine: Path, earlier: "Revision", later: "Revision | None") -> bool:
    """Tell whether the templates of the repository, which make the document too, are not the same."""
    from protocole_cli.loading.files import TEMPLATES
    from protocole_cli.loading.git import is_known_by
    from protocole_cli.rendering.templates import repository_files, repository_folder

    if (racine / TEMPLATES).is_dir() and repository_folder(racine) is None:  # those of the program itself
        return False
    before = _templates(racine, earlier)
    if later:
        return before != _templates(racine, later)
    now = {f"{TEMPLATES}/{chemin}": content for chemin, content in repository_files(racine).items()}
    return before.keys() != now.keys() or not all(is_known_by(now[chemin], before[chemin]) for chemin in now)


def _templates(racine: Path, revision: "Revision") -> dict[str, str]:
    from protocole_cli.loading.files import TEMPLATES
    from protocole_cli.loading.git import committed_identities

    with _asking_git_for(revision):
        return committed_identities(racine, revision.commit, TEMPLATES)


def _read(tree: "Tree", revision: "Revision | None") -> "Loaded":
    """Return a state of the data, and tell which of its files cannot be compared."""
    from protocole_cli.cli.reading import told_incomplete
    from protocole_cli.loading.repository import load_tree
    from protocole_cli.validation.schema import explain

    loaded = load_tree(tree, explain)
    where = f"dans la version « {revision.nom} »" if revision else ""
    told_incomplete(loaded, "ce qui s’y trouve n’est pas comparé", where)
    return loaded

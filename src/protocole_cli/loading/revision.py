"""The data as a commit has it, read as that on disk is, from memory."""

from msgspec import Struct

from protocole_cli.loading.files import TAILLE_MAX, Absent, Chemin, too_large
from protocole_cli.loading.git import Revision, committed_files
from protocole_cli.loading.layout import BASE, DOSSIER_DONNEES, DOSSIER_FICHES, base_file, numero_du_nom

_BASE_FILES = frozenset(map(base_file, BASE))


class Committed(Struct, frozen=True):
    """The data files of a commit, by their paths; of one that is too large, its size."""

    fichiers: dict[str, bytes | int]

    def read(self, fichier: str) -> bytes:
        """Return the content of a file; raises `Illisible`."""
        content = self.fichiers.get(fichier)
        if content is None:
            raise Absent("Ce fichier manque.", "")
        if isinstance(content, int):
            raise too_large(content)
        return content

    def names(self, dossier: str) -> tuple[str, ...]:
        """Return the names of the files of a folder, sorted."""
        split = (fichier.rpartition("/") for fichier in self.fichiers)
        return tuple(sorted(nom for of_folder, _, nom in split if of_folder == dossier))


def committed(racine: Chemin, revision: Revision) -> Committed:
    """Return the data files of a revision, links left out; raises `SansContenu` where git does not give all of them."""
    return Committed(committed_files(racine, revision.commit, DOSSIER_DONNEES, _is_data, TAILLE_MAX))


def _is_data(chemin: str) -> bool:
    dossier, _, nom = chemin.rpartition("/")
    return chemin in _BASE_FILES or (dossier == DOSSIER_FICHES and numero_du_nom(nom) is not None)

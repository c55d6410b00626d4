"""The data as a commit has it, laid out in a folder of its own that is read as any other."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from protocole_cli.loading.files import TAILLE_MAX
from protocole_cli.loading.git import Revision, committed_files
from protocole_cli.loading.layout import DOSSIER_DONNEES, DOSSIER_FICHES


@contextmanager
def at_revision(racine: Path, revision: Revision) -> Iterator[Path]:
    """Give a root with the data files of a revision; it is gone afterwards.

    What git calls these files is not trusted either: none is written elsewhere.
    """
    with TemporaryDirectory(prefix="protocole-") as folder:
        (Path(folder) / DOSSIER_FICHES).mkdir(parents=True)
        for chemin, content in committed_files(racine, revision.commit, (DOSSIER_DONNEES,), TAILLE_MAX).items():
            dossier, _, nom = chemin.rpartition("/")
            if dossier in (DOSSIER_DONNEES, DOSSIER_FICHES) and nom.endswith(".yaml") and not set(nom) & set("\\:"):
                (Path(folder) / dossier / nom).write_bytes(content)
        yield Path(folder)

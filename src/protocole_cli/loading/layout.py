"""Where things stand in a repository: the data files, and what can be referred to in them."""

from protocole_cli.loading.files import Chemin, Illisible, folder_names

DOSSIER_DONNEES = "data"
DOSSIER_FICHES = f"{DOSSIER_DONNEES}/fiches"
DOSSIER_SCHEMAS = "schemas"
BASE = ("protocole", "acteurs", "parties", "quartiers", "gouvernance", "sigles")
"""The kinds of which a repository has one file each, data/KIND.yaml."""
FACULTATIFS = ("avertissements-admis",)
"""The kinds of which a repository may have one file each."""
FAUTES_MAX = 100
"""How many faults of one kind, of shape or of prose, are told of one file: enough to see what happened to it."""
COLLECTIONS = {
    "acteurs": ("acteurs", "acteurs"),
    "communes": ("quartiers", "communes"),
    "quartiers": ("quartiers", "quartiers"),
    "colonnes": ("gouvernance", "colonnes"),
    "instances": ("gouvernance", "instances"),
}
"""What can be referred to by identifier: in which file, under which key."""


def base_file(kind: str) -> str:
    """Return the path of the only file of a kind."""
    return f"{DOSSIER_DONNEES}/{kind}.yaml"


def fiche_file(numero: int) -> str:
    """Return the path of the file of a fiche."""
    return f"{DOSSIER_FICHES}/fiche-{numero:02d}.yaml"


def fiche_numbers(racine: Chemin) -> tuple[int, ...]:
    """Return the numbers of the fiches that there are, from the names of their files, in order."""
    try:
        names = folder_names(racine, DOSSIER_FICHES)
    except Illisible:
        return ()
    return tuple(sorted(numero for name in names if (numero := numero_du_nom(name)) is not None))


def numero_du_nom(nom: str) -> int | None:
    """Return the number that the name of a file gives, in two to five digits; `None` where it is not the name of a fiche."""
    digits = nom[6:-5]
    named = nom.startswith("fiche-") and nom.endswith(".yaml") and digits.isdecimal() and digits.isascii()
    return int(digits) if named and 2 <= len(digits) <= 5 else None

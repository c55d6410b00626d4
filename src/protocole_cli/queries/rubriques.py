"""The rubriques of a fiche, by any name that people give them."""

from protocole_cli.language import words
from protocole_cli.model.corps import Rubrique
from protocole_cli.model.fiche import AutreRubrique, Fiche


def other_rubriques(fiche: Fiche) -> dict[str, AutreRubrique]:
    """Return the rubriques that only this fiche has, by a key of their own."""
    return {f"autre_{rank}": autre for rank, autre in enumerate(fiche.autres_rubriques, 1)}


def rubrique_labels(fiche: Fiche, rubriques: tuple[Rubrique, ...]) -> dict[str, str]:
    """Return the label of each rubrique of the fiche by its key, in the order of the document."""
    labels: dict[str, str] = {}
    for rubrique in rubriques:
        if getattr(fiche, rubrique.cle):
            labels[rubrique.cle] = getattr(fiche.libelles, rubrique.cle) or rubrique.libelle
        for key, autre in other_rubriques(fiche).items():
            if autre.apres == rubrique.cle:
                labels[key] = autre.intitule
    return labels


def find_rubrique(name: str, labels: dict[str, str]) -> str | None:
    """Return the key of the rubrique that `name` means: its key, its label, or the beginning of only one of them."""
    wanted = words(name)
    if not wanted:
        return None
    names = {key: (words(key), words(label)) for key, label in labels.items()}
    for key, known in names.items():
        if wanted in known:
            return key
    begun = [key for key, known in names.items() if any(k.startswith(wanted) for k in known)]
    return begun[0] if len(begun) == 1 else None

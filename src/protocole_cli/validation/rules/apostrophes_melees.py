"""A file keeps to one kind of apostrophe."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain

from protocole_cli.diagnostics import Severite
from protocole_cli.loading.loaded import Loaded
from protocole_cli.validation.rules.finding import Finding
from protocole_cli.validation.rules.regle import FICHE, Exemple, Regle
from protocole_cli.validation.texts import Passage, passages_of_body, passages_of_fiche

_KINDS = ("’", "'")


def check(loaded: Loaded) -> Iterator[Finding]:
    """Yield a finding for each file whose texts have both kinds, at the first apostrophe of the rarer kind, fiches apart."""
    return _mixed(passages_of_body(loaded.protocole))


def check_fiches(loaded: Loaded) -> Iterator[Finding]:
    """Yield the same for each fiche."""
    return chain.from_iterable(_mixed(passages_of_fiche(fiche)) for fiche in loaded.protocole.fiches)


def _mixed(passages: Iterable[Passage]) -> Iterator[Finding]:
    by_file: dict[str, list[Passage]] = {}
    for passage in passages:
        by_file.setdefault(passage[0].position.fichier, []).append(passage)
    for of_file in by_file.values():
        counted = Counter({kind: sum(texte.count(kind) for _, _, texte in of_file) for kind in _KINDS})
        common, rare = sorted(_KINDS, key=lambda kind: -counted[kind])
        if counted[rare]:
            entree, route, texte = next(passage for passage in of_file if rare in passage[2])
            yield Finding(
                entree.position,
                f"Ce fichier mêle deux apostrophes : « {common} » ({counted[common]} fois) et « {rare} » "
                f"({counted[rare]} fois, d’abord ici).",
                f"Écrivez partout « {common} », si rien n’est encore signé.",
                route,
                texte.count("\n", 0, texte.index(rare)),
                rare,
            )


REGLE = Regle(
    nom="apostrophes-melees",
    severite=Severite.AVERTISSEMENT,
    demande="Un fichier n’emploie qu’une sorte d’apostrophe.",
    raison="Les deux apostrophes se lisent pareil et ne sont pas le même signe : « l’État » écrit de l’une ne se "
    "trouve pas en cherchant l’autre dans un éditeur. Le texte signé garde les siennes : la règle ne vaut "
    "que sur demande.",
    juste=Exemple(
        FICHE,
        """
        constats: Les habitants n’ont pas accès à l’emploi.
        """,
    ),
    fautif=Exemple(
        FICHE,
        """
        constats: Les habitants n'ont pas accès à l’emploi.
        """,
    ),
    check=check,
    check_fiches=check_fiches,
    par_defaut=False,
)

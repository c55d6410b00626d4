"""What one reads is what is written: no hidden character, no letter that passes for another."""

import unicodedata
from collections.abc import Iterator

from protocole_cli.diagnostics import Severite
from protocole_cli.language import cited
from protocole_cli.loading.deceptive import DIRECTIONS, Suspect
from protocole_cli.loading.loaded import Loaded
from protocole_cli.validation.rules.finding import Finding
from protocole_cli.validation.rules.regle import FICHE, Exemple, Regle


def check(loaded: Loaded) -> Iterator[Finding]:
    """Yield a finding for each character that deceives, wherever in a file it stands."""
    for suspect in loaded.suspects:
        yield Finding(suspect.position, *_words(suspect))


def _words(suspect: Suspect) -> tuple[str, str]:
    code = f"U+{ord(suspect.signe):04X}"
    if suspect.mot:
        comme = f", qui a la forme d’un « {suspect.forme} »" if suspect.forme else ""
        return (
            f"Le mot « {cited(suspect.mot)} » contient {_alphabet(suspect.signe)} ({code}){comme} : aucune recherche ne le trouvera.",
            "Retapez le mot au clavier.",
        )
    if suspect.signe == "\ufffd":
        return (
            f"Il y a ici un caractère perdu ({code}), qu’un autre logiciel n’a pas su lire.",
            "Retapez le mot au clavier.",
        )
    if suspect.signe in DIRECTIONS:
        return (
            f"Un caractère invisible ({code}) change ici le sens de lecture : l’écran ne montre pas ce qui est écrit.",
            "Supprimez-le ; en cas de doute, retapez la ligne.",
        )
    return (
        f"Il y a ici un caractère invisible ({code}) : aucune recherche ne trouvera ce passage.",
        "Supprimez-le ; en cas de doute, retapez le mot.",
    )


def _alphabet(letter: str) -> str:
    name = unicodedata.name(letter, "")
    if name.startswith("CYRILLIC"):
        return "une lettre cyrillique"
    return "une lettre grecque" if name.startswith("GREEK") else "une lettre qui n’est pas de l’alphabet courant"


REGLE = Regle(
    nom="caracteres-trompeurs",
    severite=Severite.AVERTISSEMENT,
    demande="Ce que l’on lit est ce qui est écrit : ni caractère caché, ni lettre qui en imite une autre.",
    raison="Collé d’un autre logiciel, ou placé là pour tromper, un tel caractère échappe à la relecture. La recherche "
    "et la comparaison des versions ne voient pas le mot que tout le monde lit.",
    juste=Exemple(FICHE, "titre: Aider à créer son entreprise\n"),
    fautif=Exemple(FICHE, "titre: Aider à créer son entre\u200bprise\n"),
    check=check,
)

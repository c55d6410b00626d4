"""The person who signs for a party is the one whom the list of the parties names."""

from collections.abc import Iterator

from protocole_cli.diagnostics import Severite
from protocole_cli.language import cited, words
from protocole_cli.loading.loaded import Loaded
from protocole_cli.validation.rules.finding import Finding
from protocole_cli.validation.rules.regle import Exemple, Regle

_AIDE = (
    "Quand le représentant change, son nom se corrige en trois endroits : « representant », « liste » et « signature »."
)


def check(loaded: Loaded) -> Iterator[Finding]:
    """Yield a finding where the list or the signature names another person; case, accents and hyphens do not count."""
    for partie in loaded.protocole.parties:
        nom = partie.representant.nom
        if _letters(partie.signature.nom) != _letters(nom):
            yield Finding(
                partie.signature.position,
                f"La signature est au nom de « {cited(partie.signature.nom)} », mais le représentant est « {cited(nom)} ».",
                _AIDE,
                ("nom",),
            )
        if _letters(nom) not in _letters(partie.liste.texte):
            yield Finding(
                partie.liste.position,
                f"La liste des parties ne nomme pas ici « {cited(nom)} », qui est le représentant.",
                _AIDE,
                ("texte",),
            )


def _letters(text: str) -> str:
    return words(text).replace(" ", "")


REGLE = Regle(
    nom="nom-du-signataire",
    severite=Severite.AVERTISSEMENT,
    demande="Le représentant d’une partie est celui que nomment la liste des parties et sa signature.",
    raison="Le nom est écrit en trois endroits. Quand un maire change, l’un des trois s’oublie, et le document "
    "est signé par quelqu’un d’autre que celui qu’il annonce.",
    juste=Exemple(
        "data/parties.yaml",
        """
        parties:
          - acteur: etat
            representant: {civilite: Mme, nom: Claire MARTIN, qualite: Préfète}
            liste: {rang: 1, texte: "L’État, représenté par la Préfète, Mme Claire MARTIN,"}
            signature: {rang: 1, pour: "Pour l’État,", qualite: "la Préfète,", nom: Claire MARTIN}
        """,
    ),
    fautif=Exemple(
        "data/parties.yaml",
        """
        parties:
          - acteur: etat
            representant: {civilite: Mme, nom: Claire MARTIN, qualite: Préfète}
            liste: {rang: 1, texte: "L’État, représenté par le Préfet, M. Jean LEROY,"}
            signature: {rang: 1, pour: "Pour l’État,", qualite: "la Préfète,", nom: Claire MARTIN}
        """,
    ),
    check=check,
)

"""A text says something: dots and dashes are no words."""

import re
from collections.abc import Iterable, Iterator

from protocole_cli.diagnostics import Severite
from protocole_cli.loading.loaded import Loaded
from protocole_cli.validation.rules.finding import Finding
from protocole_cli.validation.rules.regle import FICHE, Exemple, Regle
from protocole_cli.validation.texts import Passage, fiches_where, prose_of_body, prose_of_fiche

_WORD = re.compile(r"[^\W_]").search
_WORDLESS = re.compile(r"\n\n[\W_]*(?:\n\n|\Z)").search
"""Nothing but signs between empty lines; a fiche begins with its title, which is a passage of its own."""


def check(loaded: Loaded) -> Iterator[Finding]:
    """Yield a finding for each text that is there and holds neither a letter nor a digit, fiches apart."""
    return _wordless(prose_of_body(loaded.protocole))


def check_fiches(loaded: Loaded) -> Iterator[Finding]:
    """Yield a finding for each such text in a fiche."""
    for fiche in fiches_where(loaded, _WORDLESS):
        yield from _wordless(prose_of_fiche(fiche))


def _wordless(passages: Iterable[Passage]) -> Iterator[Finding]:
    for entree, route, texte in passages:
        if texte and not _WORD(texte):
            yield Finding(
                entree.position,
                f"Il n’y a aucun mot ici, seulement « {texte.strip()[:20]} ».",
                "Écrivez le texte ; si c’est un engagement resté en blanc, retirez « texte ».",
                route,
            )


REGLE = Regle(
    nom="texte-sans-mots",
    severite=Severite.AVERTISSEMENT,
    demande="Un texte contient au moins un mot.",
    raison="Des points ou un tiret tiennent la place d’un texte à venir. Imprimés et signés, ils n’engagent à rien.",
    juste=Exemple(
        FICHE,
        """
        public: Les habitants du quartier
        """,
    ),
    fautif=Exemple(
        FICHE,
        """
        public: "…"
        """,
    ),
    check=check,
    check_fiches=check_fiches,
)

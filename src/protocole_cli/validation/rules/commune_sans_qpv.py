"""A commune that a scale says to have a priority neighbourhood (QPV) has one in quartiers.yaml."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from protocole_cli.diagnostics import Severite
from protocole_cli.language import cited, enumeration
from protocole_cli.loading.layout import base_file
from protocole_cli.loading.loaded import Loaded
from protocole_cli.model.fiche import Echelle
from protocole_cli.model.territoire import Commune, Quartier
from protocole_cli.validation.rules.finding import Finding
from protocole_cli.validation.rules.regle import FICHE, Exemple, Regle

_QPV = r"(?:QPV|quartiers? prioritaires?(?: de la politique de la ville)?(?: \(QPV\))?)"
_JOINING = r"(?: ?[:(]| (?:de|des|du|à|dans|les?|la|situés?|communes?|villes?)(?= )| (?=d['’]))*+"
_BETWEEN = r"(?: ?, ?(?:et )?| et | ?/ ?)"
_BEFORE_NAME = r" ?(?:(?:de|à|la|le) |d['’])?"


def check_fiches(loaded: Loaded) -> Iterator[Finding]:
    """Yield a finding for each commune without QPV in a list of communes that follows the words « QPV » at once.

    « Quartiers prioritaires et de veille » and « QPV/QVA » claim nothing of one of the two, and are passed over. Nothing is
    known where a neighbourhood is in no commune that there is, which is said elsewhere.
    """
    protocole = loaded.protocole
    communes = {commune.id for commune in protocole.communes}
    unplaced = any(quartier.commune not in communes for quartier in protocole.quartiers)
    if base_file("quartiers") in loaded.fautifs or not communes or unplaced:
        return
    claims = _Claims(protocole.communes)
    having = {quartier.commune for quartier in protocole.quartiers if quartier.nature == "qpv"}
    for fiche in protocole.fiches:
        if fiche.echelle:
            for claim in claims.of(fiche.echelle.texte):
                if claim.commune.id not in having:
                    yield _finding(fiche.echelle, claim, protocole.quartiers)


def _finding(echelle: Echelle, claim: "_Claim", quartiers: tuple[Quartier, ...]) -> Finding:
    commune = claim.commune
    others = enumeration([f"« {cited(q.nom)} » ({q.nature.upper()})" for q in quartiers if q.commune == commune.id])
    return Finding(
        echelle.position,
        f"Le texte donne un quartier prioritaire (QPV) à « {cited(commune.nom)} », qui n’en a pas dans quartiers.yaml"
        f"{f', mais seulement {others}' if others else ''}.",
        "Vérifiez lequel des deux se trompe ; si c’est un texte déjà signé, un avenant peut le corriger.",
        ("texte",),
        echelle.texte.count("\n", 0, claim.start),
        claim.words,
    )


class _Claim(NamedTuple):
    """A commune that is said to have a QPV, where its name begins in the text, and how it is written there."""

    commune: Commune
    start: int
    words: str


class _Claims:
    """What says of communes that they have a QPV: the words of it, made of the names of the communes."""

    def __init__(self, communes: tuple[Commune, ...]) -> None:
        self._by_name = {
            " ".join(name.split()): commune for commune in communes for name in (commune.nom, *commune.alias)
        }
        names = "|".join(_spaced(re.escape(name)) for name in sorted(self._by_name, key=len, reverse=True))
        name = f"(?:{names})(?!\\w| métropole)"
        self._name = re.compile(name)
        listed = f"{_BEFORE_NAME}{name}(?:{_BETWEEN}{_BEFORE_NAME}{name})*"
        self._claim = re.compile(_spaced(f"{_QPV}{_JOINING}({listed})"))
        self._known: dict[str, tuple[_Claim, ...]] = {}

    def of(self, text: str) -> tuple[_Claim, ...]:
        """Return the claims in the order of the words; scales often have the same words."""
        if text not in self._known:
            self._known[text] = tuple(self._find(text))
        return self._known[text]

    def _find(self, text: str) -> Iterator[_Claim]:
        for claim in self._claim.finditer(text):
            for named in self._name.finditer(text, *claim.span(1)):
                yield _Claim(self._by_name[" ".join(named[0].split())], named.start(), named[0])


def _spaced(pattern: str) -> str:
    """Return the pattern with any blanks in place of a space."""
    return pattern.replace("\\ ", " ").replace(" ?", r"\s*").replace(" ", r"\s+")


REGLE = Regle(
    nom="commune-sans-qpv",
    severite=Severite.AVERTISSEMENT,
    demande="Une commune à qui l’échelle d’une fiche donne un quartier prioritaire (QPV) en a un dans quartiers.yaml.",
    raison="Les crédits de la politique de la ville suivent la carte des quartiers. Un texte qui prête un QPV à "
    "une commune qui n’en a pas promet ce qu’il ne peut tenir, ou cache un oubli dans quartiers.yaml.",
    juste=Exemple(
        FICHE,
        """
        echelle:
          texte: Les quartiers prioritaires (Valmont) ainsi que Brissac
          communes: [valmont, brissac]
        """,
    ),
    fautif=Exemple(
        FICHE,
        """
        echelle:
          texte: Les quartiers prioritaires (Valmont et Brissac)
          communes: [valmont, brissac]
        """,
    ),
    check_fiches=check_fiches,
)

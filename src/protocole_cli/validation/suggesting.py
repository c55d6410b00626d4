"""What identifier was meant where an unknown one is written."""

from collections import Counter
from collections.abc import Collection

from protocole_cli.language import vouliez_vous_dire
from protocole_cli.loading.layout import FAUTES_MAX


class Suggesting:
    """The way out of a rule: the nearest of those that are known, for the first of each file that are not.

    To look for the nearest takes as long as there are known ones. Where very many are unknown, they are not mistyped one by one.
    """

    def __init__(self, sinon: str) -> None:
        """Remember what to say where nothing is near."""
        self._sinon = sinon
        self._asked: Counter[str] = Counter()

    def aide(self, identifiant: str, known: Collection[str], fichier: str) -> str:
        """Return what to do about an unknown identifier of a file."""
        self._asked[fichier] += 1
        return vouliez_vous_dire(identifiant, known, self._sinon) if self._asked[fichier] <= FAUTES_MAX else self._sinon

"""Prose is paragraphs, lists, emphasis, subheads, notes and links: nothing that could become markup elsewhere."""

from collections import Counter
from collections.abc import Iterable, Iterator

from protocole_cli.diagnostics import Severite
from protocole_cli.loading.layout import FAUTES_MAX
from protocole_cli.loading.loaded import Loaded
from protocole_cli.loading.prose import prose_faults
from protocole_cli.loading.prose_scan import line_may_be_refused, sign_may_be_refused
from protocole_cli.model.entree import Entree
from protocole_cli.position import Position, Route
from protocole_cli.validation.rules.finding import Finding
from protocole_cli.validation.rules.regle import FICHE, Exemple, Regle
from protocole_cli.validation.texts import fiches_where, prose_of_body, prose_of_fiche


def check(loaded: Loaded) -> Iterator[Finding]:
    """Yield a finding for each passage of Markdown that is not admitted, fiches apart."""
    return _at_most(finding for passage in prose_of_body(loaded.protocole) for finding in _refused(*passage))


def check_fiches(loaded: Loaded) -> Iterator[Finding]:
    """Yield a finding for each such passage of a fiche; suspect texts alone are parsed."""
    return _at_most(
        finding
        for fiche in fiches_where(loaded, line_may_be_refused, _sign_may_be_refused)
        for passage in prose_of_fiche(fiche)
        for finding in _refused(*passage)
    )


def _sign_may_be_refused(whole: str) -> bool:
    """Tell whether a sign in a fiche could be refused; a note and its call may stand in two of its texts."""
    return ("[" in whole and ("[^" in whole or "](" in whole or "]:" in whole)) or sign_may_be_refused(whole)


def _at_most(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the findings, of one file no more than of faults of shape."""
    met: Counter[str] = Counter()
    for finding in findings:
        fichier = finding.position.fichier
        met[fichier] += 1
        if met[fichier] <= FAUTES_MAX:
            yield finding
        elif met[fichier] == FAUTES_MAX + 1:
            yield Finding(
                Position(fichier),
                f"Ce fichier a plus de {FAUTES_MAX} passages qui ne sont pas admis ; les autres ne sont pas montrés.",
                "Corrigez d’abord ceux-ci, ou reprenez le fichier d’une version précédente.",
            )


def _refused(entree: Entree, route: Route, texte: str) -> Iterator[Finding]:
    """Yield a finding for each kind of fault on each line, at the first of it: an element of HTML has two tags."""
    first = {(fault.ligne, fault.message): fault for fault in reversed(prose_faults(texte))}
    for fault in sorted(first.values(), key=lambda fault: fault.ligne):
        yield Finding(entree.position, fault.message, fault.aide, route, fault.ligne, fault.extrait)


REGLE = Regle(
    nom="prose-admise",
    severite=Severite.ERREUR,
    demande="Un texte est fait de paragraphes, de listes, de mots en relief, d’intertitres, de notes et de liens.",
    raison="Le texte est imprimé tel quel en plusieurs formes (page, PDF, Word). Une image, un tableau ou une "
    "balise HTML n’y passerait pas, ou y ferait autre chose que dire des mots.",
    juste=Exemple(
        FICHE,
        """
        description: |
          Ouvrir un lieu d’accueil **gratuit**
        """,
    ),
    fautif=Exemple(
        FICHE,
        """
        description: |
          Ouvrir un lieu d’accueil <b>gratuit</b>
        """,
    ),
    check=check,
    check_fiches=check_fiches,
    des_restes=True,
)

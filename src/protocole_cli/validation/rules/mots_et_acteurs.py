"""The actors of a fiche are those that its words name."""

from collections.abc import Iterator

from protocole_cli.diagnostics import Severite
from protocole_cli.language import cited, enumeration
from protocole_cli.loading.loaded import Loaded
from protocole_cli.model.fiche import Engagement, Fiche
from protocole_cli.position import Position
from protocole_cli.validation.naming import Names, names_of
from protocole_cli.validation.rules.finding import Finding
from protocole_cli.validation.rules.regle import FICHE, Exemple, Regle


def check_fiches(loaded: Loaded) -> Iterator[Finding]:
    """Yield a finding where the words name an actor that is not referenced, or the reverse.

    Porteurs and partenaires are held against their whole text. An engagement names its authors in its heading or in a
    parenthesis at its end, and nowhere else is someone named an author.
    """
    if "data/acteurs.yaml" in loaded.fautifs or not loaded.protocole.acteurs:
        return
    names = names_of(loaded.protocole.acteurs)
    for fiche in loaded.protocole.fiches:
        yield from _of_fiche(fiche, names)


def _of_fiche(fiche: Fiche, names: Names) -> Iterator[Finding]:
    for organismes in (fiche.porteurs, fiche.partenaires):
        if organismes and not _agree(organismes.acteurs, named := names.named(organismes.texte)):
            yield from _compare(organismes.position, organismes.acteurs, named, names)
    for engagement in fiche.engagements:
        if not _agree(engagement.acteurs, named := names.named(_attribution(engagement))):
            yield from _compare(engagement.position, engagement.acteurs, named, names)


def _agree(referenced: tuple[str, ...], named: tuple[str, ...]) -> bool:
    return referenced == named or set(referenced) == set(named)


def _attribution(engagement: Engagement) -> str:
    """Return the words that say whose promise it is."""
    texte = engagement.texte.rstrip()
    final = texte[texte.rfind("(") :] if texte.endswith((")", ").")) and "(" in texte else ""
    return f"{engagement.intitule} {final}".strip()


def _compare(
    position: Position, referenced: tuple[str, ...], named: tuple[str, ...], names: Names
) -> Iterator[Finding]:
    if not names.known.keys() >= set(referenced):
        return  # an identifier is wrong, which is said elsewhere
    for acteur in dict.fromkeys(named):
        if acteur not in referenced:
            yield Finding(
                position,
                f"Le texte nomme « {cited(names.label(acteur))} », qui n’est pas parmi les acteurs.",
                f"Ajoutez « {acteur} » aux acteurs, s’il s’agit bien de lui.",
            )
    for rank, acteur in enumerate(referenced):
        if acteur not in named:
            graphies = enumeration([f"« {cited(g)} »" for g in names.spellings(acteur)], "ou")
            yield Finding(
                position,
                f"« {cited(names.label(acteur))} » est parmi les acteurs, mais le texte ne le nomme pas.",
                f"Retirez-le des acteurs, ou nommez-le dans le texte : {graphies}.",
                ("acteurs", rank),
            )


REGLE = Regle(
    nom="mots-et-acteurs",
    severite=Severite.AVERTISSEMENT,
    demande="Les acteurs d’une entrée sont ceux que son texte nomme.",
    raison="Les recherches se font sur « acteurs », les parties signent le texte : les deux doivent dire la même "
    "chose. Un engagement nomme son auteur dans son intitulé, ou entre parenthèses à la fin.",
    juste=Exemple(
        FICHE,
        """
        partenaires:
          texte: État, Ville de Valmont
          acteurs: [etat, ville-de-valmont]
        """,
    ),
    fautif=Exemple(
        FICHE,
        """
        partenaires:
          texte: État, Ville de Valmont
          acteurs: [etat]
        """,
    ),
    check_fiches=check_fiches,
)

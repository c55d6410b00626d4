"""A promise binds someone who is there: a party, or one of those who carry the fiche."""

from collections.abc import Iterator

from protocole_cli.diagnostics import Severite
from protocole_cli.language import cited
from protocole_cli.loading.layout import base_file
from protocole_cli.loading.loaded import Loaded
from protocole_cli.model.acteurs import Acteur
from protocole_cli.model.fiche import Fiche
from protocole_cli.validation.rules.finding import Finding
from protocole_cli.validation.rules.regle import FICHE, Exemple, Regle


def check_fiches(loaded: Loaded) -> Iterator[Finding]:
    """Yield a finding for each author of a promise who is neither a party nor a porteur or partner of the fiche.

    Who belongs to one of these is there with it: a service with what it answers to, a member with its collective, a
    collective with all its members.
    """
    if loaded.fautifs & {base_file("acteurs"), base_file("parties")}:
        return
    acteurs = {acteur.id: acteur for acteur in loaded.protocole.acteurs}
    present = _with_theirs({partie.acteur for partie in loaded.protocole.parties}, acteurs)
    for fiche in loaded.protocole.fiches:
        absent = {acteur for engagement in fiche.engagements for acteur in engagement.acteurs} - present
        if absent:
            yield from _of_fiche(fiche, absent, present, acteurs)


def _of_fiche(fiche: Fiche, absent: set[str], present: set[str], acteurs: dict[str, Acteur]) -> Iterator[Finding]:
    named = {acteur for part in (fiche.porteurs, fiche.partenaires) if part for acteur in part.acteurs}
    if absent <= named:
        return
    here = _with_theirs(present | named, acteurs)
    for rank, engagement in enumerate(fiche.engagements, 1):
        for place, acteur in enumerate(engagement.acteurs):
            if acteur in acteurs and acteur not in here:
                yield Finding(
                    engagement.position,
                    f"« {cited(acteurs[acteur].nom)} » s’engage ({fiche.engagement_id(rank)}), mais n’est ni partie au protocole, ni "
                    f"porteur ou partenaire de la fiche {fiche.numero}.",
                    "Ajoutez-le aux partenaires de la fiche, ou aux parties : sinon rien ne l’engage.",
                    ("acteurs", place),
                )


def _with_theirs(present: set[str], acteurs: dict[str, Acteur]) -> set[str]:
    """Return those who are there, and those who are there with them."""
    services: dict[str, list[str]] = {}
    for acteur in acteurs.values():
        services.setdefault(acteur.releve_de, []).append(acteur.id)
    there: set[str] = set()
    ahead = list(present)
    while ahead:
        identifiant = ahead.pop()
        if identifiant not in there:
            there.add(identifiant)
            ahead += services.get(identifiant, ())
            ahead += acteurs[identifiant].membres if identifiant in acteurs else ()
    return there | {a.id for a in acteurs.values() if a.membres and there.issuperset(a.membres)}


REGLE = Regle(
    nom="engagement-hors-parties",
    severite=Severite.AVERTISSEMENT,
    demande="Qui s’engage est partie au protocole, ou porteur ou partenaire de la fiche.",
    raison="Qui n’est ni l’un ni l’autre n’a peut-être pas été consulté, et rien ne l’oblige. Un service compte "
    "avec ce dont il relève, un membre avec son collectif.",
    juste=Exemple(
        FICHE,
        """
        engagements:
          - intitule: "Engagement de la Ville de Valmont :"
            acteurs: [ville-de-valmont]
            texte: prêter un local
        """,
    ),
    fautif=Exemple(
        FICHE,
        """
        engagements:
          - intitule: "Engagement de la Mission locale :"
            acteurs: [mission-locale]
            texte: prêter un local
        """,
    ),
    check_fiches=check_fiches,
)

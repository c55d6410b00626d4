"""All that the protocole says of an actor, as a page: the same words for a terminal, Markdown and HTML."""

from collections.abc import Iterable, Sequence

from protocole_cli.language import enumeration, words
from protocole_cli.loading.plain_prose import plain_prose
from protocole_cli.model.acteurs import Acteur, NatureActeur, Partie
from protocole_cli.model.gouvernance import Siege
from protocole_cli.model.prose import Bloc, Emphase, Inline, Liste, Mots, Paragraphe
from protocole_cli.queries.acteurs import Mention, Profil, SiegeTrouve
from protocole_cli.queries.engagements import EngagementTrouve
from protocole_cli.queries.reach import Atteinte
from protocole_cli.rendering.citing import cite, full_name, names, part_name, quote, through
from protocole_cli.rendering.document import Section
from protocole_cli.rendering.typography import typographie
from protocole_cli.rendering.wrapping import unwrapped

NATURES: dict[NatureActeur, str] = {
    "etat": "administration de l’État",
    "justice": "justice",
    "collectivite": "collectivité territoriale",
    "organisme-public": "organisme public",
    "bailleur": "bailleur",
    "association": "association",
    "entreprise": "entreprise",
    "habitants": "habitants",
    "dispositif": "dispositif",
    "collectif": "collectif : le texte nomme plusieurs organismes par un mot",
}
Element = tuple[Bloc, ...]
"""What stands in a list item."""
_ROLES = {"presidence": ", à la présidence", "membre": "", "associe": ", peut y être associé"}


def build_acteur(profil: Profil, acteurs: Sequence[Acteur]) -> Section:
    """Return the page of an actor; `acteurs` gives their names to those it is reached through.

    What only a collective says of it stands under headings of its own.
    """
    page = _Page(acteurs)
    said: dict[str, list[tuple[Atteinte | None, Element]]] = {
        "Signature": [(None, page.partie(profil.partie))] if profil.partie else [],
        "Fiches portées": [(m.atteinte, page.mention(m)) for m in profil.porteur],
        "Partenariats": [(m.atteinte, page.mention(m)) for m in profil.partenaire],
        "Engagements": [(e.atteinte, page.engagement(e)) for e in profil.engagements if not e.vide],
        "Engagements restés en blanc": [(e.atteinte, page.engagement(e)) for e in profil.engagements if e.vide],
        "Instances": [(s.atteinte, page.siege(s)) for s in profil.sieges],
    }
    direct = {titre: [e for atteinte, e in found if not _collective(atteinte)] for titre, found in said.items()}
    apart = {
        f"{titre} {_through_one(titre)} dont il est membre": [e for atteinte, e in found if _collective(atteinte)]
        for titre, found in said.items()
    }
    return Section(
        id=f"acteur-{profil.acteur.id}",
        nature="acteur",
        niveau=1,
        surtitre="Acteur",
        titre=typographie(full_name(profil.acteur)),
        blocs=(Liste(tuple((_paragraph(line),) for line in (*_identity(profil), *_nothing(direct)))),),
        sections=tuple(
            Section(
                id=f"acteur-{profil.acteur.id}-{rank}",
                nature="rubrique",
                niveau=2,
                titre=typographie(titre if titre == "Signature" else f"{titre} : {len(elements)}"),
                blocs=(Liste(tuple(elements)),),
            )
            for rank, (titre, elements) in enumerate((direct | apart).items(), 1)
            if elements
        ),
    )


def _through_one(titre: str) -> str:
    return "par un collectif" if titre == "Fiches portées" else "d’un collectif"


def _collective(atteinte: Atteinte | None) -> bool:
    return atteinte is not None and atteinte.voie == "collectif"


def _identity(profil: Profil) -> list[str]:
    acteur = profil.acteur
    lines = []
    if acteur.nature:
        lines.append(f"Nature : {NATURES[acteur.nature]}.")
    if acteur.alias:
        lines.append(f"Aussi écrit : {enumeration([f'« {alias} »' for alias in acteur.alias])}.")
    if profil.autorite:
        lines.append(f"Relève de : {profil.autorite.nom}.")
    if profil.services:
        counted = "comptés ici" if profil.avec_services else "non comptés ici"
        lines.append(f"En relèvent ({counted}) : {names(profil.services)}.")
    if acteur.collectif:
        lines.append(f"Membres : {names(profil.membres) or 'le texte ne dit pas qui'}.")
    if profil.collectifs:
        lines.append(f"Membre de : {names(profil.collectifs)}.")
    if acteur.note:
        lines.append(f"À savoir : {acteur.note}")
    lines.append(f"Identifiant : {acteur.id} ({cite(acteur.position)}).")
    return lines


def _nothing(direct: "dict[str, list[Element]]") -> list[str]:
    """Return the sentence that says of what there is nothing by the actor's own name."""
    none = {
        "Signature": "aucune signature",
        "Fiches portées": "aucune fiche portée",
        "Partenariats": "aucun partenariat",
        "Engagements": "aucun engagement rédigé",
        "Instances": "aucune instance",
    }
    missing = [words for titre, words in none.items() if not direct[titre]]
    return [f"À son nom, le texte ne donne {enumeration(missing, 'ni')}."] if missing else []


class _Page:
    """The entries of the lists of a page."""

    def __init__(self, acteurs: Sequence[Acteur]) -> None:
        self.acteurs = acteurs

    def partie(self, partie: Partie) -> Element:
        who = partie.representant
        person = f"{who.civilite} {who.nom}".strip()
        return _element(
            f"Partie au protocole, {_rank(partie.liste.rang)} dans la liste et {_rank(partie.signature.rang)} à signer",
            f"Représentant : {person}, {who.qualite} ({cite(partie.position)})",
        )

    def mention(self, mention: Mention) -> Element:
        return _element(
            f"Fiche {mention.fiche} – {mention.titre}",
            f"{quote(mention.texte)}{self._by(mention.atteinte)} ({cite(mention.position)})",
        )

    def engagement(self, found: EngagementTrouve) -> Element:
        alone = len(found.acteurs) == 1
        who = "" if alone else f" – {names(found.acteurs)}"
        by = self._by(found.atteinte)
        place = f"Fiche {found.fiche}, engagements, entrée {found.rang} ({cite(found.position)})"
        written = found.engagement.texte if not found.vide else found.engagement.intitule
        said = plain_prose(written)
        blocs = said.blocs if said else (_paragraph(unwrapped(written)),)
        return (_bold(f"{found.id}{who}{by}"), *blocs, _paragraph(place))

    def siege(self, found: SiegeTrouve) -> Element:
        siege = found.siege
        where = siege.formation or found.instance.nom
        said = f", {self._words_for(siege)}".removesuffix(", ")
        return _element(
            f"{where}{_ROLES[siege.role]}{said}{self._by(found.atteinte)} ({_lieu(found)})",
            f"({cite(siege.position)})",
        )

    def _words_for(self, siege: Siege) -> str:
        """Return the words by which the text names who sits there, where they are not its name."""
        wanted = words(siege.texte)
        named = self._named(siege.acteurs)
        if siege.deduit:
            return f"déduit de « {siege.texte} »"
        if any(wanted in (words(acteur.nom), words(acteur.sigle)) for acteur in named):
            return ""
        alias = any(wanted == words(alias) for acteur in named for alias in acteur.alias)
        return f"{'sous le nom' if alias else 'selon les mots'} « {siege.texte} »"

    def _by(self, atteinte: Atteinte | None) -> str:
        by = through(atteinte, self._named(atteinte.par)) if atteinte else ""
        return f", {by}" if by else ""

    def _named(self, identifiants: Iterable[str]) -> list[Acteur]:
        wanted = set(identifiants)
        return [acteur for acteur in self.acteurs if acteur.id in wanted]


def _lieu(found: SiegeTrouve) -> str:
    if found.lieu is None:
        return "schéma de la gouvernance"
    return part_name(*found.lieu)


def _rank(rang: int) -> str:
    return "1er" if rang == 1 else f"{rang}e"


def _element(first: str, *others: str) -> Element:
    return (_bold(first), *(_paragraph(other) for other in others))


def _bold(text: str) -> Paragraphe:
    return Paragraphe((Emphase(_mots(text), forte=True),))


def _paragraph(text: str) -> Paragraphe:
    return Paragraphe(_mots(text))


def _mots(text: str) -> tuple[Inline, ...]:
    return (Mots(typographie(text)),)

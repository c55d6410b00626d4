"""What is declared is used: by a field that refers to it, or by a text that names it."""

from collections.abc import Iterable, Iterator

from protocole_cli.diagnostics import Severite
from protocole_cli.loading.loaded import Loaded
from protocole_cli.model.acteurs import Acteur
from protocole_cli.model.fiche import Echelle, EchellePhase, Fiche
from protocole_cli.model.gouvernance import Gouvernance
from protocole_cli.model.protocole import Protocole
from protocole_cli.model.territoire import Commune, Quartier
from protocole_cli.validation.naming import Names
from protocole_cli.validation.rules.acteur_inconnu import references
from protocole_cli.validation.rules.finding import Finding
from protocole_cli.validation.rules.regle import FICHE, Regle, exemple
from protocole_cli.validation.texts import passages_of_body, passages_of_fiche


def check(loaded: Loaded) -> Iterator[Finding]:
    """Yield a finding for each phase, actor, commune, neighbourhood and column that nothing uses.

    What a broken or missing file may use is not known: then phases alone are looked at, whose uses are in their own fiche.
    Where something refers to what is not there, which is said elsewhere, it may be what seems unused, ill-written.
    """
    protocole = loaded.protocole
    for fiche in protocole.fiches:
        if fiche.phases:
            yield from _phases(fiche)
    numeros = [fiche.numero for fiche in protocole.fiches]
    if numeros and max(numeros) == len(numeros) and not loaded.fautifs:
        yield from _acteurs(protocole)
        yield from _territoire(protocole)
        yield from _colonnes(protocole.gouvernance)


def _phases(fiche: Fiche) -> Iterator[Finding]:
    used = {part.phase for of in (fiche.echelle, fiche.calendrier) if of for part in of.phases}
    declared = {phase.id: phase for phase in fiche.phases}
    for identifiant, phase in declared.items() if used <= declared.keys() else ():
        if identifiant not in used:
            yield Finding(
                phase.position,
                f"La phase « {identifiant} » ne sert ni à l’échelle ni au calendrier de la fiche {fiche.numero}.",
                "Donnez-lui un territoire ou des années, ou retirez-la.",
                ("id",),
            )


def _acteurs(protocole: Protocole) -> Iterator[Finding]:
    declared = {acteur.id: acteur for acteur in protocole.acteurs}
    used = {identifiant for _, _, identifiant in references(protocole)}
    if not used <= declared.keys():
        return
    for identifiant in _not_named(declared.keys() - used, protocole.acteurs, protocole):
        yield Finding(
            declared[identifiant].position,
            f"L’acteur « {identifiant} » ne sert à rien : aucun champ n’y renvoie, et aucun texte ne le nomme.",
            "Ajoutez-le là où il devait être, ou retirez-le d’acteurs.yaml.",
            ("id",),
        )


def _territoire(protocole: Protocole) -> Iterator[Finding]:
    echelles = [fiche.echelle for fiche in protocole.fiches if fiche.echelle]
    parts: list[Echelle | EchellePhase] = [*echelles, *(phase for echelle in echelles for phase in echelle.phases)]
    communes = {identifiant for part in parts for identifiant in part.communes}
    quartiers = {identifiant for part in parts for identifiant in part.quartiers}
    natures = {nature for part in parts for nature in part.natures}
    everywhere = any(part.toutes_communes for part in parts)
    having = {quartier.commune for quartier in protocole.quartiers}
    if communes | having <= {c.id for c in protocole.communes} and quartiers <= {q.id for q in protocole.quartiers}:
        yield from _places(
            (c for c in protocole.communes if not (c.contrat_de_ville or c.id in communes or c.id in having)),
            "La commune",
            protocole,
        )
        yield from _places(
            (
                q
                for q in protocole.quartiers
                if not (everywhere or q.nature in natures or q.id in quartiers or q.commune in communes)
            ),
            "Le quartier",
            protocole,
        )


def _places(unused: Iterable[Commune | Quartier], what: str, protocole: Protocole) -> Iterator[Finding]:
    """Yield a finding for each place that no text names either."""
    places = {place.id: place for place in unused}
    named = [Acteur(id=place.id, nom=place.nom, alias=place.alias) for place in places.values()]
    for identifiant in _not_named(places.keys(), named, protocole):
        yield Finding(
            places[identifiant].position,
            f"{what} « {identifiant} » ne sert à rien : aucune fiche n’y mène, et aucun texte n’en parle.",
            "Donnez-lui sa place dans l’échelle d’une fiche, ou retirez l’entrée de quartiers.yaml.",
            ("id",),
        )


def _colonnes(gouvernance: Gouvernance) -> Iterator[Finding]:
    used = {instance.colonne for instance in gouvernance.instances}
    declared = {colonne.id: colonne for colonne in gouvernance.colonnes}
    for identifiant, colonne in declared.items() if used <= declared.keys() else ():
        if identifiant not in used:
            yield Finding(
                colonne.position,
                f"La colonne « {identifiant} » est vide : aucune instance ne s’y place.",
                "Placez-y une instance, ou retirez-la.",
                ("id",),
            )


def _not_named(identifiants: Iterable[str], named: Iterable[Acteur], protocole: Protocole) -> list[str]:
    """Return the identifiers of those that no text names, in the order of `named`."""
    unused = set(identifiants)
    if unused:
        names = Names(named)
        for text in _texts(protocole):
            unused.difference_update(names.named(text))
            if not unused:
                break
    return [entry.id for entry in named if entry.id in unused]


def _texts(protocole: Protocole) -> Iterator[str]:
    """Yield the words of the protocole, what is not a fiche first."""
    yield "\n\n".join(text for _, _, text in passages_of_body(protocole))
    for fiche in protocole.fiches:
        yield "\n\n".join(text for _, _, text in passages_of_fiche(fiche))


REGLE = Regle(
    nom="identifiant-inutilise",
    severite=Severite.AVERTISSEMENT,
    demande="Tout ce qui est déclaré sert : un champ y renvoie, ou un texte le nomme.",
    raison="Une phase, un acteur, une commune, un quartier ou une colonne dont rien ne se sert est le "
    "reste d’un texte modifié, ou le signe d’un renvoi oublié.",
    juste=exemple(
        FICHE,
        """
        phases:
          - {id: travaux, nom: Travaux}
        calendrier:
          texte: Travaux en 2024-2025
          phases:
            - {phase: travaux, debut: 2024, fin: 2025}
        """,
    ),
    fautif=exemple(
        FICHE,
        """
        phases:
          - {id: travaux, nom: Travaux}
          - {id: ouverture, nom: Ouverture}
        calendrier:
          texte: Travaux en 2024-2025
          phases:
            - {phase: travaux, debut: 2024, fin: 2025}
        """,
    ),
    check=check,
)

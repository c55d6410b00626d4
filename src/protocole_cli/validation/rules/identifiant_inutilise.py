"""What is declared is used: by a field that refers to it, or by a text that names it."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from protocole_cli.diagnostics import Severite
from protocole_cli.loading.loaded import Loaded
from protocole_cli.model.acteurs import Acteur
from protocole_cli.model.fiche import Echelle, EchellePhase, Fiche
from protocole_cli.model.gouvernance import Gouvernance
from protocole_cli.model.protocole import Protocole
from protocole_cli.model.territoire import Commune, Quartier
from protocole_cli.validation.naming import Names
from protocole_cli.validation.rules.acteur_inconnu import acteurs_of_fiches, references
from protocole_cli.validation.rules.finding import Finding
from protocole_cli.validation.rules.regle import FICHE, Across, Exemple, Regle
from protocole_cli.validation.texts import words_by_fiche, words_of_body

Named = Acteur | Commune | Quartier


class _Uses(Struct, frozen=True):
    """What some fiches use of what is declared for all: by fields, and, of what no field of theirs uses, by naming it."""

    numeros: tuple[int, ...] = ()
    acteurs: frozenset[str] = frozenset()
    communes: frozenset[str] = frozenset()
    quartiers: frozenset[str] = frozenset()
    natures: frozenset[str] = frozenset()
    partout: bool = False
    acteurs_nommes: frozenset[str] = frozenset()
    communes_nommees: frozenset[str] = frozenset()
    quartiers_nommes: frozenset[str] = frozenset()


def check(loaded: Loaded) -> Iterator[Finding]:
    """Yield a finding for each column in which no body stands."""
    if not loaded.fautifs:
        yield from _colonnes(loaded.protocole.gouvernance)


def check_fiches(loaded: Loaded) -> Iterator[Finding]:
    """Yield a finding for each phase that its fiche does not use."""
    for fiche in loaded.protocole.fiches:
        if fiche.phases:
            yield from _phases(fiche)


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


def _gather(loaded: Loaded) -> _Uses:
    protocole = loaded.protocole
    fiches = protocole.fiches
    echelles = [fiche.echelle for fiche in fiches if fiche.echelle]
    parts: list[Echelle | EchellePhase] = [*echelles, *(phase for echelle in echelles for phase in echelle.phases)]
    uses = _Uses(
        tuple(fiche.numero for fiche in fiches),
        acteurs_of_fiches(loaded),
        frozenset(identifiant for part in parts for identifiant in part.communes),
        frozenset(identifiant for part in parts for identifiant in part.quartiers),
        frozenset(nature for part in parts for nature in part.natures),
        any(part.toutes_communes for part in parts),
    )
    return _with_names(uses, protocole, words_by_fiche(loaded))


def _judge(loaded: Loaded, gathered: list[_Uses]) -> Iterator[Finding]:
    """Yield a finding for each actor, commune and neighbourhood that nothing uses.

    What a broken or missing file may use is not known: then nothing is told. Where something refers to what is not there,
    which is said elsewhere, it may be what seems unused, ill-written.
    """
    protocole = loaded.protocole
    numeros = [numero for uses in gathered for numero in uses.numeros]
    if not numeros or max(numeros) != len(numeros) or loaded.fautifs:
        return
    uses = _together(gathered)
    uses = _together([uses, _with_names(uses, protocole, [words_of_body(protocole)])])
    if _acteurs_used(uses, protocole) <= {acteur.id for acteur in protocole.acteurs}:
        for acteur in _acteurs_unused(uses, protocole):
            if acteur.id not in uses.acteurs_nommes:
                yield Finding(
                    acteur.position,
                    f"L’acteur « {acteur.id} » ne sert à rien : aucun champ n’y renvoie, et aucun texte ne le nomme.",
                    "Ajoutez-le là où il devait être, ou retirez-le d’acteurs.yaml.",
                    ("id",),
                )
    communes = {commune.id for commune in protocole.communes}
    if uses.communes | _having(protocole) <= communes and uses.quartiers <= {q.id for q in protocole.quartiers}:
        for what, unused, named in (
            ("La commune", _communes_unused(uses, protocole), uses.communes_nommees),
            ("Le quartier", _quartiers_unused(uses, protocole), uses.quartiers_nommes),
        ):
            for place in unused:
                if place.id not in named:
                    yield Finding(
                        place.position,
                        f"{what} « {place.id} » ne sert à rien : aucune fiche n’y mène, et aucun texte n’en parle.",
                        "Donnez-lui sa place dans l’échelle d’une fiche, ou retirez l’entrée de quartiers.yaml.",
                        ("id",),
                    )


def _together(parts: list[_Uses]) -> _Uses:
    """Return the uses of several parts as one."""

    def all_of(name: str) -> frozenset[str]:
        return frozenset[str]().union(*(getattr(part, name) for part in parts))

    return _Uses(
        acteurs=all_of("acteurs"),
        communes=all_of("communes"),
        quartiers=all_of("quartiers"),
        natures=all_of("natures"),
        partout=any(part.partout for part in parts),
        acteurs_nommes=all_of("acteurs_nommes"),
        communes_nommees=all_of("communes_nommees"),
        quartiers_nommes=all_of("quartiers_nommes"),
    )


def _with_names(uses: _Uses, protocole: Protocole, texts: Iterable[str]) -> _Uses:
    """Return the uses with what the texts name of what is not among them."""
    wanted: list[tuple[tuple[Named, ...], Sequence[Named]]] = [
        (protocole.acteurs, _acteurs_unused(uses, protocole)),
        (protocole.communes, _communes_unused(uses, protocole)),
        (protocole.quartiers, _quartiers_unused(uses, protocole)),
    ]
    read = list(texts) if any(unused for _, unused in wanted) else []
    acteurs, communes, quartiers = (_named(known, unused, read) for known, unused in wanted)
    return replace(uses, acteurs_nommes=acteurs, communes_nommees=communes, quartiers_nommes=quartiers)


def _named(known: tuple[Named, ...], unused: Sequence[Named], texts: Iterable[str]) -> frozenset[str]:
    """Return those of the unused that a text names; where names overlap, a longer one that is known is meant."""
    wanted = {entry.id for entry in unused}
    met: set[str] = set()
    if wanted:
        names = _names(known)
        for text in texts:
            met.update(wanted.intersection(names.find(text)))
            if len(met) == len(wanted):
                break
    return frozenset(met)


@lru_cache(maxsize=3)
def _names(known: tuple[Named, ...]) -> Names:
    """Return the names of actors or of places; kept, as fiches are judged a few at a time."""
    return Names(
        entry if isinstance(entry, Acteur) else Acteur(id=entry.id, nom=entry.nom, alias=entry.alias) for entry in known
    )


def _acteurs_used(uses: _Uses, protocole: Protocole) -> frozenset[str]:
    return uses.acteurs.union(identifiant for _, _, identifiant in references(protocole))


def _acteurs_unused(uses: _Uses, protocole: Protocole) -> list[Acteur]:
    used = _acteurs_used(uses, protocole)
    return [acteur for acteur in protocole.acteurs if acteur.id not in used]


def _communes_unused(uses: _Uses, protocole: Protocole) -> list[Commune]:
    used = uses.communes | _having(protocole)
    return [commune for commune in protocole.communes if not (commune.contrat_de_ville or commune.id in used)]


def _quartiers_unused(uses: _Uses, protocole: Protocole) -> list[Quartier]:
    return [
        quartier
        for quartier in protocole.quartiers
        if not (
            uses.partout
            or quartier.nature in uses.natures
            or quartier.id in uses.quartiers
            or quartier.commune in uses.communes
        )
    ]


def _having(protocole: Protocole) -> set[str]:
    """Return the communes that have a neighbourhood."""
    return {quartier.commune for quartier in protocole.quartiers}


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


REGLE = Regle(
    nom="identifiant-inutilise",
    severite=Severite.AVERTISSEMENT,
    demande="Tout ce qui est déclaré sert : un champ y renvoie, ou un texte le nomme.",
    raison="Une phase, un acteur, une commune, un quartier ou une colonne dont rien ne se sert est le "
    "reste d’un texte modifié, ou le signe d’un renvoi oublié.",
    juste=Exemple(
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
    fautif=Exemple(
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
    check_fiches=check_fiches,
    across=Across(_Uses, _gather, _judge),
)

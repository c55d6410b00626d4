"""The territories of a scale are those that its words name."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from protocole_cli.diagnostics import Severite
from protocole_cli.language import cited, name_key, words
from protocole_cli.loading.layout import base_file
from protocole_cli.loading.loaded import Loaded
from protocole_cli.model.acteurs import Acteur
from protocole_cli.model.fiche import Echelle, EchellePhase
from protocole_cli.model.protocole import Protocole
from protocole_cli.model.territoire import Commune, Quartier
from protocole_cli.validation.naming import Names
from protocole_cli.validation.rules.finding import Finding
from protocole_cli.validation.rules.regle import FICHE, Exemple, Regle

_SAID = {"qpv": r"\bQPV\b|(?i:prioritaire)", "qva": r"\bQVA\b|(?i:\bveille\b)"}
"""How a text names the neighbourhoods of a nature."""


def check_fiches(loaded: Loaded) -> Iterator[Finding]:
    """Yield a finding for each nature, commune or neighbourhood that is referred to and not named, or the reverse.

    What is named is looked for only where the scale refers to others of its kind: « les quartiers prioritaires de Valmont » need not.
    """
    protocole = loaded.protocole
    if loaded.fautifs & {base_file("quartiers"), base_file("acteurs")} or _share(protocole):
        return
    for fiche in protocole.fiches:
        echelle = fiche.echelle
        if not echelle:
            continue
        if echelle.phases or echelle.natures != tuple(_said_natures(echelle.texte)):
            yield from _natures(echelle)
        if echelle.phases or echelle.communes or echelle.quartiers:
            names = _names(protocole.communes, protocole.quartiers, protocole.acteurs)
            yield from _unnamed(echelle, names)
            yield from _unreferenced(echelle, names)


def _share(protocole: Protocole) -> bool:
    """Tell whether two places have one identifier, which is said elsewhere: which of them is meant is not known."""
    return any(len({one.id for one in places}) < len(places) for places in (protocole.communes, protocole.quartiers))


def _parts(echelle: Echelle) -> tuple[Echelle | EchellePhase, ...]:
    return (echelle, *echelle.phases)


def _natures(echelle: Echelle) -> Iterator[Finding]:
    natures = set[str](echelle.natures)
    for phase in echelle.phases:
        natures.update(phase.natures)
    said = _said_natures(echelle.texte) if natures else {}
    for nature in natures - said.keys():
        yield Finding(
            echelle.position,
            f"« natures » désigne les quartiers {nature.upper()}, que le texte ne nomme pas.",
            f"Retirez « {nature} », ou nommez-les dans le texte.",
            ("natures",),
        )
    for nature in said.keys() - natures:
        yield Finding(
            echelle.position,
            f"Le texte nomme des quartiers {nature.upper()} (« {cited(said[nature])} »), qui ne sont pas parmi les natures.",
            f"Ajoutez « {nature} » aux natures, si ce sont bien eux.",
            ("texte",),
        )


@lru_cache(maxsize=256)
def _said_natures(texte: str) -> dict[str, str]:
    """Return the natures that a text names, each with the first word for it; kept, as scales often have the same words."""
    return {nature: named[0] for nature, said in _SAID.items() if (named := re.search(said, texte))}


def _unnamed(echelle: Echelle, names: Names) -> Iterator[Finding]:
    named = names.named(echelle.texte)
    for part in _parts(echelle):
        for key, rank, known in _referred(part):
            if known in names.known and known not in named and not _is_said(names.spellings(known), echelle.texte):
                yield Finding(
                    part.position,
                    f"« {cited(names.label(known))} » est parmi les {key}, mais le texte ne nomme pas ce lieu.",
                    f"Retirez-le de « {key} », ou nommez-le dans le texte.",
                    (key, rank),
                )


def _unreferenced(echelle: Echelle, names: Names) -> Iterator[Finding]:
    referred = {known for part in _parts(echelle) for _, _, known in _referred(part)}
    kinds = {known.partition(" ")[0] for known in referred}
    for known in dict.fromkeys(names.named(echelle.texte)):
        kind, _, identifiant = known.partition(" ")
        if identifiant and kind in kinds and known not in referred:
            yield Finding(
                echelle.position,
                f"Le texte nomme « {cited(names.label(known))} », qui n’est pas parmi les {kind}s.",
                f"Ajoutez « {identifiant} » à « {kind}s », s’il s’agit bien de ce lieu.",
                ("texte",),
            )


def _referred(part: Echelle | EchellePhase) -> Iterator[tuple[str, int, str]]:
    """Yield each reference of a scale: its key, its rank under it, and the place by its kind and identifier."""
    for rank, identifiant in enumerate(part.communes):
        yield "communes", rank, f"commune {identifiant}"
    for rank, identifiant in enumerate(part.quartiers):
        yield "quartiers", rank, f"quartier {identifiant}"


def _is_said(spellings: Iterable[str], texte: str) -> bool:
    """Tell whether a place is named without the article of its name: « le quartier des Tilleuls » is that of Les Tilleuls."""
    said = f" {words(texte)} "
    return any(f" {name_key(spelling)} " in said for spelling in spellings)


@lru_cache(maxsize=1)
def _names(communes: tuple[Commune, ...], quartiers: tuple[Quartier, ...], acteurs: tuple[Acteur, ...]) -> Names:
    """Return the names of all places, and of the actors that bear those of places; kept, as fiches are judged a few at a time."""
    return Names(
        [
            *(Acteur(id=f"commune {one.id}", nom=one.nom, alias=one.alias) for one in communes),
            *(Acteur(id=f"quartier {one.id}", nom=one.nom, alias=one.alias) for one in quartiers),
            *acteurs,
        ]
    )


REGLE = Regle(
    nom="mots-et-territoires",
    severite=Severite.AVERTISSEMENT,
    demande="Les natures, les communes et les quartiers d’une échelle sont ceux que nomme son texte.",
    raison="« Quelles fiches concernent ce quartier ? » se cherche dans les champs, les parties signent le texte : les deux doivent "
    "dire la même chose.",
    juste=Exemple(
        FICHE,
        """
        echelle:
          texte: Le quartier prioritaire des Tilleuls
          natures: [qpv]
          quartiers: [les-tilleuls]
        """,
    ),
    fautif=Exemple(
        FICHE,
        """
        echelle:
          texte: Le quartier prioritaire des Tilleuls
          natures: [qpv, qva]
          quartiers: [les-tilleuls]
        """,
    ),
    check_fiches=check_fiches,
)

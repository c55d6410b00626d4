"""An identifier names one thing."""

from collections.abc import Iterable, Iterator

from protocole_cli.diagnostics import Severite
from protocole_cli.loading.loaded import Loaded
from protocole_cli.model.entree import Entree
from protocole_cli.validation.rules.finding import Finding
from protocole_cli.validation.rules.regle import Exemple, Regle


def check(loaded: Loaded) -> Iterator[Finding]:
    """Yield a finding for each identifier after the first of its kind that is the same, fiches apart."""
    protocole = loaded.protocole
    gouvernance = protocole.gouvernance
    yield from _repeated(((a, "id", a.id) for a in protocole.acteurs), "L’identifiant")
    yield from _repeated(((p, "acteur", p.acteur) for p in protocole.parties), "La partie")
    yield from _repeated(((c, "id", c.id) for c in protocole.communes), "L’identifiant")
    yield from _repeated(((q, "id", q.id) for q in protocole.quartiers), "L’identifiant")
    yield from _repeated(((c, "id", c.id) for c in gouvernance.colonnes), "L’identifiant")
    yield from _repeated(((i, "id", i.id) for i in gouvernance.instances), "L’identifiant")
    for instance in gouvernance.instances:
        yield from _repeated(((g, "id", g.id) for g in instance.groupes), "L’identifiant")
    yield from _repeated(((s, "sigle", s.sigle) for s in protocole.sigles), "Le sigle")
    yield from _repeated(((r, "cle", r.cle) for r in protocole.corps.rubriques), "La rubrique")


def check_fiches(loaded: Loaded) -> Iterator[Finding]:
    """Yield a finding for each phase of a fiche with the identifier of one before."""
    for fiche in loaded.protocole.fiches:
        if fiche.phases:
            yield from _repeated(((p, "id", p.id) for p in fiche.phases), "L’identifiant")


def _repeated(entries: Iterable[tuple[Entree, str, str]], what: str) -> Iterator[Finding]:
    seen: dict[str, Entree] = {}
    for entree, key, identifiant in entries:
        first = seen.setdefault(identifiant, entree)
        if first is not entree:
            yield Finding(
                entree.position,
                f"{what} « {identifiant} » est déjà pris, à la ligne {first.position.ligne}.",
                "Donnez-en un autre, ou réunissez les deux entrées.",
                (key,),
            )


REGLE = Regle(
    nom="identifiant-en-double",
    severite=Severite.ERREUR,
    demande="Un identifiant ne désigne qu’une chose.",
    raison="Si deux entrées portent le même identifiant, un renvoi ne dit plus laquelle il désigne.",
    juste=Exemple(
        "data/quartiers.yaml",
        """
        quartiers:
          - {id: les-tilleuls, nom: Les Tilleuls, nature: qpv, commune: valmont}
          - {id: les-ormes, nom: Les Ormes, nature: qpv, commune: valmont}
        """,
    ),
    fautif=Exemple(
        "data/quartiers.yaml",
        """
        quartiers:
          - {id: les-tilleuls, nom: Les Tilleuls, nature: qpv, commune: valmont}
          - {id: les-tilleuls, nom: Les Ormes, nature: qpv, commune: valmont}
        """,
    ),
    check=check,
    check_fiches=check_fiches,
    des_restes=True,
)

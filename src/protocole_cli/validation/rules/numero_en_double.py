"""Two fiches, articles or ranks never bear the same number."""

from collections.abc import Iterable, Iterator

from protocole_cli.diagnostics import Severite
from protocole_cli.loading.loaded import Loaded
from protocole_cli.model.entree import Entree
from protocole_cli.validation.rules.finding import Finding
from protocole_cli.validation.rules.regle import Regle, exemple


def check(loaded: Loaded) -> Iterator[Finding]:
    """Yield a finding for each fiche, article, section or rank whose number another one has; both are named."""
    protocole = loaded.protocole
    yield from _shared(((f, "numero", f.numero) for f in protocole.fiches), "La fiche")
    yield from _shared(((a, "numero", a.numero) for a in protocole.corps.articles), "L’article")
    for article in protocole.corps.articles:
        numbered = ((s, "numero", s.numero) for s in article.sections if s.numero is not None)
        yield from _shared(numbered, "La section")
    yield from _shared(((p.liste, "rang", p.liste.rang) for p in protocole.parties), "Le rang de liste")
    yield from _shared(((p.signature, "rang", p.signature.rang) for p in protocole.parties), "Le rang de signature")


def _shared(entries: Iterable[tuple[Entree, str, int]], what: str) -> Iterator[Finding]:
    seen: dict[int, list[tuple[Entree, str]]] = {}
    for entree, key, numero in entries:
        seen.setdefault(numero, []).append((entree, key))
    for numero, same in seen.items():
        for entree, key in same if len(same) > 1 else ():
            others = [o.position for o, _ in same if o is not entree]
            where = ", ".join(f"{p.fichier}:{p.ligne}" for p in others)
            yield Finding(
                entree.position,
                f"{what} {numero} existe aussi ici : {where}.",
                "Donnez à l’une des deux le premier numéro libre.",
                (key,),
            )


REGLE = Regle(
    nom="numero-en-double",
    severite=Severite.ERREUR,
    demande="Un numéro ne désigne qu’une fiche, qu’un article, qu’un rang.",
    raison="Deux fiches du même numéro viennent souvent de deux personnes qui ont ajouté chacune la leur. Le "
    "document, lui, ne peut citer qu’une « fiche 3 ».",
    juste=exemple(
        "data/protocole.yaml",
        """
        articles:
          - {numero: 1, titre: Objet}
          - {numero: 2, titre: Gouvernance}
        """,
    ),
    fautif=exemple(
        "data/protocole.yaml",
        """
        articles:
          - {numero: 1, titre: Objet}
          - {numero: 1, titre: Gouvernance}
        """,
    ),
    check=check,
)

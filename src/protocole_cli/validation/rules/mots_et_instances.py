"""What a section of an article says of a body as facts is in its words."""

from collections.abc import Iterator

from protocole_cli.diagnostics import Severite
from protocole_cli.language import cited, words
from protocole_cli.loading.loaded import Loaded
from protocole_cli.model.corps import Section
from protocole_cli.position import Position
from protocole_cli.validation.rules.finding import Finding
from protocole_cli.validation.rules.regle import Exemple, Regle


def check(loaded: Loaded) -> Iterator[Finding]:
    """Yield a finding for each rhythm, group or seat that a section gives in words that it does not have.

    Case, accents and punctuation are forgiven, and so is where lines are broken.
    """
    for article in loaded.protocole.corps.articles:
        for section in article.sections:
            quotes = _quoted(section)
            said = f" {words(f'{section.titre} {section.texte}')} " if quotes else ""
            for position, key, quoted in quotes:
                if f" {words(quoted)} " not in said:
                    yield Finding(
                        position,
                        f"La section ne contient pas ces mots : « {cited(quoted)} ».",
                        "Recopiez ceux de la section, ou retirez cette entrée.",
                        (key,),
                    )


def _quoted(section: Section) -> list[tuple[Position, str, str]]:
    return [
        *((reunion.position, "texte", reunion.texte) for reunion in section.reunions),
        *((siege.position, "texte", siege.texte) for siege in section.composition),
        *((groupe.position, "nom", groupe.nom) for groupe in section.groupes),
    ]


REGLE = Regle(
    nom="mots-et-instances",
    severite=Severite.AVERTISSEMENT,
    demande="Ce qu’une section dit d’une instance (réunions, groupes, composition) est dans ses mots.",
    raison="Ces entrées servent à comparer l’article au schéma de la gouvernance et à dire qui siège. Si elles disent autre "
    "chose que le texte signé, les réponses citent des mots que personne n’a écrits.",
    juste=Exemple(
        "data/protocole.yaml",
        """
        articles:
          - numero: 1
            titre: Gouvernance
            sections:
              - titre: Un comité de pilotage
                texte: Il se réunit une fois par an.
                instance: comite-de-pilotage
                reunions:
                  - {texte: une fois par an, par_an: {min: 1, max: 1}}
        """,
    ),
    fautif=Exemple(
        "data/protocole.yaml",
        """
        articles:
          - numero: 1
            titre: Gouvernance
            sections:
              - titre: Un comité de pilotage
                texte: Il se réunit une fois par an.
                instance: comite-de-pilotage
                reunions:
                  - {texte: deux fois par an, par_an: {min: 2, max: 2}}
        """,
    ),
    check=check,
)

"""A body of the governance says how often it meets."""

from collections.abc import Iterator

from protocole_cli.diagnostics import Severite
from protocole_cli.language import cited
from protocole_cli.loading.loaded import Loaded
from protocole_cli.validation.rules.finding import Finding
from protocole_cli.validation.rules.regle import Exemple, Regle


def check(loaded: Loaded) -> Iterator[Finding]:
    """Yield a finding for each body of which neither the scheme nor a section gives a number of meetings a year."""
    sections = [section for article in loaded.protocole.corps.articles for section in article.sections]
    said = {section.instance for section in sections if any(reunion.par_an for reunion in section.reunions)}
    for instance in loaded.protocole.gouvernance.instances:
        if instance.id not in said and not any(reunion.par_an for reunion in instance.reunions):
            yield Finding(
                instance.position,
                f"Le texte ne dit pas combien de fois par an se réunit l’instance « {cited(instance.nom)} ».",
                "Donnez sa fréquence, en mots (« texte ») et en nombre (« par_an »), dès que les parties l’ont fixée.",
                ("reunions",) if instance.reunions else (),
            )


REGLE = Regle(
    nom="instance-sans-frequence",
    severite=Severite.AVERTISSEMENT,
    demande="Une instance dit combien de fois par an elle se réunit.",
    raison="Une instance sans rythme finit par ne plus se réunir, et personne ne peut dire qu’elle y a manqué.",
    juste=Exemple(
        "data/gouvernance.yaml",
        """
        instances:
          - id: comite-de-pilotage
            nom: Comité de pilotage
            colonne: copilotage
            reunions:
              - {texte: Deux fois par an, par_an: {min: 2, max: 2}}
        """,
    ),
    fautif=Exemple(
        "data/gouvernance.yaml",
        """
        instances:
          - id: comite-de-pilotage
            nom: Comité de pilotage
            colonne: copilotage
            reunions:
              - {texte: Autant que de besoin}
        """,
    ),
    check=check,
)

"""Articles refer to bodies and groups, and bodies to columns, that gouvernance.yaml has."""

from collections.abc import Iterator

from protocole_cli.diagnostics import Severite
from protocole_cli.loading.loaded import Loaded
from protocole_cli.model.corps import Section
from protocole_cli.model.gouvernance import Instance
from protocole_cli.validation.rules.finding import Finding
from protocole_cli.validation.rules.regle import Exemple, Regle
from protocole_cli.validation.suggesting import Suggesting


def check(loaded: Loaded) -> Iterator[Finding]:
    """Yield a finding for each body, group or column that is referred to and that gouvernance.yaml does not have."""
    instances, colonnes = loaded.identifiants.get("instances"), loaded.identifiants.get("colonnes")
    if instances is None or colonnes is None:
        return
    of_instances = Suggesting("Corrigez l’identifiant, ou ajoutez l’instance.")
    of_colonnes = Suggesting("Ajoutez-la sous la clé « colonnes ».")
    of_groupes = Suggesting("Corrigez l’identifiant, ou ajoutez le groupe à gouvernance.yaml.")
    described = {instance.id: instance for instance in loaded.protocole.gouvernance.instances}
    for article in loaded.protocole.corps.articles:
        for section in article.sections:
            if section.instance in described:
                yield from _groups(section, described[section.instance], of_groupes)
            if section.instance and section.instance not in instances:
                yield Finding(
                    section.position,
                    f"L’instance « {section.instance} » n’est pas dans gouvernance.yaml.",
                    of_instances.aide(section.instance, instances, section.position.fichier),
                    ("instance",),
                )
    for instance in loaded.protocole.gouvernance.instances:
        if instance.colonne not in colonnes:
            yield Finding(
                instance.position,
                f"La colonne « {instance.colonne} » n’est pas parmi les colonnes de gouvernance.yaml.",
                of_colonnes.aide(instance.colonne, colonnes, instance.position.fichier),
                ("colonne",),
            )


def _groups(section: Section, instance: Instance, suggesting: Suggesting) -> Iterator[Finding]:
    known = [groupe.id for groupe in instance.groupes]
    for groupe in section.groupes:
        if groupe.id not in known:
            yield Finding(
                groupe.position,
                f"Le groupe « {groupe.id} » n’est pas parmi ceux de l’instance « {instance.id} ».",
                suggesting.aide(groupe.id, known, groupe.position.fichier),
                ("id",),
            )


REGLE = Regle(
    nom="instance-inconnue",
    severite=Severite.ERREUR,
    demande="Toute instance, toute colonne et tout groupe désigné figure dans gouvernance.yaml.",
    raison="Un article décrit une instance en la désignant par son identifiant. S’il est faux, l’article et le "
    "schéma de la gouvernance ne se rejoignent plus.",
    juste=Exemple(
        "data/gouvernance.yaml",
        """
        instances:
          - id: comite-de-pilotage
            nom: Comité de pilotage
            colonne: copilotage
            reunions:
              - {texte: 1 fois / an, par_an: {min: 1, max: 1}}
        """,
    ),
    fautif=Exemple(
        "data/gouvernance.yaml",
        """
        instances:
          - id: comite-de-pilotage
            nom: Comité de pilotage
            colonne: pilotage
            reunions:
              - {texte: 1 fois / an, par_an: {min: 1, max: 1}}
        """,
    ),
    check=check,
)

"""« Et : » stands before a party."""

from collections.abc import Iterator

from protocole_cli.diagnostics import Severite
from protocole_cli.language import cited, vouliez_vous_dire
from protocole_cli.loading.layout import base_file
from protocole_cli.loading.loaded import Loaded
from protocole_cli.validation.rules.finding import Finding
from protocole_cli.validation.rules.regle import Exemple, Regle


def check(loaded: Loaded) -> Iterator[Finding]:
    """Yield a finding where « Et : » is to stand before an actor that is no party: it would be printed nowhere."""
    formules = loaded.protocole.corps.formules
    known = loaded.identifiants.get("acteurs", frozenset())
    if not formules or formules.et_avant not in known or base_file("parties") in loaded.fautifs:
        return
    parties = [partie.acteur for partie in loaded.protocole.parties]
    if formules.et_avant not in parties:
        yield Finding(
            formules.position,
            f"« {cited(formules.et_avant)} », devant qui se place « Et : », n’est pas une partie.",
            vouliez_vous_dire(
                formules.et_avant, parties, "Nommez une des parties de parties.yaml, ou supprimez la clé."
            ),
            ("et_avant",),
        )


REGLE = Regle(
    nom="partie-inconnue",
    severite=Severite.ERREUR,
    demande="L’acteur devant lequel se place « Et : » est une partie.",
    raison="La liste des parties s’imprime « Entre : … Et : … ». Devant quelqu’un qui n’y figure pas, « Et : » "
    "disparaîtrait du document.",
    juste=Exemple(
        "data/protocole.yaml",
        """
        formules:
          entre: "Entre :"
          et: "Et :"
          et_avant: valmont-agglomeration
          convention: "Il est convenu ce qui suit :"
          fait: Fait à Valmont, le
        """,
    ),
    fautif=Exemple(
        "data/protocole.yaml",
        """
        formules:
          entre: "Entre :"
          et: "Et :"
          et_avant: mission-locale
          convention: "Il est convenu ce qui suit :"
          fait: Fait à Valmont, le
        """,
    ),
    check=check,
)

"""Two fiches, or two promises, do not say the same in the same words."""

from collections.abc import Iterator

from protocole_cli.diagnostics import Severite
from protocole_cli.loading.loaded import Loaded
from protocole_cli.model.fiche import Fiche
from protocole_cli.validation.rules.finding import Finding
from protocole_cli.validation.rules.regle import FICHE, Regle, exemple


def check(loaded: Loaded) -> Iterator[Finding]:
    """Yield a finding for each fiche with the title or the description of one before, and for each promise made twice.

    A promise is the same where the same authors make it in the same words, whatever the fiche. The promises of a fiche
    that is a copy are not told one by one.
    """
    titles: dict[str, Fiche] = {}
    descriptions: dict[str, Fiche] = {}
    promises: dict[tuple[tuple[str, ...], str], str] = {}
    for fiche in loaded.protocole.fiches:
        titled = titles.setdefault(fiche.titre.casefold(), fiche)
        if titled is not fiche:
            yield Finding(
                fiche.position,
                f"La fiche {fiche.numero} a le même titre que la fiche {titled.numero}.",
                "Donnez-lui le sien, ou réunissez les deux fiches.",
                ("titre",),
            )
        described = descriptions.setdefault(_without_blanks(fiche.description), fiche) if fiche.description else fiche
        if described is not fiche:
            yield Finding(
                fiche.position,
                f"La fiche {fiche.numero} a la même description que la fiche {described.numero}, mot pour mot.",
                "Écrivez ce que celle-ci a de propre, ou réunissez les deux fiches.",
                ("description",),
            )
            continue
        for rank, engagement in enumerate(fiche.engagements, 1):
            name = fiche.engagement_id(rank)
            first = promises.setdefault((engagement.acteurs, _without_blanks(engagement.texte)), name)
            if first != name and engagement.texte:
                yield Finding(
                    engagement.position,
                    f"L’engagement {name} reprend mot pour mot l’engagement {first}, des mêmes auteurs.",
                    "Dites en quoi ils diffèrent (lieu, année, montant…), ou n’en gardez qu’un.",
                    ("texte",),
                )


def _without_blanks(text: str) -> str:
    """Return the text however its lines are broken."""
    return text.replace(" ", "").replace("\n", "")


REGLE = Regle(
    nom="mots-en-double",
    severite=Severite.AVERTISSEMENT,
    demande="Deux fiches, ou deux engagements des mêmes auteurs, ne disent pas la même chose dans les mêmes mots.",
    raison="C’est d’ordinaire la trace d’une copie que l’on n’a pas fini d’adapter. Deux promesses identiques ne "
    "se distinguent pas non plus dans un bilan.",
    juste=exemple(
        FICHE,
        """
        titre: Aider à reprendre une entreprise
        """,
    ),
    fautif=exemple(
        FICHE,
        """
        titre: Accompagner les parents
        """,
    ),
    check=check,
)

"""A fiche as plain lines: for pipes, files and screen readers. Prose stands as it was written."""

from protocole_cli.model.corps import Rubrique
from protocole_cli.model.fiche import Engagement, Fiche, Resultat
from protocole_cli.queries.rubriques import other_rubriques, rubrique_labels
from protocole_cli.rendering.neutral import visible


def fiche_text(fiche: Fiche, rubriques: tuple[Rubrique, ...], head: tuple[str, ...], only: str = "") -> str:
    """Return the head, then each rubrique under its label; with `only`, that rubrique alone, without the head."""
    lines = [] if only else [*head]
    others = other_rubriques(fiche)
    for key, label in rubrique_labels(fiche, rubriques).items():
        if not only or key == only:
            lines += ["", label, "", *(_lines(others[key].texte) if key in others else _rubrique(fiche, key))]
    return visible("\n".join(lines).strip("\n") + "\n")


def _rubrique(fiche: Fiche, key: str) -> list[str]:
    if key == "engagements":
        return _entries([(e.forme, _words(e), []) for e in fiche.engagements])
    if key == "resultats":
        return _entries([(r.forme, r.texte, _details(r)) for r in fiche.resultats])
    return _lines(fiche.words(key))


def _lines(text: str) -> list[str]:
    return text.rstrip("\n").split("\n")


def _words(engagement: Engagement) -> str:
    texte = engagement.texte.rstrip("\n")
    between = "\n" if "\n" in texte else " "
    return between.join(part for part in (engagement.intitule, texte) if part)


def _details(resultat: Resultat) -> list[str]:
    return _entries([("puce", detail.texte, []) for detail in resultat.details])


def _entries(entries: "list[tuple[str, str, list[str]]]") -> list[str]:
    """Return entries with the marks of their form, what belongs to one indented under it."""
    lines: list[str] = []
    number = 0
    for forme, text, inner in entries:
        number = number + 1 if forme == "numero" else 0
        mark = {"puce": "- ", "numero": f"{number}. "}.get(forme, "")
        own = [*_lines(text), *inner]
        if lines and not mark and forme != "suite":
            lines.append("")
        lines += [mark + own[0], *(" " * len(mark) + line if line else "" for line in own[1:])]
    return lines

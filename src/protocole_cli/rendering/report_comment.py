"""A validation report as the one comment under a request for change, for people who do not program."""

from collections.abc import Sequence

from msgspec import Struct

from protocole_cli.diagnostics import Diagnostic, Severite
from protocole_cli.language import count, opening
from protocole_cli.rendering.forge_markdown import forge_text
from protocole_cli.validation.check import Report
from protocole_cli.validation.fingerprints import fingerprinted, fingerprints

MARK = "<!-- protocole : commentaire -->"
"""The first line, by which the comment is found again, to be renewed instead of repeated."""
_SHOWN = 20
"""How many diagnostics are listed under a heading: a comment has a largest size, and a reader too."""
_LONGEST = 400
"""How much of a diagnostic is listed, in characters."""
_FIX = (
    "Ouvrez chaque fichier cité à la ligne indiquée, corrigez, enregistrez : la vérification recommence d’elle-même, "
    "et ce message est mis à jour."
)
_READ_AGAIN = (
    "Un point d’attention n’empêche pas d’accepter la modification. Relisez la ligne citée : corrigez-la, ou laissez-la "
    "si le texte est bien celui que vous voulez."
)
_NOTHING_TO_DO = "Rien de plus : relisez le document, puis acceptez la modification."


class _News(Struct, frozen=True):
    """The diagnostics of one severity: all, those that are new, and how many of before are gone."""

    all: tuple[Diagnostic, ...]
    new: tuple[Diagnostic, ...]
    gone: int


def commentaire(report: Report) -> str:
    """Return Markdown for GitHub and GitLab: the state, the errors, the new points d’attention, and what to do.

    What the data says stands there as text: it calls nobody, links nowhere. Without an earlier report to compare
    with, all is listed.
    """
    errors, warnings = _news(report, Severite.ERREUR), _news(report, Severite.AVERTISSEMENT)
    compared = report.avant is not None
    parts = [MARK, "## Vérification du protocole", f"**{_state(errors, warnings, compared=compared)}**"]
    if errors.all:
        parts += ["### À corriger", _listed(errors.all)]
    if warnings.new:
        title = "### Nouveaux points d’attention" if compared else "### Points d’attention"
        parts += [title, _listed(warnings.new)]
    if compared and (balance := _balance(errors, warnings, len(report.admis))):
        parts.append(balance)
    parts += ["### Que faire", _what_to_do(errors, warnings)]
    return "\n\n".join(parts) + "\n"


def _news(report: Report, severite: Severite) -> _News:
    of_it = tuple(
        (d, empreinte) for d, empreinte in fingerprinted(report.racine, report.diagnostics) if d.severite is severite
    )
    before = {empreinte for empreinte, was in (report.avant or {}).items() if was is severite}
    now = {empreinte for _, empreinte in of_it} | set(fingerprints(report.racine, report.admis))
    new = tuple(d for d, empreinte in of_it if empreinte not in before)
    return _News(tuple(d for d, _ in of_it), new, len(before - now))


def _state(errors: _News, warnings: _News, *, compared: bool) -> str:
    """Return the sentence that somebody in a hurry reads."""
    nouveaux = ("nouveau point d’attention", "nouveaux points d’attention")
    points = ("point d’attention", "points d’attention")
    told = count(len(warnings.new), *(nouveaux if compared else points)) if warnings.new else f"aucun {nouveaux[0]}"
    if not errors.all:
        if not warnings.new and not compared:
            return "La modification peut être acceptée : aucune erreur, aucun point d’attention."
        return f"La modification peut être acceptée : aucune erreur, {told}."
    wrong = count(len(errors.all), "erreur", "erreurs")
    if compared and not errors.new:
        already = "elle était déjà là" if len(errors.all) == 1 else "elles étaient déjà là"
        return f"Le protocole contient {wrong}, mais {already} avant cette modification."
    return f"La modification ne peut pas être acceptée en l’état : {wrong} à corriger."


def _listed(diagnostics: Sequence[Diagnostic]) -> str:
    lines = [f"- {_item(d)}" for d in diagnostics[:_SHOWN]]
    if len(diagnostics) > _SHOWN:
        lines.append(f"- … et {len(diagnostics) - _SHOWN} de plus, dans le détail de la vérification.")
    return "\n".join(lines)


def _item(d: Diagnostic) -> str:
    said = opening(f"{d.message} {d.aide}", _LONGEST)
    return f"**{forge_text(d.position.fichier)}**, ligne {d.position.ligne} : {forge_text(said)}"


def _balance(errors: _News, warnings: _News, admis: int) -> str:
    """Return what of before is still there, what the parties accept and what the change mends; nothing where nothing is."""
    kinds = ((errors, "erreur", "erreurs"), (warnings, "point d’attention", "points d’attention"))
    said = [
        f"{count(known, one, several)} {'était' if known == 1 else 'étaient'} déjà là avant cette modification."
        for news, one, several in kinds
        if (known := len(news.all) - len(news.new))
    ]
    if admis:
        said.append(f"{count(admis, 'point d’attention est admis', 'points d’attention sont admis')} par les parties.")
    mended = [count(news.gone, one, several) for news, one, several in kinds if news.gone]
    if mended and not errors.all:  # an error hides what is wrong behind it
        said.append(f"Elle règle {' et '.join(mended)}.")
    return " ".join(said)


def _what_to_do(errors: _News, warnings: _News) -> str:
    steps = [*([_FIX] if errors.all else []), *([_READ_AGAIN] if warnings.new else [])]
    return "\n".join(f"- {step}" for step in steps) or _NOTHING_TO_DO

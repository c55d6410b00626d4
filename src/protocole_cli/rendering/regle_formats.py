"""The formats of the rules, of all of them and of one: functions from values to text; printing is elsewhere.

The tables `LISTES` and `EXPLICATIONS` have the same choices of `--format`, and give what each does. A width is that of the
terminal in columns, `None` where there is none: then each sentence stays on its line.
"""

import textwrap
from collections.abc import Callable, Iterator, Sequence

from protocole_cli.diagnostics import Severite
from protocole_cli.rendering.neutral import json_text, visible
from protocole_cli.rendering.typography import typographie
from protocole_cli.validation.rules.admission import ADMISSION_SANS_OBJET
from protocole_cli.validation.rules.regle import Regle

WIDEST = 100
"""Lines longer than this are hard to read."""
_GAP = 2
_RETRAIT = "    "
_GROUPES: dict[str, Callable[[Regle], bool]] = {
    "Vérifiées d’ordinaire": lambda regle: regle.par_defaut and not regle.toujours,
    "Vérifiées sur demande": lambda regle: not regle.par_defaut,
    "Toujours vérifiées": lambda regle: regle.toujours,
}


def _groupes(regles: Sequence[Regle]) -> Iterator[tuple[str, list[Regle]]]:
    """Yield the headings under which there are rules, with these."""
    for heading, belongs in _GROUPES.items():
        if group := [regle for regle in regles if belongs(regle)]:
            yield heading, group


def liste_texte(regles: Sequence[Regle], width: int | None) -> str:
    """Return a rule a line: name, severity, what it asks."""
    names = max(len(regle.nom) for regle in regles) + _GAP
    severities = max(len(regle.severite) for regle in regles) + _GAP
    groups = []
    for heading, group in _groupes(regles):
        lines = [f"{heading} :"]
        for regle in group:
            before = f"  {regle.nom:{names}}{regle.severite:{severities}}"
            lines += _wrapped(regle.demande, width, before, " " * len(before))
        groups.append("\n".join(lines))
    return "\n\n".join(groups) + "\n"


def _wrapped(sentence: str, width: int | None, first: str = "", others: str = "") -> list[str]:
    """Return the lines of a sentence; on a terminal no word is cut, and no mark stands at the beginning of a line."""
    if width is None:
        return [first + sentence]
    return textwrap.wrap(
        typographie(sentence),
        width,
        initial_indent=first,
        subsequent_indent=others,
        break_long_words=False,
        break_on_hyphens=False,
    )


def explication_texte(regle: Regle, width: int | None) -> str:
    """Return all that there is to know of a rule."""
    readable = width and min(width, WIDEST)
    blocs = [
        [f"{regle.nom} ({regle.severite})"],
        _wrapped(regle.demande, readable),
        _wrapped(regle.raison, readable),
    ]
    for heading, example in (("Juste", regle.juste), ("Fautif", regle.fautif)):
        if example.texte is None:
            blocs.append([f"{heading} : le fichier {example.fichier} manque."])
        else:
            blocs.append([f"{heading}, dans {example.fichier} :"])
            blocs.append([_RETRAIT + line for line in _shown(example.texte).splitlines()])
    blocs.append(_mise_de_cote(regle))
    return "\n\n".join("\n".join(bloc) for bloc in blocs) + "\n"


def _shown(lines: str) -> str:
    """Return the lines of an example with signs for what would not be seen in them."""
    return visible(_legible(lines).replace("\t", "⇥"))


def _legible(lines: str) -> str:
    """Return the lines of an example as an editor shows them: what is no UTF-8 by U+FFFD."""
    return lines.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _mise_de_cote(regle: Regle) -> list[str]:
    """Return how to do without a rule, or how to ask for it: sentences, and commands on lines of their own."""
    if regle.toujours:
        return ["Elle est vérifiée dans tous les cas : --sans ne peut pas l’écarter."]
    if regle.par_defaut:
        lines = ["Pour l’écarter le temps d’une vérification :", f"{_RETRAIT}protocole validate --sans {regle.nom}"]
    else:
        lines = ["Elle n’est vérifiée que sur demande :", f"{_RETRAIT}protocole validate --avec {regle.nom}"]
    if regle.severite is Severite.AVERTISSEMENT:
        lines.append("Pour admettre un avertissement, avec sa raison, voyez :")
        lines.append(f"{_RETRAIT}protocole regles {ADMISSION_SANS_OBJET.nom}")
    return lines


def liste_json(regles: Sequence[Regle], _width: int | None) -> str:
    """Return a JSON list of the rules."""
    return json_text([_data(regle) for regle in regles])


def explication_json(regle: Regle, _width: int | None) -> str:
    """Return one JSON object."""
    return json_text(_data(regle))


def _data(regle: Regle) -> dict[str, object]:
    return {
        "nom": regle.nom,
        "severite": regle.severite.value,
        "demande": regle.demande,
        "raison": regle.raison,
        **{
            name: {"fichier": example.fichier, "texte": example.texte and _legible(example.texte)}
            for name, example in (("juste", regle.juste), ("fautif", regle.fautif))
        },
        "toujours": regle.toujours,
        "par_defaut": regle.par_defaut,
    }


_PREFACE = f"""\
# Les règles

Ce que `protocole validate` vérifie. `protocole regles` en donne la liste, `protocole regles NOM` explique une règle.

Une **erreur** interdit de produire le document ; un **avertissement** attire l’attention, et le texte peut rester tel quel.

- `--sans NOM` écarte une règle, `--seulement NOM` ne garde qu’elle, `--avec NOM` ajoute une règle vérifiée sur demande. Chacune de ces
  options se répète, et ne vaut que le temps d’une vérification.
- Ce qui empêche de lire un fichier, ou d’en comprendre la forme, est toujours dit.
- Un avertissement que les parties acceptent s’inscrit dans `data/avertissements-admis.yaml` : il n’est plus montré, mais
  reste compté. Une erreur ne s’admet pas.

```yaml
# yaml-language-server: $schema=../schemas/avertissements-admis.schema.json
{ADMISSION_SANS_OBJET.juste.texte}```

`mots` désigne l’entrée : quelques mots qui s’y trouvent, et qu’aucune autre entrée avertie par cette règle ne contient. Ils la désignent
encore quand des lignes sont ajoutées ou déplacées. L’inscription vaut pour tout ce que cette règle dit de cette entrée. Une inscription
qui ne désigne plus rien est elle-même un avertissement.
"""


def liste_md(regles: Sequence[Regle], _width: int | None) -> str:
    """Return the page docs/regles.md."""
    parts = [_PREFACE]
    for heading, group in _groupes(regles):
        parts.append(
            f"## {heading}\n\n" + "".join(f"- [{r.nom}](#{r.nom}) ({r.severite}) : {r.demande}\n" for r in group)
        )
    return "\n".join((*parts, *(explication_md(regle, None) for regle in regles)))


def explication_md(regle: Regle, _width: int | None) -> str:
    """Return the section of a rule in docs/regles.md."""
    parts = [f"## {regle.nom}\n", f"{regle.severite.capitalize()}. {regle.demande}\n", f"{regle.raison}\n"]
    for heading, example in (("Juste", regle.juste), ("Fautif", regle.fautif)):
        if example.texte is None:
            parts.append(f"{heading} : le fichier `{example.fichier}` manque.\n")
        else:
            parts.append(f"{heading}, dans `{example.fichier}` :\n\n```yaml\n{_shown(example.texte)}```\n")
    return "\n".join(parts)


LISTES: dict[str, Callable[[Sequence[Regle], int | None], str]] = {
    "texte": liste_texte,
    "json": liste_json,
    "md": liste_md,
}
EXPLICATIONS: dict[str, Callable[[Regle, int | None], str]] = {
    "texte": explication_texte,
    "json": explication_json,
    "md": explication_md,
}

"""The two fingerprints: of the words that the parties sign, and of words and facts."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from msgspec import structs

from conftest import CHECKOUT, replace
from markdown_texts import plenty, respaced
from protocole_cli.loading.git import Version
from protocole_cli.loading.prose import check_prose
from protocole_cli.loading.repository import load
from protocole_cli.loading.strict_yaml import parse
from protocole_cli.model.corps import CORPS_ABSENT, Preambule
from protocole_cli.model.protocole import Protocole
from protocole_cli.rendering.build_document import build_document
from protocole_cli.validation.schema import explain
from protocole_cli.versions.fingerprints import empreinte_donnees, empreinte_texte
from struct_paths import changed, field, texts


def protocole_of(racine: Path) -> Protocole:
    loaded = load(racine, explain)
    assert loaded.diagnostics == ()
    return loaded.protocole


@pytest.fixture(scope="module")
def ours() -> Protocole:
    return protocole_of(CHECKOUT)


def what_changes(before: Protocole, after: Protocole) -> set[str]:
    """Return the names of the fingerprints that tell two protocoles apart."""
    both = {"texte": empreinte_texte, "donnees": empreinte_donnees}
    return {name for name, empreinte in both.items() if empreinte(before) != empreinte(after)}


def rewrite(racine: Path, change: Callable[[str], str]) -> None:
    """Write every data file anew, in another form."""
    for file in racine.glob("data/**/*.yaml"):
        before = file.read_text(encoding="utf-8")
        after = change(before)
        assert after != before
        file.write_text(after, encoding="utf-8")


def dumped(text: str, *, style: str = "", change: Callable[[Any], Any] = lambda data: data) -> str:
    """Return the same data as another program would write it, its sentences in a style of their own."""

    class Writer(yaml.SafeDumper):
        pass

    def write(writer: yaml.SafeDumper, value: str) -> yaml.Node:
        return writer.represent_scalar("tag:yaml.org,2002:str", value, style if " " in value else "")

    Writer.add_representer(str, write)
    data = change(parse("", text.encode()).data)
    written = yaml.dump(data, Dumper=Writer, allow_unicode=True, sort_keys=False, width=10_000)
    assert isinstance(written, str)
    return written


def reversed_keys(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: reversed_keys(data[key]) for key in reversed(data)}
    return [reversed_keys(item) for item in data] if isinstance(data, list) else data


def unwrapped(data: Any) -> Any:
    """Return data whose paragraphs and list items stand on one line each."""
    if isinstance(data, str):
        return re.sub(r"(?<=\S)\n *(?=[^\s#\[-])(?!\d+\.\s)", " ", data)
    if isinstance(data, dict):
        return {key: unwrapped(value) for key, value in data.items()}
    return [unwrapped(item) for item in data] if isinstance(data, list) else data


NO_CHANGE: dict[str, Callable[[str], str]] = {
    "comments": lambda text: re.sub(r"^(?=[a-z_]+:)", "# Une remarque.\n", text, flags=re.MULTILINE) + "# Fin.\n",
    "blank lines": lambda text: re.sub(r"^(?=[a-z_]+:)", "\n\n", text, flags=re.MULTILINE),
    "line ends of Windows": lambda text: text.replace("\n", "\r\n"),
    "order of keys": lambda text: dumped(text, change=reversed_keys),
    "quoted texts": lambda text: dumped(text, style='"'),
    "literal blocks": lambda text: dumped(text, style="|"),
    "folded blocks": lambda text: dumped(text, style=">"),
    "one line a paragraph": lambda text: dumped(text, change=unwrapped),
}


@pytest.mark.parametrize("change", NO_CHANGE.values(), ids=NO_CHANGE)
def test_the_form_of_the_files_does_not_count(depot: Path, ours: Protocole, change: Callable[[str], str]) -> None:
    rewrite(depot, change)
    assert what_changes(ours, protocole_of(depot)) == set()


def test_breaking_a_line_in_two_does_not_count(depot: Path, ours: Protocole) -> None:
    avant = "- texte: Diminuer la délinquance de proximité\n"
    replace(
        depot, "data/fiches/fiche-10.yaml", avant, "- texte: |\n      Diminuer la\n      délinquance de proximité\n"
    )
    assert what_changes(ours, protocole_of(depot)) == set()


def test_a_single_word_may_stand_in_a_block(depot: Path, ours: Protocole) -> None:
    replace(depot, "data/fiches/fiche-02.yaml", "texte: 2020-2022\n", "texte: |\n    2020-2022\n")
    assert what_changes(ours, protocole_of(depot)) == set()


def test_the_place_of_an_entry_does_not_count(depot: Path, ours: Protocole) -> None:
    file = depot / "data/fiches/fiche-01.yaml"
    schema, *lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    start = next(rank for rank, line in enumerate(lines) if line.startswith("engagements:"))
    end = next(rank for rank, line in enumerate(lines) if line.startswith("calendrier:"))
    file.write_text("".join([schema, *lines[start:end], *lines[:start], *lines[end:]]), encoding="utf-8")
    after = protocole_of(depot)
    assert after.fiches[0].engagements[0].position.key != ours.fiches[0].engagements[0].position.key
    assert what_changes(ours, after) == set()


FACTS = {
    "the quartiers of a fiche": ("data/fiches/fiche-01.yaml", "natures: [qpv, qva]", "natures: [qpv]"),
    "the communes of a phase": ("data/fiches/fiche-09.yaml", "        - quetigny\n", ""),
    "the porteurs": ("data/fiches/fiche-05.yaml", "[etat, dijon-metropole, region", "[etat, region"),
    "who promises": ("data/fiches/fiche-05.yaml", "acteurs: [entreprises]", "acteurs: [etat]"),
    "the end of the calendar": ("data/fiches/fiche-05.yaml", "  fin: 2022", "  fin: 2021"),
    "the years of a phase": ("data/fiches/fiche-09.yaml", "phase-2, debut: 2021", "phase-2, debut: 2020"),
    "the nature of a result": ("data/fiches/fiche-10.yaml", "nature: tendance", "nature: qualitatif"),
    "the nature of a detail": ("data/fiches/fiche-09.yaml", "      - texte: Réalisation d’outils communs\n        nature: qualitatif", "      - texte: Réalisation d’outils communs\n        nature: indicateur"),
    "the action of a result": ("data/fiches/fiche-05.yaml", "    action: 6", "    action: 5"),
    "the form of an entry": ("data/fiches/fiche-10.yaml", "    forme: paragraphe\n", ""),
    "the column of an instance": ("data/gouvernance.yaml", "colonne: copilotage", "colonne: etat"),
    "where a column comes from": ("data/gouvernance.yaml", "    colonne_deduite: true\n", ""),
    "how often an instance meets": ("data/gouvernance.yaml", "{min: 12, max: 12}", "{min: 10, max: 12}"),
    "another name of an instance": ("data/gouvernance.yaml", "alias: [MOUS, ", "alias: ["),
    "the arrow of a mission": ("data/gouvernance.yaml", "            fleche: false\n", ""),
    "the name of an actor": ("data/acteurs.yaml", "nom: État", "nom: L’État"),
    "the date of a visa": ("data/protocole.yaml", "dates: [2014-02-21]", "dates: [2014-02-22]"),
    "the period": ("data/protocole.yaml", "periode: {debut: 2019, fin: 2022}", "periode: {debut: 2019, fin: 2023}"),
    "the instance of a section": ("data/protocole.yaml", "        instance: mous\n", ""),
    "a commune": ("data/quartiers.yaml", "contrat_de_ville: true", "contrat_de_ville: false"),
    "an acronym": ("data/sigles.yaml", "developpe: Appel à projets", "developpe: Appel aux projets"),
    "the row of a signature": ("data/parties.yaml", "rangee: 2", "rangee: 1"),
}  # fmt: skip


@pytest.mark.parametrize(("fichier", "avant", "apres"), FACTS.values(), ids=FACTS)
def test_a_fact_changes_the_data_only(depot: Path, ours: Protocole, fichier: str, avant: str, apres: str) -> None:
    replace(depot, fichier, avant, apres)
    assert what_changes(ours, protocole_of(depot)) == {"donnees"}


WORDS = {
    "a letter of the prose": ("data/fiches/fiche-05.yaml", "Renforcer l’accès", "Renforcer l'accès"),
    "a space": ("data/fiches/fiche-09.yaml", "Chevigny- Saint", "Chevigny-Saint"),
    "an emphasis": ("data/fiches/fiche-05.yaml", "  Renforcer l’accès", "  **Renforcer** l’accès"),
    "a paragraph": ("data/fiches/fiche-09.yaml", "Phase 1 : 2020-2021\n\n", "Phase 1 : 2020-2021\n"),
    "an item": ("data/fiches/fiche-10.yaml", "    - Le SPIP\n", ""),
    "a subhead made a sentence": ("data/protocole.yaml", "## La politique", "La politique"),
    "the label of a rubrique": ("data/protocole.yaml", "libelle: Constats", "libelle: Les constats"),
    "a label of one fiche": ("data/fiches/fiche-07.yaml", "Objectifs généraux", "Objectif général"),
    "the number of a section": ("data/protocole.yaml", "      - numero: 5\n", "      - numero: 6\n"),
    "who signs": ("data/parties.yaml", "qualite: le Président,\n", "qualite: la Présidente,\n"),
}


@pytest.mark.parametrize(("fichier", "avant", "apres"), WORDS.values(), ids=WORDS)
def test_a_word_changes_both(depot: Path, ours: Protocole, fichier: str, avant: str, apres: str) -> None:
    replace(depot, fichier, avant, apres)
    assert what_changes(ours, protocole_of(depot)) == {"texte", "donnees"}


def alone(text: str) -> Protocole:
    return Protocole(corps=structs.replace(CORPS_ABSENT, preambule=Preambule(titre="", texte=text)))


@plenty
@given(respaced)
@example(("* un\n* deux", "* un * deux"))
@example(("un  \ndeux", "un deux"))
@example(("un\\\ndeux", "un\\ deux"))
@example(("1. un\n2. deux", "1. un 2. deux"))
def test_texts_that_read_differently_have_different_fingerprints(pair: tuple[str, str]) -> None:
    """Only the breaks of lines that mean nothing may be forgotten; what is refused is never signed."""
    readings = [check_prose(text) for text in pair]
    one, other = (empreinte_texte(alone(text)) for text in pair)
    if one == other and not any(reading.faults for reading in readings):
        assert readings[0].prose == readings[1].prose


MARK = "Zyzzyva"
NOT_PRINTED = {"id", "acteur", "nature"}
"""What a section or a signature block carries for the program alone."""


def printed(protocole: Protocole) -> bool:
    """Tell whether the mark is among the words of the document."""
    document = build_document(protocole, Version(), "")
    return any(MARK in text for path, text in texts(document) if path[-1] not in NOT_PRINTED)


def one_of_each_kind(protocole: Protocole) -> dict[str, tuple[str | int, ...]]:
    """Return a path to one text of each attribute, the last that there is."""
    return {field(path): path for path, _ in texts(protocole)}


def test_every_printed_text_counts(ours: Protocole) -> None:
    """Whatever attribute the document prints, of whatever type: a change of it changes `empreinte_texte`."""
    marked = {
        name: changed(ours, path, lambda text: f"{text} {MARK}") for name, path in one_of_each_kind(ours).items()
        if name not in ("corps.rubriques.cle", "fiches.autres_rubriques.apres")  # these name attributes
    }  # fmt: skip
    on_paper = {name for name, protocole in marked.items() if printed(protocole)}
    assert {"corps.titre", "corps.articles.sections.texte", "fiches.resultats.details.texte"} <= on_paper
    assert {name for name in on_paper if "texte" not in what_changes(ours, marked[name])} == set()


def test_every_text_counts_for_the_data(ours: Protocole) -> None:
    for name, path in one_of_each_kind(ours).items():
        assert "donnees" in what_changes(ours, changed(ours, path, lambda text: f"{text} {MARK}")), name

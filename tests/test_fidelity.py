"""The document against the text that was signed: nothing lost, nothing added, every word and sign in its place."""

import re
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher

import pytest

from conftest import CHECKOUT, Lancer
from fidelity import SECTIONS, Fidelity, measure, source_sections
from protocole_cli.loading.git import Version
from protocole_cli.loading.repository import load
from protocole_cli.model.gouvernance import Gouvernance
from protocole_cli.model.prose import Appel, Emphase, Lien, Liste, Mots, Saut
from protocole_cli.model.protocole import Protocole
from protocole_cli.rendering.build_document import build_document
from protocole_cli.rendering.document import Section
from protocole_cli.validation.schema import explain


@pytest.fixture(params=["md", "html"])
def fidelity(request: pytest.FixtureRequest, lancer: Lancer) -> Fidelity:
    answer = lancer("--dossier", CHECKOUT, "export", "--format", request.param, "-o", "-")
    assert answer.code == 0
    return measure(answer.stdout)


def test_every_section_is_carried(fidelity: Fidelity) -> None:
    assert fidelity.sections.keys() == SECTIONS.keys()
    assert {name: share for name, share in fidelity.sections.items() if share < 0.99} == {}


def test_the_whole_is_carried_and_little_is_added(fidelity: Fidelity) -> None:
    """Added are labels, contents, headings and the stamp."""
    assert fidelity.whole >= 0.995
    assert fidelity.added <= 0.08


def test_the_measure_sees_a_lost_sentence_and_a_foreign_one(lancer: Lancer) -> None:
    text = lancer("--dossier", CHECKOUT, "export", "--format", "md", "-o", "-").stdout
    lost = "Ce périmètre reste inchangé."
    assert lost in text
    assert measure(text.replace(lost, "")).sections["article 2"] < 0.99
    assert measure(text + "Une phrase venue d’ailleurs. " * 200).added > 0.08
    assert measure("Rien de tout cela.").whole < 0.01


# Word for word and sign for sign: the tokens of each section in order, differences said.

BULLET = re.compile(r"[•▶▷→]|^\s*(?:[·-]|\d+[.-](?=\s))\s*|^\s*(?:ARTICLE|FICHE|ANNEXE) \d+(?: –)?", re.MULTILINE)
"""Bullets and numbers, which are structure in the data."""

KNOWN_DIFFERENCES: dict[str, list[tuple[str, str]]] = {
    # l. 390: the extraction put the note before the page that calls it; the number before its text is structure
    "article 4": [
        ("1 : Joseph Wresinski au Conseil économique et social , en février 1987", ""),
        ("", "Joseph Wresinski au Conseil économique et social , en février 1987"),
    ],
    # l. 1513: the label, again, at the head of a page
    "fiche 10": [("Description de l ’ action", "")],
}
"""Of each section what the source has and what the document has instead, as in docs/transcription.md."""


def tokens(text: str) -> list[str]:
    return re.findall(r"\w+|[^\w\s]", text)


def differences(source: str, written: str) -> list[tuple[str, str]]:
    a, b = tokens(BULLET.sub("", source)), tokens(written)
    codes = SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    return [(" ".join(a[i:j]), " ".join(b[k:m])) for tag, i, j, k, m in codes if tag != "equal"]


def read(value: object) -> str:
    """Return the words of blocks and of what they hold."""
    if isinstance(value, Mots):
        return value.texte
    if isinstance(value, Appel):
        return str(value.numero)
    if isinstance(value, Saut):
        return "\n"
    if isinstance(value, tuple):
        return "".join(map(read, value))
    if isinstance(value, Liste):
        return "".join(read(element) for element in value.elements)
    if isinstance(value, (Emphase, Lien)):
        return read(value.contenu)
    return read(getattr(value, "contenu", ())) + "\n"


def section_text(section: Section) -> str:
    parts = [section.titre, read(section.blocs), *map(section_text, section.sections), read(section.conclusion)]
    return "\n".join([*parts, *(read(note.blocs) for note in section.notes)])


def scheme_lines(gouvernance: Gouvernance) -> Iterator[str]:
    """Yield the words of the scheme in the order of the data, which is that of the source."""
    yield gouvernance.titre
    yield from (colonne.nom for colonne in gouvernance.colonnes)
    for instance in gouvernance.instances:
        yield instance.nom
        for reunion in instance.reunions:
            yield f"Réunion : {reunion.texte}"
            yield from (mission.texte for mission in reunion.missions)
        for groupe in instance.groupes:
            yield groupe.nom
            yield from (mission.texte for mission in groupe.missions)


@pytest.fixture(scope="module")
def ours() -> Protocole:
    return load(CHECKOUT, explain).protocole


@pytest.fixture(scope="module")
def sections(ours: Protocole) -> dict[str, Section]:
    def walk(found: tuple[Section, ...]) -> Iterator[Section]:
        for section in found:
            yield section
            yield from walk(section.sections)

    return {section.id: section for section in walk(build_document(ours, Version(), "").sections)}


@pytest.fixture(scope="module")
def source() -> dict[str, str]:
    """The sections of the source; the last line of the scheme, which the measure counts in fiche 1, is given back."""
    cut = source_sections()
    end, fiches, fiche = cut["fiche 1"].partition("ANNEXE 2 – FICHES ACTIONS")
    assert fiches
    return cut | {"annexe 1": cut["annexe 1"] + "\n" + end, "fiche 1": fiche}


IN_ORDER = {
    "préambule": "preambule",
    **{f"article {n}": f"article-{n}" for n in range(1, 6)},
    **{f"fiche {n}": f"fiche-{n}" for n in range(1, 11)},
}


@pytest.mark.parametrize(("name", "identifiant"), IN_ORDER.items())
def test_word_for_word(name: str, identifiant: str, source: dict[str, str], sections: dict[str, Section]) -> None:
    assert differences(source[name], section_text(sections[identifiant])) == KNOWN_DIFFERENCES.get(name, [])


def test_the_parties_and_visas_word_for_word(
    ours: Protocole, source: dict[str, str], sections: dict[str, Section]
) -> None:
    title = f"{ours.corps.titre} {ours.corps.sous_titre}"
    written = f"{title} {section_text(sections['parties'])} {section_text(sections['visas'])}"
    assert differences(source["parties et visas"], written) == []


def test_the_scheme_word_for_word(ours: Protocole, source: dict[str, str]) -> None:
    """The case of the names of instances is that of a drawing."""
    assert ours.corps.annexes is not None
    written = "\n".join([ours.corps.annexes.titre, *scheme_lines(ours.gouvernance)])
    assert differences(source["annexe 1"].casefold().replace("annexe 1 –", ""), written.casefold()) == []


def test_the_signatures_carry_the_same_words(
    ours: Protocole, source: dict[str, str], sections: dict[str, Section]
) -> None:
    """The extraction gave the names row by row, after what they sign as: here their order is that of the blocks."""
    blocs = [bloc for row in sections["signatures"].signatures for bloc in row]
    written = [read(sections["signatures"].blocs), *(f"{b.pour} {b.qualite} {b.nom}" for b in blocs)]
    assert Counter(tokens(source["signatures"])) == Counter(tokens(" ".join(written)))
    assert len(blocs) == len(ours.parties)

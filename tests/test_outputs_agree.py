"""All outputs carry the same words in the same order, block by block: those of the one structure that they walk."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace as changed_to

from conftest import CHECKOUT, replace
from protocole_cli.loading.git import Version
from protocole_cli.loading.repository import load
from protocole_cli.rendering.build_document import build_document
from protocole_cli.rendering.document_formats import FORMATS
from protocole_cli.rendering.publication import Publication
from protocole_cli.validation.schema import explain
from readings import READERS, Reading, expected

PROSE = """Ce[^1] périmètre[^1] re**s**te[^2] « *inch**an**gé* » : *voir* [le **texte**](https://example.org/).

      - un

        la suite d’un
        - deux
          3. trois
             et sa ligne
          4. quatre

             - cinq

      - - six

      ## Un intertitre

      Une ligne\\
      coupée, \\<b>puis\\</b> 1 \\* 2 \\[^9].

      [^1]: Une note

          - qui a une liste

      [^2]: La deuxième, qui[^3] en appelle une autre
      [^3]: La troisième
"""


def enriched(racine: Path) -> None:
    """Add an article, a rubrique, and prose of all kinds, with notes in lists, in visas and in notes."""
    article = "  - numero: 6\n    titre: Un article de plus\n    texte: |\n      Il dit ceci.\n\nannexes:\n"
    replace(racine, "data/protocole.yaml", "annexes:\n", article)
    replace(racine, "data/protocole.yaml", "Ce périmètre reste inchangé.\n", PROSE)
    replace(racine, "data/protocole.yaml", "21 février 2014,\n", "21 février 2014[^a],\n\n      [^a]: Un visa noté\n")
    replace(racine, "data/parties.yaml", "Président, M. François REBSAMEN,\n", "Président[^a],\n\n        [^a]: Élu\n")
    rubrique = "autres_rubriques:\n  - intitule: Une rubrique de plus\n    apres: calendrier\n    texte: |\n      Elle dit cela.\n"
    fiche = racine / "data/fiches/fiche-02.yaml"
    fiche.write_text(fiche.read_text(encoding="utf-8") + rubrique, encoding="utf-8")


CASES: dict[str, tuple[Callable[[Path], None], list[str]]] = {
    "our data": (lambda _: None, ["Préambule", "Pour ICF Sud est le Président", "Patrick AMICO"]),
    "more": (enriched, [
        "Article 6 Un article de plus", "Il dit ceci", "Une rubrique de plus", "Elle dit cela", "Élu", "Un visa noté",
        "Ce périmètre reste inchangé voir le texte", "six", "Une ligne coupée b puis b 1 2 9", "La troisième",
    ]),
}  # fmt: skip
"""What is changed in our data, and blocks that the outputs then carry."""


@pytest.fixture(scope="module", params=CASES)
def case(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Publication, list[str]]:
    change, blocks = CASES[request.param]
    racine = tmp_path_factory.mktemp("accord") / "depot"
    shutil.copytree(CHECKOUT / "data", racine / "data")
    change(racine)
    return publication(racine), blocks


def publication(racine: Path) -> Publication:
    loaded = load(racine, explain)
    version = Version("0123456789abcdef", 1_582_934_399)
    document = build_document(loaded.protocole, version, "abc")
    return Publication(
        document=document, protocole=loaded.protocole, racine=racine, version=version, fichiers=loaded.lus
    )


def read(forme: str, published: Publication) -> Reading:
    content = FORMATS[forme](published)
    return READERS[forme]("".join(content) if isinstance(content, list) else content)


def test_every_format_has_a_reader() -> None:
    assert READERS.keys() == FORMATS.keys()


def test_the_structure_carries_the_words(case: tuple[Publication, list[str]]) -> None:
    published, blocks = case
    reading = expected(published.document)
    carried = {" ".join(words).casefold() for words in (*reading.blocs, *reading.notes)}
    assert [block for block in blocks if block.casefold() not in carried] == []


@pytest.mark.parametrize("forme", READERS)
def test_an_output_carries_the_words_of_the_structure(case: tuple[Publication, list[str]], forme: str) -> None:
    published, _ = case
    wanted, found = expected(published.document), read(forme, published)
    assert found.sommaire == wanted.sommaire
    assert found.blocs == wanted.blocs
    assert found.notes == wanted.notes


@pytest.mark.parametrize("forme", READERS)
def test_the_readers_see_another_order(forme: str) -> None:
    ours = publication(CHECKOUT)
    first, second, *others = ours.document.sections
    turned = changed_to(ours, document=changed_to(ours.document, sections=(second, first, *others)))
    wanted, found = expected(ours.document), read(forme, turned)
    assert found.blocs != wanted.blocs
    assert sorted(found.blocs) == sorted(wanted.blocs)

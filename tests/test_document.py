"""The document as a structure: what stands in it, in which order, at which level."""

import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import structs

from conftest import CHECKOUT, replace
from protocole_cli.language import fold
from protocole_cli.loading import parts
from protocole_cli.loading.git import Version
from protocole_cli.loading.repository import load
from protocole_cli.model.prose import Appel, Emphase, Liste, Mots, Paragraphe, SousTitre
from protocole_cli.model.protocole import Protocole
from protocole_cli.rendering.build_document import DISPOSITION_RECONSTITUEE, build_document, build_fiche, stamp
from protocole_cli.rendering.document import Document, Section
from protocole_cli.rendering.publication import stamped_document
from protocole_cli.rendering.typography import typographie
from protocole_cli.validation.schema import explain
from protocole_cli.versions.fingerprints import empreinte_texte
from struct_paths import texts

COMMUN = [
    "Constats",
    "Échelle d’intervention",
    "Objectif général",
    "Objectifs opérationnels",
    "Description de l’action",
    "Public concerné",
    "Porteur du projet",
    "Partenaires mobilisés",
    "Engagements des partenaires",
    "Calendrier de mise en œuvre",
    "Résultats attendus",
]


def protocole_of(racine: Path) -> Protocole:
    return load(racine, explain).protocole


def document_of(racine: Path) -> Document:
    return build_document(protocole_of(racine), Version("0123456789abcdef", 0), "empreinte")


@pytest.fixture(scope="module")
def document() -> Document:
    return document_of(CHECKOUT)


def walk(sections: tuple[Section, ...]) -> Iterator[Section]:
    for section in sections:
        yield section
        yield from walk(section.sections)


def section(document: Document, identifiant: str) -> Section:
    return next(s for s in walk(document.sections) if s.id == identifiant)


def words(value: object) -> str:
    return " ".join(text for _, text in texts(value))


def test_sections_come_in_the_order_of_the_text(document: Document) -> None:
    articles = [f"article-{n}" for n in range(1, 6)]
    assert [s.id for s in document.sections] == ["parties", "visas", "preambule", *articles, "annexes", "signatures"]
    annexes = section(document, "annexes").sections
    assert [s.id for s in annexes] == ["annexe-1", "annexe-2"]
    assert [s.id for s in annexes[1].sections] == [f"fiche-{n}" for n in range(1, 11)]


def test_the_contents_list_what_one_looks_for(document: Document) -> None:
    listed = [s.id for s in document.contents()]
    articles, fiches = [f"article-{n}" for n in range(1, 6)], [f"fiche-{n}" for n in range(1, 11)]
    assert listed == ["preambule", *articles, "annexes", "annexe-1", "annexe-2", *fiches, "signatures"]
    assert all(s.titre for s in document.contents())


def test_anchors_are_unique_and_plain(document: Document) -> None:
    found = Counter(s.id for s in walk(document.sections))
    assert [identifiant for identifiant, times in found.items() if times > 1] == []
    assert [identifiant for identifiant in found if not re.fullmatch(r"[a-z][a-z0-9-]*", identifiant)] == []


def test_levels_have_no_gap(document: Document) -> None:
    def check(niveau: int, sections: tuple[Section, ...]) -> None:
        for s in sections:
            assert s.niveau == niveau, s.id
            check(niveau + 1, s.sections)

    check(2, document.sections)
    assert max(s.niveau for s in walk(document.sections)) == 5


def test_what_has_no_heading_has_a_name(document: Document) -> None:
    assert {s.id for s in walk(document.sections) if not s.titre} == {"parties", "visas"}
    assert all(s.titre or s.nom for s in walk(document.sections))


def test_nineteen_parties_open_the_text_in_the_order_of_the_list(document: Document) -> None:
    entre, et, parties = section(document, "parties").blocs
    assert (words(entre), words(et)) == (typographie("Entre :"), typographie("Et :"))
    assert isinstance(parties, Liste)
    assert len(parties.elements) == 19
    assert [words(e).split(",")[0] for e in parties.elements[:5]] == [
        "L’État",
        "Dijon métropole",
        "La Région Bourgogne-Franche-Comté représentée par sa Présidente",
        "La ville de Dijon",
        "La ville de Chenôve",
    ]


def test_et_stands_before_the_party_that_the_data_names(depot: Path) -> None:
    replace(depot, "data/protocole.yaml", '  et: "Et :"\n', '  et: "Et :"\n  et_avant: ville-de-dijon\n')
    entre, first, et, second = section(document_of(depot), "parties").blocs
    assert (words(entre), words(et)) == (typographie("Entre :"), typographie("Et :"))
    assert isinstance(first, Liste)
    assert isinstance(second, Liste)
    assert (len(first.elements), len(second.elements)) == (3, 16)


def test_eight_visas_lead_to_the_agreement(document: Document) -> None:
    blocs = section(document, "visas").blocs
    assert len(blocs) == 9
    assert all(words(bloc).startswith("VU ") for bloc in blocs[:8])
    assert words(blocs[8]) == typographie("Il est convenu ce qui suit :")


def test_nineteen_signature_blocks_stand_in_seven_rows(document: Document) -> None:
    signatures = section(document, "signatures")
    assert [len(row) for row in signatures.signatures] == [3, 3, 2, 3, 3, 3, 2]
    blocs = [bloc for row in signatures.signatures for bloc in row]
    assert [bloc.nom for bloc in blocs[3:6]] == ["Thierry FALCONNET", "François REBSAMEN", "José ALMEIDA"]
    assert (blocs[-1].pour, blocs[-1].qualite) == ("Pour ICF Sud-est,", "le Président,")
    assert words(signatures.blocs) == "Fait à Dijon, le"


def test_where_no_row_is_said_there_are_three_to_a_row(depot: Path) -> None:
    file = depot / "data/parties.yaml"
    file.write_text(re.sub(r" +rangee: \d\n", "", file.read_text(encoding="utf-8")), encoding="utf-8")
    assert [len(row) for row in section(document_of(depot), "signatures").signatures] == [3, 3, 3, 3, 3, 3, 1]


@pytest.mark.parametrize("numero", range(1, 11))
def test_a_fiche_has_its_labels(document: Document, numero: int) -> None:
    labels = [s.titre for s in section(document, f"fiche-{numero}").sections]
    expected = list(COMMUN)
    if numero == 7:
        expected[2] = "Objectifs généraux"
    if numero == 10:
        expected.insert(8, "Dispositifs associés")
    assert labels == expected


def test_phases_and_wordless_promises_are_printed_as_written(document: Document) -> None:
    assert words(section(document, "fiche-9-calendrier").blocs) == typographie(
        "Phase 1 : 2020-2021 Phase 2 : 2021-2022"
    )
    promises = section(document, "fiche-3-engagements").blocs
    blank = Emphase((Mots(typographie("Engagement de la Caisse des Dépôts :")),), forte=True)
    assert any((Paragraphe((blank,)),) == e for bloc in promises if isinstance(bloc, Liste) for e in bloc.elements)


def test_entries_are_laid_out_as_in_the_text(document: Document) -> None:
    """Fiche 9: a paragraph, a sentence that goes on in it, another paragraph with its details under it."""
    first, second, details = section(document, "fiche-9-resultats").blocs
    assert "CLSPD" in words(first)
    assert words(first).endswith("actions éventuelles du conseil.")
    assert words(second).startswith("Évaluation de processus")
    assert isinstance(details, Liste)
    assert (len(details.elements), details.debut) == (5, None)
    (numbered,) = section(document, "fiche-5-resultats").blocs
    assert isinstance(numbered, Liste)
    assert (len(numbered.elements), numbered.debut) == (6, 1)


def calls(value: object) -> list[int]:
    """Return the numbers of the notes that are called below a value."""
    if isinstance(value, Appel):
        return [value.numero]
    parts = value if isinstance(value, tuple) else [getattr(value, f) for f in getattr(value, "__struct_fields__", ())]
    return [number for part in parts for number in calls(part)]


def test_the_only_note_stands_with_its_call(document: Document) -> None:
    called = {s.id: calls(s.blocs + s.conclusion) for s in walk(document.sections)}
    assert {identifiant: numbers for identifiant, numbers in called.items() if numbers} == {"article-4-4": [1]}
    (note,) = section(document, "article-4-4").notes
    assert (note.numero, words(note.blocs)) == (1, "Joseph Wresinski au Conseil économique et social, en février 1987")
    assert sum(len(s.notes) for s in walk(document.sections)) == 1


@pytest.mark.parametrize("number", [0, 1, 10])
def test_the_document_that_two_processes_build_is_the_same(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """Notes are numbered from one fiche to the next, and all words count in the fingerprint."""
    protocole = protocole_of(CHECKOUT)
    noted = [structs.replace(f, constats=f"Un fait[^1].\n\n[^1]: Fiche {f.numero}.") for f in protocole.fiches[::2]]
    protocole = structs.replace(protocole, fiches=(*noted, *protocole.fiches[1::2])[:number])
    monkeypatch.setattr(parts, "ENOUGH", 1)
    monkeypatch.setattr(parts, "AT_ONCE", 2)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    document, ready = stamped_document(protocole, Version(), lambda: "prêt")
    assert (document, ready) == (build_document(protocole, Version(), empreinte_texte(protocole)), "prêt")
    assert [n.numero for s in walk(document.sections) for n in s.notes] == [*range(1, 2 + min(number, len(noted)))]


def test_notes_are_numbered_through_the_document(depot: Path) -> None:
    replace(depot, "data/protocole.yaml", "Ce périmètre reste inchangé.\n", "Ce périmètre reste[^a] inchangé[^b].\n\n      [^a]: un\n\n      [^b]: deux\n")  # fmt: skip
    document = document_of(depot)
    assert [note.numero for note in section(document, "article-2").notes] == [1, 2]
    assert calls(section(document, "article-2").blocs) == [1, 2]
    assert [note.numero for note in section(document, "article-4-4").notes] == [3]
    assert calls(section(document, "article-4-4").blocs) == [3]


def test_the_scheme_says_that_its_columns_are_inferred(document: Document) -> None:
    annexe = section(document, "annexe-1")
    assert words(annexe.blocs[0]) == "ÉTAT – COLLECTIVITÉS – CONSEILS CITOYENS – COPILOTAGE"
    assert words(annexe.blocs[1]) == typographie(DISPOSITION_RECONSTITUEE)
    assert DISPOSITION_RECONSTITUEE.startswith("Disposition reconstituée")
    assert [len(colonne.sections) for colonne in annexe.sections] == [2, 2, 3, 3]


def test_the_scheme_does_not_say_so_where_nothing_is_inferred(depot: Path) -> None:
    file = depot / "data/gouvernance.yaml"
    file.write_text(re.sub(r" +colonne_deduite: true\n", "", file.read_text(encoding="utf-8")), encoding="utf-8")
    assert len(section(document_of(depot), "annexe-1").blocs) == 1


def test_no_instance_of_the_scheme_is_left_out(document: Document) -> None:
    instances = [s for s in walk(document.sections) if s.nature == "instance"]
    assert len(instances) == 10
    assert sum(words(bloc).startswith(typographie("Réunion :")) for s in instances for bloc in s.blocs) == 11
    assert "Tranquillité publique médiation" in words(section(document, "instance-groupes-techniques"))


def test_subheads_stay_subheads(document: Document) -> None:
    assert any(isinstance(bloc, SousTitre) for bloc in section(document, "preambule").blocs)
    assert sum(isinstance(bloc, SousTitre) for bloc in section(document, "fiche-10-description").blocs) == 3


def test_one_fiche_alone_is_the_same_one_level_up(document: Document) -> None:
    protocole = protocole_of(CHECKOUT)
    alone, within = build_fiche(protocole, protocole.fiches[4]), section(document, "fiche-5")
    assert (alone.niveau, {s.niveau for s in alone.sections}) == (1, {2})
    assert [(s.id, s.titre, s.blocs) for s in alone.sections] == [(s.id, s.titre, s.blocs) for s in within.sections]
    assert [s.id for s in build_fiche(protocole, protocole.fiches[4], "objectif_general").sections] == ["fiche-5-objectif-general"]  # fmt: skip
    assert [s.titre for s in build_fiche(protocole, protocole.fiches[9], "autre_1").sections] == [
        "Dispositifs associés"
    ]


STAMPS = {
    "dated": (Version("0123456789abcdef", 1_577_836_800), "Édité le 1er janvier 2020", "version 0123456789"),
    "changed since": (Version("0123456789abcdef", 0, modifiee=True), "Édité le 1er janvier 1970", "version 0123456789, modifiée depuis"),
    "without git": (Version(), "Édition non datée", "version non enregistrée"),
    "a date from outside": (Version("", 1_582_934_399), "Édité le 28 février 2020", "version non enregistrée"),
}  # fmt: skip


@pytest.mark.parametrize(("version", "edition", "name"), STAMPS.values(), ids=STAMPS)
def test_the_stamp_says_which_version_this_is(version: Version, edition: str, name: str) -> None:
    tampon = stamp(version, "abc")
    assert tampon.edition.startswith(edition)
    assert (tampon.version, tampon.empreinte) == (name, "abc")
    dated = version.instant is not None
    assert ("(date de la version, ni date de signature ni date d’effet)" in tampon.edition) == dated


def test_what_cannot_be_read_leaves_the_rest_standing(tmp_path: Path) -> None:
    """A project is exported with what there is; here, with nothing."""
    document = build_document(protocole_of(tmp_path), Version(), "", projet=True)
    assert [s.id for s in document.sections] == ["parties", "visas", "annexes", "signatures"]
    assert document.projet


def test_nothing_of_this_protocole_is_in_the_program() -> None:
    """Names of places, people and organisations live in data/ alone."""
    protocole = protocole_of(CHECKOUT)
    proper = {
        protocole.corps.territoire,
        *(commune.nom for commune in protocole.communes),
        *(quartier.nom for quartier in protocole.quartiers if quartier.nom != "Le Centre-ville"),
        *(name for partie in protocole.parties for name in partie.representant.nom.split() if name.isupper()),
        *(acteur.nom for acteur in protocole.acteurs if acteur.nature in ("bailleur", "organisme-public", "entreprise")),
        "Bourgogne", "Côte-d’Or",
    }  # fmt: skip
    assert {"Dijon", "Chenôve", "Les Grésilles", "REBSAMEN"} <= proper
    wanted = re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(fold(name)) for name in proper)}|dijon\w*)(?!\w)")
    files = [
        f
        for folder in ("src", "templates")
        for f in (CHECKOUT / folder).rglob("*")
        if f.suffix in (".py", ".j2", ".css", ".typ", ".toml")
    ]
    assert len(files) > 50
    found = {(f.name, m.group()) for f in files for m in wanted.finditer(fold(f.read_text(encoding="utf-8")))}
    assert found == set()

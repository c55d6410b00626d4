"""The document → its paragraphs, lists and tables, and the footnotes that they call, in the order of the text."""

from collections.abc import Callable, Iterator
from itertools import count, zip_longest

from docx.oxml.ns import qn
from msgspec import Struct
from msgspec.structs import replace

from protocole_cli.model.prose import Appel, Bloc, Emphase, Inline, Lien, Liste, Mots, Paragraphe, Saut, SousTitre
from protocole_cli.rendering.document import BlocSignature, Document, Note, Section
from protocole_cli.rendering.typography import FINE
from protocole_cli.rendering.word.elements import (
    WIDTH,
    Element,
    bookmark,
    cell,
    field,
    paragraph,
    plain,
    run,
    tab,
    table,
    text,
    w,
)

LABEL = 2041
"""The column of the labels, 36 mm."""
SIGNATURE = 1474
"""The least height of the place where a party signs, 26 mm."""
DEEPEST_HEADING = 5
"""The styles have no deeper one."""
DEEPEST_LIST = 8
"""Word knows nine levels, from 0."""
INDENT = 340
"""By how much each level of lists stands further in, as in word-listes.xml.j2."""
MARQUE_PROJET = "PROJET – ne pas signer"
PAGE_NEUVE = frozenset({"gouvernance", "fiche", "signatures"})
"""What begins a page, as in the PDF."""

Link = Callable[[str], str]
"""Makes an address known to the file where a link stands, and returns its name there."""


class Parts(Struct, frozen=True):
    """The content of the document, of its footnotes, and the lists in both: the kind and first number of each."""

    corps: list[Element]
    notes: list[Element]
    listes: list[int | None]


class _Look(Struct, frozen=True):
    """How words look, in paragraphs of which style; what a call of a note becomes."""

    style: str
    call: Callable[[int], list[Element]]
    link: Link
    strong: bool = False
    emphasis: bool = False
    linked: bool = False

    def words(self, mots: str) -> Element:
        style = "Hyperlink" if self.linked else "Strong" if self.strong else "Emphasis" if self.emphasis else ""
        bold = self.strong and style != "Strong"
        return plain(mots, style, bold=bold, italic=self.emphasis and style != "Emphasis")


def build_parts(document: Document, link: Link, link_in_notes: Link) -> Parts:
    """Return the content of a document."""
    return _Builder(document, link, link_in_notes).parts()


def document_name(document: Document) -> str:
    """Return the title on one line."""
    return " ".join(filter(None, (document.titre, document.sous_titre)))


def _begins_page(section: Section) -> bool:
    """Tell whether a section begins a page, or does so because the first that it holds does."""
    return section.nature in PAGE_NEUVE or (
        not section.blocs and bool(section.sections) and _begins_page(section.sections[0])
    )


def _name(section: Section) -> list[Element]:
    """Return the words of a heading."""
    return [*([plain(_number(section), "Surtitre")] if section.surtitre else []), plain(section.titre)]


def _number(section: Section) -> str:
    """Return what stands before the title of a section: « Article 1 – », or nothing."""
    if not section.surtitre:
        return ""
    return section.surtitre + (" " if section.nature == "partie-article" else " – ")


def _mark(numero: int) -> Element:
    return plain(str(numero), "FootnoteReference")


def _anchor(section: Section) -> str:
    return section.id.replace("-", "_")


class _Builder:
    """One building: the notes, lists and bookmarks met so far."""

    def __init__(self, document: Document, link: Link, link_in_notes: Link) -> None:
        self.document = document
        self.texts = {note.numero: note.blocs for note in _notes(document.sections)}
        self.called: set[int] = set()
        self.notes: list[Element] = []
        self.lists: list[int | None] = []
        self.bookmarks = count()
        self.look = _Look("Normal", self._call, link)
        self.look_in_notes = _Look("FootnoteText", lambda numero: [_mark(numero)], link_in_notes)

    def parts(self) -> Parts:
        corps = [element for section in self.document.sections for element in self._section(section, 1)]
        return Parts([*self._cover(), *self._contents(), *_on_new_page(corps)], self.notes, self.lists)

    def _cover(self) -> Iterator[Element]:
        document = self.document
        if document.projet:
            yield paragraph("MarqueProjet", [plain(MARQUE_PROJET)])
        if document.manque:
            yield paragraph("Normal", [plain(document.manque)])
        for style, words in (
            ("Territoire", document.territoire),
            ("Title", document.titre),
            ("Subtitle", document.sous_titre),
        ):
            if words:
                yield paragraph(style, [plain(words)])

    def _contents(self) -> list[Element]:
        """Return the table of contents.

        Links and page references, not Word's own field for the whole: LibreOffice would show that one without its pages.
        """
        lines = [line for section in self.document.sections for line in _contents_lines(section, 1)]
        if not lines:
            return []
        entries = (paragraph(f"TOC{niveau}", [_contents_entry(section)]) for section, niveau in lines)
        return _on_new_page([paragraph("TOCHeading", [plain("Sommaire")]), *entries])

    # Sections

    def _section(self, section: Section, niveau: int, *, opened: bool = False) -> list[Element]:
        """Return a section; `opened` where only the heading of what holds it stands before it on its page."""
        begins = _begins_page(section)
        below = niveau + bool(section.titre)
        found = [self._heading(section, niveau)] if section.titre else []
        if section.nature == "signatures":
            found += self._signatures(section, below)
        else:
            found += self._blocs(section.blocs, below)
        if section.nature == "fiche" and section.sections:
            found.append(self._fiche_table(section, below))
        else:
            for rank, part in enumerate(section.sections):
                found += self._section(part, below, opened=begins and rank == 0 and not section.blocs)
        found += self._blocs(section.conclusion, below)
        return _on_new_page(found) if begins and not opened else found

    def _heading(self, section: Section, niveau: int) -> Element:
        name = _name(section)
        if section.au_sommaire:
            name = bookmark(_anchor(section), next(self.bookmarks), *name)
        return paragraph(_heading_style(niveau), name)

    def _fiche_table(self, fiche: Section, niveau: int) -> Element:
        """Return the rubriques of a fiche, their labels as the headers of their rows."""
        rows = (self._fiche_row(rubrique, niveau) for rubrique in fiche.sections)
        described = " – ".join(filter(None, (fiche.surtitre, fiche.titre)))
        return table("TableauFiche", (LABEL, WIDTH - LABEL), described, rows, headers="firstColumn")

    def _fiche_row(self, rubrique: Section, niveau: int) -> Element:
        content = self._section(replace(rubrique, titre=""), niveau)
        whole = [w("trPr", w("cantSplit"))] if len(content) == 1 else []  # a list may go on overleaf, a sentence not
        label = paragraph("Rubrique", _name(rubrique))
        return w("tr", *whole, cell(LABEL, [label]), cell(WIDTH - LABEL, content))

    def _signatures(self, section: Section, niveau: int) -> Iterator[Element]:
        for bloc in section.blocs:
            if isinstance(bloc, Paragraphe):  # followed by the line on which the date will be written
                yield paragraph("LieuDate", [*self._inlines(bloc.contenu, self.look), plain(" "), tab()])
            else:
                yield from self._bloc(bloc, niveau, self.look, 0)
        for rank, rangee in enumerate(section.signatures, 1):
            if rank > 1:
                yield paragraph("EntreTableaux", ())  # else Word would make one table of two
            yield _signature_table(rangee, f"Signatures, rangée {rank} sur {len(section.signatures)}")

    # Prose

    def _blocs(self, blocs: tuple[Bloc, ...], niveau: int) -> list[Element]:
        """Return blocks; the words that introduce a list stand on the page where it begins."""
        found: list[Element] = []
        for bloc, following in zip_longest(blocs, blocs[1:]):
            if isinstance(bloc, Paragraphe) and isinstance(following, Liste):
                found.append(paragraph("Normal", self._inlines(bloc.contenu, self.look), w("keepNext")))
            else:
                found += self._bloc(bloc, niveau, self.look, 0)
        return found

    def _bloc(self, bloc: Bloc, niveau: int, look: _Look, depth: int) -> Iterator[Element]:
        """Yield the paragraphs of a block that stands in so many lists, under a heading one level higher than `niveau`."""
        if isinstance(bloc, Liste):
            yield from self._list(bloc, niveau, look, depth)
        elif isinstance(bloc, SousTitre):
            yield paragraph(_heading_style(niveau), self._inlines(bloc.contenu, look))
        elif depth:
            yield paragraph("ListContinue", self._inlines(bloc.contenu, look), w("ind", left=depth * INDENT))
        else:
            yield paragraph(look.style, self._inlines(bloc.contenu, look))

    def _list(self, liste: Liste, niveau: int, look: _Look, depth: int) -> Iterator[Element]:
        self.lists.append(liste.debut)
        rank = len(self.lists)
        style = "ListBullet" if liste.debut is None else "ListNumber"
        for element in liste.elements:
            first, rest = (element[0], element[1:]) if element else (None, ())
            if not isinstance(first, Paragraphe):
                first, rest = Paragraphe(()), element
            number = w("numPr", w("ilvl", val=min(depth, DEEPEST_LIST)), w("numId", val=rank))
            yield paragraph(style, self._inlines(first.contenu, look), number)
            for bloc in rest:
                yield from self._bloc(bloc, niveau, look, depth + 1)

    def _inlines(self, inlines: tuple[Inline, ...], look: _Look) -> list[Element]:
        return [element for inline in inlines for element in self._inline(inline, look)]

    def _inline(self, inline: Inline, look: _Look) -> list[Element]:
        if isinstance(inline, Mots):
            return [look.words(inline.texte)]
        if isinstance(inline, Emphase):
            inner = replace(look, strong=True) if inline.forte else replace(look, emphasis=True)
            return self._inlines(inline.contenu, inner)
        if isinstance(inline, Lien):
            link = w("hyperlink", *self._inlines(inline.contenu, replace(look, linked=True)))
            link.set(qn("r:id"), look.link(inline.adresse))
            return [link]
        if isinstance(inline, Saut):
            return [run(w("br"))]
        return look.call(inline.numero)

    # Notes

    def _call(self, numero: int) -> list[Element]:
        """Return the call of a note: the first makes the footnote, the others refer to it."""
        name = f"note_{numero}"
        if numero in self.called:
            return field(f"NOTEREF {name} \\f \\h", str(numero), "FootnoteReference")
        self.called.add(numero)
        blocs = self.texts[numero]
        self.notes.append(self._footnote(numero, blocs))
        reference = run(w("footnoteReference", id=numero), style="FootnoteReference")
        # Word has no notes in notes: what this one calls stands beside it.
        inner = [n for n in dict.fromkeys(_calls(blocs)) if n not in self.called]
        return [
            *bookmark(name, next(self.bookmarks), reference),
            *(element for n in inner for element in (plain(FINE, "FootnoteReference"), *self._call(n))),
        ]

    def _footnote(self, numero: int, blocs: tuple[Bloc, ...]) -> Element:
        mark = [run(w("footnoteRef"), style="FootnoteReference"), plain(" ")]
        first, rest = (blocs[0], blocs[1:]) if blocs else (None, ())
        if not isinstance(first, Paragraphe):
            first, rest = Paragraphe(()), blocs
        opening = paragraph("FootnoteText", [*mark, *self._inlines(first.contenu, self.look_in_notes)])
        more = [element for bloc in rest for element in self._bloc(bloc, DEEPEST_HEADING, self.look_in_notes, 0)]
        return w("footnote", opening, *more, id=numero)


def _heading_style(niveau: int) -> str:
    return f"Heading{min(niveau, DEEPEST_HEADING)}"


def _contents_lines(section: Section, niveau: int) -> Iterator[tuple[Section, int]]:
    """Yield the sections that the table of contents lists, each with the level of its heading."""
    if section.au_sommaire and section.titre:
        yield section, niveau
    for part in section.sections:
        yield from _contents_lines(part, niveau + bool(section.titre))


def _contents_entry(section: Section) -> Element:
    page = field(f"PAGEREF {_anchor(section)} \\h", " ")
    return w("hyperlink", plain(_number(section) + section.titre), tab(), *page, anchor=_anchor(section), history=1)


def _signature_table(rangee: tuple[BlocSignature, ...], described: str) -> Element:
    """Return a row of blocks: who signs for whom as the headers of the columns, the place to sign above the names."""
    width = WIDTH // max(3, len(rangee))
    headers = (
        cell(width, [paragraph("Normal", [plain(bloc.pour), run(w("br"), text(bloc.qualite))], w("keepNext"))])
        for bloc in rangee
    )
    names = (cell(width, [paragraph("Normal", [plain(bloc.nom)])], w("vAlign", val="bottom")) for bloc in rangee)
    rows = (
        w("tr", w("trPr", w("cantSplit"), w("tblHeader")), *headers),
        w("tr", w("trPr", w("cantSplit"), w("trHeight", val=SIGNATURE, hRule="atLeast")), *names),
    )
    return table("TableauSignatures", (width,) * len(rangee), described, rows, headers="firstRow")


def _on_new_page(elements: list[Element]) -> list[Element]:
    """Return elements, the first paragraph of which now begins a page."""
    first = next((found for element in elements for found in element.iter(qn("w:pPr"))), None)
    if first is not None and first.find(qn("w:pageBreakBefore")) is None:
        after = 1 if first.find(qn("w:keepNext")) is None else 2  # the standard orders them, after the style
        first.insert(after, w("pageBreakBefore"))
    return elements


def _notes(sections: tuple[Section, ...]) -> Iterator[Note]:
    for section in sections:
        yield from section.notes
        yield from _notes(section.sections)


def _calls(value: object) -> Iterator[int]:
    """Yield the numbers of the notes that are called below blocks."""
    if isinstance(value, Appel):
        yield value.numero
    elif isinstance(value, tuple):
        for inner in value:
            yield from _calls(inner)
    elif isinstance(value, Liste):
        yield from _calls(value.elements)
    elif isinstance(value, (Paragraphe, SousTitre, Emphase, Lien)):
        yield from _calls(value.contenu)

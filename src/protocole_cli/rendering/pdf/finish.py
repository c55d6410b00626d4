"""What the engine cannot write: row headers, signature fields, and the silence of a document that is not dated."""

import io
from collections.abc import Iterator

import pikepdf
from msgspec import Struct
from pikepdf import Array, Dictionary, Name, String

SIGNATURE = "signature:"
"""How the address of the link begins that the template puts where a party signs; its identifier follows."""
_GROUPS = frozenset({"/Document", "/Part", "/Sect", "/Div", "/NonStruct"})
"""The elements below which a table may stand."""


class Champ(Struct, frozen=True):
    """A signature field: the party that signs there, and its name for those who cannot see the page."""

    acteur: str
    nom: str


class ChampsDifferents(Exception):
    """The template does not place each field once; says which, in French."""


def finish(pdf: bytes, champs: tuple[Champ, ...], *, dated: bool) -> bytes:
    """Return the PDF with row headers in its tables, and the fields, in their order, where the links of signature stand.

    The same input gives the same bytes. Raises `ChampsDifferents`.
    """
    with pikepdf.open(io.BytesIO(pdf)) as document:
        del document.Root.MarkInfo.Suspects  # false by default; some readers complain of it
        for table in _tables(document.Root.StructTreeRoot):
            _head_rows(table)
        _place(document, champs)
        if not dated:
            _forget_dates(document)
        finished = io.BytesIO()
        document.save(finished, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return finished.getvalue()


def _children(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Yield the elements directly below one, without the marks of its content."""
    below = element.get("/K", Array())
    for child in below if isinstance(below, Array) else [below]:
        if isinstance(child, Dictionary) and "/S" in child:
            yield child


def _tables(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    for child in _children(element):
        if str(child.S) == "/Table":
            yield child
        elif str(child.S) in _GROUPS:
            yield from _tables(child)


def _head_rows(table: pikepdf.Object) -> None:
    """Make of the first cell of each row its header; no column has one."""
    for row in _children(table):
        first, *cells = _children(row)
        first.S = Name.TH
        first.A = Dictionary(O=Name.Table, Scope=Name.Row)
        for cell in cells:
            del cell.A  # the engine says there that the cell has no header


def _place(document: pikepdf.Pdf, champs: tuple[Champ, ...]) -> None:
    """Turn the links of signature into fields; a link in the structure becomes a form in it."""
    elements = pikepdf.NumberTree(document.Root.StructTreeRoot.ParentTree)
    names = {champ.acteur: champ.nom for champ in champs}
    placed: dict[str, pikepdf.Object] = {}
    for page in document.pages:
        for annotation in page.get("/Annots", Array()):
            address = str(annotation.get("/A", Dictionary()).get("/URI", ""))
            if not address.startswith(SIGNATURE):
                continue
            acteur = address.removeprefix(SIGNATURE)
            if acteur not in names or acteur in placed:
                raise ChampsDifferents(f"le gabarit place la signature de « {acteur} » une fois de trop.")
            _to_field(document, annotation, acteur, names[acteur])
            annotation.P = page.obj
            page.Tabs = Name.S
            elements[int(annotation.StructParent)].S = Name.Form
            placed[acteur] = annotation
    missing = [acteur for acteur in names if acteur not in placed]
    if missing:
        raise ChampsDifferents(f"le gabarit ne place pas la signature de « {missing[0]} ».")
    if champs:
        fields = Array([placed[champ.acteur] for champ in champs])
        document.Root.AcroForm = document.make_indirect(Dictionary(Fields=fields))


def _to_field(document: pikepdf.Pdf, annotation: pikepdf.Object, acteur: str, name: str) -> None:
    left, bottom, right, top = map(float, annotation.Rect)
    blank = document.make_stream(b"")
    blank.Type, blank.Subtype, blank.BBox = Name.XObject, Name.Form, Array([0, 0, right - left, top - bottom])
    for key in ("/A", "/Border", "/Contents"):
        del annotation[key]
    annotation.Subtype = Name.Widget
    annotation.FT = Name.Sig
    annotation.T = String(f"signature-{acteur}")
    annotation.TU = String(name)
    annotation.AP = Dictionary(N=blank)


def _forget_dates(document: pikepdf.Pdf) -> None:
    """Take the dates out that the engine must be given; an edition that is not dated has none."""
    with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        for key in ("xmp:CreateDate", "xmp:ModifyDate", "xmpMM:History"):
            del metadata[key]
    for key in ("/CreationDate", "/ModDate"):
        if key in document.docinfo:
            del document.docinfo[key]

"""The document → a file for Word and its like, the same bytes for the same document."""

import re
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.opc.parts.coreprops import CorePropertiesPart
from docx.oxml.coreprops import CT_CoreProperties
from docx.oxml.ns import qn
from docx.package import Package

from protocole_cli.rendering.document import Document
from protocole_cli.rendering.faults import GabaritFautif
from protocole_cli.rendering.jetons import JETONS
from protocole_cli.rendering.neutral import visible
from protocole_cli.rendering.publication import Publication
from protocole_cli.rendering.templates import render_template
from protocole_cli.rendering.word.body import MARQUE_PROJET, Link, Parts, build_parts, document_name
from protocole_cli.rendering.word.elements import (
    Element,
    field,
    paragraph,
    parsed,
    plain,
    root,
    run,
    tab,
    w,
)

STYLES = "word-styles.xml.j2"
LISTES = "word-listes.xml.j2"
A4 = {"w": 11906, "h": 16838}
MARGES = {"top": 1361, "right": 1134, "bottom": 1361, "left": 1134, "header": 680, "footer": 510, "gutter": 0}
"""20 mm at the sides, 24 mm above and below, as in the PDF; all in twentieths of a point."""
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip archive can tell."""


def render_docx(publication: Publication) -> bytes:
    """Return the document as a file of WordprocessingML; raises `GabaritFautif`."""
    package = Package()
    document = publication.document
    main = _part(package, "document", CT.WML_DOCUMENT_MAIN, root("document"))
    notes = _part(package, "footnotes", CT.WML_FOOTNOTES, root("footnotes", *_separators()))
    package.relate_to(main, RT.OFFICE_DOCUMENT)
    parts = build_parts(document, _link(main), _link(notes))
    notes.element.extend(parts.notes)
    related = {
        RT.STYLES: _part(package, "styles", CT.WML_STYLES, _template(publication, STYLES, "styles")),
        RT.NUMBERING: _part(
            package, "numbering", CT.WML_NUMBERING, _numbering(_template(publication, LISTES, "numbering"), parts)
        ),
        RT.SETTINGS: _part(package, "settings", CT.WML_SETTINGS, _settings()),
        RT.FOOTNOTES: notes,
        RT.HEADER: _part(package, "header1", CT.WML_HEADER, root("hdr", _header(document))),
        RT.FOOTER: _part(package, "footer1", CT.WML_FOOTER, root("ftr", *_footer(document))),
    }
    names = {kind: main.relate_to(part, kind) for kind, part in related.items()}
    main.element.append(w("body", *parts.corps, _page(names[RT.HEADER], names[RT.FOOTER])))
    _describe(package, publication)
    return _dateless(package)


def _part(package: Package, name: str, kind: str, element: Element) -> XmlPart:
    return XmlPart(PackURI(f"/word/{name}.xml"), kind, element, package)


def _link(part: XmlPart) -> Link:
    return lambda address: part.relate_to(address, RT.HYPERLINK, is_external=True)


def _template(publication: Publication, name: str, tag: str) -> Element:
    """Return the root of a part that a template gives its form."""
    xml = render_template(publication.racine, name, {}, {"hexa": _hexa, "demi_points": _half_points})
    try:
        return parsed(xml, tag)
    except ValueError as error:
        raise GabaritFautif(
            f"templates/{name}:1:1: ce gabarit ne donne pas un élément <w:{tag}> bien formé."
        ) from error


def _hexa(colour: object) -> str:
    """Return a colour such as #1f4e79 or #fff as Word writes it."""
    if not re.fullmatch(r"#(?:[0-9a-fA-F]{3}){1,2}", str(colour)):
        raise GabaritFautif(
            f"templates/{JETONS}:1:1: « {colour} » n’est pas une couleur ; écrivez-la comme #1f4e79 ou #fff."
        )
    digits = str(colour)[1:]
    return (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)).upper()


def _half_points(size: object) -> int:
    """Return a size in points in the unit of Word."""
    if not isinstance(size, int | float) or not 4 <= size <= 72:
        raise GabaritFautif(f"templates/{JETONS}:1:1: « {size} » n’est pas une taille ; écrivez des points, comme 11.")
    return round(size * 2)


def _numbering(numbering: Element, parts: Parts) -> Element:
    """Return the definitions of lists with one of its own for each list: bulleted, or from its first number on."""
    for rank, debut in enumerate(parts.listes, 1):
        numbers = debut is not None
        levels = range(9) if numbers else ()
        starts = (w("lvlOverride", w("startOverride", val=debut or 0), ilvl=level) for level in levels)
        numbering.append(w("num", w("abstractNumId", val=int(numbers)), *starts, numId=rank))
    return numbering


def _settings() -> Element:
    compatibility = (
        w("compatSetting", name=name, uri="http://schemas.microsoft.com/office/word", val=value)
        for name, value in (("compatibilityMode", 15), ("overrideTableStyleFontSizeAndJustification", 1))
    )
    return root(
        "settings",
        w("zoom", percent=100),
        w("defaultTabStop", val=709),
        w("characterSpacingControl", val="doNotCompress"),
        w("footnotePr", *(w("footnote", id=rank) for rank in (-1, 0))),
        w("compat", *compatibility),
        w("themeFontLang", val="fr-FR"),
        w("decimalSymbol", val=","),
        w("listSeparator", val=";"),
    )


def _separators() -> list[Element]:
    """Return the lines that Word draws between the text and its notes, which stand among the notes."""
    return [
        w("footnote", paragraph("FootnoteText", [run(w(kind))]), type=kind, id=rank)
        for rank, kind in ((-1, "separator"), (0, "continuationSeparator"))
    ]


def _header(document: Document) -> Element:
    name = " – ".join(filter(None, (document_name(document), document.territoire)))
    mark = [tab(), plain(MARQUE_PROJET, "Projet")] if document.projet else []
    return paragraph("Header", [plain(name), *mark])


def _footer(document: Document) -> list[Element]:
    """Return the stamp, and which page of how many this is."""
    tampon = document.tampon
    page = [plain("Page "), *field("PAGE", "1"), plain(" / "), *field("NUMPAGES", "1")]
    identity = " · ".join(
        filter(None, (tampon.version, tampon.empreinte and f"empreinte du texte : {tampon.empreinte}"))
    )
    return [paragraph("Footer", [plain(tampon.edition), tab(), *page, run(w("br")), plain(identity)])]


def _page(header: str, footer: str) -> Element:
    """Return the page: A4, its header from the second on, its footer everywhere."""
    references = [
        w("headerReference", type="default"),
        w("footerReference", type="default"),
        w("footerReference", type="first"),
    ]
    for reference, name in zip(references, (header, footer, footer), strict=True):
        reference.set(qn("r:id"), name)
    return w("sectPr", *references, w("pgSz", **A4), w("pgMar", **MARGES), w("titlePg"))


def _describe(package: Package, publication: Publication) -> None:
    """Say what the file is; its dates are those of the version, and it has none where that has none."""
    document, instant = publication.document, publication.version.instant
    # python-docx would make one that says that it is of today.
    part = CorePropertiesPart(PackURI("/docProps/core.xml"), CT.OPC_CORE_PROPERTIES, CT_CoreProperties.new(), package)
    package.relate_to(part, RT.CORE_PROPERTIES)
    properties = part.core_properties
    name = " – ".join(filter(None, (document_name(document), document.territoire)))
    properties.title = _property(f"{name}{', projet' if document.projet else ''}")
    properties.subject = properties.author = _property(document.territoire)
    properties.language = "fr-FR"
    properties.version = document.tampon.version
    if instant is not None:
        properties.created = properties.modified = datetime.fromtimestamp(instant, UTC)


def _property(text: str) -> str:
    """Return a text as a property takes it: 255 characters at most."""
    return visible(text)[:255]


def _dateless(package: Package) -> bytes:
    """Return the file, its members all of the same date."""
    written, whole = BytesIO(), BytesIO()
    package.save(written)
    with ZipFile(written) as source, ZipFile(whole, "w") as target:
        for name in source.namelist():
            member = ZipInfo(name, EPOCH)
            member.compress_type = ZIP_DEFLATED
            member.create_system = 3  # else it tells on which system it was made
            target.writestr(member, source.read(name))
    return whole.getvalue()

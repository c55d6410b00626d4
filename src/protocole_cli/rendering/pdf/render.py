"""The document → a PDF/A-3a and PDF/UA-1 file, ready to be signed and archived."""

from collections.abc import Iterator

import msgspec

from protocole_cli.loading.files import Illisible, read_bytes
from protocole_cli.model.prose import Bloc, Liste
from protocole_cli.rendering.document import BlocSignature, Document, Section
from protocole_cli.rendering.faults import GabaritFautif, NonImprimable
from protocole_cli.rendering.neutral import visible
from protocole_cli.rendering.pdf.attachments import Piece, attachments
from protocole_cli.rendering.pdf.engine import GABARIT, SansPolice, compile_pdf
from protocole_cli.rendering.pdf.finish import Champ, ChampsDifferents, finish
from protocole_cli.rendering.publication import Publication

VALEURS = "donnees.json"
PIECES = "pieces.json"
JOINTES = "pieces-jointes/"
DEEPEST_LIST = 12
"""The engine manages about twice as many levels; nobody reads so many."""
MAIN = f"""
#include "{GABARIT}"
#for piece in json("{PIECES}") {{
  pdf.attach(
    piece.nom, read("{JOINTES}" + piece.nom, encoding: none),
    relationship: piece.relation, mime-type: piece.type_mime, description: piece.description,
  )
}}
"""
"""What the engine runs: the template, then what no template has a say in."""


def render_pdf(publication: Publication) -> bytes:
    """Return the document as a PDF; raises `GabaritFautif` and `NonImprimable`."""
    _refuse_deep_lists(publication.document)
    pieces = attachments(publication) if publication.pieces_jointes else ()
    instant = publication.version.instant
    try:
        pdf = compile_pdf({VALEURS: _values(publication), **_files(pieces)}, MAIN, publication.racine, instant or 0)
    except SansPolice as error:
        raise NonImprimable("\n".join(_unprintable(publication, sign) for sign in error.signes)) from error
    blocs = (bloc for rangee in _signatures(publication) for bloc in rangee)
    champs = tuple(Champ(bloc.acteur, field_name(bloc)) for bloc in blocs) if _signable(publication) else ()
    try:
        return finish(pdf, champs, dated=instant is not None)
    except ChampsDifferents as error:
        raise GabaritFautif(f"templates/{GABARIT}:1:1: {error}") from error


def _signable(publication: Publication) -> bool:
    """Tell whether there are signature fields: not on paper, and nobody shall sign a project."""
    return not (publication.sur_papier or publication.document.projet)


def field_name(bloc: BlocSignature) -> str:
    """Return what a screen reader says of a signature field: « Signature de … pour … », with the words of its block."""
    pour = bloc.pour.rstrip(" ,")
    de = "d’" if bloc.nom[:1] in "AÀÂEÉÈÊIÎOÔUÛ" else "de "
    return f"Signature {de}{bloc.nom} {pour[:1].lower()}{pour[1:]}".rstrip()


def _values(publication: Publication) -> bytes:
    document = publication.document
    values = {
        "document": document,
        "sommaire": {section.id: section.niveau for section in document.contents()},
        "champs": _signable(publication),
    }
    return visible(msgspec.json.encode(values).decode()).encode()


def _refuse_deep_lists(document: Document) -> None:
    """Raise `NonImprimable` for lists so deep in lists that the engine gives up."""

    def depth(bloc: Bloc) -> int:
        inside = (inner for element in bloc.elements for inner in element) if isinstance(bloc, Liste) else ()
        return max(map(depth, inside), default=0) + isinstance(bloc, Liste)

    def walk(section: Section, within: str) -> None:
        name = " – ".join(filter(None, (within, section.surtitre or section.titre)))
        found = max(map(depth, (*section.blocs, *section.conclusion)), default=0)
        if found > DEEPEST_LIST:
            raise NonImprimable(
                f"{name} : une liste va sur {found} niveaux ; le PDF en imprime {DEEPEST_LIST} au plus. Donnez-lui moins de niveaux."
            )
        for part in section.sections:
            walk(part, name)

    for section in document.sections:
        walk(section, "")


def _files(pieces: tuple[Piece, ...]) -> dict[str, bytes]:
    listed = [{k: v for k, v in msgspec.structs.asdict(piece).items() if k != "contenu"} for piece in pieces]
    return {PIECES: msgspec.json.encode(listed)} | {JOINTES + piece.nom: piece.contenu for piece in pieces}


def _signatures(publication: Publication) -> Iterator[tuple[BlocSignature, ...]]:
    for section in publication.document.sections:
        yield from section.signatures


def _unprintable(publication: Publication, sign: str) -> str:
    """Say where a sign first stands in the data."""
    what = (
        f"Le caractère « {sign} » ({' '.join(f'U+{ord(c):04X}' for c in sign)}) n’existe dans aucune police du PDF. "
        "Remplacez-le par des mots, ou ajoutez une police dans templates/polices."
    )
    for fichier in publication.fichiers:
        try:
            before, found, _ = read_bytes(publication.racine, fichier).decode("utf-8", "replace").partition(sign)
        except Illisible:
            continue
        if found:
            return f"{fichier}:{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}: {what}"
    return what

"""The protocole → the document: which words come where. The order is that of the text that was signed."""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import TypeVar

from msgspec.structs import replace

from protocole_cli.language import enumeration_of_most
from protocole_cli.loading.git import Version
from protocole_cli.loading.prose import parse_prose
from protocole_cli.model.acteurs import Partie
from protocole_cli.model.corps import Article
from protocole_cli.model.corps import Section as SectionArticle
from protocole_cli.model.fiche import Detail, Engagement, Fiche, Forme, Resultat
from protocole_cli.model.gouvernance import Gouvernance, Instance, Mission, Reunion
from protocole_cli.model.prose import Appel, Bloc, Emphase, Inline, Lien, Liste, Mots, Paragraphe, SousTitre
from protocole_cli.model.protocole import Protocole
from protocole_cli.queries.rubriques import other_rubriques, rubrique_labels
from protocole_cli.rendering.document import BlocSignature, Document, Note, Section, Tampon
from protocole_cli.rendering.french_dates import date_longue
from protocole_cli.rendering.typography import typographie

E = TypeVar("E")
Content = tuple[tuple[Bloc, ...], tuple[Note, ...]]
"""Blocks, and the notes that they call."""

BLOCS_PAR_RANGEE = 3
NIVEAU_FICHE = 4
DISPOSITION_RECONSTITUEE = (
    "Disposition reconstituée : le texte ne dit pas dans quelle colonne se place chaque instance ; "
    "elle est déduite de son nom."
)


def build_document(  # noqa: PLR0913 (what makes the document, and what its mark says)
    protocole: Protocole,
    version: Version,
    empreinte: str = "",
    *,
    projet: bool = False,
    fautifs: Collection[str] = (),
    fiches: Sequence[Section] | None = None,
) -> Document:
    """Return the document of a protocole at a version, with the fingerprint of its text, where that is known, for the stamp.

    `fautifs` are the files of which something is missing. `fiches` is what `build_fiches` makes of its fiches, where that has been done.
    """
    built = build_fiches(protocole, protocole.fiches) if fiches is None else fiches
    return _Builder(protocole).document(stamp(version, empreinte), built, projet=projet, manque=_manque(fautifs))


def _manque(fautifs: Collection[str]) -> str:
    """Return the sentence that says of which files something is missing, empty where nothing is."""
    if not fautifs:
        return ""
    files = enumeration_of_most(sorted(fautifs))
    return f"Ce document est incomplet : {files} {'est' if len(fautifs) == 1 else 'sont'} en défaut, et il y manque ce qui n’a pas pu être lu."


def build_fiches(protocole: Protocole, fiches: Iterable[Fiche]) -> tuple[Section, ...]:
    """Return some fiches as sections of the document, their notes not numbered as they are there."""
    builder = _Builder(protocole)
    return tuple(builder.fiche(fiche, NIVEAU_FICHE) for fiche in fiches)


def build_fiche(protocole: Protocole, fiche: Fiche, only: str = "") -> Section:
    """Return one fiche as a section of its own, or with `only` that rubrique of it."""
    section = _Builder(protocole).fiche(fiche, 1)
    if not only:
        return section
    wanted = rubrique_anchor(fiche, only)
    return replace(section, sections=tuple(s for s in section.sections if s.id == wanted))


def fiche_anchor(numero: int) -> str:
    """Return the anchor of a fiche."""
    return f"fiche-{numero}"


def part_anchor(article: int, numero: int | None, rank: int) -> str:
    """Return the anchor of a part of an article, by its rank where it has no number."""
    return f"article-{article}-{numero or rank}"


def instance_anchor(identifiant: str) -> str:
    """Return the anchor of a body of the governance."""
    return f"instance-{identifiant}"


def rubrique_anchor(fiche: Fiche, key: str) -> str:
    """Return the anchor of a rubrique of a fiche."""
    return f"{fiche_anchor(fiche.numero)}-{key.replace('_', '-')}"


def stamp(version: Version, empreinte: str = "") -> Tampon:
    """Return the stamp: the date of the version, which is no date of signature, and what identifies the text, if known."""
    edition = (
        "Édition non datée"
        if version.instant is None
        else f"Édité le {date_longue(version.instant)} (date de la version, ni date de signature ni date d’effet)"
    )
    return Tampon(edition, version_name(version), empreinte)


def version_name(version: Version) -> str:
    """Return what to call a version: its commit, and whether the files differ from it."""
    if not version.commit:
        return "version non enregistrée"
    return f"version {version.commit[:10]}{', modifiée depuis' if version.modifiee else ''}"


def words(text: str) -> tuple[Mots, ...]:
    """Return a plain text as inline content, typography applied."""
    return (Mots(typographie(text)),)


class _Builder:
    """One building: the number of the last note so far."""

    def __init__(self, protocole: Protocole) -> None:
        self.protocole = protocole
        self.notes = 0

    def document(self, tampon: Tampon, fiches: Sequence[Section], *, projet: bool, manque: str) -> Document:
        corps = self.protocole.corps
        return Document(
            titre=typographie(corps.titre),
            sous_titre=typographie(corps.sous_titre),
            territoire=corps.territoire,
            tampon=tampon,
            projet=projet,
            manque=manque,
            sections=(
                self._parties(),
                self._visas(),
                *self._preambule(),
                *(self._article(article) for article in corps.articles),
                self._annexes(fiches),
                self._signatures(),
            ),
        )

    def _parties(self) -> Section:
        formules = self.protocole.corps.formules
        parties = sorted(self.protocole.parties, key=lambda p: p.liste.rang)
        entre, et, et_avant = (formules.entre, formules.et, formules.et_avant) if formules else ("", "", "")
        split = next((rank for rank, p in enumerate(parties) if et_avant and p.acteur == et_avant), 0)
        opening = [Paragraphe(words(phrase)) for phrase in (entre, "" if split else et) if phrase]
        contents = [self._blocs(partie.liste.texte) for partie in parties]
        first, second = (tuple(blocs for blocs, _ in part) for part in (contents[:split], contents[split:]))
        blocs: list[Bloc] = [*opening]
        if first:
            blocs += [Liste(first), Paragraphe(words(et))]
        if second:
            blocs.append(Liste(second))
        notes = tuple(note for _, called in contents for note in called)
        return Section(id="parties", nature="parties", niveau=2, nom="Parties", blocs=tuple(blocs), notes=notes)

    def _visas(self) -> Section:
        corps = self.protocole.corps
        contents = [self._blocs(visa.texte) for visa in corps.visas]
        blocs = [bloc for visa, _ in contents for bloc in visa]
        if corps.formules:
            blocs.append(Paragraphe(words(corps.formules.convention)))
        notes = tuple(note for _, called in contents for note in called)
        return Section(id="visas", nature="visas", niveau=2, nom="Visas", blocs=tuple(blocs), notes=notes)

    def _preambule(self) -> tuple[Section, ...]:
        preambule = self.protocole.corps.preambule
        if preambule is None:
            return ()
        blocs, notes = self._blocs(preambule.texte)
        titre = typographie(preambule.titre)
        return (Section(id="preambule", nature="preambule", niveau=2, titre=titre, blocs=blocs, notes=notes),)

    def _article(self, article: Article) -> Section:
        blocs, notes = self._blocs(article.texte)
        sections = tuple(self._part(article, rank, part) for rank, part in enumerate(article.sections, 1))
        conclusion, more = self._blocs(article.conclusion)
        return Section(
            id=f"article-{article.numero}",
            nature="article",
            niveau=2,
            surtitre=f"Article {article.numero}",
            titre=typographie(article.titre),
            blocs=blocs,
            sections=sections,
            conclusion=conclusion,
            notes=notes + more,
        )

    def _part(self, article: Article, rank: int, part: SectionArticle) -> Section:
        blocs, notes = self._blocs(part.texte)
        return Section(
            id=part_anchor(article.numero, part.numero, rank),
            nature="partie-article",
            niveau=3,
            surtitre=f"{part.numero}." if part.numero else "",
            titre=typographie(part.titre),
            blocs=blocs,
            notes=notes,
        )

    def _annexes(self, fiches: Sequence[Section]) -> Section:
        annexes = self.protocole.corps.annexes
        annexe_2 = Section(
            id="annexe-2",
            nature="fiches",
            niveau=3,
            surtitre="Annexe 2",
            titre=typographie(annexes.fiches if annexes else ""),
            sections=tuple(self._numbered(*pair) for pair in zip(self.protocole.fiches, fiches, strict=True)),
        )
        return Section(
            id="annexes",
            nature="annexes",
            niveau=2,
            titre=typographie(annexes.titre if annexes else ""),
            sections=(self._gouvernance(self.protocole.gouvernance), annexe_2),
        )

    def _numbered(self, fiche: Fiche, built: Section) -> Section:
        """Return a fiche that has been built, its notes numbered after those before it."""
        return self.fiche(fiche, built.niveau) if any(s.notes for s in built.sections) else built

    def _gouvernance(self, gouvernance: Gouvernance) -> Section:
        columns = " – ".join(colonne.nom for colonne in gouvernance.colonnes)
        blocs = [Paragraphe(words(columns))]
        if any(instance.colonne_deduite for instance in gouvernance.instances):
            blocs.append(Paragraphe((Emphase(words(DISPOSITION_RECONSTITUEE)),)))
        return Section(
            id="annexe-1",
            nature="gouvernance",
            niveau=3,
            surtitre="Annexe 1",
            titre=typographie(gouvernance.titre),
            blocs=tuple(blocs),
            sections=tuple(
                Section(
                    id=f"colonne-{colonne.id}",
                    nature="colonne",
                    niveau=4,
                    titre=colonne.nom,
                    sections=tuple(
                        self._instance(instance) for instance in gouvernance.instances if instance.colonne == colonne.id
                    ),
                )
                for colonne in gouvernance.colonnes
            ),
        )

    def _instance(self, instance: Instance) -> Section:
        blocs: list[Bloc] = []
        for reunion in instance.reunions:
            blocs += self._reunion(reunion)
        if instance.groupes:
            blocs.append(
                Liste(
                    tuple(
                        (Paragraphe((Emphase(words(g.nom), forte=True),)), *self._missions(g.missions))
                        for g in instance.groupes
                    )
                )
            )
        return Section(
            id=instance_anchor(instance.id),
            nature="instance",
            niveau=5,
            titre=typographie(instance.nom),
            blocs=tuple(blocs),
        )

    def _reunion(self, reunion: Reunion) -> tuple[Bloc, ...]:
        return (Paragraphe(words(f"Réunion : {reunion.texte}")), *self._missions(reunion.missions))

    def _missions(self, missions: tuple[Mission, ...]) -> tuple[Bloc, ...]:
        return (Liste(tuple((Paragraphe(words(m.texte)),) for m in missions)),) if missions else ()

    def fiche(self, fiche: Fiche, niveau: int) -> Section:
        sections: list[Section] = []
        others = other_rubriques(fiche)
        for key, label in rubrique_labels(fiche, self.protocole.corps.rubriques).items():
            content = self._blocs(others[key].texte) if key in others else self._rubrique(fiche, key)
            if content[0] or key in others:
                sections.append(_rubrique_section(fiche, key, label, niveau, content))
        return Section(
            id=fiche_anchor(fiche.numero),
            nature="fiche",
            niveau=niveau,
            surtitre=f"Fiche {fiche.numero}",
            titre=typographie(fiche.titre),
            sections=tuple(sections),
        )

    def _rubrique(self, fiche: Fiche, key: str) -> Content:
        if key == "engagements":
            return self._entries(fiche.engagements, lambda e: e.forme, self._engagement)
        if key == "resultats":
            return self._entries(fiche.resultats, lambda r: r.forme, self._resultat)
        return self._blocs(fiche.words(key))

    def _entries(
        self,
        entries: Iterable[E],
        forme: Callable[[E], Forme],
        content: Callable[[E], Content],
    ) -> Content:
        """Lay entries out as the text does: bullets and numbers gathered in lists, the others as paragraphs."""
        blocs: list[Bloc] = []
        notes: list[Note] = []
        for entry in entries:
            inner, called = content(entry)
            notes += called
            _lay_out(blocs, forme(entry), inner)
        return tuple(blocs), tuple(notes)

    def _engagement(self, engagement: Engagement) -> Content:
        blocs, notes = self._blocs(engagement.texte)
        if not engagement.intitule:
            return blocs, notes
        heading: tuple[Inline, ...] = (Emphase(words(engagement.intitule), forte=True),)
        if blocs and isinstance(blocs[0], Paragraphe):
            return (Paragraphe((*heading, Mots(" "), *blocs[0].contenu)), *blocs[1:]), notes
        return (Paragraphe(heading), *blocs), notes

    def _resultat(self, resultat: Resultat) -> Content:
        blocs, notes = self._blocs(resultat.texte)
        details, more = self._entries(resultat.details, lambda _: "puce", self._detail)
        return (*blocs, *details), (*notes, *more)

    def _detail(self, detail: Detail) -> Content:
        return self._blocs(detail.texte)

    def _signatures(self) -> Section:
        formules = self.protocole.corps.formules
        return Section(
            id="signatures",
            nature="signatures",
            niveau=2,
            titre="Signatures",
            blocs=(Paragraphe(words(formules.fait)),) if formules else (),
            signatures=_signature_rows(self.protocole.parties),
        )

    def _blocs(self, text: str) -> Content:
        """Return the blocks of a prose, typography applied, and its notes as numbered in the document."""
        if not text:
            return (), ()
        prose = parse_prose(text)
        before = self.notes
        self.notes += len(prose.notes)
        blocs = tuple(_bloc(bloc, before) for bloc in prose.blocs)
        notes = tuple(
            Note(before + rank, tuple(_bloc(bloc, before) for bloc in note)) for rank, note in enumerate(prose.notes, 1)
        )
        return blocs, notes


def _lay_out(blocs: list[Bloc], forme: Forme, inner: tuple[Bloc, ...]) -> None:
    """Add an entry to the blocks before it: into their last list, into their last paragraph, or after them."""
    last = blocs[-1] if blocs else None
    if forme in ("puce", "numero"):
        debut = 1 if forme == "numero" else None
        if isinstance(last, Liste) and last.debut == debut:
            blocs[-1] = Liste((*last.elements, inner), debut)
        else:
            blocs.append(Liste((inner,), debut))
    elif forme == "suite" and isinstance(last, Paragraphe) and inner and isinstance(inner[0], Paragraphe):
        blocs[-1] = Paragraphe((*last.contenu, Mots(" "), *inner[0].contenu))
        blocs += inner[1:]
    else:
        blocs += inner


def _rubrique_section(fiche: Fiche, key: str, label: str, niveau: int, content: Content) -> Section:
    return Section(
        id=rubrique_anchor(fiche, key),
        nature="rubrique",
        niveau=niveau + 1,
        titre=typographie(label),
        blocs=content[0],
        notes=content[1],
    )


def _signature_rows(parties: Iterable[Partie]) -> tuple[tuple[BlocSignature, ...], ...]:
    """Return the signature blocks in their order, row by row; where no row is said, three to a row."""
    rows: dict[tuple[str, int], list[BlocSignature]] = {}
    for place, partie in enumerate(sorted(parties, key=lambda p: p.signature.rang)):
        s = partie.signature
        row = ("dite", s.rangee) if s.rangee is not None else ("par trois", place // BLOCS_PAR_RANGEE)
        bloc = BlocSignature(partie.acteur, typographie(s.pour), typographie(s.qualite), typographie(s.nom))
        rows.setdefault(row, []).append(bloc)
    return tuple(map(tuple, rows.values()))


def _bloc(bloc: Bloc, notes_before: int) -> Bloc:
    if isinstance(bloc, Liste):
        elements = tuple(tuple(_bloc(inner, notes_before) for inner in element) for element in bloc.elements)
        return Liste(elements, bloc.debut)
    kind = SousTitre if isinstance(bloc, SousTitre) else Paragraphe
    return kind(_inlines(bloc.contenu, notes_before))


def _inlines(inlines: tuple[Inline, ...], notes_before: int) -> tuple[Inline, ...]:
    return tuple(_inline(inline, notes_before) for inline in inlines)


def _inline(inline: Inline, notes_before: int) -> Inline:
    if isinstance(inline, Mots):
        return Mots(typographie(inline.texte))
    if isinstance(inline, Emphase):
        return Emphase(_inlines(inline.contenu, notes_before), forte=inline.forte)
    if isinstance(inline, Lien):
        return Lien(_inlines(inline.contenu, notes_before), inline.adresse)
    if isinstance(inline, Appel):
        return Appel(inline.numero + notes_before)
    return inline

"""The formats of the answer to « which fiches »: functions from values to text; printing is elsewhere.

The one table `FORMATS` gives both the choices of `--format` and what each does.
"""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from protocole_cli.language import count, enumeration
from protocole_cli.model.fiche import Organismes
from protocole_cli.queries.fiches import FichesTrouvees, FicheTrouvee, Filtres, Preuve
from protocole_cli.queries.names import Directory
from protocole_cli.rendering.citing import cite, named_json, names, quote, through
from protocole_cli.rendering.neutral import json_text, visible
from protocole_cli.rendering.tables import Colonne, Table, table_formats
from protocole_cli.rendering.wrapping import item, unwrapped, wrap

_SILENT = {
    "porteurs": "Le texte ne dit pas qui porte la fiche",
    "partenaires": "Le texte ne dit pas quels sont les partenaires",
    "echelle": "L’échelle d’intervention ne dit pas quels lieux",
    "calendrier": "Le calendrier ne donne pas d’années",
}
"""What a rubrique leaves open."""


class FichesView(Struct, frozen=True):
    """The fiches found, the names to call actors and places by, the labels of the rubriques, and how to count collectives."""

    answer: FichesTrouvees
    directory: Directory
    labels: Mapping[str, str]
    avec_collectifs: bool

    @property
    def counted(self) -> tuple[FicheTrouvee, ...]:
        """The fiches of the answer; those that only a collective reaches are apart, unless they were asked for."""
        return tuple(found for found in self.answer.trouvees if self.avec_collectifs or not found.collective)


def texte(view: FichesView, width: int) -> str:
    """Return what was found in a sentence, then each fiche and what it rests on; apart, what is not certain."""
    found = view.answer.trouvees
    sure = [f for f in view.counted if f.sure]
    unsure = [f for f in found if not f.sure]
    sentence = _sentence(view, len(sure), certain=not unsure)
    parts = ["\n".join(wrap(sentence, width)), *(_fiche(f, view, width) for f in sure)]
    collective = [f for f in found if f.sure and f.collective and not view.avec_collectifs]
    if collective:
        say = count(len(collective), "fiche qui ne nomme", "fiches qui ne nomment")
        heading = f"À part, {say} l’acteur que par un collectif dont il est membre (--avec-collectifs les compte) :"
        parts.append("\n".join(wrap(heading, width)))
        parts += [_fiche(f, view, width) for f in collective]
    if view.answer.par_services:
        say = count(len(view.answer.par_services), "fiche qui ne nomme", "fiches qui ne nomment")
        heading = f"À part, {say} l’acteur que par un service qui en relève (--avec-services en tient compte) :"
        parts.append("\n".join(wrap(heading, width)))
        parts += [_fiche(f, view, width) for f in view.answer.par_services]
    if unsure:
        parts.append(f"À part, {_fiches(len(unsure))} dont le texte ne permet pas de répondre :")
        parts += [_fiche(f, view, width) for f in unsure]
    return visible("\n\n".join(parts) + "\n")


def _sentence(view: FichesView, number: int, *, certain: bool) -> str:
    asked = _asked(view.answer.filtres)
    total = view.answer.total
    if not total:
        return "Aucune fiche : il n’y en a pas dans data/fiches."
    if not asked:
        return f"{_fiches(number)}."
    if number:
        return f"{_fiches(number)} sur {total} : {' ; '.join(asked)}."
    if view.answer.separement:
        alone = zip(asked, view.answer.separement, strict=True)
        each = " ; ".join(f"{condition} ({_alone(found, view)})" for condition, found in alone)
        return f"Aucune des {_fiches(total)} ne répond à la fois à : {each}."
    return f"Aucune des {_fiches(total)} ne répond{'' if certain else ' à coup sûr'} à : {' ; '.join(asked)}."


def _alone(found: Sequence[FicheTrouvee], view: FichesView) -> str:
    """Return how many fiches a filter keeps by itself; those that an answer shows apart are counted apart."""
    sure = [f for f in found if f.sure]
    collective = 0 if view.avec_collectifs else sum(f.collective for f in sure)
    plain, unsure = len(sure) - collective, len(found) - len(sure)
    said = [_fiches(plain) if plain else "aucune fiche"]
    if collective:
        said.append(f"{collective} par un collectif")
    if unsure:
        said.append(count(unsure, "indéterminée", "indéterminées"))
    return enumeration(said)


def _fiches(number: int) -> str:
    return count(number, "fiche", "fiches")


def _asked(filtres: Filtres) -> list[str]:
    """Return the filters, as people put them."""
    services = " avec ses services" if filtres.avec_services else ""
    actors = {"porteur": filtres.porteur, "partenaire": filtres.partenaire, "acteur": filtres.acteur}
    said = [f"{role} {acteur.nom}{services}" for role, acteur in actors.items() if acteur]
    if filtres.quartier:
        said.append(f"quartier {filtres.quartier.nom}")
    if filtres.commune:
        said.append(f"commune {filtres.commune.nom}")
    if filtres.annee is not None:
        said.append(f"année {filtres.annee}")
    if filtres.texte:
        said.append(f"texte « {' '.join(filtres.texte.mots)} »")
    return said


def _fiche(found: FicheTrouvee, view: FichesView, width: int) -> str:
    fiche = found.fiche
    lines = wrap(f"Fiche {fiche.numero} – {fiche.titre}", width)
    paragraphs = [_ground(preuve, view) for preuve in found.preuves] or [_carried(found, view)]
    return "\n".join([*lines, *(line for paragraph in paragraphs for line in item("  ", [paragraph], width))])


def _carried(found: FicheTrouvee, view: FichesView) -> str:
    fiche = found.fiche
    who = names(view.directory.acteurs(fiche.porteurs.acteurs)) if fiche.porteurs else ""
    bornes = fiche.calendrier.bornes if fiche.calendrier else None
    years = f"{bornes[0]}-{bornes[1]}" if bornes else "années non dites par le texte"
    return f"{f'Portée par {who}' if who else 'Porteur non dit par le texte'} ; {years} ({cite(fiche.position)})"


def _ground(preuve: Preuve, view: FichesView) -> str:
    """Return what a fiche rests on for a filter: the words, through whom, and where."""
    words = f" : {quote(preuve.mots)}".removesuffix(" : ")
    if not preuve.sure:
        return f"{_SILENT[preuve.rubrique]}{words} ({cite(preuve.position)})"
    phases = f" – {enumeration(preuve.phases)}" if preuve.phases else ""
    by = through(preuve.atteinte, view.directory.acteurs(preuve.atteinte.par)) if preuve.atteinte else ""
    label = view.labels.get(preuve.rubrique) or f"{preuve.rubrique[:1].upper()}{preuve.rubrique[1:]}"
    return f"{label}{phases}{words}{f', {by}' if by else ''} ({cite(preuve.position)})"


def _reason(found: FicheTrouvee, view: FichesView) -> str:
    """Return why a fiche is uncertain, or through whom it is reached; empty where it is plain."""
    said = [p for p in found.preuves if not p.sure] or [p for p in found.preuves if p.atteinte and p.atteinte.par]
    return " ; ".join(_ground(preuve, view) for preuve in said)


def json(view: FichesView, _width: int) -> str:
    """Return a JSON list, an object a fiche."""
    return json_text([_object(found, view) for found in view.counted])


def _object(found: FicheTrouvee, view: FichesView) -> dict[str, object]:
    fiche = found.fiche
    debut, fin = (fiche.calendrier.bornes if fiche.calendrier else None) or (None, None)
    return {
        "numero": fiche.numero,
        "titre": fiche.titre,
        "porteurs": _organismes(fiche.porteurs, view.directory),
        "partenaires": _organismes(fiche.partenaires, view.directory),
        "quartiers": found.quartiers,
        "communes": found.communes,
        "debut": debut,
        "fin": fin,
        "fichier": fiche.position.fichier,
        "correspondance": "oui" if found.sure else "indetermine",
        "raison": _reason(found, view),
    }


def _organismes(organismes: Organismes | None, directory: Directory) -> dict[str, object]:
    if organismes is None:
        return {"texte": "", "acteurs": []}
    return {"texte": unwrapped(organismes.texte), "acteurs": named_json(directory.acteurs(organismes.acteurs))}


_COLONNES = tuple(
    Colonne(cle, titre)
    for cle, titre in {
        "numero": "Fiche",
        "titre": "Titre",
        "porteurs": "Porteurs",
        "partenaires": "Partenaires",
        "quartiers": "Quartiers",
        "communes": "Communes",
        "debut": "Début",
        "fin": "Fin",
        "fichier": "Fichier",
        "correspondance": "Correspondance",
        "raison": "Raison",
    }.items()
)


def table(view: FichesView) -> Table:
    """Return a row a fiche; several names in a cell are separated by « ; »."""
    return Table(_COLONNES, tuple(_row(found, view) for found in view.counted))


def _row(found: FicheTrouvee, view: FichesView) -> tuple[str, ...]:
    fiche, directory = found.fiche, view.directory
    debut, fin = (fiche.calendrier.bornes if fiche.calendrier else None) or ("", "")
    return (
        str(fiche.numero),
        fiche.titre,
        _joined([a.nom for a in directory.acteurs(fiche.porteurs.acteurs if fiche.porteurs else ())]),
        _joined([a.nom for a in directory.acteurs(fiche.partenaires.acteurs if fiche.partenaires else ())]),
        _joined([directory.quartier(q) for q in found.quartiers]),
        _joined([directory.commune(c) for c in found.communes]),
        str(debut),
        str(fin),
        fiche.position.fichier,
        "oui" if found.sure else "indéterminé",
        _reason(found, view),
    )


def _joined(cells: Sequence[str]) -> str:
    return " ; ".join(cells)


FORMATS = table_formats(texte, json, table)

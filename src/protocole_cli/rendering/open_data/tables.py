"""The tables of open data: a row a thing, a column a fact, several things of one as rows of a table of their own.

What the text does not say is an empty cell. Identifiers are those of the data files; facts that are worked out come from
the same questions as the answers of the commands.
"""

from collections.abc import Iterator
from typing import get_args

from protocole_cli.model.acteurs import NatureActeur
from protocole_cli.model.fiche import NatureQuartier, NatureResultat
from protocole_cli.position import Position
from protocole_cli.queries.acteurs import summarise_acteurs
from protocole_cli.queries.engagements import Attribution, Filtres, find_engagements
from protocole_cli.queries.instances import described_instances
from protocole_cli.queries.places import Moyen, fiche_ways, lieu_of_commune, reached, scale_parts
from protocole_cli.queries.results import expected_results
from protocole_cli.rendering.instances_formats import seat_source
from protocole_cli.rendering.meeting_words import precision
from protocole_cli.rendering.open_data.columns import Column, OpenTable, Reference, Row, Source
from protocole_cli.rendering.open_data.identity import ABOUT
from protocole_cli.rendering.wrapping import unwrapped

PROSE = ("constats", "objectif_general", "objectifs_operationnels", "description", "public")
"""The rubriques of a fiche that are columns of their own, word for word, beside those with facts."""
_PLACE = (
    Column("fichier", "Le fichier de données, depuis la racine du protocole."),
    Column("ligne", "La ligne, à partir de 1.", "integer"),
)
_FICHE = Reference("fiche", "fiches", "fiche")
_ACTEUR = Reference("acteur", "acteurs", "id")


def _place(position: Position) -> Row:
    return {"fichier": position.fichier, "ligne": position.ligne}


def _protocoles(source: Source) -> Iterator[Row]:
    yield {column.nom: source.identite[column.nom] for column in ABOUT}


def _fiches(source: Source) -> Iterator[Row]:
    for fiche in source.protocole.fiches:
        debut, fin = (fiche.calendrier.bornes if fiche.calendrier else None) or (None, None)
        yield {
            "fiche": fiche.numero,
            "titre": fiche.titre,
            **{
                cle: unwrapped(fiche.words(cle)) for cle in (*PROSE, "echelle", "porteurs", "partenaires", "calendrier")
            },
            "lieux_dits": bool(scale_parts(fiche.echelle)),
            "debut": debut,
            "fin": fin,
            **_place(fiche.position),
        }


def _fiches_acteurs(source: Source) -> Iterator[Row]:
    for fiche in source.protocole.fiches:
        for role, organismes in (("porteur", fiche.porteurs), ("partenaire", fiche.partenaires)):
            for acteur in organismes.acteurs if organismes else ():
                yield {"fiche": fiche.numero, "acteur": acteur, "role": role}


def _fiches_quartiers(source: Source) -> Iterator[Row]:
    for fiche in source.protocole.fiches:
        for quartier in source.protocole.quartiers:
            for way in fiche_ways(fiche, quartier) or ():
                yield {"fiche": fiche.numero, "quartier": quartier.id, "moyen": way.moyen, "phase": way.phase}


def _fiches_communes(source: Source) -> Iterator[Row]:
    protocole = source.protocole
    lieux = {commune.id: lieu_of_commune(commune, protocole.quartiers) for commune in protocole.communes}
    for fiche in protocole.fiches:
        for commune in reached(fiche.echelle, lieux):
            yield {"fiche": fiche.numero, "commune": commune}


def _engagements(source: Source) -> Iterator[Row]:
    for found in find_engagements(source.protocole, Filtres()).trouves:
        engagement = found.engagement
        yield {
            "id": found.id,
            "fiche": found.fiche,
            "rang": found.rang,
            "attribution": found.attribution,
            "vide": found.vide,
            "intitule": engagement.intitule,
            "texte": unwrapped(engagement.texte),
            "debut": engagement.debut,
            "fin": engagement.fin,
            "montant": engagement.montant,
            **_place(found.position),
        }


def _engagements_acteurs(source: Source) -> Iterator[Row]:
    for found in find_engagements(source.protocole, Filtres()).trouves:
        for acteur in found.acteurs:
            yield {"engagement": found.id, "acteur": acteur.id}


def _resultats(source: Source) -> Iterator[Row]:
    for found in expected_results(source.protocole):
        yield {
            "id": found.id,
            "fiche": found.fiche,
            "precise": found.id.rpartition(".")[0],
            "texte": unwrapped(found.texte),
            "nature": found.nature,
            "action": found.action,
            "echeance": found.echeance,
            "cible": found.cible.valeur if found.cible else None,
            "unite": found.cible.unite if found.cible else None,
            **_place(found.position),
        }


def _acteurs(source: Source) -> Iterator[Row]:
    for resume in summarise_acteurs(source.protocole):
        acteur = resume.acteur
        yield {
            "id": acteur.id,
            "nom": acteur.nom,
            "sigle": acteur.sigle,
            "nature": acteur.nature,
            "collectif": acteur.collectif,
            "partie": resume.partie,
            "releve_de": acteur.releve_de,
            **_place(acteur.position),
        }


def _acteurs_membres(source: Source) -> Iterator[Row]:
    for acteur in source.protocole.acteurs:
        for membre in acteur.membres:
            yield {"collectif": acteur.id, "membre": membre}


def _instances(source: Source) -> Iterator[Row]:
    for found in described_instances(source.protocole):
        par_an = found.meetings.par_an
        yield {
            "id": found.instance.id,
            "nom": found.instance.nom,
            "colonne": found.colonne,
            "colonne_deduite": found.instance.colonne_deduite,
            "par_an_min": par_an.min if par_an else None,
            "par_an_max": par_an.max if par_an else None,
            "precision": precision(found.meetings),
            **_place(found.instance.position),
        }


def _instances_acteurs(source: Source) -> Iterator[Row]:
    for found in described_instances(source.protocole):
        for seat in found.seats:
            for acteur in seat.acteurs:
                yield {
                    "instance": found.instance.id,
                    "acteur": acteur.id,
                    "role": seat.siege.role,
                    "formation": seat.siege.formation,
                    "texte": seat.siege.texte,
                    "deduit": seat.siege.deduit,
                    "source": seat_source(seat),
                    **_place(seat.siege.position),
                }


def _quartiers(source: Source) -> Iterator[Row]:
    for quartier in source.protocole.quartiers:
        yield {
            "id": quartier.id,
            "nom": quartier.nom,
            "nature": quartier.nature,
            "commune": quartier.commune,
            "code_qp": quartier.code_qp,
            **_place(quartier.position),
        }


def _communes(source: Source) -> Iterator[Row]:
    for commune in source.protocole.communes:
        yield {
            "id": commune.id,
            "nom": commune.nom,
            "contrat_de_ville": commune.contrat_de_ville,
            "acteur": commune.acteur,
            "code_insee": commune.code_insee,
            **_place(commune.position),
        }


_NUMERO = Column("fiche", "Le numéro de la fiche.", "integer")

TABLES = (
    OpenTable(
        "protocoles",
        "Le protocole",
        "Une ligne : le protocole, son territoire, sa période et sa version.",
        ABOUT,
        _protocoles,
        cle=("protocole",),
    ),
    OpenTable(
        "fiches",
        "Les fiches actions",
        "Une ligne par fiche : ses mots, ses années.",
        (
            _NUMERO,
            Column("titre", "Son titre."),
            Column("constats", "Les constats dont elle part.", requis=False),
            Column("objectif_general", "Son objectif général.", requis=False),
            Column("objectifs_operationnels", "Ses objectifs opérationnels.", requis=False),
            Column("description", "Ce qui sera fait.", requis=False),
            Column("public", "À qui elle s’adresse.", requis=False),
            Column("echelle", "L’échelle d’intervention, dans les mots du texte.", requis=False),
            Column("porteurs", "Qui la porte, dans les mots du texte.", requis=False),
            Column("partenaires", "Qui y participe, dans les mots du texte.", requis=False),
            Column("calendrier", "Quand elle a lieu, dans les mots du texte.", requis=False),
            Column(
                "lieux_dits",
                "false quand l’échelle ne dit pas de lieux : l’absence de lieux est alors une inconnue.",
                "boolean",
            ),
            Column("debut", "La première année, vide quand le calendrier n’en donne pas.", "integer", requis=False),
            Column("fin", "La dernière année, vide quand le calendrier n’en donne pas.", "integer", requis=False),
            *_PLACE,
        ),
        _fiches,
        cle=("fiche",),
    ),
    OpenTable(
        "fiches_acteurs",
        "Qui porte les fiches et qui y participe",
        "Une ligne par acteur que nomment les porteurs ou les partenaires d’une fiche.",
        (
            _NUMERO,
            Column("acteur", "L’identifiant de l’acteur."),
            Column("role", "Ce qu’il y fait.", valeurs=("porteur", "partenaire")),
        ),
        _fiches_acteurs,
        cle=("fiche", "acteur", "role"),
        references=(_FICHE, _ACTEUR),
    ),
    OpenTable(
        "fiches_quartiers",
        "Les quartiers que les fiches atteignent",
        "Une ligne par fiche, par quartier et par ce qui, dans l’échelle de la fiche, atteint ce quartier.",
        (
            _NUMERO,
            Column("quartier", "L’identifiant du quartier."),
            Column("moyen", "Par quoi la fiche l’atteint.", valeurs=get_args(Moyen)),
            Column("phase", "Dans quelle phase, quand l’échelle les distingue.", requis=False),
        ),
        _fiches_quartiers,
        references=(_FICHE, Reference("quartier", "quartiers", "id")),
    ),
    OpenTable(
        "fiches_communes",
        "Les communes que les fiches atteignent",
        "Une ligne par fiche et par commune qu’elle atteint, par elle-même ou par un de ses quartiers.",
        (_NUMERO, Column("commune", "L’identifiant de la commune.")),
        _fiches_communes,
        cle=("fiche", "commune"),
        references=(_FICHE, Reference("commune", "communes", "id")),
    ),
    OpenTable(
        "engagements",
        "Les engagements",
        "Une ligne par engagement, dans l’ordre du document.",
        (
            Column(
                "id",
                "Le numéro à montrer : F7-3 est le troisième engagement de la fiche 7. Il change avec l’ordre du texte.",
            ),
            _NUMERO,
            Column("rang", "Son rang dans la fiche, à partir de 1.", "integer"),
            Column(
                "attribution",
                "À qui il est attribué : un acteur nommé, des collectifs seulement, personne.",
                valeurs=get_args(Attribution),
            ),
            Column("vide", "true quand il est resté en blanc.", "boolean"),
            Column("intitule", "Les mots qui l’attribuent, quand il y en a.", requis=False),
            Column("texte", "Les mots de l’engagement.", requis=False),
            Column("debut", "La première année, quand ses mots la bornent.", "integer", requis=False),
            Column("fin", "La dernière année, quand ses mots la bornent.", "integer", requis=False),
            Column("montant", "Le montant en euros, quand le texte le donne.", "number", requis=False),
            *_PLACE,
        ),
        _engagements,
        cle=("id",),
        references=(_FICHE,),
    ),
    OpenTable(
        "engagements_acteurs",
        "Qui s’engage",
        "Une ligne par engagement et par acteur à qui le texte l’attribue.",
        (Column("engagement", "Le numéro de l’engagement."), Column("acteur", "L’identifiant de l’acteur.")),
        _engagements_acteurs,
        cle=("engagement", "acteur"),
        references=(Reference("engagement", "engagements", "id"), _ACTEUR),
    ),
    OpenTable(
        "resultats",
        "Les résultats attendus",
        "Une ligne par résultat et par point qui en précise un, dans l’ordre du document.",
        (
            Column(
                "id",
                "Le numéro à montrer : R5-1 est le premier résultat de la fiche 5, R5-1.1 le premier point qui le précise.",
            ),
            _NUMERO,
            Column("precise", "Le numéro du résultat qu’il précise.", requis=False),
            Column("texte", "Les mots du résultat."),
            Column(
                "nature",
                "cible : une valeur à atteindre ; indicateur : dénombrable, sans cible ; tendance : une direction ; qualitatif.",
                valeurs=get_args(NatureResultat),
            ),
            Column("action", "Le numéro de l’action à laquelle il répond.", "integer", requis=False),
            Column("echeance", "L’année donnée pour lui.", "integer", requis=False),
            Column("cible", "La valeur à atteindre.", "number", requis=False),
            Column("unite", "L’unité de cette valeur.", requis=False),
            *_PLACE,
        ),
        _resultats,
        cle=("id",),
        references=(_FICHE,),
    ),
    OpenTable(
        "acteurs",
        "Les organismes",
        "Une ligne par organisme que le protocole nomme.",
        (
            Column("id", "Son identifiant."),
            Column("nom", "Son nom."),
            Column("sigle", "Son sigle.", requis=False),
            Column("nature", "Ce qu’il est.", requis=False, valeurs=get_args(NatureActeur)),
            Column("collectif", "true quand un seul mot du texte en désigne plusieurs.", "boolean"),
            Column("partie", "true quand il signe le protocole.", "boolean"),
            Column("releve_de", "L’administration dont il relève.", requis=False),
            *_PLACE,
        ),
        _acteurs,
        cle=("id",),
        references=(Reference("releve_de", "acteurs", "id"),),
    ),
    OpenTable(
        "acteurs_membres",
        "Les membres des collectifs",
        "Une ligne par collectif et par membre que le texte lui donne.",
        (Column("collectif", "L’identifiant du collectif."), Column("membre", "Celui de son membre.")),
        _acteurs_membres,
        cle=("collectif", "membre"),
        references=(Reference("collectif", "acteurs", "id"), Reference("membre", "acteurs", "id")),
    ),
    OpenTable(
        "instances",
        "Les instances de la gouvernance",
        "Une ligne par instance, dans l’ordre du schéma.",
        (
            Column("id", "Son identifiant."),
            Column("nom", "Son nom."),
            Column("colonne", "La colonne du schéma où elle se place."),
            Column("colonne_deduite", "true quand cette colonne est déduite et non lue.", "boolean"),
            Column("par_an_min", "Ses réunions par an, au moins, tous groupes comptés.", "integer", requis=False),
            Column("par_an_max", "Ses réunions par an, au plus.", "integer", requis=False),
            Column("precision", "Ce que ce nombre additionne ou laisse ouvert, en mots.", requis=False),
            *_PLACE,
        ),
        _instances,
        cle=("id",),
    ),
    OpenTable(
        "instances_acteurs",
        "Qui siège dans les instances",
        "Une ligne par instance, par mention de ceux qui y siègent et par acteur qu’elle désigne.",
        (
            Column("instance", "L’identifiant de l’instance."),
            Column("acteur", "L’identifiant de l’acteur."),
            Column("role", "À quel titre il y siège.", valeurs=("presidence", "membre", "associe")),
            Column(
                "formation",
                "La formation de l’instance où il siège, quand ce n’est pas toute l’instance.",
                requis=False,
            ),
            Column("texte", "Les mots du texte."),
            Column("deduit", "true quand l’acteur est déduit du reste du texte.", "boolean"),
            Column("source", "Le texte qui le dit : « annexe 1 », ou l’article et sa section."),
            *_PLACE,
        ),
        _instances_acteurs,
        references=(Reference("instance", "instances", "id"), _ACTEUR),
    ),
    OpenTable(
        "quartiers",
        "Les quartiers",
        "Une ligne par quartier prioritaire (qpv) ou de veille active (qva).",
        (
            Column("id", "Son identifiant."),
            Column("nom", "Son nom."),
            Column("nature", "Quartier prioritaire ou de veille active.", valeurs=get_args(NatureQuartier)),
            Column("commune", "L’identifiant de sa commune."),
            Column("code_qp", "Son code officiel.", requis=False),
            *_PLACE,
        ),
        _quartiers,
        cle=("id",),
        references=(Reference("commune", "communes", "id"),),
    ),
    OpenTable(
        "communes",
        "Les communes",
        "Une ligne par commune que le protocole nomme.",
        (
            Column("id", "Son identifiant."),
            Column("nom", "Son nom."),
            Column("contrat_de_ville", "true quand elle est du contrat de ville.", "boolean"),
            Column("acteur", "L’identifiant de la commune comme organisme.", requis=False),
            Column("code_insee", "Son code officiel géographique.", requis=False),
            *_PLACE,
        ),
        _communes,
        cle=("id",),
        references=(_ACTEUR,),
    ),
)
"""All tables; what a table refers to may come after it."""

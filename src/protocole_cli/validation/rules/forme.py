"""What the schemas hold: the keys of the data and the form of their values."""

from protocole_cli.diagnostics import Severite
from protocole_cli.validation.rules.regle import FICHE, Exemple, Regle

REGLES = (
    Regle(
        nom="cle-inconnue",
        severite=Severite.ERREUR,
        demande="Une clé est une de celles que le programme connaît à cet endroit.",
        raison="Ce qui est écrit sous une clé mal orthographiée ne serait ni imprimé ni trouvé par une recherche.",
        juste=Exemple(
            FICHE,
            """
            calendrier:
              texte: 2024-2027
              debut: 2024
              fin: 2027
            """,
        ),
        fautif=Exemple(
            FICHE,
            """
            calendrier:
              texte: 2024-2027
              début: 2024
              fin: 2027
            """,
        ),
    ),
    Regle(
        nom="cle-manquante",
        severite=Severite.ERREUR,
        demande="Une entrée a toutes les clés obligatoires.",
        raison="Sans elles, l’entrée ne dit pas ce qu’elle est : un acteur sans nom, un calendrier sans texte ne peuvent être imprimés.",
        juste=Exemple(
            FICHE,
            """
            calendrier:
              texte: 2024-2027
              debut: 2024
              fin: 2027
            """,
        ),
        fautif=Exemple(
            FICHE,
            """
            calendrier:
              debut: 2024
              fin: 2027
            """,
        ),
    ),
    Regle(
        nom="texte-devenu-cle",
        severite=Severite.ERREUR,
        demande="Un texte qui contient « : » suivi d’une espace est écrit entre guillemets.",
        raison="YAML prend ce qui précède « : » pour une clé : le texte serait coupé en deux.",
        juste=Exemple(
            FICHE,
            """
            resultats:
              - texte: "Accueil : nombre de personnes reçues"
                nature: indicateur
            """,
        ),
        fautif=Exemple(
            FICHE,
            """
            resultats:
              - Accueil : nombre de personnes reçues
            """,
        ),
    ),
    Regle(
        nom="valeur-vide",
        severite=Severite.ERREUR,
        demande="Une clé écrite a une valeur.",
        raison="Ce que le texte ne dit pas ne s’écrit pas : une clé laissée vide ne permet pas de savoir si la valeur est inconnue ou oubliée.",
        juste=Exemple(FICHE, "public: Les habitants qui veulent créer leur entreprise\n"),
        fautif=Exemple(FICHE, "public:\n"),
    ),
    Regle(
        nom="type-de-valeur",
        severite=Severite.ERREUR,
        demande="Une valeur est du type que demande sa clé : texte, nombre, liste, oui ou non.",
        raison="Une année écrite comme un texte, ou un texte là où il faut une liste, ne se compare ni ne se compte.",
        juste=Exemple(
            FICHE,
            """
            calendrier:
              texte: 2024-2027
              debut: 2024
              fin: 2027
            """,
        ),
        fautif=Exemple(
            FICHE,
            """
            calendrier:
              texte: 2024-2027
              debut: "2024"
              fin: 2027
            """,
        ),
    ),
    Regle(
        nom="valeur-inconnue",
        severite=Severite.ERREUR,
        demande="Là où les valeurs possibles sont en nombre fini, la valeur est l’une d’elles.",
        raison="Les recherches et les comptes se fient à ces mots : écrit autrement, le résultat ou le quartier n’y figurerait pas.",
        juste=Exemple(
            FICHE,
            """
            resultats:
              - texte: Nombre de personnes accueillies
                nature: indicateur
            """,
        ),
        fautif=Exemple(
            FICHE,
            """
            resultats:
              - texte: Nombre de personnes accueillies
                nature: chiffre
            """,
        ),
    ),
    Regle(
        nom="une-seule-ligne",
        severite=Severite.ERREUR,
        demande="Un titre, un nom, un libellé tient sur une ligne.",
        raison="Il est imprimé dans une liste, un tableau ou une table des matières, où une ligne suffit.",
        juste=Exemple(
            FICHE,
            """
            titre: >-
              Aider à créer
              son entreprise
            """,
        ),
        fautif=Exemple(
            FICHE,
            """
            titre: |
              Aider à créer
              son entreprise
            """,
        ),
    ),
    Regle(
        nom="forme-de-valeur",
        severite=Severite.ERREUR,
        demande="Une valeur a la forme que demande sa clé : identifiant, date, code.",
        raison="Un identifiant ou un code sert à retrouver une chose ; une date, à la situer. D’une autre forme, on ne retrouverait rien.",
        juste=Exemple(
            "data/quartiers.yaml",
            """
            communes:
              - {id: valmont, nom: Valmont, contrat_de_ville: true, acteur: ville-de-valmont, code_insee: "01001"}
            """,
        ),
        fautif=Exemple(
            "data/quartiers.yaml",
            """
            communes:
              - {id: valmont, nom: Valmont, contrat_de_ville: true, acteur: ville-de-valmont, code_insee: "1001"}
            """,
        ),
    ),
    Regle(
        nom="valeur-hors-bornes",
        severite=Severite.ERREUR,
        demande="Un nombre ou un texte reste entre les bornes que fixe sa clé.",
        raison="Une année 202 ou 20272, un treizième mois sont des fautes de frappe : mieux vaut les voir avant la signature.",
        juste=Exemple(
            FICHE,
            """
            calendrier:
              texte: 2024-2027
              debut: 2024
              fin: 2027
            """,
        ),
        fautif=Exemple(
            FICHE,
            """
            calendrier:
              texte: 2024-2027
              debut: 2024
              fin: 20272
            """,
        ),
    ),
    Regle(
        nom="valeur-en-double",
        severite=Severite.ERREUR,
        demande="Une liste ne dit pas deux fois la même chose.",
        raison="Répété, un acteur ou un mois serait compté deux fois.",
        juste=Exemple(
            FICHE,
            """
            partenaires:
              texte: État
              acteurs: [etat]
            """,
        ),
        fautif=Exemple(
            FICHE,
            """
            partenaires:
              texte: État
              acteurs: [etat, etat]
            """,
        ),
    ),
    Regle(
        nom="trop-de-fautes",
        severite=Severite.ERREUR,
        demande="Un fichier a cent défauts de forme au plus.",
        raison="Au-delà, le fichier est sans doute d’une autre nature, ou abîmé ; montrer les autres défauts n’aiderait pas à le réparer.",
        juste=Exemple(
            "data/acteurs.yaml",
            """
            acteurs:
              - {id: etat, nom: État}
              - {id: valmont-agglomeration, nom: Valmont agglomération}
              - {id: ville-de-valmont, nom: Ville de Valmont}
              - {id: caf, nom: Caisse d’allocations familiales, sigle: CAF}
              - {id: mission-locale, nom: Mission locale}
            """,
        ),
        fautif=Exemple("data/acteurs.yaml", f"acteurs: [{', '.join(['{}'] * 51)}]\n"),
    ),
)

"""What the reading of the files holds: a file that breaks one of these rules says nothing that can be trusted."""

from protocole_cli.diagnostics import Severite
from protocole_cli.validation.rules.regle import FICHE, Exemple, Regle

REGLES = (
    Regle(
        nom="fichier-illisible",
        severite=Severite.ERREUR,
        demande="Chaque fichier de données existe, et le programme peut le lire.",
        raison="Un fichier qui manque, qui est remplacé par un dossier, qui mène hors du protocole ou qui dépasse 1 Mio "
        "n’est pas lu. Ce qu’il devait dire manquerait au document sans que personne le remarque.",
        juste=Exemple("data/sigles.yaml", "sigles: []\n"),
        fautif=Exemple("data/sigles.yaml", None),
    ),
    Regle(
        nom="fichier-inattendu",
        severite=Severite.ERREUR,
        demande="Les fichiers YAML ont les noms que le programme lit ; le dossier des fiches ne contient que des fiches, nommées "
        "fiche-NN.yaml.",
        raison="Un fichier d’un autre nom n’est pas lu : une fiche mal nommée disparaîtrait du document, et des "
        "avertissements admis mal nommés ne seraient pas suivis.",
        juste=Exemple(FICHE, "numero: 1\n"),
        fautif=Exemple("data/fiches/fiche-1.yaml", "numero: 1\n"),
    ),
    Regle(
        nom="fichier-vide",
        severite=Severite.ERREUR,
        demande="Un fichier de données dit quelque chose.",
        raison="Un fichier vide, ou fait de seules remarques, est le plus souvent la trace d’un enregistrement manqué.",
        juste=Exemple(FICHE, "titre: Aider à créer son entreprise\n"),
        fautif=Exemple(FICHE, "# Fiche à écrire\n"),
    ),
    Regle(
        nom="encodage",
        severite=Severite.ERREUR,
        demande="Un fichier de données est enregistré en UTF-8.",
        raison="Dans un autre encodage, les lettres accentuées ne se lisent pas : « é » peut devenir tout autre chose.",
        juste=Exemple(FICHE, "titre: Écouter les habitants\n"),
        fautif=Exemple(FICHE, "titre: \udcc9couter les habitants\n"),
    ),
    Regle(
        nom="conflit-git",
        severite=Severite.ERREUR,
        demande="Aucune fusion git n’est laissée inachevée.",
        raison="Quand deux personnes ont changé les mêmes lignes, git écrit les deux versions l’une après l’autre, entre des marques. "
        "Quelqu’un doit choisir : le programme ne peut pas savoir laquelle est la bonne.",
        juste=Exemple(FICHE, "titre: Aider à créer son entreprise\n"),
        fautif=Exemple(
            FICHE,
            """
            <<<<<<< HEAD
            titre: Aider à créer son entreprise
            =======
            titre: Aider les créateurs d’entreprise
            >>>>>>> proposition-de-la-ville
            """,
        ),
    ),
    Regle(
        nom="caractere-de-controle",
        severite=Severite.ERREUR,
        demande="Un texte ne contient pas de caractère invisible.",
        raison="Un tel caractère, souvent collé d’un autre logiciel, ne s’imprime pas, peut couper une ligne ou tromper un écran. "
        "Il fausse aussi la recherche et la comparaison des versions.",
        juste=Exemple(FICHE, 'titre: "Aider à créer son entreprise"\n'),
        fautif=Exemple(FICHE, 'titre: "Aider à créer\\x07 son entreprise"\n'),
    ),
    Regle(
        nom="tabulation",
        severite=Severite.ERREUR,
        demande="La mise en retrait se fait avec des espaces, jamais avec une tabulation.",
        raison="YAML n’admet pas la tabulation, parce que sa largeur change d’un éditeur à l’autre.",
        juste=Exemple(
            FICHE,
            """
            calendrier:
              texte: 2024-2027
            """,
        ),
        fautif=Exemple(
            FICHE,
            """
            calendrier:
            \ttexte: 2024-2027
            """,
        ),
    ),
    Regle(
        nom="yaml-syntaxe",
        severite=Severite.ERREUR,
        demande="Un fichier de données suit la syntaxe de YAML.",
        raison="Une clé, « : », une espace, puis la valeur ; deux espaces de retrait par niveau ; des guillemets autour d’un texte qui "
        "contient des signes que YAML comprend autrement. Sans cela, le fichier n’est pas lu du tout.",
        juste=Exemple(FICHE, 'titre: "Phase 1 : créer son entreprise"\n'),
        fautif=Exemple(FICHE, "titre: Phase 1 : créer son entreprise\n"),
    ),
    Regle(
        nom="cle-en-double",
        severite=Severite.ERREUR,
        demande="Une clé n’est écrite qu’une fois au même endroit.",
        raison="De deux clés du même nom, YAML ne garde que la dernière, sans rien dire : le premier texte serait perdu.",
        juste=Exemple(FICHE, "public: Les habitants qui veulent créer leur entreprise\n"),
        fautif=Exemple(
            FICHE,
            """
            public: Les habitants
            public: Les demandeurs d’emploi
            """,
        ),
    ),
    Regle(
        nom="texte-coupe",
        severite=Severite.ERREUR,
        demande="Un texte qui contient « # » après une espace est écrit entre guillemets.",
        raison="YAML prend pour une remarque tout ce qui suit une espace et « # » : la fin du texte serait oubliée sans un mot.",
        juste=Exemple(FICHE, 'titre: "Pacte #1 des quartiers"\n'),
        fautif=Exemple(FICHE, "titre: Pacte #1 des quartiers\n"),
    ),
    Regle(
        nom="balise-yaml",
        severite=Severite.ERREUR,
        demande="Une valeur ne porte pas de balise « ! ».",
        raison="Une balise donne à YAML un ordre sur la façon de lire une valeur. Les données n’en ont pas besoin : elles ne contiennent "
        "que du texte, des nombres et des listes.",
        juste=Exemple(FICHE, 'titre: "! Urgent : créer son entreprise"\n'),
        fautif=Exemple(FICHE, "titre: !urgent créer son entreprise\n"),
    ),
    Regle(
        nom="alias-yaml",
        severite=Severite.ERREUR,
        demande="Un renvoi « * » ne mène pas à l’intérieur de lui-même, et ne se multiplie pas.",
        raison="Un renvoi répète un autre passage du fichier. Sans fin, ou répétés les uns dans les autres, des renvois "
        "empêcheraient tout programme de lire le fichier.",
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
            partenaires: &partenaires
              texte: État
              acteurs: [*partenaires]
            """,
        ),
    ),
    Regle(
        nom="trop-profond",
        severite=Severite.ERREUR,
        demande="Les listes et les clés ne s’emboîtent pas sur plus de 50 niveaux.",
        raison="Une fiche demande six niveaux. Davantage vient d’une erreur, ou d’un fichier fait pour bloquer les programmes.",
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
            f"""
            partenaires:
              texte: État
              acteurs: {"[" * 50}etat{"]" * 50}
            """,
        ),
    ),
)

"""The commands, by what people want to do: each in the module of its name, loaded when it is called."""

COMMANDS = {
    "Lire": {
        "fiche": "Lire une fiche action.",
        "fiches": "Trouver les fiches : par acteur, lieu, année ou mots.",
        "acteur": "Dire tout ce que le protocole dit d’un organisme.",
        "acteurs": "Lister les organismes que le protocole nomme.",
        "engagements": "Dire qui s’engage à quoi.",
        "resultats": "Dire quels résultats sont attendus.",
        "gouvernance": "Montrer le schéma de la gouvernance, ou ses réunions.",
        "instances": "Lister les instances de la gouvernance.",
        "instance": "Montrer une instance, dans les mots de chaque texte.",
        "signataires": "Dire qui signe, dans quel ordre et en quelle qualité.",
        "calendrier": "Montrer quand chaque fiche a lieu.",
        "quartiers": "Lister les quartiers, et les fiches qui les atteignent.",
        "quartier": "Dire quelles fiches atteignent un quartier, et par quoi.",
        "chercher": "Chercher des mots dans tout le protocole.",
        "sigles": "Dire ce que veulent dire les sigles.",
        "comparer": "Dire ce qui a changé depuis une version, signée ou non.",
    },
    "Vérifier": {
        "validate": "Vérifier les données : syntaxe, forme, renvois, numéros, années.",
        "regles": "Dire les règles que vérifie validate, ou en expliquer une.",
    },
    "Écrire": {
        "normaliser": "Mettre les fichiers en forme, sans changer ce qu’ils disent.",
    },
    "Produire le document": {
        "export": "Produire le document à signer.",
    },
    "Régler le terminal": {
        "completion": "Compléter les commandes par la touche Tab.",
    },
}
"""Heading → command → the first line of its help."""

NAMES = tuple(name for under in COMMANDS.values() for name in under)

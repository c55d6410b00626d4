"""The commands, by what people want to do: each in the module of its name, loaded when it is called."""

COMMANDS = {
    "Lire": {
        "fiche": "Lire une fiche action.",
        "fiches": "Trouver les fiches : par acteur, lieu, année ou mots.",
        "acteur": "Dire tout ce que le protocole dit d’un organisme.",
        "acteurs": "Lister les organismes que le protocole nomme.",
        "engagements": "Dire qui s’engage à quoi.",
    },
    "Vérifier": {
        "validate": "Vérifier les données : syntaxe, forme, renvois, numéros, années.",
    },
    "Produire le document": {
        "export": "Produire le document à signer.",
    },
}
"""Heading → command → the first line of its help."""

NAMES = tuple(name for under in COMMANDS.values() for name in under)

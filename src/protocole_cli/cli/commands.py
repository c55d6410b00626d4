"""The commands, by what people want to do: each in the module of its name, loaded when it is called."""

COMMANDS = {
    "Lire": {
        "fiche": "Lire une fiche action.",
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
}
"""Heading → command → the first line of its help."""

NAMES = tuple(name for under in COMMANDS.values() for name in under)

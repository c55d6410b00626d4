"""Write, check, follow and sign a *protocole d'engagements* kept as YAML under git."""

__version__ = "0.1.0"

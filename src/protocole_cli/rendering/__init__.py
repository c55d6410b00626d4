"""The forms of an answer: diagnostics, terminal, document."""

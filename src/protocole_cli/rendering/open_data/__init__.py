"""The protocole as open data: tidy tables with a description of them, and the whole model with its schema."""

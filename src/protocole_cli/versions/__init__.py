"""Fingerprints, and later the comparison, of versions."""

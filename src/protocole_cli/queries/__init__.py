"""Filters and joins over the model; they print nothing."""

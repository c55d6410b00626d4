"""Filters and joins over the model: values in, values out; they print nothing."""

"""The data held against schemas and rules."""

"""Organisations: their names in every script, the lists they stand on, and which printed name means which."""

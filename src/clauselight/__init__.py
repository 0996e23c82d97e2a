"""Clauselight."""

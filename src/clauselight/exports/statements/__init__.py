"""Statements written out: one module an output."""

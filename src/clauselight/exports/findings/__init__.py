"""Findings written out: one module an output."""

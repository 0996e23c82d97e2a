"""Bytes to text, text to its normal form with an alignment back, and words of several scripts."""

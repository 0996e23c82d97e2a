"""The case: one folder for an investigation, with sources, readings, findings, statements, judgements, journal."""

"""The case: one folder for an investigation, with its sources, readings, findings, statements, judgements and journal."""

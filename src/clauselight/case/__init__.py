"""The case: one folder that holds the sources, readings, findings, statements, judgements and the journal of an investigation."""

"""The package: a bag with what was found, what it was found in, and how, for a stranger to verify without us."""

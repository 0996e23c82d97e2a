"""The forms that a dossier is written in: one module each, found by the scan of this folder."""

"""The dossier: what a case comes to, for readers (HTML, PDF, DOCX, Markdown) and as a package that a stranger verifies."""

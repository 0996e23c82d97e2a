"""The dossier: what a case comes to, for readers (HTML, PDF, DOCX, Markdown)."""

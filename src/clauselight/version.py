"""The version of the program; pyproject.toml names the same, and a test holds it to that."""

from __future__ import annotations

__version__ = "0.1.0"

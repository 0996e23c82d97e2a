"""Frozen values that every other part speaks in. Standard library only."""

from clauselight.model.coverage import Coverage, PageCoverage, Problem
from clauselight.model.document import BlockLayout, Box, Context, Document, Layout, LineLayout, Place, Unit
from clauselight.model.finding import Against, Cue, Finding, Level, Role, Support
from clauselight.model.source import Blob

__all__ = [
    "Against",
    "Blob",
    "BlockLayout",
    "Box",
    "Context",
    "Coverage",
    "Cue",
    "Document",
    "Finding",
    "Layout",
    "Level",
    "LineLayout",
    "PageCoverage",
    "Place",
    "Problem",
    "Role",
    "Support",
    "Unit",
]

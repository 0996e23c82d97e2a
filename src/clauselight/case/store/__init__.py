"""The case folder on disk: the database, the originals under their SHA-256, and what is asked of them.

All SQL of the program is here, one module a subject, and in the journal. A `Case` is all of them over one database.
"""

from clauselight.case.store.case import Case
from clauselight.case.store.findings import Decided
from clauselight.case.store.index import SearchHit
from clauselight.case.store.judgements import DECISIONS, JudgedFinding, Judgement
from clauselight.case.store.readings import OCR_UNUSED, OCR_USED, OCR_WANTED, MadeWith, Reading
from clauselight.case.store.sources import Origin, TakenFile

__all__ = [
    "DECISIONS",
    "OCR_UNUSED",
    "OCR_USED",
    "OCR_WANTED",
    "Case",
    "Decided",
    "JudgedFinding",
    "Judgement",
    "MadeWith",
    "Origin",
    "Reading",
    "SearchHit",
    "TakenFile",
]

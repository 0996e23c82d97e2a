"""How the dossier was made: the process in words, and what it was made with."""

from __future__ import annotations

from collections.abc import Iterator

from clauselight.dossier.blocks import Block, Facts, Heading, Para
from clauselight.dossier.gather import Dossier
from clauselight.version import __version__

_PROCESS = (
    "Each source was copied, its bytes hashed with SHA-256, and read by the reader for its format; pages without a "
    "usable text layer were recognised (OCR). Rules, which are data with test cases, mark words that speak of race, "
    "ethnicity, skin colour or religion and weigh what stands around them. No face, voice or picture of a person was "
    "looked at. Every quote was taken from the canonical text at the offsets given, and every action stands in a "
    "journal in which each entry is linked to the one before by its hash."
)


def section(dossier: Dossier) -> Iterator[Block]:
    """The method."""
    yield Heading(1, "How this was made", "method")
    yield Para(_PROCESS)
    # writing a dossier changes nothing that it tells, so its entries are not counted
    made = [e for e in dossier.journal if e.action != "dossier"]
    yield Facts(
        (
            ("program", f"clauselight {__version__}"),
            ("rules", "; ".join(dossier.decided_by) or "none"),
            ("recognition", ", ".join(dossier.ocr) or "none"),
            ("readers", ", ".join(dossier.readers) or "none"),
            ("journal", f"{len(made)} entries up to the last reading or judgement, {made[-1].hash}"),
            ("as of", dossier.created),
        )
    )

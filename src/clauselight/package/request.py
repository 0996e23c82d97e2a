"""What is asked for when a dossier is written, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from clauselight.dossier.gather import Dossier
from clauselight.model.coverage import NOTHING_MISSING


@dataclass(frozen=True, slots=True)
class BagRequest:
    """A package around the dossier: whether the originals travel, who signs, who says when it was."""

    originals: bool = True
    #: an Ed25519 private key in PEM
    key: Path | None = None
    #: the file of an RFC 3161 token, or the address of an authority
    timestamp: str | None = None


@dataclass(frozen=True, slots=True)
class DossierRequest:
    """A dossier of a case. `out` must be new or empty."""

    out: Path
    #: names of forms, see `clauselight.dossier.forms`
    forms: tuple[str, ...] = ("html",)
    #: that of the case where it is empty
    title: str = ""
    #: only findings so decided: accepted, rejected, unsure, disputed, open
    only: str | None = None
    unmask: bool = False
    bag: BagRequest | None = None
    #: for the journal; the user's name where there is none
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Built:
    """What a dossier came to: counts."""

    findings: int
    documents: int
    not_read: int
    pictures: int

    @classmethod
    def of(cls, dossier: Dossier) -> Built:
        """The counts of a dossier."""
        unread = sum(c.state not in ("skipped", *NOTHING_MISSING) for c in dossier.coverage)
        return cls(len(dossier.items), len(dossier.coverage), unread, len(dossier.pictures.crops))

    def record(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "findings": self.findings,
            "documents": self.documents,
            "not_read": self.not_read,
            "pictures": self.pictures,
        }

"""How a package was made, in the words of ``process.md`` beside this module."""

from __future__ import annotations

from importlib.resources import files

from clauselight.dossier.gather import Dossier
from clauselight.version import __version__

_UNMASKED = "Personal data is shown as it stands: --unmask was asked for."
_MASKED = (
    "Personal data found by its form (numbers, addresses, names behind labels) is covered with the block character "
    "in every file but the originals and the journal; the cover keeps the length, so offsets hold. The digest of each "
    "text as it stood is its name."
)


def text(dossier: Dossier) -> str:
    """The process in the sense of rule 902(13) of the US Federal Rules of Evidence."""
    template = files("clauselight.package").joinpath("process.md").read_text(encoding="utf-8")
    return template.format(
        readers=", ".join(dossier.readers) or "none",
        ocr=", ".join(dossier.ocr) or "none",
        version=__version__,
        rules="; ".join(dossier.decided_by),
        masking=_UNMASKED if dossier.unmask else _MASKED,
    )

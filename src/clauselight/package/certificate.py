"""The form of a certificate, in the words of ``certificate.md`` beside this module."""

from __future__ import annotations

from importlib.resources import files

from clauselight.dossier.gather import Dossier
from clauselight.version import __version__


def text(dossier: Dossier) -> str:
    """A form in the sense of rules 902(11), 902(13), 902(14) of the US Federal Rules of Evidence; people fill it in."""
    template = files("clauselight.package").joinpath("certificate.md").read_text(encoding="utf-8")
    return template.format(
        title=dossier.title,
        version=__version__,
        findings=len(dossier.items),
        sources=len(dossier.origins),
        head=dossier.journal[-1].hash,
        created=dossier.created,
    )

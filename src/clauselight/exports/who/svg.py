"""The chain as one self-contained SVG."""

from __future__ import annotations

from typing import TextIO

from clauselight.exports._base import Settings
from clauselight.exports.who import Account
from clauselight.exports.who._chain import svg


def write(stream: TextIO, account: Account, settings: Settings) -> None:
    """Draw the chain of the statements."""
    stream.write(svg(account.statements, unmask=settings.unmask))


FORM = ("svg", write)

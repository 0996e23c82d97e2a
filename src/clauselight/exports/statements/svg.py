"""The chain as one self-contained SVG."""

from __future__ import annotations

from typing import TextIO

from clauselight.exports.drawing import svg
from clauselight.exports.registry import Output, Settings
from clauselight.graph.account import Account


def write(stream: TextIO, account: Account, settings: Settings) -> None:
    """Draw the chain of the statements."""
    stream.write(svg(account.statements, unmask=settings.unmask))


OUTPUT = Output("svg", "statements", ".svg", False, write, "the chain drawn")

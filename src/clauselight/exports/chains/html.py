"""Chains as one page that needs no script: the drawing, and below it every link with its quote."""

from __future__ import annotations

from typing import TextIO

from clauselight.exports.chains import on_chains
from clauselight.exports.registry import Output, Settings
from clauselight.exports.statements import html
from clauselight.graph.account import Account


def write(stream: TextIO, account: Account, settings: Settings) -> None:
    """Draw the statements that are links of a chain."""
    html.write(stream, on_chains(account, settings.to), settings)


OUTPUT = Output("html", "chains", ".html", False, write, "the drawing, and every link with its quote")

"""Chains drawn as one self-contained SVG: what `who --format svg` draws, of the links of chains alone."""

from __future__ import annotations

from typing import TextIO

from clauselight.exports.chains import on_chains
from clauselight.exports.registry import Output, Settings
from clauselight.exports.statements import svg
from clauselight.graph.account import Account


def write(stream: TextIO, account: Account, settings: Settings) -> None:
    """Draw the statements that are links of a chain."""
    svg.write(stream, on_chains(account, settings.to), settings)


OUTPUT = Output("svg", "chains", ".svg", False, write, "every link of a chain drawn")

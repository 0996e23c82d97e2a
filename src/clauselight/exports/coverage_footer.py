"""What was read and what was not: below every table of statements, the same way."""

from __future__ import annotations

from typing import TextIO

from clauselight.exports.quotes import visible_lines
from clauselight.graph.account import Account


def foot(stream: TextIO, account: Account) -> None:
    """Write the coverage."""
    stream = visible_lines(stream)
    read = sum(c.state == "read" for c in account.coverage)
    stream.write("\nCoverage\n")
    stream.write(f"  files   {read} read, {len(account.coverage) - read} not or in part\n")
    for c in account.coverage:
        if c.state != "read":
            stream.write(f"  {c.state:10} {c.path}: {'; '.join(p.message for p in c.problems)[:200]}\n")
    if not account.complete:
        stream.write("  INCOMPLETE: the run was interrupted\n")

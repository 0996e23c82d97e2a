"""How many provisions some findings are: a clause that is printed twice in a document is one."""

from __future__ import annotations

import re
from collections.abc import Iterable

from clauselight.model.finding import Finding

#: what may differ between two printings of one clause: its number, marks and white space
_DIFFERS = re.compile(r"^\W*(?:[A-Z]\.)?\d[\d.]*|[\W_]+")


def provisions(findings: Iterable[Finding]) -> int:
    """The number of different clauses that provide for something, by document, attribute and words."""
    return len(
        {
            (f.path, f.attribute, _DIFFERS.sub("", f.quote).casefold() or f.quote)
            for f in findings
            if f.level == "finding" and f.polarity == "provides"
        }
    )

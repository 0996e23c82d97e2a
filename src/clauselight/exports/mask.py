"""Personal data in what is shown: numbers, addresses and names of individuals are covered, letter by letter.

The mask keeps the length, so offsets stay true; each covered stretch is named in the output.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

BLOCK = "▇"
_KINDS = (
    ("e-mail", re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("id-number", re.compile(r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)")),
    ("ssn", re.compile(r"(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])")),
    (
        "phone",
        re.compile(
            r"(?<![\d.])(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)|(?<!\d)0\d{2,3}-\d{7,8}(?!\d)|\+\d{1,3}[ -]\d[\d ()-]{7,14}\d"
        ),
    ),
    (
        "plate",
        re.compile(
            r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·・ ]?[A-HJ-NP-Z0-9]{5,6}(?![A-Za-z0-9])"
        ),
    ),
    (
        "name",
        re.compile(
            r"(?<=起草人)(?:员)?\s*[:：]\s*[^。\n]{2,400}|(?<=联系人)[:：]\s*[\u4e00-\u9fff]{2,4}|(?<=姓名)[:：]\s*[\u4e00-\u9fff]{2,4}"
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Masked:
    """A text with covered stretches, each as (start, end, kind)."""

    text: str
    spans: tuple[tuple[int, int, str], ...]


def mask(text: str) -> Masked:
    """`text` with personal data covered. Its length does not change."""
    spans: list[tuple[int, int, str]] = []
    for kind, expression in _KINDS:
        for match in expression.finditer(text):
            if not any(s < match.end() and match.start() < e for s, e, _ in spans):
                spans.append((match.start(), match.end(), kind))
    out = list(text)
    for start, end, _ in spans:
        out[start:end] = [BLOCK if c.isalnum() else c for c in out[start:end]]
    return Masked("".join(out), tuple(sorted(spans)))

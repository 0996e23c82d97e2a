"""Personal data in what is shown: numbers, addresses and names of individuals are covered, letter by letter.

The mask keeps the length, so offsets stay true; each covered stretch is named in the output.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from clauselight.statements.organisations import BODY_EN, BODY_ZH

BLOCK = "▇"
_KINDS = (
    # name@example.org
    ("e-mail", re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    # identity number of the People's Republic: region, day of birth, serial number, check digit (GB 11643-1999)
    (
        "id-number",
        re.compile(r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)"),
    ),
    # US social security number: 123-45-6789
    ("ssn", re.compile(r"(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])")),
    # Chinese mobile and fixed lines, then any number with a country code
    (
        "phone",
        re.compile(
            r"(?<![\d.])(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)|"
            r"(?<!\d)0\d{2,3}-\d{7,8}(?!\d)|"
            r"\+\d{1,3}[ -]\d[\d ()-]{7,14}\d"
        ),
    ),
    # number plate: province, authority, five or six letters and figures
    (
        "plate",
        re.compile(
            r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]"
            r"[A-HJ-NP-Z][·・ ]?[A-HJ-NP-Z0-9]{5,6}(?![A-Za-z0-9])"
        ),
    ),
    # names of individuals behind a label; organisations behind the same labels stay
    (
        "name",
        re.compile(
            r"(?:起草人员?|编写人员?|编制人员|编制人|主编人|审查人员?|审核人|校核人?|撰稿人)\s*(?:名单)?\s*[:：]\s*"
            r"(?P<v>(?:[^。\n]|\n(?=[^。\n：:]{0,60}[、。])){2,400})"
            r"|(?:联系人|聯[繫絡]人|联络人|经办人|負責人|负责人|法定代表人|授权代表|姓名|评审专家(?:名单)?|评委)(?:姓名)?"
            r"\s*[:：]\s*"
            r"(?P<v2>[\u4e00-\u9fff·]{2,4}(?:[、，, ]+[\u4e00-\u9fff·]{2,4}(?![\u4e00-\u9fff·]))*)"
        ),
    ),
    (
        "name",
        re.compile(
            r"(?i:\b(?:(?:main|chief|principal|major) )?(?:drafters?|drafting (?:persons?|staff|experts?)|authors?|"
            r"contact(?: person)?|legal representative|reviewers?))(?: of this \w+)?\s*[:：]\s*(?P<v>[^.\n]{2,400})"
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Masked:
    """A text with covered stretches, each as (start, end, kind)."""

    text: str
    spans: tuple[tuple[int, int, str], ...]


def _people(text: str, match: re.Match[str]) -> list[tuple[int, int]]:
    """The names of a list that are not those of bodies."""
    start, end = match.span("v") if match.group("v") is not None else match.span("v2")
    out: list[tuple[int, int]] = []
    for piece in re.finditer(r"[^、，,;；\n]+", text[start:end]):
        if not BODY_EN.search(piece.group()) and not BODY_ZH.search(piece.group().strip()):
            out.append((start + piece.start(), start + piece.end()))
    return out


def mask(text: str) -> Masked:
    """`text` with personal data covered. Its length does not change."""
    spans: list[tuple[int, int, str]] = []
    for kind, expression in _KINDS:
        for match in expression.finditer(text):
            for start, end in _people(text, match) if kind == "name" else [match.span()]:
                if not any(s < end and start < e for s, e, _ in spans):
                    spans.append((start, end, kind))
    out = list(text)
    for start, end, _ in spans:
        out[start:end] = [BLOCK if c.isalnum() else c for c in out[start:end]]
    return Masked("".join(out), tuple(sorted(spans)))

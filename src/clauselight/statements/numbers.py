"""Numbers of standards: every printed form leads to one canonical number.

Forms and prefixes: GB/T 1.1-2020 and the sector codes; dirty forms as they occur in real copies (dashes of every kind or none,
slashes lost or of another code point, spaces between all characters, `CB` for `GB`, `一` for a dash).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from clauselight.model.statement import series_of as series_of

#: sector codes of the People's Republic (letters before `/T`), without those that are ordinary abbreviations in running text
_SECTORS = (
    "GA|YD|SF|SJ|JR|JT|JY|RB|JG|JGJ|CJ|CJJ|YY|HJ|LY|NY|QB|QC|SB|SC|SH|SL|SN|SY|TB|TD|WB|WH|WS|WW|XB|YB|YC|YS|YZ|ZY|MZ|MT|MH|LD|LB|JB|HG|HY|"
    "GY|GM|FZ|EJ|DZ|DL|DA|CY|CH|CB|BB|AQ|XF|YJ|RFJ|GH|KA|NB|GC|TY"
)
_DASH = r"\-‐‑‒–—−－一ー_~～"
_SLASH = "/∕⁄／"
_GAP = r"[ \t\u00a0\u3000]{0,2}"
_NUMBER = re.compile(
    rf"(?<![A-Za-z0-9])(?:"
    rf"(?P<gb>[GC]B)(?:{_GAP}[{_SLASH}-]?{_GAP}(?P<gbk>[TZ])(?![a-z]))?"
    rf"|(?P<sector>{_SECTORS})(?:{_GAP}[{_SLASH}-]?{_GAP}(?P<sk>[TZ])(?![a-z]))?"
    rf"|DB(?P<local>\d{{4}}|\d{{2}}){_GAP}(?:[{_SLASH}]?{_GAP}(?P<lk>[TZ])(?![a-z]))?"
    rf"|(?P<group>T){_GAP}[{_SLASH}]{_GAP}(?P<acronym>[A-Z]{{2,12}})"
    rf"|(?P<firm>Q){_GAP}[{_SLASH}]{_GAP}(?P<firmcode>[A-Z0-9]{{2,12}})"
    rf"|(?P<intl>ISO(?:[{_SLASH}](?:IEC|TS|TR|PAS|CIE|ASTM))?(?:{_GAP}(?:TS|TR|PAS|FDIS|DIS))?|IEC(?:{_GAP}(?:TS|TR))?|EN(?:{_GAP}ISO(?:[{_SLASH}]IEC)?|{_GAP}IEC)?|ETSI{_GAP}(?:EN|TS|TR)|IEEE(?:{_GAP}Std\.?)?|ANSI[{_SLASH}][A-Z-]{{2,12}}|NIST{_GAP}SP|ITU-[TR](?:{_GAP}(?:Rec\.?|Recommendation))?)"
    rf")(?P<tail>{_GAP}[{_DASH}]?{_GAP}(?P<letter>[A-Z]\.)?(?P<n>\d{{1,9}}(?:[ -]\d{{3}}(?=[ :]\d)|))(?P<part>(?:{_GAP}[.．]{_GAP}\d{{1,4}})*(?(intl)(?:-\d{{1,2}}(?!\d))*|))"
    rf"(?:{_GAP}[:：{_DASH}]{{1,3}}{_GAP}(?P<year>(?:19|20)\d{{2}}|\d{{2}}|20XX|XXXX)(?!\d|\.\d))?)"
)


@dataclass(frozen=True, slots=True)
class Number:
    """A standard's number. `canonical` has the year where it is dated; `series` is without it."""

    canonical: str
    series: str
    year: str | None
    printed: str
    start: int
    end: int


def numbers(text: str) -> Iterator[Number]:
    """The numbers in a text in order; offsets are those of `text`. Normalise it first."""
    position = 0
    while match := _NUMBER.search(text, position):
        number = _number(match)
        position = match.end() if number else match.start() + 1
        if number:
            yield number


def _number(match: re.Match[str]) -> Number | None:
    part = re.sub(r"\s", "", match["part"] or "").replace("．", ".")
    n = (match["n"] or "").replace(" ", "")
    year = match["year"]
    prefix = _prefix(match)
    if prefix is None:
        return None
    if prefix.split()[0].split("/")[0] in _WEAK and not (year and len(year) == 4):
        return None  # CB, SC, CH … are ordinary letters unless a year follows
    glued = _unglue(prefix, n, part) if year is None else None
    if glued:
        n, year = glued
    if len(n) > 6:
        return None
    if year and len(year) == 2:
        if not 60 <= int(year) <= 99:
            return None
        year = "19" + year
    if year in ("20XX", "XXXX"):
        year = None
    series = f"{prefix} {match['letter'] or ''}{n}{part}"
    colon = ":" if match["intl"] and not prefix.startswith(("ANSI", "IEEE")) else "-"
    return Number(
        f"{series}{colon}{year}" if year else series, series, year, match.group().strip(), match.start(), match.end()
    )


_WEAK = {
    "CB",
    "SC",
    "CH",
    "CY",
    "DA",
    "DZ",
    "EJ",
    "HY",
    "NB",
    "TD",
    "WH",
    "WW",
    "XB",
    "KA",
    "GH",
    "SH",
    "LB",
    "LD",
    "MT",
    "NY",
    "BB",
    "TB",
    "TY",
    "GC",
    "SL",
    "SB",
    "SN",
    "SY",
}


def _unglue(prefix: str, n: str, part: str) -> tuple[str, str] | None:
    """`GAT10932023`: dash and slash lost, so the last four digits are the year."""
    if not part and len(n) >= 7 and re.fullmatch(r"(?:19|20)\d{2}", n[-4:]):
        return n[:-4], n[-4:]
    return None


def _prefix(match: re.Match[str]) -> str | None:
    if match["gb"]:
        if match["gb"] == "CB" and not match["year"]:
            return None
        return "GB" + (f"/{match['gbk']}" if match["gbk"] else "")
    if match["sector"]:
        return match["sector"] + (f"/{match['sk']}" if match["sk"] else "")
    if match["local"]:
        return f"DB{match['local']}" + (f"/{match['lk']}" if match["lk"] else "")
    if match["group"]:
        return f"T/{match['acronym']}"
    if match["firm"]:
        return f"Q/{match['firmcode']}"
    plain = re.sub(r"\s+", " ", re.sub(rf"[{_SLASH}]", "/", match["intl"]))
    return re.sub(r" ?(?:Std\.?|Rec\.?|Recommendation)$", "", plain)


def canonical(printed: str) -> str | None:
    """The canonical number of a printed form, or None where it is none."""
    compact = printed
    if re.fullmatch(r"(?:\S{1,3}\s){4,}\S+", printed.strip()):
        compact = re.sub(r"\s", "", printed)
    compact = re.sub(r"^GAT(?=\d)", "GA/T", re.sub(r"^GBT(?=\d)", "GB/T", compact))
    found = next(numbers(compact), None)
    return found.canonical if found else None

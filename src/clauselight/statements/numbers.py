"""Numbers of standards: every printed form leads to one canonical number.

Forms and prefixes: GB/T 1.1-2020 and the sector codes; dirty forms as they occur in real copies (dashes of every kind
or none, slashes lost or of another code point, spaces between all characters, `CB` for `GB`, `一` for a dash).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from clauselight.model.statement import series_of as series_of
from clauselight.statements.fragments import YEAR
from clauselight.text.patterns import pattern

#: sector codes of the People's Republic (letters before `/T`), without those that are ordinary abbreviations in prose
_SECTORS = (
    "GA|YD|SF|SJ|JR|JT|JY|RB|JG|JGJ|CJ|CJJ|YY|HJ|LY|NY|QB|QC|SB|SC|SH|SL|SN|SY|TB|TD|WB|WH|WS|WW|XB|YB|YC|YS|YZ|ZY|"
    "MZ|MT|MH|LD|LB|JB|HG|HY|GY|GM|FZ|EJ|DZ|DL|DA|CY|CH|CB|BB|AQ|XF|YJ|RFJ|GH|KA|NB|GC|TY"
)
#: ordinary letters unless a whole year follows
_WEAK = frozenset(
    (
        "CB", "SC", "CH", "CY", "DA", "DZ", "EJ", "HY", "NB", "TD", "WH", "WW", "XB", "KA", "GH", "SH", "LB", "LD",
        "MT", "NY", "BB", "TB", "TY", "GC", "SL", "SB", "SN", "SY",
    )
)  # fmt: skip
#: dashes of every kind and what copies have in their place, to stand inside `[…]`
_DASH = r"\-‐‑‒–—−－一ー_~～"
_SLASH = "/∕⁄／"
_GAP = r"[ \t\u00a0\u3000]{0,2}"
#: what parts `T` (recommended) or `Z` (guidance) from the letters of the issuer: a slash, a dash or nothing
_KIND_MARK = rf"{_GAP}[{_SLASH}-]?{_GAP}"
#: ISO, IEC, EN, ETSI, IEEE, ANSI, NIST and ITU, with the kinds of their publications
_INTERNATIONAL = (
    rf"ISO(?:[{_SLASH}](?:IEC|TS|TR|PAS|CIE|ASTM))?(?:{_GAP}(?:TS|TR|PAS|FDIS|DIS))?|"
    rf"IEC(?:{_GAP}(?:TS|TR))?|"
    rf"EN(?:{_GAP}ISO(?:[{_SLASH}]IEC)?|{_GAP}IEC)?|"
    rf"ETSI{_GAP}(?:EN|TS|TR)|"
    rf"IEEE(?:{_GAP}Std\.?)?|"
    rf"ANSI[{_SLASH}][A-Z-]{{2,12}}|"
    rf"NIST{_GAP}SP|"
    rf"ITU-[TR](?:{_GAP}(?:Rec\.?|Recommendation))?"
)
#: a whole number: issuer, kind, the figures with their parts, and the year
_NUMBER = pattern(
    rf"(?<![A-Za-z0-9])(?:"
    rf"(?P<gb>[GC]B)(?:{_KIND_MARK}(?P<gbk>[TZ])(?![a-z]))?"
    rf"|(?P<sector>{_SECTORS})(?:{_KIND_MARK}(?P<sk>[TZ])(?![a-z]))?"
    rf"|DB(?P<local>\d{{4}}|\d{{2}}){_GAP}(?:[{_SLASH}]?{_GAP}(?P<lk>[TZ])(?![a-z]))?"
    rf"|(?P<group>T){_GAP}[{_SLASH}]{_GAP}(?P<acronym>[A-Z]{{2,12}})"
    rf"|(?P<firm>Q){_GAP}[{_SLASH}]{_GAP}(?P<firmcode>[A-Z0-9]{{2,12}})"
    rf"|(?P<intl>{_INTERNATIONAL})"
    rf")(?P<tail>{_GAP}[{_DASH}]?{_GAP}(?P<letter>[A-Z]\.)?(?P<n>\d{{1,9}}(?:[ -]\d{{3}}(?=[ :]\d)|))"
    rf"(?P<part>(?:{_GAP}[.．]{_GAP}\d{{1,4}})*(?(intl)(?:-\d{{1,2}}(?!\d))*|))"
    rf"(?:{_GAP}[:：{_DASH}]{{1,3}}{_GAP}(?P<year>{YEAR}|\d{{2}}|20XX|XXXX)(?!\d|\.\d))?)",
    "DB99/T 0001.2—2030",
    "T/CAMET 04010.3-2018",
    "ISO/IEC 19794-5:2011",
)
#: white space inside a number, to be taken out
_SPACE = pattern(r"\s", "GB 1")
#: a run of white space, to be one space
_SPACES = pattern(r"\s+", "NIST  SP")
#: a slash of any code point
_ANY_SLASH = pattern(rf"[{_SLASH}]", "ISO∕IEC")
#: words between an international issuer and the figures that are no part of its name
_FILLER = pattern(r" ?(?:Std\.?|Rec\.?|Recommendation)$", "ITU-T Rec.")
#: four figures that are a year
_FOUR_YEAR = pattern(YEAR, "2030")
#: a number printed with a space between all characters
_LETTER_SPACED = pattern(r"(?:\S{1,3}\s){4,}\S+", "D B 9 9/T 0 0 0 1 2 0 3 0")
#: `GAT` and `GBT` right before the figures: the slash was lost
_LOST_SLASH = pattern(r"^G([AB])T(?=\d)", "GAT9001")


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
    prefix = _prefix(match)
    if prefix is None or (_is_weak(prefix) and len(match["year"] or "") != 4):
        return None
    part = _SPACE.sub("", match["part"] or "").replace("．", ".")
    figures = (match["n"] or "").replace(" ", "")
    year = match["year"]
    if year is None:
        figures, year = _unglued(figures, part)
    if len(figures) > 6 or (year and len(year) == 2 and not 60 <= int(year) <= 99):
        return None
    year = _whole_year(year)
    series = f"{prefix} {match['letter'] or ''}{figures}{part}"
    colon = ":" if match["intl"] and not prefix.startswith(("ANSI", "IEEE")) else "-"
    canonical = f"{series}{colon}{year}" if year else series
    return Number(canonical, series, year, match.group().strip(), match.start(), match.end())


def _is_weak(prefix: str) -> bool:
    return prefix.split()[0].split("/")[0] in _WEAK


def _whole_year(year: str | None) -> str | None:
    """Two figures are of the last century (`CB3304-91`); a draft has no year yet (`20XX`)."""
    if year and len(year) == 2:
        return f"19{year}"
    return None if year in ("20XX", "XXXX") else year


def _unglued(figures: str, part: str) -> tuple[str, str | None]:
    """Figures and year of `GAT10932023`: dash and slash were lost, so the last four figures are the year."""
    if not part and len(figures) >= 7 and _FOUR_YEAR.fullmatch(figures[-4:]):
        return figures[:-4], figures[-4:]
    return figures, None


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
    plain = _SPACES.sub(" ", _ANY_SLASH.sub("/", match["intl"]))
    return _FILLER.sub("", plain)


def canonical(printed: str) -> str | None:
    """The canonical number of a printed form, or None where it is none."""
    compact = _SPACE.sub("", printed) if _LETTER_SPACED.fullmatch(printed.strip()) else printed
    number = next(numbers(_LOST_SLASH.sub(r"G\1/T", compact)), None)
    return number.canonical if number else None

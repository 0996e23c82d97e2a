"""Plain CSV of the user's own.

A column ``name``; where there are any, ``aliases``, ``list``, ``since``, ``until``, ``source``, ``id``.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from clauselight.entities.catalogue import Listing
from clauselight.entities.lists import ListEntry, Reads, day, spellings
from clauselight.text.patterns import pattern

#: what parts the words of a header or a list's title
_NO_WORD = pattern(r"\W+", "start date")
#: what parts other names in one cell
_BETWEEN_NAMES = pattern(r"\s*[;|]\s*", "Seamount; Seamount Digital")

#: our word -> headers that mean it
_HEADERS = {
    "name": (
        "name",
        "organisation",
        "organization",
        "entity",
        "company",
        "entity_name",
        "名称",
        "企业名称",
        "单位名称",
    ),
    "aliases": ("aliases", "alias", "alt_names", "also_known_as", "aka", "别名"),
    "list": ("list", "list_name", "programme", "program", "measure", "清单"),
    "since": ("since", "start_date", "start", "from", "listed", "date", "列入日期"),
    "until": ("until", "end_date", "end", "to", "delisted", "removed", "移出日期"),
    "source": ("source", "citation", "url", "source_url", "reference", "来源"),
    "id": ("id", "key"),
}


def _columns(header: list[str]) -> dict[str, int]:
    plain = [_NO_WORD.sub("_", h.strip().casefold()).strip("_") for h in header]
    return {
        word: plain.index(n)
        for word, names in _HEADERS.items()
        for n in names
        if n in plain and plain.index(n) is not None
    }


def _delimiter(line: str) -> str:
    return max(",;\t|", key=line.count)


def _test(head: str) -> bool:
    first = head.lstrip("\ufeff").split("\n")[0].strip()
    return "name" in _columns(next(csv.reader([first], delimiter=_delimiter(first)), []))


def _read(path: Path) -> Iterator[ListEntry]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        first = stream.readline()
        stream.seek(0)
        rows = csv.reader(stream, delimiter=_delimiter(first))
        at = _columns(next(rows))
        for number, row in enumerate(rows, 2):
            cell = {w: row[i].strip() if i < len(row) else "" for w, i in at.items()}
            if not cell["name"]:
                if any(row):
                    yield ListEntry(str(number), skipped="without a name")
                continue
            names = [cell["name"], *_BETWEEN_NAMES.split(cell.get("aliases", ""))]
            listing = cell.get("list") or path.stem
            key = _NO_WORD.sub("-", listing.casefold()).strip("-")
            said = Listing(
                key,
                listing,
                day(cell.get("since")),
                day(cell.get("until")),
                cell.get("source") or f"{path.name}, line {number}",
            )
            yield ListEntry(
                cell.get("id") or f"{path.stem}-{number}", tuple(s for n in names if n for s in spellings(n)), (said,)
            )


READS = (Reads("plain-csv", _test, _read),)

"""The US Consolidated Screening List as CSV and as JSON.

Fields are as the International Trade Administration documents them.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from clauselight.entities.catalogue import Listing
from clauselight.entities.lists import ListEntry, Reads, day, spellings
from clauselight.text.patterns import pattern

#: what parts the words of a list's title
_NO_WORD = pattern(r"\W+", "Example List")
#: a field that only this list has
_OWN_FIELD = pattern(r'"(?:results|source_list_url|alt_names)"', '{"results": [')
_NO_ORGANISATION = ("individual", "vessel", "aircraft")


def _rows_csv(path: Path) -> Iterator[dict[str, Any]]:
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as stream:
        yield from csv.DictReader(stream)


def _rows_json(path: Path) -> Iterator[dict[str, Any]]:
    data = json.loads(path.read_text(encoding="utf-8-sig"))
    yield from data["results"] if isinstance(data, dict) else data


def _entry(row: dict[str, Any], number: int) -> ListEntry:
    key = str(row.get("_id") or row.get("id") or row.get("entity_number") or number)
    kind = str(row.get("type") or "").lower()
    if kind in _NO_ORGANISATION:
        return ListEntry(key, skipped=kind)
    also = row.get("alt_names") or ()
    names = [str(row.get("name") or ""), *(also if isinstance(also, list) else str(also).split(";"))]
    title = str(row.get("source") or "US Consolidated Screening List").strip()
    cited = "; ".join(
        " ".join(str(v if not isinstance(v, list) else "; ".join(map(str, v))).split())
        for v in (row.get("federal_register_notice"), row.get("source_list_url"))
        if v
    )
    name = _NO_WORD.sub("-", title.split(" - ")[0].split("(")[0].strip().lower()).strip("-")
    listing = Listing(
        f"us-csl-{name}",
        title,
        day(row.get("start_date")),
        day(row.get("end_date")),
        cited or "US Consolidated Screening List",
    )
    return ListEntry(
        f"csl-{key}", tuple(dict.fromkeys(s for n in names if n.strip() for s in spellings(n))), (listing,)
    )


def _read(rows: Any) -> Any:
    def read(path: Path) -> Iterator[ListEntry]:
        for number, row in enumerate(rows(path), 2):
            yield _entry(row, number)

    return read


def _is_csv(head: str) -> bool:
    first = head.split("\n")[0]
    has_columns = "alt_names" in first and "federal_register_notice" in first
    is_json = head.lstrip().startswith(("{", "["))
    return head.lstrip("\ufeff").startswith("_id,source,") or (has_columns and not is_json)


def _is_json(head: str) -> bool:
    if not head.lstrip("\ufeff \r\n").startswith(("{", "[")):
        return False
    return _OWN_FIELD.search(head) is not None and '"schema"' not in head.split("\n")[0]


READS = (
    Reads("csl-csv", _is_csv, _read(_rows_csv)),
    Reads("csl-json", _is_json, _read(_rows_json)),
)

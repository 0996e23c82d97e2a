"""FollowTheMoney JSON lines as OpenSanctions publishes them: the sanctions of an entity are entities too, or nested."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from clauselight.entities.catalogue import Listing
from clauselight.entities.lists import ListEntry, Reads, day, spellings

_ORGANISATIONS = {"Organization", "Company", "LegalEntity", "PublicBody"}


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8-sig") as stream:
        for number, line in enumerate(stream, 1):
            if line.strip():
                try:
                    yield json.loads(line)
                except ValueError as error:
                    raise ValueError(f"line {number}: {error}") from error


def _listing(sanction: dict[str, Any], dataset: str) -> Listing:
    said = sanction.get("properties", {})

    def one(*names: str) -> str:
        return next((str(v) for n in names for v in said.get(n, ()) if isinstance(v, str)), "")

    title = "; ".join(dict.fromkeys(t for t in (one("program", "provisions"), one("authority")) if t)) or dataset
    cited = "; ".join(
        t
        for t in (one("sourceUrl"), one("recordId", "authorityId", "unscId"), one("reason")[:200], f"dataset {dataset}")
        if t
    )
    return Listing(dataset, title, day(one("startDate", "listingDate")), day(one("endDate")), cited)


def _read(path: Path) -> Iterator[ListEntry]:
    sanctions: dict[str, list[Listing]] = defaultdict(list)
    for row in _lines(path):
        if row.get("schema") == "Sanction":
            for owner in row.get("properties", {}).get("entity", ()):
                sanctions[owner].append(_listing(row, _dataset(row)))
    for row in _lines(path):
        schema = str(row.get("schema") or "")
        if schema in _ORGANISATIONS:
            said = row.get("properties", {})
            names = [row.get("caption", ""), *(n for k in ("name", "alias", "previousName") for n in said.get(k, ()))]
            nested = [_listing(s, _dataset(row)) for s in said.get("sanctions", ()) if isinstance(s, dict)]
            listings = [*sanctions.get(str(row["id"]), ()), *nested]
            yield ListEntry(
                str(row["id"]), tuple(dict.fromkeys(s for n in names if n for s in spellings(str(n)))), tuple(listings)
            )
        elif schema != "Sanction":
            yield ListEntry(str(row.get("id")), skipped=schema or "without a schema")


def _dataset(row: dict[str, Any]) -> str:
    return ", ".join(row.get("datasets", ())) or "FollowTheMoney file"


READS = (
    Reads(
        "ftm-json-lines",
        lambda head: head.lstrip("\ufeff \r\n").startswith("{") and '"schema"' in head.split("\n")[0],
        _read,
    ),
)

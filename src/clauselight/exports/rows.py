"""A finding as one plain row: what tables of other programs take."""

from __future__ import annotations

from typing import Any

from clauselight.exports.clean import cell
from clauselight.exports.records import item_record
from clauselight.exports.registry import Item, Settings

COLUMNS = (
    "id", "path", "page", "line", "clause", "attribute", "groups", "role", "strength", "strength_token", "polarity",
    "level", "quote", "gloss", "decision", "reviewers", "reasons", "source_sha256", "text_sha256", "start", "end",
    "rule", "confidence",
)  # fmt: skip
#: those that only a case has something for
_OF_REVIEW = ("decision", "reviewers", "reasons")


def columns(settings: Settings) -> tuple[str, ...]:
    """The columns of a case, or of a run."""
    return tuple(c for c in COLUMNS if settings.reviewed or c not in _OF_REVIEW)


def flat_row(item: Item, unmask: bool) -> dict[str, Any]:
    """A finding as one plain row with all columns. What looks like a formula gets an apostrophe in front."""
    record = item_record(item, unmask)
    row = {c: record.get(c) for c in COLUMNS}
    row["clause"] = record["clause"]["number"]
    row["groups"] = " ".join(record["groups"])
    row["reviewers"] = "; ".join(f"{j.by}: {j.decision}" for j in item.judgements)
    row["reasons"] = "; ".join(j.reason for j in item.judgements)
    return {k: cell(v) for k, v in row.items()}


def row_of(item: Item, settings: Settings) -> dict[str, Any]:
    """A finding as one plain row with the columns that are asked for."""
    row = flat_row(item, settings.unmask)
    return {c: row[c] for c in columns(settings)}


def incomplete_row(settings: Settings) -> dict[str, Any]:
    """The last row after an interruption, so that a table cut short says so."""
    row: dict[str, Any] = dict.fromkeys(columns(settings))
    return row | {"level": "incomplete", "gloss": "the run was interrupted: what would come below is missing"}

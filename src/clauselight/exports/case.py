"""What a case holds, written out by the exports of a run and by those that only a case has."""

from __future__ import annotations

import contextlib
import csv
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from clauselight.case.orphans import Orphan, by_carrier, orphans
from clauselight.case.store import Case, Judgement, Reading
from clauselight.entities.catalogue import load
from clauselight.entities.imported import joined
from clauselight.entities.resolve import Resolver
from clauselight.errors import UsageError
from clauselight.exports.mask import mask
from clauselight.exports.records import finding_record
from clauselight.exports.registry import Settings, exports
from clauselight.graph.account import Account
from clauselight.model import Finding
from clauselight.model.finding import LEVELS, Level
from clauselight.model.outcome import Outcome
from clauselight.model.places import place_words
from clauselight.model.statement import Statement

_ONLY = {"accepted": "accept", "rejected": "reject", "unsure": "unsure", "disputed": "disputed", "open": None}


@dataclass(frozen=True)
class Item:
    """A finding of a case with what was decided on it."""

    id: str
    finding: Finding
    reading: Reading
    judgements: tuple[Judgement, ...]
    decision: str | None
    #: judgements on findings that are no longer made, of places that are a part of this one; they decide nothing here
    carried: tuple[Orphan, ...] = ()


def items(case: Case, level: Level = "finding", only: str | None = None) -> Iterator[tuple[Outcome, list[Item]]]:
    """Every reading with its findings at or above `level` that are decided as `only` says; those not read yet come last."""
    given: dict[str, list[Judgement]] = {}
    for j in case.judgements():
        given.setdefault(j.finding, []).append(j)
    carried = by_carrier(orphans(case))
    least = LEVELS.index(level)
    for reading, ids, outcome in case.outcomes():
        out = []
        for name, finding in zip(ids, outcome.findings, strict=True):
            judged = given.get(name, [])
            decision = case.decision(judged)
            if LEVELS.index(finding.level) >= least and (only is None or decision == _ONLY[only]):
                item = Item(name, finding, reading, tuple(judged), decision, carried.get(name, ()))
                out.append(item)
        yield outcome, out
    for coverage in case.unread():
        yield Outcome(coverage), []


def item_record(item: Item, unmask: bool = False) -> dict[str, Any]:
    """A finding of a case: its record, its id, and the judgements."""
    judged = [{"decision": j.decision, "reason": j.reason, "by": j.by, "at": j.at} for j in item.judgements]
    record = {**finding_record(item.finding, unmask), "id": item.id, "decision": item.decision, "judgements": judged}
    carried = [o.record((lambda t: t) if unmask else (lambda t: mask(t).text)) for o in item.carried]
    return {**record, "carried": carried} if carried else record


def write_findings(
    case: Case, form: str, output: str, *, level: Level = "finding", only: str | None = None, unmask: bool = False
) -> tuple[int, int]:
    """Write the findings of a case; returns how many there were, and how many readings are not or only partly read."""
    rows = list(items(case, level, only))
    count = sum(len(found) for _, found in rows)
    unread = sum(o.coverage.state not in ("read", "skipped") for o, _ in rows)
    if form in ("xlsx", "parquet") and output == "-":
        raise UsageError(f"--format {form} needs a file: -o findings.{form}")
    if form == "xlsx":
        _xlsx(Path(output), rows, unmask)
    elif form == "parquet":
        _parquet(Path(output), rows, unmask)
    else:
        with _opened(output) as stream:
            _text(form, stream, rows, Settings(unmask, level=level))
    return count, unread


@contextlib.contextmanager
def _opened(output: str) -> Iterator[TextIO]:
    if output == "-":
        yield sys.stdout
        return
    with Path(output).open("w", encoding="utf-8", newline="") as stream:
        yield stream


def _text(form: str, stream: TextIO, rows: Sequence[tuple[Outcome, list[Item]]], settings: Settings) -> None:
    if form == "csv":
        writer = csv.DictWriter(stream, COLUMNS)
        writer.writeheader()
        writer.writerows(_flat(rows, settings.unmask))
    elif form == "annotations":
        from clauselight.exports.findings.annotations import collection

        json.dump(
            collection([i for _, found in rows for i in found], settings.unmask), stream, ensure_ascii=False, indent=1
        )
    elif form == "jsonl":
        for outcome, found in rows:
            for item in found:
                stream.write(
                    json.dumps(item_record(item, settings.unmask), ensure_ascii=False, separators=(",", ":")) + "\n"
                )
            from clauselight.exports.records import coverage_record

            stream.write(
                json.dumps(coverage_record(outcome.coverage), ensure_ascii=False, separators=(",", ":")) + "\n"
            )
    else:
        _by_export(form, stream, rows, settings)


def _by_export(form: str, stream: TextIO, rows: Sequence[tuple[Outcome, list[Item]]], settings: Settings) -> None:
    export = exports()[form](stream, settings)
    for outcome, found in rows:
        export.write(Outcome(outcome.coverage, [i.finding for i in found]))
    export.close(True)
    if form == "table":
        stream.write("\nIds and decisions\n")
        for _, found in rows:
            for item in found:
                place = place_words(item.finding.page, item.finding.line)
                said = ", ".join(f"{j.decision} by {j.by}" for j in item.judgements) or "open"
                said += "".join(f"; judged as part of it: {o.finding} {o.decisions}" for o in item.carried)
                stream.write(f"  {item.id}  {item.finding.path}, {place}, {item.finding.attribute}: {said}\n")


COLUMNS = (
    "id", "path", "page", "line", "clause", "attribute", "groups", "role", "strength", "strength_token", "polarity", "level", "quote", "gloss", "decision", "reviewers", "reasons",
    "source_sha256", "text_sha256", "start", "end", "rule", "confidence",
)  # fmt: skip


def _flat(rows: Sequence[tuple[Outcome, list[Item]]], unmask: bool) -> Iterator[dict[str, Any]]:
    """One plain row a finding. A value that a spreadsheet would take for a formula gets an apostrophe in front."""
    for _, found in rows:
        for item in found:
            yield flat_row(item, unmask)


def flat_row(item: Item, unmask: bool) -> dict[str, Any]:
    """A finding as one plain row."""
    record = item_record(item, unmask)
    row = {c: record.get(c) for c in COLUMNS}
    row["clause"] = record["clause"]["number"]
    row["groups"] = " ".join(record["groups"])
    row["reviewers"] = "; ".join(f"{j.by}: {j.decision}" for j in item.judgements)
    row["reasons"] = "; ".join(j.reason for j in item.judgements)
    return {k: ("'" + v if isinstance(v, str) and v[:1] in "=+-@\t\r" else v) for k, v in row.items()}


def _xlsx(path: Path, rows: Sequence[tuple[Outcome, list[Item]]], unmask: bool) -> None:
    try:
        from openpyxl import Workbook
        from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    except ImportError as error:
        raise UsageError("--format xlsx needs the `case` extra: pip install 'clauselight[case]'") from error
    book = Workbook(write_only=True)
    sheet = book.create_sheet("findings")
    sheet.append(list(COLUMNS))
    for row in _flat(rows, unmask):
        sheet.append([ILLEGAL_CHARACTERS_RE.sub("", v) if isinstance(v, str) else v for v in row.values()])
    coverage = book.create_sheet("coverage")
    coverage.append(["path", "state", "reader", "problems", "sha256"])
    for outcome, _ in rows:
        c = outcome.coverage
        coverage.append([c.path, c.state, c.reader, "; ".join(p.message for p in c.problems), c.source_sha256])
    book.save(path)


def _parquet(path: Path, rows: Sequence[tuple[Outcome, list[Item]]], unmask: bool) -> None:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise UsageError("--format parquet needs the `parquet` extra: pip install 'clauselight[parquet]'") from error
    whole = {"page", "line", "start", "end"}
    schema = pa.schema(
        [(c, pa.int64() if c in whole else (pa.float64() if c == "confidence" else pa.string())) for c in COLUMNS]
    )
    pq.write_table(pa.Table.from_pylist(list(_flat(rows, unmask)), schema=schema), path)


def account_of(
    case: Case, catalogues: tuple[Path, ...] = (), choose: Callable[[Sequence[Statement]], list[Statement]] = list
) -> Account:
    """All statements of a case with organisations resolved, as the forms of `who` take them."""
    return account_with_readings(case, catalogues, choose)[0]


def account_with_readings(
    case: Case, catalogues: tuple[Path, ...] = (), choose: Callable[[Sequence[Statement]], list[Statement]] = list
) -> tuple[Account, dict[int, list[Statement]]]:
    """The account, and the resolved statements of each reading by its id: two sources may bear one path."""
    organisations = joined(load(catalogues))
    resolver = Resolver(organisations)
    by_reading: dict[int, list[Statement]] = {}
    coverage = []
    for reading, _, outcome in case.outcomes():
        by_reading[reading.id] = resolver.resolve(outcome.statements)
        coverage.append(outcome.coverage)
    kept = choose([s for own in by_reading.values() for s in own])
    account = Account(kept, [*coverage, *case.unread()], True, organisations, resolver.matches(kept))
    return account, by_reading

"""What was found, said, read and done, as files for programs."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from clauselight.case.store import Judgement, Reading
from clauselight.dossier.gather import Dossier
from clauselight.exports.findings.annotations import collection
from clauselight.exports.records import coverage_record, item_record
from clauselight.exports.registry import Settings
from clauselight.exports.rows import COLUMNS, flat_row
from clauselight.exports.statements import ftm
from clauselight.exports.statements.jsonl import statement_record
from clauselight.package.files import write_json, write_lines


def write(data: Path, dossier: Dossier, readings: Sequence[Reading]) -> None:
    """Write the records of a dossier into the folder of the payload."""
    write_lines(data / "findings.jsonl", (item_record(i, dossier.unmask) for i in dossier.items))
    _write_table(data / "findings.csv", dossier)
    write_json(data / "annotations.jsonld", collection(dossier.items, dossier.unmask))
    write_lines(data / "statements.jsonl", _statements(dossier, {r.id: r for r in readings}))
    with (data / "statements.ftm.json").open("w", encoding="utf-8") as stream:
        ftm.write(stream, dossier.account, Settings(dossier.unmask))
    write_lines(data / "coverage.jsonl", (coverage_record(c) for c in dossier.coverage))
    write_lines(data / "judgements.jsonl", (_judgement(j) for j in dossier.judgements))
    write_lines(data / "journal.jsonl", (e.record() for e in dossier.journal))


def _write_table(path: Path, dossier: Dossier) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(flat_row(i, dossier.unmask) for i in dossier.items)


def _statements(dossier: Dossier, readings: Mapping[int, Reading]) -> Iterator[dict[str, Any]]:
    """Each place also with the digest of the text that it counts in, so that it can be checked without its source."""
    for number, own in dossier.stated.items():
        for statement in own:
            record = statement_record(statement, dossier.unmask)
            for place in record["evidence"]:
                place["text_sha256"] = readings[number].coverage.text_sha256
            yield record


def _judgement(j: Judgement) -> dict[str, str]:
    return {"finding": j.finding, "decision": j.decision, "reason": j.reason, "by": j.by, "at": j.at}

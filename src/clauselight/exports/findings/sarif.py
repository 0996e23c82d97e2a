"""SARIF 2.1.0 (OASIS), as GitHub code scanning takes it: results with rule, region and stable fingerprints."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import PurePath
from typing import Any, TextIO
from urllib.parse import quote

from clauselight.exports.records import finding_record
from clauselight.exports.registry import Item, Output, Settings
from clauselight.model import Coverage, Finding
from clauselight.version import __version__

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {"finding": "error", "notice": "warning", "mention": "note"}
#: GitHub shows at most this many results of a run
_MOST = 25_000
_MOST_NOTES = 5_000


#: half a pair that stands for no byte of a name
_NO_BYTE = re.compile("[\ud800-\udc7f\udd00-\udfff]")


class Sarif:
    """Gathers results and writes one log at the end, as the format demands."""

    def __init__(self, stream: TextIO, settings: Settings) -> None:
        self.stream = stream
        self.settings = settings
        self.rules: dict[str, dict[str, Any]] = {}
        self.results: list[dict[str, Any]] = []
        self.notes: list[dict[str, Any]] = []
        #: clauses of one path, rule and wording so far
        self.equal: Counter[str] = Counter()
        self.over = self.unsaid = 0

    def write(self, coverage: Coverage, items: Sequence[Item]) -> None:
        for item in items:
            if len(self.results) < _MOST:
                self.results.append(self._result(item.finding))
            else:
                self.over += 1
        for problem in coverage.problems:
            if len(self.notes) < _MOST_NOTES:
                self.notes.append(
                    {**_note(f"{coverage.path}: {problem.message}"), "descriptor": {"id": problem.reason}}
                )
            else:
                self.unsaid += 1

    def _result(self, finding: Finding) -> dict[str, Any]:
        record = finding_record(finding, self.settings.unmask)
        rule = f"{finding.rule}"
        self.rules.setdefault(rule, _rule(finding))
        region: dict[str, Any] = {"snippet": {"text": record["quote"]}}
        if finding.line:
            region |= {"startLine": finding.line, "endLine": finding.end_line or finding.line}
        else:
            region |= {"charOffset": finding.start, "charLength": finding.end - finding.start}
        what = f"{finding.attribute}{' (' + ', '.join(finding.groups) + ')' if finding.groups else ''}"
        page = f", page {finding.page}" if finding.page else ""
        text = f"{finding.role.replace('_', ' ')} that sorts people by {what}{page}: {record['quote'][:300]}"
        keys = (
            "page",
            "boxes",
            "clause",
            "attribute",
            "groups",
            "role",
            "strength",
            "polarity",
            "level",
            "cues",
            "gloss",
            "source_sha256",
            "masked",
        )
        return {
            "ruleId": rule,
            "level": _LEVELS[finding.level],
            "message": {"text": text},
            "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(finding.path)}, "region": region}}],
            "partialFingerprints": {"clauselight/v1": self._fingerprint(finding)},
            "properties": {key: record[key] for key in keys},
        }

    def _fingerprint(self, finding: Finding) -> str:
        """What stays the same when lines move: path, rule and words, and which of several equal ones it is."""
        words = " ".join(finding.quote.split())
        same = f"{finding.path}\0{finding.rule}\0{words}"
        self.equal[same] += 1
        number = self.equal[same]
        text = same if number == 1 else f"{same}\0{number}"
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()

    def close(self, complete: bool) -> None:
        if self.over:
            self.notes.append(_note(f"{self.over} results are left out; SARIF viewers take {_MOST}"))
        if self.unsaid:
            self.notes.append(_note(f"{self.unsaid} further problems are left out; --format jsonl names every one"))
        log = {
            "$schema": _SCHEMA,
            "version": "2.1.0",
            "runs": [
                {
                    "tool": {
                        "driver": {
                            "name": "Clauselight",
                            "semanticVersion": __version__,
                            "rules": list(self.rules.values()),
                        }
                    },
                    "columnKind": "unicodeCodePoints",
                    "invocations": [{"executionSuccessful": complete, "toolExecutionNotifications": self.notes}],
                    "results": self.results,
                }
            ],
        }
        json.dump(log, self.stream, ensure_ascii=False, indent=1)
        self.stream.write("\n")


def _note(text: str) -> dict[str, Any]:
    return {"level": "warning", "message": {"text": text}}


def _rule(finding: Finding) -> dict[str, Any]:
    name = finding.rule.split(".", 1)[-1].replace(".", " ")
    text = f"Provides for sorting people by {finding.attribute.replace('_', ' ')}"
    return {
        "id": finding.rule,
        "name": "".join(w.title() for w in finding.rule.replace("_", ".").split(".")),
        "shortDescription": {"text": f"{text} ({name})"},
        "fullDescription": {"text": f"{text}. The cues of each result say why it was decided so."},
        "help": {"text": "Read the clause in its place. If it is a false alarm, please report it with the cues."},
        "properties": {"digest": finding.rule_digest, "tags": [finding.attribute]},
    }


def _uri(path: str) -> str:
    """A relative reference (RFC 3986, 4.2): a colon in its first part would make a scheme of it."""
    if path == "-":
        return "stdin"
    name = _NO_BYTE.sub("\ufffd", PurePath(path).as_posix())
    uri = quote(os.fsencode(name), safe="/!~@:$&'()*+,;=")
    return "./" + uri if ":" in uri.split("/", 1)[0] else uri


OUTPUT = Output("sarif", "findings", ".sarif", False, Sarif, "SARIF 2.1.0, for code review")

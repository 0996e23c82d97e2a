"""The table that people read: findings by document, the deciding words marked, the cues below, coverage at the end."""

from __future__ import annotations

import textwrap
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TextIO

from clauselight.exports.mask import mask
from clauselight.exports.registry import Item, Output, Settings
from clauselight.model import Coverage, Finding, PageCoverage
from clauselight.model.coverage import DELIBERATE
from clauselight.model.provisions import provisions
from clauselight.text.visible import visible

_ROLES = {
    "analytic_output": "analytic output", "alarm": "alarm", "search_filter": "search filter",
    "data_field": "data field", "code_list": "code list", "identity_record": "identity record", "mention": "mention",
}  # fmt: skip
#: states that are named only where there are any
_ASIDE = {
    "no_rules": "in a language without rules",
    "leftover": "left behind by systems and programs",
    "pointer": "that only point to a document elsewhere",
    "own_output": "written by this program",
}
#: reasons of what is counted by its message and not named
_NOT_OPENED = DELIBERATE | {"left-out"}
#: sources that are named as not or partly read, and kinds of problem named of one
_MOST_LISTED, _MOST_KINDS = 200, 8


class FindingsTable:
    """Writes each document when it is done and keeps only counts, and a bounded list of what was not read."""

    def __init__(self, stream: TextIO, settings: Settings) -> None:
        self.stream = stream
        self.settings = settings
        self.levels: Counter[str] = Counter()
        self.repeats = 0
        self.coverage = CoverageCounts()
        self.decisions: list[str] = []

    def write(self, coverage: Coverage, items: Sequence[Item]) -> None:
        findings = [item.finding for item in items]
        if findings:
            self._document(coverage.path, findings)
        self.levels.update(f.level for f in findings)
        self.repeats += sum(f.level == "finding" and f.polarity == "provides" for f in findings) - provisions(findings)
        self.coverage.add(coverage)
        if self.settings.reviewed:
            self.decisions += [_decided(item) for item in items]

    def _out(self, text: str = "") -> None:
        """One line; what it quotes from outside was made visible before."""
        self.stream.write(text + "\n")

    def _style(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.settings.colour else text

    def _document(self, path: str, findings: Sequence[Finding]) -> None:
        counts = Counter(f.level for f in findings)
        summary = ", ".join(f"{n} {level}{'s' if n != 1 else ''}" for level, n in sorted(counts.items()))
        self._out(self._style(visible(path), "1;4") + f"  ({summary})")
        for finding in findings:
            self._finding(finding)
        self._out()

    def _finding(self, finding: Finding) -> None:
        attribute = finding.attribute + (f" ({', '.join(finding.groups)})" if finding.groups else "")
        parts = [_place(finding), _ROLES[finding.role], _strength(finding), attribute]
        colour = {"finding": "1;31", "notice": "1;33", "mention": "2"}[finding.level]
        head = self._style(finding.level.upper(), colour) + "  " + " · ".join(visible(p) for p in parts if p)
        self._out("\n  " + head)
        if path := _clause(finding):
            self._out("    " + self._style("in ", "2") + visible(path))
        for line in self._quote(finding):
            self._out("    │ " + line)
        self._out("    " + self._style("= ", "2") + visible(finding.gloss))
        cues = [
            f"{c.decides} “{c.text}” ({c.where})" for c in finding.cues if c.decides != "attribute:" + finding.attribute
        ][:6]
        for index, line in enumerate(textwrap.wrap(visible("; ".join(cues)), max(40, self.settings.width - 10))):
            self._out(self._style(("        " if index else "    why ") + line, "2"))

    def _quote(self, finding: Finding) -> list[str]:
        text = finding.quote if self.settings.unmask else mask(finding.quote).text
        starts = {s for s, _ in finding.marks}
        ends = {e for _, e in finding.marks}
        on, off = ("\x1b[7m", "\x1b[0m") if self.settings.colour else ("[", "]")
        lines: list[str] = []
        current, width = "", 0
        inside = False
        for index, char in enumerate(text):
            if index in ends and inside:
                current, inside = current + off, False
            if index in starts and not inside:
                current, inside = current + on, True
            if char in "\xad\ufffe":
                continue  # a soft hyphen, which nobody sees in print
            if char in "\n\r" or width >= self.settings.width - 8:
                if char in "\n\r" and not current.strip():
                    continue
                lines.append(current + (off if inside and self.settings.colour else ""))
                current, width = (on if inside and self.settings.colour else ""), 0
            if char not in "\n\r":
                current += "  " if char == "\t" else visible(char)
                width += 2 if unicodedata.east_asian_width(char) in "WF" or char == "\t" else 1
        if inside:
            current += off
        if current.strip():
            lines.append(current)
        return lines[:14]

    def _counted(self, level: str) -> str:
        """The number of a level; of findings also how many clauses they are, where some are printed again."""
        number = self.levels[level]
        if level != "finding" or not self.repeats:
            return f"{number} {level}s"
        return f"{number - self.repeats} provisions ({number} findings, {self.repeats} repeat one of them)"

    def close(self, complete: bool) -> None:
        if not complete:
            self._out(self._style("Stopped before the end: what follows is incomplete.", "1;31"))
        counts = ", ".join(self._counted(level) for level in ("finding", "notice", "mention") if self.levels[level])
        self._out(
            self._style(counts or f"No findings at level “{self.settings.level}”", "1")
            + ("" if counts else f" in what was read{self.coverage.unjudged()}.")
        )
        self._out()
        self._out(self._style("Coverage", "1;4"))
        for line in self.coverage.lines():
            self._out(visible(line))
        if self.settings.reviewed:
            self._out("\nIds and decisions")
        for line in self.decisions:
            self._out(visible(line))


class CoverageCounts:
    """What was read of a run, as counts, and a bounded list of what was not."""

    def __init__(self) -> None:
        self.states: Counter[str] = Counter()
        self.pages: Counter[str] = Counter()
        self.left_out: Counter[str] = Counter()
        self.trouble: list[Coverage] = []
        self.more = 0
        self.no_rules = 0
        self._confidence = 0.0

    def add(self, coverage: Coverage) -> None:
        """Count one source."""
        self.states[coverage.state] += 1
        self.no_rules += bool(coverage.languages)
        if coverage.pages:
            self._add_pages(coverage.pages)
        if any(p.reason in _NOT_OPENED for p in coverage.problems):
            self.left_out[coverage.problems[0].message] += 1
        elif coverage.problems or coverage.state != "read":
            if len(self.trouble) < _MOST_LISTED:
                self.trouble.append(coverage)
            else:
                self.more += 1

    def unjudged(self) -> str:
        """What belongs to the words that nothing was found: how much was read and judged by no rule."""
        n = self.no_rules
        return f"; {n} file{'s are' if n > 1 else ' is'} in a language without rules, whole or in part" if n else ""

    def _add_pages(self, pages: PageCoverage) -> None:
        self.pages.update(
            total=pages.total, text=pages.text, ocr=len(pages.ocr), blank=len(pages.blank), unread=len(pages.unread)
        )
        self.pages["confident"] += len(pages.confidence)
        self._confidence += sum(pages.confidence)

    def lines(self) -> Iterator[str]:
        """The account in lines for people."""
        n = self.states
        yield (
            f"  files   {n['read']} read, {n['partly']} read in part, {n['unreadable']} unreadable, "
            f"{n['failed']} failed, {n['skipped']} skipped"
            + "".join(f", {n[state]} {words}" for state, words in _ASIDE.items() if n[state])
        )
        if self.pages["total"]:
            yield self._pages()
        for reason, count in self.left_out.most_common(10):
            yield f"  {count} not opened: {reason}"
        for coverage in self.trouble:
            yield from _trouble(coverage)
        if self.more:
            yield f"  … and {self.more} more; `--format jsonl` names every one"

    def _pages(self) -> str:
        p = self.pages
        sure = f" (mean confidence {self._confidence / p['confident']:.2f})" if p["confident"] else ""
        return (
            f"  pages   {p['total']}: {p['text']} by their text, {p['ocr']} by OCR{sure}, {p['blank']} blank, "
            f"{p['unread']} not read"
        )


def _trouble(coverage: Coverage) -> Iterator[str]:
    """A source that was not or only partly read: one line a kind of problem, with its pages."""
    kinds: dict[tuple[str, str], list[int]] = {}
    for problem in coverage.problems:
        text = problem.message
        if problem.page is not None:
            text = text.removeprefix(f"page {problem.page}: ").removeprefix(f"page {problem.page} ")
        kinds.setdefault((problem.reason, text), []).append(problem.page or 0)
    yield f"  {coverage.state:10} {coverage.path}"
    for (reason, text), numbers in list(kinds.items())[:_MOST_KINDS]:
        where = f" (page{'s' if len(numbers) > 1 else ''} {_ranges(numbers)})" if numbers[0] else ""
        yield f"             {reason}: {text}{where}"
    if len(kinds) > _MOST_KINDS:
        yield f"             … {len(kinds) - _MOST_KINDS} more kinds of problem"


def _ranges(numbers: list[int]) -> str:
    out: list[str] = []
    start = last = numbers[0]
    for number in [*numbers[1:], -1]:
        if number == last + 1:
            last = number
            continue
        out.append(str(start) if start == last else f"{start}-{last}")
        start = last = number
    return ", ".join(out[:12]) + (" …" if len(out) > 12 else "")


def _place(finding: Finding) -> str:
    parts = []
    if finding.page is not None:
        parts.append(f"page {finding.page}")
    if finding.line is not None:
        parts.append(
            f"line {finding.line}"
            if finding.end_line in (None, finding.line)
            else f"lines {finding.line}-{finding.end_line}"
        )
    if finding.clause.number:
        parts.append(f"clause {finding.clause.number}")
    return ", ".join(parts) or "in the text"


def _strength(finding: Finding) -> str:
    token = f" (“{finding.strength_token}”)" if finding.strength_token else ""
    text = "" if finding.strength == "none" else finding.strength + token
    return "forbids" if finding.polarity == "forbids" else text


def _clause(finding: Finding) -> str:
    clause = finding.clause
    parts = [*clause.headings[-3:], *(["::".join(clause.owners[-3:])] if clause.owners else [])]
    if any(clause.headers):
        parts.append("table " + " | ".join(h for h in clause.headers if h)[:90])
    return " › ".join(mask(p).text for p in parts)


def _decided(item: Item) -> str:
    place = f"page {item.finding.page}" if item.finding.page is not None else f"line {item.finding.line}"
    words = ", ".join(f"{j.decision} by {j.by}" for j in item.judgements) or "open"
    words += "".join(f"; judged as part of it: {o.finding} {o.decisions}" for o in item.carried)
    return f"  {item.id}  {item.finding.path}, {place}, {item.finding.attribute}: {words}"


OUTPUT = Output("table", "findings", ".txt", False, FindingsTable, "for people: grouped by document, with coverage")

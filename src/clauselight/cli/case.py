"""``clauselight case``: an investigation in one folder, that can be stopped and gone on with, and grows without reading anything twice."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

_DESCRIPTION = """Keeps an investigation in one folder: the original bytes under their SHA-256, where each was obtained, every text, finding and
statement, what people decided, and a journal in which each entry is linked to the one before. A file is read once; other rules
are decided on what was read; a run that was killed goes on where it was."""

_EPILOG = """examples:
  clauselight case init uighur-tenders/
  clauselight case add uighur-tenders/ downloads/ --note "from the city's portal"
  clauselight case add uighur-tenders/ page.pdf --url https://example.org/page.pdf --retrieved 2031-05-01T10:00:00Z
  clauselight case run uighur-tenders/
  clauselight case findings uighur-tenders/
  clauselight case judge uighur-tenders/ 3fa9 accept --reason "clause 5.2, read by both" --by "A. Reviewer"
  clauselight case search uighur-tenders/ '民族 "face recognition"'
  clauselight dossier uighur-tenders/ -o dossier/ --only accepted --bag

exit status: 0 done · 1 nothing found · 2 usage · 3 done, but something could not be read · 130 interrupted
"""


def add(verbs: Any, text: str) -> None:
    """Add the verb to the command line."""
    raw = argparse.RawDescriptionHelpFormatter
    p = verbs.add_parser("case", help=text, description=_DESCRIPTION, epilog=_EPILOG, formatter_class=raw)
    actions = p.add_subparsers(dest="action", metavar="ACTION", required=True)

    def action(name: str, words: str, run: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
        q: argparse.ArgumentParser = actions.add_parser(
            name, help=words, description=words[0].upper() + words[1:] + "."
        )
        q.add_argument("dir", metavar="DIR", help="the folder of the case")
        q.set_defaults(run=run)
        return q

    q = action("init", "begin a case in an empty or new folder", _init)
    q.add_argument("--title", default="", help="what the case is about (default: the folder's name)")
    q.add_argument("--by", help="who does this, for the journal (default: the user's name)")
    q = action("add", "take files in: their bytes, and where, when and by whom they were obtained", _add)
    q.add_argument("paths", nargs="+", metavar="PATH", help="a file, a folder, an archive, a web archive (WARC, WACZ)")
    q.add_argument("--note", help="how it was obtained, in words")
    q.add_argument("--url", help="the address that one file was obtained from")
    q.add_argument("--retrieved", metavar="TIME", help="when it was obtained there, in ISO 8601")
    q.add_argument("--by", help="who obtained it (default: the user's name)")
    q.add_argument("--quiet", action="store_true", help="no progress")
    q.add_argument("--json", action="store_true", help="write JSON")
    q = action("run", "read what was not read yet, and decide anew what other rules decided", _run)
    _reading(q)
    q.add_argument(
        "--jobs", type=int, default=0, metavar="N", help="worker processes (default: as many as there are cores)"
    )
    q.add_argument(
        "--timeout",
        type=float,
        default=180.0,
        metavar="SECONDS",
        help="give a source up after this long without a page (default: 180)",
    )
    q.add_argument("--quiet", action="store_true", help="no progress bar")
    q.add_argument("--json", action="store_true", help="write JSON")
    q = action(
        "status", "tell what is there, what is stale and why, what is the same, and how far reviewers agree", _status
    )
    _reading(q)
    q.add_argument("--json", action="store_true", help="write JSON")
    q = action("findings", "list the findings with their ids and what was decided on them", _findings)
    q.add_argument(
        "--format",
        choices=("table", "jsonl", "sarif", "csv", "xlsx", "parquet", "annotations"),
        default="table",
        help="how to write them (default: table)",
    )
    q.add_argument(
        "--level",
        choices=("finding", "notice", "mention"),
        default="finding",
        help="lowest level to show (default: finding)",
    )
    q.add_argument(
        "--only", choices=("accepted", "rejected", "unsure", "disputed", "open"), help="only findings so decided"
    )
    _output(q)
    for verb, words in (
        ("who", "tell who drafted, mandates and claims the standards"),
        ("timeline", "tell what happened when"),
        ("chain", "tell how buyers, drafters and vendors come to a clause"),
    ):
        q = action(verb, words, _statements)
        forms = ("table", "jsonl", "ftm", "dot", "svg", "html") if verb == "who" else ("table", "jsonl", "svg", "html")
        q.add_argument("--format", choices=forms, default="table", help="how to write the result (default: table)")
        q.add_argument("--attribute", metavar="NAME", help="only documents that specify this attribute")
        q.add_argument("--organisation", metavar="NAME", help="only statements on organisations whose name holds NAME")
        q.add_argument("--standard", metavar="NUMBER", help="only statements on this standard")
        q.add_argument(
            "--catalogue",
            metavar="FILE",
            action="append",
            default=[],
            help="organisations of your own; may be repeated",
        )
        if verb == "chain":
            q.add_argument(
                "--to",
                choices=("finding", "organisation", "standard", "tender"),
                default="finding",
                help="where the chains begin (default: whole chains by clause)",
            )
        _output(q)
    q = action("judge", "record what a person decides on a finding; nothing is ever overwritten", _judge)
    q.add_argument("finding", metavar="FINDING", help="the id of a finding, or its beginning")
    q.add_argument("decision", choices=("accept", "reject", "unsure"), help="the decision")
    q.add_argument("--reason", default="", help="why (required)")
    q.add_argument("--by", default="", help="the reviewer's name (required)")
    q = action("search", "find documents by words; Chinese words of any length, phrases in quotes", _search)
    q.add_argument("query", metavar="QUERY", help="words that must all stand in a document")
    q.add_argument("--limit", type=int, default=20, metavar="N", help="at most so many (default: 20)")
    q.add_argument("--json", action="store_true", help="write JSON")
    q.add_argument("--unmask", action="store_true", help="show personal data as it stands")
    q = action("journal", "show every action, and check that none was changed", _journal)
    q.add_argument("--json", action="store_true", help="write JSON")


def _reading(q: argparse.ArgumentParser) -> None:
    q.add_argument(
        "--ocr",
        choices=("auto", "always", "never"),
        default="auto",
        help="when to recognise text in pictures (default: auto)",
    )
    q.add_argument(
        "--packs",
        metavar="DIR",
        action="append",
        default=[],
        help="a folder with rule packs of your own; may be repeated",
    )


def _output(q: argparse.ArgumentParser) -> None:
    q.add_argument("-o", "--output", metavar="FILE", default="-", help="write to FILE instead of standard output")
    q.add_argument("--unmask", action="store_true", help="show personal data as it stands")


def _init(args: argparse.Namespace) -> int:
    from clauselight.case.store import Case

    Case.init(Path(args.dir), args.title, args.by).close()
    print(f"a new case in {args.dir}; next: clauselight case add {args.dir} PATH...")
    return 0


def _add(args: argparse.Namespace) -> int:
    from clauselight.case.intake import Obtained
    from clauselight.case.intake import add as take
    from clauselight.case.store import Case

    bar: Any = None
    if not args.quiet and sys.stderr.isatty():
        from tqdm import tqdm

        bar = tqdm(unit=" files", leave=False)
    with Case(Path(args.dir)) as case:
        tick = (lambda _path: bar.update(1)) if bar is not None else None
        counts = take(case, args.paths, Obtained(args.by, args.note, args.url, args.retrieved), tick).record()
    if bar is not None:
        bar.close()
    if args.json:
        print(json.dumps(counts))
    else:
        print(
            f"{counts['added']} new, {counts['same_bytes']} with bytes that were here already, {counts['known']} known, {counts['left_out']} left out"
            + ("" if not counts["left_out"] else " (why: clauselight case journal)")
        )
    return 3 if counts["left_out"] and not (counts["added"] or counts["known"] or counts["same_bytes"]) else 0


def _finder(packs: list[str]) -> Any:
    from clauselight.rules.find import Finder
    from clauselight.rules.load import load

    return Finder(load([Path(p) for p in packs]))


def _run(args: argparse.Namespace) -> int:
    import os

    from clauselight.case.store import Case
    from clauselight.case.update import run as bring_up
    from clauselight.pipeline.options import Limits

    with Case(Path(args.dir)) as case:
        bar = _Bar(args.quiet, case.count_new_sources())
        try:
            counts = bring_up(
                case,
                _finder(args.packs),
                jobs=args.jobs or os.cpu_count() or 1,
                ocr=args.ocr,
                limits=Limits(args.timeout),
                tick=bar.tick,
                decided=bar.decided,
            ).record()
        except KeyboardInterrupt:
            bar.close()
            print(
                "clauselight: interrupted; all that was read is kept, and the next `case run` goes on from here",
                file=sys.stderr,
            )
            return 130
        finally:
            bar.close()
        unread = case.count_not_read()
        found = case.count_findings()
    told = {**counts, "findings": found, "not_or_partly_read": unread}
    print(
        json.dumps(told)
        if args.json
        else f"{counts['read']} sources read, {counts['decided']} readings decided anew; {found} findings in the case, {unread} readings not or only partly read"
    )
    return 3 if unread else 0


class _Bar:
    """A progress bar over sources, then over readings that are decided anew."""

    def __init__(self, quiet: bool, total: int) -> None:
        self._bar: Any = None
        if not quiet and sys.stderr.isatty():
            from tqdm import tqdm

            self._bar = tqdm(total=total or None, unit=" sources", leave=False)

    def tick(self, progress: Any) -> None:
        if self._bar is not None:
            self._bar.n = progress.files
            self._bar.set_postfix_str(f"{progress.findings} findings")

    def decided(self, number: int, total: int) -> None:
        if self._bar is not None:
            self._bar.total, self._bar.n, self._bar.unit = total, number, " readings"
            self._bar.refresh()

    def close(self) -> None:
        if self._bar is not None:
            self._bar.close()


def _status(args: argparse.Namespace) -> int:
    from clauselight.case.orphans import orphans
    from clauselight.case.staleness import Keys
    from clauselight.case.status import status
    from clauselight.case.store import Case
    from clauselight.exports.mask import mask

    with Case(Path(args.dir)) as case:
        mode = args.ocr if args.ocr != "auto" else case.meta("ocr", "auto")
        state = status(case, Keys.now(_finder(args.packs), mode), cover=lambda t: mask(t).text)  # type: ignore[arg-type]
        orphaned = [o.words(lambda t: mask(t).text) for o in orphans(case)]
    if args.json:
        print(json.dumps(state, ensure_ascii=False, indent=1))
        return 0
    print(
        f"{state['title']}\n  sources     {state['sources']} from {state['origins']} places; {state['not_read_yet']} not read yet"
    )
    print("  readings    " + (", ".join(f"{n} {s}" for s, n in state["readings"].items()) or "none"))
    print(
        "  findings    "
        + (", ".join(f"{n} {s}" for s, n in state["findings"].items()) or "none")
        + f"; {state['statements']} statements"
    )
    for why, n in state["stale"].items():
        print(f"  stale       {n}: {why}; `clauselight case run {args.dir}` brings them up to date")
    print("  judged      " + (", ".join(f"{n} {d}" for d, n in state["judged"].items()) or "none"))
    for line in orphaned:
        print(f"  orphaned    {line}")
    for a in state["agreement"]:
        print(
            f"  agreement   {a['reviewers'][0]} and {a['reviewers'][1]}: {a['agree']} of {a['both']} alike, Cohen's kappa {a['kappa'] if a['kappa'] is not None else 'not defined'}"
        )
    for twin in state["same"]:
        print(f"  {twin['kind']}: {', '.join(twin['origins'])}")
    chain = state["journal"]
    print(
        f"  journal     {chain['entries']} entries, "
        + ("unbroken" if not chain["broken"] else "BROKEN: " + "; ".join(chain["broken"]))
    )
    return 0


def _findings(args: argparse.Namespace) -> int:
    from clauselight.case.orphans import orphans
    from clauselight.case.store import Case
    from clauselight.exports.case import write_findings
    from clauselight.exports.mask import mask

    with Case(Path(args.dir)) as case:
        count, unread = write_findings(
            case, args.format, args.output, level=args.level, only=args.only, unmask=args.unmask
        )
        for orphan in orphans(case):
            line = orphan.words((lambda t: t) if args.unmask else (lambda t: mask(t).text))
            print(f"clauselight: judged, and no longer a finding: {line}", file=sys.stderr)
    return 3 if unread and not count else (0 if count else 1)


def _statements(args: argparse.Namespace) -> int:
    from clauselight.case.store import Case
    from clauselight.cli.check import _colour
    from clauselight.cli.check import _output as opened
    from clauselight.exports.case import account_of
    from clauselight.exports.chains import writer
    from clauselight.exports.registry import Settings
    from clauselight.exports.statements import forms
    from clauselight.exports.timeline import TIMELINES
    from clauselight.graph.select import Question, select

    with Case(Path(args.dir)) as case:
        account = account_of(
            case,
            tuple(Path(f) for f in args.catalogue),
            lambda s: select(s, Question(args.attribute, args.organisation, args.standard)),
        )
        if args.action == "chain":
            form = writer(args.format, args.to)
        else:
            form = (TIMELINES if args.action == "timeline" else forms())[args.format]
        with opened(args.output) as stream:
            form(stream, account, Settings(args.unmask, _colour(stream)))
    return 0 if account.statements else 1


def _judge(args: argparse.Namespace) -> int:
    from clauselight.case.store import Case

    with Case(Path(args.dir)) as case:
        judgement = case.judge(args.finding, args.decision, args.reason, args.by)
        given = case.judgements(judgement.finding)
    print(
        f"{judgement.finding}: {judgement.decision} by {judgement.by} ({len(given)} judgement{'s' if len(given) > 1 else ''} so far: {case.decision(given)})"
    )
    return 0


def _search(args: argparse.Namespace) -> int:
    from clauselight.case.store import Case
    from clauselight.exports.mask import mask

    with Case(Path(args.dir)) as case:
        hits = case.search(args.query, args.limit)
        total = case.count(args.query)
        waiting = len(case.unread())
    rows = [
        {"path": h.path, "snippet": h.snippet if args.unmask else mask(h.snippet).text, "sha256": h.sha256}
        for h in hits
    ]
    if args.json:
        print(json.dumps({"total": total, "not_read_yet": waiting, "hits": rows}, ensure_ascii=False, indent=1))
    else:
        for row in rows:
            print(f"{row['path']}\n    … {row['snippet']} …")
        print(
            f"{total} found"
            + (f", {len(rows)} shown" if total > len(rows) else "")
            + (f"; {waiting} sources are not read yet" if waiting else "")
        )
    return 0 if hits else 1


def _journal(args: argparse.Namespace) -> int:
    from clauselight.case import journal
    from clauselight.case.store import Case

    with Case(Path(args.dir)) as case:
        chain = journal.entries(case.db)
    wrong = journal.broken(chain)
    for entry in chain:
        if args.json:
            print(json.dumps(entry.record(), ensure_ascii=False))
        else:
            print(
                f"{entry.seq:6} {entry.at} {entry.by:12} {entry.action:8} {json.dumps(entry.detail, ensure_ascii=False)[:160]}"
            )
    for line in wrong:
        print(f"clauselight: {line}", file=sys.stderr)
    return 3 if wrong else 0

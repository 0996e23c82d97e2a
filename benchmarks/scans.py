"""Recall of planted clauses on scans, clean and degraded; and that a real scan, if it is given, is read on every page.

usage: python benchmarks/scans.py [--quick] [--json FILE] [--real PDF]
"""

from __future__ import annotations

import argparse
import io
import json
import re
import time
from pathlib import Path

from pages import PAGES, degrade, draw

from clauselight.formats.session import ReadOptions
from clauselight.model import Blob
from clauselight.pipeline.analyse import analyse
from clauselight.pipeline.options import Analysis
from clauselight.rules.find import Finder
from clauselight.rules.load import load

RUNS = (
    ("clean 200 dpi", 200, "clean"),
    ("clean 150 dpi", 150, "clean"),
    ("100 dpi", 100, "clean"),
    ("noise", 150, "noise"),
    ("skew 1.2°", 150, "skew1"),
    ("skew 3°", 150, "skew3"),
    ("JPEG q30", 150, "jpeg30"),
    ("stamp", 150, "stamp"),
    ("watermark", 150, "watermark"),
    ("100 dpi, noise, skew, JPEG", 100, "noise+skew1+jpeg30"),
    ("turned 90°", 150, "turned"),
    ("upside down", 150, "upside"),
)


def squeeze(text: str) -> str:
    return re.sub(r"\s+", "", text)


def pdf_of(images: list) -> bytes:  # type: ignore[type-arg]
    """The pictures as a PDF without a text layer, as a scanner makes it."""
    buffer = io.BytesIO()
    images[0].save(buffer, "PDF", save_all=True, append_images=images[1:], resolution=150, quality=85)
    return buffer.getvalue()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--json", metavar="FILE")
    parser.add_argument("--real", metavar="PDF")
    args = parser.parse_args()
    finder = Finder(load())
    rows = []
    print(f"{'condition':28} {'planted':>8} {'found':>6} {'not planted':>12} {'confidence':>10} {'s/page':>7}")
    for name, dpi, kind in RUNS[:4] if args.quick else RUNS:
        images = [degrade(draw(page, dpi), kind) for page in PAGES]
        began = time.perf_counter()
        outcome = analyse(Blob(f"{kind}.pdf", data=pdf_of(images)), Analysis(finder), ReadOptions("auto"))
        seconds = (time.perf_counter() - began) / len(PAGES)
        findings = [f for f in outcome.findings if f.level == "finding"]
        planted = [(n, squeeze(t)) for n, page in enumerate(PAGES, 1) for t in page.planted]
        found = [(n, t) for n, t in planted if any(f.page == n and t in squeeze(f.quote) for f in findings)]
        extra = [f for f in findings if not any(f.page == n and (t in squeeze(f.quote)) for n, t in planted)]
        sure = outcome.coverage.pages.confidence if outcome.coverage.pages else ()
        mean = sum(sure) / len(sure) if sure else 0.0
        print(f"{name:28} {len(planted):>8} {len(found):>6} {len(extra):>12} {mean:>10.3f} {seconds:>7.2f}")
        for n, t in planted:
            if (n, t) not in found:
                print(f"    missed on page {n}: {t}")
        for f in extra:
            print(f"    not planted, page {f.page}: {f.quote!r}")
        rows.append(
            {
                "condition": name,
                "planted": len(planted),
                "found": len(found),
                "extra": len(extra),
                "confidence": mean,
                "seconds": seconds,
            }
        )
    if args.real:
        outcome = analyse(Blob(args.real, file=Path(args.real)), Analysis(finder), ReadOptions("auto"))
        pages = outcome.coverage.pages
        assert pages is not None
        print(
            f"{Path(args.real).name}: {len(pages.ocr)} of {pages.total} pages by OCR, {pages.text} by text, "
            f"blank {pages.blank}, unread {pages.unread}"
        )
    if args.json:
        Path(args.json).write_text(json.dumps(rows, indent=1, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

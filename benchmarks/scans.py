"""Recall of planted clauses on scans, clean and degraded; character error by script; real scans, if they are given.

usage: python benchmarks/scans.py [--quick] [--json FILE] [--real PDF] [--only clauses|scripts|truth] [--truth DIR]...

`--truth` takes folders of pictures (NAME.png, .jpg, .tif) with their text beside them (NAME.txt or NAME.gt.txt);
pictures of single lines are put under each other, twenty to a page. Files of others stay outside the repository.
"""

from __future__ import annotations

import argparse
import io
import json
import re
import time
from pathlib import Path

from pages import PAGES, degrade, draw
from PIL import Image
from scripts import SHEETS, can_be_drawn, draw_sheet, errors, plain

from clauselight.formats.registry import format_of
from clauselight.formats.session import ReadOptions, ReadSession
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


#: dots per inch and how the page is worse than drawn, for the character error by script
SHAPES = (
    (300, "clean"),
    (200, "clean"),
    (150, "clean"),
    (200, "noise"),
    (150, "noise+skew1+jpeg30"),
    (200, "turned"),
)
#: pictures no higher than this by their width are single lines
LINE = 0.25
LINES_A_PAGE = 20


def squeeze(text: str) -> str:
    return re.sub(r"\s+", "", text)


def pdf_of(images: list) -> bytes:  # type: ignore[type-arg]
    """The pictures as a PDF without a text layer, as a scanner makes it."""
    buffer = io.BytesIO()
    images[0].save(buffer, "PDF", save_all=True, append_images=images[1:], resolution=150, quality=85)
    return buffer.getvalue()


def clauses(quick: bool) -> list[dict[str, object]]:
    """Recall of planted clauses."""
    finder = Finder(load())
    rows: list[dict[str, object]] = []
    print(f"{'condition':28} {'planted':>8} {'found':>6} {'not planted':>12} {'confidence':>10} {'s/page':>7}")
    for name, dpi, kind in RUNS[:4] if quick else RUNS:
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
    return rows


def real(file: Path) -> None:
    """How the pages of a real scan are read."""
    outcome = analyse(Blob(str(file), file=file), Analysis(Finder(load())), ReadOptions("auto"))
    pages = outcome.coverage.pages
    assert pages is not None
    print(
        f"{file.name}: {len(pages.ocr)} of {pages.total} pages by OCR, {pages.text} by text, "
        f"blank {pages.blank}, unread {pages.unread}"
    )


# --- character error by script ---


def read(picture: Image.Image) -> tuple[str, str, list[str]]:
    """The text of a picture, its state and what read it."""
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    blob = Blob("page.png", data=buffer.getvalue())
    with ReadSession(ReadOptions("auto")) as session:
        form = format_of(blob)
        assert form is not None
        text = "".join(document.text for document in form.read(blob, session))
        pages = session.report.pages
        state = "read" if pages and pages.ocr else "blank" if pages and pages.blank else "unread"
        if any(p.reason == "unreadable-lines" for p in session.report.problems):
            state = "partly"
        return text, state, session.report.recognisers


def by_script(quick: bool) -> list[dict[str, object]]:
    """Character error of drawn pages with known text, by script and by how bad the picture is."""
    rows: list[dict[str, object]] = []
    shapes = SHAPES[1:2] if quick else SHAPES
    print(f"\n{'character error':38} " + " ".join(f"{f'{dpi} {kind}':>22}" for dpi, kind in shapes))
    for sheet in SHEETS:
        if not can_be_drawn(sheet):
            print(f"{sheet.name:38} no font here draws it")
            continue
        truth = plain(" ".join(sheet.lines))
        cells = []
        for dpi, kind in shapes:
            tries = [read(degrade(draw_sheet(sheet, font, dpi), kind)) for font in sheet.fonts]
            wrong = sum(errors(truth, plain(text)) for text, _, _ in tries) / len(truth) / len(tries)
            states = sorted({state for _, state, _ in tries})
            rows.append({"script": sheet.name, "dpi": dpi, "kind": kind, "error": wrong, "states": states})
            cells.append(f"{wrong:.4f} {'/'.join(states)}")
        print(f"{sheet.name:38} " + " ".join(f"{cell:>22}" for cell in cells), flush=True)
    return rows


def by_truth(folder: Path) -> dict[str, object]:
    """Character error of real pictures with their text beside them."""
    pairs = [(p, t) for p in sorted(folder.rglob("*")) if p.suffix in (".png", ".jpg", ".tif") and (t := _truth(p))]
    lines = [pair for pair in pairs if _is_line(pair[0])]
    whole = [([p], [t]) for p, t in pairs if not _is_line(p)]
    stacked = [lines[at : at + LINES_A_PAGE] for at in range(0, len(lines), LINES_A_PAGE)]
    jobs = whole + [([p for p, _ in some], [t for _, t in some]) for some in stacked]
    wrong = length = 0
    states: dict[str, int] = {}
    by: set[str] = set()
    for pictures, truths in jobs:
        text, state, recognisers = read(_stack([Image.open(p).convert("RGB") for p in pictures]))
        truth = plain(" ".join(truths))
        wrong += errors(truth, plain(text))
        length += len(truth)
        states[state] = states.get(state, 0) + 1
        by |= set(recognisers)
    error = wrong / length if length else None
    print(f"{folder.name}: {len(jobs)} pages, {length:,} characters, error {error}, {states}, by {sorted(by)}")
    return {"folder": folder.name, "pages": len(jobs), "characters": length, "error": error, "states": states}


def _truth(picture: Path) -> str | None:
    stem = picture.name.split(".")[0]
    beside = (picture.with_name(stem + end) for end in (".gt.txt", ".txt"))
    return next((file.read_text(encoding="utf-8") for file in beside if file.exists()), None)


def _is_line(picture: Path) -> bool:
    with Image.open(picture) as opened:
        return opened.height < LINE * opened.width


def _stack(pictures: list[Image.Image]) -> Image.Image:
    """Pictures under each other, flush right, on paper with a margin."""
    if len(pictures) == 1:
        return pictures[0]
    gap = 20
    width = max(p.width for p in pictures) + 4 * gap
    page = Image.new("RGB", (width, sum(p.height + gap for p in pictures) + 4 * gap), "white")
    top = 2 * gap
    for picture in pictures:
        page.paste(picture, (width - 2 * gap - picture.width, top))
        top += picture.height + gap
    return page


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--json", metavar="FILE")
    parser.add_argument("--real", metavar="PDF")
    parser.add_argument("--only", choices=("clauses", "scripts", "truth"))
    parser.add_argument("--truth", metavar="DIR", action="append", default=[])
    args = parser.parse_args()
    result: dict[str, object] = {}
    if args.only in (None, "clauses"):
        result["clauses"] = clauses(args.quick)
    if args.only in (None, "scripts"):
        result["scripts"] = by_script(args.quick)
    if args.truth:
        result["truth"] = [by_truth(Path(folder)) for folder in args.truth]
    if args.real:
        real(Path(args.real))
    if args.json:
        Path(args.json).write_text(json.dumps(result, indent=1, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

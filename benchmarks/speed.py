"""Speed as ratios to the physical limit of each stage, measured in one run on one machine.

usage: python benchmarks/speed.py [--only text,pdf,ocr,start,memory] [--pdf FILE] [--scan FILE]
                                  [--json FILE] [--megabytes N]
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from clauselight.formats.session import ReadOptions
from clauselight.model import Blob
from clauselight.pipeline.analyse import analyse
from clauselight.pipeline.options import Analysis, RunOptions
from clauselight.pipeline.pool import Pool
from clauselight.rules.find import Finder
from clauselight.rules.load import load
from clauselight.rules.scan import Scanner
from clauselight.sources.walk import walk

ROWS: list[dict[str, Any]] = []


def report(stage: str, ours: float, limit: float, unit: str, wanted: str) -> None:
    ratio = ours / limit if limit else 0.0
    ROWS.append({"stage": stage, "ours": ours, "limit": limit, "ratio": ratio, "unit": unit, "wanted": wanted})
    print(f"{stage:44} {ours:>10.2f} {limit:>10.2f} {unit:8} ratio {ratio:.2f}  (wanted {wanted})", flush=True)


def best(function: Callable[[], object], repeat: int = 3) -> float:
    times = []
    for _ in range(repeat):
        began = time.perf_counter()
        function()
        times.append(time.perf_counter() - began)
    return min(times)


def text_files(folder: Path, megabytes: int) -> list[Path]:
    """Source code of the Python library, and running Chinese text, in files of everyday size."""
    sources = sorted(Path(sysconfig.get_paths()["stdlib"]).rglob("*.py"))
    chinese = "设备应在规定的环境中正常工作，运维人员应定期检查供电与网络，系统的可靠性应符合有关规定。\n" * 400
    out: list[Path] = []
    size, number = 0, 0
    while size < megabytes * 1_000_000:
        source = sources[number % len(sources)]
        data = source.read_bytes() if number % 4 else chinese.encode()
        file = folder / f"{number:06}{'.py' if number % 4 else '.txt'}"
        file.write_bytes(data)
        out.append(file)
        size += len(data)
        number += 1
    return out


def text(finder: Finder, megabytes: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = text_files(folder, megabytes)
        total = sum(f.stat().st_size for f in files) / 1e6
        scanner = finder.gate.scanner
        data = [f.read_bytes() for f in files]
        bare = best(lambda: [scanner.ends(d) for d in data])

        def ours() -> None:
            for file in files:
                analyse(Blob(str(file), data=file.read_bytes()), Analysis(finder), ReadOptions("never"))

        one = best(ours)
        report("text and code, one process, MB/s", total / one, total / bare, "MB/s", ">= 0.40 of the bare scan")
        single = best(lambda: list(Pool(Analysis(finder), RunOptions(1, "never")).run(walk([name]))), 2)
        double = best(lambda: list(Pool(Analysis(finder), RunOptions(2, "never")).run(walk([name]))), 2)
        report("two workers against one, times", single / double, 1.0, "x", ">= 1.7")
        if rg := shutil.which("rg"):
            terms = folder.parent / f"terms-{os.getpid()}.txt"
            terms.write_text("\n".join(_terms()))
            seconds = best(
                lambda: subprocess.run(
                    [rg, "-i", "-c", "-F", "-f", str(terms), name], capture_output=True, check=False
                ),
                2,
            )
            terms.unlink()
            report("two workers against ripgrep, 2,000 terms, MB/s", total / double, total / seconds, "MB/s", "> 1")


def _terms() -> list[str]:
    """2,000 terms: those of the packs, filled up with words made from them."""
    terms = sorted({t.strip("=*") for r in load().rules for t in r.terms})
    return (terms + [f"{a} {b}" for a in terms for b in terms])[:2000]


def pdf(finder: Finder, file: Path) -> None:
    import ctypes

    import pypdfium2 as pdfium
    import pypdfium2.raw as raw

    pages = len(pdfium.PdfDocument(str(file)))

    def bare() -> None:
        document = pdfium.PdfDocument(str(file))
        values = [ctypes.c_double() for _ in range(4)]
        for page in document:
            textpage = page.get_textpage()
            textpage.get_text_range()
            for index in range(textpage.count_chars()):
                raw.FPDFText_GetCharBox(textpage, index, *values)

    limit = best(bare)
    ours = best(lambda: analyse(Blob(str(file), file=file), Analysis(finder), ReadOptions("never")))
    report(f"PDF with text ({pages} pages), s", ours, limit, "s", "<= 1.5 x bare extraction with boxes")


def ocr(finder: Finder, file: Path) -> None:
    import pypdfium2 as pdfium

    from clauselight.formats._ocr import DPI, engine

    document = pdfium.PdfDocument(str(file))
    count = min(len(document), 8)
    images = [document[i].render(scale=DPI / 72, rev_byteorder=True).to_numpy()[:, :, :3].copy() for i in range(count)]
    recogniser = engine(os.cpu_count() or 1)
    recogniser(images[0])
    bare = best(lambda: [recogniser(i, return_word_box=True, return_single_char_box=True) for i in images], 2)
    part = Path(tempfile.mkstemp(suffix=".pdf")[1])
    short = pdfium.PdfDocument.new()
    short.import_pages(document, list(range(count)))
    short.save(str(part))
    ours = best(lambda: analyse(Blob(str(part), file=part), Analysis(finder), ReadOptions("always")), 2)
    part.unlink()
    report(f"OCR ({count} pages), s a page", ours / count, bare / count, "s", "<= 1.15 x the bare engine")


def start() -> None:
    command = [sys.executable, "-m", "clauselight", "--help"]
    bare = best(lambda: subprocess.run([sys.executable, "-c", "pass"], check=True), 5)
    report(
        "clauselight --help, s",
        best(lambda: subprocess.run(command, capture_output=True, check=True), 5),
        bare,
        "s",
        "< 0.2 s",
    )


def memory(megabytes: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        big = Path(name) / "line.txt"
        with big.open("wb") as stream:
            for _ in range(megabytes):
                stream.write(b"no clause stands in this line of text, " * 25_641 + b" ")
        seconds, peak = _peak([str(big)])
        report(f"one line of {megabytes} MB: peak of any process, MB", peak, 250, "MB", "< 250")
        print(f"    {big.stat().st_size / 1e6 / seconds:.0f} MB/s")
        big.unlink()
        many = Path(name) / "many"
        for a in range(100):
            (many / f"{a:03}").mkdir(parents=True)
            for b in range(1000):
                (many / f"{a:03}" / f"{b:04}.txt").write_bytes(b"the camera counts cars\n" * 4)
        seconds, peak = _peak([str(many)])
        report("100,000 small files: peak of any process, MB", peak, 250, "MB", "< 250")
        print(f"    {100_000 / seconds:.0f} files/s")


def _peak(paths: list[str]) -> tuple[float, float]:
    """Seconds, and the highest RSS of the parent or of one worker."""
    # VmHWM starts anew with the program; ru_maxrss would start with what this process has used already
    code = (
        "import sys, re, resource; from clauselight.cli import main;"
        "main(['check', '--ocr', 'never', '--format', 'jsonl', *sys.argv[1:]]);"
        "own = int(re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read())[1]);"
        "print(max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) / 1000)"
    )
    began = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", code, *paths], capture_output=True, text=True, check=True)
    return time.perf_counter() - began, float(done.stdout.strip().splitlines()[-1])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="start,text,pdf,ocr,memory")
    parser.add_argument("--pdf", type=Path)
    parser.add_argument("--scan", type=Path)
    parser.add_argument("--json", metavar="FILE")
    parser.add_argument("--megabytes", type=int, default=100)
    args = parser.parse_args()
    finder = Finder(load())
    finder.warm()
    assert isinstance(finder.gate.scanner, Scanner)
    only = args.only.split(",")
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
        f"{resource.getpagesize()} byte pages"
    )
    print(f"{'stage':44} {'ours':>10} {'limit':>10}")
    if "start" in only:
        start()
    if "text" in only:
        text(finder, args.megabytes)
    if "pdf" in only and args.pdf:
        pdf(finder, args.pdf)
    if "ocr" in only and args.scan:
        ocr(finder, args.scan)
    if "memory" in only:
        memory(2048)
    if args.json:
        Path(args.json).write_text(json.dumps(ROWS, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""The benchmark of the case: many documents, an idle run, search, growth; a dossier of 1,000 findings and its check.

Run: python benchmarks/case.py [--documents 50000]
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from clauselight.case.intake import add
from clauselight.case.store import Case
from clauselight.case.update import run
from clauselight.rules.find import Finder
from clauselight.rules.load import load

WORDS = [
    "平台",
    "系统",
    "摄像机",
    "存储",
    "网络",
    "接口",
    "数据",
    "项目",
    "要求",
    "支持",
    "提供",
    "服务",
    "安装",
    "调试",
    "验收",
    "质保",
    "培训",
    "视频",
    "图像",
    "设备",
    "管理",
    "用户",
    "权限",
    "日志",
    "备份",
    "安全",
    "防火墙",
    "交换机",
    "机房",
    "电源",
]


def document(chance: random.Random, number: int, finds: bool) -> str:
    """An invented tender of about 2,000 characters, with a clause in it where `finds`."""
    lines = [f"虚构市第{number}号招标公告", "采购人：虚构市示例局"]
    lines += ["".join(chance.choices(WORDS, k=12)) + "。" for _ in range(80)]
    if finds:
        lines.insert(40, "5.2 前端摄像机应能识别人员的民族，并支持按肤色检索。")
    return "\n".join(lines)


def pages(chance: random.Random, base: Path, number: int) -> bytes:
    """An invented tender as a PDF of five pages, with a clause on each."""
    import typst

    from clauselight.dossier.fonts import chinese_font

    text = "\n#pagebreak()\n".join(
        "\n\n".join(document(chance, number * 5 + p, True).split("\n")[20:60]) for p in range(5)
    )
    file = base / "page.typ"
    file.write_text(f'#set text(font: "{chinese_font()[0]}", size: 10pt)\n{text}', encoding="utf-8")
    return bytes(typst.compile(str(file)))


def timed(what: str, function: object) -> float:
    """Run, print, return seconds."""
    start = time.perf_counter()
    function()  # type: ignore[operator]
    seconds = time.perf_counter() - start
    print(f"{what}: {seconds:.2f} s")
    return seconds


def many(base: Path, count: int) -> None:
    """Taking in, reading, a run with nothing to do, search, growth."""
    chance = random.Random(3)
    (base / "in").mkdir()
    for i in range(count):
        folder = base / "in" / str(i // 1000)
        folder.mkdir(exist_ok=True)
        (folder / f"{i}.txt").write_text(document(chance, i, i % 50 == 0), encoding="utf-8")
    finder = Finder(load([]))
    with Case.init(base / "case") as case:
        sizes = []
        tenth = max(1, count // 1000 // 4)
        for part in range(4):
            folders = [
                str(base / "in" / str(n))
                for n in range(part * tenth, (part + 1) * tenth if part < 3 else (count + 999) // 1000)
            ]
            timed(f"part {part + 1}: add", lambda folders=folders: add(case, folders))
            timed(f"part {part + 1}: run", lambda: run(case, finder, jobs=os.cpu_count() or 1, ocr="never"))
            case.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            sizes.append(
                (
                    (base / "case" / "case.sqlite").stat().st_size,
                    case.db.execute("SELECT count(*) FROM source").fetchone()[0],
                )
            )
        print("growth: " + ", ".join(f"{size / n / 1000:.1f} kB a document at {n:,}" for size, n in sizes))
        times = []
        for query in ("民族", "肤色检索", "防火墙", "第777号", "机房 电源", '"示例局"') * 5:
            start = time.perf_counter()
            case.search(query)
            times.append((time.perf_counter() - start) * 1000)
        print(f"search: median {statistics.median(times):.1f} ms, slowest {max(times):.1f} ms")
    command = [sys.executable, "-m", "clauselight", "case", "run", str(base / "case"), "--ocr", "never", "--quiet"]
    timed(
        f"case run over {count:,} documents with nothing to do, as a command",
        lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL),
    )


def thousand(base: Path) -> None:
    """A dossier of 1,000 findings, half of them on pages with a picture each: time, memory, check."""
    chance = random.Random(4)
    (base / "some").mkdir()
    for i in range(250):
        (base / "some" / f"{i}.txt").write_text(document(chance, i, True), encoding="utf-8")
    for i in range(50):  # and as many on pages, so that there are 500 pictures
        (base / "some" / f"{i}.pdf").write_bytes(pages(chance, base, i))
    finder = Finder(load([]))
    with Case.init(base / "small") as case:
        add(case, [str(base / "some")])
        run(case, finder, jobs=os.cpu_count() or 1, ocr="never")
        print("findings:", case.db.execute("SELECT count(*) FROM finding WHERE level = 'finding'").fetchone()[0])
    for forms in ("html", "pdf", "html,pdf"):
        out = base / f"out-{forms}"
        timed(
            f"dossier, {forms}",
            lambda out=out, forms=forms: subprocess.run(
                [
                    sys.executable,
                    "-m",
                    "clauselight",
                    "dossier",
                    str(base / "small"),
                    "-o",
                    str(out),
                    "--format",
                    forms,
                    "--bag",
                    "--quiet",
                ],
                check=True,
                stdout=subprocess.DEVNULL,
            ),
        )
    print(f"peak memory of the largest: {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000:.0f} MB")
    package = base / "out-html,pdf"
    timed(
        "verify",
        lambda: subprocess.run(
            [sys.executable, "-m", "clauselight", "verify", str(package), "--quiet"],
            check=True,
            stdout=subprocess.DEVNULL,
        ),
    )
    timed(
        "verify.py alone",
        lambda: subprocess.run([sys.executable, str(package / "verify.py")], check=True, stdout=subprocess.DEVNULL),
    )


def main() -> None:
    """Print the figures."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--documents", type=int, default=50_000)
    options.add_argument("--only", choices=("many", "thousand"))
    args = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        if args.only != "many":
            thousand(Path(name))
        if args.only != "thousand":
            many(Path(name), args.documents)


if __name__ == "__main__":
    main()

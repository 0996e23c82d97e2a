"""What every verb asks of the network and writes, over every format: all of it is to be nothing.

usage: python benchmarks/network.py [--only VERB] [--json FILE] [--list]

Each verb runs in a network namespace without route, under strace, with a home, a cache and a temporary folder of its
own, over the samples, the data of the tests and a made file of every reader. The verbs come from the command line of
the program itself, the readers from its registry: a new verb without a line here, or a new reader without a file, ends
the benchmark. For each verb it prints: addresses asked for, names looked up, files written outside of the working,
cache and temporary folders, files left in the temporary folder, processes left behind. Below each number that is not 0
stands what it counts. Sockets that were refused are shown as well: a library that asks whether there is IPv6 makes one,
and asks for no address.

Python's own compiled files are not made here: an installed program has them. Nothing is asked for with
`dossier --timestamp URL`, the one option that names an address. Needs strace, unshare, and for .doc files LibreOffice
and antiword; what is missing is said.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import os
import shutil
import struct
import sys
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path[:0] = [str(HERE), str(ROOT / "src"), str(ROOT / "tests")]

import traced  # noqa: E402

import builders  # noqa: E402
from clauselight.cli import parser  # noqa: E402
from clauselight.dossier import forms  # noqa: E402
from clauselight.formats.registry import format_of, formats  # noqa: E402
from clauselight.model import Blob  # noqa: E402
from compound_files import compound  # noqa: E402

#: how each verb and action is called: once over everything, `{in}`, and for every form that its own --format offers,
#: `{format}`, over a `{few}`. A program behind `!` is hidden. The order is that of a case, from its first day to its
#: package
LINES: Mapping[str, tuple[str, ...]] = {
    "check": (
        "{in} --images {out}/crops",
        "{few} --format {format} --images {out}/crops -o {out}/check.{format}",
        "{in}/old.doc !antiword",
    ),
    "who": ("{in} -o {out}/who", "{few} --format {format} -o {out}/who.{format}"),
    "chain": ("{in} -o {out}/chain", "{few} --format {format} -o {out}/chain.{format}"),
    "timeline": ("{in} -o {out}/timeline", "{few} --format {format} -o {out}/timeline.{format}"),
    "lists import": ("{work}/own.csv",),
    "lists show": ("",),
    "lists remove": ("own",),
    "packs lint": ("",),
    "packs test": ("",),
    "packs list": ("",),
    "packs show": ("zh.ethnicity.flag",),
    "case init": ("{case}", "{case2}"),
    "case add": ("{case} {in}", "{case2} {in}/old.doc"),
    "case run": ("{case}", "{case2} !antiword"),
    "case status": ("{case}",),
    "case findings": ("{case} --format {format} -o {out}/findings.{format}",),
    "case judge": ("{case} {finding} accept --reason read --by tester",),
    "case journal": ("{case}",),
    "case search": ("{case} ethnicity",),
    "case who": ("{case} --format {format} -o {out}/case-who.{format}",),
    "case chain": ("{case} --format {format} -o {out}/case-chain.{format}",),
    "case timeline": ("{case} --format {format} -o {out}/case-timeline.{format}",),
    "dossier": (
        "{case} -o {out}/dossier --format {forms}",
        "{case} -o {package} --bag --format {forms}",
        "{case2} -o {package2} --bag !antiword",
    ),
    "verify": ("{package}", "{package} --no-reread", "{package2} !antiword"),
}
#: the verifier that travels in a package, and the one that this program has; both are run by plain Python
VERIFIERS = {
    "verify.py": "{package}/verify.py",
    "verifier.py": str(ROOT / "src" / "clauselight" / "package" / "verifier.py"),
}
_COUNTED = ("addresses", "names", "outside", "left_files", "left_processes")
_HEADS = ("addresses", "names", "outside", "temp left", "processes", "refused", "seconds")
#: statuses that say that a verb did its work
_DONE = (0, 1, 3)
T = "5.2 The face capture camera shall output the attribute ethnicity (Han, Uyghur, other) for every person detected."
ZH = "摄像机应输出民族属性（汉族、维吾尔族）。"


class Missing(Exception):
    """A verb without a line, or a reader without a file."""


@dataclass(frozen=True, slots=True)
class Step:
    """One call: the verb that it counts for, its arguments, and a program that is hidden from it."""

    verb: str
    words: tuple[str, ...]
    hidden: str = ""


@dataclass(frozen=True, slots=True)
class Places:
    """The folders of one run of this benchmark."""

    base: Path

    @property
    def work(self) -> Path:
        return self.base / "work"

    @property
    def home(self) -> Path:
        return self.base / "home"

    @property
    def temporary(self) -> Path:
        return self.base / "tmp"

    @property
    def own(self) -> tuple[Path, ...]:
        """Where it may write: the working folder, its cache, the lists that the user keeps."""
        return self.work, self.home / ".cache" / "clauselight", self.home / ".local" / "share" / "clauselight"

    def make(self) -> None:
        """Make the folders that every user has, and those that are read and written here."""
        home = self.home
        for folder in (self.work / "in", self.work / "out", home / ".cache", home / ".local" / "share", self.temporary):
            folder.mkdir(parents=True)

    def environment(self, hidden: str = "") -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
        if hidden:
            kept["PATH"] = str(_without(hidden, self.base))
        return {
            **kept,
            "HOME": str(self.home),
            "TMPDIR": str(self.temporary),
            "PYTHONPATH": str(ROOT / "src"),
            "PYTHONDONTWRITEBYTECODE": "1",
        }


def verbs(top: argparse.ArgumentParser, words: tuple[str, ...] = ()) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Every verb of a command line with its actions, and the parser of each."""
    for action in top._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, below in action.choices.items():
                yield from verbs(below, (*words, name))
            return
    places = [a for a in top._actions if not a.option_strings]
    choices = places[0].choices if places and places[0].choices else None
    for name in choices or ("",):
        yield " ".join([*words, name]).strip(), top


def steps(top: argparse.ArgumentParser, only: str = "") -> list[Step]:
    """The calls of all verbs, in the order of a case. Raises `Missing` for a verb that has no line."""
    known = dict(verbs(top))
    missing = sorted(set(known) - set(LINES))
    if missing:
        raise Missing(f"no line in LINES for: {', '.join(missing)}")
    return [
        step
        for verb, lines in LINES.items()
        if verb in known and verb.startswith(only)
        for line in lines
        for step in _steps(verb, line, known[verb])
    ]


def _steps(verb: str, line: str, known: argparse.ArgumentParser) -> Iterator[Step]:
    words, _, hidden = line.partition("!")
    choices: list[str] = []
    for action in known._actions:
        if "--format" in action.option_strings and action.choices:
            choices = list(action.choices)
    for form in choices if "{format}" in words else [""]:
        yield Step(verb, tuple(words.replace("{format}", form).split()), hidden)


def made_files() -> dict[str, bytes]:
    """A file of every reader and of every sort of archive, by name."""
    slide = f"<s><p><t>{T}</t></p></s>"
    text = f'<o:d xmlns:o="o" xmlns:t="t"><o:body><o:text><t:p>{T}</t:p></o:text></o:body></o:d>'
    page = (
        '<P xmlns="o"><Content><Layer><TextObject Boundary="5 10 90 5" Size="5"><TextCode X="0" Y="4">'
        f"{ZH}</TextCode></TextObject></Layer></Content></P>"
    )
    inside = {"spec.txt": T.encode(), "spec.pdf": builders.pdf([[T]])}
    web = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><body>{T}</body></html>"
    return {
        "made.py": f'# {T}\nclass A:\n    ethnicity = "Uyghur"\n'.encode(),
        "made.csv": f'no,requirement\n1,"{T}"\n'.encode(),
        "old.doc": (ROOT / "tests" / "data" / "linked_picture.doc").read_bytes(),
        "made.docx": builders.docx([T, ZH]),
        "made.eml": builders.eml([T], ("spec.pdf", builders.pdf([[T]]))),
        "made.epub": builders.epub([T]),
        "made.html": f'<html><body><p>{T}</p><img src="http://192.0.2.1/a.png"></body></html>'.encode(),
        "made.png": _picture(),
        "made.json": json.dumps({"clause": ZH, "field": {"ethnicity": "Uyghur"}}).encode(),
        "made.md": f"# 5 Made\n\n{T}\n\n![a](http://192.0.2.1/a.png)\n".encode(),
        "made.mhtml": (
            "From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=B\r\n\r\n--B\r\n"
            f"Content-Type: text/html; charset=utf-8\r\n\r\n<html><body>{T}</body></html>\r\n--B--\r\n"
        ).encode(),
        "made.odt": builders._zip({"content.xml": text}),
        "made.ofd": builders._zip({"OFD.xml": "<O/>", "Doc_0/Document.xml": "<D/>", "Doc_0/Pages/P/Content.xml": page}),
        "made.pdf": builders.pdf([[T]]),
        "made.txt": f"{T}\n{ZH}\n".encode("gb18030"),
        "made.pptx": builders._zip({"ppt/presentation.xml": "<p/>", "ppt/slides/slide1.xml": slide}),
        "made.rtf": builders.rtf([T, ZH]),
        "made.xlsx": builders.xlsx([["no", "requirement"], ["1", T]]),
        "made.xml": (
            '<?xml version="1.0"?>\n<!DOCTYPE r SYSTEM "http://192.0.2.1/r.dtd" [<!ENTITY e SYSTEM '
            f'"http://192.0.2.1/e">]>\n<r>&e;{T}</r>'
        ).encode(),
        "made.yaml": f"clause: {ZH}\n".encode(),
        "made.fodt": (
            '<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
            'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:mimetype="application/vnd.oasis.'
            f'opendocument.text"><office:body><office:text><text:p>{T}</text:p></office:text></office:body>'
            "</office:document>"
        ).encode(),
        "made.fb2": f'<?xml version="1.0"?><FictionBook xmlns="f"><body><p>{T}</p></body></FictionBook>'.encode(),
        "made.ipynb": json.dumps({"cells": [{"cell_type": "markdown", "source": [T]}], "nbformat": 4}).encode(),
        "made.svg": f'<svg xmlns="http://www.w3.org/2000/svg"><text>{T}</text></svg>'.encode(),
        "made.vcf": f"BEGIN:VCARD\r\nNOTE:{T}\r\nEND:VCARD\r\n".encode(),
        "made.xps": builders._zip(
            {
                "[Content_Types].xml": '<T><O ContentType="application/vnd.ms-package.xps-fixedpage+xml"/></T>',
                "Documents/1/Pages/1.fpage": f'<F><Glyphs OriginX="0" OriginY="9" UnicodeString="{T}"/></F>',
            }
        ),
        "made.msg": compound(
            {"__properties_version1.0": b"\0", "__substg1.0_1000001F": T.encode("utf-16-le")},
        ),
        "made.ppt": compound({"PowerPoint Document": _atom(0x0FA0, T.encode("utf-16-le")), "Current User": b""}),
        "made.zip": builders._zip(dict(inside)),
        "made.tar": _tar(inside),
        "made.gz": gzip.compress(T.encode()),
        "made.warc": _record("http://made.example/", web.encode()),
    }


def _atom(kind: int, body: bytes) -> bytes:
    """A record of legacy PowerPoint."""
    return struct.pack("<HHI", 0, kind, len(body)) + body


def _picture() -> bytes:
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (900, 200), "white")
    ImageDraw.Draw(picture).text((40, 60), "The camera shall output the ethnicity", fill="black", font_size=40)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def _tar(members: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def _record(address: str, body: bytes) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2031-05-01T00:00:00Z\r\n"
        "WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000000>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body + b"\r\n\r\n"


def unread_formats(files: Mapping[str, bytes]) -> list[str]:
    """The readers of the registry that none of the files goes to."""
    taken = {form.name for name, data in files.items() if (form := format_of(Blob(name, data=data)))}
    return sorted({form.name for form in formats()} - taken)


def prepare(base: Path) -> Places:
    """Make the folders and what is read. Raises `Missing` where a reader has no file."""
    places, files = Places(base), made_files()
    missing = unread_formats(files)
    if missing:
        raise Missing(f"no file in made_files for the readers: {', '.join(missing)}")
    inputs = places.work / "in"
    places.make()
    for name, data in files.items():
        (inputs / name).write_bytes(data)
    shutil.copytree(ROOT / "samples", inputs / "samples")
    shutil.copytree(ROOT / "tests" / "data", inputs / "data", ignore=shutil.ignore_patterns("first-version"))
    (places.work / "own.csv").write_text("name,list,since\nInvented Eyes Ltd,made list,2031-05-01\n", encoding="utf-8")
    return places


def _without(program: str, base: Path) -> Path:
    """A folder with every program of the path but one."""
    folder = base / f"without-{program}"
    if not folder.is_dir():
        folder.mkdir()
        for place in os.environ["PATH"].split(os.pathsep):
            for file in Path(place).iterdir() if Path(place).is_dir() else ():
                if file.name != program and not (folder / file.name).is_symlink():
                    (folder / file.name).symlink_to(file)
    return folder


def _filled(words: tuple[str, ...], places: Places) -> list[str]:
    work = places.work
    values = {
        "{in}": str(work / "in"),
        "{few}": str(work / "in" / "samples" / "case"),
        "{out}": str(work / "out"),
        "{work}": str(work),
        "{case}": str(work / "case"),
        "{case2}": str(work / "case2"),
        "{package}": str(work / "package"),
        "{package2}": str(work / "package2"),
        "{forms}": ",".join(forms.names()),
        "{finding}": _finding(work / "out" / "findings.jsonl"),
    }
    filled = list(words)
    for name, value in values.items():
        filled = [word.replace(name, value) for word in filled]
    return filled


def _finding(file: Path) -> str:
    """The id of the first finding of the case, once it has any."""
    if file.exists():
        for line in file.read_text(encoding="utf-8").splitlines():
            if json.loads(line).get("type") == "finding":
                return str(json.loads(line)["id"])
    return ""


def watched(command: list[str], places: Places, hidden: str = "") -> traced.Seen:
    """One command, seen from outside."""
    return traced.run(
        command,
        cwd=places.work,
        environment=places.environment(hidden),
        allowed=places.own,
        temporary=places.temporary,
    )


def measured(places: Places, only: str = "") -> Iterator[tuple[str, traced.Seen]]:
    """What each verb does, then both verifiers."""
    for step in steps(parser(), only):
        command = [sys.executable, "-m", "clauselight", *step.verb.split(), *_filled(step.words, places)]
        yield step.verb, watched(command, places, step.hidden)
    for name, file in VERIFIERS.items():
        if name.startswith(only) and (places.work / "package").is_dir():
            script = _filled((file,), places)
            yield name, watched([sys.executable, *script, str(places.work / "package")], places)


def summed(rows: list[tuple[str, traced.Seen]]) -> dict[str, dict[str, object]]:
    """By verb: what was counted over all its calls, and the statuses."""
    table: dict[str, dict[str, object]] = {}
    for verb, seen in rows:
        row = table.setdefault(verb, {"calls": 0, "seconds": 0.0, "statuses": [], "refused": 0, "failed": []})
        row["calls"] += 1  # type: ignore[operator]
        row["seconds"] += seen.seconds  # type: ignore[operator]
        row["refused"] += len(seen.refused)  # type: ignore[operator]
        row["statuses"].append(seen.status)  # type: ignore[attr-defined]
        if seen.status not in _DONE:
            row["failed"].append(seen.errors)  # type: ignore[attr-defined]
        for name in _COUNTED:
            row.setdefault(name, []).extend(asdict(seen)[name])  # type: ignore[attr-defined]
    return table


def bad(table: dict[str, dict[str, object]]) -> bool:
    """Whether anything was counted that must be nothing, or a verb did not do its work."""
    return any(row[name] for row in table.values() for name in (*_COUNTED, "failed"))


def show(table: dict[str, dict[str, object]]) -> None:
    """The table, and below it what each number counts."""
    print(f"{'verb':16}{'calls':>7}" + "".join(f"{head:>11}" for head in _HEADS))
    for verb, row in table.items():
        counts = [len(row[name]) for name in _COUNTED]  # type: ignore[arg-type]
        numbers = "".join(f"{n:11,}" for n in (*counts, row["refused"]))
        print(f"{verb:16}{row['calls']:7}{numbers}{row['seconds']:11.1f}")
    for verb, row in table.items():
        for name in (*_COUNTED, "failed"):
            for thing in list(dict.fromkeys(row[name]))[:20]:  # type: ignore[call-overload]
                print(f"{verb}: {name}: {thing}")


def main() -> int:
    """Print what was seen; 1 where something is not 0."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--only", default="", metavar="VERB", help="verbs that begin so")
    options.add_argument("--json", metavar="FILE")
    options.add_argument("--list", action="store_true", help="print the calls and run none")
    args = options.parse_args()
    if args.list:
        for step in steps(parser(), args.only):
            print(step.verb, *step.words, f"(without {step.hidden})" if step.hidden else "")
        return 0
    if reason := traced.why_not():
        print(f"cannot be measured here: {reason}", file=sys.stderr)
        return 2
    for program in ("soffice", "antiword"):
        if not shutil.which(program):
            print(f"not measured: {program} is not installed")
    rows: list[tuple[str, traced.Seen]] = []
    with tempfile.TemporaryDirectory() as name:
        for verb, seen in measured(prepare(Path(name)), args.only):
            rows.append((verb, seen))
            print(f"  {verb} {seen.status} {seen.seconds:.1f} s", file=sys.stderr, flush=True)
    table = summed(rows)
    show(table)
    if args.json:
        Path(args.json).write_text(json.dumps(table, ensure_ascii=False, indent=1), encoding="utf-8")
    return int(bad(table))


if __name__ == "__main__":
    try:
        raise SystemExit(main())
    except Missing as error:
        raise SystemExit(f"benchmarks/network.py: {error}") from error

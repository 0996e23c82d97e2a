"""Every output there is: described, reachable by every command of its kind, and written so that others can read it."""

from __future__ import annotations

import argparse
import csv
import json
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from clauselight import plugins
from clauselight.case.intake import Obtained, add
from clauselight.case.store import Case
from clauselight.case.update import run
from clauselight.cli import main, parser
from clauselight.exports import registry
from clauselight.exports.registry import KINDS, Kind, Output, names, outputs
from clauselight.rules.find import Finder

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "samples" / "case"
COMMANDS: dict[Kind, tuple[str, str]] = {
    "findings": ("check", "case findings"),
    "statements": ("who", "case who"),
    "chains": ("chain", "case chain"),
    "timeline": ("timeline", "case timeline"),
}
ALL = [(kind, name) for kind in KINDS for name in outputs(kind)]


def output(kind: Kind, name: str) -> Output[Any]:
    return outputs(kind)[name]


# --- readers: each gives how many results it has read, and fails for what it cannot read ---


def _lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def _jsonl(file: Path) -> int:
    rows = _lines(file)
    assert rows[-1]["type"] == "summary" and all(row["type"] for row in rows)
    return sum(row["type"] in ("finding", "statement", "chain", "event") for row in rows)


def _table(file: Path) -> int:
    text = file.read_text(encoding="utf-8")
    assert "\nCoverage\n  files   " in text and "\x1b" not in text
    return text.count("\n")


def _rows(rows: list[dict[str, Any]]) -> int:
    ids = [row["id"] for row in rows]
    assert len(set(ids)) == len(ids) and all(len(name) == 16 for name in ids)
    return len(rows)


def _csv(file: Path) -> int:
    with file.open(encoding="utf-8", newline="") as stream:
        return _rows(list(csv.DictReader(stream, strict=True)))


def _xlsx(file: Path) -> int:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(file)
    assert book.sheetnames == ["findings", "coverage"] and book["coverage"].max_row > 1
    heading, *rows = book["findings"].values
    return _rows([dict(zip(heading, row, strict=True)) for row in rows])


def _parquet(file: Path) -> int:
    parquet = pytest.importorskip("pyarrow.parquet")
    return _rows(parquet.read_table(file).to_pylist())


def _sarif(file: Path) -> int:
    import jsonschema

    log = json.loads(file.read_text(encoding="utf-8"))
    jsonschema.validate(log, json.loads((ROOT / "tests/data/sarif-2.1.0.json").read_text(encoding="utf-8")))
    return len(log["runs"][0]["results"])


def _annotations(file: Path) -> int:
    page = json.loads(file.read_text(encoding="utf-8"))
    assert page["@context"][0] == "http://www.w3.org/ns/anno.jsonld" and page["type"] == "AnnotationPage"
    assert all(len(note["target"]) == 2 for note in page["items"])
    return len(page["items"])


def _ftm(file: Path) -> int:
    rows = _lines(file)
    assert all(set(row) == {"id", "schema", "properties"} for row in rows)
    return len(rows)


def _dot(file: Path) -> int:
    lines = file.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "digraph clauselight {" and lines[-1] == "}"
    assert all(line.endswith(";") for line in lines[1:-1])
    return sum(" -> " in line for line in lines)


def _svg(file: Path) -> int:
    root = ET.parse(file).getroot()
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    return len(list(root.iter("{http://www.w3.org/2000/svg}title"))) - 1


class _Page(HTMLParser):
    """Open tags, which must close in their order, and rows of tables."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.rows = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.rows += tag == "tr"
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element of SVG without content."""

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def _html(file: Path) -> int:
    page = _Page()
    page.feed(file.read_text(encoding="utf-8"))
    assert not page.open
    return page.rows


READERS: dict[str, Callable[[Path], int]] = {
    "table": _table, "jsonl": _jsonl, "csv": _csv, "xlsx": _xlsx, "parquet": _parquet, "sarif": _sarif,
    "annotations": _annotations, "ftm": _ftm, "dot": _dot, "svg": _svg, "html": _html,
}  # fmt: skip


# --- what each output must hold to ---


@pytest.mark.parametrize(("kind", "name"), ALL)
def test_it_is_described(kind: Kind, name: str) -> None:
    made = output(kind, name)
    module = sys.modules[f"clauselight.exports.{kind}.{name}"]
    assert made.name == name and made.takes == kind
    assert module.__doc__ and made.write.__doc__
    assert len(made.help) > 10 and "\n" not in made.help
    assert made.suffix.startswith(".") and len(made.suffix) > 2


def _command(words: str) -> argparse.ArgumentParser:
    found = parser()
    for word in words.split():
        (below,) = (a for a in found._actions if isinstance(a, argparse._SubParsersAction))
        found = below.choices[word]
    return found


@pytest.mark.parametrize(("kind", "command"), [(kind, command) for kind in KINDS for command in COMMANDS[kind]])
def test_every_command_of_its_kind_takes_it_and_names_it(kind: Kind, command: str) -> None:
    found = _command(command)
    (option,) = (a for a in found._actions if "--format" in a.option_strings)
    assert option.choices == names(kind) and option.default == names(kind)[0] == "table"
    assert set(names(kind)) == set(outputs(kind))
    assert f"--format {{{','.join(names(kind))}}}" in " ".join(found.format_help().split())


@pytest.mark.parametrize(("kind", "name"), ALL)
def test_the_reference_names_it(kind: Kind, name: str) -> None:
    verbs = ", ".join(f"`{command}`" for command in COMMANDS[kind])
    page = (ROOT / "docs/reference/output.md").read_text(encoding="utf-8")
    assert f"| {verbs} | `{name}` | " in page


def test_no_command_takes_a_format_that_is_no_output() -> None:
    taken = set()
    for kind in KINDS:
        taken |= set(COMMANDS[kind])
    everything = [(verb, p) for verb, p in _all_commands(parser(), ()) if _choices(p) is not None]
    assert {" ".join(verb) for verb, _ in everything} == taken


def _all_commands(
    top: argparse.ArgumentParser, above: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], argparse.ArgumentParser]]:
    for action in top._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, below in action.choices.items():
                yield (*above, name), below
                yield from _all_commands(below, (*above, name))


def _choices(p: argparse.ArgumentParser) -> object:
    return next((a.choices for a in p._actions if "--format" in a.option_strings), None)


# --- what each output writes ---


@pytest.fixture(scope="module")
def case_folder(tmp_path_factory: pytest.TempPathFactory, finder: Finder) -> Path:
    folder = tmp_path_factory.mktemp("outputs") / "case"
    with Case.init(folder, "Invented case") as case:
        add(case, [str(SAMPLES)], Obtained("tester"))
        run(case, finder, ocr="never")
        first = case.findings(1)[0][0]
        case.judge(first, "accept", "=1+1 looks like a formula", "A. Reviewer")
    return folder


@pytest.mark.parametrize(("kind", "name"), ALL)
def test_a_run_writes_something_that_reads(kind: Kind, name: str, tmp_path: Path) -> None:
    file = tmp_path / f"out{output(kind, name).suffix}"
    command = COMMANDS[kind][0]
    status = main([command, str(SAMPLES), "--ocr", "never", "--quiet", "--format", name, "-o", str(file)])
    assert status == (1 if command == "check" else 0)
    assert READERS[name](file) > 2
    assert [f.name for f in tmp_path.iterdir()] == [file.name]


@pytest.mark.parametrize(("kind", "name"), ALL)
def test_a_case_writes_something_that_reads(kind: Kind, name: str, case_folder: Path, tmp_path: Path) -> None:
    file = tmp_path / f"out{output(kind, name).suffix}"
    verb, action = COMMANDS[kind][1].split()
    assert main([verb, action, str(case_folder), "--format", name, "-o", str(file)]) == 0
    assert READERS[name](file) > 2
    assert [f.name for f in tmp_path.iterdir()] == [file.name]


@pytest.mark.parametrize(("kind", "name"), [(k, n) for k, n in ALL if not output(k, n).binary])
def test_standard_output_is_the_file(
    kind: Kind, name: str, case_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "out"
    verb, action = COMMANDS[kind][1].split()
    assert main([verb, action, str(case_folder), "--format", name, "-o", str(file)]) == 0
    assert main([verb, action, str(case_folder), "--format", name]) == 0
    assert capsys.readouterr().out == file.read_bytes().decode()


@pytest.mark.parametrize("name", [n for k, n in ALL if output(k, n).binary])
@pytest.mark.parametrize("command", COMMANDS["findings"])
def test_bytes_need_a_file(command: str, name: str, case_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = str(SAMPLES) if command == "check" else str(case_folder)
    assert main([*command.split(), source, "--format", name]) == 2
    said = capsys.readouterr()
    assert said.err == f"clauselight: --format {name} needs a file: -o findings.{name}\n" and not said.out


@pytest.mark.parametrize(
    ("name", "package", "extra"), [("xlsx", "openpyxl", "case"), ("parquet", "pyarrow.parquet", "parquet")]
)
def test_a_missing_extra_is_named_before_anything_is_read(
    name: str,
    package: str,
    extra: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    assert main(["check", str(SAMPLES), "--format", name, "-o", str(tmp_path / "out")]) == 2
    assert capsys.readouterr().err == (
        f"clauselight: --format {name} needs the `{extra}` extra: pip install 'clauselight[{extra}]'\n"
    )
    assert not list(tmp_path.iterdir())


# --- outputs of others ---


def test_an_output_of_another_package_can_be_asked_for(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pages = replace(output("findings", "jsonl"), name="pages", help="an invented output")

    class Entry:
        name = "pages"

        @staticmethod
        def load() -> Output[Any]:
            return pages

    def entries(group: str) -> list[type[Entry]]:
        return [Entry] if group == "clauselight.exports.findings" else []

    monkeypatch.setattr(plugins, "entry_points", entries)
    registry._loaded.cache_clear()
    try:
        assert "pages" in names("findings") and "pages" not in names("statements")
        assert main(["check", str(SAMPLES), "--quiet", "--format", "pages", "-o", str(tmp_path / "out")]) == 1
        assert _jsonl(tmp_path / "out") > 2
    finally:
        registry._loaded.cache_clear()

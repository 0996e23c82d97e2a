"""The gate never reports too little: with and without Hyperscan it lets through whatever a rule matches."""

from __future__ import annotations

import hashlib
import hmac
import os
import sys
from pathlib import Path

import pytest

from clauselight.formats.session import ReadOptions
from clauselight.model import Blob
from clauselight.pipeline.analyse import analyse
from clauselight.pipeline.examples import text_document
from clauselight.pipeline.options import Analysis
from clauselight.rules.find import Finder
from clauselight.rules.lint import lint
from clauselight.rules.marks import mark_meanings
from clauselight.rules.scan import Scanner
from clauselight.text.normalise import normalise


def test_packs_are_sound_and_every_case_holds(finder: Finder) -> None:
    from clauselight.pipeline.examples import run_examples

    assert [str(r) for r in lint(finder.book) if r.level == "problem"] == []
    assert [f"{r.where} {r.said}: {r.case.text}" for r in run_examples(finder.book) if not r.ok] == []


def test_every_case_passes_the_gate(finder: Finder) -> None:
    for number, rule in enumerate(finder.gate.rules):
        for case in rule.cases:
            plain = normalise(case.text).text
            if rule.kind != "value" and rule.expression.search(plain):
                assert number in finder.gate.rule_numbers(plain), (rule.id, case.text)


def test_without_hyperscan_the_findings_are_the_same(finder: Finder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "hyperscan", None)
    slow = Finder(finder.book)
    sample = Path(__file__).resolve().parents[2] / "samples" / "tender_example_city.md"
    texts = [
        "The camera shall report the ethnicity of each face.",
        "人脸识别应支持民(mín)族检索。",
        "膚色 人臉",
        "race condition",
        "Камера определяет цвет кожи лица.",
    ]
    for text in [*texts, sample.read_text(encoding="utf-8")]:
        fast = [(f.start, f.end, f.level, f.role) for f in finder.findings(text_document(text))]
        assert [(f.start, f.end, f.level, f.role) for f in slow.findings(text_document(text))] == fast


@pytest.fixture
def cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A cache folder with one kept scan in it, apart from the folder of the key."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "user"))
    monkeypatch.setenv("CLAUSELIGHT_CACHE", str(tmp_path / "chosen"))
    Scanner([(0, "race")]).warm()
    return tmp_path / "chosen"


def _compiles() -> int:
    """How often a scan is compiled when the same one is asked for again. What it finds is right either way."""
    hyperscan = pytest.importorskip("hyperscan")
    made = []

    class Database(hyperscan.Database):  # type: ignore[misc]
        def compile(self, *args: object, **kwargs: object) -> object:
            made.append(1)
            return super().compile(*args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hyperscan, "Database", Database)
        assert Scanner([(0, "race")]).numbers("the race") == {0}
    return len(made)


def test_a_scan_is_compiled_once(cache: Path, tmp_path: Path) -> None:
    assert _compiles() == 0
    modes = {p.relative_to(tmp_path).parts[0]: p.stat().st_mode & 0o777 for p in tmp_path.rglob("*") if p.is_file()}
    assert modes == {"user": 0o600, "chosen": 0o600}


def test_a_damaged_cache_is_made_again(cache: Path) -> None:
    (file,) = cache.iterdir()
    file.write_bytes(file.read_bytes()[:-7] + b"garbage")
    assert (_compiles(), _compiles()) == (1, 0)


def test_a_scan_that_finds_nothing_put_into_the_cache_is_not_trusted(cache: Path) -> None:
    hyperscan = pytest.importorskip("hyperscan")
    nothing = hyperscan.Database()
    nothing.compile(expressions=[b"zzzzzqqqqq"], ids=[0], elements=1, flags=[0])
    body = hyperscan.dumpb(nothing)
    (file,) = cache.iterdir()
    for header in (hashlib.sha256(body).digest(), hmac.new(bytes(32), body, "sha256").digest(), file.read_bytes()[:32]):
        file.write_bytes(header + body)
        assert _compiles() == 1


def test_a_whole_cache_of_another_user_is_not_trusted(cache: Path, tmp_path: Path) -> None:
    """As when a cache folder comes with a checkout or from a build server."""
    (tmp_path / "user" / "clauselight" / "scan.key").write_bytes(bytes(32))
    assert _compiles() == 1


@pytest.mark.parametrize("place", ["chosen", "file", "user/clauselight", "user/clauselight/scan.key"])
@pytest.mark.parametrize("mode", [0o020, 0o002])
def test_what_others_may_write_is_not_trusted(cache: Path, tmp_path: Path, place: str, mode: int) -> None:
    path = next(cache.iterdir()) if place == "file" else tmp_path / place
    path.chmod(path.stat().st_mode | mode)
    assert _compiles() == 1


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives files away")
@pytest.mark.parametrize("place", ["chosen", "file", "user/clauselight/scan.key"])
def test_what_another_user_owns_is_not_trusted(cache: Path, tmp_path: Path, place: str) -> None:
    path = next(cache.iterdir()) if place == "file" else tmp_path / place
    os.chown(path, 65534, -1)
    assert _compiles() == 1


def test_a_link_in_the_cache_is_not_followed(cache: Path, tmp_path: Path) -> None:
    (file,) = cache.iterdir()
    file.rename(tmp_path / "elsewhere")
    file.symlink_to(tmp_path / "elsewhere")
    assert _compiles() == 1


def test_a_cache_that_cannot_be_written_costs_time_only_and_is_said_once(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    monkeypatch.setenv("CLAUSELIGHT_CACHE", str(tmp_path / "file" / "inner"))
    assert (_compiles(), _compiles()) == (1, 1)
    said = (
        "clauselight: the rules are compiled anew at each start, which takes a while: "
        f"{tmp_path / 'file' / 'inner'}: Not a directory; name a folder of your own in $CLAUSELIGHT_CACHE"
    )
    assert caplog.messages == [said]


def test_marks_mean_what_the_tender_says() -> None:
    assert mark_meanings("带★号条款为实质性要求，▲号条款为重要参数，不满足扣分。") == {"★": "shall", "▲": "should"}
    assert mark_meanings("标▲项为必须满足，否则废标") == {"▲": "shall"}


@pytest.mark.parametrize(
    ("sentence", "strength", "token"),
    [
        ("人脸应用系统采集民族信息。", "none", None),
        ("相应的人脸民族数据。", "none", None),
        ("可见光人脸相机与民族识别。", "none", None),
        ("人脸系统宜识别民族。", "should", "宜"),
        ("人脸系统应识别民族。", "shall", "应"),
        ("人脸系统可识别民族。", "may", "可"),
        ("人脸系统的性能与民族识别。", "none", None),
        ("The face API may return race.", "may", "may"),
    ],
)
def test_modal_verbs_and_their_traps(finder: Finder, sentence: str, strength: str, token: str | None) -> None:
    found = analyse(Blob("a.txt", data=sentence.encode()), Analysis(finder), ReadOptions("never")).findings
    assert found and (found[0].strength, found[0].strength_token) == (strength, token)


def test_forbidding_is_told_from_providing(finder: Finder) -> None:
    found = analyse(
        Blob("a.txt", data="5.4 人脸识别系统不得分析人员的种族。".encode()), Analysis(finder), ReadOptions("never")
    ).findings
    assert [(f.polarity, f.level) for f in found] == [("forbids", "mention")]


def test_decisions_name_their_cues(finder: Finder) -> None:
    found = analyse(
        Blob("a.txt", data="摄像机应能识别人员的民族。".encode()), Analysis(finder), ReadOptions("never")
    ).findings[0]
    decides = {c.decides for c in found.cues}
    assert {"attribute:ethnicity", "level:finding", "strength:shall", "observe", "role:analytic_output"} <= decides

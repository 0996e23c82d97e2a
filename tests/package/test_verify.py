"""The whole check: both verifiers agree, and what is in no original does not pass."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import warnings
import zipfile
from pathlib import Path

import pytest

from cases import failed
from clauselight.case.intake import add
from clauselight.case.store import Case
from clauselight.case.update import run
from clauselight.package import verify as verifying
from clauselight.package.build import build
from clauselight.package.request import BagRequest, DossierRequest
from clauselight.package.verify import verify
from clauselight.pipeline.again import Reread, Rereader
from clauselight.rules.find import Finder


def test_both_verifiers_agree_that_all_holds(package: Path) -> None:
    report = verify(package)
    assert not failed(report)
    quotes = [i for i in report.items if i["check"] == "in the original"]
    rows = [json.loads(line) for line in (package / "data" / "findings.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {i["subject"] for i in quotes} >= {r["id"] for r in rows} and all(i["status"] == "verified" for i in quotes)
    alone = subprocess.run(
        [sys.executable, "-I", "-S", str(package / "verify.py"), "--json"], capture_output=True, text=True, check=False
    )
    told = json.loads(alone.stdout)
    assert alone.returncode == 0 and told["failed"] == 0 and told["verified"] > 50
    assert {i["status"] for i in told["items"] if i["check"] == "signature"} == {"verified"}


def test_a_changed_original_under_a_true_hash_does_not_pass(package: Path, tmp_path: Path) -> None:
    """A quote that never stood in its original: every hash is right, and only reading the original again tells."""
    copy = tmp_path / "copy"
    shutil.copytree(package, copy)
    package_json = json.loads((copy / "data" / "package.json").read_text(encoding="utf-8"))
    readings = {r["text_sha256"]: r for r in package_json["readings"]}
    findings = [json.loads(x) for x in (copy / "data" / "findings.jsonl").read_text(encoding="utf-8").splitlines()]
    digest = findings[0]["text_sha256"]
    source = next(s for s in package_json["sources"] if s["sha256"] == readings[digest]["source_sha256"])
    file = copy / "data" / source["file"]
    file.chmod(0o644)
    file.write_text(
        file.read_text(encoding="utf-8").replace("民族", "性别").replace("肤色", "性别").replace("kin", "xyz"),
        encoding="utf-8",
    )
    report = verify(copy)
    assert any(
        i["check"] == "in the original" and i["status"] == "failed" and i["subject"] == findings[0]["id"]
        for i in report.items
    )


@pytest.mark.parametrize("name", ["../../../etc/hostname", "/etc/hostname", "texts/../../verify.py"])
def test_a_package_cannot_point_outside_itself(package: Path, tmp_path: Path, name: str) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(package, copy)
    body = json.loads((copy / "data" / "package.json").read_text(encoding="utf-8"))
    body["sources"][0]["file"] = body["texts"][0]["file"] = name
    (copy / "data" / "package.json").write_text(json.dumps(body), encoding="utf-8")
    assert any("leads out of the package" in line for line in failed(verify(copy)))


def test_a_quote_that_moved_is_found_at_its_new_place(package: Path, tmp_path: Path) -> None:
    """As when another version of a reader gives another text: more in front, less at the end; the quote is there."""
    copy = tmp_path / "copy"
    shutil.copytree(package, copy)
    rows = [json.loads(x) for x in (copy / "data" / "findings.jsonl").read_text(encoding="utf-8").splitlines()]
    row = next(r for r in rows if r["path"].endswith("eagle_sdk.h"))
    body = json.loads((copy / "data" / "package.json").read_text(encoding="utf-8"))
    reading = next(r for r in body["readings"] if r["text_sha256"] == row["text_sha256"])
    source = next(s for s in body["sources"] if s["sha256"] == reading["source_sha256"])
    file = copy / "data" / source["file"]
    file.chmod(0o644)
    file.write_text("//" + file.read_text(encoding="utf-8")[:-2], encoding="utf-8")
    items = {(i["check"], i["subject"]): (i["status"], i["why"]) for i in verify(copy).items}
    assert items["text again", row["path"]] == (
        "not checked",
        "another version of the reader, or of recognition, gives another text; each quote is looked for by itself",
    )
    moved = f"at {row['start'] + 2} in the text that is read today"
    assert items["in the original", row["id"]] == ("verified", moved)


def test_what_another_recogniser_read_is_not_called_false(package: Path) -> None:
    with Rereader() as reader:
        originals = verifying._originals(package, "auto", reader)
        reading = next(iter(originals.readings.values()))
        assert reading["recognisers"] == [] and verifying._again(originals, reading).text is not None
        other = {**reading, "recognisers": ["tesseract 0.9 rus 0123456789ab"]}
        why = "its pages were recognised by tesseract 0.9 rus 0123456789ab, which is not installed here"
        assert verifying._again(originals, other) == Reread(None, why)


def test_the_originals_are_read_one_text_at_a_time(package: Path) -> None:
    steps: list[tuple[int, int]] = []
    verify(package, tick=lambda number, of: steps.append((number, of)))
    assert steps == [(n, len(steps)) for n in range(1, len(steps) + 1)] and len(steps) > 5


@pytest.mark.parametrize("name", ["bag-info.txt", "seal.json", "data/package.json", "data/findings.jsonl"])
@pytest.mark.parametrize("kind", ["a pipe", "deep JSON"])
def test_a_trap_in_a_package_fails_and_holds_nobody(name: str, kind: str, package: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(package, copy)
    (copy / name).unlink()
    if kind == "a pipe":
        os.mkfifo(copy / name)
    else:
        (copy / name).write_text("[" * 100_000, encoding="utf-8")
    command = [sys.executable, "-m", "clauselight", "verify", str(copy), "--json"]
    for words in (command, [sys.executable, "-I", "-S", str(copy / "verify.py"), str(copy), "--json"]):
        done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=60)
        assert "Traceback" not in done.stderr
        assert done.returncode == 1 and json.loads(done.stdout)["failed"] >= 1


def test_members_of_one_name_are_each_proved_in_the_original(tmp_path: Path, finder: Finder) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for attribute in ("民族", "肤色", "宗教信仰"):
            with warnings.catch_warnings(action="ignore"):  # of a second member of one name
                archive.writestr("n.txt", f"平台应支持按{attribute}对抓拍人员进行检索。\n")
    with Case.init(tmp_path / "case") as case:
        add(case, [str(tmp_path / "a.zip")])
        run(case, finder, ocr="never")
        build(case, DossierRequest(out=tmp_path / "bag", forms=("html",), bag=BagRequest()))
    report = verify(tmp_path / "bag")
    assert not failed(report)
    checked = [(i["check"], i["status"]) for i in report.items if i["check"] in ("text again", "in the original")]
    assert checked.count(("text again", "verified")) == 3
    assert checked.count(("in the original", "verified")) >= 3
    assert {status for _, status in checked} == {"verified"}


def test_a_folder_a_thousand_deep_and_json_as_deep_fail_by_name_in_both(package: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(package, copy)
    (copy / "seal.json").write_text("[" * 200_000, encoding="utf-8")
    top = copy / "data" / "d"
    top.mkdir()
    at = os.open(top, os.O_RDONLY)
    for _ in range(1500):
        os.mkdir("d", dir_fd=at)
        inner = os.open("d", os.O_RDONLY, dir_fd=at)
        os.close(at)
        at = inner
    os.close(os.open("deep.txt", os.O_CREAT | os.O_WRONLY, dir_fd=at))
    os.close(at)
    try:
        told = failed(verify(copy))
        command = [sys.executable, "-I", "-S", str(package / "verify.py"), str(copy), "--json"]
        alone = subprocess.run(command, capture_output=True, text=True, check=False)
    finally:
        subprocess.run(["rm", "-rf", str(top)], check=True)
    items = json.loads(alone.stdout)["items"]
    assert (alone.stderr, alone.returncode) == ("", 1)
    assert [f"{i['check']} {i['subject']}: {i['why']}" for i in items if i["status"] == "failed"] == told
    assert told[0] == f"file data/{'/'.join('d' * 20)}: is not listed: it was added"
    assert (len(told), told[1].endswith("JSON is nested too deeply")) == (2, True)

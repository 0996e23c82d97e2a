"""What is written: records, masks, SARIF that a third party's model accepts, the table, pictures of places."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import pdf
from clauselight.engines.work import work
from clauselight.exports._base import Settings, exports
from clauselight.exports.mask import mask
from clauselight.formats._base import Reading
from clauselight.model import Blob
from clauselight.rules.find import Finder

TEXT = "5.2 摄像机应能识别人员的民族，联系电话 13912345678，身份证 110101199003078515。\n主要起草人：张三、李四。人脸民族属性。\n"


def written(finder: Finder, name: str, data: bytes = TEXT.encode(), path: str = "a b/文件.txt", **settings: Any) -> str:
    stream = io.StringIO()
    export = exports()[name](stream, Settings(**settings))
    export.write(work(Blob(path, data=data), finder, Reading("never")))
    export.close(True)
    return stream.getvalue()


def test_jsonl_has_every_key_that_is_promised(finder: Finder) -> None:
    rows = [json.loads(line) for line in written(finder, "jsonl").splitlines()]
    assert [r["type"] for r in rows] == ["finding", "finding", "coverage", "summary"]
    wanted = (
        "path page line end_line boxes clause attribute groups role strength polarity level quote prefix suffix start end text_sha256 source_sha256"
        " rule rule_digest cues gloss confidence"
    )
    assert set(wanted.split()) <= set(rows[0])
    assert rows[0]["line"] == 1 and rows[0]["page"] is None and rows[0]["confidence"] is None
    assert all(len(rows[0][k]) == 64 for k in ("text_sha256", "source_sha256", "rule_digest"))
    assert rows[0]["cues"]


def test_personal_data_is_masked_unless_asked(finder: Finder) -> None:
    hidden = written(finder, "jsonl") + written(finder, "table") + written(finder, "sarif")
    for secret in ("13912345678", "110101199003078515", "张三", "李四"):
        assert secret not in hidden
        assert secret in written(finder, "jsonl", unmask=True)
    first = json.loads(written(finder, "jsonl").splitlines()[0])
    assert {kind for _, _, kind in first["masked"]} == {"phone", "id-number"}
    assert len(first["quote"]) == first["end"] - first["start"]


@given(st.text(alphabet="0123456789-+@.abc 张起草人：联系人。京A·", max_size=80))
def test_masks_keep_the_length_and_name_what_they_cover(text: str) -> None:
    covered = mask(text)
    assert len(covered.text) == len(text)
    inside = {i for s, e, _ in covered.spans for i in range(s, e)}
    assert all(covered.text[i] == text[i] for i in range(len(text)) if i not in inside)
    assert mask(covered.text).text == covered.text


def test_sarif_is_accepted_by_an_independent_model(finder: Finder) -> None:
    sarif = pytest.importorskip("sarif_pydantic")
    for data, path in ((TEXT.encode(), "src/人脸.txt"), (pdf([["摄像机应能识别人员的民族。"]]), "a.pdf")):
        log = json.loads(written(finder, "sarif", data, path))
        sarif.Sarif.model_validate(log)
        result = log["runs"][0]["results"][0]
        assert result["level"] == "error"
        region = result["locations"][0]["physicalLocation"]["region"]
        assert region.get("startLine", 1) >= 1
        assert result["ruleId"] in {r["id"] for r in log["runs"][0]["tool"]["driver"]["rules"]}
        assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].isascii()
        assert len(result["partialFingerprints"]["clauselight/v1"]) == 64


def test_table_says_what_was_not_read(finder: Finder) -> None:
    out = written(finder, "table", b"no clause here")
    assert "No findings" in out and "Coverage" in out and "1 read" in out
    out = written(finder, "table", bytes(range(256)) * 20)
    assert ("skipped" in out and "binary" in out) or "no reader" in out


def test_table_marks_the_deciding_words(finder: Finder) -> None:
    assert "[识别人员的民族]" in written(finder, "table") or "识别人员的民族" in written(finder, "table").replace("[", "").replace("]", "")
    assert "\x1b[7m" in written(finder, "table", colour=True)


def test_pictures_of_places(finder: Finder, tmp_path: Path) -> None:
    pytest.importorskip("PIL")
    from PIL import Image

    from clauselight.exports.crops import Crops

    file = tmp_path / "a.pdf"
    file.write_bytes(pdf([["1 范围", "5.2 摄像机应能识别人员的民族。"]]))
    outcome = work(Blob(str(file), file=file), finder, Reading("never"))
    pictures = Crops(tmp_path / "out").draw(outcome.findings)
    assert len(pictures) == 1
    image = Image.open(pictures[0]).convert("RGB")
    pixels = [image.getpixel((x, y)) for x in range(image.width) for y in range(image.height)]
    red = sum(1 for r, g, b in pixels if r > 180 and g < 90 and b < 90)
    assert red > 100 and image.height < 800

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
from clauselight.exports.mask import mask
from clauselight.exports.registry import Settings, outputs
from clauselight.exports.run import RunItems
from clauselight.formats.session import ReadOptions
from clauselight.model import Blob
from clauselight.pipeline.analyse import analyse
from clauselight.pipeline.options import Analysis
from clauselight.rules.find import Finder

TEXT = (
    "5.2 摄像机应能识别人员的民族，联系电话 13912345678，身份证 110101199003078515。\n"
    "主要起草人：张三、李四。人脸民族属性。\n"
)


NAME = "a b/文件.txt"


def written(finder: Finder, name: str, data: bytes = TEXT.encode(), path: str = NAME, **settings: Any) -> str:
    stream = io.StringIO()
    writer = outputs("findings")[name].write(stream, Settings(**settings))
    outcome = analyse(Blob(path, data=data), Analysis(finder), ReadOptions("never"))
    writer.write(outcome.coverage, RunItems().of(outcome.coverage, outcome.findings))
    writer.close(True)
    return stream.getvalue()


def test_jsonl_has_every_key_that_is_promised(finder: Finder) -> None:
    rows = [json.loads(line) for line in written(finder, "jsonl").splitlines()]
    assert [r["type"] for r in rows] == ["finding", "finding", "coverage", "summary"]
    wanted = (
        "path page line end_line boxes clause attribute groups role strength polarity level quote prefix suffix"
        " start end text_sha256 source_sha256 rule rule_digest cues gloss confidence"
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


def test_sarif_holds_to_the_published_schema(finder: Finder) -> None:
    import jsonschema

    schema = json.loads((Path(__file__).parents[1] / "data" / "sarif-2.1.0.json").read_text(encoding="utf-8"))
    validator = jsonschema.validators.validator_for(schema)
    validator.check_schema(schema)
    for data, path in ((TEXT.encode(), "src/人脸.txt"), (pdf([["摄像机应能识别人员的民族。"]]), "a.pdf")):
        log = json.loads(written(finder, "sarif", data, path))
        assert log["runs"][0]["results"]
        assert not list(validator(schema, format_checker=validator.FORMAT_CHECKER).iter_errors(log))
        log["runs"][0]["results"][0]["level"] = "terrible"  # the schema does refuse what is wrong
        assert list(validator(schema).iter_errors(log))


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
    assert "[识别人员的民族]" in written(finder, "table") or "识别人员的民族" in written(finder, "table").replace(
        "[", ""
    ).replace("]", "")
    assert "\x1b[7m" in written(finder, "table", colour=True)


def test_boxes_of_a_scan_are_in_user_space_however_it_is_shown(finder: Finder) -> None:
    pytest.importorskip("rapidocr")
    from PIL import Image, ImageDraw, ImageFont

    sheet = Image.new("RGB", (1240, 1754), "white")
    ImageDraw.Draw(sheet).text(
        (120, 300),
        "5.2 The camera shall report the race of each face.",
        font=ImageFont.load_default(size=36),
        fill="black",
    )
    buffer = io.BytesIO()
    sheet.save(buffer, "PDF", resolution=150)
    boxes = []
    for turn in (0, 90):
        data = buffer.getvalue().replace(b"/MediaBox", b"/Rotate %d /MediaBox" % turn)
        outcome = analyse(Blob("scan.pdf", data=data), Analysis(finder), ReadOptions("auto"))
        assert outcome.findings, outcome.coverage
        boxes.append(outcome.findings[0].boxes[0])
    for name in ("x0", "y0", "x1", "y1"):
        assert abs(getattr(boxes[0], name) - getattr(boxes[1], name)) < 12, boxes


@pytest.mark.parametrize("turn", [0, 90, 180])
def test_boxes_lie_on_the_words_of_turned_pages(finder: Finder, tmp_path: Path, turn: int) -> None:
    from PIL import Image

    from clauselight.exports.crops import Crops

    file = tmp_path / "a.pdf"
    file.write_bytes(
        pdf([["1 Scope", "5.2 The camera shall report the race of each face."]]).replace(
            b"/MediaBox", b"/Rotate %d/MediaBox" % turn
        )
    )
    outcome = analyse(Blob(str(file), file=file), Analysis(finder), ReadOptions("never"))
    assert outcome.findings, outcome.coverage.problems
    box = outcome.findings[0].boxes[0]
    assert abs(box.x0 - 72) < 6 and abs(box.y0 - 758) < 8  # in user space, however the page is shown
    picture = Image.open(Crops(tmp_path / "out").draw(outcome.findings)[0]).convert("RGB")
    red = [
        (x, y)
        for x in range(0, picture.width, 2)
        for y in range(0, picture.height, 2)
        if _is_red(picture.getpixel((x, y)))
    ]
    left, right = min(x for x, _ in red), max(x for x, _ in red)
    top, bottom = min(y for _, y in red), max(y for _, y in red)
    inside = (
        picture.crop((left + 4, top + 4, right - 4, bottom - 4)).convert("L").point(lambda v: 255 if v < 110 else 0)
    )
    assert inside.getbbox() is not None, "no ink under the box"


def _is_red(pixel: Any) -> bool:
    return pixel[0] > 150 and pixel[1] < 90 and pixel[2] < 90


def test_pictures_of_places(finder: Finder, tmp_path: Path) -> None:
    pytest.importorskip("PIL")
    from PIL import Image

    from clauselight.exports.crops import Crops

    file = tmp_path / "a.pdf"
    file.write_bytes(pdf([["1 范围", "5.2 摄像机应能识别人员的民族。"]]))
    outcome = analyse(Blob(str(file), file=file), Analysis(finder), ReadOptions("never"))
    pictures = Crops(tmp_path / "out").draw(outcome.findings)
    assert len(pictures) == 1
    image = Image.open(pictures[0]).convert("RGB")
    pixels = [image.getpixel((x, y)) for x in range(image.width) for y in range(image.height)]
    red = sum(1 for r, g, b in pixels if r > 180 and g < 90 and b < 90)
    assert red > 100 and image.height < 800


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("本标准主要起草人：王示例、李虚构、\n张三、赵六。\n本标准", "本标准主要起草人：▇▇▇、▇▇▇、\n▇▇、▇▇。\n本标准"),
        (
            "Main drafters of this section: Zhang Shili, Example Technology Co., Ltd.",
            "Main drafters of this section: ▇▇▇▇▇ ▇▇▇▇▇, Example Technology Co., Ltd.",
        ),
        ("评审专家：张三、李四", "评审专家：▇▇、▇▇"),
        ("起草人：示例大学、王某。", "起草人：示例大学、▇▇。"),
        ("起草单位：示例大学。", "起草单位：示例大学。"),
    ],
)
def test_individuals_are_covered_and_bodies_are_not(text: str, shown: str) -> None:
    from clauselight.exports.mask import mask

    assert mask(text).text == shown and len(mask(text).text) == len(text)

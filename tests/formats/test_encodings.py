"""Text in encodings that hide it: zeros, UTF-16 without a mark, seven bits, lines of two encodings."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from clauselight.formats.registry import format_of
from clauselight.model import Blob

ZH = "摄像机应能识别人员的性别和民族。"
ENCODED: dict[str, bytes] = {
    "wide": ZH.encode("utf-16-le"),
    "wide-big-endian": ZH.encode("utf-16-be"),
    "seven bits": ZH.encode("hz"),
    "marked": b"+/v8-" + ZH.encode("utf-7"),
    "two encodings": "说明文字。\n".encode() * 9 + ZH.encode("gb18030"),
    "a zero": b"The face\0 camera.\n" + ZH.encode(),
    "padded": ZH.encode().ljust(60, b"\0"),
}


@pytest.mark.parametrize("suffix", [".txt", ".csv", ".json", ".py", ".yaml", ".html"])
@pytest.mark.parametrize("name", ENCODED)
def test_found_in_every_encoding(name: str, suffix: str, outcome: Callable) -> None:  # type: ignore[type-arg]
    result = outcome(ENCODED[name], "a" + suffix)
    assert [(f.attribute, f.level) for f in result.findings] == [("ethnicity", "finding")]
    assert (result.coverage.state, result.coverage.problems) == ("read", ())


def test_zeros_make_no_text_of_a_program() -> None:
    assert format_of(Blob("a.bin", data=b"\x02\x03MYDB\0\0\0\0race of person\0" * 9)) is None
    assert format_of(Blob("a.bin", data=b"race" + b"\0" * 60)) is None

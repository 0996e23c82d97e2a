"""What says of itself that it reports on others."""

from __future__ import annotations

import pytest

from clauselight.structure.reports import is_report


@pytest.mark.parametrize(
    "text",
    [
        "记者发现，该标准要求采集民族。",
        "示例日报：一项标准引发关注\n标准写道：“本标准由虚构市示例局提出。”",
        "摘要：本研究分析两项标准。",
        "Our reporters read DB99/T 0001-2030. “Bidders shall comply”, it says.",
        "A study\n\nAbstract. We examine a standard.",
    ],
)
def test_a_report(text: str) -> None:
    assert is_report(text)


@pytest.mark.parametrize(
    "text",
    [
        "本标准由虚构市示例局提出。根据SIP消息，示例。",
        "Our cameras report ethnicity. Researchers at Seamount built them.",
        "示例平台支持按民族检索。",
        "DB99/T 0001-2030\n示例系统\n本标准起草单位：示例大学。",
        "“记者发现”",
    ],
)
def test_no_report(text: str) -> None:
    assert not is_report(text)

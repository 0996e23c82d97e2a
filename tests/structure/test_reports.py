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
        "Leaked standard sorts faces\nBy Jane Doe, Example Times\nA standard sorts faces.",
        "某市标准要求识别民族\n作者：李样本\n近日，某市发布地方标准。",
        "【本報訊】標準要求識別民族。",
        "Keywords: faces\nStandards sort people [1, 2]. Doe et al. say so.",
        "NGO briefing\nThis briefing names firms. According to the standard's foreword, they drafted it.",
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
        "This document specifies faces. Keywords: faces. Doe et al. doi:10.0000/example",
        "A spokesman for Seamount presents a camera that reports ethnicity.",
    ],
)
def test_no_report(text: str) -> None:
    assert not is_report(text)

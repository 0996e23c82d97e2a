"""Names of organisations: the same in another form, and others that only look alike."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path

import pytest

from clauselight.entities.catalogue import load
from clauselight.entities.resolve import Resolver, key
from clauselight.errors import UsageError

RESOLVER = Resolver(load())
DAY = datetime.date.fromisoformat


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("杭州海康威视数字技术股份有限公司", "hikvision"),
        ("杭州海康威视数字技术股份有\n限公司", "hikvision"),
        ("杭州海康威視數字技術股份有限公司", "hikvision"),
        ("海康威视", "hikvision"),
        ("海康", "hikvision"),
        ("Hangzhou Hikvision Digital Technology Co., Ltd.", "hikvision"),
        ("杭州海康威视数字技木股份有限公司", "hikvision"),
        ("海康威视（Hikvision）", "hikvision"),
        ("浙江省大华技术股份有限公司（联合体牵头人）", "dahua"),
        ("上海依图络科技有限公司", "yitu"),
        ("海康威视", "hikvision"),
        ("HIKVISION", "hikvision"),
        ("Hikvision Co., Ltd.", "hikvision"),
        ("浙江大华技术股份有限公司", "dahua"),
        ("公安部第一研究所", "mps-first-institute"),
        ("北京市商汤科技开发有限公司", "sensetime-beijing"),
        ("上海商汤智能科技有限公司", "sensetime-shanghai"),
    ],
)
def test_the_same_organisation(name: str, wanted: str) -> None:
    match = RESOLVER.match(name)
    assert match and match.sure and match.id == wanted and match.why


@pytest.mark.parametrize(
    "name",
    [
        "华大",
        "杭州海康威视科技有限公司",
        "Dahua Technology USA Inc.",
        "华为技术有限公司北京分公司",
        "浙江太华技术股份有限公司",
        "海康威视（大华）",
        "华大技术股份有限公司",
        "浙江大学",
        "公安部第二研究所",
        "大华银行",
        "科达",
        "成都大华智慧科技有限公司",
        "Hike Vision Optics Ltd",
        "",
    ],
)
def test_namesakes_are_not_joined(name: str) -> None:
    match = RESOLVER.match(name)
    assert match is None or not match.sure


def test_a_typing_error_in_the_own_name_is_offered_not_made() -> None:
    match = RESOLVER.match("浙江太华技术股份有限公司")
    assert match and match.id == "dahua" and not match.sure and "one character" in match.why


def test_a_sister_firm_is_offered_not_made() -> None:
    match = RESOLVER.match("杭州海康威视系统技术有限公司")
    assert match and match.id == "hikvision" and not match.sure and "another region, trade or form" in match.why


def test_the_benchmark_of_pairs_holds() -> None:
    sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
    import names

    labelled = names.pairs()
    precision, recall, _ = names.figures(labelled, names.ours())
    assert len(labelled) >= 400 and precision >= 0.99 and recall >= 0.95


def test_listings_are_intervals() -> None:
    megvii = next(o for o in load() if o.id == "megvii")
    ended = next(e for e in megvii.listings if e.list == "us-1260h")
    assert (
        not ended.on(DAY("2024-01-30"))
        and ended.on(DAY("2024-01-31"))
        and ended.on(DAY("2025-01-06"))
        and not ended.on(DAY("2025-01-07"))
    )


def test_no_two_organisations_share_a_name_and_every_name_has_its_source() -> None:
    seen: dict[str, str] = {}
    for organisation in load():
        for name in organisation.names:
            assert name.source
            assert seen.setdefault(key(name.text), organisation.id) == organisation.id


def test_a_file_of_the_user_adds(tmp_path: Path) -> None:
    file = tmp_path / "own.yaml"
    file.write_text(
        (
            "sources: {me: an invented source}\norganisations:\n"
            "  seamount: {label: Seamount, names: [{name: 虚构海山数字技术股份有限公司, source: me}]}\n"
        ),
        encoding="utf-8",
    )
    match = Resolver(load((file,))).match("虚构海山数字技术股份有限公司")
    assert match and match.id == "seamount"
    file.write_text("organisations: {a: {label: A, names: [{name: a}]}}", encoding="utf-8")
    with pytest.raises(UsageError, match="not a catalogue"):
        load((file,))

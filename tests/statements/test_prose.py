"""Statements of running text, translations, international covers and tenders.

All texts are invented, in the forms that real ones have.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from clauselight.api import read
from clauselight.pipeline.examples import text_document
from clauselight.statements.extract import statements

TENDERS = Path(__file__).parents[1] / "data" / "tenders"
PRESS = """China's example standards

The standard, GA/T 9001-2030, passed in November 2030 and comes into effect on May 1, 2031. It was drafted by \
Seamount, Cloudfig and Northlight together with the Example Ministry's First Research Institute.
GA/T9002.3—2027 is a national standard for police databases. Seamount, Cloudfig and NetExample are listed among the \
drafters of GA/T 9002.3-2027. It took effect on December 1, 2027.
DB99/T 0005-2027 was issued by the Example Provincial Bureau of Quality and Technical Supervision and was co-authored \
by Example Tech Ltd. and Example University.
Kedexample helped write DB99/T 0005-2027, records show. Seamount did not draft GB/T 9003-2026, a spokesman said. John \
Example helped write GB/T 9003-2026.
Cloudfig's platform has passed GA/T 9001 testing, the company says, while Northlight said its software will support \
GA/T 9002.3-2027 next year.
"""
TRANSLATION = """GA/T 9002.3-2027
Public example information system - Part 3: Data items
Issued on: September 28, 2027   Implemented on: December 01, 2027
Issued by: Ministry of Example of Nowhere
Foreword
This Part was drafted in accordance with the rules given in GB/T 1.1-2009.
This Part replaces GA/Z 9000-2013 in part.
This Part was proposed by the Science and Technology Bureau of the Example Ministry.
This Part shall be under the jurisdiction of National Technical Committee on Examples (SAC/TC 999).
Drafting organizations of this section: Science and Technology Bureau of the Example Ministry, Zhejiang Example \
Communication Co., Ltd., First Example Institute, Hangzhou Seamount Digital Technology Co., Ltd.
Main drafters of this section: Zhang Shili, Li Xugou, Wang Mou.
"""
NEWS = """虚构海山、云图股份参与起草公安行业标准GA/T 9001-2030
近日，由示例部第一研究所牵头，杭州虚构海山数字技术股份有限公司、浙江云图技术股份有限公司等单位共同参与起草的GA/T \
9001—2030《示例人像识别应用技术要求》正式发布，将于2031年5月1日起实施。该标准由全国示例标准化技术委员会归口。
虚构海山公司的视频云平台已通过GA/T 9002检测，并支持GB/T 9003-2026协议。
示例科技的人脸识别终端不符合GA/T 9004-2013的要求。虚构云图未参与GB/T 9005-2026的起草。
"""


def told(text: str) -> set[tuple[str, str, str]]:
    return {(s.predicate, s.subject.label, s.object.label) for s in statements(text_document(text, "a.txt"))}


def ordered(text: str) -> list[tuple[str, str]]:
    return [
        (s.object.label, s.subject.label) for s in statements(text_document(text, "a.txt")) if s.predicate == "drafted"
    ]


def test_a_press_report() -> None:
    found = told(PRESS)
    first, second, third = "GA/T 9001-2030", "GA/T 9002.3-2027", "DB99/T 0005-2027"
    assert ordered(PRESS) == [
        (first, "Seamount"),
        (first, "Cloudfig"),
        (first, "Northlight"),
        (first, "Example Ministry's First Research Institute"),
        (second, "Seamount"),
        (second, "Cloudfig"),
        (second, "NetExample"),
        (third, "Example Tech Ltd."),
        (third, "Example University"),
        (third, "Kedexample"),
    ]
    assert {
        ("published_on", first, "2030-11"),
        ("effective_on", first, "2031-05-01"),
        ("effective_on", second, "2027-12-01"),
        ("issued", "Example Provincial Bureau of Quality and Technical Supervision", third),
        ("claims_conformity", "Cloudfig platform", "GA/T 9001"),
        ("claims_conformity", "Cloudfig", "GA/T 9001"),
        ("claims_conformity", "Northlight", second),
    } <= found
    assert not any("John" in a for _, a, _ in found)


def test_a_translated_preface() -> None:
    found, own = told(TRANSLATION), "GA/T 9002.3-2027"
    assert [n for _, n in ordered(TRANSLATION)] == [
        "Science and Technology Bureau of the Example Ministry",
        "Zhejiang Example Communication Co., Ltd.",
        "First Example Institute",
        "Hangzhou Seamount Digital Technology Co., Ltd.",
    ]
    assert {
        ("published_on", own, "2027-09-28"),
        ("effective_on", own, "2027-12-01"),
        ("issued", "Ministry of Example of Nowhere", own),
        ("replaces", own, "GA/Z 9000-2013"),
        ("proposed", "Science and Technology Bureau of the Example Ministry", own),
        ("administers", "National Technical Committee on Examples (SAC/TC 999)", own),
    } <= found
    (partly,) = [s.qualifier for s in statements(text_document(TRANSLATION, "a.txt")) if s.predicate == "replaces"]
    assert partly == "partly"


def test_chinese_news() -> None:
    found, own = told(NEWS), "GA/T 9001-2030"
    assert [n for _, n in ordered(NEWS)] == [
        "虚构海山",
        "云图股份",
        "示例部第一研究所",
        "杭州虚构海山数字技术股份有限公司",
        "浙江云图技术股份有限公司",
    ]
    assert {
        ("effective_on", own, "2031-05-01"),
        ("administers", "全国示例标准化技术委员会", own),
        ("claims_conformity", "虚构海山公司的视频云平台", "GA/T 9002"),
        ("claims_conformity", "虚构海山公司", "GB/T 9003-2026"),
    } <= found
    assert not any(o == "GA/T 9004-2013" and p == "claims_conformity" for p, _, o in found)


def test_a_part_that_names_only_its_series() -> None:
    text = (
        "前言\n本文件按照GB/T 1.1—2020的规定起草。\n本文件是GA/T 9002《示例系统》的第5部分。\n"
        "本文件代替GA/T 9002.5—2017《示例系统 第5部分：示例》，与GA/T 9002.5—2017相比有变化。\n"
        "本文件由示例部提出。\n本文件起草单位：示例大学。"
    )
    found = told(text)
    assert {
        ("drafted", "示例大学", "GA/T 9002.5"),
        ("replaces", "GA/T 9002.5", "GA/T 9002.5-2017"),
        ("proposed", "示例部", "GA/T 9002.5"),
    } <= found


def test_a_list_parted_by_spaces_and_one_by_lines() -> None:
    head = "GA/T 9003-2013\n示例技术要求\n2013-12-31 发布        2014-03-01 实施\n"
    wanted = ["北京示例安全技术开发公司", "示例部安全产品质量检测中心", "浙江虚构科技有限公司"]
    assert [n for _, n in ordered(head + "起草单位 " + " ".join(wanted) + "\n起草人 王某 李某\n")] == wanted
    assert [n for _, n in ordered(head + "起草单位：\n" + "\n".join(wanted) + "\n\n起草人：王某\n")] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            (
                "ISO/IEC 99794-5:2029\nInformation technology — Example formats — Part 5: Face image data\n"
                "First edition 2029-12\nThis document was prepared by Joint Technical Committee ISO/IEC JTC 1, "
                "Information technology, Subcommittee SC 37, Biometrics.\n"
                "This first edition cancels and replaces ISO/IEC 98794-5:2011, which has been revised.\n"
            ),
            {
                ("published_on", "ISO/IEC 99794-5:2029", "2029-12"),
                ("replaces", "ISO/IEC 99794-5:2029", "ISO/IEC 98794-5:2011"),
                (
                    "drafted",
                    "Joint Technical Committee ISO/IEC JTC 1, Information technology, Subcommittee SC 37, Biometrics",
                    "ISO/IEC 99794-5:2029",
                ),
            },
        ),
        (
            (
                "INTERNATIONAL TELECOMMUNICATION UNION\nITU-T   F.999.18\n(07/2032)\nMetric for example systems\n"
                "Recommendation ITU-T F.999.18 was approved on 28 July 2032 by ITU-T Study Group 16 (2022-2024).\n"
            ),
            {("published_on", "ITU-T F.999.18", "2032-07-28"), ("issued", "ITU-T Study Group 16", "ITU-T F.999.18")},
        ),
        (
            (
                "EN 99676-4:2035\nEUROPEAN STANDARD\nVideo example systems - Part 4: Guidelines\n"
                "This European Standard was approved by CENELEC on 2034-11-27.\n"
                "This document supersedes EN 99132-7:2032.\n"
            ),
            {
                ("published_on", "EN 99676-4:2035", "2034-11-27"),
                ("replaces", "EN 99676-4:2035", "EN 99132-7:2032"),
                ("issued", "CENELEC", "EN 99676-4:2035"),
            },
        ),
    ],
)
def test_international_covers(text: str, wanted: set[tuple[str, str, str]]) -> None:
    assert wanted <= told(text)


@pytest.mark.parametrize(
    ("file", "wanted"),
    [
        (
            "notice.txt",
            [
                ("purchases", "虚构市示例局", None, "2031-01-05", "1,200.00万元"),
                ("purchases", "示例招标代理有限公司", "agency", "2031-01-05", None),
                ("supplies", "虚构海山数字技术股份有限公司", None, "2031-02-03", "1180.5 万元"),
            ],
        ),
        (
            "ocds.json",
            [
                ("purchases", "Example City Police", None, "2031-01-31", "1200000 EUR"),
                ("supplies", "Seamount Digital Technology Co., Ltd.", None, "2031-03-01", "1100000 EUR"),
            ],
        ),
        (
            "eforms.xml",
            [
                ("purchases", "Polizei Beispielstadt", None, "2031-04-01", "300000 EUR"),
                ("supplies", "Northlight Facial Analytics GmbH", None, "2031-05-02", "250000 EUR"),
            ],
        ),
    ],
)
def test_parties_days_and_sums_of_tenders(file: str, wanted: list[tuple[object, ...]]) -> None:
    document = read(TENDERS / file, ocr="never")
    found = statements(document)
    assert {
        (s.predicate, s.subject.label, s.qualifier, s.date, s.value) for s in found if s.subject.kind == "organisation"
    } == set(wanted)
    assert [s.object.label for s in found if s.predicate == "mandates"] and all(
        document.text[e.start : e.end] == e.quote for s in found for e in s.evidence
    )


def test_a_table_of_deviations_claims_for_the_bidder() -> None:
    found = statements(read(TENDERS / "bid.md", ocr="never"))
    assert [
        (s.predicate, s.subject.label, s.object.label, s.qualifier) for s in found if s.object.kind == "standard"
    ] == [
        ("claims_conformity", "虚构海山数字技术股份有限公司", "DB99/T 0001-2030", "no deviation"),
        ("claims_conformity", "虚构海山数字技术股份有限公司", "GB/T 28181-2016", "positive deviation"),
        ("cites", "虚构海山数字技术股份有限公司", "GB 35114-2017", "denied"),
    ]


def test_the_mark_of_a_clause_is_kept() -> None:
    found = statements(read(TENDERS / "notice.txt", ocr="never"))
    assert [s.role for s in found if s.predicate == "mandates"] == ["▲"]


CATALOGUE = """标准号：GA/T 9093-2033
标准名称：示例安全防范 出入口控制技术要求
发布日期：2033-07-28
实施日期：2033-12-01
替代情况：替代GA/T 9093-2013
中标分类号：A91
起草单位：示例部第一研究所、示例人脸科技有限公司等
归口单位：全国示例标准化技术委员会(SAC/TC 999)
提出部门：示例部科技信息化局
发布部门：示例部
"""
SALTED = (
    "標準(biāo zhǔn)編號：DB31/T 9909-2030\n"
    "本標(biāo)準(zhǔn)起草單(dān)位：上海虛構(gòu)智能科技有限公司、上海市示例研究院。\n"
    "本標(biāo)準(zhǔn)由上海市示例局提出并歸口。\n本標(biāo)準(zhǔn)代替DB31/T 9909-2015。\n"
)
REPORT = """Example Standards Require Ethnicity Detection
In the standard GA/T 9400.3-2027, issued by the Example Ministry of Order in 2027, person attributes include SkinColor.
GA/T 9756-2030, released by the ministry in November 2030, was drafted by 12 organizations including Seamount Digital \
Technology Co., Ltd., Northlight and the First Example Institute. It comes into force on 1 May 2031.
Tenders from Example District require bidders to comply with GA/T 9400.3-2027.
Northlight's brochure says: "Our NVR series fully complies with GB/T 9181-2016."
Jane Doe, a researcher who contributed to GA/T 9756-2030's translation, said the list was long.
"""
FOREWORD = """Foreword
This document replaces GA/T 9669.1-2008 "Example - Part 1". Compared with GA/T 9669.1-2008, the main technical \
changes are as follows.
This document was proposed by the Technical Example Committee and is under the jurisdiction of the National Technical \
Committee 999 on Examples (SAC/TC 999).
The drafting organizations of this document: First Example Institute; Zhejiang Example Technology Co., Ltd.
GA/T 9669.1-2030 was issued on June 1, 2030 and implemented on October 1, 2030.
"""
VENDOR = """产品通过GA/T 9400标准检测
虚构东力科技的视频云平台日前通过了示例检验中心的检测，符合GA/T 9400.4-2017标准要求。
作为GA/T 9400系列标准的主要起草单位之一，虚构东力参与了GA/T 9400.3-2017的编制工作。
"""


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            CATALOGUE,
            {
                ("published_on", "GA/T 9093-2033", "2033-07-28"),
                ("replaces", "GA/T 9093-2033", "GA/T 9093-2013"),
                ("drafted", "示例人脸科技有限公司", "GA/T 9093-2033"),
                ("proposed", "示例部科技信息化局", "GA/T 9093-2033"),
                ("issued", "示例部", "GA/T 9093-2033"),
            },
        ),
        (
            SALTED,
            {
                ("drafted", "上海虛構智能科技有限公司", "DB31/T 9909-2030"),
                ("administers", "上海市示例局", "DB31/T 9909-2030"),
                ("replaces", "DB31/T 9909-2030", "DB31/T 9909-2015"),
            },
        ),
        (
            REPORT,
            {
                ("issued", "Example Ministry of Order", "GA/T 9400.3-2027"),
                ("drafted", "Seamount Digital Technology Co., Ltd.", "GA/T 9756-2030"),
                ("drafted", "First Example Institute", "GA/T 9756-2030"),
                ("effective_on", "GA/T 9756-2030", "2031-05-01"),
                ("mandates", "a.txt", "GA/T 9400.3-2027"),
            },
        ),
        (
            FOREWORD,
            {
                ("proposed", "Technical Example Committee", "GA/T 9669.1-2030"),
                ("administers", "National Technical Committee 999 on Examples (SAC/TC 999)", "GA/T 9669.1-2030"),
                ("drafted", "Zhejiang Example Technology Co., Ltd.", "GA/T 9669.1-2030"),
                ("effective_on", "GA/T 9669.1-2030", "2030-10-01"),
            },
        ),
        (
            VENDOR,
            {
                ("claims_conformity", "虚构东力科技的视频云平台", "GA/T 9400.4-2017"),
                ("claims_conformity", "虚构东力科技", "GA/T 9400.4-2017"),
                ("drafted", "虚构东力", "GA/T 9400.3-2017"),
            },
        ),
    ],
    ids=["catalogue", "salted", "report", "foreword", "vendor"],
)
def test_more_forms(text: str, wanted: set[tuple[str, str, str]]) -> None:
    found = told(text)
    assert wanted <= found, wanted - found
    assert not any("Jane" in a or a == "ONVIF" for _, a, _ in found)


def test_what_takes_effect_at_once_and_a_year_alone() -> None:
    text = "2034年8月23日，示例总局、示例委员会联合发布GB/T 94297-2034《示例数据项》，自发布之日起实施。"
    assert {
        ("published_on", "GB/T 94297-2034", "2034-08-23"),
        ("effective_on", "GB/T 94297-2034", "2034-08-23"),
    } <= told(text)
    assert ("published_on", "GA/T 9400.3-2027", "2027") in told(
        "The police standard GA/T 9400.3-2027 was issued in 2027."
    )


@pytest.mark.parametrize(
    ("text", "standard", "wanted"),
    [
        (
            (
                "Who wrote the standards\nAmong the drafters of GA/T 9400.3-2027 are Seamount, Cloudfig and the "
                "Example Ministry's Third Research Institute."
            ),
            "GA/T 9400.3-2027",
            ["Seamount", "Cloudfig", "Example Ministry's Third Research Institute"],
        ),
        (
            "The drafters of GA/T 9756-2030 include Seamount Digital Technology Co., Ltd. and Northlight Software.",
            "GA/T 9756-2030",
            ["Seamount Digital Technology Co., Ltd.", "Northlight Software"],
        ),
        (
            "Cloudfig was one of the drafters of GB/T 9181-2026, which took effect in 2027.",
            "GB/T 9181-2026",
            ["Cloudfig"],
        ),
        (
            "Northlight was involved in drafting DB99/T 1514-2027, effective December 1, 2027.",
            "DB99/T 1514-2027",
            ["Northlight"],
        ),
        (
            (
                "According to its preface, GA/T 9669-2028 was jointly drafted by Keda Example Inc., Example City "
                "Public Security Bureau and others."
            ),
            "GA/T 9669-2028",
            ["Keda Example Inc.", "Example City Public Security Bureau"],
        ),
        (
            "GA/T 9756-2030 (dated 2030-11-23) lists Seamount as a drafting organization.",
            "GA/T 9756-2030",
            ["Seamount"],
        ),
        (
            "虚构企业与标准\nGA/T 9400.3-2027的起草单位包括虚构海山、示例云图、示例部第一研究所。",
            "GA/T 9400.3-2027",
            ["虚构海山", "示例云图", "示例部第一研究所"],
        ),
        ("虚构海山是GB/T 9181-2026的主要起草单位之一。", "GB/T 9181-2026", ["虚构海山"]),
        ("示例云图作为主要起草单位参与制定了GA/T 9093-2023。", "GA/T 9093-2023", ["示例云图"]),
        ("公司先后主导或参与制定GA/T 9756-2030等国家和行业标准。", "GA/T 9756-2030", []),
        ("Zhang Shili wrote GA/T 9756-2030. Wang drafted it.", "GA/T 9756-2030", []),
    ],
)
def test_sentences_on_drafting(text: str, standard: str, wanted: list[str]) -> None:
    assert ordered(text) == [(standard, n) for n in wanted]


def test_a_part_without_a_cover_is_not_the_standard_that_it_was_drafted_by() -> None:
    text = (
        "本部分为 GB/T 92918 的第 1 部分。\n\n本部分按照 GB/T 1.1—2009 给出的规则起草。\n\n"
        "本部分由示例管理局提出。\n\n本部分起草单位:示例大学。\n"
    )
    found = told(text)
    assert {("proposed", "示例管理局", "GB/T 92918.1"), ("drafted", "示例大学", "GB/T 92918.1")} <= found
    assert not any(o == "GB/T 1.1-2009" and p != "cites" for p, _, o in found)


def test_an_enterprise_standard_and_a_ministry_that_issues() -> None:
    text = (
        "Q/XGHS 001-2030\n企业标准\n示例终端技术规范\n2030-01-01发布 2030-02-01实施\n"
        "虚构海山数字技术股份有限公司 发布\n前言\n本标准由虚构海山数字技术股份有限公司提出、归口并起草。\n"
    )
    firm = "虚构海山数字技术股份有限公司"
    assert {(p, firm, "Q/XGHS 001-2030") for p in ("issued", "drafted", "proposed", "administers")} <= told(text)
    news = told(
        "Example requirements\nThe Ministry of Example released YD/T 9001-2030 on March 5, 2030. It takes "
        "effect on July 1, 2030."
    )
    assert {
        ("issued", "Ministry of Example", "YD/T 9001-2030"),
        ("published_on", "YD/T 9001-2030", "2030-03-05"),
        ("effective_on", "YD/T 9001-2030", "2030-07-01"),
    } <= news

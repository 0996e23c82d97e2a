"""What a report says of others is never said of the report: no author, no tender, no product, no clause of its own."""

from __future__ import annotations

import pytest

from clauselight.pipeline.examples import text_document
from clauselight.rules.find import Finder
from clauselight.statements.extract import statements

OWN = "DB99/T 0001-2030"
NEWS_ZH = """示例日报：起草单位名单引发关注

近日，一项标准引发关注。该标准编号为DB99/T 0001-2030，要求摄像机应输出人员的民族属性。
标准前言写道：“本标准起草单位：虚构海山数字技术股份有限公司、示例科学院、示例大学。本标准由虚构市示例局提出。”
记者发现，招标文件要求投标产品必须符合DB99/T 0001-2030。采购人：虚构市示例局一区分局。项目编号：EX-2031-010。
虚构海山公司称，其平台可以识别人员的民族。
"""
NEWS_EN = """How a standard sorts people

Our reporters read DB99/T 0001-2030. Its preface lists the drafting organizations: Seamount Digital Technology Co., Ltd.
"This standard was drafted by: Example Academy of Sciences, Cloudfig Ltd." the document says.
Cameras shall output the ethnicity of every person, the standard says.
A tender says: "Tenderers shall comply with DB99/T 0001-2030. Purchaser: Example City Police Bureau. Tender no.: EX-1."
Seamount said its platform passed DB99/T 0001-2030. It also says the system complies with DB99/T 0002-2030.
"""
STUDY_ZH = """摘要：本研究比较两项标准。
第一项标准的起草单位：示例科学院、虚构云图有限公司。
第二项标准由示例局提出并归口，起草单位包括示例大学。
两项标准都规定摄像机应输出人员的民族属性。DB99/T 0001-2030。DB99/T 0002-2030。
采购人：示例市公安局。中标供应商：虚构海山公司。中标金额：100万元。
"""
PAPER_EN = """A study of face standards

Abstract. We study DB99/T 0001-2030 and DB99/T 0002-2030. The Example Academy of Sciences drafted the standard.
Drafting organizations: Example Academy of Sciences, Seamount Ltd.
This paper was prepared by Example University. Procurement of cameras, tenders and bidders are studied too.
"""


def told(finder: Finder, text: str) -> set[tuple[str, str, str]]:
    """All statements of a text with its findings."""
    document = text_document(text, "000.txt")
    found = statements(document, finder.findings(document))
    return {(s.predicate, s.subject.label, s.object.label) for s in found}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            NEWS_ZH,
            {
                ("cites", "000.txt", OWN),
                ("drafted", "虚构海山数字技术股份有限公司", OWN),
                ("drafted", "示例科学院", OWN),
                ("drafted", "示例大学", OWN),
                ("proposed", "虚构市示例局", OWN),
            },
        ),
        (
            NEWS_EN,
            {
                ("cites", "000.txt", OWN),
                ("cites", "000.txt", "DB99/T 0002-2030"),
                ("claims_conformity", "Seamount", OWN),
            },
        ),
        (STUDY_ZH, {("cites", "000.txt", OWN), ("cites", "000.txt", "DB99/T 0002-2030")}),
        (PAPER_EN, {("cites", "000.txt", OWN), ("cites", "000.txt", "DB99/T 0002-2030")}),
    ],
    ids=["newspaper zh", "newspaper en", "study zh", "paper en"],
)
def test_a_report_says_nothing_of_itself(finder: Finder, text: str, wanted: set[tuple[str, str, str]]) -> None:
    assert told(finder, text) == wanted


def test_what_stands_in_marks_of_quotation_is_of_the_standard_that_is_named(finder: Finder) -> None:
    text = "示例页面\nDB99/T 0001-2030的前言是：“本标准起草单位：示例科学院。”\n"
    assert ("drafted", "示例科学院", OWN) in told(finder, text)
    assert not any(o == "000.txt" for _, _, o in told(finder, text))


def test_a_page_that_names_two_standards_has_no_drafters_itself(finder: Finder) -> None:
    text = "示例页面，参与了DB99/T 0001-2030和DB99/T 0002-2030。\n起草单位：示例科学院、示例大学。\n"
    assert not any(p == "drafted" for p, _, _ in told(finder, text))


def test_a_standard_that_is_named_with_another_is_not_meant_by_it(finder: Finder) -> None:
    text = "DB99/T 0001-2030 and DB99/T 0002-2030 are new. It was drafted by Seamount Ltd."
    assert not any(p == "drafted" for p, _, _ in told(finder, text))

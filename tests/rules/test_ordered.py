"""A clause that binds and says what is done to whom is decided by its own words, whatever stands around it."""

from __future__ import annotations

import pytest

from clauselight.pipeline.examples import text_document
from clauselight.rules.find import Finder

#: what fills a tender: it weighs against any clause, and says nothing of this one
AROUND = {
    "zh": "投标人应遵守法律责任、平等、公正、反歧视的规定，争议由法院依宪法处理，公民的合法权益不受侵害。",
    "en": "The bidder respects equality, human rights, the constitution, equal opportunity, privacy policy and ethics.",
}
CLAUSES = [
    ("zh", "★检索模块应支持以肤色深浅作为条件调取人员图片。", "skin_colour", "search_filter", "shall", ()),
    ("zh", "平台须自动报警的情形：\n①车辆驶入；\n②维吾尔族人员同行。", "ethnicity", "alarm", "shall", ("uyghur",)),
    ("zh", "算法应区分白人与黑人。", "race", "analytic_output", "shall", ("black", "white")),
    ("zh", "终端宜对基督徒触发预警。", "religion", "alarm", "should", ("christian",)),
    ("en", "Tools must tell Black and Asian persons apart.", "race", "analytic_output", "shall", ("asian", "black")),
    ("en", "The gate shall alert the guard when Sikh travellers pass.", "religion", "alarm", "shall", ("sikh",)),
    ("en", "Users must be able to search by:\n- date\n- ethnicity", "ethnicity", "search_filter", "shall", ()),
    ("en", "The camera should flag dark-skinned persons.", "skin_colour", "alarm", "should", ()),
    ("en", "An alert must be raised if a traveller is Kurdish.", "ethnicity", "alarm", "shall", ("kurdish",)),
]  # fmt: skip
NO_CLAUSES = [
    ("zh", "投标人不因其负责人的民族、宗教信仰而受到差别待遇，平台应保障。"),
    ("zh", "★摄像机须具备肤色优化功能，逆光下人脸曝光均匀。"),
    ("zh", "人员一览表应填写姓名、性别、民族、职称和学历。"),
    ("en", "Firms of minority areas may claim exemption; the portal shall register persons."),
    ("en", "The face matcher shall be tested for equal error rates between racial groups of persons."),
    ("en", "The clock of the camera shall have a white face."),
    ("en", "The portal shall remove content that incites hatred of persons on the ground of race or religion."),
]


@pytest.mark.parametrize("clause", CLAUSES, ids=lambda c: c[1][:24])
@pytest.mark.parametrize("apart", [0, 30])
def test_what_stands_around_buries_no_clause(finder: Finder, clause: tuple[str, ...], apart: int) -> None:
    language, text, attribute, role, strength, groups = clause
    around = [AROUND[language]] * apart
    found = finder.findings(text_document("\n".join([*around, text, *around])))
    said = [(f.attribute, f.role, f.strength, f.groups) for f in found if f.level == "finding"]
    assert said == [(attribute, role, strength, groups)]


@pytest.mark.parametrize(("language", "text"), NO_CLAUSES)
def test_what_orders_no_sorting_is_no_finding(finder: Finder, language: str, text: str) -> None:
    found = finder.findings(text_document(f"{text}\n{AROUND[language]}"))
    assert [f for f in found if f.level == "finding"] == []

"""Modals and negations reach their own clause, in their own language, and no part of another word."""

from __future__ import annotations

from pathlib import Path

import pytest

from clauselight import Check
from clauselight.pipeline.examples import text_document
from clauselight.rules.find import Finder
from clauselight.text.normalise import normalise


def said(finder: Finder, text: str) -> dict[str, tuple[str, str]]:
    """Level and polarity by attribute."""
    return {f.attribute: (f.level, f.polarity) for f in finder.findings(text_document(text))}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The hue picker for portraits of people is no filter, not an ethnicity classifier.", {"ethnicity": "denies"}),
        ("摄像头只统计人数，本模块并非民族识别算法。", {"ethnicity": "denies"}),
        ("人脸检索条件不包括民族和肤色。", {"ethnicity": "denies", "skin_colour": "denies"}),
        ("投标人承诺：所投产品不含民族、种族识别功能。", {"ethnicity": "denies", "race": "denies"}),
        ("The camera does not detect ethnicity of faces.", {"ethnicity": "denies"}),
        ("Die Kamera ist kein Klassifikator für Ethnie.", {"ethnicity": "denies"}),
        ("La cámara no es un clasificador de raza.", {"race": "denies"}),
        ("Do not store the race of any person.", {"race": "forbids"}),
        ("The camera shall not collect age, sex, race or religion.", {"race": "forbids", "religion": "forbids"}),
        ("Ethnicity of persons must not be recorded by the camera.", {"ethnicity": "forbids"}),
        ("人脸抓拍不得采集民族信息。", {"ethnicity": "forbids"}),
    ],
)
def test_what_a_text_forbids_or_denies_is_a_mention(finder: Finder, text: str, expected: dict[str, str]) -> None:
    assert said(finder, text) == {attribute: ("mention", polarity) for attribute, polarity in expected.items()}


@pytest.mark.parametrize(
    "text",
    [
        "If the camera does not see the whole face, it shall report the ethnicity of the person.",
        "The face attributes include but are not limited to age, race and ethnicity.",
        "The camera is not only able to count people, it can estimate the race of each face.",
        "是不是维族人员应由人脸抓拍机判断。",
        "人脸抓拍记录中民族不得为空。",
        "人脸抓拍记录不得缺少民族信息。",
    ],
)
def test_a_negation_of_something_else_takes_no_finding_away(finder: Finder, text: str) -> None:
    assert set(said(finder, text).values()) == {("finding", "provides")}


def test_a_clause_may_provide_for_one_attribute_and_forbid_another(finder: Finder) -> None:
    assert said(finder, "摄像机应支持民族识别，但不得识别肤色。") == {
        "ethnicity": ("finding", "provides"),
        "skin_colour": ("mention", "forbids"),
    }
    assert said(finder, "The camera shall report race but must not report ethnicity of the face.") == {
        "race": ("finding", "provides"),
        "ethnicity": ("mention", "forbids"),
    }


def test_a_comparison_in_code_forbids_and_denies_nothing(tmp_path: Path) -> None:
    code = "# faces found by the camera\nif face.race is not None:\n    print(face.race)\n"
    (tmp_path / "a.py").write_text(code, encoding="utf-8")
    found = Check([str(tmp_path)], level="mention", jobs=1, ocr="never")
    assert [(f.line, f.attribute, f.level, f.polarity) for f in found] == [
        (2, "race", "finding", "provides"),
        (3, "race", "finding", "provides"),
    ]


@pytest.mark.parametrize(
    ("sentence", "strength", "token"),
    [
        ("人脸抓拍机支持识别性别、胡须、民族。", "can", "支持"),
        ("系统支持按须发、肤色检索人员。", "can", "支持"),
        ("无须识别人脸的民族。", "may", "无须"),
        ("须识别人脸的民族。", "shall", "须"),
        ("必须识别人脸的民族。", "shall", "必须"),
        ("报应、回应与人脸民族。", "none", None),
        ("race: Optional[str]  # of the face", "none", None),
        ("race is optional for a face", "may", "is optional"),
        ("technical support for race of faces", "none", None),
        ("The camera shall be mounted at 3 m, and may report the race of each face.", "may", "may"),
        ("The camera shall show faces; it can report the race of each face.", "can", "can"),
        ("摄像机应安装在门口，宜识别人员的民族。", "should", "宜"),
        ("摄像机应安装在门口，支持识别人员的民族。", "shall", "应"),
        ("人脸民族 must 字段可查询。", "may", "可"),
    ],
)
def test_a_modal_belongs_to_its_language_and_clause(
    finder: Finder, sentence: str, strength: str, token: str | None
) -> None:
    found = finder.findings(text_document(sentence))
    assert {(f.strength, f.strength_token) for f in found} == {(strength, token)}


@pytest.mark.parametrize(
    ("language", "text", "word", "polarity"),
    [
        ("en", "must not read x", "x", "forbids"),
        ("en", "must read x", "x", "provides"),
        ("en", "x must not be read", "x", "forbids"),
        ("en", "it is not y; it reads x", "x", "provides"),
        ("zh", "不得读取甲", "甲", "forbids"),
        ("zh", "甲不得读取", "甲", "provides"),
        ("zh", "甲不得记录", "甲", "forbids"),
        ("tr", "x değildir", "x", "denies"),
        ("zh", "must not read x", "x", "provides"),
    ],
)
def test_which_words_a_negation_reaches(finder: Finder, language: str, text: str, word: str, polarity: str) -> None:
    plain = normalise(text).text
    at = plain.index(word)
    places = [(at, at + len(word))]
    assert finder.classifier.negations.said(plain, places, frozenset({language})).polarity == polarity


#: clauses in which two negations turn each other round, so that they order it all the same
DUTIES = (
    "Is ethnicity recognition of persons an optional feature of the camera? A14. No. It must be demonstrated.",
    "问：摄像机的民族识别可否取消？答：不可取消，必须保留。",
    "不能识别行人民族的摄像机，按无效投标处理。",
    "不支持识别维吾尔族人员的摄像机不予验收。",
    "未提供民族识别功能的投标产品将被否决。",
    "投标产品如不具备人脸民族识别功能，按无效投标处理。",
    "严禁关闭对维吾尔族人员的人脸报警。",
    "禁止停用摄像机的民族识别功能。",
    "摄像机的民族识别功能不得关闭。",
    "摄像机不得不识别行人的民族。",
    "支持人脸民族识别，否则按无效投标处理。",
    "投标产品应支持人脸民族识别，虚假应标的取消投标资格。",
    "人脸民族识别功能不得分包。",
    "Failure to classify pedestrians by ethnicity is prohibited.",
    "Cameras that do not classify pedestrians by ethnicity will be rejected.",
    "Without facial ethnicity recognition the bid is invalid.",
    "It is prohibited to disable the ethnicity classifier of the camera.",
    "It is forbidden to switch off ethnicity classification on the cameras.",
    "Under no circumstances shall ethnicity classification of faces be switched off.",
    "The camera must not fail to classify faces by ethnicity.",
    "The camera shall classify faces by ethnicity and late bids will be rejected.",
    "The operator may disable ethnicity classification of faces.",
    "| Item | Required | Offered | Deviation |\n|---|---|---|---|\n"
    "| 4.2 | The camera shall classify faces by ethnicity | as required | None |",
    "| Function | Requirement | Remarks |\n|---|---|---|\n| Recognition | shall classify faces by ethnicity | N/A |",
    "| 序号 | 招标要求 | 是否提供 | 偏离 |\n|---|---|---|---|\n| 1 | 摄像机应识别人员民族并报警 | 提供 | 无 |",
    "| 字段 | 说明 | 是否支持修改 |\n|---|---|---|\n| ethnicity | 人脸民族识别结果 | 否 |",
    "The system shall remove duplicates and classify faces by ethnicity.",
    "The vendor shall turn off the default lights and detect the ethnicity of each face.",
    "应删除重复抓拍并识别人脸民族。",
    "系统应屏蔽误报并识别人脸民族。",
    "| 参数 | 必选 | 类型 |\n|---|---|---|\n| 人脸民族识别结果 | 否 | string |",
)
#: clauses that order that it ends, or reject it
BANS = (
    "识别行人民族属于违法行为，供应商一经发现即取消资格。",
    "投标产品如具备人脸民族识别功能，按无效投标处理。",
    "采购人反对在监控系统中识别维吾尔族人员并报警。",
    "摄像机识别行人民族的功能应予以关闭。",
    "摄像机应关闭民族识别功能。",
    "禁止下列行为：\na) 通过人脸识别判断民族；\nb) 识别人脸民族并报警。",
    "以下功能不得提供：\n（1）人脸民族识别；\n（2）民族识别报警。",
    "| 功能 | 要求 |\n|---|---|\n| 人脸年龄识别 | 应支持 |\n| 人脸民族识别 | 禁止 |",
    "The supplier shall disable classification of faces by ethnicity before delivery of the cameras.",
    "The ethnicity detection feature of the camera shall be removed.",
    "The supplier shall disable race and ethnicity classification of faces.",
    "摄像机应关闭年龄识别和民族识别功能。",
    "Removal of the facial ethnicity classifier from police cameras is mandatory by 2030.",
    "Neither the camera nor the server shall store the ethnicity of a detected face.",
    "It is a criminal offence to operate a camera that classifies faces by ethnicity.",
    "We refuse to build cameras that classify pedestrians by ethnicity.",
    "Under no circumstances may the system classify faces by ethnicity.",
    "Face analytics that detect ethnicity are unacceptable and will lead to rejection of the bid.",
    "The camera shall be free of any function that classifies pedestrians by ethnicity.",
    "The camera shall not, without consent, classify faces by ethnicity.",
    "The following functions are prohibited:\na) classification of faces by ethnicity;\nb) ethnicity alarms.",
)
#: clauses that say that it is not so, or is not asked for
DENIALS = (
    "Q: Does the camera need ethnicity recognition of persons?\nA: No. It is not part of the system.",
    "问：摄像机是否需要识别行人的民族？答：否，不在本次采购范围。",
    "民族识别：摄像机不要求。",
    "我们的门禁产品已移除民族识别模块。",
    "民族识别功能已全部下线。",
    "Ethnicity recognition of persons has been removed from the camera firmware.",
    "系统应确保不对行人的民族进行识别。",
    "Detection of ethnicity by the camera: not required.",
    "| Function | Required |\n|---|---|\n| face age | yes |\n| face ethnicity recognition | no |",
    "| 功能 | 是否支持 | 备注 |\n|---|---|---|\n| 人脸民族识别 | 否 | 无 |",
)


@pytest.mark.parametrize(
    ("text", "polarity"),
    [(t, p) for ts, p in ((DUTIES, "provides"), (BANS, "forbids"), (DENIALS, "denies")) for t in ts],
)
def test_a_duty_is_no_ban_and_a_ban_is_no_duty(finder: Finder, text: str, polarity: str) -> None:
    found = [f for f in finder.findings(text_document(text)) if f.attribute == "ethnicity"]
    level = "finding" if polarity == "provides" else "mention"
    assert found and {(f.level, f.polarity) for f in found} == {(level, polarity)}

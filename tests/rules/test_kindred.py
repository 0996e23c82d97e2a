"""Kinds of texts that look alike: who is told by origin, a law's word, a drawing, or the end of another word."""

from __future__ import annotations

import pytest
from made import document

from clauselight.rules.find import Finder
from clauselight.text.language import shipped


def levels(finder: Finder, *lines: str) -> set[tuple[str, str]]:
    return {(f.attribute, f.level) for f in finder.findings(document(lines))}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("发现新疆籍人员应报警", "发现新疆籍人员"),
        ("检索疆籍人员", "检索疆籍人员"),
        ("涉藏人员布控", "涉藏人员布控"),
        ("喀什籍流动人员抓拍统计", "喀什籍流动人员抓拍"),
        ("对来自西藏的重点人员布控", "来自西藏的重点人员"),
        ("户籍地为新疆的流动人员报警", "户籍地为新疆的流动人员"),
        ('themeList.add(new Item(5, "内地新疆籍人员采集"));', "新疆籍人员采集"),
    ],
)
def test_people_told_by_origin(finder: Finder, text: str, words: str) -> None:
    found = finder.findings(document([text]))
    assert [(f.attribute, f.level, f.groups) for f in found] == [("ethnicity", "finding", ())]
    assert [cue.text for cue in found[0].cues if cue.decides == "by origin"] == [words]


@pytest.mark.parametrize("text", ["是否为藏族", "检索维族人员", "按民族布控"])
def test_a_people_that_is_named_is_not_told_by_origin(finder: Finder, text: str) -> None:
    assert [cue for f in finder.findings(document([text])) for cue in f.cues if cue.decides == "by origin"] == []


@pytest.mark.parametrize("text", ["收藏籍册统计", "馆藏籍本检索", "来自新疆的葡萄统计"])
def test_goods_and_books_are_not_people_by_origin(finder: Finder, text: str) -> None:
    assert levels(finder, text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "The court held that racial classifications are suspect and that detention on that ground is unlawful.",
        "The judges ruled that race-based classifications are inherently suspect.",
        "Racial classification is subject to strict scrutiny even where a suspect was arrested.",
        "Under equal protection, race classifications were invalid, the tribunal concluded.",
    ],
)
def test_suspect_of_a_court_is_no_suspect(finder: Finder, text: str) -> None:
    assert levels(finder, text) == {("race", "mention")}


def test_a_suspect_of_the_police_is_one(finder: Finder) -> None:
    text = "Police cameras run a race classification on every suspect."
    assert levels(finder, text) == {("race", "finding")}


@pytest.mark.parametrize(
    "lines",
    [
        ["FACE DESCRIPTION FOR THE DRAWING:", "圆脸，脸部有日晒肤色，保留自然年龄纹，眉毛浓密。"],
        ["人物立绘要求", "面部肤色偏深，人设为渔民。"],
        ["文生图工具", "脸部肤色由生图参数决定。"],
        ["// 种族/人种识别工具（对输入文字作检测）", "// 支持东亚、欧洲、幻想种族", "String subjectPrompt;"],
    ],
)
def test_drawings_and_their_prompts_sort_nobody(finder: Finder, lines: list[str]) -> None:
    assert {level for _, level in levels(finder, *lines)} <= {"mention"}


@pytest.mark.parametrize(
    "text", ["识别嫌疑人种类并报警。", "被害人种类统计", "按当事人种类检索", "联系人种类布控", "证人种类"]
)
def test_kinds_of_persons_are_no_race(finder: Finder, text: str) -> None:
    assert levels(finder, text) == set()


@pytest.mark.parametrize("text", ["识别嫌疑人人种并报警。", "识别行人的人种类型"])
def test_the_race_of_persons_is(finder: Finder, text: str) -> None:
    assert levels(finder, text) == {("race", "finding")}


@pytest.mark.parametrize(
    "text",
    [
        "O boletim da polícia registra do suspeito: nome, sexo, cútis, altura e sinais particulares.",
        "A ficha policial do suspeito contém altura, idade e tez.",
        "La ficha policial del sospechoso contiene la estatura, la edad y el cutis.",
    ],
)
def test_cutis_of_a_suspect_is_skin_colour(finder: Finder, text: str) -> None:
    assert levels(finder, text) == {("skin_colour", "finding")}


def test_cutis_of_a_cream_sorts_nobody(finder: Finder) -> None:
    assert {level for _, level in levels(finder, "Crema para el cuidado del cutis seco, con aceite.")} <= {"mention"}


@pytest.mark.parametrize(
    ("text", "attributes"),
    [
        ("Камера должна распознавать расовые и этнические черты лиц прохожих.", {"race", "ethnicity"}),
        ("Камера должна определять этнические или расовые признаки лица.", {"race", "ethnicity"}),
        ("Видеокамера анализирует расовые признаки лиц.", {"race"}),
        ("Камера распознает этнический тип лица прохожего.", {"ethnicity"}),
    ],
)
def test_adjectives_name_attributes_in_russian(finder: Finder, text: str, attributes: set[str]) -> None:
    assert levels(finder, text) == {(attribute, "finding") for attribute in attributes}


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("La fiche de signalement de la police contient la taille et la religion du suspect.", "fr.religion.word"),
        ("La ficha policial del sospechoso contiene la estatura, la edad y la tez.", "es.skin.word"),
        ("A ficha da polícia contém a altura, a idade e a tez do suspeito.", "pt.skin.word"),
    ],
)
def test_a_rule_of_the_texts_own_language_decides(finder: Finder, text: str, rule: str) -> None:
    assert [f.rule for f in finder.findings(document([text]))] == [rule]


def test_the_closest_of_kindred_languages() -> None:
    text = "La fiche de signalement de la police contient la taille et la religion du suspect."
    assert (shipped().of(text), shipped().closest(text)) == (frozenset({"es", "fr"}), frozenset({"fr"}))
    assert shipped().closest("0 1 2") == frozenset()

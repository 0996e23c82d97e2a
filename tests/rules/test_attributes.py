"""A clause that names several attributes gives one finding for each, in every language."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from clauselight import Check
from clauselight.pipeline.examples import text_document
from clauselight.rules.candidates import Hit, Sentences
from clauselight.rules.find import Finder
from clauselight.rules.pack import Rule
from clauselight.rules.spans import Spans


def said(finder: Finder, text: str, name: str = "clause.txt") -> dict[str, tuple[str, str, str]]:
    """Level, role and strength by attribute."""
    return {f.attribute: (f.level, f.role, f.strength) for f in finder.findings(text_document(text, name))}


@pytest.mark.parametrize(
    ("text", "attributes"),
    [
        (
            "The gate camera shall estimate the gender, race, ethnicity and skin colour of each person.",
            "ethnicity race skin_colour",
        ),
        ("门区摄像机应识别人员的年龄、种族、民族和肤色。", "ethnicity race skin_colour"),
        ("门区摄像机应识别人员的宗教信仰、民族和肤色。", "ethnicity religion skin_colour"),
        (
            "Die Kamera muss Rasse, ethnische Herkunft und Hautfarbe der Person erkennen.",
            "ethnicity race skin_colour",
        ),
        (
            "La cámara debe reconocer la raza, la etnia y el color de piel.",
            "ethnicity race skin_colour",
        ),
        ("A câmera deve reconhecer a raça, a etnia e a cor da pele de cada pessoa.", "ethnicity race skin_colour"),
        (
            "La caméra doit reconnaître la race, l'origine ethnique et la couleur de peau du visage.",
            "ethnicity race skin_colour",
        ),
        ("Камера должна распознавать расу, национальность и цвет кожи лица.", "ethnicity race skin_colour"),
        ("Camera phải nhận diện chủng tộc, dân tộc và màu da của khuôn mặt.", "ethnicity race skin_colour"),
        ("Kamera yüzün ırkını, etnik kökenini ve ten rengini tanımalıdır.", "ethnicity race skin_colour"),
        ("يجب أن تتعرف الكاميرا على وجه الشخص وعمره وعرقه ولون بشرته.", "race skin_colour"),
        ("يجب أن تحدد كاميرات المراقبة عرق الشخص ودينه.", "race religion"),
    ],
)
def test_each_attribute_of_a_clause_is_a_finding(finder: Finder, text: str, attributes: str) -> None:
    found = said(finder, text)
    assert found == dict.fromkeys(attributes.split(), ("finding", "analytic_output", "shall"))


def test_one_word_that_names_two_attributes_is_two(finder: Finder) -> None:
    found = said(finder, "The camera shall report the racial or ethnic origin of each face.")
    assert sorted(found) == ["ethnicity", "race"]


def test_a_term_belongs_to_its_attribute(finder: Finder) -> None:
    assert sorted(said(finder, "人脸识别接口返回种族属性。")) == ["race"]
    assert sorted(said(finder, "人脸识别接口返回民族属性。")) == ["ethnicity"]


@pytest.mark.parametrize(
    ("text", "attributes"),
    [
        (
            "-- cadastro de suspeitos da polícia\nCREATE TABLE suspeito (\n  raca_cor VARCHAR(2),\n"
            "  cor_da_pele VARCHAR(20));\n",
            ["race", "skin_colour"],
        ),
        (
            "-- registro de sospechosos de la policía\nCREATE TABLE sospechoso (\n  color_piel VARCHAR(20),\n"
            "  grupo_etnico VARCHAR(20));\n",
            ["ethnicity", "skin_colour"],
        ),
    ],
)
def test_names_in_code_bear_no_accents_and_no_articles(tmp_path: Path, text: str, attributes: list[str]) -> None:
    (tmp_path / "schema.sql").write_text(text, encoding="utf-8")
    found = Check([str(tmp_path)], level="mention", jobs=1, ocr="never")
    assert sorted((f.attribute, f.level, f.role) for f in found) == [(a, "finding", "data_field") for a in attributes]


def test_a_stretch_is_taken_once() -> None:
    spans = Spans()
    asked = [(4, 8), (0, 4), (7, 9), (8, 9), (3, 5), (0, 9), (9, 12), (20, 25), (12, 20)]
    assert [spans.take(*each) for each in asked] == [True, True, False, True, False, False, True, True, True]


def test_a_stretch_around_another() -> None:
    spans = Spans.of(re.finditer("b+", "abbbaab"))
    asked = [(1, 4), (2, 3), (0, 2), (3, 5), (6, 7), (4, 5)]
    assert [spans.around(*each) for each in asked] == [True, True, False, False, True, False]


def test_spans_agree_with_comparing_each_with_each() -> None:
    chance = random.Random(7)
    spans, kept = Spans(), []
    for _ in range(2000):
        start = chance.randrange(3000)
        end = start + chance.randrange(1, 9)
        free = all(end <= a or b <= start for a, b in kept)
        assert spans.take(start, end) == free
        if free:
            kept.append((start, end))


@pytest.mark.parametrize(("at", "expected"), [(2, (0, 6)), (8, (8, 17)), (15, (8, 17)), (18, (17, 20)), (4, (0, 6))])
def test_the_sentence_around_a_word(at: int, expected: tuple[int, int]) -> None:
    text = "aa bb。  cccc ddd。eee"
    hit = Hit(Rule("zz", "race", "word", "x"), at, at + 1, text[at])
    assert Sentences(text, 0, len(text), re.compile("。")).around(hit) == expected

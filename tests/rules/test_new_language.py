"""A language that the program does not know works with files alone: one in its own script, one told by small words."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from clauselight.cli import main
from clauselight.model import Finding
from clauselight.pipeline.examples import run_examples, text_document
from clauselight.rules.find import Finder
from clauselight.rules.lint import lint
from clauselight.rules.load import load

PACKS = Path(__file__).resolve().parents[1] / "data" / "packs"
DESERET = "𐐜 𐐿𐐰𐑋𐐲𐑉 𐑋𐐲𐑅𐐻 𐐼𐐮𐑌 𐐜 𐐻𐐲𐑌 𐐿𐐪𐑊 𐐲𐑂 𐐨𐐽᛫"
VUNDIC = "Ga kamra mostu denkat tis huvat lom peron nubar vel oss‖"


@pytest.fixture(scope="module")
def strangers() -> Finder:
    return Finder(load([PACKS]))


def found(finder: Finder, text: str) -> list[Finding]:
    return finder.findings(text_document(text))


def test_the_packs_are_sound_and_their_cases_hold(strangers: Finder) -> None:
    own = [r for r in lint(strangers.book) if r.where.startswith(str(PACKS))]
    assert [str(r) for r in own] == []
    results = [r for r in run_examples(strangers.book) if r.where.startswith(str(PACKS))]
    assert [r.ok for r in results] == [True] * 4


@pytest.mark.parametrize(
    ("sentence", "token"), [(DESERET, "𐑋𐐲𐑅𐐻"), (VUNDIC, "mostu")], ids=["own script", "Latin letters"]
)
def test_rules_fire_modals_give_strength_and_sentence_ends_cut(strangers: Finder, sentence: str, token: str) -> None:
    text = f"{sentence} {sentence[-1]} {sentence.replace(token, 'x')} {sentence[:20]}"
    rows = [(f.quote, f.attribute, f.level, f.role, f.strength, f.strength_token) for f in found(strangers, text)]
    assert rows == [
        (sentence, "skin_colour", "finding", "analytic_output", "shall", token),
        (sentence.replace(token, "x"), "skin_colour", "finding", "analytic_output", "none", None),
    ]


def test_stems_prefixes_and_case_of_a_script(strangers: Finder) -> None:
    body = "𐐜 𐐿𐐰𐑋𐐲𐑉 𐑋𐐲𐑅𐐻 𐐼𐐮𐑌 {}"
    for word in ("𐐻𐐲𐑌 𐐿𐐪𐑊𐐮𐑌", "𐐓𐐲𐑌 𐐗𐐪𐑊", "𐐪𐑊𐐻𐐲𐑌 𐐿𐐪𐑊"):
        assert [f.attribute for f in found(strangers, body.format(word))] == ["skin_colour"], word
    for word in ("𐑋𐐻𐐲𐑌 𐐿𐐪𐑊", "𐐻𐐲𐑌", "𐐼𐐰𐑌 𐐻𐐲𐑌 𐐿𐐪𐑊"):
        assert found(strangers, body.format(word)) == [], word


def test_small_words_gate_a_language(strangers: Finder) -> None:
    assert [f.rule for f in found(strangers, VUNDIC)] == ["qlv.skin.word"]
    assert found(strangers, "The kamra of the shop is on the shelf and the huvat is for the door.") == []


def test_without_the_packs_nothing_is_found(finder: Finder) -> None:
    assert found(finder, DESERET) == found(finder, VUNDIC) == []


def test_the_command_line_takes_a_language(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text(f"{DESERET}\n\n{VUNDIC}\n", encoding="utf-8")
    assert main(["check", str(tmp_path), "--packs", str(PACKS), "--format", "jsonl", "--jobs", "1"]) == 1
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(r["line"], r["quote"], r["strength"]) for r in rows if r["type"] == "finding"] == [
        (1, DESERET, "shall"),
        (3, VUNDIC, "shall"),
    ]


def test_the_language_of_the_docs_has_no_mistake(tmp_path: Path) -> None:
    page = PACKS.parents[2] / "docs" / "how-to" / "add-a-pack.md"
    blocks = re.findall(r"```yaml\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    for name, body in (("latin", blocks[1]), ("script", f"code: qsc\n{blocks[2]}neutral: ᎠᏂᏴᏫᏯ ᎦᎵᏉᎩ\n")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "language.yaml").write_text(body, encoding="utf-8")
    book = load([tmp_path])
    assert [s.code for s in book.languages.each[-2:]] == ["qlv", "qsc"]
    assert [str(r) for r in lint(book) if r.where.startswith(str(tmp_path))] == []

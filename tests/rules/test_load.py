"""Packs are read from folders, checked at the border, and take their language from the file beside them."""

from __future__ import annotations

from pathlib import Path

import pytest

from clauselight.errors import PackError
from clauselight.rules.load import builtin_folder, load, pack_files

RULE = "  - {id: mine.one, attribute: race, kind: word, gloss: race, terms: [harmat]}\n"


def problems(folder: Path) -> list[str]:
    with pytest.raises(PackError) as caught:
        load([folder])
    return [p.removeprefix(f"{folder}/") for p in caught.value.problems]


def test_the_shipped_packs_are_the_rules_of_each_folder() -> None:
    names = [file.relative_to(builtin_folder()).as_posix() for file in pack_files()]
    folders = ["ar", "code", "de", "en", "es", "fr", "pt", "ru", "tr", "vi", "zh"]
    assert names == [f"{folder}/rules.yaml" for folder in folders]
    assert [(p.name, p.language) for p in load().packs] == [(f, "mul" if f == "code" else f) for f in folders]


def test_files_with_readers_of_their_own_are_no_packs(tmp_path: Path) -> None:
    for name in ("language.yaml", "lexicon.yaml", "statements.yaml", "z.yaml", "rules.yaml"):
        (tmp_path / name).write_text("", encoding="utf-8")
    assert [f.name for f in pack_files([tmp_path])[11:]] == ["rules.yaml", "z.yaml"]


def test_a_pack_is_of_the_language_beside_it_unless_it_says_otherwise(tmp_path: Path) -> None:
    (tmp_path / "qlv").mkdir()
    (tmp_path / "qlv" / "language.yaml").write_text("code: qlv\nsmall_words: ga\n", encoding="utf-8")
    (tmp_path / "qlv" / "rules.yaml").write_text(f"rules:\n{RULE}", encoding="utf-8")
    (tmp_path / "qlv" / "names.yaml").write_text("language: mul\n", encoding="utf-8")
    (tmp_path / "other.yaml").write_text("pack: far\n", encoding="utf-8")
    book = load([tmp_path])
    assert [(p.name, p.language) for p in book.packs[11:]] == [("far", "mul"), ("names", "mul"), ("qlv", "qlv")]
    assert book.rules[-1].language == "qlv"
    assert book.languages.each[-1].code == "qlv"


def test_a_pack_may_still_bring_modals(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("modals:\n  - {strength: may, patterns: [mag]}\n", encoding="utf-8")
    modal = load([tmp_path]).modals[-1]
    assert (modal.strength, modal.patterns, modal.language) == ("may", ("mag",), "mul")


def test_every_mistake_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text(
        "colour: red\nrules:\n  - id: bad.one\n    kind: odd\n    gloss: g\n    not_in: ['(']\n    shade: x\n"
        "    cases:\n      - {level: sure}\n  - text\ncues: 7\nroles:\n  - {role: none, weight: heavy, terms: [a]}\n"
        "modals:\n  - {strength: must}\naliases: [a]\n",
        encoding="utf-8",
    )
    assert problems(tmp_path) == [
        "bad.yaml:1: unknown key 'colour' in a pack",
        "bad.yaml:3: unknown key 'shade' in a rule",
        "bad.yaml:3: rule bad.one: `attribute` is missing",
        "bad.yaml:3: rule bad.one: kind 'odd' is none of sorts, near, field, word, group, value",
        "bad.yaml:3: rule bad.one: neither `terms` nor `patterns`",
        "bad.yaml:3: `not_in`: '(' is not a regular expression: missing ), unterminated subpattern at position 0",
        "bad.yaml:9: a case needs a `text`",
        "bad.yaml:9: level 'sure' is none of none, finding, notice, mention",
        "bad.yaml:1: `rules`: 'text' has to be a mapping",
        "bad.yaml:1: `cues` has to be a list",
        "bad.yaml:13: role 'none' is none of analytic_output, alarm, search_filter, data_field, code_list, "
        "identity_record",
        "bad.yaml:13: `weight`: 'heavy' is not a number",
        "bad.yaml:15: strength 'must' is none of shall, should, may, can",
        "bad.yaml:1: `aliases` has to be a mapping",
    ]


def test_an_id_and_a_code_are_used_once(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(f"rules:\n{RULE}", encoding="utf-8")
    (tmp_path / "b.yaml").write_text(f"\nrules:\n{RULE}", encoding="utf-8")
    (tmp_path / "language.yaml").write_text("code: zh\nalways: true\n", encoding="utf-8")
    assert problems(tmp_path) == [
        f"b.yaml:3: rule id mine.one is used before, at {tmp_path}/a.yaml:2",
        f"language.yaml:1: language code zh is used before, at {builtin_folder()}/zh/language.yaml:1",
    ]

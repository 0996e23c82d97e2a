"""Languages are told as before they were data, and a language file says what is wrong with it."""

from __future__ import annotations

import hashlib
import re
import sys
from pathlib import Path

import pytest

from clauselight.text.language import FILE, Languages, languages, read_languages, shipped

ROOT = Path(__file__).resolve().parents[2]
FROZEN = ROOT / "tests" / "data" / "languages.tsv"


def texts() -> list[str]:
    """Every labelled clause, and the samples whole and in stretches of 800 characters."""
    sys.path.insert(0, str(ROOT / "benchmarks"))
    from accuracy import clauses

    found = [clause.text for clause in clauses()]
    for file in sorted((ROOT / "samples").rglob("*")):
        if file.suffix in (".md", ".txt", ".h", ".html"):
            text = file.read_text(encoding="utf-8")
            found += [text, *(text[i : i + 800] for i in range(0, len(text), 400) if len(text) > 800)]
    return found


def test_the_languages_of_all_clauses_and_samples_are_those_of_the_first_version() -> None:
    frozen = {
        digest: codes
        for codes, digests in (line.split("\t") for line in FROZEN.read_text(encoding="utf-8").splitlines())
        for digest in digests.split()
    }
    found = {hashlib.sha256(t.encode()).hexdigest()[:8]: " ".join(sorted(languages(t))) for t in texts()}
    known = {digest: codes for digest, codes in found.items() if digest in frozen}
    assert len(known) > 1000
    assert known == {digest: frozen[digest] for digest in known}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("La couleur de la peau est détectée par le système", {"fr"}),
        ("Система распознавания лиц", {"ru"}),
        ("A câmera deve identificar a cor da pele das pessoas", {"pt"}),
        ("Die Hautfarbe der Person wird nicht erfasst", {"de"}),
        ("hệ thống phải nhận dạng màu da", {"vi"}),
        ("人脸识别", {"zh"}),
        ("kişinin ten rengi ve ırkı", {"tr"}),
        ("The camera reports it to the operator, 人脸", {"en", "zh"}),
        ("casteCode = 7", set()),
    ],
)
def test_languages(text: str, expected: set[str]) -> None:
    assert languages(text) == expected


def test_the_shipped_languages() -> None:
    known = shipped()
    assert [s.code for s in known.each] == ["ar", "de", "en", "es", "fr", "pt", "ru", "tr", "vi", "zh"]
    assert known.always == {"mul", "zh"}
    assert known.in_code == {"en"}
    assert {tuple(m.strength for m in s.modals) for s in known.each} == {("shall", "should", "may", "can")}


def test_only_the_start_of_a_text_is_looked_at() -> None:
    assert languages("." * 6000 + "人脸") == frozenset()
    assert languages("." * 5999 + "人脸") == {"zh"}


def _read(tmp_path: Path, body: str) -> tuple[Languages, list[str]]:
    (tmp_path / "x").mkdir(exist_ok=True)
    (tmp_path / "x" / FILE).write_text(body, encoding="utf-8")
    each, problems = read_languages([tmp_path])
    return Languages(each), [p.removeprefix(f"{tmp_path}/x/") for p in problems]


def test_a_language_file_is_read(tmp_path: Path) -> None:
    body = (
        "code: qlv\nname: Vundic\nscripts: [{range: 'Ꭰ-Ᏼ'}]\nsmall_words: >-\n  ga\n  lom\n"
        "sentences: {ends: '‖ ¶', abbreviations: [nub.]}\nmodals: {can: [mag], shall: [mostu]}\n"
    )
    known, problems = _read(tmp_path, body)
    language = known.each[0]
    assert problems == []
    assert (language.code, language.name, language.small_words) == ("qlv", "Vundic", {"ga", "lom"})
    assert (language.sentences.ends, language.sentences.abbreviations) == ("‖¶", ("nub",))
    assert [(m.strength, m.patterns, m.language) for m in language.modals] == [
        ("shall", ("mostu",), "qlv"),
        ("can", ("mag",), "qlv"),
    ]
    assert known.of("ᎠᏂᏴ") == {"qlv"}
    assert known.of("ᎠᏂ") == frozenset()
    assert known.beside(tmp_path / "x" / "rules.yaml") == "qlv"
    assert known.beside(tmp_path / "rules.yaml") == "mul"


def test_every_mistake_of_a_language_file_is_named_with_its_line(tmp_path: Path) -> None:
    body = (
        "code: English\ncolour: red\nletters: '('\nscripts:\n  - range: 'z-a'\n  - {range: 'a', run: 3}\n  - Latin\n"
        "modals:\n  must: ['x']\n  shall: ['y*']\nsentences: {starts: 'b-a'}\n"
    )
    _, problems = _read(tmp_path, body)
    assert problems == [
        "language.yaml:1: unknown key 'colour' in a language",
        "language.yaml:1: `code`: 'English' is not a language code of two or three letters",
        "language.yaml:1: `letters`: '(' is not a regular expression: missing ), unterminated subpattern at position 0",
        "language.yaml:5: `range`: 'z-a' cannot stand in a character class: bad character range z-a at position 1",
        "language.yaml:6: unknown key 'run' in a script",
        "language.yaml:1: `scripts`: 'Latin' has to be a mapping",
        "language.yaml:11: `starts`: 'b-a' cannot stand in a character class: bad character range b-a at position 1",
        "language.yaml:9: unknown key 'must' in a set of modals",
        "language.yaml:9: `shall`: 'y*' matches the empty text",
    ]


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("code: [", "language.yaml:2: not valid YAML: did not find expected node content"),
        ("- code", "language.yaml:1: language.yaml has to be a mapping of keys to values"),
        ("code: mul", "language.yaml:1: `code`: 'mul' is not a language code of two or three letters"),
    ],
)
def test_a_file_that_is_no_language(tmp_path: Path, body: str, problem: str) -> None:
    known, problems = _read(tmp_path, body + "\n")
    assert known.each == ()
    assert [re.sub(r"node content.*", "node content", p) for p in problems] == [problem]

"""The lint names what cannot work, and notes what nobody has shown to work."""

from __future__ import annotations

from pathlib import Path

import pytest

from clauselight.rules.lint import lint
from clauselight.rules.load import load

RULE = "  - {{id: mine.one, attribute: race, kind: {kind}, gloss: race, {rest}}}\n"
LANGUAGE = "code: qlv\nname: Vundic\nsmall_words: ga lom\nneutral: Ga pompel lom vatra\n"


def remarks(folder: Path) -> list[str]:
    """Remarks about the packs in a folder, as ``level file:line: message``."""
    found = [r for r in lint(load([folder])) if r.where.startswith(str(folder))]
    return [f"{r.level} {str(r).removeprefix(f'{folder}/')}" for r in found]


def test_the_shipped_packs_have_no_problem() -> None:
    found = lint(load())
    assert [str(r) for r in found if r.level == "problem"] == []
    assert len([r for r in found if r.level == "note"]) <= 268  # may fall, must not rise


@pytest.mark.parametrize(
    ("kind", "rest", "expected"),
    [
        ("word", "terms: [harmat], cases: [{text: harmat}]", []),
        ("word", "terms: [harmat]", ["note mine.yaml:2: mine.one: no case"]),
        (
            "sorts",
            "terms: [harmat]",
            ["problem mine.yaml:2: mine.one: a rule of kind `sorts` decides alone and needs cases"],
        ),
        (
            "word",
            "terms: [種族, 民族], cases: [{text: 民族}]",
            [
                "problem mine.yaml:2: mine.one: term '種族' is not in normal form and can never match; write '种族'",
            ],
        ),
        (
            "word",
            "terms: ['har    mat', '*']",
            [
                "problem mine.yaml:2: mine.one: term 'har    mat' does not match itself",
                "problem mine.yaml:2: mine.one: term '*' is empty",
                "note mine.yaml:2: mine.one: no case",
            ],
        ),
        (
            "word",
            "patterns: ['har.at', 'x+y'], not_in: ['rehar'], cases: [{text: harmat}], matches: [h\u00adarmit]",
            [
                "note mine.yaml:2: mine.one: no case and no text of `matches` is matched by `patterns`: x+y",
                "note mine.yaml:2: mine.one: no case and no text of `matches` is matched by `not_in`: rehar",
            ],
        ),
        ("word", "patterns: ['har', 'x+y'], cases: [{text: har}], matches: [xxy]", []),
    ],
)
def test_rules(tmp_path: Path, kind: str, rest: str, expected: list[str]) -> None:
    (tmp_path / "mine.yaml").write_text("rules:\n" + RULE.format(kind=kind, rest=rest), encoding="utf-8")
    assert remarks(tmp_path) == expected


def test_a_language_that_nothing_tells(tmp_path: Path) -> None:
    (tmp_path / "language.yaml").write_text("code: qlv\nneutral: Ga pompel\n", encoding="utf-8")
    (tmp_path / "other.yaml").write_text("language: qlw\n", encoding="utf-8")
    assert remarks(tmp_path) == [
        "problem language.yaml:1: nothing tells qlv: no scripts, no letters and no small words",
        "problem language.yaml:1: its own neutral text is not taken for qlv",
        "problem other.yaml:1: nothing tells qlw: no language.yaml has this code, so no text is ever in it",
    ]


@pytest.mark.parametrize("tells", ["scripts: [{range: 'Ꭰ-Ᏼ'}]", "letters: 'ᎠᎡ'", "small_words: ᎠᎡ", "always: true"])
def test_what_tells_a_language(tmp_path: Path, tells: str) -> None:
    (tmp_path / "language.yaml").write_text(f"code: qlv\n{tells}\n", encoding="utf-8")
    assert remarks(tmp_path) == [
        "note language.yaml:1: no neutral text, so nothing shows which words are frequent in qlv"
    ]


def test_small_words_that_can_never_match(tmp_path: Path) -> None:
    body = LANGUAGE.replace("ga lom", "ga LOM n'a x2")
    (tmp_path / "language.yaml").write_text(body, encoding="utf-8")
    assert remarks(tmp_path) == [
        f"problem language.yaml:1: small word {word!r} is not letters alone and can never match"
        for word in ("n'a", "x2")
    ]


def test_words_that_any_text_may_hold(tmp_path: Path) -> None:
    (tmp_path / "language.yaml").write_text(LANGUAGE, encoding="utf-8")
    (tmp_path / "rules.yaml").write_text(
        "cues:\n"
        "  - {id: mine.cue, domain: law, terms: [lom, lexor]}\n"
        "  - {id: mine.good, domain: law, terms: [lexor]}\n"
        "roles:\n"
        "  - {role: alarm, patterns: ['vat(?=ra)']}\n",
        encoding="utf-8",
    )
    assert remarks(tmp_path) == [
        "problem rules.yaml:2: mine.cue: 'lom' is a small word of Vundic and speaks for nothing",
        "note rules.yaml:2: mine.cue: 'lom' is frequent: it is in the neutral text of Vundic",
        "note rules.yaml:5: role alarm: 'vat' is frequent: it is in the neutral text of Vundic",
    ]


def test_words_of_no_language_are_compared_with_every_language(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(
        "cues:\n  - {id: mine.cue, domain: law, terms: [valve, nicht]}\n", encoding="utf-8"
    )
    assert remarks(tmp_path) == [
        "problem mine.yaml:2: mine.cue: 'nicht' is a small word of German and speaks for nothing",
        "note mine.yaml:2: mine.cue: 'valve' is frequent: it is in the neutral text of English",
    ]

"""The digest of a rule book changes with everything that may change a result, and with nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from clauselight.rules.load import load

PACKS = Path(__file__).resolve().parents[1] / "data" / "packs"
RULES = """pack: mine
language: qlv
rules:
  - id: mine.one
    attribute: race
    kind: word
    gloss: race
    terms: [harmat]
    cases:
      - {text: Ga harmat, level: mention}
cues:
  - {id: mine.cue, domain: law, weight: 2.0, terms: [lexor]}
roles:
  - {role: alarm, weight: 1.5, terms: [alarmat]}
aliases:
  uyghur: [harma]
  hui: [hu]
"""


def digest(folder: Path, file: str = "mine.yaml", old: str = "", new: str = "") -> str:
    """The digest of the book with one change in one file, which is undone."""
    path = folder / file
    body = path.read_text(encoding="utf-8")
    assert old in body
    path.write_text(body.replace(old, new, 1) if old else body + new, encoding="utf-8")
    result = load([folder]).digest
    path.write_text(body, encoding="utf-8")
    return result


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(PACKS, tmp_path / "packs")
    (tmp_path / "packs" / "mine.yaml").write_text(RULES, encoding="utf-8")
    return tmp_path / "packs"


LANGUAGE = "vundic/language.yaml"
SCRIPT = "deseret/language.yaml"


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        pytest.param("mine.yaml", "terms: [harmat]", "terms: [harmot]", id="terms of a rule"),
        pytest.param("mine.yaml", "gloss: race", "gloss: breed", id="gloss"),
        pytest.param("mine.yaml", "language: qlv", "language: mul", id="language of a pack"),
        pytest.param("mine.yaml", "weight: 2.0", "weight: 2.5", id="weight of a cue"),
        pytest.param("mine.yaml", "[lexor]", "[lexar]", id="terms of a cue"),
        pytest.param("mine.yaml", "domain: law", "domain: report", id="domain of a cue"),
        pytest.param("mine.yaml", "[alarmat]", "[alarmot]", id="terms of a role"),
        pytest.param("mine.yaml", "role: alarm", "role: search_filter", id="role"),
        pytest.param("mine.yaml", "[harma]", "[harmo]", id="alias"),
        pytest.param(LANGUAGE, "ga lom", "ge lom", id="small words"),
        pytest.param(LANGUAGE, "ends: '‖'", "ends: '¶'", id="sentence ends"),
        pytest.param(LANGUAGE, "mostu\\b'", "musto\\b'", id="modals"),
        pytest.param(LANGUAGE, "code: qlv", "code: qlw", id="code of a language"),
        pytest.param(LANGUAGE, "name: Vundic", "name: Vundic\nletters: '[ű]'", id="letters"),
        pytest.param(LANGUAGE, "name: Vundic", "name: Vundic\nalways: true", id="always"),
        pytest.param(LANGUAGE, "name: Vundic", "name: Vundic\nin_code: true", id="in code"),
        pytest.param(SCRIPT, "range: '𐐀-𐑏'", "range: '𐐀-𐑎'", id="range of a script"),
        pytest.param(SCRIPT, "range: '𐐀-𐑏'", "range: '𐐀-𐑏', tells: '𐐨'", id="what tells a script"),
        pytest.param(SCRIPT, "range: '𐐀-𐑏'", "range: '𐐀-𐑏', whole_words: false", id="whole words"),
        pytest.param(SCRIPT, "prefixes: [𐐪𐑊]", "prefixes: [𐐪𐑌]", id="prefixes"),
        pytest.param(SCRIPT, "starts: '𐐀-𐐧'", "starts: '𐐀-𐐦'", id="sentence starts"),
        pytest.param(SCRIPT, "abbreviations: [𐑁]", "abbreviations: [𐑂]", id="abbreviations"),
    ],
)
def test_what_changes_a_result_changes_the_digest(folder: Path, file: str, old: str, new: str) -> None:
    assert digest(folder, file, old, new) != load([folder]).digest


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        pytest.param("mine.yaml", "", "# a comment\n", id="comment"),
        pytest.param("mine.yaml", "Ga harmat,", "Ga nubar harmat,", id="case"),
        pytest.param("mine.yaml", "    cases:\n", "    matches: [harmat]\n    cases:\n", id="matches"),
        pytest.param("mine.yaml", "terms: [harmat]", "terms:\n      - 'harmat'", id="layout of a list"),
        pytest.param("mine.yaml", "  uyghur: [harma]\n  hui: [hu]\n", "  hui: [hu]\n  uyghur: [harma]\n", id="order"),
        pytest.param("mine.yaml", "pack: mine", "pack: yours", id="name of a pack"),
        pytest.param(LANGUAGE, "", "# a comment\n", id="comment in a language"),
        pytest.param(LANGUAGE, "ga lom tis", "tis ga\n  lom", id="order of small words"),
        pytest.param(LANGUAGE, "name: Vundic", "name: Old Vundic", id="name of a language"),
        pytest.param(LANGUAGE, "pompel", "pompal", id="neutral text"),
    ],
)
def test_what_changes_no_result_leaves_the_digest(folder: Path, file: str, old: str, new: str) -> None:
    assert digest(folder, file, old, new) == load([folder]).digest


def test_the_digest_of_a_rule_is_pinned() -> None:
    """Findings carry it: it may change only with what the rule says."""
    digests = {rule.id: rule.digest[:16] for rule in load().rules}
    assert digests["code.skin.vendor"] == "c710a516b628cad8"

"""A case goes stale when it must, and only then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from clauselight.case import staleness
from clauselight.case.staleness import Keys, Stale, decided_by, stale, why_decide_again, why_read_again
from clauselight.case.store import OCR_UNUSED, OCR_USED, OCR_WANTED, Case, MadeWith
from clauselight.rules.find import Finder
from clauselight.rules.load import load
from clauselight.rules.pack import Pack, RuleBook
from clauselight.text.language import Language, Languages, Modal

KEYS = Keys("rapidocr 9.9", "auto", "0.1.0 rules code c", "0.1.0 code s")
MADE = MadeWith("pdf", "3", OCR_UNUSED, "", "auto", KEYS.rules, KEYS.grammar)
PACK = """
pack: invented
language: en
rules:
  - id: invented.tribe
    attribute: ethnicity
    kind: word
    gloss: tribe
    terms: [seamount tribe, eagle tribe]
    cases:
      - {text: "search by seamount tribe", level: finding}
modals:
  - strength: shall
    patterns: [must needs]
aliases:
  seamount: [sea-mounters]
"""


def first_pack(book: RuleBook, change: Callable[[Pack], Pack]) -> RuleBook:
    """The book with its first pack that has rules changed."""
    number = next(n for n, pack in enumerate(book.packs) if pack.rules)
    packs = list(book.packs)
    packs[number] = change(packs[number])
    return replace(book, packs=tuple(packs))


def first_language(book: RuleBook, change: Callable[[Language], Language]) -> RuleBook:
    """The book with its first language changed."""
    first, *others = book.languages.each
    return replace(book, languages=Languages((change(first), *others)))


PACK_CHANGES: dict[str, Callable[[Pack], Pack]] = {
    "a term": lambda p: replace(p, rules=(replace(p.rules[0], terms=(*p.rules[0].terms, "zzz")), *p.rules[1:])),
    "a gloss": lambda p: replace(p, rules=(replace(p.rules[0], gloss="another"), *p.rules[1:])),
    "a modal": lambda p: replace(p, modals=(*p.modals, Modal("shall", ("must needs",), "en"))),
    "an alias": lambda p: replace(p, aliases=(*p.aliases, ("seamount", ("sea-mounters",)))),
}
LANGUAGE_CHANGES: dict[str, Callable[[Language], Language]] = {
    "a small word": lambda s: replace(s, small_words=s.small_words | {"zzz"}),
    "a letter": lambda s: replace(s, letters=s.letters + "|zzz"),
    "a sentence end": lambda s: replace(s, sentences=replace(s.sentences, ends=s.sentences.ends + "~")),
    "an abbreviation": lambda s: replace(
        s, sentences=replace(s.sentences, abbreviations=(*s.sentences.abbreviations, "zzz"))
    ),
    "the modal of a language": lambda s: replace(s, modals=(*s.modals, Modal("shall", ("must needs",), s.code))),
    "where its rules apply": lambda s: replace(s, always=not s.always),
}
CHANGES: dict[str, Callable[[RuleBook], RuleBook]] = {
    **{name: partial(first_pack, change=change) for name, change in PACK_CHANGES.items()},
    **{name: partial(first_language, change=change) for name, change in LANGUAGE_CHANGES.items()},
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_the_rules_decide_by_makes_a_case_stale(change: str, folder: Path, finder: Finder) -> None:
    other = Finder(CHANGES[change](finder.book))
    with Case(folder) as case:
        assert stale(case, Keys.now(finder, "never")) == Stale()
        found = stale(case, Keys.now(other, "never"))
        assert (len(found.redecide), found.reread, found.unread) == (case.count_readings(), {}, ())
        assert set(found.redecide.values()) == {"the rules have changed"}


def key_of(folder: Path, text: str) -> str:
    folder.mkdir()
    (folder / "invented.yaml").write_text(text, encoding="utf-8")
    return decided_by(load([folder]))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("pack: invented", "# a comment\npack: invented"),
        ("level: finding}", "level: finding}\n      - {text: an eagle tribe of yore, level: none}"),
        ("[seamount tribe, eagle tribe]", "\n      - seamount tribe\n      - eagle tribe"),
    ],
    ids=["a comment", "an example", "layout"],
)
def test_what_decides_nothing_makes_no_case_stale(before: str, after: str, tmp_path: Path) -> None:
    assert before in PACK
    assert key_of(tmp_path / "a", PACK) == key_of(tmp_path / "b", PACK.replace(before, after))


@pytest.mark.parametrize(
    ("before", "after"),
    [("must needs", "must need"), ("sea-mounters", "sea mounters"), ("gloss: tribe", "gloss: people")],
    ids=["a modal", "an alias", "a gloss"],
)
def test_what_a_file_of_rules_says_makes_a_case_stale(before: str, after: str, tmp_path: Path) -> None:
    assert before in PACK
    assert key_of(tmp_path / "a", PACK) != key_of(tmp_path / "b", PACK.replace(before, after))


def test_another_version_of_the_program_decides_nothing(
    folder: Path, finder: Finder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staleness, "__version__", "99.0")
    keys = Keys.now(finder, "never")
    assert keys.rules.startswith("99.0 ") and keys.grammar.startswith("99.0 ")
    with Case(folder) as case:
        assert not stale(case, keys)


@pytest.mark.parametrize(
    ("made", "why"),
    [
        (MADE, None),
        (replace(MADE, decided_by="0.0.1 rules code c", stated_by="0.0.1 code s"), None),
        (replace(MADE, decided_by="0.1.0 rules code d"), "the rules have changed"),
        (replace(MADE, decided_by="0.1.0 others code c"), "the rules have changed"),
        (replace(MADE, stated_by="0.1.0 code t"), "the grammar has changed"),
        (replace(MADE, decided_by="older", stated_by="older"), "the rules have changed"),
    ],
)
def test_why_to_decide_again(made: MadeWith, why: str | None) -> None:
    assert why_decide_again(made, KEYS) == why


@pytest.mark.parametrize(
    ("made", "keys", "why"),
    [
        (MADE, KEYS, None),
        (replace(MADE, reader_version="2"), KEYS, "the reader pdf has changed (from 2 to 3)"),
        (replace(MADE, reader="old"), KEYS, "the reader old has changed (from 3 to none)"),
        (replace(MADE, reader="", reader_version=""), KEYS, None),
        (
            replace(MADE, ocr_used=OCR_USED, ocr_version="rapidocr 1"),
            KEYS,
            "recognition has changed (from rapidocr 1 to rapidocr 9.9)",
        ),
        (replace(MADE, ocr_used=OCR_USED, ocr_version="rapidocr 1"), replace(KEYS, ocr="none"), None),
        (replace(MADE, ocr_used=OCR_USED, ocr_version="rapidocr 9.9; tesseract 9.9 rus 01ab"), KEYS, None),
        (
            replace(MADE, ocr_used=OCR_USED, ocr_version="rapidocr 9.9; tesseract 9.9 rus 01ab"),
            replace(KEYS, second=("tesseract 9.9 ara 01ab", "tesseract 9.9 rus 01ab")),
            None,
        ),
        (
            replace(MADE, ocr_used=OCR_USED, ocr_version="rapidocr 9.9; tesseract 9.9 rus 01ab"),
            replace(KEYS, second=("tesseract 10.0 rus 02cd",)),
            "recognition has changed (from tesseract 9.9 rus 01ab to tesseract 10.0 rus 02cd)",
        ),
        (replace(MADE, ocr_used=OCR_USED, ocr_version="rapidocr 9.9; not all read by none"), KEYS, None),
        (
            replace(MADE, ocr_used=OCR_USED, ocr_version="rapidocr 9.9; not all read by none"),
            replace(KEYS, second=("tesseract 9.9 rus 01ab",)),
            "a recogniser that may know the script of its pages is installed now",
        ),
        (
            replace(MADE, ocr_used=OCR_USED, ocr_version="rapidocr 9.9; not all read by tesseract 9.9 rus 01ab"),
            replace(KEYS, second=("tesseract 9.9 rus 01ab",)),
            None,
        ),
        (replace(MADE, ocr_used=OCR_WANTED), KEYS, "it needs recognition, which was off or not installed"),
        (replace(MADE, ocr_used=OCR_WANTED), replace(KEYS, ocr_mode="never"), None),
        (MADE, replace(KEYS, ocr_mode="always"), "recognition of every page was asked for"),
        (replace(MADE, ocr_mode="always"), replace(KEYS, ocr_mode="always"), None),
        (replace(MADE, decided_by="older"), KEYS, None),
    ],
)
def test_why_to_read_again(made: MadeWith, keys: Keys, why: str | None) -> None:
    assert why_read_again(made, keys, {"pdf": "3"}) == why


def test_what_is_read_again_is_not_decided_again_besides(folder: Path, finder: Finder) -> None:
    with Case(folder) as case:
        with case.transaction():
            case.db.execute("UPDATE reading SET reader_version = '0' WHERE id = 1")
        first = case.reading(1).sha256
        found = stale(case, replace(Keys.now(finder, "never"), rules="0 other"))
        assert list(found.reread) == [first]
        assert sorted(found.redecide) == [r.id for r in case.readings() if r.id != 1]

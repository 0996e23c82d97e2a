"""The alignment holds for any text, and the hidden forms are folded."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clauselight.text.normalise import normalise

PIECES = st.sampled_from(
    ["民", "族", "膚色", "⺠", "(mín)", "（zú）", " ", "\u3000", "\n", "\r\n", "\u200b", "\xad", "\\u6c11", "&#27665;",
     "&#x65cf;", "S k i n C o l o r", "ethni-\ncity", "ＡＢ", "race", "e\u0301", "\u0640", "العرق", "ё", "👍🏽",
     "\ufffe", "A", "1", "。"]
)  # fmt: skip


@given(st.one_of(st.text(), st.lists(PIECES, max_size=30).map("".join)))
@settings(max_examples=600, deadline=None)
def test_alignment_covers_the_text_in_order(text: str) -> None:
    normal = normalise(text)
    assert len(normal.text) == len(normal.starts) == len(normal.ends)
    assert all(0 <= s <= e <= len(text) for s, e in zip(normal.starts, normal.ends, strict=True))
    assert normal.starts == sorted(normal.starts)
    assert normal.ends == sorted(normal.ends)


@given(st.lists(PIECES, max_size=30).map("".join), st.data())
@settings(max_examples=400, deadline=None)
def test_a_stretch_normalises_to_itself(text: str, data: st.DataObject) -> None:
    normal = normalise(text)
    if not normal.text:
        return
    start = data.draw(st.integers(0, len(normal.text) - 1))
    end = data.draw(st.integers(start + 1, len(normal.text)))
    a, b = normal.original(start, end)
    assert 0 <= a < b <= len(text)
    if text.isascii() and "\\" not in text and "&" not in text and "-\n" not in text and "S k" not in text:
        assert text[a:b].replace("\r\n", " ").replace("\n", " ") == normal.text[start:end]


@pytest.mark.parametrize(
    ("hidden", "plain"),
    [
        ("民(mín)族", "民族"),
        ("民 族\n代码", "民族代码"),
        ("膚色", "肤色"),
        ("⺠族", "民族"),
        ("S k i n C o l o r", "SkinColor"),
        ("ethni-\ncity", "ethnicity"),
        ("\\u6c11\\u65cf", "民族"),
        ("&#27665;&#x65cf;", "民族"),
        ("ＳＫＩＮ", "SKIN"),
        ("民\u200b族", "民族"),
        ("非\u00adethnic", "非ethnic"),
        ("cafe\u0301", "café"),
    ],
)
def test_hidden_forms_are_folded_and_lead_back(hidden: str, plain: str) -> None:
    normal = normalise(hidden)
    assert normal.text == plain
    assert normal.original(0, len(plain)) == (0, len(hidden))


def test_words_between_latin_letters_keep_their_spaces() -> None:
    assert normalise("the race of a victim").text == "the race of a victim"

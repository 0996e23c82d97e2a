"""Which encoding bytes are in, and their text. UTF-8 and UTF-16 are certain, the old ones are judged by letters."""

from __future__ import annotations

import codecs
import itertools
from dataclasses import dataclass

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 1 << 16
#: the most frequent letters of running text in each script that a single-byte code page may hold
_FREQUENT = {
    "cp1251": "оеаинтсрвлкмдпуяыьгзбчй",
    "koi8-r": "оеаинтсрвлкмдпуяыьгзбчй",
    "cp1256": "البيمتونرسدعهكفحق",
    "cp1252": "éèàçêâîôûäöüßñáíóúãõªº¿¡«»’“”–—°§…·",
    "cp1254": "ıİşŞğĞçÇöÖüÜâ’“”",
    "cp1258": "àáâãèéêìíòóôõùúýăđơưÂÊÔĐ",
}
_LATIN_PAGES = {"cp1252", "cp1254", "cp1258"}


@dataclass(frozen=True, slots=True)
class Encoding:
    """A codec name and how sure the choice is, 0..1."""

    name: str
    certainty: float


def is_utf8(data: bytes) -> bool:
    """Whether the bytes are valid UTF-8; a character cut off at the very end is allowed."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data, final=False)
    except UnicodeDecodeError:
        return False
    return True


def detect(data: bytes) -> Encoding:
    """The encoding of `data`: by a byte order mark, by validity, then by the letters that each code page would give."""
    for bom, name in _BOMS:
        if data.startswith(bom):
            return Encoding(name, 1.0)
    sample = data[:_SAMPLE]
    wide = _utf16_without_bom(sample)
    if wide:
        return Encoding(wide, 0.9)
    if is_utf8(sample) and is_utf8(data):
        return Encoding("utf-8", 1.0)
    return _legacy(_high_sample(data))


def _high_sample(data: bytes) -> bytes:
    """A sample that holds bytes over 127: the first stretch may be plain ASCII."""
    high = next((i for i in range(0, len(data), 4096) if not data[i : i + 4096].isascii()), 0)
    return bytes(data[high : high + _SAMPLE])


def _utf16_without_bom(sample: bytes) -> str | None:
    if len(sample) < 4 or b"\0" not in sample:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) / 2
    if odd > half * 0.3 and even < half * 0.05:
        return "utf-16-le"
    if even > half * 0.3 and odd < half * 0.05:
        return "utf-16-be"
    return None


def _legacy(sample: bytes) -> Encoding:
    scores = {"gb18030": _double_byte(sample, "gb18030"), "big5": _double_byte(sample, "big5")}
    scores.update({name: _single_byte(sample, name, letters) for name, letters in _FREQUENT.items()})
    name = max(scores, key=lambda key: scores[key])
    if scores[name] <= 0.05:
        return Encoding("utf-8" if sample.decode("utf-8", "ignore") else "cp1252", 0.1)
    rest = max(score for key, score in scores.items() if key != name)
    return Encoding(name, round(min(0.95, 0.5 + scores[name] - rest), 2))


def _double_byte(sample: bytes, name: str) -> float:
    """Share of the double-byte characters that are everyday ones, times how much of the sample they explain."""
    decoder = codecs.getincrementaldecoder(name)(errors="replace")
    text = decoder.decode(sample)
    wide = [c for c in text if ord(c) > 127]
    if not wide:
        return 0.0
    good = sum(_everyday(c, name) for c in wide)
    return good / len(wide) - 2 * text.count("\ufffd") / len(wide)


def _everyday(char: str, name: str) -> float:
    if "\u3000" <= char <= "\u303f" or "\uff00" <= char <= "\uffef" or char in "“”‘’—…·《》":
        return 1.0
    try:
        code = char.encode("gb2312" if name == "gb18030" else "big5")
    except UnicodeEncodeError:
        return -0.5
    if len(code) != 2:
        return 0.0
    # level 1 of GB 2312 (rows 16-55) and of Big5 (A440-C67E): the few thousand characters in daily use
    limits = (0xB0, 0xD7) if name == "gb18030" else (0xA4, 0xC6)
    return 1.0 if limits[0] <= code[0] <= limits[1] else -0.1


def _single_byte(sample: bytes, name: str, letters: str) -> float:
    text = sample.decode(name, "replace")
    high = [c for c in text if ord(c) > 127]
    if not high:
        return 0.0
    frequent = sum(c in letters for c in high) / len(high)
    bad = (text.count("\ufffd") + sum("\x80" <= c <= "\x9f" for c in high)) / len(high)
    # upper case inside a word tells KOI8-R read as Windows-1251 from the real thing, and the other way round
    swapped = sum(a.islower() and b.isupper() for a, b in itertools.pairwise(text)) / len(high)
    # accents stand alone among ASCII letters, the letters of another script stand together
    mixed = sum((a > "\x7f") != (b > "\x7f") and a.isalpha() and b.isalpha() for a, b in itertools.pairwise(text))
    together = sum(a > "\x7f" and b > "\x7f" for a, b in itertools.pairwise(text))
    wrong = (together if name in _LATIN_PAGES else mixed) / len(high)
    return 0.97 * frequent - 2 * bad - swapped - 0.5 * wrong


def everyday_share(chars: list[str]) -> float:
    """Share of Chinese characters in daily use (level 1 of GB 2312 or of Big5), 0..1."""
    return sum(_everyday(c, "gb18030") == 1.0 or _everyday(c, "big5") == 1.0 for c in chars) / max(1, len(chars))

"""Which encoding bytes are in, and their text. UTF-8 and UTF-16 are certain, the old ones are judged by letters.

A file that many hands wrote may hold lines of UTF-8 among lines of an older encoding. Its encoding is called
``utf-8+gb18030`` (or whatever the older one is), which is a codec like any other once this module is imported.
"""

from __future__ import annotations

import codecs
import itertools
import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing_extensions import Buffer

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: the mark of UTF-7 (RFC 2152); without it the encoding is never guessed, since plain ASCII may look like it
_UTF7_MARK = re.compile(rb"\+/v[89+/]")
#: Chinese in seven bits (RFC 1843), "~{<:Ky~}", and Japanese (RFC 1468), which begins with an escape
_HZ = re.compile(rb"~\{(?:[\x21-\x77][\x21-\x7e])+~\}")
_ISO_2022_JP = (b"\x1b$B", b"\x1b$@")
_SAMPLE = 1 << 16
_CONTROL = re.compile(rb"[\x00-\x08]")
#: bytes of a file that are looked at as UTF-16 without a mark, and the share of everyday characters it must have
_WIDE_SAMPLE, _WIDE_SHARE = 4096, 0.9
#: characters of several bytes that show that lines are UTF-8 indeed, and the share of such lines
_SHOWN, _LINES = 4, 0.2
#: four characters of three bytes in a row, which no line in another encoding is by chance
_IN_THREES = re.compile(rb"(?:[\xe0-\xef][\x80-\xbf]{2}){4}")
#: bytes over 127 below which nothing is said of an encoding: they are rather damage
_HIGH, _FEW = bytes(range(128, 256)), 6
#: certainty from which the older encoding of single lines is taken
_SURE = 0.6
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
    plain = is_utf8(sample) and is_utf8(data)
    # Cyrillic and Arabic in UTF-16 are pairs of a control character and an ASCII one, and so valid UTF-8
    wide = None if plain and not _CONTROL.search(sample) else _utf16_by_letters(sample[:_WIDE_SAMPLE])
    if wide:
        return Encoding(wide, 0.9)
    if plain:
        return Encoding(_seven_bits(data) or "utf-8", 1.0)
    return _mixed(data) or _legacy(_high_sample(data))


def _seven_bits(data: bytes) -> str | None:
    """The encoding of Chinese or Japanese that is written in ASCII; None where ASCII is what it looks like."""
    if _UTF7_MARK.match(data):
        return "utf-7"
    if any(mark in data for mark in _ISO_2022_JP) and data.isascii() and _decodes(data, "iso2022_jp_2"):
        return "iso2022_jp_2"
    if b"~{" not in data or not data.isascii():
        return None
    runs = [m[0].decode("hz", "replace") for m in itertools.islice(_HZ.finditer(data), 1000)]
    chars = [c for run in runs for c in run]
    good = len(chars) > 1 and everyday_share(chars) >= _WIDE_SHARE
    return "hz" if good and _decodes(data, "hz") else None


def _decodes(data: bytes, name: str) -> bool:
    try:
        data.decode(name)
    except UnicodeError:
        return False
    return True


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


def _utf16_by_letters(sample: bytes) -> str | None:
    """UTF-16 without a mark whose letters are not Latin, so that hardly a byte is zero. Not told of short texts."""
    if len(sample) < 16:
        return None
    even = sample[: len(sample) // 2 * 2]
    for name in ("utf-16-le", "utf-16-be"):
        text = even.decode(name, "replace")
        if sum(map(_of_a_text, text)) >= _WIDE_SHARE * len(text):
            return name
    return None


def _of_a_text(char: str) -> bool:
    """Whether a character is one that running text in a language of the packs is made of."""
    return (
        " " <= char <= "~"
        or char in "\t\r\n"
        or "\u0400" <= char <= "\u045f"
        or "\u0621" <= char <= "\u0652"
        or "\u3040" <= char <= "\u30ff"
        or _everyday(char, "gb18030") == 1.0
        or _everyday(char, "big5") == 1.0
    )


def _mixed(data: bytes) -> Encoding | None:
    """UTF-8 in which some lines are in an older encoding, or hold bytes that are in none.

    None where too little shows that it is UTF-8: a short line in an older encoding may be valid UTF-8 by chance.
    """
    high = [line for line in data.split(b"\n") if not line.isascii()]
    good = [line for line in high if _decodes(line, "utf-8")]
    shown = sum(len(text) - len(text.encode("ascii", "ignore")) for text in (line.decode() for line in good))
    if shown < _SHOWN or (len(good) < _LINES * len(high) and not any(_IN_THREES.search(line) for line in good)):
        return None
    rest = b"\n".join(line for line in high if not _decodes(line, "utf-8"))[:_SAMPLE]
    old = _legacy(rest)
    if len(rest) - len(rest.translate(None, _HIGH)) < _FEW or old.certainty < _SURE or old.name == "utf-8":
        return Encoding("utf-8", 0.9)
    return Encoding(f"utf-8+{old.name}", old.certainty)


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


# --- lines of two encodings ---

#: what the codec of such a file begins with; the name of the older encoding follows
_BOTH = "utf-8+"


def _of_lines(old: str, data: bytes, errors: str = "strict") -> tuple[str, int]:
    """Each line by UTF-8 where it is that, else by the encoding `old`."""
    return "".join(_of_line(old, line, errors) for line in bytes(data).splitlines(keepends=True)), len(data)


def _of_line(old: str, line: bytes, errors: str) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode(old, errors)


class _ByLine(codecs.BufferedIncrementalDecoder):
    """The same, piece by piece: a line whose end has not come yet waits."""

    def __init__(self, old: str, errors: str = "strict") -> None:
        super().__init__(errors)
        self._old = old

    def _buffer_decode(self, data: Buffer, errors: str, final: bool) -> tuple[str, int]:
        held = bytes(data)
        return _of_lines(self._old, held if final else held[: held.rfind(b"\n") + 1], errors)


def _codec(name: str) -> codecs.CodecInfo | None:
    """The codec that a name such as ``utf_8_gb18030`` (as Python writes ``utf-8+gb18030``) stands for."""
    if not name.startswith("utf_8_") or (old := name.removeprefix("utf_8_")) not in _OLD:
        return None
    return codecs.CodecInfo(
        _no_encoder,
        partial(_of_lines, _OLD[old]),
        incrementaldecoder=partial(_ByLine, _OLD[old]),  # called as a class is
        name=_BOTH + _OLD[old],
    )


def _no_encoder(text: str, errors: str = "strict") -> tuple[bytes, int]:
    raise UnicodeError("text of lines in two encodings is read, never written")


#: the older encodings by their names as Python looks them up
_OLD = {name.replace("-", "_"): name for name in ("gb18030", "big5", *_FREQUENT)}
codecs.register(_codec)

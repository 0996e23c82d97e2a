"""What holds for every source, whatever its reader says: text that is still in code, or hardly any text, is not read.

A reader may be wrong in silence: a mail taken for plain text gives its base64 as letters, a page that a reader does not
understand gives nothing. Here the text itself is looked at, so that no reader, old or new, can call such a source read.
"""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass

from clauselight.model import Problem
from clauselight.parts.inside import passed_over

#: characters of a document that are looked at: all of a short one, windows of a long one
_WINDOW = 20_000
_WINDOWS = 8
#: share of the letters that may stand in code before the text counts as undecoded
_MOSTLY = 0.5
#: letters below which nothing is judged
_FEW = 40
#: bytes that should give text, and how many of them go to one letter at least, before "almost no text" is said
_SMALL = 4096
_BYTES_A_LETTER = 500
#: letters that are text enough whatever the size: a picture may be large
_ENOUGH = 200

#: base64 as mail and certificates wrap it, three lines and more, or as JSON holds it, in one run
_BASE64 = re.compile(r"(?:[A-Za-z0-9+/]{60,}\s{1,4}){2,}[A-Za-z0-9+/]+={0,2}|[A-Za-z0-9+/]{200,}={0,2}")
#: bytes written as hexadecimal, "4d5a9000…"
_HEX = re.compile(r"\b(?:[0-9a-f]{128,}|[0-9A-F]{128,})\b")
#: bytes of a text written one by one: "=E6=B0=91", "\'c3\'f1", "%E6%B0%91", "\xe6\xb0\x91"
_BYTES = re.compile(
    r"(?:=[0-9A-F]{2}(?:=\r?\n)?){6,}|(?:\\'[0-9a-fA-F]{2}\s?){6,}|(?:%[0-9A-Fa-f]{2}){6,}|(?:\\x[0-9a-fA-F]{2}){6,}"
)
#: control characters that no text has, and the mark of bytes that are no character
_NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd]")
#: the beginnings of fonts, and of keys and certificates: a sequence behind its length (ITU-T X.690, 8.9)
_FONTS = (b"wOFF", b"wOF2", b"OTTO", b"\0\1\0\0")
_KEY = re.compile(rb"\x30(?:(?:\x81.|\x82..)[\x02\x30]|[\x20-\x7f]\x02)", re.DOTALL)
#: characters of a run that tell what it holds
_HEAD = 4096
_SPACE = re.compile(r"\s+")


@dataclass(slots=True)
class Measured:
    """Letters of one source, and how many of those looked at stand in code."""

    letters: int = 0
    looked_at: int = 0
    coded: int = 0

    def add(self, text: str) -> None:
        """Count one document of the source."""
        self.letters += len(text) - text.count(" ") - text.count("\n")
        for window in _windows(text):
            self.looked_at += _inked(window)
            self.coded += sum(_inked(m[0]) for expression in (_BYTES, _HEX) for m in expression.finditer(window))
            self.coded += sum(_inked(m[0]) for m in _BASE64.finditer(window) if _is_base64(m[0]))
            self.coded += len(_NO_TEXT.findall(window))

    def undecoded(self) -> Problem | None:
        """What to say where most of the letters are code and not text."""
        if self.looked_at < _FEW or self.coded <= self.looked_at * _MOSTLY:
            return None
        share = f"{min(1.0, self.coded / self.looked_at):.0%}"
        return Problem(
            "undecoded",
            f"{share} of its text is code (base64, escaped bytes, control characters), and what that holds was not "
            "read; decode it, or open it in its own program and save it as text or PDF, and check that",
        )

    def almost_nothing(self, size: int | None) -> Problem | None:
        """What to say where `size` bytes, which should be text, gave hardly a letter. None: nothing is expected."""
        if size is None or size < _SMALL or self.letters >= _ENOUGH or self.letters * _BYTES_A_LETTER >= size:
            return None
        return Problem(
            "almost-no-text",
            f"{size:,} bytes gave {self.letters:,} letters; open it in its own program, and if it shows text, save it "
            "as PDF and check that",
        )


def _holds_no_text(run: str) -> bool:
    letters = "".join(run[:_HEAD].split())
    try:
        data = binascii.a2b_base64(letters[: len(letters) // 4 * 4])
    except (binascii.Error, ValueError):
        return False
    return data.startswith(_FONTS) or _KEY.match(data) is not None or passed_over("", data)


def _windows(text: str) -> list[str]:
    if len(text) <= _WINDOW * _WINDOWS:
        return [text]
    step = (len(text) - _WINDOW) // (_WINDOWS - 1)
    return [text[i * step : i * step + _WINDOW] for i in range(_WINDOWS)]


def _inked(text: str) -> int:
    return len(_SPACE.sub("", text))


def _is_base64(run: str) -> bool:
    """Whether a run has capitals, small letters and digits as random bytes have them, unlike a rule of one letter, and
    may hold text: a key, a font and a sign of some pixels do not."""
    head = run[:400]
    if _holds_no_text(run):
        return False
    kinds = (sum(c.isupper() for c in head), sum(c.islower() for c in head), sum(c.isdigit() for c in head))
    return min(kinds) >= 4 and len(set(head)) >= 16

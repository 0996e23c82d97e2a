"""Text from outside as it is shown: what would move, hide or turn text around is written out instead of sent."""

from __future__ import annotations

import re

#: control characters but tab and line feed, what turns text around or is not seen, divisions of lines, halves of pairs,
#: and what is no character at all
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u206f\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff"
    "\ud800-\udfff]"
)
#: a soft hyphen inside a word, at the end of its line or not; PDFium gives U+FFFE for it
_SOFT = re.compile("(?<=\\w)[\xad\ufffe](?:[ \\t]*\\r?\\n[ \\t]*)?(?=\\w)")
_ALSO_BREAKS = re.compile("[\t\n]")


def visible(text: str) -> str:
    """The text on one line, with each such character as its escape: ``\\x1b``, ``\\u202e``, ``\\n``.

    A byte of a name that is no text is shown as that byte.
    """
    return _ALSO_BREAKS.sub(_escape, lines_visible(text))


def lines_visible(text: str) -> str:
    """The same, with its line feeds and tabs. A word that is broken by a soft hyphen is whole again."""
    return _HIDDEN.sub(_escape, _SOFT.sub("", text))


def json_visible(text: str) -> str:
    """JSON with the same characters as escapes of JSON, which leaves every value as it is."""
    return _HIDDEN.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def _escape(match: re.Match[str]) -> str:
    code = ord(match.group())
    if 0xDC80 <= code <= 0xDCFF:  # a byte that Python could not decode
        return f"\\x{code - 0xDC00:02x}"
    short = {9: "\\t", 10: "\\n", 13: "\\r"}.get(code)
    return short or (f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}")


def visible_bytes(text: str) -> str:
    """The text with only those bytes written out that are no text, so that it is sound Unicode. Kept as it is else."""
    return _HALVES.sub(_escape, text)


_HALVES = re.compile("[\ud800-\udfff]")

"""The gate: all rules of a book as one scan over raw text, which may report too much, never too little.

Whatever it reports is confirmed on normalised text with the rule's own expression. So patterns are widened for it: gaps
between Chinese characters, traditional forms, letters that normalisation folds, counted repeats made unbounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property
from typing import Any

from clauselight.model import Document
from clauselight.rules.pack import RuleBook
from clauselight.rules.scan import OwnedScanner
from clauselight.text.escapes import NAMED
from clauselight.text.terms import is_latin, loose

_CJK = re.compile(r"[\u3400-\u9fff]")
#: counted repeats of wide classes make large automata; the gate may be wider than the rule
_BOUNDED = re.compile(r"(?:\[\^[^\]]*\]|(?<!\\)\.|\(\?:\\w[+*](?: |\\s\+?)\))\{\d+,\d+\}")
#: spelled out: the class of all spaces costs the compiler of the scan three times as much
_GAP = r"(?:[\t-\r \x{a0}\x{2000}-\x{200b}\x{3000}]{0,3})"
#: a repeat of letters, which in Unicode are hundreds of ranges; the gate may be wider
_LETTERS = re.compile(r"\\w(?=[*+?{])")

#: what stands before a word of Latin letters; the letter of an escaped end of a line is none of the word
_START = r"(?:^|[^A-Za-z]|\\[nrtfv])"

#: the edge of a word at the beginning of a pattern: r"\brace", r"(?i:\bethnicity"
_EDGE = re.compile(r"^((?:\(\?i:)?)\\b")

#: raw text that hides words from the gate; a line that holds one is normalised and scanned again
MARKERS = (
    r"[\x{4e00}-\x{9fff}]\s?[(\x{ff08}][a-zA-Z\x{e0}-\x{fc}\x{101}\x{113}\x{12b}\x{14d}\x{16b}\x{1ce}-\x{1dc}]{1,7}[)\x{ff09}]",
    r"\\u(?:[0-9a-fA-F]{4}|\{[0-9a-fA-F]{2,10}\})",
    r"\\U[0-9a-fA-F]{8}",
    r"\\x[c-fC-F][0-9a-fA-F]|(?:\\{1,8}x[2-7][0-9a-fA-F]){3}",
    r"&(?:amp;){0,3}#(?:[xX][0-9a-fA-F]{2,6}|[0-9]{2,7});",
    NAMED,
    r"[\x{2e80}-\x{2fdf}\x{f900}-\x{faff}]",
    r"[\x{ff21}-\x{ff5a}]{3}",
    r"(?:^|[^A-Za-z])(?:[A-Za-z] ){3}[A-Za-z](?:[^A-Za-z]|$)",
    r"[a-z](?:-|\x{2010}|\x{ad}|\x{fffe})[ \t]*\r?\n[ \t]*[a-z]",
    r"\p{L}[\x{200b}-\x{200d}\x{ad}\x{640}\x{fffe}\x{64b}-\x{652}]",
    r"[A-Za-z][\x{300}-\x{323}]",
)


def gate_patterns(terms: Sequence[str], patterns: Sequence[str]) -> list[str]:
    """Hyperscan expressions that match wherever a term or pattern could, in raw text."""
    out = [expression for term in terms for expression in _gate_term(term)]
    return out + [_spread(p) for p in patterns]


def _gate_term(term: str) -> list[str]:
    if not is_latin(term):
        if _CJK.search(term):
            return [_spread(re.escape(term).replace(r"\ ", r"\s*"))]
        return [loose(term.removesuffix("*"))]
    exact, term = term.startswith("="), term.removeprefix("=")
    open_end, term = term.endswith("*"), term.removesuffix("*")
    body = r"[\s_\-]{0,3}".join(re.escape(w).replace(r"\-", "[-_ ]?") for w in term.split())
    tail = "" if open_end else r"(?i:e?s)?(?:[^a-z]|$)"
    if exact:
        return [f"{_START}{body}{tail}", f"[a-z0-9]{body}{tail}"]
    plain = f"{_START}(?i:{body}){tail}"
    return [plain, f"[a-z0-9]{body[0].upper()}(?i:{body[1:]}){tail}"] if body[0].isalpha() else [plain]


def _spread(pattern: str) -> str:
    """Allow gaps between neighbouring Chinese characters and their traditional forms."""
    pattern = _BOUNDED.sub(r"[^\\n]*", pattern)
    if not pattern.isascii():
        # word classes of other scripts need a mode that knows no word boundary; the gate may be wider
        pattern = _LETTERS.sub(r"\\S", pattern.replace(r"\b", ""))
    out: list[str] = []
    pattern = _EDGE.sub(lambda m: m[1] + r"(?:\b|\\[nrtfv])", pattern)
    in_class = False
    previous = False
    index = 0
    while index < len(pattern):
        char = pattern[index]
        if pattern.startswith("\\u", index):
            out.append(f"\\x{{{pattern[index + 2 : index + 6]}}}")
            index += 6
            previous = False
            continue
        if char == "\\":
            out.append(pattern[index : index + 2])
            index += 2
            previous = False
            continue
        if char == "[" and not in_class:
            in_class = True
        elif char == "]":
            in_class = False
        chinese = bool(_CJK.match(char))
        if chinese:
            variants = "".join(sorted({char, *_traditional(char)}))
            if previous and not in_class:
                out.append(_GAP)
            out.append(variants if in_class else (f"[{variants}]" if len(variants) > 1 else char))
        else:
            out.append(char)
        previous = chinese and not in_class
        index += 1
    return "".join(out)


@cache
def _converters() -> list[Any]:
    import opencc  # type: ignore[import-untyped,unused-ignore]

    return [opencc.OpenCC(name) for name in ("s2t", "s2tw", "s2hk")]


@cache
def _traditional(char: str) -> tuple[str, ...]:
    forms = {c.convert(char) for c in _converters()}
    if char == "族":
        forms.add("簇")
    return tuple(f for f in forms if len(f) == 1)


class Gate:
    """All rules of a book as one scan."""

    def __init__(self, book: RuleBook) -> None:
        self.rules = book.rules
        self.languages = book.languages

    @cached_property
    def scanner(self) -> OwnedScanner:
        """The scan; each rule owns its expressions by its number, and -1 the markers."""
        rules = ((n, rule) for n, rule in enumerate(self.rules) if rule.kind != "value")
        expressions = [(n, e) for n, rule in rules for e in gate_patterns(rule.terms, rule.wide or rule.patterns)]
        return OwnedScanner([*expressions, *((-1, marker) for marker in MARKERS)])

    def rule_numbers(self, text: str) -> set[int]:
        """Rules whose words may stand in a normalised text."""
        return set(self.scanner.owners(text.encode("utf-8", "replace"))) - {-1}

    def offsets(self, document: Document) -> list[int]:
        """Character offsets at which something ends that must be looked at, in order, each once."""
        data = encoded(document)
        return offsets(document, data, self.scanner.ends(data))


def encoded(document: Document) -> bytes:
    """The text of a document as UTF-8."""
    return document.utf8 if document.utf8 is not None else document.text.encode("utf-8", "replace")


def offsets(document: Document, data: bytes, found: Iterable[tuple[int, int]]) -> list[int]:
    """Character offsets of the last characters of matches in a document, in order, each once."""
    ends = sorted({end for end, _ in found})
    if not ends or len(data) == len(document.text):
        return [max(0, e - 1) for e in ends]
    return list(_characters(data, ends))


def _characters(data: bytes, ends: list[int]) -> Iterator[int]:
    byte, char = (3 if data.startswith(b"\xef\xbb\xbf") else 0), 0
    for end in ends:
        char += len(data[byte:end].decode("utf-8", "ignore"))
        byte = end
        yield max(0, char - 1)

"""Many patterns at once over much text: Hyperscan where there is a wheel, the standard library otherwise.

`Scanner.lines` is the gate: it looks at raw text and may report too much, never too little. Whatever it reports is confirmed on
normalised text with the rule's own expression.
"""

from __future__ import annotations

import hashlib
import os
import platform
import re
from collections.abc import Sequence
from functools import cache, cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any

from clauselight.text.terms import is_latin

_CJK = re.compile(r"[\u3400-\u9fff]")
#: counted repeats of wide classes make large automata; the gate may be wider than the rule
_BOUNDED = re.compile(r"(?:\[\^[^\]]*\]|(?<!\\)\.)\{\d+,\d+\}")
_GAP = r"(?:[\s\x{3000}\x{200b}]{0,3})"

#: raw text that hides words from the gate; a line that holds one is normalised and scanned again
MARKERS = (
    r"[\x{4e00}-\x{9fff}]\s?[(\x{ff08}][a-zA-Z\x{e0}-\x{fc}\x{101}\x{113}\x{12b}\x{14d}\x{16b}\x{1ce}-\x{1dc}]{1,7}[)\x{ff09}]",
    r"(?:\\u(?:[4-9][0-9a-fA-F]|04|06)[0-9a-fA-F]{2}){2}",
    r"&#(?:x[0-9a-fA-F]{2,6}|[0-9]{2,7});",
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
        return [r"\s{1,4}".join(_loose(w) for w in term.removesuffix("*").split())]
    exact, term = term.startswith("="), term.removeprefix("=")
    open_end, term = term.endswith("*"), term.removesuffix("*")
    body = r"[\s_\-]{0,3}".join(re.escape(w).replace(r"\-", "[-_ ]?") for w in term.split())
    tail = "" if open_end else r"(?i:e?s)?(?:[^a-z]|$)"
    if exact:
        return [f"(?:^|[^A-Za-z]){body}{tail}", f"[a-z0-9]{body}{tail}"]
    plain = f"(?:^|[^A-Za-z])(?i:{body}){tail}"
    return [plain, f"[a-z0-9]{body[0].upper()}(?i:{body[1:]}){tail}"] if body[0].isalpha() else [plain]


def _loose(word: str) -> str:
    """Case-insensitive, and with the letters that normalisation folds."""
    classes = {"е": "[еёЕЁ]", "ا": "[اأإآ]", "ي": "[يى]", "ه": "[هة]"}
    return "".join(
        classes.get(c, f"[{c}{c.upper()}]" if c.upper() != c and len(c.upper()) == 1 else re.escape(c)) for c in word
    )


def _spread(pattern: str) -> str:
    """Allow gaps between neighbouring Chinese characters and their traditional forms."""
    pattern = _BOUNDED.sub(r"[^\\n]*", pattern)
    if (
        not pattern.isascii()
    ):  # word classes of other scripts need a mode that knows no word boundary; the gate may be wider
        pattern = pattern.replace(r"\b", "")
    out: list[str] = []
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


class Scanner:
    """A set of numbered expressions. `numbers` reports which match a text, `ends` where in bytes."""

    def __init__(self, expressions: Sequence[tuple[int, str]], once: bool = False) -> None:
        self.expressions = tuple(expressions)
        self.once = once

    @cached_property
    def _database(self) -> Any:
        """The Hyperscan database, or None where there is no wheel for this machine."""
        try:
            import hyperscan
        except ImportError:
            return None
        base = hyperscan.HS_FLAG_UTF8 | hyperscan.HS_FLAG_ALLOWEMPTY
        if self.once:
            base |= hyperscan.HS_FLAG_SINGLEMATCH
        flags = [
            (hyperscan.HS_FLAG_UCP if not e.isascii() and re.search(r"\\[wsd]", e) else 0)
            | base
            | (hyperscan.HS_FLAG_PREFILTER if "(?<" in e or "(?!" in e or "(?=" in e else 0)
            for _, e in self.expressions
        ]
        return _stored(self.expressions, flags, hyperscan)

    @cached_property
    def _fallback(self) -> list[tuple[int, re.Pattern[str]]]:
        return [(n, re.compile(_python(e), re.MULTILINE)) for n, e in self.expressions]

    def warm(self) -> None:
        """Build what a scan needs, so that forked workers share it."""
        self.ends(b"")

    def ends(self, data: bytes) -> list[tuple[int, int]]:
        """(byte offset just past the match, expression number) of every match, in order."""
        found: list[tuple[int, int]] = []
        if self._database is None:
            return self._ends_slow(data)
        if not data:
            return found
        append = found.append

        def on_match(number: int, start: int, end: int, flags: int, context: object) -> None:
            append((end, number))

        self._database.scan(data, match_event_handler=on_match)
        return found

    def _ends_slow(self, data: bytes) -> list[tuple[int, int]]:
        text = data.decode("utf-8", "replace")
        found = [(len(text[: m.end()].encode()), n) for n, e in self._fallback for m in e.finditer(text)]
        return sorted(found)

    def numbers(self, text: str) -> frozenset[int]:
        """The numbers of the expressions that match somewhere in `text`."""
        return frozenset(n for _, n in self.ends(text.encode("utf-8", "replace")))


def _python(expression: str) -> str:
    """A Hyperscan expression as one of the standard library."""
    return re.sub(r"\\x\{([0-9a-f]+)\}", lambda m: f"\\U{int(m[1], 16):08x}", expression).replace(r"\p{L}", r"[^\W\d_]")


def cache_folder() -> Path:
    """Where compiled scans are kept: ``$CLAUSELIGHT_CACHE``, else the user's cache folder."""
    chosen = os.environ.get("CLAUSELIGHT_CACHE")
    return Path(chosen) if chosen else Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "clauselight"


def _stored(expressions: tuple[tuple[int, str], ...], flags: list[int], hyperscan: Any) -> Any:
    """The compiled database, from the cache where the same expressions were compiled by the same library on this machine."""
    key = repr((expressions, flags, version("hyperscan"), platform.machine(), platform.node()))
    file = cache_folder() / f"scan-{hashlib.sha256(key.encode()).hexdigest()[:32]}.hs"
    try:
        body = file.read_bytes()
        if hashlib.sha256(body[32:]).digest() == body[:32]:
            database = hyperscan.loadb(body[32:], mode=hyperscan.HS_MODE_BLOCK)
            database.scratch = hyperscan.Scratch(database)
            return database
    except (OSError, hyperscan.error):
        pass
    database = hyperscan.Database()
    database.compile(
        expressions=[e.encode() for _, e in expressions],
        ids=[n for n, _ in expressions],
        elements=len(expressions),
        flags=flags,
    )
    body = hyperscan.dumpb(database)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        part = file.with_suffix(f".{os.getpid()}")
        part.write_bytes(hashlib.sha256(body).digest() + body)
        part.replace(file)
    except OSError:
        pass  # a read-only home costs the next start some seconds, nothing else
    return database

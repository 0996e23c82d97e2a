"""Many patterns at once over much text: Hyperscan where there is a wheel, the standard library otherwise."""

from __future__ import annotations

import contextlib
import hashlib
import platform
import re
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from importlib.metadata import version
from typing import Any

from clauselight.rules.cache import cache_folder, keep, kept


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


class OwnedScanner(Scanner):
    """A scan whose expressions belong to numbered owners. What several owners share is compiled once."""

    def __init__(self, expressions: Iterable[tuple[int, str]], once: bool = False) -> None:
        owners: dict[str, dict[int, None]] = {}
        for owner, expression in expressions:
            owners.setdefault(expression, {})[owner] = None
        super().__init__(list(enumerate(owners)), once)
        self._owners = [tuple(each) for each in owners.values()]

    def owners(self, data: bytes) -> frozenset[int]:
        """The owners of which an expression matches somewhere in UTF-8 text."""
        numbers = {number for _, number in self.ends(data)}
        return frozenset(owner for number in numbers for owner in self._owners[number])

    def places(self, data: bytes, owners: Collection[int]) -> list[tuple[int, int]]:
        """The matches, as `ends` gives them, of the expressions that one of some owners has."""
        wanted = {number for number, each in enumerate(self._owners) if not set(owners).isdisjoint(each)}
        return [(end, number) for end, number in self.ends(data) if number in wanted]


def _python(expression: str) -> str:
    """A Hyperscan expression as one of the standard library."""
    return re.sub(r"\\x\{([0-9a-f]+)\}", lambda m: f"\\U{int(m[1], 16):08x}", expression).replace(r"\p{L}", r"[^\W\d_]")


def _stored(expressions: tuple[tuple[int, str], ...], flags: list[int], hyperscan: Any) -> Any:
    """The compiled database; from the cache where the same library compiled the same expressions on this machine."""
    key = repr((expressions, flags, version("hyperscan"), platform.machine(), platform.node()))
    file = cache_folder() / f"scan-{hashlib.sha256(key.encode()).hexdigest()[:32]}.hs"
    body = kept(file)
    if body is not None:
        with contextlib.suppress(hyperscan.error):
            database = hyperscan.loadb(body, mode=hyperscan.HS_MODE_BLOCK)
            database.scratch = hyperscan.Scratch(database)
            return database
    database = hyperscan.Database()
    database.compile(
        expressions=[e.encode() for _, e in expressions],
        ids=[n for n, _ in expressions],
        elements=len(expressions),
        flags=flags,
    )
    keep(file, hyperscan.dumpb(database))
    return database

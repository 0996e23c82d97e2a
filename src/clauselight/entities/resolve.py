"""Which organisation a printed name means, and why. What is doubtful is offered, not made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from clauselight.entities.catalogue import Name, Organisation
from clauselight.entities.names import Parts, asides, look, parse
from clauselight.model.statement import Node, Statement

#: shortest name in which a typing error may be looked for
_LONG = 7
#: shortest own name in ideographs, in Latin letters, that tells an organisation by itself
_TELLING = (3, 5)
#: shortest trade in ideographs beside which a shorter own name tells an organisation without its region
_FULL = 4


@dataclass(frozen=True, slots=True)
class Match:
    """An organisation for a name: `sure` where it may be taken as made, and the reason."""

    id: str
    label: str
    sure: bool
    why: str


@dataclass(frozen=True, slots=True)
class _Entry:
    organisation: Organisation
    name: Name
    parts: Parts

    @property
    def why(self) -> str:
        return f"{'short name' if self.name.brand else 'name'} “{self.name.text}” ({self.name.source})"


def key(name: str) -> str:
    """A name without what does not tell organisations apart: script, width, spaces, brackets, case, the legal form."""
    return _key(parse(name))


def _key(parts: Parts) -> str:
    if parts.latin:
        return parts.whole
    if parts.kind == "branch":
        return parts.whole
    return parts.region + parts.own + parts.trade + ("" if parts.kind == "company" else parts.legal)


def _torn(text: str) -> set[str]:
    return {text[:i] + text[i + 1 :] for i in range(len(text))}


class Resolver:
    """Looks names up; each takes time by its own length, not by the size of the catalogue."""

    def __init__(self, organisations: Iterable[Organisation]) -> None:
        self._by_key: dict[str, list[_Entry]] = defaultdict(list)
        self._by_own: dict[str, list[_Entry]] = defaultdict(list)
        self._by_torn: dict[str, set[str]] = defaultdict(set)
        for organisation in organisations:
            for name in organisation.names:
                self._index(_Entry(organisation, name, parse(name.text)))
        self.match = lru_cache(maxsize=200_000)(self._match)

    def _index(self, entry: _Entry) -> None:
        own = _key(entry.parts)
        self._by_key[own].append(entry)
        self._by_own[entry.parts.own].append(entry)
        if len(entry.parts.whole) >= _LONG and not entry.name.brand:
            for torn in {own, *_torn(own)}:
                self._by_torn[torn].add(own)

    def _match(self, name: str) -> Match | None:
        main, others = asides(name)
        found = self._single(main)
        for other in others:
            second = self._single(other)
            if second and second.sure and found and found.sure and second.id != found.id:
                return Match(
                    found.id, f"{found.label} or {second.label}", False, "two names of different organisations"
                )
            if second and second.sure and not (found and found.sure):
                found = replace(second, sure=False, why=f"the name in brackets is that of {second.label}: {second.why}")
        return found

    def _single(self, name: str) -> Match | None:
        parts = parse(name)
        if not parts.own:
            return None
        for step in (self._exact, self._abridged, self._misprinted, self._kin):
            if match := step(parts):
                return match
        return None

    def _exact(self, parts: Parts) -> Match | None:
        entries = [e for e in self._by_key.get(_key(parts), ()) if _same_kind(e.parts, parts)]
        return _decide(entries, lambda e: not e.name.doubtful, "")

    def _abridged(self, parts: Parts) -> Match | None:
        """The own name agrees; region and trade agree or are left out."""
        entries = [e for e in self._by_own.get(parts.own, ()) if _agree(e, parts)]
        return _decide(
            entries,
            lambda e: not e.name.doubtful and (_telling(parts) or len(parts.trade) >= _FULL),
            "shorter or longer form of ",
        )

    def _misprinted(self, parts: Parts) -> Match | None:
        own = _key(parts)
        if len(parts.whole) < _LONG:
            return None
        # sorted, so that of several the same one is offered in every run
        near = sorted({k for torn in (own, *_torn(own)) for k in self._by_torn.get(torn, ())})
        entries = [e for k in near for e in self._by_key[k] if not e.name.brand and _same_kind(e.parts, parts)]
        return _decide(entries, lambda e: _misprint(e.parts, parts), "one character from ")

    def _kin(self, parts: Parts) -> Match | None:
        """The own name agrees, and something else does not: a company of the same group, or a namesake."""
        if not _telling(parts):
            return None
        entries = [e for e in self._by_own.get(parts.own, ()) if not e.name.doubtful]
        return _decide(entries, lambda e: False, "the same own name, but another region, trade or form than ")

    def resolve(self, statements: Iterable[Statement]) -> list[Statement]:
        """The statements with organisations that are sure named by their id."""
        return [replace(s, subject=self._node(s.subject), object=self._node(s.object)) for s in statements]

    def matches(self, statements: Iterable[Statement]) -> dict[str, Match]:
        """What each printed name of an organisation means or may mean."""
        names = {
            n.name for s in statements for n in (s.subject, s.object) if n.kind == "organisation" and not n.truncated
        }
        return {n: m for n in names if (m := self.match(n))}

    def _node(self, node: Node) -> Node:
        if node.kind != "organisation" or node.truncated:
            return node
        match = self.match(node.name)
        return replace(node, id=match.id) if match and match.sure else node


def _decide(entries: list[_Entry], sure: object, how: str) -> Match | None:
    """One match of entries that all belong to one organisation; a doubtful one where they do not."""
    if not entries:
        return None
    by_id = {e.organisation.id: e for e in entries}
    if len(by_id) > 1:
        labels = " or ".join(e.organisation.label for e in by_id.values())
        return Match(next(iter(by_id)), labels, False, "several organisations bear this name")
    entry = next((e for e in entries if sure(e)), None)  # type: ignore[operator]
    chosen = entry or entries[0]
    return Match(chosen.organisation.id, chosen.organisation.label, entry is not None, how + chosen.why)


def _same_kind(a: Parts, b: Parts) -> bool:
    return a.kind == b.kind or not a.kind or not b.kind


def _telling(parts: Parts) -> bool:
    return len(parts.own) >= _TELLING[parts.latin]


def _agree(entry: _Entry, parts: Parts) -> bool:
    own = entry.parts
    if entry.name.brand:
        homes = {parse(n.text).region for n in entry.organisation.names if not n.brand}
        return parts.bare and (not parts.region or parts.region in homes)
    regions = not own.region or not parts.region or _within(own.region, parts.region)
    trades = own.trade == parts.trade or not parts.trade
    kinds = own.kind == parts.kind or not parts.kind
    return regions and trades and kinds


def _within(a: str, b: str) -> bool:
    """浙江杭州 and 杭州 are one region; 上海 and 北京 are not."""
    return a == b or a in b or b in a


def _misprint(a: Parts, b: Parts) -> bool:
    """Whether one character may be misprinted: it is outside the own name, or a look-alike in a long one."""
    if a.latin:
        return len(a.own) >= 8 and a.trade == b.trade != "" and a.region == b.region and bool(a.legal) == bool(b.legal)
    x, y = _key(a), _key(b)
    if a.own in y:
        return look(x) == look(y) if len(x) == len(y) else len(a.own) >= _TELLING[0]
    return len(x) == len(y) and look(x) == look(y) and len(a.own) >= _TELLING[0] + 1

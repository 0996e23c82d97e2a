"""Which organisation a printed name means, and why. What is doubtful is offered, not made."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from clauselight.entities.catalogue import Organisation
from clauselight.model.statement import Node, Statement
from clauselight.text.normalise import normalise

#: legal forms at the end of a Chinese name, longest first
_LEGAL_ZH = re.compile(r"(?:集团)?(?:股份|责任)?(?:有限)?(?:责任)?公司$")
_LEGAL_EN = re.compile(
    r"[\s,.]*\b(?:co\.?,?\s*ltd\.?|company limited|limited|ltd\.?|inc\.?|corporation|corp\.?|llc|gmbh|plc|s\.?a\.?|group co\.?,?\s*ltd\.?)\.?$",
    re.IGNORECASE,
)
#: shortest key that a typing error may be looked for in
_LONG = 7


@dataclass(frozen=True, slots=True)
class Match:
    """An organisation for a name: `sure` where it may be taken as made, and the reason."""

    id: str
    label: str
    sure: bool
    why: str


def key(name: str) -> str:
    """A name without what does not tell organisations apart: script, width, spaces, brackets, case, the legal form."""
    plain = normalise(re.sub(r"\s+", " ", name).strip()).text.casefold()
    if re.search(r"[\u4e00-\u9fff]", plain):
        return _LEGAL_ZH.sub("", re.sub(r"[\s()（）·,，.。“”\"'-]", "", plain))
    return re.sub(r"[\W_]+", "", _LEGAL_EN.sub("", plain))


def _torn(text: str) -> set[str]:
    return {text[:i] + text[i + 1 :] for i in range(len(text))}


class Resolver:
    """Looks names up; each takes time by its own length, not by the size of the catalogue."""

    def __init__(self, organisations: Iterable[Organisation]) -> None:
        self._by_key: dict[str, list[tuple[Organisation, str]]] = defaultdict(list)
        self._by_torn: dict[str, set[str]] = defaultdict(set)
        for organisation in organisations:
            for name in organisation.names:
                own = key(name.text)
                self._by_key[own].append(
                    (organisation, f"{'short name' if name.brand else 'name'} “{name.text}” ({name.source})")
                )
                if len(own) >= _LONG and not name.brand:
                    for torn in {own, *_torn(own)}:
                        self._by_torn[torn].add(own)
        self.match = lru_cache(maxsize=200_000)(self._match)

    def _match(self, name: str) -> Match | None:
        own = key(name)
        if not own:
            return None
        exact = {o.id: (o, why) for o, why in self._by_key.get(own, ())}
        if len(exact) == 1:
            organisation, why = next(iter(exact.values()))
            return Match(organisation.id, organisation.label, True, why)
        if len(exact) > 1:
            return Match(
                next(iter(exact)), " or ".join(o.label for o, _ in exact.values()), False, "several organisations bear this name"
            )
        if len(own) < _LONG:
            return None
        near = {k for torn in (own, *_torn(own)) for k in self._by_torn.get(torn, ())}
        found = {o.id: (o, why) for k in near for o, why in self._by_key[k]}
        if len(found) != 1:
            return None
        organisation, why = next(iter(found.values()))
        return Match(organisation.id, organisation.label, False, f"one character from {why}")

    def resolve(self, statements: Iterable[Statement]) -> list[Statement]:
        """The statements with organisations that are sure named by their id."""
        return [replace(s, subject=self._node(s.subject), object=self._node(s.object)) for s in statements]

    def _node(self, node: Node) -> Node:
        if node.kind != "organisation" or node.truncated:
            return node
        match = self.match(node.name)
        return replace(node, id=match.id) if match and match.sure else node

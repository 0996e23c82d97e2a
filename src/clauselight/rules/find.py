"""Findings of one document: gate, evidence, decision, then what follows from the findings (lists, aliases)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from clauselight.model import Context, Document, Finding, Role
from clauselight.model.document import Kind
from clauselight.rules.alone import LoneLists
from clauselight.rules.beside import firm_units, nearest, opened_list
from clauselight.rules.candidates import Candidate, Hit, candidates
from clauselight.rules.decide import Classifier
from clauselight.rules.decision import beside, inherited, retold
from clauselight.rules.draft import Draft, draft, finding, merged
from clauselight.rules.evidence import CueIndex, Witness
from clauselight.rules.gate import Gate
from clauselight.rules.lists import Lists
from clauselight.rules.pack import LISTED_TOGETHER, RuleBook
from clauselight.structure.items import head_over
from clauselight.structure.wrapped import whole
from clauselight.text.escapes import unescaped


class Finder:
    """Applies a rule book to documents. Holds nothing of a document between calls."""

    def __init__(self, book: RuleBook) -> None:
        self.book = book
        self.gate = Gate(book)
        self.index = CueIndex(book)
        self.classifier = Classifier(book)
        self.lists = Lists(book)
        self.alone = LoneLists(self.lists)

    def warm(self) -> None:
        """Compile everything, so that forked workers share it."""
        self.gate.scanner.warm()
        self.index.warm()
        self.lists.warm()

    def findings(self, document: Document) -> list[Finding]:
        """Findings with offsets in the whole canonical text. Hashes come when the source is read to its end."""
        return [finding(document, each) for each in self.drafts(document)]

    def drafts(self, document: Document) -> list[Draft]:
        """Every decided candidate of a document, in order of place."""
        witness = Witness(document, self.index)
        found = candidates(document, self.gate)
        drafts = [self._decide(document, witness, c) for c in found if _speaks(c, witness)]
        drafts = [self._of_type(document, each) for each in self._beside(document, drafts)]
        following = self._following(document, witness, drafts)
        entries = {_at(d) for d in following}
        # a name of people that is an entry of a list is told as its entry
        drafts = [d for d in drafts if not (_names_people(d) and _at(d) in entries)] + following
        alone = list(self._alone(document, witness, drafts))
        # an entry of a list is told as one, whatever its neighbourhood makes of the name in it
        places = {_at(d) for d in alone}
        drafts = [d for d in drafts if _told(d) or _at(d) not in places] + alone
        return merged(sorted(drafts, key=lambda d: (d.start, d.end, d.candidate.attribute)))

    def _decide(self, document: Document, witness: Witness, candidate: Candidate) -> Draft:
        context = document.layout.context(candidate.first)
        head = head_over(document, candidate.first) if context.kind != "code" else ""
        all_of_it = _whole(document, candidate, context)
        scores = witness.evidence(all_of_it, context, head)
        sentence = unescaped(document.text[all_of_it.start : all_of_it.end])
        decision = self.classifier.decide(
            all_of_it, context, scores, sentence, witness.marks, witness.languages(candidate), head
        )
        how = witness.retold.how(candidate.first, sentence)
        return draft(document, candidate, context, retold(decision, how) if how else decision)

    def _beside(self, document: Document, drafts: list[Draft]) -> list[Draft]:
        """Doubtful candidates again: beside a finding, in the same code as one, or where they open a list."""
        firm = firm_units(drafts)
        return [self._again(document, each, firm) if each.decision.open else each for each in drafts]

    def _again(self, document: Document, doubtful: Draft, firm: dict[str, list[int]]) -> Draft:
        decision = beside(doubtful.decision, nearest(document, doubtful, firm))
        if decision.open:
            decision = beside(decision, opened_list(document, doubtful.candidate, self.lists))
        return replace(doubtful, decision=decision)

    def _of_type(self, document: Document, each: Draft) -> Draft:
        """A declared type, or an array, whose body lists races, peoples or colours is a list of codes."""
        if each.decision.level == "mention":
            return each
        listed = self.lists.lists_beside(document, each.candidate, each.decision.role == "analytic_output")
        if not listed and not self.lists.declares(document, each.candidate):
            return each
        candidate = replace(each.candidate, hits=[*each.candidate.hits, *listed])
        return replace(each, candidate=candidate, decision=replace(each.decision, role_if_found="code_list"))

    def _following(self, document: Document, witness: Witness, drafts: list[Draft]) -> list[Draft]:
        """Values of the lists that findings and notices open, and identifiers that the document ties to findings."""
        firm = [d for d in drafts if d.decision.level == "finding"]
        noted = [d for d in drafts if d.decision.level == "notice"]
        entries = list(self._entries(document, [*firm, *noted]))
        return entries + list(self._aliases(document, witness, firm, entries))

    def _entries(self, document: Document, firm: list[Draft]) -> Iterator[Draft]:
        taken = {_at(d) for d in firm if not _names_people(d)}
        for owner in firm:
            for candidate in self.lists.values_of(document, owner.candidate):
                if (candidate.first, candidate.attribute) not in taken:
                    taken.add((candidate.first, candidate.attribute))
                    kind = document.layout.context(candidate.first).kind
                    yield _inherit(document, candidate, owner, _role_of_entry(owner.decision.role, kind))

    def _alone(self, document: Document, witness: Witness, drafts: list[Draft]) -> Iterator[Draft]:
        """Lists of peoples or races that nothing names."""
        # a notice that is one entry of a list is told as one of its entries
        said = [d.candidate for d in drafts if _told(d)]
        taken = frozenset(
            (unit, a) for c in said for unit in range(c.first, c.last + 1) for a in _listed_with(c.attribute)
        )
        named: dict[int, set[str]] = {}
        for each in drafts:
            named.setdefault(each.candidate.first, set()).add(each.candidate.attribute)
        for found in self.alone.of(document, named, taken):
            first = found.opener or found.entries[0]
            scores = witness.evidence(first, document.layout.context(first.first))
            decision = self.classifier.of_list(first, scores, found.names)
            if decision.level == "mention":
                continue
            for place in (*([found.opener] if found.opener else []), *found.entries):
                if (place.first, place.attribute) not in taken:
                    yield draft(document, place, document.layout.context(place.first), decision)

    def _aliases(
        self, document: Document, witness: Witness, firm: list[Draft], entries: list[Draft]
    ) -> Iterator[Draft]:
        """Names that are tied to a finding; each is decided by its own place first."""
        by_rule = {d.candidate.best.rule.id: d for d in reversed(firm)}
        for candidate in self.lists.alias_hits(document, [d.candidate for d in (*firm, *entries)]):
            owner = by_rule.get(candidate.best.rule.id)
            if owner is None:
                continue
            own = self._decide(document, witness, candidate)
            if own.decision.level == "finding":
                yield own
            else:
                yield _inherit(document, candidate, owner, _role_of_alias(owner.decision.role))


def _at(each: Draft) -> tuple[int, str]:
    """Where a draft stands, and what it is about: lists are told once for each."""
    return each.candidate.first, each.candidate.attribute


def _names_people(each: Draft) -> bool:
    """Whether all that a place in code says is a name of people; in the comment of a field it stays with the field."""
    of_field = each.context.comment and each.context.member is not None
    return each.candidate.best.rule.kind == "group" and each.context.kind in ("code", "markup") and not of_field


def _listed_with(attribute: str) -> Collection[str]:
    """The attributes whose lists are told by one of an attribute: races and skin colours have the same names."""
    return LISTED_TOGETHER if attribute in LISTED_TOGETHER else (attribute,)


def _told(each: Draft) -> bool:
    """Whether a place is told already; a notice that only names a people is told as an entry of its list.

    In the comment of a field it stays with the field.
    """
    if each.decision.level == "notice":
        return each.candidate.best.rule.kind != "group" or (each.context.comment and each.context.member is not None)
    return each.decision.level == "finding"


def _whole(document: Document, candidate: Candidate, context: Context) -> Candidate:
    """The candidate with all of its sentence, where that is wrapped over lines, and the answer to its question."""
    if context.kind != "prose":
        return candidate
    start, end = whole(document, candidate.first, candidate.start, candidate.end)
    return replace(candidate, start=start, end=end)


def _speaks(candidate: Candidate, witness: Witness) -> bool:
    """Whether the candidate's words are of a language that the text is in. Names in code are of none."""
    spoken = witness.spoken(candidate)
    known = witness.index.languages
    wrong = known.false_friends(spoken)
    of_code = known.in_code

    def speaks(hit: Hit) -> bool:
        rule = hit.rule
        own = rule.language in spoken or rule.of_names or (rule.language in of_code and rule.kind != "word")
        return own and rule.language in wrong.get(hit.text.lower(), (rule.language,))

    candidate.hits = [h for h in candidate.hits if speaks(h)]
    if len({h.rule.language for h in candidate.hits}) > 1:
        candidate.hits = _own_first(candidate, witness.closest(candidate))
    return bool(candidate.hits)


def _own_first(candidate: Candidate, own: frozenset[str]) -> list[Hit]:
    """The hits without those of another language that lie over one of the text's own: kindred ones share words."""
    firm = [h for h in candidate.hits if h.rule.language in own]
    return [
        h
        for h in candidate.hits
        if h.rule.language in own or not any(h.start < o.end and o.start < h.end for o in firm)
    ]


def _inherit(document: Document, candidate: Candidate, owner: Draft, role: Role) -> Draft:
    """A candidate that is a finding because its owner is one."""
    line, _ = document.layout.lines(owner.start, owner.end)
    place = f"{candidate.via}, found at {f'line {line}' if line else 'above'}"
    context = document.layout.context(candidate.first)
    return draft(document, candidate, context, inherited(owner.decision, role, place))


def _role_of_entry(owner: Role, kind: Kind) -> Role:
    """What a list of software that looks at people holds is what it says of them; any other list holds codes."""
    if kind in ("markup", "table") or owner not in ("analytic_output", "alarm", "search_filter"):
        return "code_list"
    return owner


def _role_of_alias(owner: Role) -> Role:
    """A name that a search or an alarm goes by; any other name is a field."""
    return owner if owner in ("search_filter", "alarm") else "data_field"

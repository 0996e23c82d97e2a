"""How much was found and read, what was decided, how far the reviewers agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from clauselight.case.status import Agreement, agreement
from clauselight.dossier.blocks import Block, Facts, Heading, Para, Table
from clauselight.dossier.gather import Dossier
from clauselight.dossier.orphaned import orphaned
from clauselight.model.provisions import provisions


def section(dossier: Dossier) -> Iterator[Block]:
    """The summary."""
    yield Heading(1, "Summary", "summary")
    yield Para(f"{_found(dossier)} {_read(dossier)}", True)
    yield from _counts(dossier)
    for pair in agreement(list(dossier.judgements)):
        yield Para(_agreement(pair))
    yield from orphaned(dossier.orphans, dossier.shown)
    yield Para(_caution(dossier))


def _found(dossier: Dossier) -> str:
    places, files = len(dossier.items), len({i.finding.path for i in dossier.items})
    different = provisions(i.finding for i in dossier.items)
    if 0 < different < places:
        return (
            f"{_number(different, 'provision')} in {_number(files, 'document')} (at {_number(places, 'place')}, since "
            "some repeat others) sort people by race, ethnicity, skin colour or religion."
        )
    return (
        f"{_number(places, 'place')} in {_number(files, 'document')} provide{'s' if places == 1 else ''} for sorting "
        "people by race, ethnicity, skin colour or religion."
    )


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _read(dossier: Dossier) -> str:
    states = Counter(c.state for c in dossier.coverage)
    counted = ", ".join(f"{n} {state}" for state, n in states.items())
    rest = "." if set(states) <= {"read"} else ". What was not read is listed below and may hold more."
    return f"{len(dossier.coverage)} documents were taken in: {counted}{rest}"


def _counts(dossier: Dossier) -> Iterator[Block]:
    counts = Counter((i.finding.attribute.replace("_", " "), i.finding.role.replace("_", " ")) for i in dossier.items)
    if counts:
        rows = tuple((attribute, role, str(n)) for (attribute, role), n in counts.most_common())
        yield Table(("attribute", "what the place does", "places"), rows)
    decisions = Counter(i.decision or "open (nobody has decided)" for i in dossier.items)
    yield Facts(tuple((f"decision: {d}", str(n)) for d, n in decisions.most_common()))


def _agreement(pair: Agreement) -> str:
    kappa = pair.kappa if pair.kappa is not None else "is not defined"
    return (
        f"{pair.first} and {pair.second} both judged {pair.both} places and agree on {pair.agree}; "
        f"Cohen's kappa {kappa}."
    )


def _caution(dossier: Dossier) -> str:
    return "A finding says what a text provides for. What that means in law is for people to judge. " + (
        "Personal data is shown as it stands."
        if dossier.unmask
        else "Personal data (numbers, addresses, names of individuals) is covered with ▇."
    )

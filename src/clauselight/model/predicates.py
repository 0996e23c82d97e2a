"""The predicates of statements, one row each: all that any output, chain or selection needs to know of a predicate.

Where an output does not show a predicate, its column of the row is None: nothing is left out without a word. To add a
predicate, add its name to `Predicate` and its row to the table; no other module lists predicates.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Predicate = Literal[
    "drafted",
    "proposed",
    "administers",
    "issued",
    "published_on",
    "effective_on",
    "replaces",
    "cites",
    "mandates",
    "claims_conformity",
    "purchases",
    "supplies",
    "specifies",
]
#: what a chain does with it: ends there, or goes from its object on to its subject, a document or an organisation
Step = Literal["end", "document", "organisation"]
#: which day of a document its object is
Day = Literal["issued", "effective"]
#: what a statement becomes in FollowTheMoney: a property of its subject (`keyword`, `date`, `note`), an UnknownLink
#: (`link`), such a link and the authority of a tender (`buyer`), or a ContractAward (`award`)
Entity = Literal["keyword", "date", "note", "link", "buyer", "award"]
#: fields of a statement that the table adds in brackets
Note = Literal["qualifier", "role", "value", "date"]


@dataclass(frozen=True, slots=True)
class LineStyle:
    """A line of the picture: its words, its colour as in CSS, and its place in the legend.

    `dash` is a `stroke-dasharray` of SVG 1.1 (11.4); empty is an unbroken line. `organisation` says where the picture
    puts an organisation that is the subject.
    """

    words: str
    colour: str
    legend: int
    dash: str = ""
    organisation: Literal["left", "below"] = "left"


@dataclass(frozen=True, slots=True)
class EventWords:
    """An event of the timeline: its words, other words for some qualifiers, and its colour as in CSS."""

    words: str
    colour: str
    qualified: tuple[tuple[str, str], ...] = ()

    def of(self, qualifier: str | None) -> str:
        """The words for a qualifier."""
        return dict(self.qualified).get(qualifier or "", self.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class PredicateRow:
    """What there is to know of a predicate."""

    name: Predicate
    #: between subject and object of a sentence
    words: str
    #: label in the table under the subject, and under the object; None where it never stands under that end
    heading: str | None
    heading_of_object: str | None
    #: whether table and dossier show it also with the standard that is its object, whichever document says it
    elsewhere: bool = False
    #: whether the table prints the quote
    quoted: bool = False
    #: so many rows of it the table prints for one document; None is all
    most: int | None = None
    notes: tuple[Note, ...] = ("qualifier", "value")
    chain: Step | None
    #: whether a question on what the object specifies is also one on the subject: a tender that binds it, a new edition
    carries: bool = False
    day: Day | None = None
    #: whether the subject publishes the object: the author in a citation
    publisher: bool = False
    line: LineStyle | None
    event: EventWords | None
    #: label among the facts that a dossier gives with a finding
    fact: str | None
    entity: Entity

    @property
    def label(self) -> str:
        """The name in words."""
        return self.name.replace("_", " ")


#: in the order in which tables show them
_ROWS = (
    PredicateRow(
        name="specifies",
        words="specifies",
        heading="specifies",
        heading_of_object=None,
        quoted=True,
        notes=(),
        chain="end",
        line=LineStyle("specifies", "#1f1f1f", legend=3),
        event=None,
        fact=None,  # the finding itself says it
        entity="keyword",
    ),
    PredicateRow(
        name="drafted",
        words="drafted",
        heading=None,
        heading_of_object="drafted by",
        chain="organisation",
        line=LineStyle("drafted", "#1b5e8c", legend=4, organisation="below"),
        event=None,
        fact="drafted by",
        entity="link",
    ),
    PredicateRow(
        name="proposed",
        words="proposed",
        heading=None,
        heading_of_object="proposed by",
        chain="organisation",
        line=None,
        event=None,
        fact="proposed by",
        entity="link",
    ),
    PredicateRow(
        name="administers",
        words="administers",
        heading=None,
        heading_of_object="administered by",
        chain="organisation",
        line=None,
        event=None,
        fact="administered by",
        entity="link",
    ),
    PredicateRow(
        name="issued",
        words="issued",
        heading=None,
        heading_of_object="issued by",
        chain="organisation",
        publisher=True,
        line=None,
        event=None,
        fact="issued by",
        entity="link",
    ),
    PredicateRow(
        name="published_on",
        words="was published on",
        heading="published",
        heading_of_object=None,
        chain=None,
        day="issued",
        line=None,
        event=EventWords("issued", "#1b5e8c", (("notice", "put out to tender"), ("award", "awarded"))),
        fact="dated",
        entity="date",
    ),
    PredicateRow(
        name="effective_on",
        words="takes effect on",
        heading="effective",
        heading_of_object=None,
        chain=None,
        day="effective",
        line=None,
        event=EventWords("takes effect", "#2e7d32"),
        fact="takes effect",
        entity="note",
    ),
    PredicateRow(
        name="replaces",
        words="replaces",
        heading="replaces",
        heading_of_object=None,
        chain=None,  # a new edition need not say what the old one said
        carries=True,
        line=LineStyle("replaces", "#6b6b6b", legend=5, dash="2 4"),
        event=None,
        fact=None,
        entity="link",
    ),
    PredicateRow(
        name="purchases",
        words="is the purchaser in",
        heading=None,
        heading_of_object="purchaser",
        notes=("qualifier", "value", "date"),
        chain="organisation",
        line=LineStyle("purchases", "#8a6d00", legend=7),
        event=None,  # the day of the notice is a statement of its own
        fact="purchaser",
        entity="buyer",
    ),
    PredicateRow(
        name="supplies",
        words="is the supplier in",
        heading=None,
        heading_of_object="supplier",
        notes=("qualifier", "value", "date"),
        chain="organisation",
        line=LineStyle("supplies", "#2e7d32", legend=6),
        event=None,  # the day of the award is a statement of its own
        fact="supplier",
        entity="award",
    ),
    PredicateRow(
        name="mandates",
        words="makes binding",
        heading="makes binding",
        heading_of_object="made binding by",
        elsewhere=True,
        quoted=True,
        notes=("qualifier", "role", "value"),
        chain="document",
        carries=True,
        line=LineStyle("makes binding", "#b3261e", legend=1),
        event=None,
        fact="made binding by",
        entity="link",
    ),
    PredicateRow(
        name="claims_conformity",
        words="claims to meet",
        heading="claims to meet",
        heading_of_object="claimed by",
        elsewhere=True,
        quoted=True,
        chain="document",
        carries=True,
        line=LineStyle("claims to meet", "#7a4f9a", legend=2, dash="6 4"),
        event=None,
        fact="claimed to be met by",
        entity="link",
    ),
    PredicateRow(
        name="cites",
        words="cites",
        heading="cites",
        heading_of_object="cited by",
        most=12,
        notes=(),
        chain=None,  # to cite a standard is not to say what it says
        line=None,
        event=None,
        fact=None,
        entity="link",
    ),
)
#: every row by its name, in the order in which tables show them; an unknown name raises `KeyError`
PREDICATES: Mapping[Predicate, PredicateRow] = MappingProxyType({row.name: row for row in _ROWS})

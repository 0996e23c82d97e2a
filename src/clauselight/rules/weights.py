"""Every number that decides, with its unit and what it means.

The numbers of one subject are one frozen value, so that a reader finds them together and a test can replace one of
them: ``replace(THRESHOLD, enough=0.9)``. docs/explanation/make.py writes the tables of docs/explanation/decisions.md
from here. All are set by hand on the clauses in benchmarks/clauses and on a small open corpus; benchmarks/README.md has
the figures. Standard library only, so that whatever needs their digest can import them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from typing import TypeVar

N = TypeVar("N", int, float)

#: a point is what a cue of weight 1 says in the clause itself
POINTS = "points"
FACTOR = "factor"
SHARE = "share"
CHARACTERS = "characters"
BYTES = "bytes of UTF-8"
#: lines, paragraphs or table rows: the units of a document
UNITS = "units"


@dataclass(frozen=True, slots=True)
class Weight:
    """One number: where it belongs, its value and unit, and one sentence that says what it does."""

    section: str
    name: str
    value: float
    unit: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Section:
    """Numbers of one subject."""

    def rows(self) -> tuple[Weight, ...]:
        """The numbers in the order in which they are written down."""
        section = type(self).__name__.lower()
        return tuple(
            Weight(section, f.name, getattr(self, f.name), f.metadata["unit"], f.metadata["meaning"])
            for f in fields(self)
        )


def _weight(value: N, unit: str, meaning: str) -> N:
    return field(default=value, metadata={"unit": unit, "meaning": meaning})


@dataclass(frozen=True, slots=True)
class Prior(Section):
    """What a kind of word says by itself. The names are the kinds of rules (docs/reference/packs.md)."""

    sorts: float = _weight(
        1.5, POINTS, "The sorting itself: *race classifier*, 是否维族, `EthicCode` as a field in code."
    )
    near: float = _weight(0.8, POINTS, "A verb of sorting beside such a word.")
    field: float = _weight(0.7, POINTS, "The name of such a field: *race of offender*, 民族代码.")
    group: float = _weight(0.2, POINTS, "A group of people: *Uyghur*, 藏族.")
    word: float = _weight(0.0, POINTS, "An everyday word: *ethnicity*, 肤色.")
    value: float = _weight(0.0, POINTS, "An entry of a list; it counts only inside a list that is found.")

    def of(self, kind: str) -> float:
        """Points of a rule by its kind. Raises AttributeError for a kind that no pack may use."""
        return float(getattr(self, kind))


@dataclass(frozen=True, slots=True)
class Words(Section):
    """What else the candidate's own words say."""

    confirmed: float = _weight(0.4, POINTS, "Two different rules that name such a field confirm each other.")
    unrelated: float = _weight(
        1.2,
        POINTS,
        "Running text loses this where its clause names the attribute but neither does anything with it nor names "
        "another trait.",
    )
    title: int = _weight(
        40, BYTES, "Up to this length a unit is a title or an entry, tied to its subject by what follows it."
    )


@dataclass(frozen=True, slots=True)
class Cues(Section):
    """How much a cue counts by where it stands."""

    here: float = _weight(1.0, FACTOR, "In the clause itself, or in the member of code that it belongs to.")
    heading: float = _weight(0.9, FACTOR, "In its headings, owners and table headers.")
    near: float = _weight(0.55, FACTOR, "In the units around it.")
    file_name: float = _weight(0.4, FACTOR, "In the name of the file and of its folder, or in the document's title.")
    document: float = _weight(0.3, FACTOR, "Anywhere in the document, and less in a long one.")
    digits: int = _weight(3, "decimals", "What a cue counts is rounded to this.")


@dataclass(frozen=True, slots=True)
class Reach(Section):
    """How far around a place cues are looked for."""

    headings: int = _weight(4, "headings", "So many of the headings above a place speak for it, the nearest ones.")
    member: int = _weight(
        1500, CHARACTERS, "So much of the member that a place belongs to is read as the place itself."
    )
    units: int = _weight(12, UNITS, "So many units before and after a place are near it.")
    characters: int = _weight(900, CHARACTERS, "Of the units near a place no more than this is read on either side.")
    name_parts: int = _weight(2, "parts", "So many last parts of the path are the name of the file.")
    whole: int = _weight(20_000, CHARACTERS, "Up to this length a document is one place, and nothing in it is far.")
    fading: float = _weight(
        0.5, "exponent", "In a longer document a far cue counts by (`whole` / length) to this power: the square root."
    )


@dataclass(frozen=True, slots=True)
class Threshold(Section):
    """What makes a finding, a notice or a mention."""

    enough: float = _weight(1.0, POINTS, "A finding needs this much support.")
    person: float = _weight(0.5, FACTOR, "Words that speak of persons count by this much as support.")
    papers_here: float = _weight(
        1.5,
        POINTS,
        "With this much of papers and civil records in the clause itself, and less of observing and policing, a place "
        "is a notice, unless its words name the sorting itself.",
    )
    several: int = _weight(
        2, "names", "A clause that has to tell more races or skin colours than this apart sorts people by itself."
    )
    particulars: float = _weight(
        1.1,
        POINTS,
        "With this much of names, births, addresses and other particulars in the clause itself, a word in running text "
        "is one of the particulars that are recorded of a person.",
    )
    particulars_around: float = _weight(
        2.0, POINTS, "So much of them is enough where some of it stands around the clause or the item of a list."
    )
    records: float = _weight(0.8, POINTS, "Without enough support, this much of papers or records makes a notice.")


@dataclass(frozen=True, slots=True)
class Beside(Section):
    """What a finding nearby adds to a doubtful place."""

    same_close: float = _weight(1.0, POINTS, "A finding of the same attribute within `close` units.")
    close: int = _weight(2, UNITS, "So near is close, for the same attribute.")
    same_near: float = _weight(0.7, POINTS, "A finding of the same attribute within `near` units.")
    near: int = _weight(16, UNITS, "So near is near, for the same attribute.")
    same_code: float = _weight(0.5, POINTS, "A finding of the same attribute anywhere in the same code.")
    other_close: float = _weight(0.4, POINTS, "Outside code, a finding of another attribute within `other_units`.")
    other_units: int = _weight(3, UNITS, "So near is close, for another attribute outside code.")
    other_code_near: float = _weight(0.6, POINTS, "In code, a finding of another attribute within `code_units`.")
    code_units: int = _weight(48, UNITS, "So near is near, for another attribute in code.")
    other_code_far: float = _weight(0.3, POINTS, "In code, a finding of another attribute farther away.")
    opens_list: float = _weight(0.9, POINTS, "The place opens a list of races or skin colours.")
    names_list: float = _weight(1.1, POINTS, "In code and markup, a name with `named_values` of its values behind it.")
    named_values: int = _weight(3, "values", "So many different values make such a list.")
    list_values: int = _weight(2, "values", "So many different values make a list of races or skin colours.")
    list_reach: int = _weight(1200, CHARACTERS, "In this much text after the place the values must be found.")
    list_looked: int = _weight(4, "entries", "No more entries than this are looked at to see that it is a list.")


@dataclass(frozen=True, slots=True)
class Following(Section):
    """What follows from a finding: the entries of its list, and the names that the document ties to it."""

    inherited: float = _weight(1.0, POINTS, "An entry or a name follows the finding that it belongs to.")
    body: int = _weight(90, UNITS, "Entries of a list are looked for in fewer units than this after the finding.")
    several: int = _weight(2, "values", "A declared type or array with so many values in its body is a list of codes.")
    named: int = _weight(3, "values", "No more rows of a table are looked at than show so many different values.")
    label: int = _weight(24, CHARACTERS, "The code before an entry (`01 =`, *W:*) is no longer than this.")
    entry: int = _weight(120, CHARACTERS, "An entry of a list in running text is no longer than this.")
    line: int = _weight(300, CHARACTERS, "A line longer than this is no entry of any list.")
    misses_code: int = _weight(3, UNITS, "In code and markup, more units outside the list than this end it.")
    misses_text: int = _weight(1, UNITS, "Elsewhere, more units that are no entries than this end it.")
    misses_other: int = _weight(2, UNITS, "Elsewhere, more units without values than this end it.")
    share_text: float = _weight(
        0.45, SHARE, "In running text, values are at least this share of the letters of an entry."
    )
    share_code: float = _weight(0.3, SHARE, "In code, markup and data, values are at least this share of the letters.")
    name: int = _weight(4, CHARACTERS, "A declared name shorter than this is too common to be looked for.")


@dataclass(frozen=True, slots=True)
class Alone(Section):
    """A list of peoples or races in code and data that nothing names."""

    peoples: int = _weight(
        6, "groups", "A list tells so many peoples apart; the Han are one of them, or their names end in 族."
    )
    races: int = _weight(
        4, "names", "A list tells so many races apart, white and black among them; colours and languages do not count."
    )
    several: int = _weight(3, "names", "A line with so many different names is a list by itself.")
    alike: int = _weight(4, "lines", "So many lines that differ only in their words and numbers are entries.")
    gap: int = _weight(3, UNITS, "No more units than this lie between two entries.")
    told: float = _weight(0.5, SHARE, "Where so many of its entries are told already, the list is.")
    line: int = _weight(4000, CHARACTERS, "A line longer than this is not looked at.")
    above: int = _weight(6, UNITS, "So far above its first entry the line that opens the list is looked for.")
    enough: float = _weight(1.0, POINTS, "What such a list says by itself.")
    other: float = _weight(1.0, POINTS, "With so much of law, culture or looks around it, such a list is a mention.")
    records: float = _weight(0.4, POINTS, "With so much of papers or civil records around it, it is a notice.")


@dataclass(frozen=True, slots=True)
class Roles(Section):
    """How the role of a place is found."""

    around: float = _weight(0.35, SHARE, "What all cues together say of a role counts by this share.")
    beside_own: float = _weight(
        0.05, SHARE, "The same where the clause has a verb of its own: then it decides between equal ones alone."
    )
    member: float = _weight(
        0.5, POINTS, "Outside running text, a data field or an analytic output has this to begin with."
    )
    sees: float = _weight(
        1.5, POINTS, "With this much observing, and less policing, a field outside tables holds what software saw."
    )


@dataclass(frozen=True, slots=True)
class Spoken(Section):
    """Where the language of a place is looked for; rules and cues of other languages do not count there."""

    document: int = _weight(6000, CHARACTERS, "So much of its beginning shows the languages of a document.")
    around: int = _weight(400, CHARACTERS, "So much on either side shows the language of a place.")
    names: int = _weight(20_000, CHARACTERS, "So much of its beginning shows the language of the names in code.")


@dataclass(frozen=True, slots=True)
class Marks(Section):
    """Where a tender says what its marks ★, ▲ and the like mean."""

    reach: int = _weight(24, CHARACTERS, "So far after a mark its meaning is looked for.")


@dataclass(frozen=True, slots=True)
class Quote(Section):
    """What a finding quotes."""

    longest: int = _weight(900, CHARACTERS, "Two places, or a place and its member, are one quote up to this length.")
    twins: int = _weight(7, "places", "So many places before it are compared with a place that may be the same.")
    around: int = _weight(60, CHARACTERS, "So much text before and after the quote goes with it.")


@dataclass(frozen=True, slots=True)
class Shown(Section):
    """How much of the reasons is shown. These numbers decide nothing, but what is stored depends on them."""

    words: int = _weight(60, CHARACTERS, "The words of a cue are cut here.")
    owner: int = _weight(40, CHARACTERS, "The words that a list is named by are cut here.")
    cues: int = _weight(12, "cues", "So many cues are kept, the strongest first.")
    cues_inherited: int = _weight(6, "cues", "So many reasons of a finding go on to what follows from it.")
    values: int = _weight(5, "values", "So many values of a list are named.")
    gloss: int = _weight(4, "words", "So many words of a finding are explained.")
    gloss_word: int = _weight(40, CHARACTERS, "A word that is explained is cut here.")


PRIOR = Prior()
WORDS = Words()
CUES = Cues()
REACH = Reach()
THRESHOLD = Threshold()
BESIDE = Beside()
FOLLOWING = Following()
ALONE = Alone()
ROLES = Roles()
SPOKEN = Spoken()
MARKS = Marks()
QUOTE = Quote()
SHOWN = Shown()

SECTIONS: tuple[Section, ...] = (
    PRIOR, WORDS, CUES, REACH, THRESHOLD, BESIDE, FOLLOWING, ALONE, ROLES, SPOKEN, MARKS, QUOTE, SHOWN,
)  # fmt: skip


def table(sections: Iterable[Section] = SECTIONS) -> tuple[Weight, ...]:
    """Every number as a row."""
    return tuple(row for section in sections for row in section.rows())


def digest(sections: Iterable[Section] = SECTIONS) -> str:
    """SHA-256 over names and values, in any order of sections; units and sentences do not decide."""
    body = sorted((row.section, row.name, row.value) for row in table(sections))
    return hashlib.sha256(json.dumps(body, separators=(",", ":")).encode()).hexdigest()

"""What of a case does not hold any more, and why: by the keys that it was made with and those of now.

A case goes stale when it must, and only then. A reading is stale with the version of its reader, or of the OCR that it
used. Findings and statements are stale with what decides them: the rules, the languages and the code. The program's
version is written beside the digests for people to read and decides nothing: most versions change no decision.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import metadata

from clauselight.case.code import code_digest
from clauselight.case.store import OCR_USED, OCR_WANTED, Case, MadeWith
from clauselight.formats._tesseract import installed
from clauselight.formats.registry import formats
from clauselight.formats.session import OcrMode
from clauselight.rules.find import Finder
from clauselight.rules.pack import RuleBook
from clauselight.structure import trees
from clauselight.text.unruled import told_by
from clauselight.version import __version__

#: the code that decides on findings: whole rooms, since a module that is found by a scan is imported by nobody;
#: the layout gives what stands around a place, and so decides too
DECIDING = ("rules", "structure", "text", "model/document.py")
#: the code that makes statements. `entities` is none of it: organisations are resolved when statements are asked for
STATING = ("statements", "text", "model/document.py")
_NO_OCR = "none"
#: between the recognisers of a reading, and before those that could not read all of it
_BETWEEN, _LOST = "; ", "not all read by "


@dataclass(frozen=True, slots=True)
class Keys:
    """What a reading and a decision are made with now; a stored one with other keys is stale."""

    ocr: str
    ocr_mode: OcrMode
    rules: str
    grammar: str
    #: names of the recognisers besides the usual one
    second: tuple[str, ...] = ()

    @classmethod
    def now(cls, finder: Finder, ocr_mode: OcrMode) -> Keys:
        """The keys of this program with these rules."""
        return cls(_ocr(), ocr_mode, decided_by(finder.book), stated_by(), () if ocr_mode == "never" else installed())

    def recognised(self, recognisers: Sequence[str], lost: bool) -> str:
        """How a reading is marked: the recognisers that it used, and where one was `lost` those that could not help."""
        return _BETWEEN.join([self.ocr, *recognisers, *([_LOST + _names(self.second)] if lost else [])])


def decided_by(book: RuleBook) -> str:
    """The key of findings: the digests of the rules, of the code that decides, of other languages, of grammars."""
    return f"{__version__} {book.digest} code {code_digest(*DECIDING)} languages {told_by()} trees {trees.told_by()}"


def stated_by() -> str:
    """The key of statements."""
    return f"{__version__} code {code_digest(*STATING)} trees {trees.told_by()}"


def _ocr() -> str:
    try:
        return "rapidocr " + metadata.version("rapidocr")
    except metadata.PackageNotFoundError:
        return _NO_OCR


@dataclass(frozen=True, slots=True)
class Stale:
    """What `case run` has to do, and why."""

    #: SHA-256 of sources that were never read
    unread: tuple[str, ...] = ()
    #: SHA-256 of a source -> why its reading does not hold any more
    reread: Mapping[str, str] = field(default_factory=dict)
    #: id of a reading -> why its findings or statements do not hold any more
    redecide: Mapping[int, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.unread or self.reread or self.redecide)


def stale(case: Case, keys: Keys) -> Stale:
    """Compare the keys of what is stored with those of now. Takes time by what is stale, not by what is there."""
    versions = {f.name: str(f.version) for f in formats()}
    reread: dict[str, str] = {}
    undecided: list[tuple[MadeWith, str]] = []
    for made in case.made_with():
        if why := why_read_again(made, keys, versions):
            reread.update((sha256, why) for sha256 in case.sources_made_with(made))
        elif why := why_decide_again(made, keys):
            undecided.append((made, why))
    redecide = {
        number: why
        for made, why in undecided
        for number, sha256 in case.readings_made_with(made)
        if sha256 not in reread  # reading decides, too
    }
    return Stale(tuple(case.new_sources()), reread, redecide)


def why_read_again(made: MadeWith, keys: Keys, versions: Mapping[str, str]) -> str | None:
    """Why a reading made so does not hold, None where it does. `versions` are those of the readers of now, by name."""
    reader = made.reader
    if reader and versions.get(reader) != made.reader_version:
        return f"the reader {reader} has changed (from {made.reader_version} to {versions.get(reader, 'none')})"
    if made.ocr_used == OCR_USED and keys.ocr != _NO_OCR and (why := _recognised_otherwise(made.ocr_version, keys)):
        return why
    if made.ocr_used == OCR_WANTED and keys.ocr_mode != "never" and keys.ocr != _NO_OCR:
        return "it needs recognition, which was off or not installed"
    if keys.ocr_mode == "always" and made.ocr_mode != "always" and reader in ("pdf", "image"):
        return "recognition of every page was asked for"
    return None


def _recognised_otherwise(made: str, keys: Keys) -> str | None:
    """Why what was recognised so would be recognised in another way now; what is not installed changes nothing."""
    first, *others = made.split(_BETWEEN)
    if first != keys.ocr:
        return f"recognition has changed (from {first} to {keys.ocr})"
    for name in others:
        if name.startswith(_LOST):
            if keys.second and name != _LOST + _names(keys.second):
                return "a recogniser that may know the script of its pages is installed now"
        elif name not in keys.second and (now := _same_language(name, keys.second)):
            return f"recognition has changed (from {name} to {now})"
    return None


def _names(recognisers: Sequence[str]) -> str:
    return ", ".join(recognisers) or _NO_OCR


def _same_language(name: str, recognisers: Sequence[str]) -> str | None:
    """The recogniser of now with the program and language of one of before: the first and third word of its name."""
    return next((r for r in recognisers if r.split()[::2] == name.split()[::2]), None)


def why_decide_again(made: MadeWith, keys: Keys) -> str | None:
    """Why findings and statements made so do not hold, None where they do."""
    if _digests(made.decided_by) != _digests(keys.rules):
        return "the rules have changed"
    if _digests(made.stated_by) != _digests(keys.grammar):
        return "the grammar has changed"
    return None


def _digests(key: str) -> str:
    """A key without the program's version, which comes first and ends at a space."""
    return key.partition(" ")[2]

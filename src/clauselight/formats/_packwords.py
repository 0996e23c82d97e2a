"""Words of an office file that stand where no reader of its text looks: in attributes and in elements of other kinds.

Alternative texts, tips, choices of a field, cached values, instructions of fields, names that somebody gave: a program
shows them, or hands them on. They are found by what they are (words) and not by where producers put them, so that no
place is forgotten.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

#: elements whose attributes are choices, of which one word counts
_CHOICES = ("listItem", "listEntry", "option", "item", "label", "s", "filter", "cacheField", "sheetName")
#: attributes of styles, of fonts, of forms of shapes, and of people
_NO_WORDS = re.compile(
    r".*(?:font|style|family|schema|namespace|path|hash|salt|guid|uri).*|typeface|ascii|hAnsi|eastAsia|cs|panose|d|adj"
    r"|points|coordsize|gfxdata|Ignorable|Requires|ProcessContent|Type|Target|PartName|ContentType|eqn|sqref|spans|data"
    r"|author|initials|userName|user(?:Id)?|creator|lastModifiedBy|providerId|displayName|person|lang",
    re.IGNORECASE,
)
#: elements whose names are of fonts and styles, and words of programs to programs
_NO_ELEMENT = {"latin", "ea", "cs", "sym", "font", "rFonts", "rFont", "cellStyle", "lsdException", "style", "bstyle"}
_NO_ELEMENT |= {"name", "family", "background", "gradFill", "tblStyle", "binData", "binaryData", "binary-data"}
_NO_ELEMENT |= {"creator", "lastModifiedBy", "author", "Author", "LastAuthor", "Manager", "initial-creator"}
#: words to a program that manages sources of literature
_OF_A_PROGRAM = re.compile(r"\s*ADDIN\b")
#: four signs of Chinese, Japanese or Korean in a row, or three words of letters
_WORDS = re.compile(
    r"[\u3040-\u9fff\uac00-\ud7af\uf900-\ufaff]{4}"
    r"|(?:[^\W\d_]{2,}[,;:.'’()/\"-]*\s[\s,;:.'’()/\"-]*){2}[^\W\d_]{2}"
)
_WORD = re.compile(r"[^\W\d_]{2}")
#: a name that a program gives by itself: "Picture 1"
_NUMBERED = re.compile(r"\D{1,40}\d{1,6}")
_ASCII = "".join(map(chr, range(32, 127)))
#: attributes that may hold words, told before they come to Python: those with a space or letters beyond ASCII
_ATTRIBUTES = ".//@*[string-length(.)>3 and (contains(., ' ') or translate(., $ascii, '') != '')]"
#: what attributes are called over their words
_CALLED = {
    **dict.fromkeys(("descr", "title", "alt"), "alternative text"),
    **dict.fromkeys(("tooltip", "prompt", "promptTitle", "helpText", "statusText", "description"), "tip"),
    "string": "drawn text",
    "instrText": "instruction of a field",
    "desc": "alternative text",
    "number": "number of an item",
}
#: elements of OpenDocument with words of their own
_OPEN = ("desc", "title", "number", "text-input", "placeholder")
CHOICE, OTHER = "choice", "elsewhere in the file"

Words = tuple[str, str]


def words_beside(root: Any, taken: Iterable[str]) -> Iterator[Words]:
    """Each text of a tree in attributes, and in elements but those that are `taken`; with what stands over it."""
    yield from _attributes(root)
    yield from texts(root, f".//*[not({_named(taken)})]/text()[string-length(normalize-space(.))>1]", _WORDS)


def open_words(body: Any) -> Iterator[Words]:
    """The same of the body of an OpenDocument file, whose paragraphs have elements of many kinds."""
    yield from _attributes(body)
    yield from texts(body, f".//*[{_named(_OPEN)}]/text()[normalize-space()]")


def _attributes(root: Any) -> Iterator[Words]:
    for element in root.xpath(f".//*[{_named(_CHOICES)}]"):
        for value in element.attrib.values():
            if _WORD.search(value):
                yield value.strip(), CHOICE
    for value in root.xpath(_ATTRIBUTES, ascii=_ASCII):
        name, element = value.attrname.rsplit("}", 1)[-1], value.getparent()
        if _NO_WORDS.fullmatch(name) or _local(element) in _NO_ELEMENT or not _WORDS.search(value):
            continue
        if name != "name" or not _NUMBERED.fullmatch(value):
            yield value.strip(), _CALLED.get(name, OTHER)


def texts(root: Any, expression: str, least: re.Pattern[str] = _WORD) -> Iterator[Words]:
    """Texts that an expression of XPath finds, those of one paragraph joined, where they have words."""
    open_: list[str] = []
    last: Any = None
    what = OTHER
    for piece in root.xpath(expression):
        element = piece.getparent()
        if element is None or _local(element) in _NO_ELEMENT or not isinstance(element.tag, str):
            continue
        above = next((n for n in element.iterancestors() if _local(n) in ("p", "h", "si", "is")), element)
        if above is not last:
            yield from _joined(open_, what, least)
            last, what = above, _CALLED.get(_local(element), OTHER)
        open_.append(str(piece))
    yield from _joined(open_, what, least)


def _joined(pieces: list[str], what: str, least: re.Pattern[str]) -> Iterator[Words]:
    text = " ".join("".join(pieces).split())
    pieces.clear()
    if least.search(text) and not _OF_A_PROGRAM.match(text):
        yield text, what


def _named(names: Iterable[str]) -> str:
    return " or ".join(f"local-name()='{name}'" for name in names) or "false()"


def _local(node: Any) -> str:
    tag = node.tag
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""


_NO_LETTER = re.compile(r"[\W_]+")
#: texts that are looked for in all that is said, after which only whole lines count; letters of the shortest of them
_LOOKED_FOR, _SHORT = 2000, 6


class Unsaid:
    """Of texts those that were not said before."""

    def __init__(self, text: str) -> None:
        self._said = _NO_LETTER.sub("", text)
        self._whole = {_NO_LETTER.sub("", line) for line in re.split(r"[\n\t]", text)}
        self._looked = 0

    def new(self, text: str) -> bool:
        """Whether a text is new; from then on it is not."""
        letters = _NO_LETTER.sub("", text)
        if not letters or letters in self._whole:
            return False
        self._whole.add(letters)
        if len(letters) < _SHORT or self._looked >= _LOOKED_FOR:
            return True
        self._looked += 1
        return letters not in self._said

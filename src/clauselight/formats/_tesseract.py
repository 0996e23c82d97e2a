"""The second recogniser: tesseract, a program that is used where it is installed, for scripts that the first has not.

It runs as converters do: shut out of the network, in a folder of its own, with a limit of time and memory.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from clauselight.errors import ReadError
from clauselight.formats._convert import output_of
from clauselight.formats._script import Box

#: the script as tesseract names it -> its language, and how Unicode names the letters.
#: Cyrillic and Arabic letters are those of our packs for Russian and Arabic; what is near to them is read, less well
LANGUAGES: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "Cyrillic": ("rus", "CYRILLIC"),
        "Arabic": ("ara", "ARABIC"),
        "Vietnamese": ("vie", "LATIN"),
        "Devanagari": ("hin", "DEVANAGARI"),
        "Bengali": ("ben", "BENGALI"),
        "Tamil": ("tam", "TAMIL"),
        "Telugu": ("tel", "TELUGU"),
        "Thai": ("tha", "THAI"),
        "Korean": ("kor", "HANGUL"),
        "Hangul": ("kor", "HANGUL"),
        "Hebrew": ("heb", "HEBREW"),
        "Greek": ("ell", "GREEK"),
        "Armenian": ("hye", "ARMENIAN"),
        "Georgian": ("kat", "GEORGIAN"),
        "Tibetan": ("bod", "TIBETAN"),
        "Khmer": ("khm", "KHMER"),
    }
)
_USED: Final = frozenset(language for language, _ in LANGUAGES.values())
#: bytes of memory that it may ask for; a page of A3 at 600 dpi takes half of that
_MEMORY = 4 << 30
#: one thread: the text does not hang on how many there are, and pages are too small to gain
_ENVIRONMENT: Final[Mapping[str, str]] = MappingProxyType({"OMP_THREAD_LIMIT": "1"})
_INSTEAD = "make a PDF with a text layer of it yourself, and give that"
#: letters of a page from which its script is told; tesseract asks for fifty of itself
_FEW_LETTERS = "10"
#: what marks the direction of writing; it is no text
_DIRECTION = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))


@dataclass(frozen=True, slots=True)
class Program:
    """The program that is installed: its version, and its languages with the SHA-256 of their data (or nothing)."""

    path: str
    version: str
    languages: Mapping[str, str]

    def name(self, language: str) -> str:
        """How evidence names it: version, language, and the beginning of the digest of the language's data."""
        return f"tesseract {self.version} {language} {self.languages[language][:12]}".rstrip()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all languages that are used."""
        return tuple(self.name(language) for language in sorted(self.languages) if language in _USED)


@dataclass(frozen=True, slots=True)
class Seen:
    """The script of a page, and the quarter turns against the clock that set it upright."""

    script: str
    turns: int


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its rectangle in pixels, how sure tesseract is (0..1), and the line that it stands in."""

    text: str
    box: Box
    confidence: float
    line: tuple[int, ...]


@cache
def program() -> Program | None:
    """The installed tesseract, None where there is none. Raises `ReadError` where nothing shuts it out of the net."""
    path = shutil.which("tesseract")
    if path is None:
        return None
    listed = _output([path, "--list-langs"]).splitlines()
    names = [line.strip() for line in listed[1:] if line.strip()]
    version = _version(path, names[0]) if names else None
    if version is None:
        return None
    folder = re.search(r'"(.+)"', listed[0])
    return Program(path, version[1], {name: _digest(folder[1] if folder else "", name) for name in names})


def _version(path: str, language: str) -> re.Match[str] | None:
    """What it says of itself beside what it reads. Asked for it with `--version`, it starts a client of the network."""
    with tempfile.TemporaryDirectory() as name:
        blank = Path(name) / "blank.pgm"
        blank.write_bytes(b"P5 8 8 255\n" + b"\xff" * 64)
        told = _run([path, str(blank), "-", "-l", language, "--psm", "13", "hocr"], Path(name))
    return re.search(r"'ocr-system' content='tesseract v?([^\s']+)", told)


def installed() -> tuple[str, ...]:
    """The names of what is installed and may run, as evidence has them."""
    try:
        found = program()
    except ReadError:  # nothing shuts it out of the network here, so it is as good as not there
        return ()
    return found.names if found else ()


def _digest(folder: str, language: str) -> str:
    file = Path(folder) / f"{language}.traineddata"
    if not folder or language not in _USED or not file.is_file():
        return ""
    with file.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()


def seen(image: Any) -> Seen | None:
    """The script and the direction of a grey picture; None where tesseract cannot tell, or is not there."""
    told = _recognise(image, "osd", "--psm", "0", "-c", f"min_characters_to_try={_FEW_LETTERS}")
    script, turn = re.search(r"^Script: (\S+)", told, re.M), re.search(r"^Rotate: (\d+)", told, re.M)
    if script is None or turn is None:
        return None
    return Seen(script[1], -int(turn[1]) // 90 % 4)  # it counts with the clock


def words(image: Any, language: str) -> list[Word]:
    """The words of a grey picture in the order in which they are read."""
    rows = csv.DictReader(
        io.StringIO(_recognise(image, language, "tsv")), delimiter="\t", quoting=csv.QUOTE_NONE, strict=False
    )
    return [word for word in map(_word, rows) if word]


def _word(row: Mapping[str, str]) -> Word | None:
    text = unicodedata.normalize("NFC", (row.get("text") or "").translate(_DIRECTION).strip())
    if not text or row["level"] != "5":
        return None
    left, top, width, height = (float(row[name]) for name in ("left", "top", "width", "height"))
    line = tuple(int(row[name]) for name in ("page_num", "block_num", "par_num", "line_num"))
    return Word(text, (left, top, left + width, top + height), max(0.0, float(row["conf"])) / 100, line)


def _recognise(image: Any, language: str, *settings: str) -> str:
    found = program()
    if found is None or language not in found.languages:
        return ""
    height, width = image.shape
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "page.pgm"
        file.write_bytes(b"P5 %d %d 255\n" % (width, height) + image.tobytes())
        return _run([found.path, str(file), "-", "-l", language, *settings], Path(name))


def _output(command: list[str]) -> str:
    with tempfile.TemporaryDirectory() as name:
        return _run(command, Path(name))


def _run(command: list[str], folder: Path) -> str:
    """What it says, nothing where it fails: on a page without text it does."""
    said = output_of(command, folder, _ENVIRONMENT, _MEMORY, _INSTEAD)
    return "" if said is None else said.decode("utf-8", "replace")

"""Opening office files and e-books, which are ZIP archives, without being harmed by them."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import unquote

from clauselight.errors import ReadError
from clauselight.formats._blocks import Blocks
from clauselight.formats._packwords import Unsaid, Words, texts, words_beside
from clauselight.formats.session import ReadSession
from clauselight.model import Blob
from clauselight.parts.compound import MAGIC
from clauselight.parts.inside import HEAD, is_source, passed_over

#: bytes that one part of an office file may unpack to
MOST = 400_000_000
_RATIO = 200


def opened(blob: Blob) -> zipfile.ZipFile:
    """The archive; `ReadError` where it is none."""
    try:
        return zipfile.ZipFile(blob.open())
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise ReadError("damaged", f"the archive cannot be opened: {error}") from error


def member(archive: zipfile.ZipFile, name: str) -> bytes:
    """The bytes of a part; `ReadError` where it is missing, encrypted, damaged or unpacks to too much."""
    try:
        info = archive.getinfo(name)
        if info.flag_bits & 1:
            raise ReadError("encrypted", f"{name} is encrypted")
        if info.file_size > MOST or (
            info.file_size > 10_000_000 and info.file_size > _RATIO * max(1, info.compress_size)
        ):
            raise ReadError("zip-bomb", f"{name} unpacks from {info.compress_size:,} to {info.file_size:,} bytes")
        with archive.open(info) as stream:
            data = stream.read(MOST + 1)
    except (KeyError, zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, EOFError) as error:
        raise ReadError("damaged", f"{name}: {error}") from error
    except Exception as error:
        if type(error).__name__ != "error":  # zlib.error has no public base class of its own
            raise
        raise ReadError("damaged", f"{name}: {error}") from error
    if len(data) > MOST:
        raise ReadError("zip-bomb", f"{name} unpacks to more than {MOST:,} bytes")
    return data


#: the local header of a member and its name (PKWARE APPNOTE 4.3.7)
_LOCAL = re.compile(rb"PK\x03\x04.{22}(..)(..)", re.DOTALL)
#: the namespaces of ISO/IEC 29500 Strict, and those of everybody else
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/(\w+)")
_PICTURES = (
    *(".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf", ".emz", ".wmz", ".svg", ".webp"),
    *(".jb2", ".jbig2", ".eps", ".pct", ".pict", ".wdp", ".jp2", ".ico", ".svm", ".heic"),
)
#: relations to something outside of the file that is shown in the document
_SHOWN_HERE = {"image", "subDocument", "aFChunk", "oleObject", "package", "frame"}
#: parts that are named one by one in a message
_NAMED = 3
#: elements whose text the readers of office files take
TAKEN = (
    "t",
    "delText",
    "v",
    "text",
    "evenHeader",
    "oddHeader",
    "firstHeader",
    "evenFooter",
    "oddFooter",
    "firstFooter",
)
#: parts that say who people are, how parts belong together, and how things look
_OF_PEOPLE = re.compile(
    r"docProps/.*|(?:.*/)?(?:people|commentAuthors|authors|meta|manifest|styles|tableStyles|theme\d*)\.xml|.*\.rels"
    r"|xl/persons/.*|META-INF/.*|content\.xml|.*/content\.xml"
)
#: what parts are called whose words are of one kind
_PARTS_CALLED = {"slidemasters": "slide master", "slidelayouts": "slide layout", "notesmasters": "master of notes"}
_PARTS_CALLED |= {"handoutmasters": "master of handouts", "externallinks": "value of another workbook"}


def names_in(head: bytes) -> list[str]:
    """Names of the members whose headers stand in the first bytes of a ZIP; other bytes are not looked at."""
    if not head.startswith(b"PK\x03\x04"):
        return []
    found = ((m.end(), int.from_bytes(m[1], "little")) for m in _LOCAL.finditer(head))
    return [head[at : at + size].decode("utf-8", "replace") for at, size in found]


class Package:
    """An office file: its parts, read one by one, and an account of those that nobody read.

    So that no part is passed over in silence, whatever a producer puts into a file: each part is read, or known to
    hold no text, or named by `account`.
    """

    def __init__(self, archive: zipfile.ZipFile, session: ReadSession) -> None:
        self._archive = archive
        self._session = session
        #: parts in the order of the archive, folders left out
        self.names = [n for n in archive.namelist() if not n.endswith("/")]
        self._left = dict.fromkeys(self.names)
        #: words that stand beside the text in the parts that were taken apart, by part
        self._words: dict[str, list[Words]] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._left or name in self.names

    def matching(self, expression: str) -> list[str]:
        """The parts whose whole names match, `slide2` before `slide10`."""
        found = [n for n in self.names if re.fullmatch(expression, n, re.IGNORECASE)]
        return sorted(found, key=lambda n: [int(p) if p.isdigit() else p for p in re.split(r"(\d+)", n)])

    def unread(self, name: str) -> bool:
        """Whether the part is there and nobody has read it yet."""
        return name in self._left

    def left(self, expression: str) -> list[str]:
        """Of the parts that match, those that nobody has read yet."""
        return [n for n in self.matching(expression) if n in self._left]

    def data(self, name: str) -> bytes:
        """The bytes of a part, which counts as read. Raises `ReadError`."""
        self._left.pop(name, None)
        return member(self._archive, name)

    def size(self, name: str) -> int:
        """Bytes of a part, unpacked, as the archive says; 0 for one that is not there."""
        return self._archive.getinfo(name).file_size if name in self.names else 0

    def peek(self, name: str) -> bytes:
        """The bytes of a part, which does not count as read. Raises `ReadError`."""
        return member(self._archive, name)

    def xml(self, name: str, *, text: bool = True, needed: bool = False) -> Any:
        """A part as a tree, Strict names put into the common ones; None for a damaged part, which is then reported.

        `text` is whether the part should give text, and its size counts. Where the part is `needed`, whatever keeps it
        from being unpacked is raised as `ReadError`.
        """
        from lxml import etree

        try:
            data = self.data(name)
            parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
            root = etree.fromstring(_STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/\2", data), parser)
        except ReadError as error:
            if needed:
                raise
            self._session.report.problem(error.reason, error.message)
            return None
        except etree.XMLSyntaxError as error:
            self._session.report.problem("damaged-part", f"{name}: {error}")
            return None
        if text:
            self._session.report.expect(len(data))
        if not _OF_PEOPLE.fullmatch(name):
            self._words[name] = list(words_beside(root, TAKEN))
        return root

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Of each relation of a part by its id: the last word of its type, and the part it leads to.

        Relations that lead out of the file are left out; nothing is fetched. `part` is empty for the whole file.
        """
        name = posixpath.join(posixpath.dirname(part), "_rels", posixpath.basename(part) + ".rels")
        if name not in self:
            return {}
        root = self.xml(name, text=False)
        out: dict[str, tuple[str, str]] = {}
        for node in root if root is not None else ():
            target = unquote(node.get("Target") or "") if isinstance(node.tag, str) else ""
            if target and node.get("TargetMode") != "External":
                whole = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")
                out[node.get("Id") or ""] = ((node.get("Type") or "").rsplit("/", 1)[-1], whole)
        return out

    def rest(self, blocks: Blocks, no_text: str) -> None:
        """Add what no reader looked for: words beside the text of parts that were read, and parts that nobody read.

        Then name what is left, as `account` does. Nothing is said twice.
        """
        for part in self.left(r".*\.xml"):
            if not re.fullmatch(no_text, part, re.IGNORECASE) and (root := self.xml(part, text=False)) is not None:
                self._words[part] = [*texts(root, "//text()[normalize-space()]"), *self._words.get(part, ())]
        unsaid = Unsaid(blocks.text)
        for part, words in self._words.items():
            for text, what in words:
                if unsaid.new(text):
                    blocks.beside(text, _part_called(part, what))
        self._words.clear()
        self._outside()
        self.account(no_text)

    def _outside(self) -> None:
        """Name the parts that the file only points to; nothing is fetched."""
        found: list[str] = []
        for name in self.matching(r".*\.rels"):
            root = self.xml(name, text=False)
            for node in root.iter() if root is not None else ():
                kind = (node.get("Type") or "").rsplit("/", 1)[-1]
                if node.get("TargetMode") == "External" and kind in _SHOWN_HERE:
                    found.append(unquote(node.get("Target") or ""))
        self.elsewhere(found)

    def elsewhere(self, addresses: Iterable[str]) -> None:
        """Report parts of the document that lie outside of the file."""
        found = list(dict.fromkeys(addresses))
        if found:
            named = ", ".join(found[:_NAMED]) + (" …" if len(found) > _NAMED else "")
            message = f"{len(found)} parts of the document lie outside of the file: {named}; get them and check them"
            self._session.report.problem("parts-elsewhere", message)

    def also(self, part: str, words: Iterable[Words]) -> None:
        """Keep words of a part that was not taken apart here, for `rest`."""
        self._words.setdefault(part, []).extend(words)

    def account(self, no_text: str) -> None:
        """Name what nobody read. `no_text` matches the names of parts that hold none: styles, settings, themes."""
        rest = [n for n in self._left if not re.fullmatch(no_text, n, re.IGNORECASE) and not self._elsewhere(n)]
        pictures = [n for n in rest if n.lower().endswith(_PICTURES)]
        others = [n for n in rest if n not in pictures]
        if pictures:
            message = f"{len(pictures)} pictures inside the file were not read; save it as PDF and check that"
            self._session.report.problem("pictures-inside", message)
        if others:
            named = ", ".join(others[:_NAMED]) + (" …" if len(others) > _NAMED else "")
            message = f"{len(others)} parts inside the file were not read: {named}; save each as a file of its own"
            self._session.report.problem("embedded-objects", f"{message} and check that")

    def _elsewhere(self, name: str) -> bool:
        """Whether a part is a source of its own, which has its own account, or a picture too small for a clause."""
        try:
            with self._archive.open(name) as stream:
                head = stream.read(HEAD)
                whole = head + stream.read(MOST) if head.startswith(MAGIC) else head
        except Exception:  # what cannot be unpacked is named
            return False
        return passed_over(name, head) or is_source(name, whole)


def _part_called(part: str, what: str) -> str:
    """What stands over the words of a part."""
    folder = part.rpartition("/")[0].rpartition("/")[2].lower()
    return _PARTS_CALLED.get(folder, what)


def paragraphs_of(root: Any) -> Iterator[str]:
    """The text of each paragraph of drawings, charts and slides (DrawingML), and of letters outside of any."""
    open_: list[str] = []
    for node in root.iter() if root is not None else ():
        name = local(node)
        if name == "p":
            yield from _joined(open_)
        elif name == "t" or (name == "v" and local(node.getparent()) == "pt"):
            open_.append(node.text or "")
            if name == "v":
                yield from _joined(open_)
        elif name in ("br", "tab"):
            open_.append(" ")
    yield from _joined(open_)


def _joined(pieces: list[str]) -> Iterator[str]:
    text = "".join(pieces).strip()
    pieces.clear()
    if text:
        yield text


def local(node: Any) -> str:
    """The name of an element without its namespace; empty for a comment and for None."""
    tag = getattr(node, "tag", None)
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""


#: what the properties of a document say of it to people
_PROPERTIES = ("title", "subject", "description", "keywords", "keyword", "category")


def properties(package: Package, blocks: Blocks, pattern: str = r"docProps/(core|custom)\d*\.xml") -> None:
    """Add the properties of a document, each beside the text. A title that stands in the text is not said again."""
    for part in package.left(pattern):
        root = package.xml(part, text=False)
        for node in root.iter() if root is not None else ():
            text = (node.text or "").strip()
            own = local(node) in _PROPERTIES or local(node) in ("lpwstr", "user-defined")
            if own and text and text not in blocks.lines:
                blocks.beside(text, "property")

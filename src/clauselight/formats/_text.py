"""Text of any size, window by window, without ever holding more than one window."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

from clauselight.errors import ReadError
from clauselight.formats.session import ReadReport, ReadSession
from clauselight.model import Blob, Context, Document, LineLayout
from clauselight.structure.describe import describer, kind_by_content
from clauselight.text.decode import detect

#: bytes held at a time
WINDOW = 1 << 22
#: certainty below which an encoding is reported as a guess
_SURE = 0.6
#: what ASCII holds where it is an encoding of something else; `detect` then looks closer
_SHIFTS = (b"~{", b"\x1b$")


def text_documents(
    blob: Blob, session: ReadSession, reader: str, media_type: str, kind: str | None = None
) -> Iterator[Document]:
    """The source as text documents, one for each window.

    `kind` (prose, code, markup) is judged from the text if it is not given.
    """
    report = session.report
    plain = _plain(blob)
    if plain is not None:
        report.encoding = "utf-8"
        data, text = plain
        layout = LineLayout(text, _lazy(kind, text, blob.path), kind=kind)
        yield Document(blob.path, media_type, reader, text, layout, 0, _title(blob.path), "utf-8", True, data)
        return
    encoding = detect(blob.head(1 << 22))
    report.encoding = "utf-8" if encoding.name == "utf-8-sig" else encoding.name
    if encoding.certainty < _SURE:
        report.problem("doubtful-encoding", f"the encoding is a guess: {report.encoding}")
    offset, line = 0, 1
    for text, last in _windows(blob, encoding.name, report):
        layout = LineLayout(text, _lazy(kind, text, blob.path), line, kind)
        yield Document(blob.path, media_type, reader, text, layout, offset, _title(blob.path), report.encoding, last)
        session.passed()
        offset += len(text)
        if not last:
            line += text.count("\n") + text.count("\r") - text.count("\r\n")


def _plain(blob: Blob) -> tuple[bytes, str] | None:
    """All bytes of a source that fits one window and is UTF-8 without a mark, and their text; None for any other.

    Most sources are such, and their text is scanned without being encoded again.
    """
    if blob.size > WINDOW:
        return None
    data = blob.read()
    if data[:1] in (b"\xef", b"\xff", b"\xfe", b"+") or b"\0" in data[:8192] or any(mark in data for mark in _SHIFTS):
        return None
    try:
        return data, data.decode()
    except UnicodeDecodeError:
        return None


def _lazy(kind: str | None, text: str, path: str) -> Callable[[LineLayout, int], Context]:
    """Describes lines by the kind of text, which is judged when it is first asked for."""
    chosen: list[Callable[[LineLayout, int], Context]] = []

    def describe(layout: LineLayout, index: int) -> Context:
        if not chosen:
            chosen.append(describer(kind or kind_by_content(text[:40_000]), path))
        return chosen[0](layout, index)

    return describe


def _title(path: str) -> str:
    return PurePosixPath(path.replace("!/", "/")).name


def _windows(blob: Blob, encoding: str, report: ReadReport) -> Iterator[tuple[str, bool]]:
    decoder = codecs.getincrementaldecoder(encoding)(errors="strict")
    lenient = False
    rest = ""
    with blob.open() as stream:
        while True:
            chunk = stream.read(WINDOW)
            last = len(chunk) < WINDOW
            try:
                text = decoder.decode(chunk, final=last)
            except UnicodeError:
                if not lenient:
                    lenient = True
                    report.problem("bad-bytes", f"some bytes are not valid {report.encoding}; they are read as U+FFFD")
                state = decoder.getstate()
                decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
                decoder.setstate(state)
                text = decoder.decode(chunk, final=last)
            text = rest + text
            if last:
                yield text, True
                return
            cut = _cut(text)
            rest = text[cut:]
            yield text[:cut], False


def _cut(text: str) -> int:
    """Where a window may end: after a line, else after a space, else where it is."""
    for mark in ("\n", " ", "。", ",", ">"):
        at = text.rfind(mark, len(text) // 2)
        if at > 0:
            return at + 1
    return len(text)


def ensure_text(head: bytes, path: str) -> None:
    """Raise `ReadError` where bytes are plainly no text."""
    from clauselight.formats.registry import looks_binary

    if looks_binary(head):
        raise ReadError("binary", f"{path}: not text, and no known format")

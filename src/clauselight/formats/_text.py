"""Text of any size, window by window, without ever holding more than one window."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from pathlib import PurePosixPath

from clauselight.errors import ReadError
from clauselight.formats._base import Reading
from clauselight.formats._structure import describer, kind_by_content
from clauselight.model import Blob, Document, LineLayout
from clauselight.text.decode import detect

#: bytes held at a time
WINDOW = 1 << 22


def text_documents(blob: Blob, reading: Reading, reader: str, media_type: str, kind: str | None = None) -> Iterator[Document]:
    """The source as text documents, one for each window; `kind` (prose, code, markup) is judged from the text if not given."""
    encoding = detect(blob.head(1 << 16))
    if encoding.name == "utf-8" and encoding.certainty < 1:
        encoding = detect(blob.head(1 << 22))
    name = "utf-8" if encoding.name == "utf-8" else encoding.name
    reading.encoding = "utf-8" if name == "utf-8-sig" else name
    if encoding.certainty < 0.6:
        reading.problem("doubtful-encoding", f"the encoding is a guess: {reading.encoding}")
    offset, line = 0, 1
    for data, text, last in _windows(blob, name, reading):
        chosen = kind or kind_by_content(text[:40_000])
        layout = LineLayout(text, describer(chosen, blob.path), line)
        yield Document(blob.path, media_type, reader, text, layout, offset, _title(blob.path), reading.encoding, last, data)
        offset += len(text)
        if not last:
            line += text.count("\n") + text.count("\r") - text.count("\r\n")


def _title(path: str) -> str:
    return PurePosixPath(path.replace("!/", "/")).name


def _windows(blob: Blob, encoding: str, reading: Reading) -> Iterator[tuple[bytes | None, str, bool]]:
    decoder = codecs.getincrementaldecoder(encoding)(errors="strict")
    lenient = False
    rest = ""
    first = True
    with blob.open() as stream:
        while True:
            chunk = stream.read(WINDOW)
            last = len(chunk) < WINDOW
            try:
                text = decoder.decode(chunk, final=last)
            except UnicodeError:
                if not lenient:
                    lenient = True
                    reading.problem("bad-bytes", f"some bytes are not valid {reading.encoding}; they are read as U+FFFD")
                state = decoder.getstate()
                decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
                decoder.setstate(state)
                text = decoder.decode(chunk, final=last)
            if encoding == "utf-8" and first and not lenient and last and not rest:
                yield chunk, text, True
                return
            first = False
            text = rest + text
            if last:
                yield None, text, True
                return
            cut = _cut(text)
            rest = text[cut:]
            yield None, text[:cut], False


def _cut(text: str) -> int:
    """Where a window may end: after a line, else after a space, else where it is."""
    for mark in ("\n", " ", "。", ",", ">"):
        at = text.rfind(mark, len(text) // 2)
        if at > 0:
            return at + 1
    return len(text)


def ensure_text(head: bytes, path: str) -> None:
    """Raise `ReadError` where bytes are plainly no text."""
    from clauselight.formats._base import looks_binary

    if looks_binary(head):
        raise ReadError("binary", f"{path}: not text, and no known format")

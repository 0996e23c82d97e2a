"""Messages of Outlook (.msg): subject and body in all its forms. Attachments are sources of their own ([MS-OXMSG])."""

from __future__ import annotations

import codecs
from collections.abc import Iterator

from clauselight.errors import ReadError
from clauselight.formats._htmltext import HtmlText, declared_encoding, parse
from clauselight.formats._rtfpacked import unpacked
from clauselight.formats.eml import added
from clauselight.formats.registry import Format, format_of
from clauselight.formats.session import ReadSession
from clauselight.model import Blob, Document, LineLayout
from clauselight.parts.compound import MAGIC, CompoundFile
from clauselight.structure.describe import describer
from clauselight.text.decode import detect, is_utf8

MEDIA = "application/vnd.ms-outlook"
#: properties of a message, in hexadecimal ([MS-OXPROPS]), and the ends of their names: text, bytes in a code page
_SUBJECT, _BODY, _HTML, _RTF = "0037", "1000", "1013", "1009"
_WIDE, _NARROW, _BYTES = "001F", "001E", "0102"
_MARK = "__substg1.0_"


def claims(head: bytes, name: str) -> int:
    return 95 if head.startswith(MAGIC) and (name.endswith(".msg") or _MARK.encode("utf-16-le") in head) else 0


def read(blob: Blob, session: ReadSession) -> Iterator[Document]:
    """Subject and body as one text. Of a second form of the body, what the first does not say."""
    try:
        file = CompoundFile(blob.read())
    except ValueError as error:
        raise ReadError("damaged", f"the message cannot be opened: {error}; save it from Outlook again") from error
    if not any(name.startswith(_MARK) for name in file.names):
        raise ReadError("unknown-format", "no message inside; open it in its own program and save it as PDF")
    subject = _text(file, _SUBJECT)
    forms = [form for form in (_text(file, _BODY), _page(file), _rich(file, session)) if form.strip()]
    text = forms[0] if forms else ""
    for other in forms[1:]:
        text += added(other, text)
    session.report.expect(sum(map(len, forms)))
    whole = f"Subject: {subject}\n\n{text}".replace("\r\n", "\n").replace("\r", "\n")
    layout = LineLayout(whole, describer("prose", ""), kind="prose")
    yield Document(blob.path, MEDIA, "msg/1", whole, layout, title=subject[:120])


def _text(file: CompoundFile, number: str) -> str:
    if wide := file.stream(f"{_MARK}{number}{_WIDE}"):
        return wide.decode("utf-16-le", "replace").rstrip("\0")
    narrow = file.stream(f"{_MARK}{number}{_NARROW}")
    return narrow.decode("utf-8" if is_utf8(narrow) else detect(narrow).name, "replace").rstrip("\0")


def _page(file: CompoundFile) -> str:
    """The body as a page, which is text or bytes."""
    source = _text(file, _HTML)
    if not source and (data := file.stream(f"{_MARK}{_HTML}{_BYTES}")):
        name = declared_encoding(data) or ("utf-8" if is_utf8(data) else detect(data).name)
        source = data.decode(codecs.lookup(name).name, "replace")
    root = parse(source.encode("utf-8", "replace"), "utf-8") if source else None
    collector = HtmlText()
    if root is not None:
        collector.feed(root)
    return collector.text


def _rich(file: CompoundFile, session: ReadSession) -> str:
    """The body as RTF, read by the reader of RTF."""
    inner = Blob("body.rtf", data=unpacked(file.stream(f"{_MARK}{_RTF}{_BYTES}")))
    form = format_of(inner) if inner.size else None
    if form is None or form.name != "rtf":
        return ""
    with ReadSession(session.options) as own:
        return "".join(document.text for document in form.read(inner, own))


FORMAT = Format("msg", MEDIA, claims, read, (".msg",))

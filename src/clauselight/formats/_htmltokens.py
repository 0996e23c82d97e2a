"""HTML cut into text, tags, comments and code, each with its line. Nothing is left out and nothing is nested here.

A parser that builds a tree mends what it is given: it drops what stands behind `</html>`, gives up on deep nesting, and
keeps one line for each element. Here every character of the page is in one token (HTML Living Standard, 13.2.5).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

#: how a token begins; any other "<" is text
_OPEN = re.compile(r"<(?:!--|!\[CDATA\[|/[A-Za-z]|[A-Za-z]|[!?%])")
_NAME = re.compile(r"[A-Za-z][^\s/>]*")
#: white space and slashes before an attribute, its name, and its value: ' title="The camera"', " checked", " id=a"
_ATTRIBUTE = re.compile(
    r"[\s/]*(?:(?P<server><%)|(?P<name>=?[^\s/>=]+|=)(?:\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'"
    r"|(?P<bare>[^\s>]*)))?)"
)
_BLANK = re.compile(r"[\s/]*")
#: elements whose content is no markup, and those of them whose content is text with entities
_RAW = frozenset(("script", "style", "xmp", "iframe", "noembed", "noframes", "plaintext", "textarea", "title"))
_TEXT = frozenset(("textarea", "title"))
_XHTML = re.compile(r"\s*<\?xml|xmlns=[\"']http://www\.w3\.org/1999/xhtml")
#: characters in which a page says that it is XHTML
_HEAD = 2000

Kind = Literal["text", "start", "end", "comment", "server", "raw"]


class Attribute(NamedTuple):
    """An attribute as it is written, entities and all. A block of server code between attributes is named `<%`."""

    name: str
    value: str
    line: int


class Token(NamedTuple):
    """A piece of a page. `text` of a start or end tag is empty, `name` is in lower case, `line` counts from 1."""

    kind: Kind
    name: str
    text: str
    line: int
    attributes: tuple[Attribute, ...] = ()

    def get(self, name: str) -> str:
        """The value of an attribute as it is written, empty where there is none."""
        return next((a.value for a in self.attributes if a.name == name), "")


def tokens(source: str, line: int = 1) -> Iterator[Token]:
    """The tokens of a page whose first line is `line`, in order. The work is linear in its length."""
    return _Cutter(source.replace("\r\n", "\n").replace("\r", "\n"), line).each()


class _Cutter:
    def __init__(self, source: str, line: int) -> None:
        self.source = source
        self._line = line
        self._counted = 0
        #: ends that were looked for and do not follow any more
        self._missing: set[str] = set()
        self._xhtml = bool(_XHTML.search(source[:_HEAD]))

    def each(self) -> Iterator[Token]:
        source = self.source
        at = done = 0
        while (at := source.find("<", at)) >= 0:
            found = self._markup(at, done) if _OPEN.match(source, at) else None
            if found is None:
                at += 1
                continue
            made, at = found
            yield from made
            done = at
        if done < len(source):
            yield Token("text", "", source[done:], self._at(done))

    def _at(self, position: int) -> int:
        """The line of a position; positions are asked for in order."""
        self._line += self.source.count("\n", self._counted, position)
        self._counted = position
        return self._line

    def _find(self, end: str, start: int) -> int:
        if end in self._missing:
            return -1
        at = self.source.find(end, start)
        if at < 0:
            self._missing.add(end)
        return at

    def _markup(self, at: int, done: int) -> tuple[list[Token], int] | None:
        """The text before a mark with what the mark opens, and where that ends; None where it opens nothing."""
        source = self.source
        if source.startswith("<!--", at):
            return self._until(at, done, "comment", 4, "-->", back=2)
        if source.startswith("<![CDATA[", at):
            return self._until(at, done, "text", 9, "]]>", name="verbatim")
        if source.startswith("<%", at):
            return self._until(at, done, "server", 2, "%>") if self._find("%>", at) >= 0 else None
        if source.startswith(("<?php", "<?="), at):
            return self._until(at, done, "server", 2, "?>")
        if source[at + 1] in "!?":
            kind: Kind = "text" if source[at : at + 9].lower() in ("<!doctype", "<?xml ver") else "comment"
            return self._until(at, done, kind, 2, ">", name="declaration")
        return self._end_tag(at, done) if source[at + 1] == "/" else self._start_tag(at, done)

    def _until(
        self, at: int, done: int, kind: Kind, opens: int, end: str, *, name: str = "", back: int = 0
    ) -> tuple[list[Token], int]:
        """A token up to its end, or up to the end of the page. `back` is what its beginning and end may share."""
        made = self._text(done, at)
        stop = self._find(end, at + opens - back)
        rest = len(self.source) if stop < 0 else stop + len(end)
        content = self.source[at + opens : len(self.source) if stop < 0 else stop]
        line = self._at(at + opens if at + opens <= rest else at)
        if name != "declaration" or kind == "comment":
            made.append(Token(kind, name, content, line))
        return made, rest

    def _text(self, start: int, end: int) -> list[Token]:
        return [Token("text", "", self.source[start:end], self._at(start))] if start < end else []

    def _end_tag(self, at: int, done: int) -> tuple[list[Token], int] | None:
        stop = self._find(">", at)
        name = _NAME.match(self.source, at + 2)
        if stop < 0 or name is None:
            return None
        return [*self._text(done, at), Token("end", name[0].lower(), "", self._at(at))], stop + 1

    def _start_tag(self, at: int, done: int) -> tuple[list[Token], int] | None:
        if self._find(">", at) < 0:
            return None
        match = _NAME.match(self.source, at + 1)
        assert match is not None
        name = match[0].lower()
        made = self._text(done, at)
        line = self._at(at)
        attributes, stop = self._attributes(match.end())
        made.append(Token("start", name, "", line, tuple(attributes)))
        closed = self.source[stop - 2 : stop] == "/>"
        if name not in _RAW or (closed and self._xhtml):
            return made, stop
        inside, stop = self._raw(name, stop)
        return made + inside, stop

    def _attributes(self, at: int) -> tuple[list[Attribute], int]:
        """The attributes of a tag, and where the tag ends."""
        source = self.source
        out: list[Attribute] = []
        while True:
            blank = _BLANK.match(source, at)
            assert blank is not None
            at = blank.end()
            if at >= len(source) or source[at] == ">":
                return out, min(at + 1, len(source))
            match = _ATTRIBUTE.match(source, at)
            assert match is not None
            if match["server"]:
                stop = self._find("%>", at)
                stop = len(source) if stop < 0 else stop
                out.append(Attribute("<%", source[match.end() : stop], self._at(match.end())))
                at = min(stop + 2, len(source))
                continue
            group = next((g for g in ("double", "single", "bare") if match[g] is not None), None)
            where = match.start(group) if group else match.start("name")
            out.append(Attribute(match["name"].lower(), match[group] if group else "", self._at(where)))
            at = match.end()

    def _raw(self, name: str, at: int) -> tuple[list[Token], int]:
        """The content of an element without markup, and its end tag; up to the end of the page where there is none."""
        end = None if name == "plaintext" else re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(self.source, at)
        stop = end.start() if end else len(self.source)
        kind: Kind = "text" if name in _TEXT else "raw"
        made = [Token(kind, name, self.source[at:stop], self._at(at))] if stop > at else []
        close = self._find(">", stop) if end else -1
        made.append(Token("end", name, "", self._at(stop)))
        return made, len(self.source) if close < 0 else close + 1

"""Documents put together block by block: paragraphs, rows of tables with the header over them, text from beside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from clauselight.model import BlockLayout, Context, Document, LineLayout, Unit
from clauselight.structure.clauses import heading_path
from clauselight.structure.describe import describer

#: paragraphs above one that are looked at for its headings
_REACH = 60


class Blocks:
    """Collects the text of a document. Lines are numbers of paragraphs, pages those that `page` was set to."""

    def __init__(self) -> None:
        #: page, slide or sheet of what is added next; None where there are none
        self.page: int | None = None
        self.lines: list[str] = []
        self.units: list[Unit] = []
        self.contexts: list[Context] = []
        self._pieces: list[str] = []
        self._at = 0
        self._paragraph = 0

    def paragraph(self, text: str, line: int | None = None) -> None:
        """A paragraph of the text itself; its headings are those above it. `line` as in `beside`."""
        self.lines.append(text)
        number, headings = heading_path(lambda i: self.lines[i], len(self.lines) - 1, _REACH)
        self._add(text, 1, Context("prose", number, headings), line)

    def beside(self, text: str, what: str, line: int | None = None) -> None:
        """A paragraph that does not stand in the text (a note, a property); `what` is the heading over it, if any.

        `line` is where it stands in the source, where that has lines.
        """
        self._add(text, 1, Context("prose", None, (what,) if what else ()), line)

    def source(self, text: str, kind: str, name: str = "") -> None:
        """Lines of a part that has lines of its own, numbered from 1; `kind` is one that `describer` knows."""
        layout = LineLayout(text, describer(kind, name))
        base = len(self.units)
        for index in range(len(layout)):
            context = layout.context(index)
            member = (base + context.member[0], base + context.member[1]) if context.member else None
            self._add(layout.line(index), 1, replace(context, member=member), index + 1)

    def table(self, rows: Iterable[Sequence[str]], paragraphs: Iterable[int] | None = None) -> None:
        """Rows of cells under the paragraph before them. `paragraphs` says how many each row takes, else one each."""
        caption = self.lines[-1] if self.lines else ""
        headings = (caption,) if caption else ()
        counts = iter(paragraphs or ())
        header: tuple[str, ...] | None = None
        for cells in rows:
            first = cells[0] if cells else None
            self._add("\t".join(cells), next(counts, 1), Context("table", None, headings, (), header or (), first))
            header = tuple(cells) if header is None else header

    def _add(self, text: str, paragraphs: int, context: Context, line: int | None = None) -> None:
        first = self._paragraph + 1
        self._paragraph += max(1, paragraphs)
        lines = (line, line) if line else (first, self._paragraph)
        self.units.append(Unit(self._at, self._at + len(text), *lines, self.page))
        self.contexts.append(context)
        self._pieces += [text, "\n"]
        self._at += len(text) + 1

    @property
    def text(self) -> str:
        """Everything that was added, each block with a line end."""
        return "".join(self._pieces)

    def document(self, path: str, media_type: str, reader: str) -> Document:
        """All that was added."""
        title = next((line for line in self.lines if line.strip()), "")[:120]
        layout = BlockLayout(self.units or [Unit(0, 0)], self.contexts or [Context()])
        return Document(path, media_type, reader, self.text, layout, title=title)

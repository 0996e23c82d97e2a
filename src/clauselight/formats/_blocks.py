"""Documents put together block by block: paragraphs, rows of tables with the header over them, text from beside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from clauselight.model import BlockLayout, Context, Document, Unit
from clauselight.structure.clauses import heading_path

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

    def paragraph(self, text: str) -> None:
        """A paragraph of the text itself; its headings are those above it."""
        self.lines.append(text)
        number, headings = heading_path(lambda i: self.lines[i], len(self.lines) - 1, _REACH)
        self._add(text, 1, Context("prose", number, headings))

    def beside(self, text: str, what: str) -> None:
        """A paragraph that does not stand in the text (a note, a property); `what` is the heading over it."""
        self._add(text, 1, Context("prose", None, (what,)))

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

    def _add(self, text: str, paragraphs: int, context: Context) -> None:
        first = self._paragraph + 1
        self._paragraph += max(1, paragraphs)
        self.units.append(Unit(self._at, self._at + len(text), first, self._paragraph, self.page))
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

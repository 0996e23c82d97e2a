"""Pictures of the places, with personal data on the page covered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from clauselight.case.reviewed import ReviewedFinding
from clauselight.case.store import Case
from clauselight.dossier.blocks import Picture
from clauselight.dossier.progress import OnStep
from clauselight.errors import ReadError, UsageError
from clauselight.exports.crops import CropMaker, png
from clauselight.exports.mask import mask
from clauselight.model import Box
from clauselight.pipeline.snapshot import thaw


@dataclass(frozen=True, slots=True)
class Pictures:
    """What was drawn, by the id of the finding, and what could not be drawn, with the reason."""

    crops: Mapping[str, Picture]
    undrawn: tuple[str, ...] = ()


def draw(case: Case, items: Sequence[ReviewedFinding], unmask: bool, progress: OnStep) -> Pictures:
    """A picture of each finding on a page. One that cannot be drawn is named, and the others are drawn."""
    crops: dict[str, Picture] = {}
    undrawn: list[str] = []
    artist = _Artist(case, unmask)
    for number, item in enumerate(items, 1):
        progress("pictures", number, len(items))
        if not item.finding.boxes:
            continue
        try:
            image = artist.crop(item)
        except (OSError, ValueError, ReadError, UsageError) as error:
            undrawn.append(f"{item.finding.path}: {error}")
            continue
        crops[item.id] = _named(item, png(image))
    artist.close()
    return Pictures(crops, tuple(undrawn))


def _named(item: ReviewedFinding, data: bytes) -> Picture:
    f = item.finding
    return Picture(data, f"{item.id}.png", f"Page {f.boxes[0].page} of {f.path} around the quote, which is framed")


class _Artist:
    """Draws places. The maker is made when it is needed: without the `ocr` extra there is none, which is said then."""

    def __init__(self, case: Case, unmask: bool) -> None:
        self._case = case
        self._hidden = None if unmask else _Hidden(case)
        self._maker: CropMaker | None = None

    def crop(self, item: ReviewedFinding) -> Any:
        """The picture of a finding. Raises `OSError`, `ValueError`, `ReadError`, `UsageError`."""
        self._maker = self._maker or CropMaker()
        source, path = self._case.blob(item.reading), item.reading.coverage.path
        return self._maker.crop(source, path, item.finding, self._hidden.on(item) if self._hidden else ())

    def close(self) -> None:
        """Let go of the last source."""
        if self._maker:
            self._maker.close()


class _Hidden:
    """Where personal data is on a page, so that its picture can be covered there."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._reading = -1
        self._layouts: list[Any] = []
        self._known: dict[int, list[Box]] = {}

    def on(self, item: ReviewedFinding) -> list[Box]:
        """Boxes of personal data on the page of a finding. One reading is held at a time."""
        self._hold(item)
        page = item.finding.boxes[0].page
        if page not in self._known:
            self._known[page] = list(self._found(page))
        return self._known[page]

    def _hold(self, item: ReviewedFinding) -> None:
        reading = item.reading
        if self._reading == reading.id:
            return
        self._reading, self._known = reading.id, {}
        kept = self._case.kept(reading.id)
        self._layouts = [thaw(k, reading.coverage.path, lambda: self._case.blob(reading)).layout for k in kept]

    def _found(self, page: int) -> Iterator[Box]:
        for layout in self._layouts:
            for own, offset in zip(getattr(layout, "pages", ()), getattr(layout, "offsets", ()), strict=True):
                if own.number == page:
                    for start, end, _ in mask(own.text).spans:
                        yield from layout.boxes(offset + start, offset + end)[0]

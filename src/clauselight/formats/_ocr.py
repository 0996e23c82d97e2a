"""Text of pictures of pages by OCR, with a box and a confidence for each character.

Text only: nothing else in a picture is looked at.
"""

from __future__ import annotations

import hashlib
import importlib
import logging
import math
import os
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from clauselight.errors import ReadError
from clauselight.formats._script import Box, Shape
from clauselight.formats.session import ReadOptions

#: pixels that one picture may have; a page of A3 at 600 dpi has 70 million
MOST_PIXELS = 150_000_000
#: dots per inch at which a page is rendered for OCR
DPI = 200
#: a page below this, or whose lines are a character or two, is tried in other directions;
#: upright pages read at 0.95 and more
_POOR = 0.9
#: dots and dashes that lead to the page numbers of a table of contents
_LEADERS = set(".…·•-—–_=~⋯。 ")


@dataclass(frozen=True, slots=True)
class OcrChar:
    """One character with its rectangle in pixels from the upper left corner."""

    char: str
    x0: float
    y0: float
    x1: float
    y1: float
    confidence: float


@dataclass(frozen=True, slots=True)
class OcrLine:
    """A line of text as OCR gives it."""

    chars: tuple[OcrChar, ...]

    @property
    def text(self) -> str:
        return "".join(c.char for c in self.chars)

    @property
    def top(self) -> float:
        return min(c.y0 for c in self.chars)

    @property
    def bottom(self) -> float:
        return max(c.y1 for c in self.chars)

    @property
    def left(self) -> float:
        return min(c.x0 for c in self.chars)


@dataclass(frozen=True, slots=True)
class OcrPage:
    """The rows of a page from top to bottom, and the quarter turns that were needed to read it.

    Places are those of the picture as it was turned; `turned_back` gives those of the picture as it was given.
    """

    rows: tuple[tuple[OcrLine, ...], ...]
    confidence: float
    turned: int = 0
    #: most lines run up or down the picture as it was given to OCR
    tall: bool = False
    #: where text was seen, read or not
    shapes: tuple[Shape, ...] = ()


def ready() -> None:
    """Raise `ReadError` (``no-ocr``) where a library of the extra is missing; call it before anything needs one."""
    for name in ("numpy", "PIL", "cv2", "onnxruntime", "rapidocr"):
        try:
            importlib.import_module(name)
        except ImportError as error:  # not installed, or a library of the system that it needs
            raise ReadError(
                "no-ocr", f"reading scans needs the `ocr` extra: pip install 'clauselight[ocr]' ({error})"
            ) from error


@cache
def engine(threads: int) -> Any:
    """The OCR engine, loaded once a process. Settings are the fastest of those measured, see benchmarks/README.md."""
    ready()
    recogniser = _recogniser()
    _never_fetch()
    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    return recogniser(
        params={
            "Global.use_cls": False,
            "Global.log_level": "error",
            "Det.limit_type": "max",
            "Det.limit_side_len": 960,
            "EngineConfig.onnxruntime.enable_cpu_mem_arena": True,
            "EngineConfig.onnxruntime.intra_op_num_threads": threads,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


def _recogniser() -> Any:
    """RapidOCR that keeps all that it saw. Of itself it drops, uncounted, what it could not read or doubts."""
    from rapidocr import RapidOCR
    from rapidocr.utils.process_img import map_boxes_to_original

    class Recogniser(RapidOCR):  # type: ignore[misc]
        seen: tuple[Shape, ...] = ()

        def build_final_output(self, ori_img: Any, det_res: Any, *rest: Any) -> Any:
            rec_res, op_record = rest[1], rest[-1]
            self.seen = ()
            if det_res.boxes is not None:
                boxes = map_boxes_to_original(det_res.boxes.copy(), op_record, *ori_img.shape[:2])
                texts = rec_res.txts or ("",) * len(boxes)
                scores = rec_res.scores or (0.0,) * len(boxes)
                self.seen = tuple(
                    Shape(_long(box), text, float(score), _bounds(box))
                    for box, text, score in zip(boxes, texts, scores, strict=True)
                )
            return super().build_final_output(ori_img, det_res, *rest)

    return Recogniser


def _never_fetch() -> None:
    """Have both libraries keep to this machine, also in a process that imported them before this package."""
    import onnxruntime
    from rapidocr.utils.download_file import DownloadFile

    onnxruntime.disable_telemetry_events()
    DownloadFile.run = staticmethod(_model_is_here)


def _model_is_here(wanted: Any) -> None:
    """In place of RapidOCR's download of a model that is not there or is not the one that it knows."""
    file = Path(wanted.save_path)
    if not file.is_file():
        found = "is missing"
    elif wanted.sha256 and hashlib.sha256(file.read_bytes()).hexdigest() != wanted.sha256:
        found = "is not the one that belongs to this version"
    else:
        return
    raise ReadError(
        "no-ocr-model",
        f"the OCR model {file.name} {found}, and models are never fetched: install the package again with "
        "pip install --force-reinstall --no-deps rapidocr",
    )


def recognise(image: Any, options: ReadOptions) -> OcrPage:
    """The text of an RGB picture (height x width x 3, uint8).

    A page that reads badly is tried in the other three directions. Raises `ReadError` without the `ocr` extra.
    """
    lock = options.ocr_lock or nullcontext()
    threads = options.threads or os.cpu_count() or 1
    with lock:
        page = _once(image, threads, 0)
        if _upright(page):
            return page
        import numpy as np

        tries = [page]
        for turns in (1, 3, 2) if page.tall else (2, 3, 1):
            tries.append(_once(np.ascontiguousarray(np.rot90(image, turns)), threads, turns))
            if _upright(tries[-1]):
                break
    turned = max(tries[1:], key=_worth)
    return turned if _worth(turned) > 1.25 * _worth(page) else page


def _worth(page: OcrPage) -> float:
    letters = sum(c.char not in _LEADERS for line in lines_of(page) for c in line.chars)
    return page.confidence**2 * letters * (0.5 if page.tall else 1.0)


def lines_of(page: OcrPage) -> list[OcrLine]:
    return [line for row in page.rows for line in row]


def _upright(page: OcrPage) -> bool:
    lines = lines_of(page)
    if not lines:
        return not page.shapes
    return page.confidence >= _POOR and not page.tall and sum(len(line.text) for line in lines) >= 2.5 * len(lines)


def _sideways(lines: list[OcrLine]) -> bool:
    long = [line for line in lines if len(line.text) >= 4]
    tall = sum((line.bottom - line.top) > 1.5 * (max(c.x1 for c in line.chars) - line.left) for line in long)
    return len(long) >= 2 and tall > len(long) / 2


def _once(image: Any, threads: int, turned: int) -> OcrPage:
    recogniser = engine(threads)
    result = recogniser(image, use_rec=True, return_word_box=True, return_single_char_box=True)
    boxes = result.boxes if result.boxes is not None else ()
    texts = result.txts or ()
    found = zip(texts, result.scores or (), _aligned(texts, result.word_results or ()), boxes, strict=True)
    lines = [OcrLine(chars) for chars in (_characters(*one) for one in found) if chars]
    return OcrPage(in_rows(lines), mean_confidence(lines), turned, _sideways(lines), recogniser.seen)


def mean_confidence(lines: Iterable[OcrLine]) -> float:
    """0..1, to four places. Leaders of a table of contents are read badly, and nobody minds."""
    sure = [c.confidence for line in lines for c in line.chars if c.char not in _LEADERS]
    return round(sum(sure) / len(sure), 4) if sure else 0.0


def _aligned(texts: Sequence[str], words: Sequence[Any]) -> list[Any]:
    """The characters of each line. RapidOCR leaves out a line without any, and those behind it move up."""
    queue = [w for w in words if isinstance(w, tuple)]  # anything else has no boxes yet
    if len(queue) == len(texts):
        return queue
    return [queue.pop(0) if queue and _same_letters(text, queue[0]) else () for text in texts]


def _same_letters(text: str, words: Any) -> bool:
    return "".join(str(word[0]) for word in words).replace(" ", "") == text.replace(" ", "")


def turned_back(page: OcrPage, size: tuple[int, int]) -> OcrPage:
    """The page with its places on the picture as it was given, whose height and width are `size`."""
    if not page.turned:
        return page
    rows = tuple(
        tuple(OcrLine(tuple(_turn_back(c, page.turned, size) for c in line.chars)) for line in row) for row in page.rows
    )
    return replace(page, rows=rows, shapes=())


def _long(box: Any) -> float:
    """The length of a box by its height, whichever way it runs."""
    (ax, ay), (bx, by), _, (dx, dy) = box
    sides = sorted((math.hypot(bx - ax, by - ay), math.hypot(dx - ax, dy - ay)))
    return float(sides[1] / max(1.0, sides[0]))


def _bounds(box: Any) -> Box:
    xs, ys = [float(p[0]) for p in box], [float(p[1]) for p in box]
    return min(xs), min(ys), max(xs), max(ys)


def _characters(text: str, score: float, words: Any, box: Any) -> tuple[OcrChar, ...]:
    """Each character of the line with a box of its own; one without a box from the engine is where its neighbour is."""
    out: list[OcrChar] = []
    queue = list(words or ())
    whole = _bounds(box)
    for char in text:
        if queue and str(queue[0][0]) == char:
            _, confidence, quad = queue.pop(0)
            out.append(OcrChar(char, *_bounds(quad), float(confidence)))
            continue
        last = out[-1] if out else None
        place = (last.x1, last.y0, last.x1, last.y1) if last else (whole[0], whole[1], whole[0], whole[3])
        out.append(OcrChar(char, *place, float(score)))
    return tuple(out)


def _turn_back(char: OcrChar, turns: int, size: tuple[int, int]) -> OcrChar:
    return OcrChar(char.char, *box_turned_back((char.x0, char.y0, char.x1, char.y1), turns, size), char.confidence)


def box_turned_back(box: Box, turns: int, size: tuple[int, int]) -> Box:
    """A rectangle on the turned picture as one on the original (`np.rot90` turns against the clock)."""
    height, width = size
    x0, y0, x1, y1 = box
    if turns == 1:
        return width - y1, x0, width - y0, x1
    if turns == 2:
        return width - x1, height - y1, width - x0, height - y0
    return (y0, height - x1, y1, height - x0) if turns == 3 else box


def in_rows(lines: list[OcrLine]) -> tuple[tuple[OcrLine, ...], ...]:
    """Lines that stand beside each other as one row, rows from top to bottom. Skew is taken out first."""
    slope = slope_of(lines)
    rows: list[list[OcrLine]] = []
    middles: list[float] = []
    for line in sorted(lines, key=lambda one: _middle(one, slope)):
        middle = _middle(line, slope)
        height = _height(line, slope)
        if rows and abs(middle - middles[-1]) < 0.45 * height:
            rows[-1].append(line)
            middles[-1] = sum(_middle(one, slope) for one in rows[-1]) / len(rows[-1])
        else:
            rows.append([line])
            middles.append(middle)
    return tuple(tuple(sorted(row, key=lambda line: line.left)) for row in rows)


def slope_of(lines: list[OcrLine]) -> float:
    """How far text runs down a pixel to the right, from the middle of its long lines."""
    slopes = []
    for line in lines:
        first, last = line.chars[0], line.chars[-1]
        run = last.x0 - first.x0
        if len(line.chars) >= 8 and run > 60:
            slopes.append(((last.y0 + last.y1) - (first.y0 + first.y1)) / 2 / run)
    return sorted(slopes)[len(slopes) // 2] if slopes else 0.0


def _middle(line: OcrLine, slope: float) -> float:
    middles = [(c.y0 + c.y1) / 2 - slope * (c.x0 + c.x1) / 2 for c in (line.chars[0], line.chars[-1])]
    return sum(middles) / 2


def _height(line: OcrLine, slope: float) -> float:
    heights = sorted(c.y1 - c.y0 for c in line.chars)
    return max(1.0, heights[len(heights) // 2])

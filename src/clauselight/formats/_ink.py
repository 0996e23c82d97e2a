"""Whether there is anything on a page: only a page without ink is blank. Needs no other library."""

from __future__ import annotations

from collections import Counter

#: pixels of the longer side at which a page is looked at: about 100 to the inch of A4, where a stroke of 10-point
#: letters is a pixel wide, and the grain of a scan has been averaged
LONG_SIDE = 1170
#: grey levels of 255 by which ink differs from the paper; the grain of a noisy scan differs by half of that
_CONTRAST = 40
#: pixels that follow each other down or across before the page has any: 1 mm of A4, less than the height of an x in
#: 6-point letters, and more than specks of dust
_RUN = 4


def has_ink(grey: bytes, width: int) -> bool:
    """Whether a picture (rows of `width` grey bytes, 0 black to 255 white, about `LONG_SIDE` long) shows anything.

    It does where a stroke of a millimetre differs from the commonest grey, which is the paper: white or black.
    """
    if not grey or width < 1:
        return False
    paper = Counter(grey).most_common(1)[0][0]
    ink = bytes(255 if abs(level - paper) >= _CONTRAST else 0 for level in range(256))
    marked = grey.translate(ink)
    if not marked.count(255):
        return False
    # a margin, so that a row does not run on into the next one
    rows = b"".join(marked[at : at + width] + b"\0" for at in range(0, len(marked), width))
    bits = int.from_bytes(rows, "little")
    down = 8 * (width + 1)
    return _stroke(bits, down, 8) or _stroke(bits, 8, down)


def _stroke(bits: int, along: int, aside: int) -> bool:
    """Whether marked pixels follow each other one way, each straight after the last or one to the side of it."""
    ends = bits
    for _ in range(_RUN - 1):
        ends = bits & (ends << along | _shifted(ends, along + aside) | _shifted(ends, along - aside))
    return ends != 0


def _shifted(bits: int, by: int) -> int:
    return bits << by if by >= 0 else bits >> -by

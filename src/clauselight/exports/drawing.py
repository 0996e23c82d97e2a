"""The chain buyer → tender → standard → clause as a picture, drafters below; each line shows what was said."""

from __future__ import annotations

import textwrap
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from clauselight.exports.quotes import one_line
from clauselight.graph.editions import Editions
from clauselight.model.predicates import LineStyle
from clauselight.model.statement import Node, Statement
from clauselight.text.visible import lines_visible

_COLUMNS = ("Who buys and supplies", "Tenders and products", "Standards", "What is specified")
#: over the first column where an organisation in it claims to meet a standard
_WITH_CLAIMS = "Who buys, supplies or claims"
_BELOW = "Who wrote the standards"
_WIDE, _GAP, _ROW, _TOP, _LEFT = 250, 60, 16, 64, 20
_CHARS = 34
_SWEEPS = 6
#: dashes of an unbroken line that is only planned
_PLANNED = "3 5"
_FONTS = "Noto Sans CJK SC, Noto Sans SC, PingFang SC, Microsoft YaHei, sans-serif"
_STYLE = (
    ".e:hover path{stroke-width:4} .b rect{fill:#fff;stroke:#444} .standard rect{fill:#eef4fa} "
    ".attribute rect{fill:#fdecea;stroke:#b3261e} .organisation rect{fill:#f3f7ee}"
)
#: column of a node that is no organisation, by its kind; all other documents are between buyers and standards
_KIND_COLUMN = {"standard": 2, "attribute": 3}
_SIDE_COLUMN = {"left": 0, "below": 3}


@dataclass
class Spot:
    """A box of the picture."""

    node: Node
    column: int
    lines: list[str]
    x: float = 0
    y: float = 0

    @property
    def height(self) -> float:
        return 14 + _ROW * len(self.lines)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def wrap(text: str, chars: int = _CHARS, most: int = 3) -> list[str]:
    """Lines of at most `chars` half-width columns; Chinese breaks anywhere."""
    lines: list[str] = []
    for part in textwrap.wrap(text, chars, break_long_words=False) or [text]:
        line = ""
        for c in part:
            if _width(line + c) > chars:
                lines.append(line)
                line = ""
            line += c
        lines.append(line)
    return lines if len(lines) <= most else [*lines[: most - 1], lines[most - 1][:-1] + "…"]


def _style(s: Statement) -> LineStyle:
    if s.row.line is None:
        raise ValueError(f"{s.predicate}: the picture has no line for it")
    return s.row.line


def _column(node: Node, statement: Statement) -> int:
    if node.kind == "organisation":
        return _SIDE_COLUMN[_style(statement).organisation]
    return _KIND_COLUMN.get(node.kind, 1)


def _title(node: Node) -> list[str]:
    if node.kind == "attribute":
        return [node.label.replace("_", " ")]
    lines = wrap(node.label)
    return (
        lines
        + (wrap(node.title, most=2) if node.title else [])
        + ([f"no. {node.number}"] if node.kind == "tender" and node.number else [])
    )


@dataclass(frozen=True, slots=True)
class Join:
    """A line of the picture: a statement from one box to another, and the boxes of the columns between."""

    statement: Statement
    start: Spot
    end: Spot
    between: tuple[Spot, ...]


def spots(statements: Sequence[Statement]) -> tuple[list[Spot], list[Join]]:
    """Boxes and lines of the statements that a picture shows."""
    boxes: dict[tuple[str, str, int], Spot] = {}
    ends: list[tuple[Statement, Spot, Spot]] = []
    editions = Editions(statements)
    for s in statements:
        if s.row.line is None:
            continue
        a, b = (_spot(boxes, editions.meant(node), s) for node in (s.subject, s.object))
        ends.append((s, a, b))
    columns: dict[int, list[Spot]] = defaultdict(list)
    for spot in boxes.values():
        columns[spot.column].append(spot)
    return list(boxes.values()), [Join(s, a, b, tuple(_between(a, b, columns))) for s, a, b in ends]


def _spot(boxes: dict[tuple[str, str, int], Spot], node: Node, s: Statement) -> Spot:
    column = _column(node, s)
    return boxes.setdefault((*node.key, column), Spot(node, column, _title(node)))


def _between(a: Spot, b: Spot, columns: dict[int, list[Spot]]) -> list[Spot]:
    low, high = sorted((a.column, b.column))
    return [spot for column in range(low + 1, high) for spot in columns[column]]


def svg(statements: Sequence[Statement], title: str = "Chain of evidence", unmask: bool = False) -> str:
    """The picture as one SVG without script; each line shows its quote on hover and to a screen reader."""
    boxes, joins = spots(statements)
    heights, below = _laid_out(boxes, joins)
    width, height = _x(len(_COLUMNS) - 1) + _WIDE + _LEFT, max(heights, default=_TOP) + 60
    description = escape("; ".join(_words(j.statement) for j in joins)[:4000])
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" '
        f'width="{width:.0f}" height="{height:.0f}" role="img" aria-labelledby="t d" '
        f'font-family="{_FONTS}" font-size="13">',
        f'<title id="t">{escape(title)}</title><desc id="d">{description}</desc>',
        f'<rect width="{width:.0f}" height="{height:.0f}" fill="#ffffff"/>',
        f"<style>{_STYLE}</style>",
        *(_heading(column, 36, heading) for column, heading in enumerate(_headings(joins))),
        *([] if below is None else [_heading(len(_COLUMNS) - 1, below, _BELOW)]),
        *(_edge(join, unmask) for join in joins),
        *(_box(spot) for spot in boxes),
        _legend(joins, height - 22),
        "</svg>",
    ]
    return lines_visible("\n".join(out) + "\n")


def _headings(joins: Sequence[Join]) -> tuple[str, ...]:
    claims = any(j.start.node.kind == "organisation" and j.statement.row.chain == "document" for j in joins)
    return (_WITH_CLAIMS, *_COLUMNS[1:]) if claims else _COLUMNS


def _x(column: int) -> float:
    """The left side of a column."""
    return _LEFT + column * (_WIDE + _GAP * 1.6)


def _heading(column: int, y: float, words: str) -> str:
    return f'<text x="{_x(column):.0f}" y="{y:.0f}" font-weight="bold" font-size="15">{words}</text>'


def _laid_out(spots: list[Spot], joins: list[Join]) -> tuple[list[float], float | None]:
    """Places the boxes; gives the height of each column, and where the drafters begin, if there are any.

    A box comes near the mean height of those that it is joined to, which keeps lines from crossing.
    """
    first = sorted(spots, key=lambda s: (s.column, s.node.kind, s.node.label))
    order = {id(s): float(i) for i, s in enumerate(first)}
    beside: dict[int, list[Spot]] = {id(s): [] for s in spots}
    for join in joins:
        beside[id(join.start)].append(join.end)
        beside[id(join.end)].append(join.start)
    heights: list[float] = []
    below: float | None = None
    for _ in range(_SWEEPS):
        heights, below = [], None
        for column in range(len(_COLUMNS)):
            stacked = [s for s in spots if s.column == column]
            stacked.sort(key=lambda s: (s.node.kind, order[id(s)], s.node.label))
            y, drafters = _stack(stacked, column)
            heights.append(y)
            below = drafters if drafters is not None else below
        for s in spots:
            near = [n for n in beside[id(s)] if n.column != s.column] or [s]
            order[id(s)] = sum(n.y + n.height / 2 for n in near) / len(near)
    return heights, below


def _stack(spots: list[Spot], column: int) -> tuple[float, float | None]:
    """Puts the boxes of a column under one another; gives their end, and where the heading over the drafters goes."""
    y, below = float(_TOP), None
    for spot in spots:
        if column == _SIDE_COLUMN["below"] and spot.node.kind == "organisation" and below is None:
            y += 44
            below = y - 16
        spot.x, spot.y = _x(column), y
        y += spot.height + 18
    return y, below


def _gap(between: Sequence[Spot], wanted: float) -> float:
    """The height nearest to the one wanted at which a line passes between boxes."""
    free = [p.y - 9 for p in between] + [max((p.y + p.height for p in between), default=0) + 9]
    return min(
        (y for y in free if all(not p.y - 4 < y < p.y + p.height + 4 for p in between)),
        key=lambda y: abs(y - wanted),
        default=wanted,
    )


def _words(s: Statement) -> str:
    return f"{s.subject.label} {_style(s).words} {s.object.label}"


def _edge(join: Join, unmask: bool) -> str:
    s, style = join.statement, _style(join.statement)
    evidence = s.evidence[0]
    qualifier = f" ({s.qualifier})" if s.qualifier else ""
    quote = one_line(evidence.quote, unmask)[:400]
    tip = escape(f"{_words(s)}{qualifier}\n“{quote}”\n{evidence.path_and_place}")
    dash = style.dash or (_PLANNED if s.qualifier == "planned" else "")
    return (
        f'<g class="e"><title>{tip}</title><path d="{_path(join)}" fill="none" stroke="{style.colour}" '
        f'stroke-width="1.8"{_dashed(dash)}/></g>'
    )


def _dashed(dash: str) -> str:
    return f' stroke-dasharray="{dash}"' if dash else ""


def _path(join: Join) -> str:
    """The way of a line: round the side of one column, or through the gaps of the columns between."""
    a, b = join.start, join.end
    if a.column == b.column:
        x, y0, y1 = a.x + _WIDE, a.y + a.height / 2, b.y + b.height / 2
        return f"M{x:.0f} {y0:.0f} C{x + 42:.0f} {y0:.0f} {x + 42:.0f} {y1:.0f} {x:.0f} {y1:.0f}"
    left, right = (a, b) if a.x <= b.x else (b, a)
    x0, y0, x1, y1 = left.x + _WIDE, left.y + left.height / 2, right.x, right.y + right.height / 2
    path = f"M{x0:.0f} {y0:.0f} "
    for column in sorted({p.column for p in join.between}):
        boxes = [p for p in join.between if p.column == column]
        y = _gap(boxes, y0 + (y1 - y0) * 0.5)
        path += _curve(x0, y0, boxes[0].x - 6, y) + f"L{boxes[0].x + _WIDE + 6:.0f} {y:.0f} "
        x0, y0 = boxes[0].x + _WIDE + 6, y
    return path + _curve(x0, y0, x1, y1)


def _curve(x0: float, y0: float, x1: float, y1: float) -> str:
    middle = (x0 + x1) / 2
    return f"C{middle:.0f} {y0:.0f} {middle:.0f} {y1:.0f} {x1:.0f} {y1:.0f} "


def _box(spot: Spot) -> str:
    rows = ""
    for i, line in enumerate(spot.lines):
        weight = "" if i else ' font-weight="bold"'
        rows += f'<text x="{spot.x + 10:.0f}" y="{spot.y + 19 + _ROW * i:.0f}"{weight}>{escape(line)}</text>'
    return (
        f'<g class="b {spot.node.kind}"><rect x="{spot.x:.0f}" y="{spot.y:.0f}" width="{_WIDE}" '
        f'height="{spot.height:.0f}" rx="5"/>{rows}</g>'
    )


def _legend(joins: Sequence[Join], y: float) -> str:
    used = {_style(j.statement) for j in joins}
    out, x = "", float(_LEFT)
    for style in sorted(used, key=lambda style: style.legend):
        out += (
            f'<line x1="{x:.0f}" x2="{x + 34:.0f}" y1="{y:.0f}" y2="{y:.0f}" stroke="{style.colour}" '
            f'stroke-width="2"{_dashed(style.dash)}/><text x="{x + 40:.0f}" y="{y + 4:.0f}">{style.words}</text>'
        )
        x += 60 + 7.5 * len(style.words)
    return out

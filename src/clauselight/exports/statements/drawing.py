"""The chain buyer → tender → standard → clause, with the drafters below the clauses, as a picture; lines tell what was said."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

from clauselight.exports.mask import mask
from clauselight.graph.chains import Editions
from clauselight.model.statement import Node, Statement

_COLUMNS = ("Who buys and supplies", "Tenders and products", "Standards", "What is specified")
_BELOW = "Who wrote the standards"
_WIDE, _GAP, _ROW, _TOP, _LEFT = 250, 60, 16, 64, 20
_CHARS = 34
_SWEEPS = 6
#: predicate -> (words, colour, dash)
_EDGES = {
    "mandates": ("makes binding", "#b3261e", ""), "claims_conformity": ("claims to meet", "#7a4f9a", "6 4"), "specifies": ("specifies", "#1f1f1f", ""),
    "drafted": ("drafted", "#1b5e8c", ""), "replaces": ("replaces", "#6b6b6b", "2 4"), "supplies": ("supplies", "#2e7d32", ""), "purchases": ("purchases", "#8a6d00", ""),
}  # fmt: skip
_WORDS = {"skin_colour": "skin colour", "ethnicity": "ethnicity", "race": "race", "religion": "religion"}


@dataclass
class Spot:
    """A box of the picture."""

    node: Node
    column: int
    lines: list[str]
    quotes: list[str] = field(default_factory=list)
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


def _key(node: Node) -> tuple[str, str]:
    return node.kind, node.id or node.number or node.label if node.kind != "tender" else node.label


def _column(node: Node, statement: Statement) -> int:
    if node.kind == "organisation":
        return 0 if statement.predicate in ("purchases", "supplies") else 3
    return {"standard": 2, "attribute": 3}.get(node.kind, 1)


def _title(node: Node) -> list[str]:
    if node.kind == "attribute":
        return [_WORDS.get(node.label, node.label)]
    lines = wrap(node.label)
    return (
        lines
        + (wrap(node.title, most=2) if node.title else [])
        + ([f"no. {node.number}"] if node.kind == "tender" and node.number else [])
    )


def spots(
    statements: Sequence[Statement],
) -> tuple[dict[tuple[str, str, int], Spot], list[tuple[Statement, Spot, Spot]]]:
    """Boxes and lines of the statements that a chain shows."""
    found: dict[tuple[str, str, int], Spot] = {}
    lines: list[tuple[Statement, Spot, Spot]] = []
    editions = Editions(statements)
    for s in statements:
        if s.predicate not in _EDGES:
            continue
        ends = []
        for node in (editions.meant(s.subject), editions.meant(s.object)):
            column = _column(node, s)
            spot = found.setdefault((*_key(node), column), Spot(node, column, _title(node)))
            ends.append(spot)
        lines.append((s, ends[0], ends[1]))
    return found, lines


def svg(statements: Sequence[Statement], title: str = "Chain of evidence", unmask: bool = False) -> str:
    """The picture as one SVG without script; each line tells its quote on hover and to a screen reader."""
    found, lines = spots(statements)
    heights, below = _laid_out(list(found.values()), lines)
    width, height = (
        _LEFT * 2 + len(_COLUMNS) * _WIDE + (len(_COLUMNS) - 1) * _GAP * 1.6,
        max(heights, default=_TOP) + 60,
    )
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" height="{height:.0f}" role="img" aria-labelledby="t d" '
        'font-family="Noto Sans CJK SC, Noto Sans SC, PingFang SC, Microsoft YaHei, sans-serif" font-size="13">',
        f'<title id="t">{escape(title)}</title><desc id="d">{escape("; ".join(_told(s) for s, _, _ in lines)[:4000])}</desc>',
        f'<rect width="{width:.0f}" height="{height:.0f}" fill="#ffffff"/>',
        "<style>.e:hover path{stroke-width:4} .b rect{fill:#fff;stroke:#444} .standard rect{fill:#eef4fa} .attribute rect{fill:#fdecea;stroke:#b3261e} .organisation rect{fill:#f3f7ee}</style>",
    ]
    for column, heading in enumerate(_COLUMNS):
        out.append(
            f'<text x="{_LEFT + column * (_WIDE + _GAP * 1.6):.0f}" y="36" font-weight="bold" font-size="15">{heading}</text>'
        )
    if below is not None:
        out.append(
            f'<text x="{_LEFT + 3 * (_WIDE + _GAP * 1.6):.0f}" y="{below:.0f}" font-weight="bold" font-size="15">{_BELOW}</text>'
        )
    for s, a, b in lines:
        out.append(
            _edge(
                s,
                a,
                b,
                unmask,
                [p for p in found.values() if min(a.column, b.column) < p.column < max(a.column, b.column)],
            )
        )
    for spot in found.values():
        out.append(_box(spot))
    out.append(_legend({s.predicate for s, _, _ in lines}, height - 22))
    return "\n".join([*out, "</svg>"]) + "\n"


def _laid_out(spots: list[Spot], lines: list[tuple[Statement, Spot, Spot]]) -> tuple[list[float], float | None]:
    """Places the boxes; a box comes near the mean height of those it is joined to, which keeps lines from crossing."""
    order = {id(s): float(i) for i, s in enumerate(sorted(spots, key=lambda s: (s.column, s.node.kind, s.node.label)))}
    beside: dict[int, list[Spot]] = {id(s): [] for s in spots}
    for _, a, b in lines:
        beside[id(a)].append(b)
        beside[id(b)].append(a)
    heights: list[float] = []
    below: float | None = None
    for _ in range(_SWEEPS):
        heights, below = [], None
        for column in range(len(_COLUMNS)):
            y, kinds = float(_TOP), set()
            for spot in sorted(
                (s for s in spots if s.column == column), key=lambda s: (s.node.kind, order[id(s)], s.node.label)
            ):
                if column == len(_COLUMNS) - 1 and spot.node.kind == "organisation" and "organisation" not in kinds:
                    y += 44
                    below = y - 16
                kinds.add(spot.node.kind)
                spot.x, spot.y = _LEFT + column * (_WIDE + _GAP * 1.6), y
                y += spot.height + 18
            heights.append(y)
        for s in spots:
            near = [n for n in beside[id(s)] if n.column != s.column] or [s]
            order[id(s)] = sum(n.y + n.height / 2 for n in near) / len(near)
    return heights, below


def _gap(between: list[Spot], wanted: float) -> float:
    """The height nearest to the one wanted at which a line passes between boxes."""
    free = [p.y - 9 for p in between] + [max((p.y + p.height for p in between), default=0) + 9]
    return min(
        (y for y in free if all(not p.y - 4 < y < p.y + p.height + 4 for p in between)),
        key=lambda y: abs(y - wanted),
        default=wanted,
    )


def _told(s: Statement) -> str:
    return f"{s.subject.label} {_EDGES[s.predicate][0]} {s.object.label}"


def _edge(s: Statement, a: Spot, b: Spot, unmask: bool, between: list[Spot]) -> str:
    words, colour, dash = _EDGES[s.predicate]
    place = s.evidence[0]
    quote = " ".join((place.quote if unmask else mask(place.quote).text).split())[:400]
    where = f"{place.path}" + (
        f", page {place.page}" if place.page is not None else (f", line {place.line}" if place.line is not None else "")
    )
    left, right = (a, b) if a.x <= b.x else (b, a)
    if a.column == b.column:
        x = a.x + _WIDE
        path = f"M{x:.0f} {a.y + a.height / 2:.0f} C{x + 42:.0f} {a.y + a.height / 2:.0f} {x + 42:.0f} {b.y + b.height / 2:.0f} {x:.0f} {b.y + b.height / 2:.0f}"
    else:
        x0, y0, x1, y1 = left.x + _WIDE, left.y + left.height / 2, right.x, right.y + right.height / 2
        path = f"M{x0:.0f} {y0:.0f} "
        for column in sorted({p.column for p in between}):
            boxes = [p for p in between if p.column == column]
            y = _gap(boxes, y0 + (y1 - y0) * 0.5)
            path += _curve(x0, y0, boxes[0].x - 6, y) + f"L{boxes[0].x + _WIDE + 6:.0f} {y:.0f} "
            x0, y0 = boxes[0].x + _WIDE + 6, y
        path += _curve(x0, y0, x1, y1)
    tip = escape(
        f"{s.subject.label} {words} {s.object.label}"
        + (f" ({s.qualifier})" if s.qualifier else "")
        + f"\n“{quote}”\n{where}"
    )
    dashed = f' stroke-dasharray="{dash}"' if dash else (' stroke-dasharray="3 5"' if s.qualifier == "planned" else "")
    return f'<g class="e"><title>{tip}</title><path d="{path}" fill="none" stroke="{colour}" stroke-width="1.8"{dashed}/></g>'


def _curve(x0: float, y0: float, x1: float, y1: float) -> str:
    middle = (x0 + x1) / 2
    return f"C{middle:.0f} {y0:.0f} {middle:.0f} {y1:.0f} {x1:.0f} {y1:.0f} "


def _box(spot: Spot) -> str:
    rows = "".join(
        f'<text x="{spot.x + 10:.0f}" y="{spot.y + 19 + _ROW * i:.0f}"{" font-weight=" + chr(34) + "bold" + chr(34) if i == 0 else ""}>{escape(line)}</text>'
        for i, line in enumerate(spot.lines)
    )
    return f'<g class="b {spot.node.kind}"><rect x="{spot.x:.0f}" y="{spot.y:.0f}" width="{_WIDE}" height="{spot.height:.0f}" rx="5"/>{rows}</g>'


def _legend(used: set[str], y: float) -> str:
    out, x = [], float(_LEFT)
    for predicate, (words, colour, dash) in _EDGES.items():
        if predicate in used:
            dashed = f' stroke-dasharray="{dash}"' if dash else ""
            out.append(
                f'<line x1="{x:.0f}" x2="{x + 34:.0f}" y1="{y:.0f}" y2="{y:.0f}" stroke="{colour}" stroke-width="2"{dashed}/><text x="{x + 40:.0f}" y="{y + 4:.0f}">{words}</text>'
            )
            x += 60 + 7.5 * len(words)
    return "".join(out)

"""No source is called read whose text is still in code, or that gave hardly any text."""

from __future__ import annotations

import base64
import hashlib
import json
import quopri
from collections.abc import Callable

import pytest

from clauselight.pipeline.contract import Measured
from pictures import png

CLAUSE = "5.2 摄像机应输出民族属性,并记录每名人员的年龄。\nThe mast shall be at least four metres high.\n"
NOISE = b"".join(hashlib.sha256(bytes([n])).digest() for n in range(60))

CODED = {
    "wrapped.txt": base64.encodebytes(NOISE),
    "page.har": json.dumps({"text": base64.b64encode(NOISE).decode(), "encoding": "base64"}).encode(),
    "quoted.txt": b"NOTE: " + quopri.encodestring(CLAUSE.encode() * 3),
    "query.log": b"GET /?q=" + "".join(f"%{b:02X}" for b in (CLAUSE * 3).encode()).encode(),
    "scan.json": json.dumps({"f": base64.b64encode(png(400, 300) + NOISE).decode()}).encode(),
    "dump.txt": NOISE.hex().encode(),
    "bytes.py": b'T = b"' + "".join(f"\\x{b:02x}" for b in NOISE).encode() + b'"',
}
PLAIN = {
    "clause.txt": CLAUSE.encode() * 40,
    "rule.txt": b"=" * 5000 + b"\n" + b"x" * 5000,
    "key.pem": b"-----BEGIN PRIVATE KEY-----\n" + base64.encodebytes(b"\x30\x82\x04\xbd\x02" + NOISE),
    "font.css": b"src: url(data:font/woff2;base64," + base64.b64encode(b"wOF2" + NOISE) + b")",
    "flags.json": json.dumps({"f": base64.b64encode(png(40, 30) + NOISE).decode()}).encode(),
    "sums.txt": b"".join(hashlib.sha256(bytes([n])).hexdigest().encode() + b"  part.txt\n" for n in range(80)),
    "lock.json": json.dumps(
        [
            {
                "name": f"part-{n}",
                "version": "1.0.0",
                "integrity": base64.b64encode(hashlib.sha512(bytes([n])).digest()),
            }
            for n in range(60)
        ],
        default=lambda b: b.decode(),
        indent=1,
    ).encode(),
    "escaped.json": json.dumps([CLAUSE] * 20).encode(),
    "paper.tex": rb"\section{Scope}\label{scope} The mast shall be high. \begin{itemize}\item a\end{itemize}" * 30,
}


@pytest.mark.parametrize("name", CODED)
def test_text_in_code_is_not_read(name: str, outcome: Callable) -> None:  # type: ignore[type-arg]
    coverage = outcome(CODED[name], name).coverage
    assert coverage.state == "partly"
    assert [p.reason for p in coverage.problems] == ["undecoded"]
    assert "save it as text or PDF" in coverage.problems[0].message


@pytest.mark.parametrize("name", PLAIN)
def test_text_that_looks_odd_is_read(name: str, outcome: Callable) -> None:  # type: ignore[type-arg]
    coverage = outcome(PLAIN[name], name).coverage
    assert (coverage.state, coverage.problems) == ("read", ())


def test_a_page_that_gives_nothing_is_not_read(outcome: Callable) -> None:  # type: ignore[type-arg]
    page = b"<html><body>" + b"<custom-chart data-points='1'></custom-chart>" * 200 + b"</body></html>"
    coverage = outcome(page, "a.html").coverage
    assert (coverage.state, [p.reason for p in coverage.problems]) == ("unreadable", ["almost-no-text"])
    little = outcome(page.replace(b"<body>", b"<body>Loading"), "a.html").coverage
    assert (little.state, [p.reason for p in little.problems]) == ("partly", ["almost-no-text"])


def test_a_small_or_a_full_page_is_read(outcome: Callable) -> None:  # type: ignore[type-arg]
    assert outcome("<html><body><p>t</p></body></html>", "a.html").coverage.state == "read"
    full = f"<html><body><p>{CLAUSE * 5}</p>{'<hr class=thin>' * 2000}</body></html>"
    assert outcome(full, "a.html").coverage.state == "read"


def test_a_long_text_is_judged_by_windows() -> None:
    measured = Measured()
    measured.add(base64.encodebytes(NOISE).decode() * 200 + CLAUSE)
    assert measured.undecoded() is not None
    assert measured.looked_at <= 8 * 20_000

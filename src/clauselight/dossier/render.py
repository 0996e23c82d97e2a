"""Blocks as one self-contained HTML page, as Markdown, as DOCX and as PDF/A."""

from __future__ import annotations

import base64
import datetime
import io
import json
import re
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from typing import Any

from clauselight.dossier.blocks import Block, Bullets, Facts, Heading, Para, Picture, Quote, Table, pieces
from clauselight.errors import UsageError

_STYLE = """:root{color-scheme:light}body{font:16px/1.5 "Noto Sans CJK SC","Noto Sans SC","PingFang SC","Microsoft YaHei","Noto Sans",sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b;background:#fff}
h1{margin-top:2.5rem;border-bottom:2px solid #1b1b1b}h2{margin-top:2rem;font-size:1.1rem}blockquote{margin:.6rem 0;padding:.4rem .9rem;border-left:4px solid #b3261e;background:#faf6f5;font-size:1.05rem;white-space:pre-wrap;overflow-wrap:anywhere}
mark{background:#ffe08a;padding:0 .1em}table{border-collapse:collapse;width:100%;margin:.6rem 0}th,td{text-align:left;vertical-align:top;padding:.25rem .5rem;border-bottom:1px solid #d0d0d0;overflow-wrap:anywhere;min-width:5.2rem}
dl{display:grid;grid-template-columns:11rem 1fr;gap:.15rem .8rem}dt{color:#555}dd{margin:0;overflow-wrap:anywhere}figure{margin:.8rem 0}figure img,figure svg{max-width:100%;height:auto;border:1px solid #ccc}nav a{display:inline-block;margin-right:1rem}
@media print{body{max-width:none;margin:0}h2,figure,blockquote{break-inside:avoid}h2{break-after:avoid}nav{display:none}}@media(max-width:40rem){dl{grid-template-columns:1fr}}"""


def html(title: str, blocks: Iterable[Block]) -> str:
    """One page that loads nothing and needs no script."""
    body: list[str] = []
    tops: list[Heading] = []
    for b in blocks:
        if isinstance(b, Heading) and b.level == 1:
            tops.append(b)
        body.append(_html(b))
    nav = "".join(f'<a href="#{escape(t.anchor)}">{escape(t.text)}</a>' for t in tops)
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'\">"
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body><header><h1>{escape(title)}</h1><nav>{nav}</nav></header><main>"
        + "\n".join(body)
        + "</main></body></html>\n"
    )


def _html(b: Block) -> str:
    if isinstance(b, Heading):
        return f'<h{b.level} id="{escape(b.anchor)}">{escape(b.text)}</h{b.level}>'
    if isinstance(b, Para):
        return f"<p><strong>{escape(b.text)}</strong></p>" if b.strong else f"<p>{escape(b.text)}</p>"
    if isinstance(b, Quote):
        return (
            "<blockquote>"
            + "".join(f"<mark>{escape(t)}</mark>" if m else escape(t) for t, m in pieces(b))
            + "</blockquote>"
        )
    if isinstance(b, Facts):
        return "<dl>" + "".join(f"<dt>{escape(k)}</dt><dd>{escape(v)}</dd>" for k, v in b.rows) + "</dl>"
    if isinstance(b, Table):
        head = "".join(f'<th scope="col">{escape(h)}</th>' for h in b.head)
        rows = "".join("<tr>" + "".join(f"<td>{escape(c)}</td>" for c in row) + "</tr>" for row in b.rows)
        return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    if isinstance(b, Bullets):
        return "<ul>" + "".join(f"<li>{escape(i)}</li>" for i in b.items) + "</ul>"
    if b.media_type == "image/svg+xml":
        return f"<figure>{b.data.decode()}</figure>"
    return f'<figure><img alt="{escape(b.alt)}" src="data:{b.media_type};base64,{base64.b64encode(b.data).decode()}"></figure>'


def markdown(title: str, blocks: Iterable[Block], pictures: str = "crops") -> str:
    """CommonMark with tables; pictures are named, not held."""
    out = [f"# {_md(title)}\n"]
    for b in blocks:
        if isinstance(b, Heading):
            out.append(f"{'#' * (b.level + 1)} {_md(b.text)}\n")
        elif isinstance(b, Para):
            out.append((f"**{_md(b.text)}**" if b.strong else _md(b.text)) + "\n")
        elif isinstance(b, Quote):
            text = "".join(f"**{_md(t)}**" if m and t.strip() == t else _md(t) for t, m in pieces(b))
            out.append("\n".join(f"> {line}" for line in text.split("\n")) + "\n")
        elif isinstance(b, Facts):
            out.append("\n".join(f"- {_md(k)}: {_md(v)}" for k, v in b.rows) + "\n")
        elif isinstance(b, Table):
            rows = [b.head, ("---",) * len(b.head), *b.rows]
            out.append(
                "\n".join(
                    "| "
                    + " | ".join(c if i == 1 else _md(c).replace("|", "\\|").replace("\n", " ") for c in row)
                    + " |"
                    for i, row in enumerate(rows)
                )
                + "\n"
            )
        elif isinstance(b, Bullets):
            out.append("\n".join(f"- {_md(i)}" for i in b.items) + "\n")
        else:
            out.append(f"![{_md(b.alt)}]({pictures}/{b.name})\n")
    return "\n".join(out)


def _md(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<>#])", r"\\\1", text)


def docx(title: str, blocks: Iterable[Block], created: str) -> bytes:
    """A Word file. Drawings are given by the tables beside them, since Word takes no SVG."""
    try:
        import docx as word
        from docx.enum.text import WD_COLOR_INDEX
        from docx.oxml.ns import qn
        from docx.shared import Cm, Pt
    except ImportError as error:
        raise UsageError("--format docx needs the `case` extra: pip install 'clauselight[case]'") from error
    file = word.Document()
    style = file.styles["Normal"]
    style.font.name, style.font.size = "Noto Sans", Pt(10)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "Noto Sans CJK SC")
    when = datetime.datetime.fromisoformat(created.replace("Z", "+00:00"))
    file.core_properties.title, file.core_properties.author = title, "clauselight"
    file.core_properties.created = file.core_properties.modified = when
    file.add_heading(_xml(title), 0)
    for b in blocks:
        if isinstance(b, Heading):
            file.add_heading(_xml(b.text), b.level)
        elif isinstance(b, Para):
            file.add_paragraph().add_run(_xml(b.text)).bold = b.strong
        elif isinstance(b, Quote):
            paragraph = file.add_paragraph(style="Intense Quote")
            for text, marked in pieces(b):
                run = paragraph.add_run(_xml(text))
                if marked:
                    run.font.highlight_color = WD_COLOR_INDEX.YELLOW
        elif isinstance(b, (Facts, Table)):
            _word_table(file, b)
        elif isinstance(b, Bullets):
            for i in b.items:
                file.add_paragraph(_xml(i), style="List Bullet")
        elif b.media_type == "image/png":
            file.add_picture(io.BytesIO(b.data), width=Cm(16))
    out = io.BytesIO()
    file.save(out)
    return _steady(out, when)


def _steady(made: io.BytesIO, when: datetime.datetime) -> bytes:
    """The same file with the same times inside, so that it is the same on repeat."""
    out = io.BytesIO()
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            info = zipfile.ZipInfo(
                name, (max(1980, when.year), when.month, when.day, when.hour, when.minute, when.second)
            )
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, source.read(name))
    return out.getvalue()


def _word_table(file: Any, b: Facts | Table) -> None:
    rows: Sequence[Sequence[str]] = [b.head, *b.rows] if isinstance(b, Table) else b.rows
    if not rows:
        return
    table = file.add_table(rows=0, cols=len(rows[0]), style="Light Grid Accent 1" if isinstance(b, Table) else None)
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = _xml(text)


def _xml(text: str) -> str:
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "\ufffd", text)


_TYPST = """#let data = json("data.json")
#set document(title: data.title, date: datetime(year: data.date.at(0), month: data.date.at(1), day: data.date.at(2)))
#set page(paper: "a4", margin: 2cm, numbering: "1 / 1", header: text(8pt, fill: luma(90))[#data.title])
#set text(font: data.fonts, size: 9.5pt, lang: "en")
#set par(justify: false)
#show heading.where(level: 1): it => [#v(1em) #it #line(length: 100%, stroke: 0.7pt)]
#text(20pt, weight: "bold")[#data.title]

#for b in data.blocks {
  if b.t == "h" { heading(level: b.level, b.text) }
  else if b.t == "p" { par(if b.strong { strong(b.text) } else { [#b.text] }) }
  else if b.t == "q" { block(width: 100%, inset: 8pt, stroke: (left: 2pt + rgb("#b3261e")), fill: rgb("#faf6f5"), for p in b.pieces { if p.at(1) { highlight(p.at(0)) } else { p.at(0) } }) }
  else if b.t == "f" { grid(columns: (3.6cm, 1fr), gutter: 4pt, ..b.rows.map(r => (text(fill: luma(90), r.at(0)), r.at(1))).flatten()) }
  else if b.t == "t" { table(columns: b.widths.map(w => w * 1fr), stroke: 0.4pt + luma(160), inset: 4pt, table.header(..b.head.map(h => strong(h))), ..b.rows.flatten().map(c => text(8pt, c))) }
  else if b.t == "l" { list(..b.items) }
  else { figure(image(b.file, width: 100%, alt: b.alt)) }
}
"""


def pdf(title: str, blocks: Iterable[Block], created: str) -> bytes:
    """PDF/A-2b by typst; the same input gives the same bytes. Raises `UsageError` where typst or a font for Chinese is missing."""
    try:
        import typst
    except ImportError as error:
        raise UsageError("--format pdf needs the `case` extra: pip install 'clauselight[case]'") from error
    fonts = chinese_font()
    when = datetime.datetime.fromisoformat(created.replace("Z", "+00:00"))
    parts = list(blocks)
    pictures = sum(isinstance(b, Picture) for b in parts)
    # typst holds every picture unpacked: many are made narrower, so that memory stays bounded; the page and the package have them whole
    width = round(max(_NARROW, min(_WIDE, _WIDE * (_MANY / max(1, pictures)) ** 0.5)))
    with tempfile.TemporaryDirectory(prefix="clauselight-") as name:
        folder = Path(name)
        data = {
            "title": title,
            "date": [when.year, when.month, when.day],
            "fonts": fonts,
            "blocks": [_typst(b, folder, width) for b in parts],
        }
        (folder / "main.typ").write_text(_TYPST, encoding="utf-8")
        text = json.dumps(data, ensure_ascii=False)
        for _ in range(_TRIES):
            text = _NEVER_PRINTED.sub(_named, text)
            (folder / "data.json").write_text(text, encoding="utf-8")
            source = str(folder / "main.typ")
            try:
                return bytes(
                    typst.compile(
                        source, root=name, format="pdf", pdf_standards=["a-2b"], timestamp=int(when.timestamp())
                    )
                )
            except typst.TypstError as error:
                missing = re.search(r'the text `"(.+?)"` could not be displayed', str(error), re.DOTALL)
                signs = {c for c in missing[1] if ord(c) > 0x7F} if missing else set()
                if not signs:
                    raise UsageError(f"the PDF cannot be made: {error}") from error
                text = re.sub("[" + "".join(re.escape(c) for c in signs) + "]", _named, text)
    raise UsageError(
        "the PDF cannot be made: too many characters that no installed font has; install fonts for their scripts"
    )


def _typst(b: Block, folder: Path, width: int) -> dict[str, Any]:
    if isinstance(b, Heading):
        return {"t": "h", "level": b.level, "text": b.text}
    if isinstance(b, Para):
        return {"t": "p", "text": b.text, "strong": b.strong}
    if isinstance(b, Quote):
        return {"t": "q", "pieces": pieces(b)}
    if isinstance(b, Facts):
        return {"t": "f", "rows": [[k, _breakable(v)] for k, v in b.rows]}
    if isinstance(b, Table):
        lengths = [max([len(b.head[i]) * 2, *(min(60, len(r[i])) for r in b.rows)]) for i in range(len(b.head))]
        return {
            "t": "t",
            "head": b.head,
            "rows": [[_breakable(c) for c in r] for r in b.rows],
            "widths": [max(8, n) ** 0.5 for n in lengths],
        }
    if isinstance(b, Bullets):
        return {"t": "l", "items": b.items}
    assert isinstance(b, Picture)
    name, data = (
        (b.name, b.data)
        if b.media_type != "image/png"
        else (Path(b.name).with_suffix(".jpg").name, _jpeg(b.data, width))
    )
    (folder / name).write_bytes(data)
    return {"t": "i", "file": name, "alt": b.alt}


def _jpeg(png: bytes, width: int) -> bytes:
    """For the PDF: a JPEG is put into it as it is, a PNG is unpacked in memory, and a thousand of them need gigabytes."""
    from PIL import Image

    out = io.BytesIO()
    image = Image.open(io.BytesIO(png)).convert("RGB")
    if image.width > width:
        image = image.resize((width, round(image.height * width / image.width)), Image.Resampling.BILINEAR)
    image.save(out, "JPEG", quality=88, subsampling=0)
    return out.getvalue()


#: what a PDF/A may not hold, or only fonts with colours have: emoji, variation selectors, private use
_NEVER_PRINTED = re.compile(
    "[\u2705\u274c\u274e\u2753-\u2755\u2757\u2795-\u2797\ufe00-\ufe0f\U0001f000-\U0001faff\ue000-\uf8ff\ufffe\uffff\ud800-\udfff]"
)
_TRIES = 60
#: pixels across a picture of the PDF: as drawn, and at the least; and how many pictures are taken at full width
_WIDE, _NARROW, _MANY = 1200, 700, 250


def _named(match: re.Match[str]) -> str:
    """A character that no font here has, by its number: a box instead of a letter is no evidence."""
    return f"⟨U+{ord(match.group()):04X}⟩"


def _breakable(text: str) -> str:
    """Long paths and digests may be broken after a mark, or anywhere in a long run."""
    text = re.sub(r"([/_.\-])(?=\w)", "\\1\u200b", text)
    return re.sub(r"[0-9a-f]{32}(?=[0-9a-f])", lambda m: m.group() + "\u200b", text)


_WANTED = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "WenQuanYi Zen Hei",
    "Microsoft YaHei",
    "PingFang SC",
    "SimSun",
)


def chinese_font() -> list[str]:
    """Fonts for a page with Chinese on it, the found one first. Raises `UsageError` naming the package where there is none."""
    found = set()
    if shutil.which("fc-list"):
        listed = subprocess.run(
            ["fc-list", ":lang=zh-cn", "family"], capture_output=True, text=True, timeout=30, check=False
        ).stdout
        found = {part.strip() for line in listed.splitlines() for part in line.split(",")}
    chosen = next((f for f in _WANTED if f in found), None) or next(iter(sorted(found)), None)
    if chosen is None:
        raise UsageError(
            "no font with Chinese characters was found, and boxes instead of letters are no evidence: install one (Debian: fonts-noto-cjk; "
            "Fedora: google-noto-sans-cjk-fonts; macOS and Windows bring one) and fontconfig's fc-list"
        )
    return [chosen, "Noto Sans", "DejaVu Sans", "Libertinus Serif"]

"""Writes docs/reference/commands.md and formats.md, and the table of outputs in output.md, from the program itself.

`--check` changes nothing and fails where a page differs.

usage: python docs/reference/make.py [--check]
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path

os.environ["COLUMNS"] = "110"

from clauselight.cli import parser
from clauselight.exports.registry import KINDS, Kind, names, outputs
from clauselight.formats.registry import formats

HERE = Path(__file__).resolve().parent
#: the part of output.md that is made here is between these lines
_BEGIN, _END = "<!-- outputs, made by make.py -->\n", "<!-- end of outputs -->\n"
#: kind of output -> the commands whose --format takes it
_COMMANDS: dict[Kind, tuple[str, ...]] = {
    "findings": ("check", "case findings"),
    "statements": ("who", "case who"),
    "chains": ("chain", "case chain"),
    "timeline": ("timeline", "case timeline"),
}


def commands() -> str:
    """The help of every verb and action."""
    top = parser()
    parts = [
        "# Commands\n\nMade from `--help` by `docs/reference/make.py`.\n",
        f"## clauselight\n\n```\n{top.format_help()}```\n",
    ]
    for name, verb in _below(top):
        parts.append(f"## clauselight {name}\n\n```\n{verb.format_help()}```\n")
        for action, p in _below(verb):
            parts.append(f"### clauselight {name} {action}\n\n```\n{p.format_help()}```\n")
    return "\n".join(parts)


def _below(p: argparse.ArgumentParser) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    for action in p._actions:
        if isinstance(action, argparse._SubParsersAction):
            yield from action.choices.items()


def format_table() -> str:
    """Every reader."""
    rows = [
        "# Formats\n\nMade from the readers by `docs/reference/make.py`. Content decides before the name does.\n",
        "| format | media type | names | what is read |",
        "|---|---|---|---|",
    ]
    for form in formats():
        doc = (sys.modules[form.read.__module__].__doc__ or "").strip().split("\n")[0]
        suffixes = " ".join(form.suffixes[:12]) + (" …" if len(form.suffixes) > 12 else "")
        rows.append(f"| {form.name} | {form.media_type} | {suffixes} | {doc} |")
    rows.append(
        "\nContainers: ZIP, TAR (plain, gz, bz2, xz), gzip, bzip2, xz, 7z (extra `sevenzip`), Office files under "
        "a password (extra `case`), attachments of e-mails and of PDF files, web archives "
        "(WARC, WACZ; extra `case`), records of browsers (HAR); up to five deep.\n\n"
        "Documents inside of documents are sources of their own, and so are pictures of 10,000 pixels and more in "
        "documents, which OCR reads. A smaller one holds no clause and changes no state: the shortest clause takes "
        "as much in the smallest letters that OCR reads. Pictures in forms that nothing here reads (EMF, WMF) are "
        "named and make the document `partly`.\n"
    )
    return "\n".join(rows)


def output_table() -> str:
    """Every output with the commands that write it."""
    rows = ["| commands | `--format` | file | what it is |", "|---|---|---|---|"]
    for kind in KINDS:
        verbs = ", ".join(f"`{verb}`" for verb in _COMMANDS[kind])
        for name in names(kind):
            output = outputs(kind)[name]
            file = "needs `-o FILE`, such as" if output.binary else "such as"
            rows.append(f"| {verbs} | `{name}` | {file} `{kind}{output.suffix}` | {output.help} |")
    return "\n".join(rows) + "\n"


def output_page() -> str:
    """output.md with its table made again."""
    text = (HERE / "output.md").read_text(encoding="utf-8")
    before, _, rest = text.partition(_BEGIN)
    _, end, after = rest.partition(_END)
    if not end:
        raise SystemExit(f"output.md: the lines {_BEGIN.strip()} and {_END.strip()} are not both there")
    return before + _BEGIN + output_table() + end + after


def main() -> int:
    """Write the pages, or compare them."""
    wrong = []
    pages = {"commands.md": commands(), "formats.md": format_table(), "output.md": output_page()}
    for name, text in pages.items():
        file = HERE / name
        if "--check" not in sys.argv:
            file.write_text(text, encoding="utf-8")
        elif not file.exists() or file.read_text(encoding="utf-8") != text:
            wrong.append(name)
    if wrong:
        print(f"out of date: {', '.join(wrong)}; run python docs/reference/make.py")
    return bool(wrong)


if __name__ == "__main__":
    raise SystemExit(main())

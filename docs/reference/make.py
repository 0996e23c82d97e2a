"""Writes docs/reference/commands.md and formats.md from the program itself. `--check` fails where they differ.

usage: python docs/reference/make.py [--check]
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

os.environ["COLUMNS"] = "110"

from clauselight.cli import parser
from clauselight.formats.registry import formats

HERE = Path(__file__).resolve().parent


def commands() -> str:
    top = parser()
    parts = [
        "# Commands\n\nMade from `--help` by `docs/reference/make.py`.\n",
        f"## clauselight\n\n```\n{top.format_help()}```\n",
    ]
    for action in top._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, sub in action.choices.items():
                parts.append(f"## clauselight {name}\n\n```\n{sub.format_help()}```\n")
                for inner in sub._actions:
                    if isinstance(inner, argparse._SubParsersAction):
                        parts += [
                            f"### clauselight {name} {verb}\n\n```\n{p.format_help()}```\n"
                            for verb, p in inner.choices.items()
                        ]
    return "\n".join(parts)


def format_table() -> str:
    rows = [
        "# Formats\n\nMade from the readers by `docs/reference/make.py`. Content decides before the name does.\n",
        "| format | media type | names | what is read |",
        "|---|---|---|---|",
    ]
    for form in formats():
        doc = (sys.modules[form.read.__module__].__doc__ or "").strip().split("\n")[0]
        rows.append(
            f"| {form.name} | {form.media_type} | {' '.join(form.suffixes[:12])}{' …' if len(form.suffixes) > 12 else ''} | {doc} |"
        )
    rows.append(
        "\nContainers: ZIP, TAR (plain, gz, bz2, xz), gzip, bzip2, xz, 7z (extra `sevenzip`), attachments of e-mails, web archives (WARC, WACZ; extra `case`); up to five deep.\n"
    )
    return "\n".join(rows)


def main() -> int:
    wrong = []
    for name, text in (("commands.md", commands()), ("formats.md", format_table())):
        file = HERE / name
        if "--check" in sys.argv:
            if not file.exists() or file.read_text(encoding="utf-8") != text:
                wrong.append(name)
        else:
            file.write_text(text, encoding="utf-8")
    if wrong:
        print(f"out of date: {', '.join(wrong)}; run python docs/reference/make.py")
    return bool(wrong)


if __name__ == "__main__":
    raise SystemExit(main())

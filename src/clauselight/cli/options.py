"""Options that more than one verb takes, each defined once.

A verb adds those that it takes by name, in the order in which its help shows them. It may give words of its own.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clauselight.errors import UsageError
from clauselight.exports.registry import DEFAULT, Kind, names

if TYPE_CHECKING:
    from clauselight.pipeline.options import Limits
    from clauselight.rules.find import Finder


@dataclass(frozen=True, slots=True)
class Option:
    """One option: its spellings, what argparse is to do with it, and its line of help."""

    spellings: tuple[str, ...]
    settings: Mapping[str, Any]
    help: str


def _size(text: str) -> int:
    """Bytes of ``--memory``."""
    from clauselight.pipeline import memory  # `--help` imports no more than it must

    try:
        asked = memory.size(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
    if asked < memory.PROGRAM:
        raise argparse.ArgumentTypeError(
            f"{text} is too little: the program itself takes {memory.shown(memory.PROGRAM)}"
        )
    return asked


_REPEATED: Mapping[str, Any] = {"action": "append", "default": []}
_FLAG: Mapping[str, Any] = {"action": "store_true"}
_OPTIONS: Mapping[str, Option] = {
    # what is shown
    "level": Option(
        ("--level",),
        {"choices": ("finding", "notice", "mention"), "default": "finding"},
        "lowest level to show (default: finding)",
    ),
    "only": Option(
        ("--only",),
        {"choices": ("accepted", "rejected", "unsure", "disputed", "open")},
        "only findings so decided",
    ),
    "attribute": Option(
        ("--attribute",),
        {"metavar": "NAME"},
        "only documents that specify this attribute (ethnicity, race, skin_colour, religion), and what is said of them",
    ),
    "organisation": Option(
        ("--organisation",), {"metavar": "NAME"}, "only statements on organisations whose name holds NAME"
    ),
    "standard": Option(
        ("--standard",),
        {"metavar": "NUMBER"},
        "only statements on this standard, in any printed form; without a year all editions",
    ),
    "catalogue": Option(
        ("--catalogue",),
        {"metavar": "FILE", **_REPEATED},
        "organisations of your own, in the form of the shipped catalogue; may be repeated",
    ),
    "to": Option(
        ("--to",),
        {"choices": ("finding", "organisation", "standard", "tender"), "default": "finding"},
        "where the chains begin that end at a clause: at each organisation, standard or tender; "
        "finding: every whole chain, by clause (default)",
    ),
    # how it is shown
    "output": Option(
        ("-o", "--output"), {"metavar": "FILE", "default": "-"}, "write to FILE instead of standard output"
    ),
    "unmask": Option(
        ("--unmask",), _FLAG, "show personal data (numbers, addresses, names of individuals) as it stands"
    ),
    "quiet": Option(("--quiet",), _FLAG, "no progress bar"),
    "json": Option(("--json",), _FLAG, "write JSON"),
    # how sources are read
    "jobs": Option(
        ("--jobs",),
        {"type": int, "metavar": "N", "default": 0},
        "worker processes (default: as many as there are cores)",
    ),
    "memory": Option(
        ("--memory",),
        {"type": _size, "metavar": "SIZE"},
        "what all workers may use together, as 4G; with less than 2G for each there are fewer workers "
        "(default: three quarters of the machine's memory)",
    ),
    "timeout": Option(
        ("--timeout",),
        {"type": float, "metavar": "SECONDS", "default": 180.0},
        "give a source up after this long without a page (default: 180)",
    ),
    "ocr": Option(
        ("--ocr",),
        {"choices": ("auto", "always", "never"), "default": "auto"},
        "when to recognise text in pictures (default: auto)",
    ),
    "packs": Option(
        ("--packs",), {"metavar": "DIR", **_REPEATED}, "a folder with rule packs of your own; may be repeated"
    ),
    "exclude": Option(
        ("--exclude",), {"metavar": "PATTERN", **_REPEATED}, "leave out paths, as in .gitignore; may be repeated"
    ),
    "password-file": Option(
        ("--password-file",),
        {"metavar": "FILE"},
        "a text file with passwords, one on each line, that are tried on encrypted sources; none is kept or shown",
    ),
    "by": Option(("--by",), {}, "who does this, for the journal (default: the user's name)"),
}


def add(parser: argparse.ArgumentParser, *names: str, **words: str) -> None:
    """Add the options of these names; `words` replaces the help of some."""
    for name in names:
        option = _OPTIONS[name]
        parser.add_argument(*option.spellings, **option.settings, help=words.get(name, option.help))


def add_format(parser: argparse.ArgumentParser, kind: Kind, words: str = "how to write the result") -> None:
    """Add ``--format`` with every output of a kind."""
    parser.add_argument("--format", choices=names(kind), default=DEFAULT, help=f"{words} (default: {DEFAULT})")


def add_sources(parser: argparse.ArgumentParser) -> None:
    """Add what every verb takes that reads sources."""
    parser.add_argument(
        "paths", nargs="+", metavar="PATH", help="a file, a folder, an archive, or - for standard input"
    )
    add(parser, "output", "jobs", "memory", "ocr", "packs", "exclude", "password-file", "unmask", "quiet")


def jobs(args: argparse.Namespace) -> int | None:
    """How many workers were asked for, None for as many as there are cores. Raises `UsageError` below zero."""
    if args.jobs < 0:
        raise UsageError("--jobs takes a positive number")
    return args.jobs or None


def use_passwords(args: argparse.Namespace) -> None:
    """Have the passwords tried that were given. Raises `UsageError` for a file that cannot be read."""
    from clauselight import passwords

    passwords.use(passwords.read(args.password_file) if args.password_file else ())


def limits(args: argparse.Namespace, silence: float | None = None, workers: int | None = None) -> Limits:
    """What the run may use; says so where it has fewer workers for that than are wanted, or else asked for."""
    from clauselight.pipeline import memory
    from clauselight.pipeline.options import Limits

    most = args.memory or memory.usual()
    wanted = workers or jobs(args) or os.cpu_count() or 1
    have = memory.workers(wanted, most)
    if have < wanted and not args.quiet:
        print(
            f"clauselight: {have} of {wanted} workers: the run may use {memory.shown(most)}, and each worker "
            f"{memory.shown(memory.LEAST)} of it (--memory)",
            file=sys.stderr,
        )
    return Limits(memory=most) if silence is None else Limits(silence, most)


def finder(args: argparse.Namespace) -> Finder:
    """The rules of the shipped packs and of one's own. Raises `PackError` for packs that cannot be used."""
    from clauselight.rules.find import Finder
    from clauselight.rules.load import load

    return Finder(load([Path(p) for p in args.packs]))

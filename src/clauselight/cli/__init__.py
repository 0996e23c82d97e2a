"""The command line: one module a verb.

A verb is imported when it is called, and imports what it needs when it runs, so that ``--help`` is quick.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import os
import re
import sys
from collections.abc import Sequence

from clauselight.cli.exits import INTERRUPTED, NO_ROOM, UNCAUGHT
from clauselight.cli.signals import ends

_VERBS = {
    "check": "find the clauses in files, folders and archives that sort people",
    "who": "tell who drafted, mandates and claims the standards that the documents speak of",
    "chain": "tell link by link how buyers, drafters and vendors come to a clause",
    "timeline": "tell when standards were issued and took effect, and when those behind them came on lists",
    "case": "keep an investigation in one folder: sources, findings, judgements, journal",
    "dossier": "write a case as a dossier, and as a package that a stranger verifies",
    "verify": "check a package: every file, every hash, every quote, also in the originals",
    "lists": "keep sanctions, entity and covered lists that you downloaded",
    "packs": "lint, test, list and show rule packs",
}

_EPILOG = """examples:
  clauselight check standards/                     a folder, as a table
  clauselight check tender.pdf --images crops/     with a picture of each place
  clauselight check src/ --format sarif -o out.sarif
  curl -s ADDRESS | clauselight check -            standard input
  clauselight packs test                           every case of every rule

exit status of check: 0 nothing found and all was read · 1 findings · 2 usage ·
3 nothing found, but not all could be read · 70 an unexpected error · 130 interrupted
"""


def parser(called: str | None = None) -> argparse.ArgumentParser:
    """The whole command line; with `called`, the options of that verb only and of the others their names."""
    top = argparse.ArgumentParser(
        prog="clauselight",
        description="Finds where standards, tenders, SDKs and schemas sort people by race, ethnicity, skin colour "
        "or religion.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="store_true", help="print the version and exit")
    verbs = top.add_subparsers(dest="verb", metavar="VERB")
    for verb, text in _VERBS.items():
        if called in (None, verb):
            importlib.import_module(f"clauselight.cli.{verb}").register(verbs, text)
        else:
            verbs.add_parser(verb, help=text)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command line; the return value is the exit status."""
    words = sys.argv[1:] if argv is None else argv
    for stream in (sys.stdout, sys.stderr):  # a name may hold bytes that are no text; it is shown, and ends nothing
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    args = parser(next((w for w in words if not w.startswith("-")), "")).parse_args(words)
    if args.version:
        from clauselight.version import __version__

        print(f"clauselight {__version__}")
        return 0
    if not args.verb:
        parser("").print_help()
        return 2
    with ends():
        return _guarded(args, alone=argv is None)


def _settle(args: argparse.Namespace) -> None:
    """Keep to a temporary folder of this run's own, whatever makes a file there, and off the network."""
    from clauselight import isolation
    from clauselight.pipeline.scratch import for_the_process

    for_the_process()
    if not reaches_out(args):
        isolation.shut_out()


def reaches_out(args: argparse.Namespace) -> bool:
    """Whether what was asked for needs the network. Only a verb that says so by a default `network`, a function of
    its options, keeps it; every other reads what strangers wrote, and draws and verifies it, without."""
    network = getattr(args, "network", None)
    return bool(network and network(args))


def _guarded(args: argparse.Namespace, alone: bool = False) -> int:
    """The status of a verb, whatever it raises: 1 is for what a verb found, and for nothing else.

    `alone`: the process has nothing else to do; called with words it runs inside another program, whose network and
    temporary folder they are.
    """
    from clauselight.errors import PackError, UsageError

    try:
        if alone:
            _settle(args)
        status: int = args.run(args)
    except PackError as error:
        return _say(error.problems, 2)
    except UsageError as error:
        return _say([str(error)], 2)
    except BrokenPipeError:
        sys.stderr.close()
        return 141
    except KeyboardInterrupt:
        return _say(["interrupted; run it again"], INTERRUPTED)
    except Exception as error:
        if os.environ.get("CLAUSELIGHT_DEBUG"):
            raise
        return _say(*_unforeseen(error))
    return status


def _say(lines: Sequence[str], status: int) -> int:
    from clauselight.text.visible import visible

    for line in lines:
        print(f"clauselight: {visible(line)}", file=sys.stderr)
    return status


def _unforeseen(error: Exception) -> tuple[list[str], int]:
    """What is said of an error that is no mistake of the user's, and the exit status."""
    full = isinstance(error, OSError) and error.errno in NO_ROOM
    if full or (type(error).__name__ == "OperationalError" and _STORAGE.search(str(error))):
        what = error.strerror if isinstance(error, OSError) else error
        return [f"cannot write: {what}; make room, or name an output in another place, and run it again"], 2
    if isinstance(error, FileNotFoundError) and "temporary directory" in str(error.strerror):
        return ["no temporary folder that you may write to: set TMPDIR to one, and run it again"], 2
    if type(error).__name__ == "OperationalError" and _NOT_YOURS.search(str(error)):
        return ["the case lies where you may not write: copy it to a folder of your own, and run it again there"], 2
    step = "set CLAUSELIGHT_DEBUG=1 and run it again to see where, and please report it"
    return [f"unexpected error: {type(error).__name__}: {error}"[:500] + f"; {step}"], UNCAUGHT


#: what the case database says where its disk takes nothing more
_STORAGE = re.compile("disk is full|disk I/O error")
#: and where its folder is somebody else's, or for reading only
_NOT_YOURS = re.compile("readonly|unable to open")

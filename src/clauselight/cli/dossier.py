"""``clauselight dossier``: what a case comes to, for readers and for strangers who check."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from clauselight.package.request import DossierRequest

from clauselight import plugins
from clauselight.cli import options, parsers
from clauselight.cli.progress import Bar

_DESCRIPTION = """\
Writes a case as a dossier: for each finding the picture of the place, the quote with the deciding words marked, who
drafted and mandates it, on which lists they stood then and stand now, where the source came from, who reviewed it;
the chain and the timeline drawn; what was not read; how it was made. With --bag it becomes a package (BagIt,
RO-Crate, PROV, W3C annotations) with the originals, that a stranger checks offline: `clauselight verify`, or the
verify.py inside it, which needs nothing but Python."""

_EPILOG = """examples:
  clauselight dossier case/ -o dossier/
  clauselight dossier case/ -o dossier/ --only accepted --format html,pdf,docx,md
  clauselight dossier case/ -o package/ --only accepted --bag --sign key.pem --timestamp https://freetsa.org/tsr

A key: openssl genpkey -algorithm ed25519 -out key.pem. It never enters the package. --timestamp takes the address of
an authority, which then learns the digest of the package and nothing else, or the file of a token.

exit status: 0 done · 2 usage · 3 done, but something in the case could not be read
"""


def register(verbs: Any, text: str) -> None:
    """Add the verb to the command line."""
    p = parsers.verb(verbs, "dossier", text, _EPILOG, _DESCRIPTION)
    p.add_argument("dir", metavar="DIR", help="the folder of the case")
    p.add_argument("-o", "--output", metavar="OUT", required=True, help="a new or empty folder to write into")
    p.add_argument(
        "--format",
        default="html",
        metavar="FORMS",
        help=f"{', '.join(plugins.names('clauselight.dossier.render'))}; divided by commas (default: html)",
    )
    options.add(p, "only")
    p.add_argument("--title", default="", help="a title (default: that of the case)")
    p.add_argument("--bag", action="store_true", help="write a package for verification around it")
    p.add_argument(
        "--no-originals", action="store_true", help="leave the originals out of the package; their digests stay"
    )
    p.add_argument("--sign", metavar="KEY", help="sign the package with an Ed25519 key (PEM)")
    p.add_argument(
        "--timestamp", metavar="TOKEN|URL", help="attach an RFC 3161 time-stamp token, or ask an authority for one"
    )
    words = "show personal data as it stands; the package says so"
    options.add(p, "password-file", "unmask", "by", "quiet", "json", unmask=words)
    p.set_defaults(run=run, network=_asks_authority)


def _asks_authority(args: argparse.Namespace) -> bool:
    """Whether a time-stamping authority is to be asked over the network: the one thing that goes out, when told to."""
    return bool(args.timestamp) and args.timestamp.startswith(("http://", "https://"))


def run(args: argparse.Namespace) -> int:
    """Write it; the return value is the exit status."""
    from clauselight.case.store import Case
    from clauselight.package.build import build

    options.use_passwords(args)
    request = _request(args)
    with Bar(args.quiet) as bar, Case(Path(args.dir)) as case:
        built = build(case, request, lambda what, number, of: bar.at(number, of, what))
    if args.json:
        print(json.dumps(built.record()))
    else:
        print(
            f"{args.output}: {built.findings} findings in {built.documents} documents, {built.pictures} pictures"
            + (f"; {built.not_read} documents not or only partly read" if built.not_read else "")
        )
        if args.bag:
            print(
                f"check it with: clauselight verify {args.output}   or, with nothing but Python: "
                f"python3 {args.output}/verify.py"
            )
    return 3 if built.not_read else 0


def _request(args: argparse.Namespace) -> DossierRequest:
    """What the options ask for. Raises `UsageError` for options that do not go together."""
    from clauselight.errors import UsageError
    from clauselight.package.request import BagRequest, DossierRequest

    if (args.sign or args.timestamp) and not args.bag:
        raise UsageError("--sign and --timestamp seal a package: add --bag")
    key = Path(args.sign) if args.sign else None
    bag = BagRequest(originals=not args.no_originals, key=key, timestamp=args.timestamp) if args.bag else None
    return DossierRequest(
        out=Path(args.output),
        forms=tuple(f.strip() for f in args.format.split(",") if f.strip()),
        title=args.title,
        only=args.only,
        unmask=args.unmask,
        bag=bag,
        by=args.by,
    )

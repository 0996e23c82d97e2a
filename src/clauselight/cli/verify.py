"""``clauselight verify``: the check of a package, with the originals read again."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from clauselight.cli import options, parsers
from clauselight.cli.progress import Bar

_DESCRIPTION = """\
Checks an evidence package: that no file was changed, added, dropped or moved; seal, signature and time; the linked
journal; that every quote stands where its selectors say in the text and, reading the original again, in the original.
For each item it says verified, failed, or not checked and why. The verify.py inside the package checks the same
without PDF and recognition."""

_EPILOG = """examples:
  clauselight verify package/
  clauselight verify package/ --key their-public-key.txt --tsa-ca authority.pem --json

exit status: 0 all that can be checked holds · 1 something failed · 2 no package
"""


def register(verbs: Any, text: str) -> None:
    """Add the verb to the command line."""
    p = parsers.verb(verbs, "verify", text, _EPILOG, _DESCRIPTION)
    p.add_argument("package", metavar="PACKAGE", help="the folder of the package")
    p.add_argument(
        "--key", metavar="FILE", help="the public key that must have signed it: 64 hex digits, as its owner told you"
    )
    p.add_argument("--tsa-ca", metavar="FILE", help="certificates (PEM) of the time-stamping authority; needs OpenSSL")
    p.add_argument(
        "--ocr",
        choices=("auto", "never"),
        default="auto",
        help="whether to recognise scanned originals again (default: auto)",
    )
    p.add_argument("--no-reread", action="store_true", help="do not read the originals again")
    options.add(p, "memory", "timeout", "password-file", "json", "quiet", json="write JSON with every item")
    p.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Check; the return value is the exit status."""
    from clauselight.errors import UsageError
    from clauselight.package.verifier import shown
    from clauselight.package.verify import verify

    folder = Path(args.package)
    if not (folder / "bagit.txt").is_file() and not (folder / "manifest-sha256.txt").is_file():
        raise UsageError(f"{folder}: not an evidence package; `clauselight dossier DIR -o OUT --bag` writes one")
    options.use_passwords(args)
    key = None
    if args.key:
        try:
            key = Path(args.key).read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(f"--key {args.key}: {error}") from error
    with Bar(args.quiet, what="originals") as bar:
        report = verify(
            folder,
            key=key,
            authority=Path(args.tsa_ca) if args.tsa_ca else None,
            ocr=args.ocr,
            reread=not args.no_reread,
            limits=options.limits(args, args.timeout, workers=1),
            tick=bar.at,
        )
    counts = {s.replace(" ", "_"): report.count(s) for s in ("verified", "failed", "not checked")}
    if args.json:
        print(json.dumps({**counts, "items": report.items}, ensure_ascii=False, indent=1))
    else:
        for item in report.items:
            if item["status"] != "verified" or item["check"] in ("seal", "signature", "time", "journal"):
                why = f": {item['why']}" if item["why"] else ""
                print(shown(f"{item['status']:11} {item['check']:15} {item['subject']}{why}"))
        print(f"{counts['verified']} verified, {counts['failed']} failed, {counts['not_checked']} not checked")
    return 1 if counts["failed"] else 0

"""``clauselight case``: an investigation in one folder, which can be stopped, gone on with, and added to.

One module an action. An action imports what it needs when it is called, so that ``--help`` is quick.
"""

from __future__ import annotations

import importlib
from typing import Any

from clauselight.cli import parsers

_ACTIONS = {
    "init": "begin a case in an empty or new folder",
    "add": "take files in: their bytes, and where, when and by whom they were obtained",
    "run": "read what was not read yet, and decide anew what other rules decided",
    "status": "tell what is there, what is stale and why, what is the same, and how far reviewers agree",
    "findings": "list the findings with their ids and what was decided on them",
    "who": "tell who drafted, mandates and claims the standards",
    "timeline": "tell what happened when",
    "chain": "tell how buyers, drafters and vendors come to a clause",
    "judge": "record what a person decides on a finding; nothing is ever overwritten",
    "search": "find documents by words; Chinese words of any length, phrases in quotes",
    "journal": "show every action, and check that none was changed",
}

_DESCRIPTION = """\
Keeps an investigation in one folder: the original bytes under their SHA-256, where each was obtained, every text,
finding and statement, what people decided, and a journal in which each entry is linked to the one before. A file is
read once; other rules are decided on what was read; a run that was killed goes on where it was."""

_EPILOG = """examples:
  clauselight case init uighur-tenders/
  clauselight case add uighur-tenders/ downloads/ --note "from the city's portal"
  clauselight case add uighur-tenders/ page.pdf --url https://example.org/page.pdf --retrieved 2031-05-01T10:00:00Z
  clauselight case run uighur-tenders/
  clauselight case findings uighur-tenders/
  clauselight case judge uighur-tenders/ 3fa9 accept --reason "clause 5.2, read by both" --by "A. Reviewer"
  clauselight case search uighur-tenders/ '民族 "face recognition"'
  clauselight dossier uighur-tenders/ -o dossier/ --only accepted --bag

exit status: 0 done · 1 nothing found · 2 usage · 3 done, but something could not be read · 130 interrupted
"""


def register(verbs: Any, text: str) -> None:
    """Add the verb with its actions to the command line."""
    p = parsers.verb(verbs, "case", text, _EPILOG, _DESCRIPTION)
    actions = p.add_subparsers(dest="action", metavar="ACTION", required=True)
    for action, words in _ACTIONS.items():
        importlib.import_module(f"clauselight.cli.case.{action}").register(actions, words)

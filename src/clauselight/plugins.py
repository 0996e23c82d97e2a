"""Things that register by being there: every module of a folder that names itself, and entry points of other packages.

A format is a module with a ``FORMAT``, an output one with an ``OUTPUT``; there is no list to forget. Another installed package adds
its own by an entry point of the group that bears the folder's name (``clauselight.formats``, ``clauselight.exports.findings``).
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from importlib.metadata import entry_points
from typing import Any


def registered(package: str, attribute: str) -> Iterator[Any]:
    """What the modules of `package` have under `attribute`, in the order of their names, then what entry points add.

    Modules with a leading underscore are private to the folder and are not imported.
    """
    folder = importlib.import_module(package)
    for name in sorted(m.name for m in pkgutil.iter_modules(folder.__path__) if not m.name.startswith("_")):
        found = getattr(importlib.import_module(f"{package}.{name}"), attribute, None)
        if found is not None:
            yield found
    for entry in entry_points(group=package):
        yield entry.load()

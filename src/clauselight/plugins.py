"""Things that register by being there: every module of a folder that names itself, and entry points of other packages.

A format is a module with a ``FORMAT``, an output one with an ``OUTPUT``; there is no list to forget. Another installed
package adds its own by an entry point of the group that bears the folder's name (``clauselight.formats``,
``clauselight.exports.findings``).
"""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
from collections.abc import Iterator
from importlib.metadata import entry_points
from typing import Any


def registered(package: str, attribute: str) -> Iterator[Any]:
    """What the modules of `package` have under `attribute`, in the order of their names, then what entry points add.

    Modules with a leading underscore are private to the folder and are not imported.
    """
    for name in _modules(package):
        found = getattr(importlib.import_module(f"{package}.{name}"), attribute, None)
        if found is not None:
            yield found
    for entry in entry_points(group=package):
        yield entry.load()


def names(package: str) -> list[str]:
    """The names of the modules of `package` and of its entry points, without importing any of them."""
    return [*_modules(package), *(entry.name for entry in entry_points(group=package))]


def _modules(package: str) -> list[str]:
    """The public modules of a folder in the order of their names. The folder's own ``__init__`` is not run."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.submodule_search_locations is None:
        raise ModuleNotFoundError(f"{package} is no package", name=package)
    return sorted(m.name for m in pkgutil.iter_modules(spec.submodule_search_locations) if not m.name.startswith("_"))

"""What a form of a dossier is: a module of the folder ``render`` with a ``FORM``, named like the form.

`dossier --format` takes its choices from here. Another package adds a form by an entry point of the group
``clauselight.dossier.render``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, wraps

from clauselight import plugins
from clauselight.dossier.blocks import Manuscript, cleaned
from clauselight.errors import UsageError


@dataclass(frozen=True, slots=True)
class Form:
    """One form. `render` gives the bytes of its file, and raises `UsageError` where an extra is missing."""

    name: str
    #: of the file, with its dot
    suffix: str
    render: Callable[[Manuscript], bytes]
    #: a few words for ``--help``
    help: str
    #: whether its file names pictures that must lie beside it, in the folder `blocks.PICTURES`
    names_pictures: bool = False

    def __post_init__(self) -> None:
        """Every form is given clean words, so that none can forget it."""
        object.__setattr__(self, "render", _of_clean(self.render))

    @property
    def file(self) -> str:
        """The name of its file."""
        return f"dossier{self.suffix}"


def _of_clean(render: Callable[[Manuscript], bytes]) -> Callable[[Manuscript], bytes]:
    """The same, of a manuscript without anything hidden."""

    @wraps(render)
    def rendered(manuscript: Manuscript) -> bytes:
        return render(cleaned(manuscript))

    return rendered


def names() -> list[str]:
    """The names of all forms. Imports none of them."""
    return plugins.names("clauselight.dossier.render")


@cache
def forms() -> dict[str, Form]:
    """Every form by name."""
    return {form.name: form for form in plugins.registered("clauselight.dossier.render", "FORM")}


def chosen(names: Iterable[str]) -> list[Form]:
    """The forms of these names, in their order. Raises `UsageError` that names the unknown ones and all forms."""
    wanted = list(names)
    if unknown := [n for n in wanted if n not in forms()]:
        raise UsageError(f"--format {','.join(unknown)}: the forms are {', '.join(forms())}")
    return [forms()[n] for n in wanted]

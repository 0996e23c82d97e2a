"""What an output is, and which there are. One module of a folder, one output; the folder says what it is an output of.

    findings/     places that provide for sorting people, of a run or of a case
    statements/   who drafted, mandates and claims what
    chains/       from a buyer, a drafter or a vendor to a clause
    timeline/     what happened when

Another installed package adds an output by an entry point with the output's name, in a group with the folder's name
(``clauselight.exports.findings``). The command line knows the names of all at no cost: none is imported for that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, wraps
from typing import TYPE_CHECKING, Any, Generic, Literal, Protocol, TypeVar, overload

from clauselight import plugins
from clauselight.exports.clean import clean_stream

if TYPE_CHECKING:
    from clauselight.case.orphans import Orphan
    from clauselight.case.store import Judgement
    from clauselight.graph.account import Account
    from clauselight.model import Coverage, Finding

AccountKind = Literal["statements", "chains", "timeline"]
Kind = Literal["findings"] | AccountKind
KINDS: tuple[Kind, ...] = ("findings", "statements", "chains", "timeline")
#: what is written where nothing else is asked for
DEFAULT = "table"


@dataclass(frozen=True, slots=True)
class Settings:
    """How to write, and what was asked for as far as an output says it."""

    #: whether personal data is shown
    unmask: bool = False
    #: whether the colours of a terminal may be used
    colour: bool = False
    #: columns of the terminal
    width: int = 100
    #: the lowest level of the findings that are given
    level: str = "finding"
    #: where chains begin: a kind of node, or ``finding`` for every whole chain
    to: str = "finding"
    #: whether the findings are those of a case, with ids, decisions and judgements to be shown
    reviewed: bool = False


class Item(Protocol):
    """A finding with its id and its source; in a case also with what was decided on it."""

    @property
    def id(self) -> str: ...

    @property
    def finding(self) -> Finding: ...

    @property
    def source(self) -> str:
        """SHA-256 of the bytes as they were obtained; of an archive where the finding is in one of its members."""

    @property
    def member(self) -> str:
        """The path inside the archive, empty where the source is none."""

    @property
    def decision(self) -> str | None: ...

    @property
    def judgements(self) -> Sequence[Judgement]: ...

    @property
    def carried(self) -> Sequence[Orphan]:
        """Judgements on findings that are no longer made, of places that are a part of this one."""


class FindingsWriter(Protocol):
    """Takes sources one by one, each with its findings. Keeps nothing that grows with the run if its format lets it."""

    def write(self, coverage: Coverage, items: Sequence[Item]) -> None:
        """Write the findings of one source and what was read of it."""

    def close(self, complete: bool) -> None:
        """Write what belongs at the end. `complete` is False after an interruption, and the output says so."""


#: begins to write findings to a stream
BeginsFindings = Callable[[Any, Settings], FindingsWriter]
#: writes statements, or what follows from them, to a stream
WritesAccount = Callable[[Any, "Account", Settings], None]
_Write = TypeVar("_Write", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Output(Generic[_Write]):
    """One way to write results. Its `name` is the value of ``--format`` and the name of its module."""

    name: str
    #: what it is an output of
    takes: Kind
    #: how names of its files end, with the dot
    suffix: str
    #: whether it writes bytes; it needs a file then
    binary: bool
    #: writes to a stream of text, or of bytes where `binary`. Raises `UsageError` where an extra is not installed
    write: _Write
    #: one line for people
    help: str

    def __post_init__(self) -> None:
        """Whatever writes text gets a clean stream, so that no output can forget it."""
        if not self.binary:
            object.__setattr__(self, "write", _cleaned(self.write, self.suffix))


def _cleaned(write: Callable[..., Any], suffix: str) -> Callable[..., Any]:
    """The same with a stream that lets nothing hidden pass."""

    @wraps(write)
    def cleaned(stream: Any, *rest: Any) -> Any:
        return write(clean_stream(stream, suffix), *rest)

    return cleaned


def names(kind: Kind) -> tuple[str, ...]:
    """The names of all outputs of a kind, the default first. Imports none of them."""
    return tuple(sorted(plugins.names(_package(kind)), key=lambda name: (name != DEFAULT, name)))


@overload
def outputs(kind: Literal["findings"]) -> Mapping[str, Output[BeginsFindings]]: ...
@overload
def outputs(kind: AccountKind) -> Mapping[str, Output[WritesAccount]]: ...
def outputs(kind: Kind) -> Mapping[str, Output[Any]]:
    """Every output of a kind by its name."""
    return _loaded(kind)


@cache
def _loaded(kind: Kind) -> Mapping[str, Output[Any]]:
    return {output.name: output for output in plugins.registered(_package(kind), "OUTPUT")}


def _package(kind: Kind) -> str:
    return f"clauselight.exports.{kind}"

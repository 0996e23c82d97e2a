"""Errors that a user may see. Each says where it happened and what to do next."""

from __future__ import annotations


class ClauselightError(Exception):
    """Base of every error that this program raises on purpose."""


class UsageError(ClauselightError):
    """The command line or an argument of the API asks for something that cannot be done."""


class PackError(ClauselightError):
    """A rule pack cannot be used; `problems` names every place at once, as ``file:line: message``."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class ReadError(ClauselightError):
    """A source, or a part of it, could not be read.

    `reason` is a short stable word for machines (``encrypted``, ``truncated`` …), the message is for people.
    """

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason
        self.message = message

    def __reduce__(self) -> tuple[type[ReadError], tuple[str, str]]:
        return (type(self), (self.reason, self.message))

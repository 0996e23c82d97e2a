"""Which edition a number without a year means, and so which edition a statement on it holds for."""

from __future__ import annotations

from collections.abc import Iterable

from clauselight.model.statement import Node, Statement, edition_year


class Editions:
    """The newest edition of each standard that the statements know of: what an undated citation means.

    GB/T 1.1-2020, 9.5.4.1.2: a reference without a year is one to the latest edition.
    """

    def __init__(self, statements: Iterable[Statement]) -> None:
        self._newest: dict[tuple[str, str], Node] = {}
        for s in statements:
            for node in (s.subject, s.object):
                if (year := _year(node)) and year > _year(self._newest.get(node.series)):
                    self._newest[node.series] = node

    def meant(self, node: Node) -> Node:
        """The node itself, or for a number without a year its newest edition."""
        if node.kind == "standard" and node.number and not edition_year(node.number):
            return self._newest.get(node.series, node)
        return node

    def covers(self, named: Node, edition: Node) -> bool:
        """Whether what is said of the standard `named` is said of `edition`: they are the same, or `named` means it."""
        return edition.key in (named.key, self.meant(named).key)


def _year(node: Node | None) -> int:
    """The year of an edition; 0 for all else."""
    if node is None or node.kind != "standard" or not node.number:
        return 0
    return edition_year(node.number) or 0

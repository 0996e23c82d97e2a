"""Invented statements: one of each predicate, all about one standard or one tender, each with a quote of its own."""

from __future__ import annotations

from clauselight.graph.account import Account
from clauselight.model.statement import Evidence, Node, NodeKind, Predicate, Statement

TENDER = Node("tender", "示例平台采购项目", "示例平台采购项目", number="EX-2031-010")
DATE = Node("date", "2030-01-05", "2030-01-05")


def standard(number: str = "DB99/T 0001-2030") -> Node:
    """A standard of that number."""
    return Node("standard", number, number, number, number)


def organisation(name: str = "虚构海山数字技术股份有限公司", id: str | None = None) -> Node:
    """An organisation of that name."""
    return Node("organisation", name, name, id)


def evidence(quote: str, path: str = "a.txt", page: int | None = None, line: int | None = 7) -> Evidence:
    """A place that says so."""
    return Evidence(path, page, line, (), quote, 0, len(quote))


def statement(
    predicate: Predicate, subject: Node, object: Node, *, date: str | None = None, qualifier: str | None = None
) -> Statement:
    """A statement whose quote names its predicate."""
    role = "data_field" if predicate == "specifies" else None
    return Statement(predicate, subject, object, (evidence(f"quote of {predicate}"),), date, qualifier, role)


def clause(of: Node, attribute: str = "skin_colour") -> Statement:
    """The document `of` specifies an attribute."""
    return statement("specifies", of, Node("attribute", attribute, attribute))


#: kinds of subject and object as the readers of statements make them
_ENDS: dict[Predicate, tuple[NodeKind, NodeKind]] = {
    "drafted": ("organisation", "standard"),
    "proposed": ("organisation", "standard"),
    "administers": ("organisation", "standard"),
    "issued": ("organisation", "standard"),
    "published_on": ("standard", "date"),
    "effective_on": ("standard", "date"),
    "replaces": ("standard", "standard"),
    "cites": ("standard", "standard"),
    "mandates": ("tender", "standard"),
    "claims_conformity": ("product", "standard"),
    "purchases": ("organisation", "tender"),
    "supplies": ("organisation", "tender"),
    "specifies": ("standard", "attribute"),
}


def made(predicate: Predicate) -> Statement:
    """A statement of that predicate."""
    nodes: dict[NodeKind, Node] = {
        "organisation": organisation(),
        "standard": standard(),
        "tender": TENDER,
        "product": Node("product", "Seamount Eagle platform", "Seamount Eagle platform"),
        "date": DATE,
        "attribute": Node("attribute", "skin_colour", "skin_colour"),
    }
    first, second = _ENDS[predicate]
    object = standard("DB99/T 0002-2029") if first == second == "standard" else nodes[second]
    return statement(predicate, nodes[first], object, date=DATE.label if second == "date" else None)


def account(*statements: Statement) -> Account:
    """A run that gave these statements."""
    return Account(statements, [])

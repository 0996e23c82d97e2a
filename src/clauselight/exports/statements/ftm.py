"""FollowTheMoney entities as JSON lines: organisations, documents, tenders, statements as links with their proof."""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Callable
from decimal import Decimal
from pathlib import PurePosixPath
from typing import TextIO

from clauselight.exports.quotes import one_line
from clauselight.exports.registry import Output, Settings
from clauselight.graph.account import Account
from clauselight.model.predicates import Entity
from clauselight.model.statement import Node, Statement

_SCHEMA = {
    "organisation": "Organization",
    "standard": "Document",
    "document": "Document",
    "product": "Document",
    "tender": "CallForTenders",
}
#: digits with commas of either width, and decimals: `1,200.50` of `1,200.50万元`
_AMOUNT = re.compile(r"\d[\d,，]*(?:\.\d+)?")
#: code -> what shows it; a code is looked for before a sign, and the first that is there counts
_CURRENCIES = (
    ("EUR", ("EUR",)),
    ("USD", ("USD",)),
    ("CNY", ("CNY",)),
    ("EUR", ("€",)),
    ("CNY", ("元", "￥", "¥", "RMB")),
)
_Properties = dict[str, dict[str, None]]


def _id(*parts: str) -> str:
    return "clauselight-" + hashlib.sha1("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()


class _Entities:
    """Entities by id, with their values in the order in which they came, each once."""

    def __init__(self) -> None:
        self.schema: dict[str, str] = {}
        self.values: dict[str, _Properties] = defaultdict(lambda: defaultdict(dict))

    def add(self, key: str, schema: str, **values: str | None) -> str:
        self.schema[key] = schema
        for name, value in values.items():
            if value:
                self.values[key][name][value] = None
        return key

    def node(self, node: Node) -> str:
        key = _id(*node.key)
        if node.kind == "organisation":
            return self.add(key, "Organization", name=node.name)
        if node.kind == "tender":
            return self.add(key, "CallForTenders", title=node.label, callId=node.number)
        self.add(key, "Document", title=f"{node.label} {node.title}" if node.title else node.label)
        return key


def write(stream: TextIO, account: Account, settings: Settings) -> None:
    """Write the entities; statements on attributes and dates become properties of their document."""
    entities = _Entities()
    for s in account.statements:
        proof = _proof(entities, s)
        _ENTITIES[s.row.entity](entities, s, one_line(s.evidence[0].quote, settings.unmask), proof)
    for key, schema in entities.schema.items():
        properties = {name: list(values) for name, values in entities.values[key].items()}
        row = {"id": key, "schema": schema, "properties": properties}
        stream.write(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n")


def _keyword(entities: _Entities, s: Statement, quote: str, _: str) -> None:
    subject = entities.node(s.subject)
    notes = f"{s.object.label} ({s.role}): {quote}"
    entities.add(subject, _SCHEMA[s.subject.kind], keywords=s.object.label, notes=notes)


def _date(entities: _Entities, s: Statement, _quote: str, _proof: str) -> None:
    entities.add(entities.node(s.subject), _SCHEMA[s.subject.kind], date=s.date)


def _note(entities: _Entities, s: Statement, quote: str, _: str) -> None:
    notes = f"{s.row.day} on {s.date}: {quote}"
    entities.add(entities.node(s.subject), _SCHEMA[s.subject.kind], notes=notes)


def _link(entities: _Entities, s: Statement, quote: str, proof: str) -> None:
    subject, target = entities.node(s.subject), entities.node(s.object)
    role = s.row.label + (f" ({s.qualifier})" if s.qualifier else "")
    link = _id("link", s.predicate, subject, target)
    entities.add(
        link, "UnknownLink", subject=subject, object=target, role=role, date=s.date, description=quote, proof=proof
    )


def _buyer(entities: _Entities, s: Statement, quote: str, proof: str) -> None:
    """A link, and the buyer as the authority of the tender; an agency only runs it."""
    subject, target = entities.node(s.subject), entities.node(s.object)
    if s.qualifier != "agency":
        entities.add(target, "CallForTenders", authority=subject)
    _link(entities, s, quote, proof)


def _award(entities: _Entities, s: Statement, quote: str, proof: str) -> None:
    subject, target = entities.node(s.subject), entities.node(s.object)
    contract = entities.add(_id("contract", target), "Contract", title=s.object.label)
    amount, currency = amount_and_currency(s.value)
    award = entities.add(_id("award", subject, target), "ContractAward", supplier=subject, contract=contract)
    entities.add(award, "ContractAward", callForTenders=target, date=s.date, amount=amount, currency=currency)
    entities.add(award, "ContractAward", description=quote, proof=proof)


_ENTITIES: dict[Entity, Callable[[_Entities, Statement, str, str], None]] = {
    "keyword": _keyword,
    "date": _date,
    "note": _note,
    "link": _link,
    "buyer": _buyer,
    "award": _award,
}


def amount_and_currency(printed: str | None) -> tuple[str | None, str | None]:
    """A printed sum as a decimal number and its ISO 4217 code, or None; 万 is 10,000, 亿 100,000,000."""
    match = _AMOUNT.search(printed or "")
    if match is None or printed is None:
        return None, None
    number = Decimal(re.sub(r"[,，]", "", match.group()))
    number *= 10**8 if "亿" in printed else (10**4 if "万" in printed else 1)
    amount = f"{number:f}"
    if "." in amount:
        amount = amount.rstrip("0").rstrip(".")
    return amount, next((code for code, marks in _CURRENCIES if any(mark in printed for mark in marks)), None)


def _proof(entities: _Entities, s: Statement) -> str:
    path = s.evidence[0].path
    return entities.add(_id("source", path), "Document", fileName=PurePosixPath(path).name, title=path)


OUTPUT = Output("ftm", "statements", ".ftm.json", False, write, "FollowTheMoney entities, for OpenAleph")

"""FollowTheMoney entities as JSON lines: organisations, documents, calls for tenders, and each statement as a link with its proof."""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from decimal import Decimal
from pathlib import PurePosixPath
from typing import TextIO

from clauselight.exports.mask import mask
from clauselight.exports.registry import Settings
from clauselight.graph.account import Account
from clauselight.model.statement import Node, Statement

_SCHEMA = {
    "organisation": "Organization",
    "standard": "Document",
    "document": "Document",
    "product": "Document",
    "tender": "CallForTenders",
}
_Properties = dict[str, dict[str, None]]


def _id(*parts: str) -> str:
    return "clauselight-" + hashlib.sha1("\0".join(parts).encode()).hexdigest()


def _node_id(node: Node) -> str:
    return _id(node.kind, node.id or node.number or node.label) if node.kind != "tender" else _id(node.kind, node.label)


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
        key = _node_id(node)
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
        quote = s.evidence[0].quote if settings.unmask else mask(s.evidence[0].quote).text
        quote = " ".join(quote.split())
        subject = entities.node(s.subject)
        if s.object.kind == "attribute":
            entities.add(
                subject, _SCHEMA[s.subject.kind], keywords=s.object.label, notes=f"{s.object.label} ({s.role}): {quote}"
            )
            continue
        if s.object.kind == "date":
            if s.predicate == "published_on":
                entities.add(subject, _SCHEMA[s.subject.kind], date=s.date)
            else:
                entities.add(subject, _SCHEMA[s.subject.kind], notes=f"effective on {s.date}: {quote}")
            continue
        target = entities.node(s.object)
        if s.predicate == "purchases" and s.qualifier != "agency":
            entities.add(target, "CallForTenders", authority=subject)
        if s.predicate == "supplies":
            contract = entities.add(_id("contract", target), "Contract", title=s.object.label)
            amount, currency = _sum(s.value)
            award = _id("award", subject, target)
            entities.add(
                award,
                "ContractAward",
                supplier=subject,
                contract=contract,
                callForTenders=target,
                date=s.date,
                amount=amount,
                currency=currency,
            )
            entities.add(award, "ContractAward", description=quote, proof=proof)
            continue
        role = s.predicate.replace("_", " ") + (f" ({s.qualifier})" if s.qualifier else "")
        link = _id("link", s.predicate, subject, target)
        entities.add(
            link, "UnknownLink", subject=subject, object=target, role=role, date=s.date, description=quote, proof=proof
        )
    for key, schema in entities.schema.items():
        properties = {name: list(values) for name, values in entities.values[key].items()}
        stream.write(
            json.dumps(
                {"id": key, "schema": schema, "properties": properties}, ensure_ascii=False, separators=(",", ":")
            )
            + "\n"
        )


def _sum(printed: str | None) -> tuple[str | None, str | None]:
    """A printed sum as a number and its currency; 万元 is ten thousand, 亿元 a hundred million."""
    match = re.search(r"\d[\d,，]*(?:\.\d+)?", printed or "")
    if match is None or printed is None:
        return None, None
    number = Decimal(re.sub(r"[,，]", "", match.group()))
    number *= 10**8 if "亿" in printed else (10**4 if "万" in printed else 1)
    currency = next((c for c in ("EUR", "USD", "CNY") if c in printed), None) or ("EUR" if "€" in printed else None)
    return f"{number:f}".rstrip("0").rstrip(".") if "." in f"{number:f}" else f"{number:f}", currency or (
        "CNY" if re.search(r"元|￥|¥|RMB", printed) else None
    )


def _proof(entities: _Entities, s: Statement) -> str:
    path = s.evidence[0].path
    return entities.add(_id("source", path), "Document", fileName=PurePosixPath(path).name, title=path)


FORM = ("ftm", write)

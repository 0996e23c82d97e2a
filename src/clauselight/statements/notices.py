"""Tenders as data: OCDS releases (JSON, standard.open-contracting.org 1.1) and EU eForms notices (UBL XML, docs.ted.europa.eu/eforms).

Values are read in one pass that knows where each stands, so that every statement quotes the file itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape

from clauselight.model import Document
from clauselight.model.statement import Evidence, Node, Predicate, Statement
from clauselight.statements.identity import Identity

#: larger files are read as text only
LIMIT = 50_000_000
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]:,]|-?\d[\d.eE+-]*|true|false|null')
_TAG = re.compile(r"<!--.*?-->|<\?.*?\?>|<(?P<close>/)?(?P<name>[\w:.-]+)(?P<attrs>[^<>]*?)(?P<empty>/)?>", re.DOTALL)


@dataclass
class Value:
    """A value of the file with its path and place; keys of lists are their positions."""

    path: tuple[str, ...]
    text: str
    start: int
    end: int
    unit: str = ""


@dataclass
class Notice:
    """What a release or a notice says."""

    title: Value | None = None
    number: Value | None = None
    day: Value | None = None
    award_day: Value | None = None
    budget: str | None = None
    amount: str | None = None
    buyers: list[Value] = field(default_factory=list)
    suppliers: list[Value] = field(default_factory=list)


def notice(document: Document) -> Notice | None:
    """The notice that a document is, or None where it is none."""
    text = document.text
    if document.offset or not document.last or len(text) > LIMIT:
        return None
    head = text[:20_000]
    if '"ocid"' in head and head.lstrip()[:1] in "{[":
        return _ocds(list(json_values(text)))
    if re.search(r"<(?:\w+:)?(?:ContractNotice|ContractAwardNotice|PriorInformationNotice)\b", head):
        return _eforms(list(xml_values(text)))
    return None


def identity(document: Document, said: Notice) -> Identity:
    """The tender of a notice."""
    title = said.title or said.number
    shown = title.text if title else document.title or document.path
    start, end = (title.start, title.end) if title else (0, min(80, len(document.text)))
    return Identity(
        Node("tender", shown, shown, number=said.number.text if said.number else None), "tender", start, end
    )


def parties(document: Document, said: Notice, own: Identity) -> Iterator[Statement]:
    """Buyers and suppliers, and the days of notice and award."""
    rows: tuple[tuple[Predicate, list[Value], Value | None, str | None], ...] = (
        ("purchases", said.buyers, said.day, said.budget),
        ("supplies", said.suppliers, said.award_day, said.amount),
    )
    for predicate, names, day, value in rows:
        seen: set[str] = set()
        for name in names:
            if name.text.strip() and name.text not in seen:
                seen.add(name.text)
                node = Node("organisation", name.text, name.text)
                yield Statement(
                    predicate,
                    node,
                    own.node,
                    (evidence(document, name),),
                    date=day.text[:10] if day else None,
                    value=value,
                )
    for day, words in ((said.day, "notice"), (said.award_day, "award")):
        if day and re.match(r"\d{4}-\d\d-\d\d", day.text):
            yield Statement(
                "published_on",
                own.node,
                Node("date", day.text, day.text[:10]),
                (evidence(document, day),),
                day.text[:10],
                qualifier=words,
            )


def evidence(document: Document, value: Value) -> Evidence:
    """The place of a value."""
    place = document.place(value.start, value.end)
    return Evidence(
        document.path,
        place.page,
        place.line,
        place.boxes,
        document.text[value.start : value.end],
        document.offset + value.start,
        document.offset + value.end,
    )


def json_values(text: str) -> Iterator[Value]:
    """Every string and number of a JSON text with its path and its place."""
    path: list[str | int] = []
    key: str | None = None
    previous = ""
    for match in _TOKEN.finditer(text):
        token = match.group()
        if token in "{[":
            path.append(key if key is not None else (path[-1] if path and isinstance(path[-1], int) else ""))
            if token == "[":
                path.append(0)
            key = None
        elif token in "}]":
            if token == "]" and path and isinstance(path[-1], int):
                path.pop()
            if path:
                path.pop()
            key = None
        elif token == ",":
            if path and isinstance(path[-1], int):
                path[-1] += 1
            key = None
        elif token == ":":
            pass
        elif (
            token.startswith('"') and text[match.end() : match.end() + 8].lstrip()[:1] == ":" and previous in ("{", ",")
        ):
            key = _string(token)
        else:
            yield Value(
                (*(str(p) for p in path if p != ""), key or ""),
                _string(token) if token.startswith('"') else token,
                match.start() + token.startswith('"'),
                match.end() - token.startswith('"'),
            )
        previous = token


def _string(token: str) -> str:
    try:
        return str(json.loads(token))
    except ValueError:
        return token[1:-1]


def xml_values(text: str) -> Iterator[Value]:
    """Every text of an element with the path of local names and its place; entities other than the five of XML stay as they are."""
    path: list[str] = []
    opened = 0
    unit = ""
    for match in _TAG.finditer(text):
        if not match["name"]:
            continue
        if match["close"]:
            raw = text[opened : match.start()]
            if path and raw.strip() and "<" not in raw:
                lead = len(raw) - len(raw.lstrip())
                yield Value(tuple(path), unescape(raw.strip()), opened + lead, opened + lead + len(raw.strip()), unit)
            if path:
                path.pop()
        elif not match["empty"]:
            path.append(match["name"].rpartition(":")[2])
            currency = re.search(r"currencyID\s*=\s*[\"'](\w{3})", match["attrs"])
            unit = currency[1] if currency else ""
        opened = match.end()


def _ocds(values: Sequence[Value]) -> Notice:
    said = Notice()
    money: dict[tuple[str, ...], dict[str, str]] = {}
    parties: dict[tuple[str, ...], dict[str, Value]] = {}
    roles: dict[tuple[str, ...], list[str]] = {}
    for v in values:
        keys = tuple(k for k in v.path if not k.isdigit())
        tail = keys[-2:] if len(keys) > 1 else keys
        if tail == ("tender", "title"):
            said.title = said.title or v
        elif tail == ("tender", "id") or keys[-1:] == ("ocid",):
            said.number = v if keys[-1] == "ocid" and said.number is None else (said.number or v)
        elif keys[-1:] == ("date",) and "awards" in keys:
            said.award_day = said.award_day or v
        elif keys[-1:] == ("date",) and not {"awards", "contracts", "documents", "milestones"} & set(keys):
            said.day = said.day or v
        elif tail in (("buyer", "name"), ("procuringEntity", "name")):
            said.buyers.append(v)
        elif tail == ("suppliers", "name"):
            said.suppliers.append(v)
        elif keys[-2:-1] == ("value",) and keys[-1] in ("amount", "currency"):
            money.setdefault(keys[:-2], {})[keys[-1]] = v.text
        elif "parties" in keys and keys[-1] == "name" and keys[-2:] == ("parties", "name"):
            parties.setdefault(v.path[:-1], {})["name"] = v
        elif "parties" in keys and "roles" in keys:
            roles.setdefault(v.path[: v.path.index("roles")], []).append(v.text)
    for path, said_roles in roles.items():
        name = parties.get(path, {}).get("name")
        if name and {"buyer", "procuringEntity"} & set(said_roles):
            said.buyers.append(name)
        if name and "supplier" in said_roles:
            said.suppliers.append(name)
    said.budget = next((_sum(m) for k, m in money.items() if k[-1:] == ("tender",)), None)
    said.amount = next((_sum(m) for k, m in money.items() if k[-1:] in (("awards",), ("contracts",))), None)
    return said


def _sum(money: dict[str, str]) -> str | None:
    return f"{money['amount']} {money.get('currency', '')}".strip() if "amount" in money else None


def _eforms(values: Sequence[Value]) -> Notice:
    """BT-21 title, BT-05 dispatch date, BT-500 names of organisations, joined to their roles by OPT-300 and OPT-310 references."""
    said = Notice()
    names: dict[str, Value] = {}
    buyers: list[str] = []
    tenderers: list[str] = []
    company: str | None = None
    pending: Value | None = None
    for v in values:
        tail = v.path[-3:]
        if v.path[-1] == "Name" and v.path[-2:] == ("ProcurementProject", "Name") and len(v.path) <= 3:
            said.title = said.title or v
        elif v.path[-1] == "ContractFolderID" or (v.path[-1] == "ID" and len(v.path) == 2):
            said.number = said.number or v
        elif v.path[-1] == "IssueDate" and len(v.path) == 2:
            said.day = said.day or v
        elif v.path[-1] in ("AwardDate",) or (v.path[-1] == "IssueDate" and "SettledContract" in v.path):
            said.award_day = said.award_day or v
        elif tail[-2:] == ("PartyIdentification", "ID"):
            if "Organizations" in v.path or "Company" in v.path:
                company = v.text
                if pending is not None:
                    names.setdefault(company, pending)
                    pending = None
            elif "ContractingParty" in v.path:
                buyers.append(v.text)
        elif tail[-2:] == ("PartyName", "Name"):
            if "ContractingParty" in v.path:
                said.buyers.append(v)
            elif "WinningParty" in v.path:
                said.suppliers.append(v)
            elif "Company" in v.path or "Organizations" in v.path:
                if company is not None and company not in names:
                    names[company] = v
                else:
                    pending = v
        elif v.path[-1] == "ID" and v.path[-2] == "Tenderer":
            tenderers.append(v.text)
        elif v.path[-1] == "EstimatedOverallContractAmount":
            said.budget = said.budget or f"{v.text} {v.unit}".strip()
        elif v.path[-1] in ("TotalAmount", "PayableAmount", "AwardedTenderAmount"):
            said.amount = said.amount or f"{v.text} {v.unit}".strip()
    said.buyers += [names[b] for b in dict.fromkeys(buyers) if b in names]
    said.suppliers += [names[t] for t in dict.fromkeys(tenderers) if t in names]
    return said

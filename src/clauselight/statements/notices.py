"""Tenders as data: OCDS releases and EU eForms notices.

OCDS is JSON (standard.open-contracting.org 1.1), eForms is UBL XML (docs.ted.europa.eu/eforms). Values are read in one
pass that knows where each one is, so that every statement quotes the file itself.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Literal

from clauselight.model import Document
from clauselight.model.statement import Node, Predicate, Statement
from clauselight.statements.identity import Identity
from clauselight.statements.span import evidence
from clauselight.text.patterns import pattern

#: characters; larger files are read as text only
LIMIT = 50_000_000
#: characters in which a file shows what it is
_HEAD = 20_000
#: a token of JSON
_TOKEN = pattern(r'"(?:[^"\\]|\\.)*"|[{}\[\]:,]|-?\d[\d.eE+-]*|true|false|null', '"ocid"', "{", "-1.5e3", "true")
#: a tag of XML, or a comment or an instruction, which have no name
_TAG = pattern(
    r"<!--.*?-->|<\?.*?\?>|<(?P<close>/)?(?P<name>[\w:.-]+)(?P<attrs>[^<>]*?)(?P<empty>/)?>",
    '<cbc:Name languageID="ENG">',
    "</cbc:Name>",
    "<!-- example -->",
    flags=re.DOTALL,
)
#: the root of an eForms notice
_NOTICE_ROOT = pattern(
    r"<(?:\w+:)?(?:ContractNotice|ContractAwardNotice|PriorInformationNotice)\b", "<ContractNotice xmlns"
)
#: the currency of an amount
_CURRENCY = pattern(r"currencyID\s*=\s*[\"'](\w{3})", 'currencyID="EUR"')
#: a whole day at the head of a time
_DAY = pattern(r"\d{4}-\d\d-\d\d", "2031-01-31T00:00:00Z")

Keys = tuple[str, ...]
#: what a value of a notice is
_Field = Literal[
    "title", "number", "day", "award_day", "budget", "amount", "buyer", "buyer_id", "supplier", "supplier_id",
    "money", "party", "role", "organisation", "organisation_id", "other",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Value:
    """A value of the file with its path and place; keys of lists are their positions."""

    path: Keys
    text: str
    start: int
    end: int
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """What a release or a notice says."""

    title: Value | None
    number: Value | None
    day: Value | None
    award_day: Value | None
    budget: str | None
    amount: str | None
    buyers: tuple[Value, ...]
    suppliers: tuple[Value, ...]


def notice(document: Document) -> Notice | None:
    """The notice that a document is, or None where it is none."""
    text = document.text
    if document.offset or not document.last or len(text) > LIMIT:
        return None
    head = text[:_HEAD]
    if '"ocid"' in head and head.lstrip()[:1] in "{[":
        return _ocds(list(json_values(text)))
    if _NOTICE_ROOT.search(head):
        return _eforms(list(xml_values(text)))
    return None


def identity(document: Document, notice: Notice) -> Identity:
    """The tender of a notice."""
    title = notice.title or notice.number
    label = title.text if title else document.title or document.path
    start, end = (title.start, title.end) if title else (0, min(80, len(document.text)))
    number = notice.number.text if notice.number else None
    return Identity(Node("tender", label, label, number=number), "tender", start, end)


def parties(document: Document, notice: Notice, tender: Node) -> Iterator[Statement]:
    """Buyers and suppliers, and the days of notice and award."""
    for rows in (
        _Named("purchases", notice.buyers, notice.day, notice.budget),
        _Named("supplies", notice.suppliers, notice.award_day, notice.amount),
    ):
        yield from _named(document, tender, rows)
    for day, what in ((notice.day, "notice"), (notice.award_day, "award")):
        if day and _DAY.match(day.text):
            iso = day.text[:10]
            quoted = (evidence(document, day.start, day.end),)
            yield Statement("published_on", tender, Node("date", day.text, iso), quoted, iso, qualifier=what)


@dataclass(frozen=True, slots=True)
class _Named:
    """Organisations with one part in the tender, and what is said of all of them."""

    predicate: Predicate
    names: tuple[Value, ...]
    day: Value | None
    amount: str | None


def _named(document: Document, tender: Node, rows: _Named) -> Iterator[Statement]:
    """A statement for each name, once."""
    seen: set[str] = set()
    date = rows.day.text[:10] if rows.day else None
    for name in rows.names:
        if name.text.strip() and name.text not in seen:
            seen.add(name.text)
            node = Node("organisation", name.text, name.text)
            quoted = (evidence(document, name.start, name.end),)
            yield Statement(rows.predicate, node, tender, quoted, date=date, value=rows.amount)


# --- the values of a file, each with its path ---


def json_values(text: str) -> Iterator[Value]:
    """Every string and number of a JSON text with its path and its place."""
    path: list[str | int] = []
    key: str | None = None
    previous = ""
    for match in _TOKEN.finditer(text):
        token = match.group()
        if token in "{[}],":
            _step(path, token, key)
            key = None
        elif token.startswith('"') and previous in ("{", ",") and _colon_follows(text, match.end()):
            key = _string(token)
        elif token != ":":
            quote = token.startswith('"')
            where = (*(str(p) for p in path if p != ""), key or "")
            yield Value(where, _string(token) if quote else token, match.start() + quote, match.end() - quote)
        previous = token


def _step(path: list[str | int], token: str, key: str | None) -> None:
    """Move `path` by a bracket or a comma: into a value, out of it, or on to the next one of a list."""
    at_list = bool(path) and isinstance(path[-1], int)
    if token in "{[":
        path.append(key if key is not None else (path[-1] if at_list else ""))
        if token == "[":
            path.append(0)
    elif token == ",":
        if at_list:
            path[-1] = int(path[-1]) + 1
    else:
        if token == "]" and at_list:
            path.pop()
        if path:
            path.pop()


def _colon_follows(text: str, at: int) -> bool:
    return text[at : at + 8].lstrip()[:1] == ":"


def _string(token: str) -> str:
    try:
        return str(json.loads(token))
    except ValueError:
        return token[1:-1]


def xml_values(text: str) -> Iterator[Value]:
    """Every text of an element with the path of local names and its place."""
    path: list[str] = []
    opened = 0
    unit = ""
    for match in _TAG.finditer(text):
        if not match["name"]:
            continue
        if match["close"]:
            raw = text[opened : match.start()]
            if path and raw.strip() and "<" not in raw:
                start = opened + len(raw) - len(raw.lstrip())
                yield Value(tuple(path), unescape(raw.strip()), start, start + len(raw.strip()), unit)
            if path:
                path.pop()
        elif not match["empty"]:
            path.append(match["name"].rpartition(":")[2])
            currency = _CURRENCY.search(match["attrs"])
            unit = currency[1] if currency else ""
        opened = match.end()


# --- OCDS ---


def _ocds(values: Sequence[Value]) -> Notice:
    rows: dict[_Field, list[Value]] = defaultdict(list)
    for value in values:
        rows[_ocds_field(_keys(value.path))].append(value)
    return Notice(
        title=_first(rows["title"]),
        number=_first(rows["number"]),
        day=_first(rows["day"]),
        award_day=_first(rows["award_day"]),
        budget=_sum_under(rows["money"], "tender"),
        amount=_sum_under(rows["money"], "awards", "contracts"),
        buyers=(*rows["buyer"], *_with_role(rows, {"buyer", "procuringEntity"})),
        suppliers=(*rows["supplier"], *_with_role(rows, {"supplier"})),
    )


def _keys(path: Keys) -> Keys:
    """A path without the positions of lists."""
    return tuple(key for key in path if not key.isdigit())


def _ocds_field(keys: Keys) -> _Field:
    """What a value is, by the path of its keys."""
    tail, last = keys[-2:], keys[-1:]
    field: _Field = "other"
    if tail == ("tender", "title"):
        field = "title"
    elif tail == ("tender", "id") or last == ("ocid",):
        field = "number"
    elif last == ("date",):
        if "awards" in keys:
            field = "award_day"
        elif not {"contracts", "documents", "milestones"} & set(keys):
            field = "day"
    elif tail in (("buyer", "name"), ("procuringEntity", "name")):
        field = "buyer"
    elif tail == ("suppliers", "name"):
        field = "supplier"
    elif tail in (("value", "amount"), ("value", "currency")):
        field = "money"
    elif tail == ("parties", "name"):
        field = "party"
    elif "parties" in keys and "roles" in keys:
        field = "role"
    return field


def _with_role(rows: Mapping[_Field, Sequence[Value]], wanted: set[str]) -> Iterator[Value]:
    """The names of the parties that have one of some roles, in the order of their roles."""
    names = {value.path[:-1]: value for value in rows["party"]}
    roles: dict[Keys, set[str]] = defaultdict(set)
    for value in rows["role"]:
        roles[value.path[: value.path.index("roles")]].add(value.text)
    yield from (names[party] for party, had in roles.items() if party in names and wanted & had)


def _sum_under(rows: Sequence[Value], *owners: str) -> str | None:
    """Amount and currency of the first value of a tender, an award or a contract; of several of one kind, the last."""
    sums: dict[Keys, dict[str, str]] = defaultdict(dict)
    for value in rows:
        *owner, _, part = _keys(value.path)
        sums[tuple(owner)][part] = value.text
    money = next((parts for owner, parts in sums.items() if owner[-1:] and owner[-1] in owners), {})
    return f"{money['amount']} {money.get('currency', '')}".strip() if "amount" in money else None


def _first(values: Sequence[Value]) -> Value | None:
    return values[0] if values else None


# --- eForms ---


def _eforms(values: Sequence[Value]) -> Notice:
    """BT-21 title, BT-05 dispatch date, BT-500 names of organisations, joined to their roles by OPT-300 and OPT-310."""
    rows: dict[_Field, list[Value]] = defaultdict(list)
    for value in values:
        rows[_eforms_field(value.path)].append(value)
    names = _names_by_id(values)
    return Notice(
        title=_first(rows["title"]),
        number=_first(rows["number"]),
        day=_first(rows["day"]),
        award_day=_first(rows["award_day"]),
        budget=_sum(_first(rows["budget"])),
        amount=_sum(_first(rows["amount"])),
        buyers=(*rows["buyer"], *_named_by_id(rows["buyer_id"], names)),
        suppliers=(*rows["supplier"], *_named_by_id(rows["supplier_id"], names)),
    )


def _eforms_field(path: Keys) -> _Field:
    """What a value is, by the path of its elements."""
    field: _Field = "other"
    last, tail = path[-1], path[-2:]
    if tail == ("ProcurementProject", "Name") and len(path) <= 3:
        field = "title"
    elif last == "ContractFolderID" or (last == "ID" and len(path) == 2):
        field = "number"
    elif last == "IssueDate" and len(path) == 2:
        field = "day"
    elif last == "AwardDate" or (last == "IssueDate" and "SettledContract" in path):
        field = "award_day"
    elif tail == ("Tenderer", "ID"):
        field = "supplier_id"
    elif last == "EstimatedOverallContractAmount":
        field = "budget"
    elif last in ("TotalAmount", "PayableAmount", "AwardedTenderAmount"):
        field = "amount"
    elif tail in (("PartyIdentification", "ID"), ("PartyName", "Name")):
        field = _eforms_party(path)
    return field


def _eforms_party(path: Keys) -> _Field:
    """What an id or a name of a party is: one of the notice's own organisations, or of the buyer or the winner."""
    listed = "Organizations" in path or "Company" in path
    if path[-1] == "ID":
        return "organisation_id" if listed else ("buyer_id" if "ContractingParty" in path else "other")
    if "ContractingParty" in path:
        return "buyer"
    if "WinningParty" in path:
        return "supplier"
    return "organisation" if listed else "other"


def _names_by_id(values: Sequence[Value]) -> dict[str, Value]:
    """The names of the notice's own organisations; the id of one may stand before its name or behind it."""
    names: dict[str, Value] = {}
    last_id: str | None = None
    waiting: Value | None = None
    for value in values:
        field = _eforms_field(value.path)
        if field == "organisation_id":
            last_id = value.text
            if waiting is not None:
                names.setdefault(last_id, waiting)
                waiting = None
        elif field == "organisation":
            if last_id is not None and last_id not in names:
                names[last_id] = value
            else:
                waiting = value
    return names


def _named_by_id(ids: Sequence[Value], names: Mapping[str, Value]) -> Iterator[Value]:
    yield from (names[i] for i in dict.fromkeys(value.text for value in ids) if i in names)


def _sum(amount: Value | None) -> str | None:
    return f"{amount.text} {amount.unit}".strip() if amount else None

"""The sources as a librarian cites them: BibTeX, and CSL-JSON (Citation Style Language 1.0.2)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from clauselight.case.store import Origin
from clauselight.dossier.gather import Dossier
from clauselight.model.statement import Node, Statement


@dataclass(frozen=True, slots=True)
class Citation:
    """A source with what its own text says of it. Dates are ISO 8601; `issued` may be a year or a month."""

    id: str
    title: str
    sha256: str
    path: str
    url: str | None
    accessed: str
    issued: str | None
    issuers: tuple[str, ...]
    standard: bool


def bibtex(dossier: Dossier) -> str:
    """The sources as ``@misc`` entries."""
    return "\n".join(_bibtex(c) for c in citations(dossier))


def csl(dossier: Dossier) -> str:
    """The sources as CSL-JSON."""
    return json.dumps([_csl(c) for c in citations(dossier)], ensure_ascii=False, indent=1) + "\n"


def citations(dossier: Dossier) -> Iterator[Citation]:
    """Sources with findings, or all where there is no finding, numbered as among all."""
    used = {i.reading.sha256 for i in dossier.items} or set(dossier.origins)
    for number, (digest, origins) in enumerate(sorted(dossier.origins.items()), 1):
        if digest in used and origins:
            own = [s for s in dossier.account.statements if s.evidence[0].path == origins[0].path]
            yield _citation(f"source{number}", origins[0], own)


def _citation(name: str, origin: Origin, own: Sequence[Statement]) -> Citation:
    node = next((s.subject for s in own if s.row.chain == "end" or s.row.day == "issued"), None)
    return Citation(
        id=name,
        title=_title(node) or Path(origin.path).name,
        sha256=origin.sha256,
        path=origin.path,
        url=origin.url,
        accessed=origin.retrieved or origin.added,
        issued=next((s.date for s in own if s.row.day == "issued"), None),
        issuers=tuple(s.subject.label for s in own if s.row.publisher),
        standard=bool(node and node.kind == "standard"),
    )


def _title(node: Node | None) -> str:
    return f"{node.label} {node.title or ''}".strip() if node else ""


def _bibtex(c: Citation) -> str:
    fields = {
        "title": "{" + _tex(c.title) + "}",
        "howpublished": _tex(Path(c.path).name),
        "note": f"SHA-256 {c.sha256}, accessed {c.accessed[:10]}",
    }
    if c.issued:
        fields["year"] = c.issued[:4]
    if c.issuers:
        fields["organization"] = _tex(" and ".join(c.issuers))
    if c.url:
        fields["url"] = c.url
    return f"@misc{{{c.id},\n" + "".join(f"  {k} = {{{v}}},\n" for k, v in fields.items()) + "}\n"


def _tex(text: str) -> str:
    return re.sub(r"([&%$#_{}])", r"\\\1", text)


def _csl(c: Citation) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": c.id,
        "type": "standard" if c.standard else "document",
        "title": c.title,
        "note": f"SHA-256 {c.sha256}",
        "accessed": _date(c.accessed),
    }
    if c.issued:
        row["issued"] = _date(c.issued)
    if c.issuers:
        row["author"] = [{"literal": i} for i in c.issuers]
    if c.url:
        row["URL"] = c.url
    return row


def _date(date: str) -> dict[str, Any]:
    return {"date-parts": [[int(p) for p in date[:10].split("-")]]}

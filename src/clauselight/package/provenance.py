"""Which text came from which source, which finding from which text, and who did what: PROV (W3C, 2013) as JSON-LD."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from clauselight.case.reviewed import ReviewedFinding
from clauselight.case.store import Reading
from clauselight.dossier.gather import Dossier
from clauselight.package.sources import PackagedSource
from clauselight.package.texts import PackagedText
from clauselight.version import __version__

_CONTEXT = {"prov": "http://www.w3.org/ns/prov#", "rdfs": "http://www.w3.org/2000/01/rdf-schema#"}
_PROGRAM = {"@id": "urn:clauselight:program"}

_Node = dict[str, Any]


def provenance(
    dossier: Dossier, sources: Iterable[PackagedSource], texts: Iterable[PackagedText], readings: Iterable[Reading]
) -> _Node:
    """The whole graph."""
    known = {t.sha256 for t in texts}
    graph = [
        *_agents(dossier),
        *(_source(s) for s in sources),
        *(node for r in readings if r.coverage.text_sha256 in known for node in _reading(r)),
        *(node for i in dossier.items for node in _finding(i)),
    ]
    return {"@context": _CONTEXT, "@graph": graph}


def _agents(dossier: Dossier) -> Iterator[_Node]:
    yield {**_PROGRAM, "@type": ["prov:SoftwareAgent"], "rdfs:label": f"clauselight {__version__}"}
    people = {j.by for j in dossier.judgements} | {o.by for rows in dossier.origins.values() for o in rows}
    for name in sorted(people):
        yield {**_person(name), "@type": ["prov:Agent"], "rdfs:label": name}


def _person(name: str) -> _Node:
    return {"@id": "urn:clauselight:person:" + re.sub(r"\W+", "-", name).strip("-").lower()}


def _bytes(sha256: str | None) -> _Node:
    return {"@id": f"urn:sha256:{sha256}"}


def _source(source: PackagedSource) -> _Node:
    return {
        **_bytes(source.sha256),
        "@type": ["prov:Entity"],
        "prov:wasAttributedTo": [_person(o.by) for o in source.origins],
        "prov:atLocation": [o.url or o.path for o in source.origins],
    }


def _reading(reading: Reading) -> Iterator[_Node]:
    """The act of reading, and the text that it gave. Members of one archive have one source and different numbers."""
    member = f":{reading.id}" if reading.inner else ""
    activity = {"@id": f"urn:clauselight:reading:{reading.sha256[:16]}{member}"}
    yield {
        **activity,
        "@type": ["prov:Activity"],
        "rdfs:label": f"read by {reading.coverage.reader}",
        "prov:used": _bytes(reading.sha256),
        "prov:wasAssociatedWith": _PROGRAM,
    }
    yield {
        **_bytes(reading.coverage.text_sha256),
        "@type": ["prov:Entity"],
        "prov:wasGeneratedBy": activity,
        "prov:wasDerivedFrom": _bytes(reading.sha256),
    }


def _finding(item: ReviewedFinding) -> Iterator[_Node]:
    finding = {"@id": f"urn:clauselight:finding:{item.id}"}
    yield {
        **finding,
        "@type": ["prov:Entity"],
        "prov:wasDerivedFrom": _bytes(item.finding.text_sha256),
        "prov:wasAttributedTo": _PROGRAM,
    }
    for number, j in enumerate(item.judgements):
        yield {
            "@id": f"urn:clauselight:judgement:{item.id}:{number}",
            "@type": ["prov:Activity"],
            "rdfs:label": j.decision,
            "prov:used": finding,
            "prov:wasAssociatedWith": _person(j.by),
            "prov:endedAtTime": j.at,
        }

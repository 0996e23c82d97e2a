"""Citations and provenance of the sources, exactly."""

from __future__ import annotations

import json
from pathlib import Path

from clauselight.case.intake import Obtained, add
from clauselight.case.store import Case
from clauselight.case.update import run
from clauselight.dossier.gather import Dossier, gather
from clauselight.package.citations import Citation, bibtex, citations, csl
from clauselight.package.provenance import provenance
from clauselight.rules.find import Finder

STANDARD = (
    "DB99/T 0009-2030\n示例规范\n2030-01-05发布 2030-03-01实施\n本标准起草单位：虚构甲科技有限公司。\n"
    "5.1 平台应支持按民族对抓拍人员进行检索。\n"
)


def gathered(folder: Path, finder: Finder, name: str = "a_standard.txt") -> Dossier:
    (folder / name).write_text(STANDARD, encoding="utf-8")
    with Case.init(folder / "case") as case:
        add(case, [str(folder / name)], Obtained("B. Taker", None, "https://example.org/a?b_c", "2031-05-01T10:00:00Z"))
        run(case, finder, ocr="never")
        item = next(i for r in case.readings() for i, _ in case.findings(r.id))
        case.judge(item, "accept", "read it", "A. Reviewer")
        return gather(case)


def test_a_standard_is_cited_with_its_date_and_address(tmp_path: Path, finder: Finder) -> None:
    dossier = gathered(tmp_path, finder)
    (digest,) = dossier.origins
    assert list(citations(dossier)) == [
        Citation(
            id="source1",
            title="DB99/T 0009-2030 示例规范",
            sha256=digest,
            path=str(tmp_path / "a_standard.txt"),
            url="https://example.org/a?b_c",
            accessed="2031-05-01T10:00:00Z",
            issued="2030-01-05",
            issuers=(),
            standard=True,
        )
    ]
    assert bibtex(dossier) == (
        "@misc{source1,\n"
        "  title = {{DB99/T 0009-2030 示例规范}},\n"
        "  howpublished = {a\\_standard.txt},\n"
        f"  note = {{SHA-256 {digest}, accessed 2031-05-01}},\n"
        "  year = {2030},\n"
        "  url = {https://example.org/a?b_c},\n"
        "}\n"
    )
    assert json.loads(csl(dossier)) == [
        {
            "id": "source1",
            "type": "standard",
            "title": "DB99/T 0009-2030 示例规范",
            "note": f"SHA-256 {digest}",
            "accessed": {"date-parts": [[2031, 5, 1]]},
            "issued": {"date-parts": [[2030, 1, 5]]},
            "URL": "https://example.org/a?b_c",
        }
    ]


def test_who_did_what_is_linked(tmp_path: Path, finder: Finder) -> None:
    dossier = gathered(tmp_path, finder)
    graph = provenance(dossier, [], [], [])["@graph"]
    item = dossier.items[0]
    assert [(n["@id"], n["@type"]) for n in graph] == [
        ("urn:clauselight:program", ["prov:SoftwareAgent"]),
        ("urn:clauselight:person:a-reviewer", ["prov:Agent"]),
        ("urn:clauselight:person:b-taker", ["prov:Agent"]),
        (f"urn:clauselight:finding:{item.id}", ["prov:Entity"]),
        (f"urn:clauselight:judgement:{item.id}:0", ["prov:Activity"]),
    ]
    assert graph[-2]["prov:wasDerivedFrom"] == {"@id": f"urn:sha256:{item.finding.text_sha256}"}
    assert graph[-1]["prov:used"] == {"@id": graph[-2]["@id"]}
    assert graph[-1]["prov:wasAssociatedWith"] == {"@id": "urn:clauselight:person:a-reviewer"}

"""The package is a bag and a crate that other programs take, and nobody is named in it but in the originals."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from clauselight.package import bag, verifier
from clauselight.package.files import media_type


def test_a_bag_is_a_bag_and_a_crate_a_crate(package: Path) -> None:
    bagit = pytest.importorskip("bagit")
    bagit.Bag(str(package)).validate()
    crates = pytest.importorskip("rocrate.rocrate")
    crate = crates.ROCrate(str(package / "data"))
    assert crate.name == "Invented case" and len(crate.get_entities()) > 20
    followthemoney = pytest.importorskip("followthemoney", reason="needs the ICU headers: see CONTRIBUTING.md").model
    for line in (package / "data" / "statements.ftm.json").read_text(encoding="utf-8").splitlines():
        followthemoney.get_proxy(json.loads(line))


def test_nobody_is_named_but_in_the_originals(package: Path) -> None:
    for name, path in verifier.files_of(str(package)).items():
        if "/originals/" not in name:
            raw = Path(path).read_bytes()
            assert b"13800000000" not in raw and b"wang@example.org" not in raw and "王示例".encode() not in raw, name
    assert json.loads((package / "data" / "package.json").read_text())["masked"] is True


def test_the_files_of_a_small_bag(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a%.txt").write_text("invented")
    bag.write(tmp_path, "Two\nlines", "2031-05-01T10:00:00Z")
    digest = verifier.sha256_of(tmp_path / "data" / "a%.txt")
    assert (tmp_path / "manifest-sha256.txt").read_text() == f"{digest}  data/a%25.txt\n"
    assert (tmp_path / "bagit.txt").read_text() == "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    assert (tmp_path / "bag-info.txt").read_text().splitlines()[1:] == [
        "Bagging-Date: 2031-05-01",
        "External-Description: Two lines",
        "Payload-Oxum: 8.1",
    ]
    tags = (tmp_path / "tagmanifest-sha256.txt").read_text().splitlines()
    assert [line.split("  ")[1] for line in tags] == ["bag-info.txt", "bagit.txt", "manifest-sha256.txt", "verify.py"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("findings.jsonl", "application/jsonl"),
        ("annotations.jsonld", "application/ld+json"),
        ("process.md", "text/markdown"),
        ("citations.bib", "application/x-bibtex"),
        ("dossier.html", "text/html"),
        ("crops/a.png", "image/png"),
        ("originals/abc", "application/octet-stream"),
    ],
)
def test_media_types(name: str, expected: str) -> None:
    assert media_type(name) == expected


def test_every_file_of_the_payload_is_in_the_crate_with_its_size(package: Path) -> None:
    data = package / "data"
    graph = json.loads((data / "ro-crate-metadata.json").read_text(encoding="utf-8"))["@graph"]
    files = {e["name"]: int(e["contentSize"]) for e in graph if e["@type"] == "File"}
    assert files == {
        name: Path(path).stat().st_size
        for name, path in verifier.files_of(str(data)).items()
        if name != "ro-crate-metadata.json"
    }

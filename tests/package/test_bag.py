"""The package is a bag and a crate that other programs take, and nobody is named in it but in the originals."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from clauselight.package import verifier


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

"""A case over the fictional samples, and a signed package of it, each made once. All content is invented."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from clauselight.case.intake import Obtained, add
from clauselight.case.store import Case
from clauselight.case.update import run
from clauselight.package import verifier
from clauselight.package.build import build
from clauselight.package.request import BagRequest, DossierRequest
from clauselight.rules.find import Finder

PERSON = (
    "联系人：王示例，电话13800000000，邮箱wang@example.org。\n"
    "平台应支持按民族对抓拍人员进行检索。联系电话13800000000。\n"
)
SAMPLES = Path(__file__).parents[1] / "samples"


@pytest.fixture(scope="session")
def sample_case(tmp_path_factory: pytest.TempPathFactory, finder: Finder) -> Path:
    """A case over the samples; take a copy (`folder`) to change it."""
    folder = tmp_path_factory.mktemp("cases") / "case"
    with Case.init(folder, "Invented case") as case:
        add(
            case,
            [str(SAMPLES / "case"), str(SAMPLES / "tender_example_city.md")],
            Obtained("tester", "from the samples"),
        )
        run(case, finder, ocr="never")
    return folder


@pytest.fixture
def folder(sample_case: Path, tmp_path: Path) -> Path:
    """A copy of the case, to do anything with."""
    shutil.copytree(sample_case, tmp_path / "case")
    return tmp_path / "case"


def key_pair(folder: Path) -> Path:
    """A new private key in a folder."""
    serialization = pytest.importorskip("cryptography.hazmat.primitives.serialization")
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    path = folder / "key.pem"
    path.write_bytes(
        Ed25519PrivateKey.generate().private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return path


@pytest.fixture(scope="session")
def package(sample_case: Path, tmp_path_factory: pytest.TempPathFactory, finder: Finder) -> Path:
    """A signed package of the sample case with somebody's number in it; its key is beside it."""
    base = tmp_path_factory.mktemp("package")
    shutil.copytree(sample_case, base / "case")
    (base / "person.txt").write_text(PERSON, encoding="utf-8")
    with Case(base / "case") as case:
        add(
            case,
            [str(base / "person.txt")],
            Obtained("tester", None, "https://example.org/person", "2031-05-01T10:00:00Z"),
        )
        run(case, finder, ocr="never")
        accept_first(case)
        build(case, DossierRequest(base / "out", ("html", "md"), bag=BagRequest(key=key_pair(base))))
    return base / "out"


def accept_first(case: Case) -> str:
    """Accept the first finding of a case; its id."""
    name = next(i for r in case.readings() for i, f in case.findings(r.id) if f.level == "finding")
    case.judge(name, "accept", "read it", "A. Reviewer")
    return name


def failed(report: verifier.Report) -> list[str]:
    """What failed, in words."""
    return [f"{i['check']} {i['subject']}: {i['why']}" for i in report.items if i["status"] == "failed"]

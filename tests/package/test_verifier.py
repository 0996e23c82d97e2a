"""The verifier that travels: any change to a package is noticed with nothing but Python."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases import failed
from clauselight.cli import main
from clauselight.package import verifier


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_changed_byte_is_noticed(package: Path, data: st.DataObject) -> None:
    files = verifier.files_of(str(package))
    name = data.draw(st.sampled_from(sorted(files)))
    path = Path(files[name])
    raw = path.read_bytes()
    if not raw:
        return
    at = data.draw(st.integers(0, len(raw) - 1))
    bit = data.draw(st.integers(0, 7))
    mode = path.stat().st_mode
    path.chmod(0o644)
    try:
        path.write_bytes(raw[:at] + bytes([raw[at] ^ (1 << bit)]) + raw[at + 1 :])
        assert failed(verifier.verify(str(package))), f"bit {bit} of byte {at} of {name}"
    finally:
        path.write_bytes(raw)
        path.chmod(mode)
    assert not failed(verifier.verify(str(package)))


@pytest.mark.parametrize(
    "change",
    [
        "add",
        "add-tag",
        "add-folder",
        "add-folder-within",
        "drop",
        "swap",
        "manifest-order",
        "journal-order",
        "journal-cut",
        "empty",
        "link",
        "seal-gone",
    ],
)
def test_other_changes_are_noticed(package: Path, tmp_path: Path, change: str) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(package, copy)
    data = copy / "data"
    journal = data / "journal.jsonl"
    lines = journal.read_text(encoding="utf-8").splitlines(True)
    if change == "add":
        (data / "more.txt").write_text("x")
    elif change == "add-tag":
        (copy / "more.txt").write_text("x")
    elif change == "add-folder":
        (copy / "more").mkdir()
    elif change == "add-folder-within":
        (data / "texts" / "more" / "and-more").mkdir(parents=True)
    elif change == "drop":
        (data / "findings.csv").unlink()
    elif change == "swap":
        a, b = sorted((data / "texts").iterdir())[:2]
        first, second = a.read_bytes(), b.read_bytes()
        a.write_bytes(second), b.write_bytes(first)
    elif change == "manifest-order":
        path = copy / "manifest-sha256.txt"
        rows = path.read_text(encoding="utf-8").splitlines(True)
        path.write_text("".join([rows[1], rows[0], *rows[2:]]), encoding="utf-8")
    elif change == "journal-order":
        journal.write_text("".join([lines[1], lines[0], *lines[2:]]), encoding="utf-8")
    elif change == "journal-cut":
        journal.write_text("".join(lines[:-1]), encoding="utf-8")
    elif change == "empty":
        (data / "findings.jsonl").write_text("")
    elif change == "link":
        (data / "findings.csv").unlink()
        (data / "findings.csv").symlink_to("/etc/hostname")
    else:
        (copy / "seal.json").unlink()
    assert failed(verifier.verify(str(copy))) and main(["verify", str(copy), "--no-reread", "--quiet"]) == 1


@pytest.mark.parametrize("within", [True, False])
def test_what_is_put_beside_the_verifier_is_noticed_and_never_run(package: Path, tmp_path: Path, within: bool) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(package, copy)
    imported = ("hashlib", "json", "os", "re", "unicodedata", "sitecustomize", "encodings", "codecs", "random")
    for name in imported:
        (copy / f"{name}.py").write_text('print("59 verified, 0 failed, 0 not checked"); raise SystemExit(0)\n')
    place = ["verify.py"] if within else [str(copy / "verify.py")]
    run = [sys.executable, *place]
    told = subprocess.run(run, cwd=copy if within else tmp_path, capture_output=True, text=True, check=False)
    added = [line.split()[2] for line in told.stdout.splitlines() if line.endswith("was added")]
    assert (told.returncode, told.stderr) == (1, "") and sorted(added) == sorted(f"{n}.py:" for n in imported)


def test_one_who_makes_all_hashes_anew_cannot_sign(package: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(package, copy)
    target = copy / "data" / "process.md"
    target.write_text(target.read_text(encoding="utf-8") + "!", encoding="utf-8")
    manifest = copy / "manifest-sha256.txt"
    old, new = verifier.sha256_of(package / "data" / "process.md"), verifier.sha256_of(target)
    manifest.write_text(manifest.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    info = copy / "bag-info.txt"
    size = sum(p.stat().st_size for p in (copy / "data").rglob("*") if p.is_file())
    info.write_text(
        "".join(
            f"Payload-Oxum: {size}.{line.rsplit('.', 1)[1]}" if line.startswith("Payload-Oxum") else line
            for line in info.read_text().splitlines(True)
        )
    )
    tags = copy / "tagmanifest-sha256.txt"
    tags.write_text(
        "".join(
            f"{verifier.sha256_of(copy / n)}  {n}\n"
            for n in ("bag-info.txt", "bagit.txt", "manifest-sha256.txt", "verify.py")
        )
    )
    body = json.loads((copy / "seal.json").read_text())
    body["tagmanifest_sha256"] = verifier.sha256_of(tags)
    body["digest"] = hashlib.sha256(verifier.canonical({k: body[k] for k in verifier.SEAL_KEYS}).encode()).hexdigest()
    (copy / "seal.json").write_text(verifier.canonical(body), encoding="utf-8")
    wrong = failed(verifier.verify(str(copy)))
    assert len(wrong) == 1 and wrong[0].startswith("signature")


def test_ed25519_is_that_of_the_library() -> None:
    ed = pytest.importorskip("cryptography.hazmat.primitives.asymmetric.ed25519")
    for length in (0, 1, 100):
        private = ed.Ed25519PrivateKey.generate()
        public, message = private.public_key().public_bytes_raw(), b"x" * length
        signature = private.sign(message)
        assert verifier.ed25519(public, message, signature)
        assert not verifier.ed25519(public, message + b"y", signature)
        assert not verifier.ed25519(public, message, signature[:-1] + bytes([signature[-1] ^ 1]))

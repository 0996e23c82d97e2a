"""The dossier and its package: readable, whole, sealed, and any change to it noticed, by both verifiers."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clauselight.case.store import Case
from clauselight.case.update import add, run
from clauselight.cli import main
from clauselight.errors import UsageError
from clauselight.package import seal, verifier
from clauselight.package.build import build
from clauselight.package.verify import verify
from clauselight.rules.find import Finder

PERSON = "联系人：王示例，电话13800000000，邮箱wang@example.org。\n平台应支持按民族对抓拍人员进行检索。联系电话13800000000。\n"


def key_pair(folder: Path) -> Path:
    serialization = pytest.importorskip("cryptography.hazmat.primitives.serialization")
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    path = folder / "key.pem"
    path.write_bytes(
        Ed25519PrivateKey.generate().private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return path


@pytest.fixture(scope="module")
def package(_made: Path, tmp_path_factory: pytest.TempPathFactory, finder: Finder) -> Path:
    """A signed package of the sample case with a scan and with somebody's number in it."""
    base = tmp_path_factory.mktemp("package")
    shutil.copytree(_made, base / "case")
    (base / "person.txt").write_text(PERSON, encoding="utf-8")
    with Case(base / "case") as case:
        add(case, [str(base / "person.txt")], "tester", None, "https://example.org/person", "2031-05-01T10:00:00Z")
        run(case, finder, ocr="never")
        name = next(i for r in case.readings() for i, f in case.findings(r.id) if f.level == "finding")
        case.judge(name, "accept", "read it", "A. Reviewer")
        build(case, base / "out", formats=("html", "md"), bag=True, key=key_pair(base))
    return base / "out"


def failed(report: verifier.Report) -> list[str]:
    return [f"{i['check']} {i['subject']}: {i['why']}" for i in report.items if i["status"] == "failed"]


def test_both_verifiers_agree_that_all_holds(package: Path) -> None:
    report = verify(package)
    assert not failed(report)
    quotes = [i for i in report.items if i["check"] == "in the original"]
    rows = [json.loads(line) for line in (package / "data" / "findings.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {i["subject"] for i in quotes} >= {r["id"] for r in rows} and all(i["status"] == "verified" for i in quotes)
    alone = subprocess.run(
        [sys.executable, "-I", "-S", str(package / "verify.py"), "--json"], capture_output=True, text=True, check=False
    )
    told = json.loads(alone.stdout)
    assert alone.returncode == 0 and told["failed"] == 0 and told["verified"] > 50
    assert {i["status"] for i in told["items"] if i["check"] == "signature"} == {"verified"}


def test_a_bag_is_a_bag_and_a_crate_a_crate(package: Path) -> None:
    bagit = pytest.importorskip("bagit")
    bagit.Bag(str(package)).validate()
    crates = pytest.importorskip("rocrate.rocrate")
    crate = crates.ROCrate(str(package / "data"))
    assert crate.name == "Invented case" and len(crate.get_entities()) > 20
    followthemoney = pytest.importorskip("followthemoney", reason="needs the ICU headers: see CONTRIBUTING.md").model
    for line in (package / "data" / "statements.ftm.json").read_text(encoding="utf-8").splitlines():
        followthemoney.get_proxy(json.loads(line))


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
    ["add", "add-tag", "drop", "swap", "manifest-order", "journal-order", "journal-cut", "empty", "link", "seal-gone"],
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
    import hashlib

    body["digest"] = hashlib.sha256(verifier.canonical({k: body[k] for k in verifier.SEAL_KEYS}).encode()).hexdigest()
    (copy / "seal.json").write_text(verifier.canonical(body), encoding="utf-8")
    wrong = failed(verifier.verify(str(copy)))
    assert len(wrong) == 1 and wrong[0].startswith("signature")


def test_a_changed_original_under_a_true_hash_does_not_pass(package: Path, tmp_path: Path) -> None:
    """A quote that never stood in its original: every hash is right, and only reading the original again tells."""
    copy = tmp_path / "copy"
    shutil.copytree(package, copy)
    package_json = json.loads((copy / "data" / "package.json").read_text(encoding="utf-8"))
    readings = {r["text_sha256"]: r for r in package_json["readings"]}
    findings = [json.loads(x) for x in (copy / "data" / "findings.jsonl").read_text(encoding="utf-8").splitlines()]
    digest = findings[0]["text_sha256"]
    source = next(s for s in package_json["sources"] if s["sha256"] == readings[digest]["source_sha256"])
    file = copy / "data" / source["file"]
    file.chmod(0o644)
    file.write_text(
        file.read_text(encoding="utf-8").replace("民族", "性别").replace("肤色", "性别").replace("kin", "xyz"),
        encoding="utf-8",
    )
    report = verify(copy)
    assert any(
        i["check"] == "in the original" and i["status"] == "failed" and i["subject"] == findings[0]["id"]
        for i in report.items
    )


@pytest.mark.parametrize("name", ["../../../etc/hostname", "/etc/hostname", "texts/../../verify.py"])
def test_a_package_cannot_point_outside_itself(package: Path, tmp_path: Path, name: str) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(package, copy)
    body = json.loads((copy / "data" / "package.json").read_text(encoding="utf-8"))
    body["sources"][0]["file"] = body["texts"][0]["file"] = name
    (copy / "data" / "package.json").write_text(json.dumps(body), encoding="utf-8")
    assert any("leads out of the package" in line for line in failed(verify(copy)))


def test_nobody_is_named_but_in_the_originals(package: Path) -> None:
    for name, path in verifier.files_of(str(package)).items():
        if "/originals/" not in name:
            raw = Path(path).read_bytes()
            assert b"13800000000" not in raw and b"wang@example.org" not in raw and "王示例".encode() not in raw, name
    assert json.loads((package / "data" / "package.json").read_text())["masked"] is True


def test_unmask_says_so_and_no_originals_are_named(folder: Path, tmp_path: Path, finder: Finder) -> None:
    (tmp_path / "person.txt").write_text(PERSON, encoding="utf-8")
    with Case(folder) as case:
        add(case, [str(tmp_path / "person.txt")], None, None, None, None)
        run(case, finder, ocr="never")
        build(case, tmp_path / "out", bag=True, unmask=True, originals=False)
    package = json.loads((tmp_path / "out" / "data" / "package.json").read_text(encoding="utf-8"))
    assert package["masked"] is False and not (tmp_path / "out" / "data" / "originals").exists()
    assert "13800000000" in (tmp_path / "out" / "data" / "dossier.html").read_text(encoding="utf-8")
    assert "--unmask was asked for" in (tmp_path / "out" / "data" / "process.md").read_text(encoding="utf-8")
    report = verify(tmp_path / "out")
    assert not failed(report) and any(
        i["status"] == "not checked" and "does not travel" in i["why"] for i in report.items
    )


def test_the_key_stays_where_it_is(package: Path, folder: Path, tmp_path: Path) -> None:
    secret = (package.parent / "key.pem").read_bytes().splitlines()[1]
    assert not any(secret in Path(p).read_bytes() for p in verifier.files_of(str(package)).values())
    with Case(folder) as case:
        for wrong in ("not a key", ""):
            (tmp_path / "bad.pem").write_text(wrong)
            with pytest.raises(UsageError, match="openssl genpkey"):
                build(case, tmp_path / "no", bag=True, key=tmp_path / "bad.pem")
            assert not (tmp_path / "no").exists()
        with pytest.raises(UsageError, match="--bag"):
            build(case, tmp_path / "no", key=tmp_path / "bad.pem")


def test_another_key_is_told(package: Path, tmp_path: Path) -> None:
    (tmp_path / "key.txt").write_text("0" * 64)
    assert main(["verify", str(package), "--key", str(tmp_path / "key.txt"), "--no-reread", "--quiet"]) == 1
    own = json.loads((package / "seal.json").read_text())["public_key"]
    (tmp_path / "key.txt").write_text(own)
    assert main(["verify", str(package), "--key", str(tmp_path / "key.txt"), "--no-reread", "--quiet"]) == 0


def test_ed25519_is_that_of_the_library() -> None:
    ed = pytest.importorskip("cryptography.hazmat.primitives.asymmetric.ed25519")
    for length in (0, 1, 100):
        private = ed.Ed25519PrivateKey.generate()
        public, message = private.public_key().public_bytes_raw(), b"x" * length
        signature = private.sign(message)
        assert verifier.ed25519(public, message, signature)
        assert not verifier.ed25519(public, message + b"y", signature)
        assert not verifier.ed25519(public, message, signature[:-1] + bytes([signature[-1] ^ 1]))


AUTHORITY = """[tsa]
default_tsa = own
[own]
serial = {0}/serial
crypto_device = builtin
signer_cert = {0}/tsa.pem
certs = {0}/ca.pem
signer_key = {0}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4
digests = sha256
accuracy = secs:1
ordering = no
tsa_name = yes
ess_cert_id_chain = no
"""


def authority(folder: Path) -> None:
    """A time-stamping authority made with OpenSSL."""
    (folder / "serial").write_text("01")
    (folder / "tsa.cnf").write_text(AUTHORITY.format(folder))
    (folder / "ext.cnf").write_text("extendedKeyUsage=critical,timeStamping\n")

    def openssl(*arguments: str) -> None:
        subprocess.run(["openssl", *arguments], check=True, capture_output=True, cwd=folder)

    openssl(
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-keyout",
        "ca.key",
        "-out",
        "ca.pem",
        "-subj",
        "/CN=Invented authority",
        "-days",
        "30",
    )
    openssl(
        "req", "-newkey", "rsa:2048", "-nodes", "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", "/CN=Invented stamp"
    )
    openssl(
        "x509",
        "-req",
        "-in",
        "tsa.csr",
        "-CA",
        "ca.pem",
        "-CAkey",
        "ca.key",
        "-CAcreateserial",
        "-out",
        "tsa.pem",
        "-days",
        "30",
        "-extfile",
        "ext.cnf",
    )


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs OpenSSL")
def test_time_is_asked_for_attached_and_checked(folder: Path, tmp_path: Path) -> None:
    import threading
    from http.server import BaseHTTPRequestHandler, HTTPServer

    authority(tmp_path)

    class Stamp(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            (tmp_path / "q.tsq").write_bytes(self.rfile.read(int(self.headers["Content-Length"])))
            subprocess.run(
                [
                    "openssl",
                    "ts",
                    "-reply",
                    "-config",
                    str(tmp_path / "tsa.cnf"),
                    "-queryfile",
                    str(tmp_path / "q.tsq"),
                    "-out",
                    str(tmp_path / "r.tsr"),
                ],
                check=True,
                capture_output=True,
            )
            self.send_response(200)
            self.end_headers()
            self.wfile.write((tmp_path / "r.tsr").read_bytes())

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Stamp)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        with Case(folder) as case:
            build(case, tmp_path / "out", bag=True, timestamp=f"http://127.0.0.1:{server.server_port}/")
            with pytest.raises(UsageError, match="does not speak of this package"):
                build(case, tmp_path / "out2", bag=True, timestamp=str(tmp_path / "out" / "bagit.txt"))
    finally:
        server.shutdown()
    good = verify(tmp_path / "out", authority=tmp_path / "ca.pem", reread=False)
    assert [i["status"] for i in good.items if i["check"] == "time"] == ["verified"]
    alone = verifier.verify(str(tmp_path / "out"))
    assert [i["status"] for i in alone.items if i["check"] == "time"] == ["not checked"]
    other = tmp_path / "other"
    other.mkdir()
    authority(other)
    assert [
        i["status"]
        for i in verify(tmp_path / "out", authority=other / "ca.pem", reread=False).items
        if i["check"] == "time"
    ] == ["failed"]
    token = tmp_path / "out" / "timestamp.tsr"
    token.write_bytes(token.read_bytes()[:-1] + b"\0")
    assert failed(verifier.verify(str(tmp_path / "out")))


def test_a_request_is_what_openssl_writes(tmp_path: Path) -> None:
    if shutil.which("openssl") is None:
        pytest.skip("needs OpenSSL")
    (tmp_path / "q").write_bytes(seal.request("ab" * 32))
    told = subprocess.run(
        ["openssl", "ts", "-query", "-in", str(tmp_path / "q"), "-text"], capture_output=True, text=True, check=True
    ).stdout
    assert "sha256" in told and "Certificate required: yes" in told and "ab ab ab" in told


def test_the_page_loads_nothing_and_names_all_findings(package: Path) -> None:
    seen: set[str] = set()

    class Tags(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            seen.add(tag)
            for name, value in attrs:
                assert not (name in ("src", "href") and value and not value.startswith(("#", "data:")))

    page = (package / "data" / "dossier.html").read_text(encoding="utf-8")
    Tags().feed(page)
    assert "script" not in seen and {"mark", "svg", "table", "blockquote"} <= seen
    for line in (package / "data" / "findings.jsonl").read_text(encoding="utf-8").splitlines():
        assert f"finding-{json.loads(line)['id']}" in page
    assert "read it" in page and "A. Reviewer" in page and "What was not read" in page


def test_word_and_pdf(folder: Path, tmp_path: Path) -> None:
    pytest.importorskip("typst")
    pytest.importorskip("docx")
    from clauselight.dossier.render import chinese_font

    try:
        chinese_font()
    except UsageError as error:
        assert "fonts-noto-cjk" in str(error)
        pytest.skip("no font with Chinese characters")
    with Case(folder) as case:
        build(case, tmp_path / "a", formats=("pdf", "docx"))
        build(case, tmp_path / "b", formats=("pdf", "docx"))
    for name in ("dossier.pdf", "dossier.docx"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    import pypdfium2 as pdfium

    pdf = pdfium.PdfDocument(str(tmp_path / "a" / "dossier.pdf"))
    text = "".join(page.get_textpage().get_text_range() for page in pdf)
    assert "民族" in text and "虚构海山数字技术股份有限公司" in text.replace("\n", "").replace("\r", "")
    assert b"pdfaid" in (tmp_path / "a" / "dossier.pdf").read_bytes()
    with zipfile.ZipFile(tmp_path / "a" / "dossier.docx") as word:
        assert "民族" in word.read("word/document.xml").decode()


def test_only_what_was_accepted(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Case(folder) as case:
        name = next(i for r in case.readings() for i, f in case.findings(r.id) if f.level == "finding")
        case.judge(name, "accept", "read it", "First")
    assert (
        main(
            [
                "dossier",
                str(folder),
                "-o",
                str(tmp_path / "out"),
                "--only",
                "accepted",
                "--format",
                "md,html",
                "--quiet",
                "--json",
            ]
        )
        == 0
    )
    assert json.loads(capsys.readouterr().out)["findings"] == 1
    assert main(["dossier", str(folder), "-o", str(tmp_path / "out"), "--quiet"]) == 2
    assert "not empty" in capsys.readouterr().err
    assert main(["dossier", str(folder), "-o", str(tmp_path / "x"), "--format", "rtf", "--quiet"]) == 2
    assert main(["verify", str(folder), "--quiet"]) == 2


def test_two_sources_of_one_path_keep_their_own_drafters(tmp_path: Path, finder: Finder) -> None:
    """A page fetched twice: what one version says of its drafters is not told of the other."""
    file = tmp_path / "standard.txt"
    with Case.init(tmp_path / "case") as case:
        for firm in ("虚构甲科技有限公司", "虚构乙科技有限公司"):
            file.write_text(
                f"DB99/T 0009-2030\n示例规范\n2030-01-05发布 2030-03-01实施\n本标准起草单位：{firm}。\n5.1 平台应支持按民族对抓拍人员进行检索。\n",
                encoding="utf-8",
            )
            add(case, [str(file)], None, None, None, None)
        run(case, finder, ocr="never")
        build(case, tmp_path / "out", formats=("md",), bag=True)
    assert not failed(verify(tmp_path / "out"))
    text = (tmp_path / "out" / "data" / "dossier.md").read_text(encoding="utf-8")
    assert re.findall(r"- drafted by: (.+)", text) == ["虚构甲科技有限公司", "虚构乙科技有限公司"]

"""Signature and time: the key stays where it is, the token is for this package, another key is noticed."""

from __future__ import annotations

import json
import shutil
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from cases import failed
from clauselight.case.store import Case
from clauselight.cli import main
from clauselight.errors import UsageError
from clauselight.package import seal, verifier
from clauselight.package.build import build
from clauselight.package.request import BagRequest, DossierRequest
from clauselight.package.verify import verify

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


def test_the_key_stays_where_it_is(package: Path, folder: Path, tmp_path: Path) -> None:
    secret = (package.parent / "key.pem").read_bytes().splitlines()[1]
    assert not any(secret in Path(p).read_bytes() for p in verifier.files_of(str(package)).values())
    with Case(folder) as case:
        for wrong in ("not a key", ""):
            (tmp_path / "bad.pem").write_text(wrong)
            with pytest.raises(UsageError, match="openssl genpkey"):
                build(case, DossierRequest(tmp_path / "no", bag=BagRequest(key=tmp_path / "bad.pem")))
            assert not (tmp_path / "no").exists()


def test_another_key_is_told(package: Path, tmp_path: Path) -> None:
    (tmp_path / "key.txt").write_text("0" * 64)
    assert main(["verify", str(package), "--key", str(tmp_path / "key.txt"), "--no-reread", "--quiet"]) == 1
    own = json.loads((package / "seal.json").read_text())["public_key"]
    (tmp_path / "key.txt").write_text(own)
    assert main(["verify", str(package), "--key", str(tmp_path / "key.txt"), "--no-reread", "--quiet"]) == 0


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
            address = f"http://127.0.0.1:{server.server_port}/"
            build(case, DossierRequest(tmp_path / "out", bag=BagRequest(timestamp=address)))
            with pytest.raises(UsageError, match="does not speak of this package"):
                other = BagRequest(timestamp=str(tmp_path / "out" / "bagit.txt"))
                build(case, DossierRequest(tmp_path / "out2", bag=other))
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
    last = token.read_bytes()
    token.write_bytes(last[:-1] + bytes([last[-1] ^ 1]))
    assert failed(verifier.verify(str(tmp_path / "out")))


def test_a_request_is_what_openssl_writes(tmp_path: Path) -> None:
    if shutil.which("openssl") is None:
        pytest.skip("needs OpenSSL")
    (tmp_path / "q").write_bytes(seal.request("ab" * 32))
    told = subprocess.run(
        ["openssl", "ts", "-query", "-in", str(tmp_path / "q"), "-text"], capture_output=True, text=True, check=True
    ).stdout
    assert "sha256" in told and "Certificate required: yes" in told and "ab ab ab" in told

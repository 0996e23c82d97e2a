"""The seal over a package: the digest of its manifests, an RFC 3161 time-stamp token, an Ed25519 signature.

Keys stay where they are.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from clauselight.errors import UsageError
from clauselight.package import verifier

FORMAT = "clauselight-package/1"
#: seconds that a time-stamping authority is waited for
_PATIENCE = 30
_MAKE_ONE = "make one with: openssl genpkey -algorithm ed25519 -out key.pem"


def seal(folder: Path, created: str, key: Path | None = None, timestamp: str | None = None) -> None:
    """Write ``seal.json``, and ``timestamp.tsr`` where a token is asked for.

    Raises `UsageError` for a key or a token that will not do.
    """
    digest = hashlib.sha256((folder / "tagmanifest-sha256.txt").read_bytes()).hexdigest()
    token = _token_of(digest, timestamp) if timestamp else None
    if token is not None:
        (folder / "timestamp.tsr").write_bytes(token)
    body: dict[str, Any] = {
        "format": FORMAT,
        "created": created,
        "tagmanifest_sha256": digest,
        "timestamp_sha256": hashlib.sha256(token).hexdigest() if token else None,
        "public_key": None,
        "signature": None,
    }
    if key is not None:
        private = _private(key)
        body["public_key"] = _public(private)
        body["signature"] = private.sign(verifier.canonical(body).encode()).hex()
    body["digest"] = hashlib.sha256(verifier.canonical({k: body[k] for k in verifier.SEAL_KEYS}).encode()).hexdigest()
    (folder / "seal.json").write_text(verifier.canonical(body), encoding="utf-8")


def _private(path: Path) -> Any:
    try:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
        from cryptography.hazmat.primitives.serialization import load_pem_private_key
    except ImportError as error:
        raise UsageError("--sign needs the `case` extra: pip install 'clauselight[case]'") from error
    try:
        private = load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as error:
        why = f"not a private key in PEM without a password ({error})"
        raise UsageError(f"--sign {path}: {why}; {_MAKE_ONE}") from error
    if not isinstance(private, Ed25519PrivateKey):
        raise UsageError(f"--sign {path}: not an Ed25519 key; {_MAKE_ONE}")
    return private


def _public(private: Any) -> str:
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    raw: bytes = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return raw.hex()


def request(digest: str) -> bytes:
    """An RFC 3161 request for a SHA-256 digest that also asks for the authority's certificate.

    It is DER, written out since it is that short.
    """
    imprint = bytes.fromhex("3031300d060960864801650304020105000420") + bytes.fromhex(digest)
    body = bytes.fromhex("020101") + imprint + bytes.fromhex("0101ff")
    return b"\x30" + bytes([len(body)]) + body


def _token_of(digest: str, source: str) -> bytes:
    """The token of a file or an authority. Raises `UsageError` where it is for something else."""
    token = _token(digest, source)
    if bytes.fromhex(digest) not in token:
        raise UsageError(
            f"--timestamp {source}: the token does not speak of this package; make it for the SHA-256 {digest} "
            "(tagmanifest-sha256.txt)"
        )
    return token


def _token(digest: str, source: str) -> bytes:
    if not source.startswith(("http://", "https://")):
        try:
            return Path(source).read_bytes()
        except OSError as error:
            raise UsageError(f"--timestamp {source}: {error.strerror or error}") from error
    asked = urllib.request.Request(source, request(digest), {"Content-Type": "application/timestamp-query"})
    try:
        with urllib.request.urlopen(asked, timeout=_PATIENCE) as answer:
            reply: bytes = answer.read(1 << 20)
    except (urllib.error.URLError, OSError, ValueError) as error:
        raise UsageError(f"--timestamp {source}: no answer from the authority: {error}") from error
    return reply


def check_token(folder: Path, authority: Path) -> str:
    """Why a token does not hold under an authority's certificates, or an empty string. Needs OpenSSL."""
    if not shutil.which("openssl"):
        return "OpenSSL is not installed"
    digest = hashlib.sha256((folder / "tagmanifest-sha256.txt").read_bytes()).hexdigest()
    token, certificates = str(folder / "timestamp.tsr"), str(authority)
    command = ["openssl", "ts", "-verify", "-digest", digest, "-in", token, "-CAfile", certificates]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    if done.returncode == 0:
        return ""
    return " ".join((done.stderr or done.stdout).split())[:300] or "OpenSSL refuses it"

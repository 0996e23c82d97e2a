"""Encrypted sources are opened with passwords of a file; no password stands in anything that is written or shown."""

from __future__ import annotations

import hashlib
import hmac
import io
import json
import os
import struct
import sys
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from clauselight import passwords
from clauselight.cli import main
from clauselight.errors import UsageError
from clauselight.model import Blob
from clauselight.sources.members import walk_members

SECRET, OTHER = "Kirschbaum-Ωmega 77", "not this one"
CLAUSE = "摄像机应能识别人员的民族。\n"


@pytest.fixture(autouse=True)
def _none_left() -> Iterator[None]:
    yield
    passwords.use(())


def _members(blob: Blob) -> list[tuple[str, bytes | None]]:
    return [(m.reason, m.blob.read() if m.blob else None) for m in walk_members(blob)]


# --- archives that no library here writes ---


def _traditional(body: bytes, password: str) -> bytes:
    """A ZIP with one member encrypted as PKWARE did first (APPNOTE 6.1)."""
    table = list(range(256))
    for _ in range(8):
        table = [n >> 1 ^ 0xEDB88320 * (n & 1) for n in table]

    def crc(value: int, byte: int) -> int:
        return (value >> 8) ^ table[(value ^ byte) & 0xFF]

    keys = [0x12345678, 0x23456789, 0x34567890]

    def turn(byte: int) -> None:
        keys[0] = crc(keys[0], byte)
        keys[1] = ((keys[1] + (keys[0] & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
        keys[2] = crc(keys[2], keys[1] >> 24)

    def hidden(byte: int) -> int:
        mask = (keys[2] | 2) & 0xFFFF
        out = byte ^ ((mask * (mask ^ 1)) >> 8 & 0xFF)
        turn(byte)
        return out

    for byte in password.encode():
        turn(byte)
    check = zlib.crc32(body)
    data = bytes(map(hidden, bytes(11) + bytes([check >> 24]) + body))
    return _zip(data, check, len(body), 0, b"")


def _aes(body: bytes, password: str, strength: int = 3, packed: bool = True) -> bytes:
    """A ZIP with one member encrypted with AES (WinZip, AE-2)."""
    ciphers = pytest.importorskip("cryptography.hazmat.primitives.ciphers")
    size = {1: 16, 2: 24, 3: 32}[strength]
    salt = os.urandom(size // 2)
    keys = hashlib.pbkdf2_hmac("sha1", password.encode(), salt, 1000, 2 * size + 2)
    pack = zlib.compressobj(wbits=-15)
    plain = pack.compress(body) + pack.flush() if packed else body
    cipher = ciphers.Cipher(ciphers.algorithms.AES(keys[:size]), ciphers.modes.ECB()).encryptor()
    counters = b"".join(n.to_bytes(16, "little") for n in range(1, len(plain) // 16 + 2))
    mask = cipher.update(counters)
    hidden = bytes(a ^ b for a, b in zip(plain, mask, strict=False))
    data = salt + keys[-2:] + hidden + hmac.new(keys[size : 2 * size], hidden, "sha1").digest()[:10]
    extra = struct.pack("<HHH2sBH", 0x9901, 7, 2, b"AE", strength, 8 if packed else 0)
    return _zip(data, 0, len(body), 99, extra)


def _zip(data: bytes, check: int, size: int, method: int, extra: bytes) -> bytes:
    name = b"spec.txt"
    common = struct.pack("<HHHHHLLLHH", 20, 1, method, 0, 33, check, len(data), size, len(name), len(extra))
    local = b"PK\x03\x04" + common + name + extra + data
    central = b"PK\x01\x02" + struct.pack("<H", 20) + common + struct.pack("<HHHLL", 0, 0, 0, 0, 0) + name + extra
    return local + central + b"PK\x05\x06" + struct.pack("<HHHHLLH", 0, 0, 1, 1, len(central), len(local), 0)


def _seven(body: bytes, password: str, header: bool) -> bytes:
    py7zr = pytest.importorskip("py7zr")
    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w", password=password, header_encryption=header) as archive:
        archive.writestr(body, "spec.txt")
    return out.getvalue()


KINDS = {
    "zip": lambda body: _traditional(body, SECRET),
    "zip, AES-128": lambda body: _aes(body, SECRET, 1),
    "zip, AES-256": lambda body: _aes(body, SECRET, 3),
    "zip, AES, stored": lambda body: _aes(body, SECRET, 3, False),
    "7z": lambda body: _seven(body, SECRET, False),
    "7z, names too": lambda body: _seven(body, SECRET, True),
}


def test_the_library_reads_what_is_made_here() -> None:
    with zipfile.ZipFile(io.BytesIO(_traditional(b"clause", SECRET))) as archive:
        assert archive.read("spec.txt", pwd=SECRET.encode()) == b"clause"


@pytest.mark.parametrize("kind", KINDS)
def test_an_encrypted_archive_is_opened_by_the_password_that_fits(kind: str) -> None:
    body = CLAUSE.encode() * 20_000
    blob = Blob("a.zip", data=KINDS[kind](body))
    for given in ((), (OTHER,)):
        passwords.use(given)
        (member,) = walk_members(blob)
        assert (member.reason, member.blob) == ("encrypted", None)
        assert member.message.endswith(passwords.NEXT_STEP) and OTHER not in member.message
    passwords.use((OTHER, SECRET))
    assert _members(blob) == [("", body)]


@pytest.mark.parametrize("kind", ["zip", "zip, AES-256", "zip, AES, stored"])
def test_an_encrypted_member_that_was_changed_is_damaged_or_stays_locked(kind: str) -> None:
    data = bytearray(KINDS[kind](os.urandom(500)))
    data[200] ^= 1
    passwords.use((SECRET,))
    ((reason, body),) = _members(Blob("a.zip", data=bytes(data)))
    assert (reason in ("damaged", "encrypted"), body) == (True, None)


# --- PDF ---


def _locked_pdf(password: str) -> bytes:
    """A PDF with RC4 of 40 bits (ISO 32000-1, 7.6.3): of no use but to test with."""
    pad = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
    user, mark = (password.encode("latin-1") + pad)[:32], b"0123456789abcdef"
    owner = _rc4(hashlib.md5(pad).digest()[:5], user)
    key = hashlib.md5(user + owner + struct.pack("<l", -4) + mark).digest()[:5]
    body = _rc4(
        hashlib.md5(key + b"\x04\0\0" + b"\0\0").digest()[:10],
        b"BT /F1 12 Tf 50 700 Td (The camera shall output the ethnicity of each person.) Tj ET",
    )
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n" % len(body) + body + b"\nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>" % (owner.hex().encode(), _rc4(key, pad).hex().encode()),
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj" % number + body + b"endobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    ident = mark.hex().encode()
    trailer = b"trailer<</Size 7/Root 1 0 R/Encrypt 6 0 R/ID[<%s><%s>]>>\n" % (ident, ident)
    return out + b"xref\n0 7\n0000000000 65535 f \n" + table + trailer + b"startxref\n%d\n%%%%EOF" % len(out)


def _rc4(key: bytes, data: bytes) -> bytes:
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


@pytest.fixture
def given(tmp_path: Path) -> Path:
    folder = tmp_path / "given"
    folder.mkdir()
    (folder / "a.pdf").write_bytes(_locked_pdf("Kirschbaum 77"))
    (folder / "a.zip").write_bytes(_aes(CLAUSE.encode(), SECRET))
    (folder / "words.txt").write_text(f"{OTHER}\nKirschbaum 77\n\n{SECRET}\r\n", encoding="utf-8")
    return folder


def _checked(given: Path, capsys: pytest.CaptureFixture[str], *more: str) -> tuple[int, dict[str, str], str]:
    capsys.readouterr()
    status = main(["check", str(given), "--format", "jsonl", "--jobs", "1", *more])
    shown = "".join(capsys.readouterr())
    rows = map(json.loads, shown.splitlines())
    return status, {r["path"].removeprefix(f"{given}/"): r["state"] for r in rows if r["type"] == "coverage"}, shown


def test_check_opens_what_is_encrypted_and_shows_no_password(given: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = given / "words.txt"
    words.rename(given.parent / "words.txt")
    status, states, shown = _checked(given, capsys)
    assert (status, states) == (3, {"a.pdf": "unreadable", "a.zip!/spec.txt": "unreadable"})
    assert shown.count("--password-file") == 2
    (given.parent / "words.txt").rename(words)
    status, states, shown = _checked(given, capsys, "--password-file", str(words))
    assert (status, states) == (1, {"a.pdf": "read", "a.zip!/spec.txt": "read", "words.txt": "skipped"})
    assert "Kirschbaum" not in shown and OTHER not in shown


def test_a_case_reads_again_and_verify_does_not_check_without(
    given: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case, bag, words = str(tmp_path / "case"), tmp_path / "bag", str(given / "words.txt")
    main(["case", "init", case])
    main(["case", "add", case, str(given / "a.pdf"), str(given / "a.zip")])
    assert main(["case", "run", case, "--jobs", "1", "--quiet"]) == 3
    assert main(["case", "run", case, "--jobs", "1", "--quiet", "--password-file", words]) == 0
    main(["dossier", case, "-o", str(bag), "--bag", "--quiet", "--password-file", words])
    capsys.readouterr()
    assert main(["verify", str(bag), "--json"]) == 0
    without = _originals(capsys)
    assert main(["verify", str(bag), "--json", "--password-file", words]) == 0
    assert (without, _originals(capsys)) == ({"not checked"}, {"verified"})
    held = b"".join(p.read_bytes() for top in (bag, tmp_path / "case") for p in top.rglob("*") if p.is_file())
    assert [s for s in ("Kirschbaum", OTHER, "Ωmega") if s.encode() in held] == []


def _originals(capsys: pytest.CaptureFixture[str]) -> set[str]:
    items = json.loads(capsys.readouterr().out)["items"]
    return {i["status"] for i in items if i["check"] == "in the original"}


@pytest.mark.parametrize("body", [b"", b"\xff\xfe\x00", b"x\n" * 600_000])
def test_a_file_that_is_none_is_refused_and_not_quoted(tmp_path: Path, body: bytes) -> None:
    (tmp_path / "words").write_bytes(body)
    with pytest.raises(UsageError) as caught:
        passwords.read(str(tmp_path / "words"))
    assert str(caught.value).startswith(f"--password-file {tmp_path / 'words'}: ")
    with pytest.raises(UsageError):
        passwords.read(str(tmp_path / "nowhere"))


# --- Office ---


def _office(password: str) -> bytes:
    """A text of Word as Office 2010 and later encrypt it."""
    plain, out = io.BytesIO(), io.BytesIO()
    text = docx.Document()
    text.add_paragraph(CLAUSE)
    text.save(plain)
    OOXMLFile(plain).encrypt(password, out)
    return out.getvalue()


def test_office_files_are_opened_in_check_case_and_verify(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "words").write_text(f"{OTHER}\n{SECRET}\n", encoding="utf-8")
    given, case, bag = tmp_path / "given", str(tmp_path / "case"), str(tmp_path / "bag")
    given.mkdir()
    (given / "tender.docx").write_bytes(_office(SECRET))
    (given / "more.zip").write_bytes(_zipped("inner.docx", _office(SECRET)))
    assert _checked(given, capsys)[:2] == (3, {"tender.docx": "unreadable", "more.zip!/inner.docx": "unreadable"})
    words = ("--password-file", str(tmp_path / "words"))
    read = {"tender.docx!/tender.docx": "read", "more.zip!/inner.docx!/inner.docx": "read"}
    status, states, shown = _checked(given, capsys, *words)
    assert (status, states) == (1, read) and "Kirschbaum" not in shown
    main(["case", "init", case])
    main(["case", "add", case, str(given)])
    assert main(["case", "run", case, "--jobs", "1", "--quiet"]) == 3
    assert main(["case", "run", case, "--jobs", "1", "--quiet", *words]) == 0
    main(["dossier", case, "-o", bag, "--bag", "--quiet", *words])
    capsys.readouterr()
    assert main(["verify", bag, "--json"]) == 0
    without = _originals(capsys)
    assert main(["verify", bag, "--json", *words]) == 0
    assert (without, _originals(capsys)) == ({"not checked"}, {"verified"})


def _zipped(name: str, data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, data)
    return out.getvalue()


def test_what_only_protects_against_changes_is_opened_without_a_password() -> None:
    assert [
        (reason, (body or b"")[:2]) for reason, body in _members(Blob("a.xlsx", data=_office("VelvetSweatshop")))
    ] == [("", b"PK")]


def test_without_the_library_for_office_you_are_told_which(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "msoffcrypto", None)
    (member,) = walk_members(Blob("a.docx", data=_office(SECRET)))
    need = "encrypted Office files need the `case` extra: pip install 'clauselight[case]'"
    assert (member.path, member.reason, member.message) == ("a.docx", "encrypted", need)


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx", "a.pptx", "a.doc", "a"])
def test_a_damaged_office_file_that_is_encrypted_says_so_under_any_name(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    streams = ("Root Entry", "EncryptionInfo", "EncryptedPackage")
    directory = b"".join(s.encode("utf-16-le").ljust(64, b"\0") + bytes(64) for s in streams)
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + os.urandom(9000) + directory
    (tmp_path / name).write_bytes(ole)
    main(["check", str(tmp_path / name), "--format", "jsonl", "--jobs", "1"])
    row = json.loads(capsys.readouterr().out.splitlines()[0])
    assert (row["state"], [p["reason"] for p in row["problems"]]) == ("unreadable", ["encrypted"])
    assert row["problems"][0]["message"].endswith("save it without its password, and check that copy")


def test_without_the_library_for_aes_you_are_told_which(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blob = Blob("a.zip", data=_aes(b"clause", SECRET))
    monkeypatch.setitem(sys.modules, "cryptography.hazmat.primitives.ciphers", None)
    passwords.use((SECRET,))
    (member,) = walk_members(blob)
    need = "members encrypted with AES need the `case` extra: pip install 'clauselight[case]'"
    assert (member.reason, member.message) == ("no-cryptography", need)

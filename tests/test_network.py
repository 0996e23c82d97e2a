"""Nothing reaches for the network: not the libraries, not the workers, not the converters."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from types import SimpleNamespace

import pytest

from clauselight import isolation
from clauselight.errors import ReadError
from clauselight.formats import _convert, _ocr, doc
from clauselight.formats.session import ReadSession
from clauselight.model import Blob

DATA = Path(__file__).parent / "data"
#: what a program says of the network in a process of its own
_TRY = """
import socket
socket.socketpair()
for family in (socket.AF_INET, socket.AF_INET6):
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as made:
            made.connect(("127.0.0.1" if family == socket.AF_INET else "::1", 9))
        print("open")
    except OSError:
        print("shut")
"""


def _child(*code: str) -> list[str]:
    return subprocess.run([sys.executable, *code], capture_output=True, text=True, check=True).stdout.split()


def _can_isolate() -> bool:
    code = "from clauselight import isolation; print(isolation.shut_out() is not None)"
    return _child("-c", code) == ["True"]


needs_isolation = pytest.mark.skipif(not _can_isolate(), reason="this system cannot take the network from a process")


def test_importing_the_package_switches_off_what_libraries_send() -> None:
    code = "import os, clauselight; print(*(os.environ.get(n) for n in ('ORT_DISABLE_TELEMETRY', 'HF_HUB_OFFLINE')))"
    environment = {**os.environ, "ORT_DISABLE_TELEMETRY": "0"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert done.stdout.split() == ["1", "1"]


@needs_isolation
def test_a_process_that_is_shut_out_has_local_sockets_only() -> None:
    assert _child("-c", f"from clauselight import isolation; isolation.shut_out()\n{_TRY}") == ["shut", "shut"]


@needs_isolation
def test_a_program_run_isolated_is_shut_out_with_its_children() -> None:
    command = isolation.isolated(
        [sys.executable, "-c", f"import os\nif os.fork() == 0:\n  exec({_TRY!r})\nelse: os.wait()"]
    )
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.split() == ["shut", "shut"]


@needs_isolation
def test_a_namespace_does_where_there_is_no_filter() -> None:
    code = "from clauselight import isolation; isolation._filtered = lambda library: False; print(isolation.shut_out())"
    if _child("-c", code) != ["namespace"]:
        pytest.skip("no namespaces here")
    assert (
        _child("-c", f"{code.replace('print(isolation.shut_out())', 'isolation.shut_out()')}\n{_TRY}") == ["shut"] * 2
    )


def test_where_nothing_shuts_out_the_program_is_not_run(tmp_path: Path) -> None:
    made = tmp_path / "ran"
    code = (
        "import sys; from clauselight import isolation; isolation.shut_out = lambda: None; "
        f"sys.exit(isolation._main([sys.executable, '-c', 'import pathlib; pathlib.Path(\"{made}\").touch()']))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert isolation.refused(done.returncode, done.stderr)
    assert not made.exists()


def _convert_doc(data: bytes) -> tuple[str, str]:
    with ReadSession() as session:
        (document,) = doc.read(Blob("tender.doc", data=data), session)
    return document.text, document.reader


@pytest.fixture
def asked() -> Iterator[list[str]]:
    """The requests that a web server on this machine gets, at the address that the linked picture has."""
    requests: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            requests.append(f"{self.command} {self.path}")
            self.send_error(404)

        do_GET = do_HEAD = do_OPTIONS = do_PROPFIND = answer

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    try:
        server = HTTPServer(("127.0.0.1", 8099), Handler)
    except OSError:
        pytest.skip("port 8099 is taken")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield requests
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@needs_isolation
@pytest.mark.skipif(not (shutil.which("soffice") or shutil.which("libreoffice")), reason="no LibreOffice here")
def test_a_picture_that_a_doc_links_to_is_not_fetched(asked: list[str]) -> None:
    with socket.create_connection(("127.0.0.1", 8099)) as probe:  # it does listen
        probe.sendall(b"GET /probe HTTP/1.0\r\n\r\n")
        probe.recv(10)
    text, reader = _convert_doc((DATA / "linked_picture.doc").read_bytes())
    assert text.strip() == (
        "The face capture camera shall output the attribute ethnicity (Han, Uyghur) for every person detected."
    )
    assert reader == "doc/1+libreoffice"
    assert asked == ["GET /probe"]


def test_without_isolation_a_doc_is_not_read_and_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    mark = f"import sys; print({isolation.MARK!r}, file=sys.stderr); sys.exit({isolation.NO_ISOLATION})"
    monkeypatch.setattr(isolation, "isolated", lambda command: [sys.executable, "-c", mark])
    monkeypatch.setattr(shutil, "which", lambda name: "/opt/soffice" if name == "soffice" else None)
    with pytest.raises(ReadError) as error:
        _convert_doc(b"\xd0\xcf\x11\xe0")
    assert error.value.reason == "no-isolation"
    assert error.value.message == (
        "soffice could read it, but could reach the network while it does, and this system offers no means to keep it "
        "from that: install antiword, or save the file as DOCX yourself"
    )


@needs_isolation
def test_a_converter_sees_none_of_the_users_variables_and_is_ended_with_its_children(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "made.example:3128")
    monkeypatch.setattr(_convert, "_SECONDS", 2)
    output = _convert.output_of([sys.executable, "-c", "import os; print(*sorted(os.environ))"], tmp_path)
    assert output is not None
    assert {"HTTPS_PROXY", "XDG_CACHE_HOME", "DBUS_SESSION_BUS_ADDRESS"} & set(output.decode().split()) == set()
    child = "import os, time\nif os.fork() == 0: open('child', 'w').write(str(os.getpid()))\ntime.sleep(60)"
    assert _convert.output_of([sys.executable, "-c", child], tmp_path) is None
    state = Path(f"/proc/{(tmp_path / 'child').read_text()}/stat")
    for _ in range(100):  # the signal is sent; the system takes a moment
        if not state.exists() or state.read_text().rpartition(")")[2].split()[0] == "Z":
            return
        time.sleep(0.05)
    pytest.fail("the child of the converter lives on")


def test_a_missing_or_changed_model_is_refused_never_fetched(tmp_path: Path) -> None:
    file = tmp_path / "made_rec.onnx"
    with pytest.raises(ReadError) as error:
        _ocr._model_is_here(SimpleNamespace(save_path=file, sha256=None, file_url="https://made.example/x"))
    assert (error.value.reason, error.value.message.partition(":")[0]) == (
        "no-ocr-model",
        "the OCR model made_rec.onnx is missing, and models are never fetched",
    )
    file.write_bytes(b"other")
    with pytest.raises(ReadError, match="is not the one that belongs to this version"):
        _ocr._model_is_here(SimpleNamespace(save_path=file, sha256="00", file_url="https://made.example/x"))


def test_rapidocr_without_its_models_asks_for_no_address(tmp_path: Path) -> None:
    rapidocr = pytest.importorskip("rapidocr")
    numpy = pytest.importorskip("numpy")
    _ocr._never_fetch()
    engine = rapidocr.RapidOCR(params={"Global.use_cls": False, "Global.model_root_dir": str(tmp_path)})
    with pytest.raises(ReadError) as error:
        engine(numpy.full((100, 400, 3), 255, dtype="uint8"))
    assert error.value.reason == "no-ocr-model"
    assert list(tmp_path.iterdir()) == []


def _traced() -> str | None:
    """Why a run in a namespace without route under strace cannot be had here, or nothing."""
    if not shutil.which("strace") or not shutil.which("unshare"):
        return "strace or unshare is not installed"
    tried = subprocess.run(
        ["unshare", "-n", "strace", "-qq", "-o", os.devnull, "true"], capture_output=True, check=False
    )
    return None if tried.returncode == 0 else "no namespaces or no tracing here"


@pytest.mark.skipif(_traced() is not None, reason=_traced() or "")
def test_ocr_asks_for_no_address_and_writes_nothing_into_the_home(tmp_path: Path) -> None:
    pytest.importorskip("rapidocr")
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (900, 200), "white")
    ImageDraw.Draw(picture).text((40, 60), "The camera shall output the ethnicity", fill="black", font_size=40)
    (tmp_path / "in").mkdir()
    picture.save(tmp_path / "in" / "page.png")
    home, cache, trace = tmp_path / "home", tmp_path / "cache", tmp_path / "trace"
    home.mkdir()
    environment = {**os.environ, "HOME": str(home), "CLAUSELIGHT_CACHE": str(cache), "ORT_DISABLE_TELEMETRY": "0"}
    environment.pop("XDG_CACHE_HOME", None)
    command = [sys.executable, "-m", "clauselight", "check", str(tmp_path / "in"), "--format", "jsonl", "--jobs", "1"]
    done = subprocess.run(
        ["unshare", "-n", "strace", "-f", "-qq", "-e", "trace=network", "-o", str(trace), *command],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    assert '"ocr"' in done.stdout and "ethnicity" in done.stdout
    # urllib3, which RapidOCR imports, makes one socket to see whether there is IPv6; it asks for no address
    asked = [line for line in trace.read_text().splitlines() if re.search(r"AF_INET,|sin_addr|sin6_addr", line)]
    assert asked == []
    # the key by which a kept scan is known to be our own is the one thing that is kept apart from the cache
    assert [p.name for p in home.rglob("*") if not p.is_dir()] == ["scan.key"]

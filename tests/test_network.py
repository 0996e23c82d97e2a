"""Nothing reaches for the network: not the libraries, not the workers, not the converters."""

from __future__ import annotations

import argparse
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

from clauselight import cli, isolation
from clauselight.errors import ReadError
from clauselight.formats import _convert, _ocr, doc
from clauselight.formats.session import ReadSession
from clauselight.model import Blob

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "benchmarks"))
import network
import traced

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
def test_the_command_line_itself_is_shut_out_since_it_reads_draws_and_verifies_too() -> None:
    code = f"import sys; from clauselight import cli; sys.argv = ['clauselight', 'packs', 'list']; cli.main()\n{_TRY}"
    assert _child("-c", code)[-2:] == ["shut", "shut"]


def test_only_an_authority_that_is_named_by_its_address_keeps_the_network() -> None:
    def reaches(line: str) -> bool:
        return cli.reaches_out(cli.parser().parse_args(line.split()))

    assert reaches("dossier case -o out --bag --timestamp https://made.example/")
    assert not reaches("dossier case -o out --bag --timestamp token.tsr")
    for step in network.steps(cli.parser()):
        assert not reaches(" ".join([step.verb, *(step.words)])), step


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
        f"sys.exit(isolation._main(0, [sys.executable, '-c', 'import pathlib; pathlib.Path(\"{made}\").touch()']))"
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
    _ends(int((tmp_path / "child").read_text()))


def _ends(pid: int) -> None:
    """Fail where a process lives on."""
    for _ in range(100):  # the signal is sent; the system takes a moment
        if not traced._lives(pid):
            return
        time.sleep(0.05)
    pytest.fail(f"{pid} lives on")


@needs_isolation
def test_a_converter_ends_with_its_children_when_who_asked_is_killed(tmp_path: Path) -> None:
    """As where a worker is killed for its time, or the run for good: its own clock is gone with it."""
    child = "import os, time\nif os.fork() == 0: open('child', 'w').write(str(os.getpid()))\ntime.sleep(60)"
    code = (
        "import sys; from pathlib import Path; from clauselight.formats import _convert; "
        f"_convert.output_of([sys.executable, '-c', {child!r}], Path('.'))"
    )
    asker = subprocess.Popen([sys.executable, "-c", code], cwd=tmp_path)
    written = tmp_path / "child"
    while not (written.exists() and written.read_text()):
        assert asker.poll() is None
        time.sleep(0.05)
    started = [int(written.read_text()), *traced._descendants(asker.pid)]
    assert len(started) >= 3
    asker.kill()
    asker.wait()
    for pid in started:
        _ends(pid)


@needs_isolation
def test_a_converter_that_is_not_there_is_no_trace(tmp_path: Path) -> None:
    command = isolation.isolated([str(tmp_path / "none")])
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (127, f"{tmp_path / 'none'}: No such file or directory\n")


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


_UNTRACED = traced.why_not()
needs_tracing = pytest.mark.skipif(_UNTRACED is not None, reason=_UNTRACED or "")

#: does everything that must be counted, each once
_PLANTED = """
import contextlib, os, socket, subprocess
with contextlib.suppress(OSError):
    socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect(("192.0.2.1", 443))
with contextlib.suppress(OSError):
    socket.getaddrinfo("made.example", 80)
open("inside", "w").close()
os.chdir("../home")
open("opened", "w").close()
os.mkdir("made")
os.rename("opened", "moved")
open(os.environ["TMPDIR"] + "/left", "w").close()
subprocess.Popen(["sleep", "77"], start_new_session=True)
"""


def _seen(base: Path, code: str) -> traced.Seen:
    for name in ("work", "home", "tmp"):
        (base / name).mkdir()
    environment = {**os.environ, "TMPDIR": str(base / "tmp"), "PYTHONDONTWRITEBYTECODE": "1"}
    return traced.run(
        [sys.executable, "-c", code],
        cwd=base / "work",
        environment=environment,
        allowed=[base / "work"],
        temporary=base / "tmp",
    )


@needs_tracing
def test_what_is_planted_is_counted(tmp_path: Path) -> None:
    seen = _seen(tmp_path, _PLANTED)
    assert seen.addresses[0] == "192.0.2.1:443"
    assert "/etc/resolv.conf" in seen.names
    assert seen.outside == [str(tmp_path / "home" / name) for name in ("made", "moved", "opened")]
    assert seen.left_files == [str(tmp_path / "tmp" / "left")]
    assert seen.left_processes == ["sleep 77 "]
    assert network.bad(network.summed([("planted", seen)]))


@needs_tracing
def test_what_does_nothing_counts_nothing(tmp_path: Path) -> None:
    seen = _seen(tmp_path, "import socket; socket.socketpair(); open('inside', 'w').close()")
    assert (seen.addresses, seen.names, seen.outside, seen.left_files, seen.left_processes) == ([], [], [], [], [])
    assert not network.bad(network.summed([("nothing", seen)]))


def test_halves_of_a_call_are_joined_and_a_refused_socket_is_told() -> None:
    seen = traced.Seen()
    lines = [
        '7 openat(AT_FDCWD</work>, "x", O_WRONLY|O_CREAT|O_CLOEXEC, 0666 <unfinished ...>\n',
        "8 socket(AF_INET6, SOCK_STREAM|SOCK_CLOEXEC, IPPROTO_IP) = -1 EACCES (Permission denied)\n",
        "7 <... openat resumed>) = 3</elsewhere/x>\n",
        '8 openat(AT_FDCWD</work>, "y", O_RDONLY) = 4</elsewhere/y>\n',
        '8 symlink("target", "name\\n1") = 0\n',
        "8 connect(5<socket:[1]>, {sa_family=AF_INET6, sin6_port=htons(53), inet_pton(AF_INET6, "
        '"2001:db8::1", &sin6_addr), sin6_scope_id=0}, 28) = -1 ENETUNREACH (Network is unreachable)\n',
        '8 connect(5<socket:[1]>, {sa_family=AF_UNIX, sun_path="/run/x"}, 110) = 0\n',
    ]
    assert traced.look(lines, "/work", ["/work"], seen) == []
    assert seen.outside == ["/elsewhere/x"]
    assert seen.refused == ["AF_INET6, SOCK_STREAM|SOCK_CLOEXEC, IPPROTO_IP"]
    assert seen.addresses == seen.names == ["2001:db8::1:53"]


def test_every_verb_has_a_line_and_every_reader_a_file() -> None:
    """benchmarks/network.py runs them all; here is what makes it complain when one is forgotten."""
    verbs = {verb for verb, _ in network.verbs(cli.parser())}
    assert {step.verb for step in network.steps(cli.parser())} == verbs
    assert network.unread_formats(network.made_files()) == []
    forgotten = argparse.ArgumentParser()
    forgotten.add_subparsers().add_parser("phone-home")
    with pytest.raises(network.Missing, match="no line in LINES for: phone-home"):
        network.steps(forgotten)


@needs_tracing
def test_a_case_from_its_first_day_to_its_package_reaches_for_nothing(tmp_path: Path) -> None:
    """The short form of benchmarks/network.py: a few verbs over a few files, one of them an old Word document."""
    places = network.Places(tmp_path)
    inputs = places.work / "in"
    places.make()
    for name in ("old.doc", "made.html", "made.xml", "made.docx", "made.zip"):
        (inputs / name).write_bytes(network.made_files()[name])
    clauselight = [sys.executable, "-m", "clauselight"]
    rows = [
        (words.split()[0], network.watched([*clauselight, *words.split()], places))
        for words in (
            "check in --ocr never",
            "case init case",
            "case add case in",
            "case run case --ocr never",
            "dossier case -o package --bag --format html,md",
            "verify package",
        )
    ]
    rows.append(("verify.py", network.watched([sys.executable, "package/verify.py", "package"], places)))
    table = network.summed(rows)
    assert {verb: [row[name] for name in network._COUNTED] for verb, row in table.items()} == {
        verb: [[], [], [], [], []] for verb in ("check", "case", "dossier", "verify", "verify.py")
    }
    assert [row["failed"] for row in table.values()] == [[]] * 5


@needs_tracing
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

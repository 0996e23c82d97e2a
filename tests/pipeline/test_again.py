"""Originals are read again under the guard of a run: what hangs, dies or needs too much costs its own text alone."""

from __future__ import annotations

import multiprocessing
import os
import re
import signal
import socket
import time
from pathlib import Path
from typing import Any

import pytest

from clauselight.model import Blob
from clauselight.pipeline import again
from clauselight.pipeline.again import Reread, Rereader, Wanted
from clauselight.pipeline.options import Limits, RunOptions


def texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limits: Limits, *words: str) -> list[Reread]:
    """What comes of sources whose reader does what their word says, as a reader written in C might."""
    if "fork" not in multiprocessing.get_all_start_methods():
        pytest.skip("a worker begun afresh has its own readers")
    monkeypatch.setattr(again, "documents", _reader)
    out = []
    with Rereader(RunOptions(limits=limits)) as reader:
        for number, word in enumerate(words):
            file = tmp_path / f"{number}.txt"
            file.write_text(word, encoding="utf-8")
            out.append(reader.read(Wanted(Blob(file.name, file=file))))
    assert multiprocessing.active_children() == []
    return out


def _reader(blob: Blob, session: Any) -> Any:
    word = blob.read().decode()
    if word == "hang":
        time.sleep(600)
    if word == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if word == "eat":
        word *= 1_000_000_000
    if word == "call":
        socket.create_connection(("127.0.0.1", 9))
    if word == "pages":
        for page in range(4):
            time.sleep(0.4)
            session.options.progress(page, 4)
    return session, iter([type("Text", (), {"text": word})])


def test_a_reader_that_hangs_or_dies_costs_its_own_text_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = texts(tmp_path, monkeypatch, Limits(silence=1.0), "one", "hang", "die", "pages", "two")
    assert found == [
        Reread("one"),
        Reread(None, "no page or part of it was read within 1 s; given up"),
        Reread(None, "the reader was ended by SIGKILL; other sources are not affected"),
        Reread("pages"),
        Reread("two"),
    ]


def test_a_reader_has_neither_more_memory_than_is_allowed_nor_a_network(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    eaten, called, after = texts(tmp_path, monkeypatch, Limits(memory=1_000_000_000), "eat", "call", "after")
    more = "reading it needs more memory than one source may use; run it again with a larger --memory, or with --jobs 1"
    assert (eaten, after) == (Reread(None, more), Reread("after"))
    assert re.fullmatch(r"cannot be read here: .*(?:Permission denied|unreachable)", called.why)


def test_what_no_reader_takes_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.bin").write_bytes(bytes(range(256)) * 40)
    with Rereader() as reader:
        read = reader.read(Wanted(Blob("a.bin", file=tmp_path / "a.bin")))
    assert read == Reread(None, "nothing here reads this kind of file")

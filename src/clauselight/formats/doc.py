"""Legacy Word (.doc), by antiword or LibreOffice where one of them is installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from clauselight.errors import ReadError
from clauselight.formats.registry import Format
from clauselight.formats.session import ReadSession
from clauselight.model import Blob, Document, LineLayout
from clauselight.structure.describe import describer

_SECONDS = 120


def claims(head: bytes, name: str) -> int:
    return 90 if head.startswith(b"\xd0\xcf\x11\xe0") and not name.endswith((".xls", ".msi", ".ppt", ".msg")) else 0


def read(blob: Blob, session: ReadSession) -> Iterator[Document]:
    """The text as the converter gives it; lines are the converter's, so they are not numbered."""
    with tempfile.TemporaryDirectory(prefix="clauselight-") as folder:
        file = Path(folder) / "source.doc"
        file.write_bytes(blob.read())
        text, tool = _convert(file)
    layout = LineLayout(text, describer("prose", ""), kind="prose")
    yield Document(
        blob.path, "application/msword", f"doc/1+{tool}", text, layout, title=text.strip().split("\n")[0][:120]
    )


def _convert(file: Path) -> tuple[str, str]:
    if tool := shutil.which("antiword"):
        done = _run([tool, "-m", "UTF-8.txt", "-w", "0", str(file)])
        if done is not None and done.strip():
            return done, "antiword"
    if tool := shutil.which("soffice") or shutil.which("libreoffice"):
        _run([tool, "--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(file.parent), str(file)])
        result = file.with_suffix(".txt")
        if result.exists():
            return result.read_text(encoding="utf-8-sig", errors="replace"), "libreoffice"
    if not shutil.which("antiword") and not shutil.which("soffice") and not shutil.which("libreoffice"):
        raise ReadError(
            "no-converter", "a legacy .doc file needs a converter: install antiword or LibreOffice, or save it as DOCX"
        )
    raise ReadError("damaged", "the converter could not read the .doc file")


def _run(command: list[str]) -> str | None:
    try:
        done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None


FORMAT = Format("doc", "application/msword", claims, read, (".doc",))
